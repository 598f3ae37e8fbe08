import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { several, type TaughtField, taughtFields } from '../provision/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

/** amu: a national goal of five digits · fvu: preparatory adult education · obu: for dyslexics · avu: general adult education · own: what a school made itself. */
export const courseKinds = ['amu', 'fvu', 'obu', 'avu', 'own'] as const;
export type CourseKind = (typeof courseKinds)[number];
/** What it ends in (row 4.24): a certificate that the law or the trade asks for, or what somebody can do. */
export const awards = ['certificate', 'competence'] as const;
/** The forms of delivery that every centre has (row 4.25); a coordinator adds others. */
export const usualForms = ['whole_days', 'split', 'workplace', 'shift_change', 'evening', 'weekend', 'online', 'open_workshop'] as const;
export type UsualForm = (typeof usualForms)[number];

const field = z.enum(taughtFields as [TaughtField, ...TaughtField[]]);
const text = (most: number) => z.string().trim().max(most);
/** Words as somebody says them who needs the course. */
const says = z.array(z.string().trim().min(1).max(80)).max(30).default([]);
const tenths = (most: number) =>
  z
    .number()
    .gt(0)
    .max(most)
    .refine((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6, { params: { code: 'format' } })
    .nullable()
    .default(null);
const facts = {
  kind: z.enum(courseKinds),
  code: z.string().trim().min(1).max(20).nullable().default(null),
  title: z.string().trim().min(1).max(200),
  goal: text(4000).default(''),
  /** The joint competence description (FKB) of an AMU goal. */
  framework: z
    .string()
    .regex(/^\d{4}$/)
    .nullable()
    .default(null),
  frameworkTitle: text(200).default(''),
  field,
  /** Empty: all industries. */
  industries: several(z.enum(sections), sections.length),
  awards: z.enum(awards),
  /** One decimal. */
  days: tenths(400),
  hours: tenths(3000),
  says,
};
const coded = ({ kind, code }: { kind: CourseKind; code: string | null }) => kind !== 'amu' || (code !== null && /^\d{5}$/.test(code));
const codeOfAmu = { path: ['code'], params: { code: 'amu_code' } };

const run = z.object({
  school: z.object({ id: idOf('school'), name: z.string() }),
  /** Whom to call there. */
  contact: z.object({ name: z.string(), phone: z.string(), email: z.string() }),
});
const course = z.object({
  id: idOf('course'),
  kind: z.enum(courseKinds),
  code: z.string().nullable(),
  title: z.string(),
  field,
  industries: z.array(z.enum(sections)),
  awards: z.enum(awards),
  days: z.number().nullable(),
  hours: z.number().nullable(),
  /** Alphabetical; nobody is ranked. */
  schools: z.array(run),
  /** Classes that have not begun and are not cancelled. */
  classes: z.number().int(),
  next: calendarDay.nullable(),
  /** A file brought it, and nobody has looked at it yet. */
  unseen: z.boolean(),
  retired: z.boolean(),
});
export type Course = z.output<typeof course>;
const sheet = course.extend({
  goal: z.string(),
  framework: z.string().nullable(),
  frameworkTitle: z.string(),
  says: z.array(z.string()),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), /** Schools that the reader may say run it, or run it no longer. */ speakFor: z.array(idOf('school')) }),
});
export type CourseSheet = z.output<typeof sheet>;

