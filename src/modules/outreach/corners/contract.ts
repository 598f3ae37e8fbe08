import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { codePattern, readCode } from '../../../kit/code.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { codeLength, seatMinutes, seatsBetween, type Topic, tokenLength, topics } from './rules.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
/** Within a day: before five in the morning a clock can skip or repeat an hour. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .refine((at) => at >= '05:00', { params: { code: 'format' } });

const facts = {
  company: idOf('company'),
  /** Whoever is there when nobody covers; the corner belongs to that consultant's school. */
  consultant: idOf('person'),
  /** Where in the company. */
  place: z.string().trim().min(1).max(200),
  /** Weeks from one day to the next; null: single days. */
  every: z.literal([1, 2, 4]).nullable(),
  /** 1 Monday to 7 Sunday; null for single days. */
  weekday: z.int().min(1).max(7).nullable(),
  /** First and last day of a corner that comes again; null for single days. */
  from: calendarDay.nullable(),
  to: calendarDay.nullable(),
  /** The single days; empty for a corner that comes again. */
  days: z.array(calendarDay).max(40),
  starts: time,
  ends: time,
  /** How long a seat is; null: no booking, whoever comes, comes. */
  seatMinutes: z.literal(seatMinutes).nullable(),
};
type Times = Omit<z.output<z.ZodObject<typeof facts>>, 'company'>;
const consistent = <Shape extends z.ZodType<Times>>(shape: Shape) =>
  shape
    .refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'format' } })
    .refine(({ starts, ends, seatMinutes: each }) => each === null || seatsBetween(starts, ends, each) > 0, { path: ['seatMinutes'], params: { code: 'not_allowed' } })
    .refine(({ every, days }) => (every === null) === days.length > 0, { path: ['days'], params: { code: 'required' } })
    .refine(({ days }) => new Set(days).size === days.length, { path: ['days'], params: { code: 'twice' } })
    .refine(({ every, weekday }) => (every === null) === (weekday === null), { path: ['weekday'], params: { code: 'required' } })
    .refine(({ every, from }) => (every === null) === (from === null), { path: ['from'], params: { code: 'required' } })
    .refine(({ every, to }) => (every === null) === (to === null), { path: ['to'], params: { code: 'required' } })
    .refine(({ from, to }) => from === null || to === null || from <= to, { path: ['to'], params: { code: 'format' } })
    // A year and a day: further ahead nobody knows the time.
    .refine(({ from, to }) => from === null || to === null || Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, { path: ['to'], params: { code: 'too_far' } });
const { company: _company, ...without } = facts;
const body = consistent(z.strictObject(facts));
const changes = consistent(z.strictObject(without));

