import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

export const schoolKinds = ['amu', 'business', 'technical', 'social_health', 'vuc', 'other'] as const;
/** What a school may have experience with before the cooperation begins (row 1.06). */
export const capabilityKinds = ['assessment', 'basic_skills', 'company_relations', 'job_centre', 'unions', 'growth_forum'] as const;

const capability = z.strictObject({
  kind: z.enum(capabilityKinds),
  /** 0 none, 1 a little, 2 solid, 3 can teach the others. */
  level: z.int().min(0).max(3),
  /** Whom to ask at the school, in words. */
  contact: z.string().trim().max(200),
});

const facts = {
  name: z.string().trim().min(1).max(200),
  kind: z.enum(schoolKinds),
  town: z.string().trim().max(100),
  /** Where its consultants set out from; left out, it stays as it is. */
  postcode: z
    .string()
    .regex(/^\d{4}$/)
    .nullable()
    .optional(),
  /** What the school does best, in its own words (row 1.22). */
  coreCompetences: z.array(z.string().trim().min(1).max(100)).max(20),
  capabilities: z
    .array(capability)
    .max(capabilityKinds.length)
    .refine((all) => new Set(all.map(({ kind }) => kind)).size === all.length, { params: { code: 'twice' } }),
};

const school = z.object({
  id: idOf('school'),
  ...facts,
  /** The last day in the centre; null while none is written. */
  lastDay: calendarDay.nullable(),
  /** That day is over. */
  left: z.boolean(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), leave: z.boolean() }),
});
export type School = z.output<typeof school>;

const exampleFacts = {
  name: 'Fjordegnens Erhvervsskole',
  kind: 'technical',
  town: 'Limvig',
  coreCompetences: ['Svejsning og metal'],
  capabilities: [{ kind: 'assessment', level: 2, contact: 'Vejledningen' }],
};
const example = { id: '01990000-0000-7000-8000-000000000011', ...exampleFacts, lastDay: null, left: false, version: 3, can: { edit: true, leave: true } };
const readers = ['consultant', 'manager', 'coordinator', 'administrator', 'data_protection', 'register'] as const;

export const listSchools = endpoint({
  name: 'listSchools',
  method: 'GET',
  path: '/api/schools',
  summary: 'The schools of the centre with what they do best, by name',
  description: 'Rows 1.06 and 1.22. `capability` keeps schools with at least level 1 of it; `search` looks in names and core competences. `past` adds those that have left, last.',
  access: readers,
  query: z.strictObject({ capability: z.enum(capabilityKinds).optional(), search: z.string().trim().max(100).optional(), past: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(school),
  example: { query: { capability: 'assessment' }, output: [example] },
});

export const readSchool = endpoint({
  name: 'readSchool',
  method: 'GET',
  path: '/api/schools/{school}',
  summary: 'A school: core competences, experience, whom to ask',
  access: readers,
  params: z.strictObject({ school: idOf('school') }),
  status: 200,
  output: school,
  example: { params: { school: example.id }, output: example },
});

export const addSchool = endpoint({
  name: 'addSchool',
  method: 'POST',
  path: '/api/schools',
  summary: 'Add a school to the centre',
  access: ['administrator'],
  body: z.strictObject({ name: facts.name, kind: facts.kind, town: facts.town }),
  status: 201,
  output: school,
  errors: { school_name_taken: 409 },
  example: { body: { name: exampleFacts.name, kind: 'technical', town: 'Limvig' }, output: example },
});

export const writeSchool = endpoint({
  name: 'writeSchool',
  method: 'PUT',
  path: '/api/schools/{school}',
  summary: 'Write a school’s profile',
  description: 'By a manager of the school, the coordinator, or an administrator.',
  access: ['manager', 'coordinator', 'administrator'],
  params: z.strictObject({ school: idOf('school') }),
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: school,
  errors: { not_your_school: 403, school_name_taken: 409 },
  example: { params: { school: example.id }, body: exampleFacts, output: example },
});

export const writeLastDay = endpoint({
  name: 'writeLastDay',
  method: 'PUT',
  path: '/api/schools/{school}/last-day',
  summary: 'Write the last day of a school in the centre, or take it back while it is not over',
  description:
    'From the day after, everything that somebody is at the school has ended, and with it goes what follows when a consultant leaves: meetings without a lead, companies without a contact person and tasks of nobody come to the coordinator. The school is asked in no later hearing, gets no meeting, turn or corner, and its capacity counts no more. What it did stays. `lastDay` null takes it back; roles that had not begun by the last day do not come back.',
  access: ['coordinator', 'administrator'],
  params: z.strictObject({ school: idOf('school') }),
  body: z.strictObject({ lastDay: calendarDay.nullable() }),
  edits: true,
  status: 200,
  output: school,
  errors: { school_has_left: 409, last_day_past: 422 },
  example: { params: { school: example.id }, body: { lastDay: '2026-12-31' }, output: { ...example, lastDay: '2026-12-31', version: 4 } },
});
