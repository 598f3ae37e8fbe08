import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

const shown = z.object({
  id: idOf('evaluation'),
  purpose: z.string(),
  criteria: z.string(),
  from: calendarDay,
  to: calendarDay,
  announcedOn: calendarDay,
  /** From this day the house makes the figures, once. */
  usableOn: calendarDay,
  state: z.enum(['announced', 'published', 'called_off']),
  calledOffBecause: z.string().nullable(),
  version: z.number().int(),
  can: z.object({ callOff: z.boolean() }),
});
export type Evaluation = z.output<typeof shown>;

const cell = z.number().int().nullable();
const share = z.object({ observed: z.number(), expected: z.number(), index: z.number(), low: z.number(), high: z.number() });
const school = z.object({ id: idOf('school'), name: z.string() });
const figures = z.object({
  threshold: z.number().int(),
  schools: z.array(school),
  rows: z.array(
    z.object({
      /** Null: consultants whom the centre employs. */
      from: school.nullable(),
      total: cell,
      /** In the order of `schools`; null is hidden or nothing, which look alike. */
      cells: z.array(z.object({ companies: cell, expected: z.number().nullable() })),
      own: share.nullable(),
    }),
  ),
  together: share.extend({ schools: z.number().int() }).nullable(),
});
export type EvaluationFigures = z.output<typeof figures>;

const id = '01990000-0000-7000-8000-000000000691';
const schools = [
  { id: '01990000-0000-7000-8000-000000000011', name: 'Fjordegnens Erhvervsskole' },
  { id: '01990000-0000-7000-8000-000000000012', name: 'VUC Vesterled' },
];
const facts = {
  purpose: 'At se, om firmaerne bliver rådgivet efter deres behov og ikke efter, hvad konsulentens egen skole sælger.',
  criteria: 'Hvor ofte der peges på egen skole, holdt op mod behovene og skolernes udbud. Ingen tal om personer.',
  from: '2026-07-01',
  to: '2026-12-31',
  usableOn: '2027-01-15',
};
const example = { id, ...facts, announcedOn: '2026-11-17', state: 'announced', calledOffBecause: null, version: 1, can: { callOff: true } };
const exampleShare = { observed: 0.6, expected: 0.5, index: 1.2, low: 0.8, high: 1.5 };
const exampleFigures = {
  threshold: 5,
  schools,
  rows: [
    {
      from: schools[0],
      total: 20,
      cells: [
        { companies: 12, expected: 0.5 },
        { companies: 8, expected: 0.5 },
      ],
      own: exampleShare,
    },
  ],
  together: { ...exampleShare, schools: 4 },
};
const params = z.strictObject({ evaluation: idOf('evaluation') });

export const listEvaluations = endpoint({
  name: 'listEvaluations',
  method: 'GET',
  path: '/api/evaluations',
  summary: 'Looks at where advice points: announced, made, called off; the latest period first',
  description: 'Row 3.07: everybody who advises or answers for a school reads purpose, criteria and time before any data is used. At most 200.',
  access: readers,
  status: 200,
  output: z.array(shown),
  example: { output: [example] },
});

export const readEvaluation = endpoint({
  name: 'readEvaluation',
  method: 'GET',
  path: '/api/evaluations/{evaluation}',
  summary: 'An evaluation, and its figures once they are made',
  description:
    'Rows 3.02, 3.06 and 3.10. Figures were written once, suppressed with their totals by the threshold of companies that held then. The coordinator reads all rows, a manager the own school’s, everybody the schools together where at least three are shown. There is no filter and no second period to subtract.',
  access: readers,
  params,
  status: 200,
  output: shown.extend({ figures: figures.nullable() }),
  example: { params: { evaluation: id }, output: { ...example, state: 'published', can: { callOff: false }, figures: exampleFigures } },
});

export const downloadEvaluation = endpoint({
  name: 'downloadEvaluation',
  method: 'GET',
  path: '/api/evaluations/{evaluation}/figures.csv',
  summary: 'The figures of an evaluation as a table; the same that one reads on the page',
  access: ['manager', 'coordinator'],
  params,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { params: { evaluation: id }, output: 'fra;til;virksomheder;forventet andel\nFjordegnens Erhvervsskole;VUC Vesterled;8;0,5\n' },
});

export const announceEvaluation = endpoint({
  name: 'announceEvaluation',
  method: 'POST',
  path: '/api/evaluations',
  summary: 'Announce an evaluation: what for, by which criteria, of which period, and when',
  description:
    'Row 3.07. Figures are made two weeks later at the earliest, and not before the period is over. Periods never overlap, for two of them could be subtracted. All consultants and managers are told by mail. What was announced cannot be changed, only called off.',
  access: ['coordinator'],
  body: z.strictObject({ purpose: z.string().trim().min(1).max(1000), criteria: z.string().trim().min(1).max(2000), from: calendarDay, to: calendarDay, usableOn: calendarDay }),
  status: 201,
  output: shown,
  errors: { evaluation_backwards: 422, evaluation_too_soon: 422, evaluation_overlaps: 409 },
  example: { body: facts, output: example },
});

export const callOffEvaluation = endpoint({
  name: 'callOffEvaluation',
  method: 'PUT',
  path: '/api/evaluations/{evaluation}/end',
  summary: 'Call off an evaluation whose figures are not made yet, with the reason',
  access: ['coordinator'],
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  edits: true,
  status: 200,
  output: shown,
  errors: { evaluation_over: 409 },
  example: {
    params: { evaluation: id },
    body: { reason: 'Perioden er for kort.' },
    output: { ...example, state: 'called_off', calledOffBecause: 'Perioden er for kort.', version: 2, can: { callOff: false } },
  },
});