const ids = { course: '01990000-0000-7000-8000-000000000901', school: '01990000-0000-7000-8000-000000000011' };
const exampleFacts = {
  kind: 'amu',
  code: '47592',
  title: 'Gaffeltruck certifikatkursus B',
  field: 'certificates',
  industries: ['H', 'C'],
  awards: 'certificate',
  days: 7,
  hours: 51.8,
};
const exampleMore = { goal: 'Du kan køre gaffeltruck efter reglerne.', framework: '2735', frameworkTitle: 'Lager, terminal og logistik', says: ['vi mangler en, der må køre truck'] };
const exampleContact = { name: 'Kursuskontoret', phone: '70 00 00 11', email: 'kursus@fjordegnen.example' };
const example = {
  id: ids.course,
  ...exampleFacts,
  schools: [{ school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' }, contact: exampleContact }],
  classes: 4,
  next: '2026-12-07',
  unseen: false,
  retired: false,
};
const exampleSheet = { ...example, ...exampleMore, version: 1, can: { edit: true, speakFor: [ids.school] } };
const params = z.strictObject({ course: idOf('course') });

export const listCourses = endpoint({
  name: 'listCourses',
  method: 'GET',
  path: '/api/courses',
  summary: 'All schools’ courses, in alphabetical order',
  description: 'Row 4.01. One card for each course, however many schools run it. `industry` also finds courses for all industries.',
  access: readers,
  query: z.strictObject({
    ...pageQuery,
    field: field.optional(),
    industry: z.enum(sections).optional(),
    kind: z.enum(courseKinds).optional(),
    awards: z.enum(awards).optional(),
    school: idOf('school').optional(),
    /** unseen: brought by a file and not looked at. */
    show: z.enum(['unseen', 'retired']).optional(),
  }),
  status: 200,
  output: pageOf(course),
  example: { query: { industry: 'H' }, output: { items: [example], next: null } },
});

export const readCourse = endpoint({
  name: 'readCourse',
  method: 'GET',
  path: '/api/courses/{course}',
  summary: 'A course, the schools that run it, and whom to call',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: { course: ids.course }, output: exampleSheet },
});

export const addCourse = endpoint({
  name: 'addCourse',
  method: 'POST',
  path: '/api/courses',
  summary: 'Add a course to the catalogue',
  description: 'Rows 4.01 and 4.24. A manager’s school runs it from then on. AMU goals have a number of five digits. `course_known`: one with this number is there; the answer says which.',
  access: writers,
  body: z.strictObject(facts).refine(coded, codeOfAmu),
  status: 201,
  output: sheet,
  errors: { course_known: 409 },
  example: { body: { ...exampleFacts, ...exampleMore }, output: exampleSheet },
});

export const writeCourse = endpoint({
  name: 'writeCourse',
  method: 'PUT',
  path: '/api/courses/{course}',
  summary: 'Correct a course, or take it out of the catalogue',
  description: 'The coordinator, and managers of the schools that run it. A retired course keeps its classes and is found no more. Writing marks it as looked at.',
  access: writers,
  params,
  body: z.strictObject({ ...facts, retired: z.boolean().default(false) }).refine(coded, codeOfAmu),
  edits: true,
  status: 200,
  output: sheet,
  errors: { course_known: 409, course_not_yours: 403 },
  example: { params: { course: ids.course }, body: { ...exampleFacts, ...exampleMore }, output: { ...exampleSheet, version: 2 } },
});

const runParams = z.strictObject({ course: idOf('course'), school: idOf('school') });
export const runCourse = endpoint({
  name: 'runCourse',
  method: 'PUT',
  path: '/api/courses/{course}/schools/{school}',
  summary: 'Say that a school runs a course, and whom to call there',
  access: writers,
  params: runParams,
  body: z.strictObject({ name: text(200).default(''), phone: text(40).default(''), email: z.union([z.literal(''), z.email().max(320)]).default('') }),
  status: 200,
  output: sheet,
  errors: { course_not_yours: 403 },
  example: { params: { course: ids.course, school: ids.school }, body: exampleContact, output: exampleSheet },
});

export const stopCourse = endpoint({
  name: 'stopCourse',
  method: 'DELETE',
  path: '/api/courses/{course}/schools/{school}',
  summary: 'Say that a school runs a course no longer',
  description: '`course_has_classes`: the school has classes of it ahead.',
  access: writers,
  params: runParams,
  status: 204,
  output: z.null(),
  errors: { course_not_yours: 403, course_has_classes: 409 },
  example: { params: { course: ids.course, school: ids.school } },
});

const hit = z.object({
  course: course,
  /** Which of the words it was found by, as they were written; `meant` are words that the centre reads into them. */
  met: z.array(z.string()),
  meant: z.array(z.string()),
});
export type CourseHit = z.output<typeof hit>;
export const searchCourses = endpoint({
  name: 'searchCourses',
  method: 'GET',
  path: '/api/course-search',
  summary: 'A few courses for a problem told in plain words, and whom to call',
  description:
    'Row 4.16. At most five, the likeliest first. Words that Danish writes together are taken apart: "truckcertifikat" finds "certifikat". What people say is understood by the words of the courses (`says`) and by a short list of everyday problems.',
  access: readers,
  query: z.strictObject({ q: z.string().trim().min(2).max(200) }),
  status: 200,
  output: z.array(hit),
  example: { query: { q: 'truckcertifikat' }, output: [{ course: example, met: ['truckcertifikat'], meant: [] }] },
});

const openCourse = z.object({
  title: z.string(),
  kind: z.enum(courseKinds),
  code: z.string().nullable(),
  goal: z.string(),
  awards: z.enum(awards),
  days: z.number().nullable(),
  hours: z.number().nullable(),
  schools: z.array(z.object({ name: z.string(), contact: run.shape.contact })),
  classes: z.array(z.object({ starts: calendarDay, town: z.string(), school: z.string() })),
});
export type OpenCourse = z.output<typeof openCourse>;
export const searchOpenCourses = endpoint({
  name: 'searchOpenCourses',
  method: 'GET',
  path: '/api/open-courses',
  summary: 'The same for anybody: leaders and employees search the courses of all schools of a centre',
  description: 'Rows 4.01 and 4.16. `centre` is the centre’s key. At most five courses with up to three classes each that have not begun.',
  access: 'anyone',
  query: z.strictObject({ centre: z.string().min(1).max(60), q: z.string().trim().min(2).max(200) }),
  status: 200,
  output: z.array(openCourse),
  limits: [{ count: 120, seconds: 60, by: 'address' }],
  example: {
    query: { centre: 'fjordegnen', q: 'truck' },
    output: [
      {
        title: exampleFacts.title,
        kind: 'amu',
        code: exampleFacts.code,
        goal: exampleMore.goal,
        awards: 'certificate',
        days: 7,
        hours: 51.8,
        schools: [{ name: 'Fjordegnens Erhvervsskole', contact: exampleContact }],
        classes: [{ starts: '2026-12-07', town: 'Limvig', school: 'Fjordegnens Erhvervsskole' }],
      },
    ],
  },
});

const form = z.object({ code: z.string(), nameDa: z.string(), nameEn: z.string(), retired: z.boolean(), version: z.number().int() });
export type DeliveryForm = z.output<typeof form>;
const exampleForm = { code: 'boat', nameDa: 'Om bord', nameEn: 'On board', retired: false, version: 1 };
const formFacts = { nameDa: z.string().trim().min(1).max(80), nameEn: z.string().trim().min(1).max(80) };

export const listDeliveryForms = endpoint({
  name: 'listDeliveryForms',
  method: 'GET',
  path: '/api/delivery-forms',
  summary: 'The forms of delivery that this centre has beside the usual ones',
  description: 'Row 4.25. The usual ones are part of the contract: whole days, split, at the workplace, at the change of shifts, evening, weekend, online, open workshop.',
  access: readers,
  status: 200,
  output: z.array(form),
  example: { output: [exampleForm] },
});

export const addDeliveryForm = endpoint({
  name: 'addDeliveryForm',
  method: 'POST',
  path: '/api/delivery-forms',
  summary: 'Add a form of delivery',
  access: ['coordinator'],
  body: z.strictObject({ code: z.string().regex(/^[a-z0-9_]{1,40}$/), ...formFacts }),
  status: 201,
  output: form,
  errors: { form_known: 409 },
  example: { body: { code: 'boat', nameDa: 'Om bord', nameEn: 'On board' }, output: exampleForm },
});

export const writeDeliveryForm = endpoint({
  name: 'writeDeliveryForm',
  method: 'PUT',
  path: '/api/delivery-forms/{code}',
  summary: 'Rename a form of delivery, or retire it',
  description: 'Classes that have a retired form keep it.',
  access: ['coordinator'],
  params: z.strictObject({ code: z.string() }),
  body: z.strictObject({ ...formFacts, retired: z.boolean().default(false) }),
  edits: true,
  status: 200,
  output: form,
  example: { params: { code: 'boat' }, body: { nameDa: 'Om bord', nameEn: 'On board', retired: true }, output: { ...exampleForm, retired: true, version: 2 } },
});
