import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { hoursFit, lessonFits } from './rules.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const weekday = z.int().min(1).max(7);
const hours = z.strictObject({ weekday, starts: time, ends: time });
const lesson = z.strictObject({
  weekday,
  starts: time,
  ends: time,
  /** Every week from the first of that weekday to the last one; the same day twice is one lesson. */
  from: calendarDay,
  to: calendarDay,
});
const facts = {
  /** When visits can be: at most three stretches a day, which do not overlap. */
  hours: z
    .array(hours)
    .max(21)
    .refine((all) => hoursFit(all), { params: { code: 'format' } }),
  teaching: z
    .array(lesson)
    .max(60)
    .refine((all) => all.every(lessonFits), { params: { code: 'format' } }),
};
const absence = z.object({ id: idOf('absence'), from: calendarDay, to: calendarDay });

const workTime = z.object({
  personId: idOf('person'),
  name: z.string(),
  hours: z.array(hours),
  /** One's own; null where it is somebody else's: what a calendar holds is its owner's. */
  teaching: z.array(lesson).nullable(),
  file: z.object({ fileName: z.string(), readAt: instant, until: calendarDay, times: z.number().int() }).nullable(),
  absences: z.array(absence),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), absences: z.boolean() }),
});
export type WorkTime = z.output<typeof workTime>;

const person = '01990000-0000-7000-8000-000000000001';
const exampleFacts = {
  hours: [{ weekday: 1, starts: '08:00', ends: '16:00' }],
  teaching: [{ weekday: 2, starts: '08:00', ends: '11:00', from: '2026-11-17', to: '2026-12-15' }],
};
const exampleAbsence = { id: '01990000-0000-7000-8000-000000000401', from: '2026-12-21', to: '2027-01-01' };
const example = { personId: person, name: 'Anna Holm', ...exampleFacts, file: null, absences: [exampleAbsence], version: 1, can: { edit: true, absences: true } };
const params = z.strictObject({ person: idOf('person') });

export const readWorkTime = endpoint({
  name: 'readWorkTime',
  method: 'GET',
  path: '/api/people/{person}/work-time',
  summary: 'A consultant’s working hours, lessons and absences',
  description: 'Row 2.16. One’s own in full; the manager of the same school and the coordinator see hours and absences. For everybody else there is nothing.',
  access: readers,
  params,
  status: 200,
  output: workTime,
  example: { params: { person }, output: example },
});

export const writeWorkTime = endpoint({
  name: 'writeWorkTime',
  method: 'PUT',
  path: '/api/people/{person}/work-time',
  summary: 'Write one’s working hours and lessons',
  description: 'By the consultant alone. If-Match "0" writes the first version.',
  access: ['consultant'],
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: workTime,
  errors: { not_your_calendar: 403 },
  example: { params: { person }, body: exampleFacts, output: example },
});

export const sendCalendarFile = endpoint({
  name: 'sendCalendarFile',
  method: 'PUT',
  path: '/api/people/{person}/calendar-file',
  summary: 'Send a calendar file (iCalendar); only when one is busy is kept of it',
  description:
    'Row 2.16. Read a year ahead with repetitions, exceptions, whole days and zones; at most 900,000 letters and 5,000 entries. Replaces the file before. Titles, places and people in it are never stored.',
  access: ['consultant'],
  params,
  body: z.strictObject({ fileName: z.string().trim().min(1).max(255), text: z.string().max(1_000_000) }),
  status: 200,
  output: workTime,
  errors: { not_your_calendar: 403, calendar_broken: 422, calendar_endless: 422, calendar_too_large: 422, calendar_too_many: 422 },
  example: {
    params: { person },
    body: { fileName: 'skema.ics', text: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DA\r\nEND:VCALENDAR\r\n' },
    output: { ...example, file: { fileName: 'skema.ics', readAt: '2026-11-17T08:00:00.000Z', until: '2027-11-17', times: 0 } },
  },
});

export const removeCalendarFile = endpoint({
  name: 'removeCalendarFile',
  method: 'DELETE',
  path: '/api/people/{person}/calendar-file',
  summary: 'Forget what a calendar file said',
  access: ['consultant'],
  params,
  status: 204,
  output: z.null(),
  errors: { not_your_calendar: 403 },
  example: { params: { person } },
});

export const readFreeBusy = endpoint({
  name: 'readFreeBusy',
  method: 'GET',
  path: '/api/people/{person}/free-busy',
  summary: 'When a consultant is busy, absent or at a meeting; never with what',
  description: 'Row 2.16. Without days: today and the 13 days after it; a year at most.',
  access: readers,
  params,
  query: z.strictObject({ from: calendarDay.optional(), to: calendarDay.optional() }),
  status: 200,
  output: z.array(z.object({ start: instant, end: instant, kind: z.enum(['busy', 'absent', 'meeting']) })),
  errors: { too_long: 422 },
  example: { params: { person }, query: { from: '2026-11-17', to: '2026-11-24' }, output: [{ start: '2026-11-17T07:00:00.000Z', end: '2026-11-17T10:00:00.000Z', kind: 'busy' }] },
});

export const addAbsence = endpoint({
  name: 'addAbsence',
  method: 'POST',
  path: '/api/people/{person}/absences',
  summary: 'Write that a consultant is away, from the first day to the last',
  access: readers,
  params,
  body: z.strictObject({ from: calendarDay, to: calendarDay }).refine(({ from, to }) => from <= to, { path: ['to'], params: { code: 'too_small' } }),
  status: 201,
  output: absence,
  example: { params: { person }, body: { from: exampleAbsence.from, to: exampleAbsence.to }, output: exampleAbsence },
});

export const removeAbsence = endpoint({
  name: 'removeAbsence',
  method: 'DELETE',
  path: '/api/people/{person}/absences/{absence}',
  summary: 'Take an absence back',
  access: readers,
  params: z.strictObject({ person: idOf('person'), absence: idOf('absence') }),
  status: 204,
  output: z.null(),
  example: { params: { person, absence: exampleAbsence.id } },
});
