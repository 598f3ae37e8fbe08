import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { serial } from '../../../kit/serial.ts';

const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 120, seconds: 60, by: 'address' }] as const;
/** Halves count: a course of an afternoon is half a day. */
const days = z.number().multipleOf(0.5).min(0.5).max(366);
const name = z.string().trim().min(1).max(100);
const team = z.string().trim().min(1).max(60);

const facts = {
  name,
  /** Days that each employee has in the period. */
  days,
  firstDay: calendarDay,
  lastDay: calendarDay,
  /** What is left goes on into the next period. */
  carries: z.boolean(),
  /** Days of the next period that may be used before it begins. */
  advance: z.number().multipleOf(0.5).min(0).max(366).default(0),
  /** So many days before the end the leader is told what is left; null: never. */
  remindDays: z.int().min(1).max(365).nullable().default(60),
};

/** ahead · running · over: nobody began the next period yet · closed: it stands. */
export const rightStates = ['ahead', 'running', 'over', 'closed'] as const;
/** used · undone: an entry against it follows · counter: such an entry. */
const entryStates = ['used', 'undone', 'counter'] as const;

const employee = z.object({ id: idOf('employee'), name: z.string(), team: z.string() });
const right = z.object({
  id: idOf('training right'),
  ...facts,
  version: z.number().int(),
  state: z.enum(rightStates),
  /** Everybody with these days; the name is null of whoever left. Entitled and left hold what was carried over. */
  accounts: z.array(z.object({ employee: idOf('employee'), name: z.string().nullable(), team: z.string(), entitled: z.number(), carried: z.number(), used: z.number(), left: z.number() })),
  teams: z.array(z.object({ team: z.string(), people: z.number().int(), entitled: z.number(), used: z.number(), left: z.number() })),
  /** The hundred newest, newest first. */
  entries: z.array(z.object({ id: idOf('training entry'), name: z.string().nullable(), days: z.number(), day: calendarDay, about: z.string(), state: z.enum(entryStates) })),
});
export type TrainingRight = z.output<typeof right>;
const ownPage = z.object({
  /** False: whoever opened the page does not lead at the company, and reads nothing of this. */
  leader: z.boolean(),
  today: calendarDay.nullable(),
  employees: z.array(employee),
  rights: z.array(right),
  /** Seats of the company in classes, to book days on. */
  seats: z.array(z.object({ id: idOf('seat'), title: z.string(), starts: calendarDay })),
});
export type OwnTraining = z.output<typeof ownPage>;

const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const ids = {
  company: '01990000-0000-7000-8000-000000000101',
  employee: '01990000-0000-7000-8000-000000000e01',
  right: '01990000-0000-7000-8000-000000000e02',
  entry: '01990000-0000-7000-8000-000000000e03',
  seat: '01990000-0000-7000-8000-000000000e04',
};
const exampleFacts = { name: 'Ret til uddannelse', days: 14, firstDay: '2026-01-01', lastDay: '2026-12-31', carries: false, advance: 0, remindDays: 60 };
const exampleOwn = {
  leader: true,
  today: '2026-11-17',
  employees: [{ id: ids.employee, name: 'Ove Lund', team: 'Lager' }],
  rights: [
    {
      id: ids.right,
      ...exampleFacts,
      version: 1,
      state: 'running',
      accounts: [{ employee: ids.employee, name: 'Ove Lund', team: 'Lager', entitled: 14, carried: 0, used: 3.5, left: 10.5 }],
      teams: [{ team: 'Lager', people: 1, entitled: 14, used: 3.5, left: 10.5 }],
      entries: [{ id: ids.entry, name: 'Ove Lund', days: 3.5, day: '2026-03-02', about: 'Gaffeltruck certifikatkursus B', state: 'used' }],
    },
  ],
  seats: [{ id: ids.seat, title: 'Gaffeltruck certifikatkursus B', starts: '2026-12-07' }],
};
const own = { method: 'POST', access: 'anyone', limits, status: 200, output: ownPage } as const;

