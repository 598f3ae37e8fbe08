import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { courseKinds } from '../courses/contract.ts';
import { type TaughtField, taughtFields } from '../provision/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

/** When in the day it is taught; shift: at the change of shifts. */
export const classParts = ['day', 'evening', 'weekend', 'shift'] as const;
export type ClassPart = (typeof classParts)[number];
/** tentative: it runs if enough come · confirmed: it runs · cancelled. */
export const classStates = ['tentative', 'confirmed', 'cancelled'] as const;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const text = (most: number) => z.string().trim().max(most);
/** Øre. */
const money = z.int().min(0).max(100_000_000).nullable().default(null);

/** A meeting of a class, in the centre's zone. */
const session = z.strictObject({ day: calendarDay, starts: time, ends: time }).refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'ends_before' } });
export type Session = z.output<typeof session>;
/** So many meetings of so many hours each, so many weeks apart, from the first day on: 4 x 4 hours, 3 weeks apart (row 4.15). */
const split = z.strictObject({
  meetings: z.int().min(1).max(100),
  /** Tenths are allowed. */
  hours: z.number().min(0.5).max(12),
  weeksApart: z.int().min(1).max(12),
  starts: time,
});
export type Split = z.output<typeof split>;

const facts = {
  course: idOf('course'),
  school: idOf('school'),
  no: z.string().trim().min(1).max(40).nullable().default(null),
  /** Where it differs from the course's. */
  title: text(200).default(''),
  place: text(200).default(''),
  street: text(200).default(''),
  postcode: z
    .string()
    .regex(/^\d{4}$/)
    .nullable()
    .default(null),
  town: text(100).default(''),
  starts: calendarDay,
  ends: calendarDay,
  /** 1 is Monday; empty where nobody said. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
  part: z.enum(classParts).default('day'),
  /** One of the usual forms, or the code of one of the centre's own. */
  delivery: z.string().min(1).max(40).default('whole_days'),
  deadline: calendarDay.nullable().default(null),
  /** The day on which it is said whether it runs. */
  decidedBy: calendarDay.nullable().default(null),
  minimum: z.int().min(0).max(500),
  maximum: z.int().min(1).max(500),
  guaranteed: z.boolean().default(false),
  open: z.boolean().default(true),
  price: money,
  supplement: money,
  supplementFor: text(300).default(''),
  text: text(4000).default(''),
};
type Facts = z.output<z.ZodObject<typeof facts>>;
const meetings = { sessions: z.array(session).max(200).default([]), /** Instead of sessions. */ split: split.nullable().default(null) };
const sound = <T extends z.ZodType<Pick<Facts, 'starts' | 'ends' | 'minimum' | 'maximum' | 'deadline' | 'decidedBy'>>>(shape: T) =>
  shape
    .refine(({ starts, ends }) => starts <= ends, { path: ['ends'], params: { code: 'ends_before' } })
    .refine(({ minimum, maximum }) => minimum <= maximum, { path: ['minimum'], params: { code: 'above_maximum' } })
    .refine(({ starts, decidedBy }) => decidedBy === null || decidedBy <= starts, { path: ['decidedBy'], params: { code: 'after_start' } });

