import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { serial } from '../../../kit/serial.ts';
import { classParts, classStates } from '../../catalogue/classes/contract.ts';
import { courseNamed, exampleCourse } from '../../catalogue/course-choices/contract.ts';
import { several } from '../../catalogue/provision/contract.ts';
import { needFields, needFits } from '../../companies/needs/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;

/** open: waits for a class · placed: has seats in one · withdrawn. */
export const needStates = ['open', 'placed', 'withdrawn'] as const;

const facts = {
  /** Null: none of the catalogue. */
  course: idOf('course').nullable().default(null),
  /** Of the course, where one is named. */
  field: z.enum(needFields),
  what: z.string().trim().min(1).max(200),
  heads: z.int().min(1).max(500),
  /** Between which days a class may begin. */
  earliest: calendarDay,
  latest: calendarDay,
  /** 1 is Monday; empty: any day. */
  weekdays: several(z.int().min(1).max(7), 7),
  /** Empty: any time of the day. */
  parts: several(z.enum(classParts), classParts.length),
  /** How far they go by road; null: as far as it takes. */
  km: z.int().min(1).max(500).nullable().default(null),
  fit: z.enum(needFits).nullable().default(null),
  /** 0: when it suits · 1: soon · 2: now. */
  urgency: z.int().min(0).max(2).default(0),
  /** Others who want the same may know who it is, once they say so too. */
  meet: z.boolean().default(false),
};
const inOrder = ({ earliest, latest }: { earliest: string; latest: string }) => earliest <= latest;
const endsAfter = { path: ['latest'], params: { code: 'ends_before' } };