export const readOwnTraining = endpoint({
  ...own,
  name: 'readOwnTraining',
  path: '/api/company-page/training-days',
  summary: 'A company’s employees and their training days, on its own page',
  description: 'Row 4.18. For whoever leads at the company (owner, leader, middle manager, HR). Names and what one employee used never leave the company.',
  body: z.strictObject({ token }),
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const addOwnEmployees = endpoint({
  ...own,
  name: 'addOwnEmployees',
  path: '/api/company-page/employees',
  summary: 'Employees of one team; each gets the days of every right that runs',
  description: 'Row 4.18. Name and team, nothing else. At most 1,000 employees.',
  body: z.strictObject({ token, team, names: z.array(name).min(1).max(200) }),
  errors: { page_gone: 410, too_many_employees: 409 },
  example: { body: { token: exampleToken, team: 'Lager', names: ['Ove Lund'] }, output: exampleOwn },
});

export const writeOwnEmployee = endpoint({
  ...own,
  name: 'writeOwnEmployee',
  path: '/api/company-page/employees/write',
  summary: 'Correct an employee’s name or team',
  body: z.strictObject({ token, employee: idOf('employee'), name, team }),
  errors: { page_gone: 410, employee_unknown: 404 },
  example: { body: { token: exampleToken, employee: ids.employee, name: 'Ove Lund', team: 'Lager' }, output: exampleOwn },
});

export const removeOwnEmployee = endpoint({
  ...own,
  name: 'removeOwnEmployee',
  path: '/api/company-page/employees/remove',
  summary: 'Forget an employee who has left',
  description: 'Row 4.18. The name is gone at once; days that were used still count in the sums of the team.',
  body: z.strictObject({ token, employee: idOf('employee') }),
  errors: { page_gone: 410, employee_unknown: 404 },
  example: { body: { token: exampleToken, employee: ids.employee }, output: { ...exampleOwn, employees: [], rights: [] } },
});

export const writeOwnRight = endpoint({
  ...own,
  name: 'writeOwnRight',
  path: '/api/company-page/training-rights',
  summary: 'A kind of training days: name, days each, period, whether left days go on',
  description:
    'Row 4.18: for example 14 days a year by agreement, or five competence days. `right` null makes a new one; otherwise it and the version that was seen. `used_more`: somebody has used more than would be left; `days_outside`: days were used outside the new period.',
  body: z
    .strictObject({
      token,
      right: z
        .strictObject({ id: idOf('training right'), version: serial })
        .nullable()
        .default(null),
      ...facts,
    })
    .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { path: ['lastDay'], params: { code: 'ends_before' } })
    .refine(({ firstDay, lastDay }) => Date.parse(lastDay) - Date.parse(firstDay) <= 1100 * 86_400_000, { path: ['lastDay'], params: { code: 'too_long' } })
    .refine(({ advance, days: all }) => advance <= all, { path: ['advance'], params: { code: 'too_big' } }),
  errors: { page_gone: 410, right_unknown: 404, right_changed: 409, right_closed: 409, used_more: 409, days_outside: 409, too_many_rights: 409 },
  example: { body: { token: exampleToken, ...exampleFacts }, output: exampleOwn },
});

export const removeOwnRight = endpoint({
  ...own,
  name: 'removeOwnRight',
  path: '/api/company-page/training-rights/remove',
  summary: 'Take a kind of training days back that nothing was booked on',
  body: z.strictObject({ token, right: idOf('training right') }),
  errors: { page_gone: 410, right_unknown: 404, right_in_use: 409 },
  example: { body: { token: exampleToken, right: ids.right }, output: { ...exampleOwn, rights: [] } },
});

export const renewOwnRight = endpoint({
  ...own,
  name: 'renewOwnRight',
  path: '/api/company-page/training-rights/renew',
  summary: 'Begin the next period of a right that is over',
  description: 'Row 4.18. Of the same length. What is left goes along where the right says so; what was used in advance always does. The old period stands from then on.',
  body: z.strictObject({ token, right: idOf('training right') }),
  errors: { page_gone: 410, right_unknown: 404, right_running: 409, right_closed: 409 },
  example: { body: { token: exampleToken, right: ids.right }, output: exampleOwn },
});

export const bookOwnDays = endpoint({
  ...own,
  name: 'bookOwnDays',
  path: '/api/company-page/training-days/book',
  summary: 'Book used days of one or several employees, all or none',
  description: 'Row 4.18. `about` in own words, or `seat` of a class in which the company has one. Never more than each has; the database holds it however many book at once.',
  body: z
    .strictObject({
      token,
      right: idOf('training right'),
      employees: z
        .array(idOf('employee'))
        .min(1)
        .max(200)
        .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
      days,
      day: calendarDay,
      about: z.string().trim().max(200).default(''),
      seat: idOf('seat').nullable().default(null),
    })
    .refine(({ about, seat }) => about !== '' || seat !== null, { path: ['about'], params: { code: 'required' } }),
  errors: { page_gone: 410, right_unknown: 404, seat_not_yours: 422, not_enough_days: 409, right_closed: 409, day_outside: 422 },
  example: { body: { token: exampleToken, right: ids.right, employees: [ids.employee], days: 3.5, day: '2026-03-02', about: 'Svejsekursus' }, output: exampleOwn },
});

export const undoOwnDays = endpoint({
  ...own,
  name: 'undoOwnDays',
  path: '/api/company-page/training-days/undo',
  summary: 'Undo a booking by an entry against it',
  body: z.strictObject({ token, entry: idOf('training entry') }),
  errors: { page_gone: 410, entry_unknown: 404, entry_undone: 409, right_closed: 409 },
  example: { body: { token: exampleToken, entry: ids.entry }, output: exampleOwn },
});

const totals = z.object({
  id: idOf('training right'),
  name: z.string(),
  days: z.number(),
  firstDay: calendarDay,
  lastDay: calendarDay,
  /** Teams from the threshold of people on; the others only in the total, and not by name. Figures that would point to few are null. */
  teams: z.array(z.object({ team: z.string(), people: z.number().int(), entitled: z.number(), used: z.number().nullable(), left: z.number().nullable() })),
  total: z.object({ people: z.number().int().nullable(), entitled: z.number().nullable(), used: z.number().nullable(), left: z.number().nullable() }),
});
export type TrainingTotals = z.output<typeof totals>;

export const listTrainingTotals = endpoint({
  name: 'listTrainingTotals',
  method: 'GET',
  path: '/api/companies/{company}/training-days',
  summary: 'Training days of a company, summed by team',
  description: 'Row 4.18. What staff of the centre see: sums from the threshold of persons on, never a name and nothing of one employee.',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: z.object({ threshold: z.number().int(), rights: z.array(totals) }),
  example: {
    params: { company: ids.company },
    output: {
      threshold: 5,
      rights: [
        {
          id: ids.right,
          name: 'Ret til uddannelse',
          days: 14,
          firstDay: '2026-01-01',
          lastDay: '2026-12-31',
          teams: [{ team: 'Lager', people: 8, entitled: 112, used: 41.5, left: 70.5 }],
          total: { people: 14, entitled: 196, used: 66, left: 130 },
        },
      ],
    },
  },
});