const place = z.object({ name: z.string(), street: z.string(), postcode: z.string().nullable(), town: z.string() });
const klass = z.object({
  id: idOf('class'),
  no: z.string().nullable(),
  title: z.string(),
  course: z.object({ id: idOf('course'), kind: z.enum(courseKinds), code: z.string().nullable(), field: z.enum(taughtFields as [TaughtField, ...TaughtField[]]) }),
  school: z.object({ id: idOf('school'), name: z.string() }),
  place,
  starts: calendarDay,
  ends: calendarDay,
  weekdays: z.array(z.number().int()),
  part: z.enum(classParts),
  delivery: z.string(),
  deadline: calendarDay.nullable(),
  decidedBy: calendarDay.nullable(),
  minimum: z.number().int(),
  maximum: z.number().int(),
  /** Seats taken in another system, as of then (null: none said). */
  takenElsewhere: z.number().int(),
  takenAsOf: instant.nullable(),
  /** Seats taken, offered or held here. */
  taken: z.number().int(),
  guaranteed: z.boolean(),
  state: z.enum(classStates),
  cancelledBecause: z.string().nullable(),
  open: z.boolean(),
  /** Øre a participant, no VAT; null where nobody said. */
  price: z.number().int().nullable(),
  supplement: z.number().int().nullable(),
  /** Kilometres by road from `near`, rounded; null where it was not asked or the place is not known. */
  km: z.number().int().nullable(),
});
export type Class = z.output<typeof klass>;
const sheet = klass.extend({
  /** As written; empty where the course's own title is used. */
  ownTitle: z.string(),
  supplementFor: z.string(),
  text: z.string(),
  contact: z.object({ name: z.string(), phone: z.string(), email: z.string() }),
  sessions: z.array(z.object({ no: z.number().int(), day: calendarDay, starts: time, ends: time })),
  /** Of all sessions together. */
  hours: z.number(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type ClassSheet = z.output<typeof sheet>;

const ids = { class: '01990000-0000-7000-8000-000000000911', course: '01990000-0000-7000-8000-000000000901', school: '01990000-0000-7000-8000-000000000011' };
const exampleFacts = {
  no: 'T47592-0712',
  starts: '2026-12-07',
  ends: '2026-12-15',
  weekdays: [1, 2, 3, 4, 5],
  part: 'day',
  delivery: 'whole_days',
  deadline: '2026-11-30',
  decidedBy: '2026-11-30',
  minimum: 8,
  maximum: 16,
  guaranteed: false,
  open: true,
  price: 104000,
  supplement: null,
};
const example = {
  id: ids.class,
  title: 'Gaffeltruck certifikatkursus B',
  course: { id: ids.course, kind: 'amu', code: '47592', field: 'certificates' },
  school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  place: { name: 'Værkstedet', street: 'Fjordvej 1', postcode: '7620', town: 'Limvig' },
  ...exampleFacts,
  takenElsewhere: 5,
  taken: 2,
  takenAsOf: '2026-11-16T06:00:00.000Z',
  state: 'tentative',
  cancelledBecause: null,
  km: 12,
};
const exampleSheet = {
  ...example,
  ownTitle: '',
  supplementFor: '',
  text: '',
  contact: { name: 'Kursuskontoret', phone: '70 00 00 11', email: 'kursus@fjordegnen.example' },
  sessions: [{ no: 1, day: '2026-12-07', starts: '08:00', ends: '15:24' }],
  hours: 7.4,
  version: 1,
  can: { edit: true },
};
const exampleBody = { course: ids.course, school: ids.school, place: 'Værkstedet', street: 'Fjordvej 1', postcode: '7620', town: 'Limvig', ...exampleFacts };
const params = z.strictObject({ class: idOf('class') });

export const listClasses = endpoint({
  name: 'listClasses',
  method: 'GET',
  path: '/api/classes',
  summary: 'Classes of all schools, by the day they start',
  description: 'Rows 4.01 and 4.05. From today on unless `from` says otherwise. `near` is a postcode; with `km` only classes within so many kilometres by road.',
  access: readers,
  query: z.strictObject({
    ...pageQuery,
    course: idOf('course').optional(),
    school: idOf('school').optional(),
    field: z.enum(taughtFields as [TaughtField, ...TaughtField[]]).optional(),
    industry: z.enum(sections).optional(),
    from: calendarDay.optional(),
    to: calendarDay.optional(),
    part: z.enum(classParts).optional(),
    delivery: z.string().max(40).optional(),
    state: z.enum(classStates).optional(),
    near: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    km: z.coerce.number().int().min(1).max(500).optional(),
  }),
  status: 200,
  output: pageOf(klass),
  example: { query: { near: '7600', km: 40 }, output: { items: [example], next: null } },
});

export const readClass = endpoint({
  name: 'readClass',
  method: 'GET',
  path: '/api/classes/{class}',
  summary: 'A class and when it meets',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: { class: ids.class }, output: exampleSheet },
});

const errors = { class_known: 409, class_not_yours: 403, course_unknown: 422, school_unknown: 422, delivery_unknown: 422, sessions_overlap: 422 } as const;
export const addClass = endpoint({
  name: 'addClass',
  method: 'POST',
  path: '/api/classes',
  summary: 'Plan a class',
  description:
    'Rows 4.05 and 4.15. A manager for the own school, the coordinator for all. With `split` the sessions are worked out: so many meetings of so many hours, so many weeks apart, from `starts` on; `ends` then follows the last of them. `class_known`: another class bears this number.',
  access: writers,
  body: sound(z.strictObject({ ...facts, ...meetings })),
  status: 201,
  output: sheet,
  errors,
  example: { body: exampleBody, output: exampleSheet },
});

export const writeClass = endpoint({
  name: 'writeClass',
  method: 'PUT',
  path: '/api/classes/{class}',
  summary: 'Correct a class',
  access: writers,
  params,
  body: sound(z.strictObject({ ...facts, ...meetings })),
  edits: true,
  status: 200,
  output: sheet,
  errors: { ...errors, class_over: 409 },
  example: { params: { class: ids.class }, body: exampleBody, output: { ...exampleSheet, version: 2 } },
});