const person = z.object({ id: idOf('person'), name: z.string() });
const ahead = z.object({
  day: calendarDay,
  person,
  mine: z.boolean(),
  /** How many seats are taken; null without booking. */
  seats: z.object({ taken: z.number().int(), all: z.number().int() }).nullable(),
  /** Why it is cancelled, in the words that the employees read. */
  cancelled: z.string().nullable(),
  /** Whoever should be there cannot, by now: somebody has to cover. */
  gap: z.boolean(),
  version: z.number().int(),
});
const corner = z.object({
  id: idOf('corner'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  school: z.object({ id: idOf('school'), name: z.string() }),
  consultant: person,
  place: facts.place,
  every: facts.every,
  weekday: facts.weekday,
  from: facts.from,
  to: facts.to,
  days: z.array(calendarDay),
  starts: z.string(),
  ends: z.string(),
  seatMinutes: facts.seatMinutes,
  endedOn: calendarDay.nullable(),
  /** Whether there is an address that opens it for the employees; which one, nobody knows any more. */
  hasAddress: z.boolean(),
  /** From today on, eight weeks ahead. */
  ahead: z.array(ahead),
  /** How many came in all, as far as it was written down. */
  visits: z.number().int(),
  /** Own days that are over and not counted yet. */
  uncounted: z.array(calendarDay),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type Corner = z.output<typeof corner>;

const topicCounts = z.strictObject(Object.fromEntries(topics.map((topic) => [topic, z.int().min(0).max(500).default(0)])) as Record<Topic, z.ZodDefault<z.ZodInt>>);
const visited = z.object({
  day: calendarDay,
  person,
  /** How many took a seat beforehand; null without booking. */
  seats: z.number().int().nullable(),
  /** Null: not counted yet. */
  came: z.object({ droppedIn: z.number().int(), booked: z.number().int() }).nullable(),
  /** What it was about: for whoever counted it, null for everybody else. */
  topics: topicCounts.nullable(),
  version: z.number().int(),
  can: z.object({ count: z.boolean() }),
});
const cornerPage = corner.extend({
  /** The days that have begun, the newest first; the last 60. */
  past: z.array(visited),
  /** At least so many asked about it; null: hidden or zero. They go up in whole steps of the threshold, never for a day of few. */
  topics: z.array(z.object({ topic: z.enum(topics), atLeast: z.number().int().nullable() })),
  threshold: z.number().int(),
});
export type CornerPage = z.output<typeof cornerPage>;

const ids = {
  corner: '01990000-0000-7000-8000-000000000601',
  company: '01990000-0000-7000-8000-000000000101',
  person: '01990000-0000-7000-8000-000000000001',
  school: '01990000-0000-7000-8000-000000000011',
};
const anna = { id: ids.person, name: 'Anna Holm' };
const exampleBody = {
  company: ids.company,
  consultant: ids.person,
  place: 'Kantinen',
  every: 2,
  weekday: 4,
  from: '2026-11-19',
  to: '2027-03-31',
  days: [],
  starts: '11:00',
  ends: '13:00',
  seatMinutes: 20,
};
const { company: _exampleCompany, ...exampleChanges } = exampleBody;
const example = {
  ...exampleBody,
  id: ids.corner,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  consultant: anna,
  endedOn: null,
  hasAddress: true,
  ahead: [{ day: '2026-11-19', person: anna, mine: true, seats: { taken: 2, all: 6 }, cancelled: null, gap: false, version: 1 }],
  visits: 9,
  uncounted: [],
  version: 1,
  can: { edit: true },
};
const exampleTopics = { courses: 1, basic_skills: 6, recognition: 0, job_change: 2, other: 0 };
const examplePage = {
  ...example,
  past: [{ day: '2026-11-05', person: anna, seats: 4, came: { droppedIn: 5, booked: 4 }, topics: exampleTopics, version: 2, can: { count: true } }],
  topics: [
    { topic: 'courses', atLeast: null },
    { topic: 'basic_skills', atLeast: 5 },
    { topic: 'recognition', atLeast: null },
    { topic: 'job_change', atLeast: null },
    { topic: 'other', atLeast: null },
  ],
  threshold: 5,
};
const params = z.strictObject({ corner: idOf('corner') });
const dayParams = z.strictObject({ corner: idOf('corner'), day: calendarDay });
/** `about.days` says on which days. */
const hindered = { corner_hindered: 409 } as const;

export const listCorners = endpoint({
  name: 'listCorners',
  method: 'GET',
  path: '/api/corners',
  summary: 'The guidance corners of the own school, for the coordinator all: where, when, who and how many seats are taken',
  description: 'Row 2.28. A corner tells which school works with which company, so no other school of the centre sees it.',
  access: readers,
  status: 200,
  output: z.array(corner),
  example: { output: [example] },
});

export const readCorner = endpoint({
  name: 'readCorner',
  method: 'GET',
  path: '/api/corners/{corner}',
  summary: 'A guidance corner with its days and how many came',
  description: 'Row 2.28. What the visits were about is shown to whoever counted it; added up over time it follows the rule of small cells, counting persons.',
  access: readers,
  params,
  status: 200,
  output: cornerPage,
  example: { params: { corner: ids.corner }, output: examplePage },
});

export const addCorner = endpoint({
  name: 'addCorner',
  method: 'POST',
  path: '/api/corners',
  summary: 'Set times in a company at which its employees can meet a consultant',
  description:
    'Row 2.28. By a consultant for the own school, or by the coordinator for the school of the consultant chosen. Public holidays are left out. The days take the consultant’s time: no visit is booked in them.',
  access: writers,
  body,
  status: 201,
  output: cornerPage,
  errors: { ...hindered, company_unknown: 422, not_of_school: 422, corner_holiday: 422, corner_without_days: 422 },
  example: { body: exampleBody, output: { ...examplePage, hasAddress: false, past: [], visits: 0 } },
});

export const writeCorner = endpoint({
  name: 'writeCorner',
  method: 'PUT',
  path: '/api/corners/{corner}',
  summary: 'Change place, times and consultant of a guidance corner',
  description:
    'Row 2.28. Days from tomorrow on are set anew; a colleague who covers keeps the day. A day on which somebody has a seat cannot be moved or taken away: cancel it first, so that the employees read why. The company stays.',
  access: writers,
  params,
  body: changes,
  edits: true,
  status: 200,
  output: cornerPage,
  errors: { ...hindered, not_of_school: 422, corner_holiday: 422, corner_without_days: 422, corner_seats_taken: 409, corner_ended: 409 },
  example: { params: { corner: ids.corner }, body: exampleChanges, output: examplePage },
});

export const endCorner = endpoint({
  name: 'endCorner',
  method: 'DELETE',
  path: '/api/corners/{corner}',
  summary: 'End a guidance corner: no days from now on, and its address says so; what was counted stays',
  access: writers,
  params,
  status: 204,
  output: z.null(),
  example: { params: { corner: ids.corner } },
});

export const renewCornerAddress = endpoint({
  name: 'renewCornerAddress',
  method: 'PUT',
  path: '/api/corners/{corner}/address',
  summary: 'Make the address for the employees; the one before opens nothing any more',
  description: 'Row 2.28. The address is shown once; only a keyed hash of it is kept.',
  access: writers,
  params,
  status: 200,
  output: z.object({ link: z.string(), poster: z.string() }),
  errors: { corner_ended: 409 },
  example: { params: { corner: ids.corner }, output: { link: 'http://localhost:3000/corner#BDFG-HJKL-MNPR', poster: 'http://localhost:3000/corner-poster#BDFG-HJKL-MNPR' } },
});

export const giveCornerDay = endpoint({
  name: 'giveCornerDay',
  method: 'PUT',
  path: '/api/corners/{corner}/days/{day}/consultant',
  summary: 'A colleague of the same school covers a day',
  description: 'Row 2.28. Whoever comes and whoever need not come any more are told by mail, with a calendar file.',
  access: writers,
  params: dayParams,
  body: z.strictObject({ person: idOf('person') }),
  edits: true,
  status: 200,
  output: cornerPage,
  errors: { ...hindered, not_of_school: 422, corner_day_over: 409 },
  example: { params: { corner: ids.corner, day: '2026-11-19' }, body: { person: ids.person }, output: examplePage },
});

export const cancelCornerDay = endpoint({
  name: 'cancelCornerDay',
  method: 'PUT',
  path: '/api/corners/{corner}/days/{day}/cancellation',
  summary: 'Cancel a day with a reason that the employees read, or take that back',
  description: 'Row 2.28. Nobody’s address is known, so the public page says it, also to whoever has a seat.',
  access: writers,
  params: dayParams,
  body: z.strictObject({ because: z.string().trim().min(1).max(300).nullable() }),
  edits: true,
  status: 200,
  output: cornerPage,
  errors: { ...hindered, corner_day_over: 409 },
  example: { params: { corner: ids.corner, day: '2026-11-19' }, body: { because: 'Anna er syg.' }, output: examplePage },
});

export const countCornerDay = endpoint({
  name: 'countCornerDay',
  method: 'PUT',
  path: '/api/corners/{corner}/days/{day}/visits',
  summary: 'Write how many came on a day, and if one likes what it was about; nobody’s name',
  description: 'Row 2.28. By whoever was there. `topics` counts persons; one person may have asked about several, so no topic can have more than came.',
  access: ['consultant'],
  params: dayParams,
  body: z
    .strictObject({
      droppedIn: z.int().min(0).max(500),
      booked: z.int().min(0).max(500),
      topics: topicCounts.prefault({}),
    })
    .superRefine((it, issues) => {
      for (const topic of topics) if (it.topics[topic] > it.droppedIn + it.booked) issues.addIssue({ code: 'custom', path: ['topics', topic], params: { code: 'more_than_came' } });
    }),
  edits: true,
  status: 200,
  output: cornerPage,
  errors: { corner_day_not_yours: 403, corner_day_ahead: 409 },
  example: { params: { corner: ids.corner, day: '2026-11-05' }, body: { droppedIn: 5, booked: 4, topics: exampleTopics }, output: examplePage },
});

/** As people copy it from a poster: small letters, spaces and hyphens do not matter. It travels in bodies, never in an address that a log would keep. */
const secret = (length: number) =>
  z
    .string()
    .max(60)
    .transform(readCode)
    .pipe(z.string().regex(codePattern(length)));
const token = secret(tokenLength);
const code = secret(codeLength);
const tokenExample = 'BDFG-HJKL-MNPR';
const looking = [{ count: 120, seconds: 60, by: 'address' }] as const;
/** A workplace often has one address for all, so a few seats an hour; nobody empties a day from it. */
const taking = [{ count: 4, seconds: 3600, by: 'address' }] as const;
const guessing = [{ count: 30, seconds: 600, by: 'address' }] as const;

export const openCorner = endpoint({
  name: 'openCorner',
  method: 'POST',
  path: '/api/corner',
  summary: 'What the address on the poster opens: the next days, and which seats are free',
  description: 'Row 2.28. Nobody signs in, and nobody is asked for a name.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits: looking,
  status: 200,
  output: z.object({
    company: z.string(),
    place: z.string(),
    centre: z.string(),
    every: facts.every,
    weekday: facts.weekday,
    starts: z.string(),
    ends: z.string(),
    seatMinutes: facts.seatMinutes,
    /** There is no guidance here any more. */
    ended: z.boolean(),
    days: z.array(
      z.object({
        day: calendarDay,
        consultant: z.string(),
        cancelled: z.string().nullable(),
        /** Empty without booking; what is free can still be taken. */
        seats: z.array(z.object({ seat: z.number().int(), starts: z.string(), ends: z.string(), free: z.boolean() })),
      }),
    ),
  }),
  errors: { corner_gone: 410 },
  example: {
    body: { token: tokenExample },
    output: {
      company: example.company.name,
      place: 'Kantinen',
      centre: 'VEU-center Fjordegnen',
      every: 2,
      weekday: 4,
      starts: '11:00',
      ends: '13:00',
      seatMinutes: 20,
      ended: false,
      days: [{ day: '2026-11-19', consultant: 'Anna Holm', cancelled: null, seats: [{ seat: 0, starts: '11:00', ends: '11:20', free: true }] }],
    },
  },
});

const seatTaken = z.object({ day: calendarDay, starts: z.string(), ends: z.string() });

export const takeSeat = endpoint({
  name: 'takeSeat',
  method: 'POST',
  path: '/api/corner/seats',
  summary: 'Take a free seat without a name; the code in the answer is shown once and gives it back',
  description: 'Row 2.28. Of many who want one seat at once, one gets it. From one network address four seats an hour, so that nobody empties a day.',
  access: 'anyone',
  body: z.strictObject({ token, day: calendarDay, seat: z.int().min(0).max(100) }),
  limits: taking,
  status: 201,
  output: seatTaken.extend({ code: z.string() }),
  errors: { corner_gone: 410, seat_taken: 409 },
  example: { body: { token: tokenExample, day: '2026-11-19', seat: 0 }, output: { day: '2026-11-19', starts: '11:00', ends: '11:20', code: 'KRPT-HMDN' } },
});

export const readSeat = endpoint({
  name: 'readSeat',
  method: 'POST',
  path: '/api/corner/seat',
  summary: 'Which seat a code holds, and whether its day still stands',
  access: 'anyone',
  body: z.strictObject({ token, code }),
  limits: guessing,
  status: 200,
  output: seatTaken.extend({ cancelled: z.string().nullable(), over: z.boolean() }),
  errors: { seat_unknown: 404 },
  example: { body: { token: tokenExample, code: 'KRPT-HMDN' }, output: { day: '2026-11-19', starts: '11:00', ends: '11:20', cancelled: null, over: false } },
});

export const leaveSeat = endpoint({
  name: 'leaveSeat',
  method: 'POST',
  path: '/api/corner/seat/cancellation',
  summary: 'Give a seat back by its code, before its time',
  access: 'anyone',
  body: z.strictObject({ token, code }),
  limits: guessing,
  status: 204,
  output: z.null(),
  errors: { seat_unknown: 404 },
  example: { body: { token: tokenExample, code: 'KRPT-HMDN' } },
});
