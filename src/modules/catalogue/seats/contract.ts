import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instantAnywhere } from '../../../kit/instant.ts';
import { classStates } from '../classes/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const deciders = ['manager', 'coordinator'] as const;
const token = z.string().regex(/^[a-z2-7]{32}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;

/** offered: kept until a moment for whoever waited longest · cancelled: with its class · moved: goes on in another class. */
export const seatStates = ['taken', 'waiting', 'offered', 'withdrawn', 'declined', 'lapsed', 'cancelled', 'moved'] as const;
export type SeatState = (typeof seatStates)[number];

const heads = z.int().min(1).max(500);
const because = z.string().trim().min(1).max(300);
const seat = z.object({
  id: idOf('seat'),
  class: z.object({ id: idOf('class'), title: z.string(), starts: calendarDay, ends: calendarDay, town: z.string(), state: z.enum(classStates) }),
  company: z.object({ id: idOf('company'), name: z.string() }),
  heads: z.number().int(),
  state: z.enum(seatStates),
  /** Place in the line; null for who does not wait. */
  position: z.number().int().nullable(),
  offeredUntil: instantAnywhere.nullable(),
  /** The last day on which it can be given back without being marked; null: there is none. */
  bindingAfter: calendarDay.nullable(),
  /** Given back after that day (row 4.20). */
  late: z.boolean(),
  withdrawnBecause: z.string().nullable(),
  /** Øre that the company pays so that a class below its least number runs. */
  supplement: z.number().int().nullable(),
  /** For the teacher; nothing about health, and nobody's name. */
  needs: z.string(),
  version: z.number().int(),
  can: z.object({ withdraw: z.boolean(), answer: z.boolean(), edit: z.boolean(), supplement: z.boolean() }),
});
export type Seat = z.output<typeof seat>;

const alternative = z.object({
  id: idOf('class'),
  school: z.string(),
  starts: calendarDay,
  ends: calendarDay,
  town: z.string(),
  /** By road from the class that was called off; null where a place is not known. */
  km: z.number().int().nullable(),
  free: z.number().int(),
});
export type Alternative = z.output<typeof alternative>;
const hold = z.object({
  id: idOf('seat hold'),
  name: z.string(),
  seats: z.number().int(),
  used: z.number().int(),
  until: calendarDay,
  companies: z.array(z.object({ id: idOf('company'), name: z.string() })),
});

const classSeats = z.object({
  /** Participants: sure, offered to somebody, waiting (and how many companies those are), held for a list or for who is to move here, taken in another system, and what is free now. */
  counts: z.object({
    taken: z.number().int(),
    offered: z.number().int(),
    waiting: z.number().int(),
    line: z.number().int(),
    held: z.number().int(),
    elsewhere: z.number().int(),
    free: z.number().int(),
    minimum: z.number().int(),
    maximum: z.number().int(),
  }),
  state: z.enum(classStates),
  /** So many are missing before it can be confirmed; 0: it can. */
  missing: z.number().int(),
  /** The day on which it is said whether it runs has come. */
  due: z.boolean(),
  /** Those that one may see: a school its class's, a contact person their company's, the coordinator all. */
  seats: z.array(seat),
  holds: z.array(hold),
  /** Of a class that was called off: where those who are left could go. */
  alternatives: z.array(alternative),
  version: z.number().int(),
  can: z.object({ take: z.boolean(), wait: z.boolean(), decide: z.boolean(), hold: z.boolean(), move: z.boolean() }),
});
export type ClassSeats = z.output<typeof classSeats>;

const ids = {
  class: '01990000-0000-7000-8000-000000000911',
  seat: '01990000-0000-7000-8000-000000000921',
  company: '01990000-0000-7000-8000-000000000101',
  hold: '01990000-0000-7000-8000-000000000931',
  to: '01990000-0000-7000-8000-000000000912',
};
const exampleSeat = {
  id: ids.seat,
  class: { id: ids.class, title: 'Gaffeltruck certifikatkursus B', starts: '2026-12-07', ends: '2026-12-15', town: 'Limvig', state: 'tentative' },
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  heads: 2,
  state: 'offered',
  position: null,
  offeredUntil: '2026-11-19T09:00:00.000Z',
  bindingAfter: '2026-11-30',
  late: false,
  withdrawnBecause: null,
  supplement: null,
  needs: 'Begynder først kl. 9 om mandagen',
  version: 2,
  can: { withdraw: true, answer: true, edit: true, supplement: false },
};
const exampleAlternative = { id: ids.to, school: 'Vesterlunds Erhvervsskole', starts: '2027-01-11', ends: '2027-01-19', town: 'Vesterlund', km: 38, free: 6 };
const example = {
  counts: { taken: 8, offered: 2, waiting: 3, line: 2, held: 0, elsewhere: 5, free: 1, minimum: 8, maximum: 16 },
  state: 'tentative',
  missing: 0,
  due: false,
  seats: [exampleSeat],
  holds: [{ id: ids.hold, name: 'Underleverandører til Solhøj', seats: 5, used: 2, until: '2026-11-27', companies: [exampleSeat.company] }],
  alternatives: [],
  version: 3,
  can: { take: true, wait: true, decide: true, hold: true, move: false },
};
const inClass = z.strictObject({ class: idOf('class') });
const oneSeat = z.strictObject({ seat: idOf('seat') });

export const listClassSeats = endpoint({
  name: 'listClassSeats',
  method: 'GET',
  path: '/api/classes/{class}/seats',
  summary: 'Seats of a class, its line, and how many',
  description: 'Rows 4.05 and 4.20. Everybody sees how many; who: the class’s school, the company’s contact person and the coordinator.',
  access: readers,
  params: inClass,
  status: 200,
  output: classSeats,
  example: { params: { class: ids.class }, output: example },
});

const toDecide = z.object({ id: idOf('class'), title: z.string(), school: z.string(), starts: calendarDay, decidedBy: calendarDay, missing: z.number().int() });
export const listClassesToDecide = endpoint({
  name: 'listClassesToDecide',
  method: 'GET',
  path: '/api/classes-to-decide',
  summary: 'Planned classes whose day for saying whether they run has come',
  description: 'Row 4.05. Of the own school; the coordinator sees all. Those that have not begun.',
  access: deciders,
  status: 200,
  output: z.array(toDecide),
  example: { output: [{ id: ids.class, title: 'Gaffeltruck certifikatkursus B', school: 'Fjordegnens Erhvervsskole', starts: '2026-12-07', decidedBy: '2026-11-30', missing: 2 }] },
});

export const addSeat = endpoint({
  name: 'addSeat',
  method: 'POST',
  path: '/api/classes/{class}/seats',
  summary: 'Take seats for a company, or a place in the line',
  description:
    'Row 4.05. A consultant or the coordinator for any company of the centre, a manager in the own school’s classes. Whoever comes while others wait waits behind them; `class_full` only where `wait` is false or the class could never hold so many. After it has begun only its school (row 5.27). `alone`: one person of a company would go alone (row 5.33).',
  access: readers,
  params: inClass,
  body: z.strictObject({ company: idOf('company'), heads, wait: z.boolean().default(true) }),
  status: 201,
  output: z.object({ result: z.enum(['taken', 'waiting']), position: z.number().int().nullable(), alone: z.boolean() }),
  errors: { company_unknown: 422, class_not_yours: 403, class_full: 409, class_gone: 409 },
  example: { params: { class: ids.class }, body: { company: ids.company, heads: 1 }, output: { result: 'waiting', position: 3, alone: true } },
});

export const listCompanySeats = endpoint({
  name: 'listCompanySeats',
  method: 'GET',
  path: '/api/companies/{company}/seats',
  summary: 'A company’s seats that one may see, the newest first',
  access: readers,
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: z.array(seat),
  example: { params: { company: ids.company }, output: [exampleSeat] },
});

export const withdrawSeat = endpoint({
  name: 'withdrawSeat',
  method: 'POST',
  path: '/api/seats/{seat}/withdraw',
  summary: 'Give seats or a place in the line back',
  description: 'Row 4.20. After the binding day it is marked as late; nobody can take the mark away. What is free goes to whoever is first in the line.',
  access: readers,
  params: oneSeat,
  body: z.strictObject({ because }),
  status: 200,
  output: seat,
  errors: { seat_gone: 409 },
  example: { params: { seat: ids.seat }, body: { because: 'Stor ordre i uge 50' }, output: { ...exampleSeat, state: 'withdrawn', offeredUntil: null, withdrawnBecause: 'Stor ordre i uge 50' } },
});

export const answerSeatOffer = endpoint({
  name: 'answerSeatOffer',
  method: 'POST',
  path: '/api/seats/{seat}/answer',
  summary: 'Say yes or no to an offered seat for a company',
  description: 'Row 4.05. `seat_gone`: the offer has run out, or there was none.',
  access: readers,
  params: oneSeat,
  body: z.strictObject({ accept: z.boolean() }),
  status: 200,
  output: seat,
  errors: { seat_gone: 409 },
  example: { params: { seat: ids.seat }, body: { accept: true }, output: { ...exampleSeat, state: 'taken', offeredUntil: null } },
});

export const writeSeat = endpoint({
  name: 'writeSeat',
  method: 'PUT',
  path: '/api/seats/{seat}',
  summary: 'The binding day of a seat, what the teacher should know, and the supplement',
  description:
    'Rows 4.05, 4.17 and 4.20. `bindingAfter` null: the class’s own day. A supplement (tompladstillæg, øre) is agreed by the class’s school or the coordinator, at the earliest five days before the class begins: `supplement_early`.',
  access: readers,
  params: oneSeat,
  body: z.strictObject({ bindingAfter: calendarDay.nullable(), needs: z.string().trim().max(500), supplement: z.int().min(0).max(100_000_000).nullable() }),
  edits: true,
  status: 200,
  output: seat,
  errors: { seat_gone: 409, supplement_early: 409, class_not_yours: 403 },
  example: { params: { seat: ids.seat }, body: { bindingAfter: null, needs: 'Begynder først kl. 9 om mandagen', supplement: null }, output: { ...exampleSeat, version: 3 } },
});

export const decideClass = endpoint({
  name: 'decideClass',
  method: 'PUT',
  path: '/api/classes/{class}/state',
  summary: 'Say that a class runs, or call it off',
  description:
    'Row 4.05. The class’s manager or the coordinator. It runs with its least number of sure participants, where it is guaranteed, or where a company pays the supplement: otherwise `class_below_minimum`. Calling off needs a reason and is final; whoever had a seat hears of other classes of the course within six weeks and 60 km.',
  access: deciders,
  params: inClass,
  body: z.discriminatedUnion('state', [z.strictObject({ state: z.literal('confirmed') }), z.strictObject({ state: z.literal('cancelled'), because })]),
  edits: true,
  status: 200,
  output: classSeats,
  errors: { class_not_yours: 403, class_decided: 409, class_below_minimum: 409 },
  example: { params: { class: ids.class }, body: { state: 'cancelled', because: 'For få tilmeldte' }, output: { ...example, state: 'cancelled', alternatives: [exampleAlternative], version: 4 } },
});

export const moveClassSeats = endpoint({
  name: 'moveClassSeats',
  method: 'POST',
  path: '/api/classes/{class}/moves',
  summary: 'All companies of a cancelled class go on in another one',
  description: 'Row 4.05. In the order in which they came; who finds no seat there waits in its line. Who asks for more than the class holds stays behind.',
  access: deciders,
  params: inClass,
  body: z.strictObject({ to: idOf('class') }),
  status: 200,
  output: z.object({ taken: z.number().int(), waiting: z.number().int(), left: z.number().int() }),
  errors: { class_not_yours: 403, class_gone: 409 },
  example: { params: { class: ids.class }, body: { to: ids.to }, output: { taken: 4, waiting: 1, left: 0 } },
});

export const addSeatHold = endpoint({
  name: 'addSeatHold',
  method: 'POST',
  path: '/api/classes/{class}/holds',
  summary: 'Hold seats for the companies of a list until a day',
  description: 'Row 2.29. Counted as taken until then; used first by whoever is on the list. Seats that somebody waits for can never be held: `class_full`.',
  access: deciders,
  params: inClass,
  body: z.strictObject({ name: z.string().trim().min(1).max(200), companies: z.array(idOf('company')).min(1).max(300), seats: heads, until: calendarDay }),
  status: 201,
  output: classSeats,
  errors: { class_not_yours: 403, class_full: 409, class_gone: 409, company_unknown: 422 },
  example: { params: { class: ids.class }, body: { name: 'Underleverandører til Solhøj', companies: [ids.company], seats: 5, until: '2026-11-27' }, output: example },
});

export const endSeatHold = endpoint({
  name: 'endSeatHold',
  method: 'DELETE',
  path: '/api/seat-holds/{hold}',
  summary: 'Let held seats go',
  access: deciders,
  params: z.strictObject({ hold: idOf('seat hold') }),
  status: 204,
  output: z.null(),
  example: { params: { hold: ids.hold } },
});

const settings = z.object({ /** Hours that an offered seat is kept. */ offerHours: z.number().int(), version: z.number().int() });
export const readSeatSettings = endpoint({
  name: 'readSeatSettings',
  method: 'GET',
  path: '/api/seat-settings',
  summary: 'How long an offered seat is kept',
  access: readers,
  status: 200,
  output: settings,
  example: { output: { offerHours: 48, version: 0 } },
});
export const writeSeatSettings = endpoint({
  name: 'writeSeatSettings',
  method: 'PUT',
  path: '/api/seat-settings',
  summary: 'Set how long an offered seat is kept',
  description: 'Holds for offers made from now on. A class that begins soon leaves less: half of the time until then.',
  access: ['coordinator'],
  body: z.strictObject({ offerHours: z.int().min(1).max(336) }),
  edits: true,
  status: 200,
  output: settings,
  example: { body: { offerHours: 24 }, output: { offerHours: 24, version: 1 } },
});

const linked = z.object({
  centre: z.string(),
  zone: z.string(),
  company: z.string(),
  heads: z.number().int(),
  state: z.enum(seatStates),
  offeredUntil: instantAnywhere.nullable(),
  position: z.number().int().nullable(),
  class: z.object({
    title: z.string(),
    school: z.string(),
    starts: calendarDay,
    ends: calendarDay,
    place: z.string(),
    town: z.string(),
    state: z.enum(classStates),
    begun: z.boolean(),
  }),
  /** Why the class was called off. */
  because: z.string().nullable(),
  binding: calendarDay.nullable(),
  alternatives: z.array(alternative),
});
export type LinkedSeat = z.output<typeof linked>;
const exampleLinked = {
  centre: 'VEU-center Fjordegnen',
  zone: 'Europe/Copenhagen',
  company: 'Bjergager Smede & Montage',
  heads: 2,
  state: 'offered',
  offeredUntil: '2026-11-19T09:00:00.000Z',
  position: null,
  class: {
    title: 'Gaffeltruck certifikatkursus B',
    school: 'Fjordegnens Erhvervsskole',
    starts: '2026-12-07',
    ends: '2026-12-15',
    place: 'Værkstedet',
    town: 'Limvig',
    state: 'tentative',
    begun: false,
  },
  because: null,
  binding: '2026-11-30',
  alternatives: [],
};
const exampleToken = 'abcdefghijklmnopqrstuvwxyz234567';

export const openSeatLink = endpoint({
  name: 'openSeatLink',
  method: 'POST',
  path: '/api/class-seat',
  summary: 'What the link in a mail about a seat opens',
  description: 'Row 4.05. Nobody signs in; the secret of the mail is enough, and it shows this one seat.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: linked,
  errors: { seat_link_gone: 404 },
  example: { body: { token: exampleToken }, output: exampleLinked },
});

export const answerSeatLink = endpoint({
  name: 'answerSeatLink',
  method: 'POST',
  path: '/api/class-seat/answer',
  summary: 'The company says yes, no, gives back, or goes to another class',
  description: 'Rows 4.05 and 4.20. Giving back after the binding day is marked as late. After a move the same link opens the new seat.',
  access: 'anyone',
  body: z.discriminatedUnion('what', [
    z.strictObject({ token, what: z.literal('accept') }),
    z.strictObject({ token, what: z.literal('decline') }),
    z.strictObject({ token, what: z.literal('withdraw'), because }),
    z.strictObject({ token, what: z.literal('move'), to: idOf('class') }),
  ]),
  limits,
  status: 200,
  output: linked,
  errors: { seat_link_gone: 404, seat_gone: 409, class_full: 409 },
  example: { body: { token: exampleToken, what: 'accept' }, output: { ...exampleLinked, state: 'taken', offeredUntil: null } },
});
