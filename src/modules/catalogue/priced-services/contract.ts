import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { courseNamed, exampleCourse } from '../course-choices/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

/** The chain that a company goes through (row 4.08): clarify first, then the course, then follow-up. */
export const phases = ['before', 'during', 'after'] as const;
export const priceUnits = ['hour', 'person', 'day', 'fixed'] as const;
/** Assessment of prior learning: individuel kompetencevurdering (IKV, towards AMU) and realkompetencevurdering (RKV, towards an education). */
export const assessments = ['ikv', 'rkv'] as const;
export type Assessment = (typeof assessments)[number];
/** What each can end in (row 4.23): amu_certificate AMU-uddannelsesbevis · amu_competence AMU-kompetencebevis · education_plan individuel uddannelsesplan ·
 * prior_learning realkompetencebevis · shortened a shortened course of education. */
export const resultsOf = { ikv: ['amu_certificate', 'amu_competence', 'education_plan'], rkv: ['prior_learning', 'shortened'] } as const satisfies Record<Assessment, readonly string[]>;
export const assessmentResults = [...resultsOf.ikv, ...resultsOf.rkv] as const;
export type AssessmentResult = (typeof assessmentResults)[number];

const facts = {
  name: z.string().trim().min(1).max(150),
  text: z.string().trim().max(4000).default(''),
  phase: z.enum(phases),
  unit: z.enum(priceUnits),
  /** Øre without VAT. */
  price: z.int().min(0).max(100_000_000),
  /** Percent. Consultancy has VAT; teaching and assessment mostly none (momsloven § 13). */
  vat: z.int().min(0).max(100),
  /** The course that it is a supplement to; null: to any. */
  course: idOf('course').nullable().default(null),
  /** Null: a service with a price and nothing else. */
  assessment: z.enum(assessments).nullable().default(null),
  results: z
    .array(z.enum(assessmentResults))
    .max(assessmentResults.length)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } })
    .default([]),
  /** Whoever has work pays nothing; the price is for others. */
  freeForEmployed: z.boolean().default(false),
  retired: z.boolean().default(false),
};
const fits = ({ assessment, results, freeForEmployed }: { assessment: Assessment | null; results: readonly AssessmentResult[]; freeForEmployed: boolean }) =>
  assessment === null ? results.length === 0 && !freeForEmployed : results.every((each) => (resultsOf[assessment] as readonly string[]).includes(each));
const misfit = { path: ['results'], params: { code: 'not_allowed' } };

const service = z.object({
  id: idOf('service'),
  school: z.object({ id: idOf('school'), name: z.string() }),
  ...facts,
  /** Øre with VAT, rounded to the nearest. */
  priceWithVat: z.number().int(),
  course: courseNamed.nullable(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type Service = z.output<typeof service>;

const ids = { school: '01990000-0000-7000-8000-000000000011', service: '01990000-0000-7000-8000-000000000911' };
const exampleFacts = {
  name: 'Opfølgning på pladsen',
  text: 'Læreren kommer igen efter seks uger og ser, hvad der bruges.',
  phase: 'after',
  unit: 'hour',
  price: 95_000,
  vat: 25,
  course: exampleCourse.id,
  assessment: null,
  results: [],
  freeForEmployed: false,
  retired: false,
};
const example = { ...exampleFacts, id: ids.service, school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' }, course: exampleCourse, priceWithVat: 118_750, version: 1, can: { edit: true } };
const params = z.strictObject({ service: idOf('service') });

export const listServices = endpoint({
  name: 'listServices',
  method: 'GET',
  path: '/api/priced-services',
  summary: 'The services that schools price themselves, and their assessments of prior learning; 500 at most',
  description:
    'Rows 4.07, 4.08 and 4.23. Prices in øre, without and with VAT. In the order of the chain (before, during, after), then schools in alphabetical order; no school is ranked. Retired ones are listed only with `retired`.',
  access: readers,
  query: z.strictObject({ retired: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(service),
  example: { output: [example] },
});

export const addService = endpoint({
  name: 'addService',
  method: 'POST',
  path: '/api/priced-services',
  summary: 'Offer a service with a price, or an assessment of prior learning',
  description: 'Rows 4.07 and 4.23. The school’s managers, and the coordinator for any school. `results` are those that the kind of assessment can end in.',
  access: writers,
  body: z.strictObject({ school: idOf('school'), ...facts }).refine(fits, misfit),
  status: 201,
  output: service,
  errors: { service_not_yours: 403, course_not_known: 422 },
  example: { body: { school: ids.school, ...exampleFacts }, output: example },
});

export const writeService = endpoint({
  name: 'writeService',
  method: 'PUT',
  path: '/api/priced-services/{service}',
  summary: 'Change a service, its price or its VAT, or retire it',
  access: writers,
  params,
  body: z.strictObject(facts).refine(fits, misfit),
  edits: true,
  status: 200,
  output: service,
  errors: { service_not_yours: 403, course_not_known: 422 },
  example: { params: { service: ids.service }, body: exampleFacts, output: example },
});
