import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { courseNamed, exampleCourse } from '../course-choices/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

/** composite: several goals of one kind, such as GLU's five AMU goals (row 4.14) · combination: courses of at least two kinds, short and long, in an order (row 4.11). */
export const programmeKinds = ['composite', 'combination'] as const;

const halfDays = (most: number) => z.number().gt(0).max(most).multipleOf(0.1);
const item = z.strictObject({
  course: idOf('course'),
  /** Days of teaching, one decimal. */
  days: halfDays(400),
  /** Weeks since the item before; null where nobody said. */
  gap: z.int().min(0).max(104).nullable().default(null),
});
const facts = {
  kind: z.enum(programmeKinds),
  title: z.string().trim().min(1).max(150),
  text: z.string().trim().max(4000).default(''),
  /** What it says it takes; the days of the items add up to it. */
  days: halfDays(400),
  /** Over how many weeks; null where nobody said. */
  weeks: z.int().min(1).max(260).nullable().default(null),
  /** In their order. */
  items: z
    .array(item)
    .min(2)
    .max(30)
    .refine((all) => new Set(all.map(({ course }) => course)).size === all.length, { params: { code: 'twice' } }),
  /** The schools that run its parts. */
  schools: z
    .array(idOf('school'))
    .max(25)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } })
    .default([]),
  retired: z.boolean().default(false),
};
const school = z.object({ id: idOf('school'), name: z.string() });
const programme = z.object({
  id: idOf('programme'),
  /** Whoever keeps it; null: the centre. */
  school: school.nullable(),
  ...facts,
  items: z.array(item.extend({ course: courseNamed })),
  schools: z.array(school),
  /** Courses of it that nobody runs any longer; then it cannot be offered as it is. */
  retiredCourses: z.number().int(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type Programme = z.output<typeof programme>;

const ids = { programme: '01990000-0000-7000-8000-000000000931', school: '01990000-0000-7000-8000-000000000011', other: '01990000-0000-7000-8000-000000000902' };
const second = { ...exampleCourse, id: ids.other, code: '40313', title: 'Konflikter på holdet' };
const exampleRest = { kind: 'composite', title: 'Grundlæggende lederuddannelse', text: '', days: 5, weeks: 26, retired: false };
const exampleItems = [
  { days: 3, gap: null },
  { days: 2, gap: 4 },
];
const exampleBody = { ...exampleRest, items: exampleItems.map((each, at) => ({ course: [exampleCourse, second][at]?.id, ...each })), schools: [ids.school] };
const there = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const example = {
  ...exampleRest,
  id: ids.programme,
  school: there,
  items: exampleItems.map((each, at) => ({ course: [exampleCourse, second][at], ...each })),
  schools: [there],
  retiredCourses: 0,
  version: 1,
  can: { edit: true },
};
const params = z.strictObject({ programme: idOf('programme') });
const faults = { programme_not_yours: 403, course_not_known: 422, programme_days: 422, programme_kinds: 422, school_not_known: 422 } as const;

export const listProgrammes = endpoint({
  name: 'listProgrammes',
  method: 'GET',
  path: '/api/programmes',
  summary: 'What is put together of several courses, by title; 500 at most',
  description: 'Rows 4.11 and 4.14. The schools that run the parts stand in alphabetical order. Retired ones are listed only with `retired`.',
  access: readers,
  query: z.strictObject({ retired: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(programme),
  example: { output: [example] },
});

export const addProgramme = endpoint({
  name: 'addProgramme',
  method: 'POST',
  path: '/api/programmes',
  summary: 'Put courses together into a programme',
  description:
    'Rows 4.11 and 4.14. A manager’s belongs to the own school, a coordinator’s to the centre. `programme_days`: the days of the items do not add up. `programme_kinds`: a composite has courses of one kind, a combination of at least two.',
  access: writers,
  body: z.strictObject(facts),
  status: 201,
  output: programme,
  errors: faults,
  example: { body: exampleBody, output: example },
});

export const writeProgramme = endpoint({
  name: 'writeProgramme',
  method: 'PUT',
  path: '/api/programmes/{programme}',
  summary: 'Change a programme as a whole, or retire it',
  access: writers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: programme,
  errors: faults,
  example: { params: { programme: ids.programme }, body: exampleBody, output: example },
});
