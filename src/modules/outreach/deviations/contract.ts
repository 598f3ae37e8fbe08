import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { givenBecause } from '../meetings/contract.ts';

/**
 * kept: booked as it had been shown a moment before, although the figures had moved on; given: another consultant by hand; plan: by an accepted suggestion for the
 * week; rebooked: the company took another time, and the rule chose anew.
 */
export const deviationKinds = ['kept', 'given', 'plan', 'rebooked'] as const;
const count = z.number().int();
const row = z.object({
  at: instant,
  kind: z.enum(deviationKinds),
  /** The reason that was written; null where nobody gave one: kept. */
  because: z.enum([...givenBecause, 'rebooked']).nullable(),
  /** What it did to the own school; null for the coordinator, who reads from where to where. */
  own: z.enum(['gained', 'lost']).nullable(),
  /** Schools by name; a null name is the centre itself. Null: not for whoever asks. */
  from: z.object({ school: z.string().nullable() }).nullable(),
  to: z.object({ school: z.string().nullable() }).nullable(),
  meeting: idOf('meeting').nullable(),
  company: z.string().nullable(),
});
const figures = z.object({ school: z.string(), agreed: count, byRule: count, gained: count, lost: count });
/** A week for which less is agreed by now than was booked into it. */
const overfull = z.object({ school: z.string(), week: calendarDay, agreed: count, used: count });
const report = z.object({ from: calendarDay, to: calendarDay, all: z.boolean(), schools: z.array(figures), rows: z.array(row), overfull: z.array(overfull) });
export type Deviations = z.output<typeof report>;

const period = z.strictObject({ from: calendarDay.optional(), to: calendarDay.optional() });
const example = {
  from: '2026-08-18',
  to: '2026-11-17',
  all: true,
  schools: [{ school: 'Fjordegnens Erhvervsskole', agreed: 52, byRule: 31, gained: 1, lost: 2 }],
  rows: [
    {
      at: '2026-11-12T10:00:00.000Z',
      kind: 'given',
      because: 'illness',
      own: null,
      from: { school: 'Fjordegnens Erhvervsskole' },
      to: { school: 'Handelsskolen Vest' },
      meeting: '01990000-0000-7000-8000-000000000301',
      company: 'Bjergager Smede & Montage',
    },
  ],
  overfull: [{ school: 'Handelsskolen Vest', week: '2026-11-09', agreed: 2, used: 3 }],
};

export const readDeviations = endpoint({
  name: 'readDeviations',
  method: 'GET',
  path: '/api/assignment-deviations',
  summary: 'Every meeting within a period that went otherwise than by the published rule, with its reason',
  description:
    'Row 3.05. Per school what was agreed, how many meetings the rule itself gave it, and how many it gained or lost otherwise; per school, never per person. The coordinator reads every row; a manager those by which the own school gained or lost, without the other school and the company. Without a period the last 13 weeks; at most 2,000 rows, the newest first.',
  access: ['manager', 'coordinator'],
  query: period,
  status: 200,
  output: report,
  errors: { days_reversed: 422 },
  example: { query: { from: '2026-08-18', to: '2026-11-17' }, output: example },
});

export const downloadDeviations = endpoint({
  name: 'downloadDeviations',
  method: 'GET',
  path: '/api/assignment-deviations.csv',
  summary: 'The same as a table',
  access: ['coordinator'],
  query: period,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  errors: { days_reversed: 422 },
  example: {
    query: { from: '2026-08-18', to: '2026-11-17' },
    output: 'dag;hvad;grund;fra skole;til skole;firma\n2026-11-12;givet videre;sygdom;Fjordegnens Erhvervsskole;Handelsskolen Vest;Bjergager Smede & Montage\n',
  },
});
