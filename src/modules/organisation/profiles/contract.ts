import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { levels, spoken } from './model.ts';

const level = z.union(levels.map((each) => z.literal(each)) as [z.ZodLiteral<0>, z.ZodLiteral<1>, z.ZodLiteral<2>, z.ZodLiteral<3>]);
const unique = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } });

const facts = {
  /** Sections of the industry nomenclature. */
  industries: unique(z.enum(sections), sections.length),
  /** Courses and services in the consultant's own words: "svejsecertifikat", "truck". */
  products: unique(z.string().trim().min(1).max(60), 40),
  /** Competence assessment (IKV, RKV), 0–3. */
  assessment: level,
  /** Preparatory adult education (FVU), 0–3. */
  basicSkills: level,
  languages: unique(z.enum(spoken), spoken.length),
  /** Municipality codes, '0101' to '0860'; empty means the whole area of the centre. */
  area: unique(z.string().regex(/^\d{4}$/), 98),
  /** Who employs the consultant: an attribute of the impartiality analysis, never of a person's record (row 3.10). */
  employer: z.enum(['school', 'centre']),
  /** A newcomer to outreach goes along with somebody who has done it before (row 2.18): said by the consultant, a wish and no mark. */
  experience: z.enum(['experienced', 'newcomer']).default('experienced'),
};

const profile = z.object({
  personId: idOf('person'),
  name: z.string(),
  schoolId: idOf('school').nullable(),
  school: z.string().nullable(),
  ...facts,
  /** 0 before it was first written. */
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type Profile = z.output<typeof profile>;

const example = {
  personId: '01990000-0000-7000-8000-000000000001',
  name: 'Anna Holm',
  schoolId: '01990000-0000-7000-8000-000000000011',
  school: 'Fjordegnens Erhvervsskole',
  industries: ['C'],
  products: ['svejsecertifikat'],
  assessment: 2,
  basicSkills: 1,
  languages: ['da', 'en', 'pl'],
  area: [],
  employer: 'school',
  experience: 'experienced',
  version: 1,
  can: { edit: true },
};

export const listProfiles = endpoint({
  name: 'listProfiles',
  method: 'GET',
  path: '/api/profiles',
  summary: 'The consultants of the centre and what they know, to be found when staffing',
  description: 'Rows 2.20 and 3.10. All filters must hold; `product` matches a part of a word. In alphabetical order, never ranked.',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({
    industry: z.enum(sections).optional(),
    language: z.enum(spoken).optional(),
    assessment: z.coerce.number().int().min(0).max(3).optional(),
    basicSkills: z.coerce.number().int().min(0).max(3).optional(),
    product: z.string().trim().max(60).optional(),
    area: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
  }),
  status: 200,
  output: z.array(profile),
  example: { query: { industry: 'C', language: 'pl' }, output: [example] },
});

export const readProfile = endpoint({
  name: 'readProfile',
  method: 'GET',
  path: '/api/profiles/{person}',
  summary: 'What a consultant knows and where',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ person: idOf('person') }),
  status: 200,
  output: profile,
  example: { params: { person: example.personId }, output: example },
});

export const writeProfile = endpoint({
  name: 'writeProfile',
  method: 'PUT',
  path: '/api/profiles/{person}',
  summary: 'Write a consultant’s profile',
  description: 'By the consultant, a manager of the same school, or the coordinator. If-Match "0" writes the first version.',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ person: idOf('person') }),
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: profile,
  errors: { not_your_profile: 403 },
  example: {
    params: { person: example.personId },
    body: { industries: ['C'], products: ['svejsecertifikat'], assessment: 2, basicSkills: 1, languages: ['da', 'en', 'pl'], area: [], employer: 'school' },
    output: example,
  },
});
