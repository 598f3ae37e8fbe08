import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import type { Cell } from '../../../kit/disclosure.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { results } from './rules.ts';

const staff = ['consultant', 'manager', 'coordinator'] as const;

const count = z.int().min(0).max(500);
/** How many of the group have each result; together everybody. */
const counted = z.strictObject({ very_badly: count, badly: count, well: count });
const whole = (counts: z.output<typeof counted>, people: number) => results.reduce((sum, each) => sum + counts[each], 0) === people;
/** Null: too few to be shown, or none. */
const cell = z.int().nullable() as z.ZodType<Cell | number | null>;
const shown = z.object({ result: z.enum(results), count: cell, percent: z.int().nullable() });

const screening = z.object({
  id: idOf('screening'),
  school: z.object({ id: idOf('school'), name: z.string() }),
  class: z.object({ id: idOf('class'), title: z.string() }).nullable(),
  name: z.string(),
  day: calendarDay,
  people: z.int(),
  leaders: z.int(),
  reading: z.array(shown),
  /** Null: not screened. */
  maths: z.array(shown).nullable(),
  /** What it was held to on its day. */
  threshold: z.int(),
});
export type Screening = z.output<typeof screening>;

const ids = { screening: '01990000-0000-7000-8000-000000000971', school: '01990000-0000-7000-8000-000000000016' };
const example = {
  id: ids.screening,
  school: { id: ids.school, name: 'VUC Fjordegnen' },
  class: null,
  name: 'Natholdet på træfabrikken',
  day: '2026-11-10',
  people: 20,
  leaders: 2,
  reading: [
    { result: 'very_badly', count: 5, percent: 25 },
    { result: 'badly', count: 6, percent: 30 },
    { result: 'well', count: 9, percent: 45 },
  ],
  maths: null,
  threshold: 5,
};

export const listScreenings = endpoint({
  name: 'listScreenings',
  method: 'GET',
  path: '/api/screenings',
  summary: 'Screenings of whole groups by the own school; 500 at most, the newest first',
  description:
    'Row 4.12. The coordinator reads all of the centre. No figure below the centre’s threshold, none that follows from the others, and none that is nearly everybody’s: what is hidden was never kept.',
  access: staff,
  status: 200,
  output: z.array(screening),
  example: { output: [example] },
});

export const addScreening = endpoint({
  name: 'addScreening',
  method: 'POST',
  path: '/api/screenings',
  summary: 'Write down the screening of a whole group',
  description:
    'Rows 4.12 and 4.13. Totals alone, nobody’s own result. `tested` must be all of `people`; leaders may be tested too and are only counted. The results of each subject must sum to the group. What may not be shown is forgotten with the request; groups of which nothing may be shown are put together until the quarter is over.',
  access: staff,
  body: z
    .strictObject({
      school: idOf('school'),
      class: idOf('class').nullable().default(null),
      name: z.string().trim().min(1).max(150),
      day: calendarDay,
      people: z.int().min(1).max(500),
      tested: count,
      leaders: z.int().min(0).max(100).default(0),
      reading: counted,
      maths: counted.nullable().default(null),
    })
    .refine(({ tested, people, reading }) => tested !== people || whole(reading, people), { path: ['reading', 'very_badly'], params: { code: 'not_the_sum' } })
    .refine(({ tested, people, maths }) => tested !== people || maths === null || whole(maths, people), { path: ['maths', 'very_badly'], params: { code: 'not_the_sum' } }),
  status: 201,
  output: screening,
  errors: { not_the_whole_group: 422, screening_not_yours: 403, class_not_known: 422 },
  example: {
    body: { school: ids.school, class: null, name: example.name, day: example.day, people: 20, tested: 20, leaders: 2, reading: { very_badly: 5, badly: 6, well: 9 }, maths: null },
    output: example,
  },
});

const total = z.object({
  groups: z.int(),
  people: z.int(),
  counts: z.array(z.object({ result: z.enum(results), atLeast: z.int() })),
  /** People whose result is in no figure. */
  hidden: z.int(),
});
export const readScreeningTotals = endpoint({
  name: 'readScreeningTotals',
  method: 'GET',
  path: '/api/screening-totals',
  summary: 'All screenings of the centre together',
  description:
    'Row 4.12. Every figure is "at least so many": it sums what may be shown of each group, and of the groups of which nothing may be shown those of a quarter that is over, put together and held to the same threshold. So nothing about a group follows from it.',
  access: ['coordinator'],
  status: 200,
  output: z.object({ reading: total, maths: total }),
  example: {
    output: {
      reading: {
        groups: 1,
        people: 20,
        counts: [
          { result: 'very_badly', atLeast: 5 },
          { result: 'badly', atLeast: 6 },
          { result: 'well', atLeast: 9 },
        ],
        hidden: 0,
      },
      maths: { groups: 0, people: 0, counts: results.map((result) => ({ result, atLeast: 0 })), hidden: 0 },
    },
  },
});
export type ScreeningTotal = z.output<typeof total>;