const need = z.object({
  id: idOf('pooled need'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  ...facts,
  course: courseNamed.nullable(),
  /** Who asked: the company on its own page, or somebody of the centre. */
  by: z.enum(['company', 'centre']),
  madeAt: instant,
  state: z.enum(needStates),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type PooledNeed = z.output<typeof need>;
const sheet = need.extend({
  /** Other companies’ open needs that could sit in the same class. */
  others: z.array(z.object({ id: idOf('pooled need'), company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }), heads: z.number().int() })),
  /** Somebody would go alone: a colleague along learns better and stays (row 5.33). */
  alone: z.boolean(),
});
export type PooledNeedSheet = z.output<typeof sheet>;

const ids = {
  need: '01990000-0000-7000-8000-000000000951',
  company: '01990000-0000-7000-8000-000000000101',
  course: '01990000-0000-7000-8000-000000000901',
  other: '01990000-0000-7000-8000-000000000952',
};
const exampleFacts = {
  field: 'certificates',
  what: 'Truckcertifikat til to på lageret',
  heads: 2,
  earliest: '2027-01-04',
  latest: '2027-03-31',
  weekdays: [1, 2, 3, 4, 5],
  parts: ['day'],
  km: 30,
  fit: 'shelf',
  urgency: 1,
  meet: true,
};
const exampleCompany = { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' };
const example = {
  id: ids.need,
  company: exampleCompany,
  course: { ...exampleCourse, id: ids.course },
  ...exampleFacts,
  by: 'centre',
  madeAt: '2026-11-17T09:00:00.000Z',
  state: 'open',
  version: 1,
  can: { edit: true },
};
const exampleSheet = { ...example, others: [{ id: ids.other, company: { ...exampleCompany, name: 'Solhøj Maskinteknik' }, heads: 3 }], alone: false };
const params = z.strictObject({ need: idOf('pooled need') });

export const listPooledNeeds = endpoint({
  name: 'listPooledNeeds',
  method: 'GET',
  path: '/api/pooled-needs',
  summary: 'What companies ask for, newest first',
  description: 'Rows 4.02 and 4.03. Open to all schools of the centre, because they pool needs into classes.',
  access: readers,
  query: z.strictObject({ ...pageQuery, field: z.enum(needFields).optional(), course: idOf('course').optional(), company: idOf('company').optional(), state: z.enum(needStates).default('open') }),
  status: 200,
  output: pageOf(need),
  example: { query: { field: 'certificates' }, output: { items: [example], next: null } },
});

export const readPooledNeed = endpoint({
  name: 'readPooledNeed',
  method: 'GET',
  path: '/api/pooled-needs/{need}',
  summary: 'A need and the others that could sit in the same class',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: { need: ids.need }, output: exampleSheet },
});

export const addPooledNeed = endpoint({
  name: 'addPooledNeed',
  method: 'POST',
  path: '/api/pooled-needs',
  summary: 'Register what a company needs',
  description: 'Row 4.02. `alone` warns when a single employee would go (row 5.33). `course_unknown`: none of this centre’s, or taken out of the catalogue.',
  access: writers,
  body: z.strictObject({ company: idOf('company'), ...facts }).refine(inOrder, endsAfter),
  status: 201,
  output: sheet,
  errors: { company_unknown: 422, course_unknown: 422 },
  example: { body: { company: ids.company, course: ids.course, ...exampleFacts }, output: exampleSheet },
});

export const writePooledNeed = endpoint({
  name: 'writePooledNeed',
  method: 'PUT',
  path: '/api/pooled-needs/{need}',
  summary: 'Correct a need that is open',
  access: writers,
  params,
  body: z.strictObject(facts).refine(inOrder, endsAfter),
  edits: true,
  status: 200,
  output: sheet,
  errors: { course_unknown: 422, need_not_open: 409 },
  example: { params: { need: ids.need }, body: { course: ids.course, ...exampleFacts }, output: { ...exampleSheet, version: 2 } },
});

export const withdrawPooledNeed = endpoint({
  name: 'withdrawPooledNeed',
  method: 'POST',
  path: '/api/pooled-needs/{need}/withdraw',
  summary: 'Take a need out of the pool',
  description: 'It can be withdrawn while a plan is being worked out: accepting that plan leaves it out.',
  access: writers,
  params,
  edits: true,
  status: 200,
  output: sheet,
  errors: { need_not_open: 409 },
  example: { params: { need: ids.need }, output: { ...exampleSheet, state: 'withdrawn', version: 2 } },
});

const own = z.object({
  id: idOf('pooled need'),
  what: z.string(),
  course: z.string().nullable(),
  field: z.enum(needFields),
  heads: z.number().int(),
  earliest: calendarDay,
  latest: calendarDay,
  weekdays: z.array(z.number().int()),
  parts: z.array(z.enum(classParts)),
  km: z.number().int().nullable(),
  fit: z.enum(needFits).nullable(),
  urgency: z.number().int(),
  meet: z.boolean(),
  state: z.enum(['open', 'placed']),
  version: z.number().int(),
  /** Where it has got seats; tentative until the school says that the class runs. */
  seats: z.array(z.object({ title: z.string(), school: z.string(), town: z.string(), starts: calendarDay, ends: calendarDay, heads: z.number().int(), state: z.enum(classStates) })),
  /** Other companies that want the same, and their seats; null while they are fewer than the centre’s threshold, also where there are none. */
  others: z.object({ companies: z.number().int().nullable(), seats: z.number().int().nullable() }),
  /** Those of them who said, as this company did, that they may be known. */
  known: z.array(z.object({ name: z.string(), town: z.string() })),
});
export type OwnNeed = z.output<typeof own>;
const ownPage = z.object({ today: calendarDay, threshold: z.number().int(), needs: z.array(own), courses: z.array(z.object({ id: idOf('course'), title: z.string(), field: z.enum(needFields) })) });
export type OwnNeeds = z.output<typeof ownPage>;

const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleOwn = {
  today: '2026-11-17',
  threshold: 5,
  needs: [
    {
      ...exampleFacts,
      id: ids.need,
      course: 'Gaffeltruck certifikatkursus B',
      state: 'open',
      version: 1,
      seats: [],
      others: { companies: 6, seats: 11 },
      known: [{ name: 'Solhøj Maskinteknik', town: 'Limvig' }],
    },
  ],
  courses: [{ id: ids.course, title: 'Gaffeltruck certifikatkursus B', field: 'certificates' }],
};

export const readOwnNeeds = endpoint({
  name: 'readOwnNeeds',
  method: 'POST',
  path: '/api/company-page/needs',
  summary: 'What a company asked for on its own page, and how many others want the same',
  description: 'Row 4.02. How many, not who: names stand there only where both companies said that they may.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const writeOwnNeed = endpoint({
  name: 'writeOwnNeed',
  method: 'POST',
  path: '/api/company-page/needs/write',
  summary: 'A company registers a need itself, or corrects one',
  description:
    'Row 4.02. For leaders and shop stewards who were given the company’s page. `need` null registers one; otherwise it and the version that was seen. `need_changed`: somebody wrote it since.',
  access: 'anyone',
  body: z
    .strictObject({
      token,
      need: z
        .strictObject({ id: idOf('pooled need'), version: serial })
        .nullable()
        .default(null),
      ...facts,
    })
    .refine(inOrder, endsAfter),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410, need_unknown: 404, need_changed: 409, course_unknown: 422, too_many_needs: 409 },
  example: { body: { token: exampleToken, course: ids.course, ...exampleFacts }, output: exampleOwn },
});

export const withdrawOwnNeed = endpoint({
  name: 'withdrawOwnNeed',
  method: 'POST',
  path: '/api/company-page/needs/withdraw',
  summary: 'A company takes a need back',
  access: 'anyone',
  body: z.strictObject({ token, need: idOf('pooled need') }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410, need_unknown: 404 },
  example: { body: { token: exampleToken, need: ids.need }, output: { ...exampleOwn, needs: [] } },
});
