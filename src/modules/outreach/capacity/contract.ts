import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { weekdayOf } from '../../../kit/week.ts';

const monday = calendarDay.refine((day) => weekdayOf(day) === 1, { params: { code: 'format' } });
const scope = z.enum(['centre', 'school', 'consultant']);

const row = z.object({
  scope,
  id: z.guid(),
  name: z.string(),
  /** A consultant's school, where the consultant has one. */
  schoolId: z.guid().nullable(),
  /** By week; agreed is null where nothing was agreed, and then nothing can be booked. */
  weeks: z.array(z.object({ week: calendarDay, agreed: z.number().int().nullable(), used: z.number().int() })),
  can: z.object({ edit: z.boolean() }),
});

const centre = '01990000-0000-7000-8000-000000000010';
const exampleRow = { scope: 'centre', id: centre, name: 'VEU-center Prøven', schoolId: null, weeks: [{ week: '2026-11-23', agreed: 12, used: 5 }], can: { edit: true } };
const output = z.object({ weeks: z.array(calendarDay), rows: z.array(row) });

export const readCapacity = endpoint({
  name: 'readCapacity',
  method: 'GET',
  path: '/api/capacity',
  summary: 'How many meetings are agreed and booked, week by week',
  description: 'Row 2.05. Bookings per ISO week by visit date. The coordinator sees centre, schools and consultants; a manager the own school and its consultants; a consultant oneself.',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({ from: monday.optional(), count: z.coerce.number().int().min(1).max(26).default(8) }),
  status: 200,
  output,
  example: { query: { from: '2026-11-23', count: 1 }, output: { weeks: ['2026-11-23'], rows: [exampleRow] } },
});

export const writeCapacity = endpoint({
  name: 'writeCapacity',
  method: 'PUT',
  path: '/api/capacity',
  summary: 'Agree how many meetings there may be, several weeks at once',
  description:
    'Row 2.05. By the coordinator; for the own school and its consultants by its manager. A hard limit: it may be lowered below what is booked, and then nothing more is. Each cell bears what was seen (`was`, null for nothing agreed); one that has changed since refuses the whole.',
  access: ['manager', 'coordinator'],
  body: z.strictObject({
    cells: z
      .array(z.strictObject({ scope, id: z.guid(), week: monday, agreed: z.int().min(0).max(10_000), was: z.int().min(0).max(10_000).nullable() }))
      .min(1)
      .max(400)
      .refine((all) => new Set(all.map(({ scope: kind, id, week }) => `${kind} ${id} ${week}`)).size === all.length, { params: { code: 'twice' } }),
  }),
  status: 204,
  output: z.null(),
  errors: { capacity_changed: 409 },
  example: { body: { cells: [{ scope: 'centre', id: centre, week: '2026-11-23', agreed: 12, was: null }] } },
});

export const readOpenWeeks = endpoint({
  name: 'readOpenWeeks',
  method: 'GET',
  path: '/api/capacity/open-weeks',
  summary: 'What is left of the centre’s coming weeks, for whoever calls',
  description: 'Row 2.05. This week and the six after it. A week in which nothing was agreed has 0 of 0.',
  access: ['agent', 'consultant', 'coordinator'],
  status: 200,
  output: z.array(z.object({ week: calendarDay, agreed: z.number().int(), used: z.number().int() })),
  example: { output: [{ week: '2026-11-23', agreed: 12, used: 12 }] },
});
