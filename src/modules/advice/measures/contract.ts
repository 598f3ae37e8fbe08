import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

/** Three measures (row 3.08): consultants of two schools visit together; what pulls the other way is named; the managers back impartial advice. */
export const measureKinds = ['pair_visits', 'incentives', 'mandate'] as const;
/** What pulls the other way (row 3.03), such as activity that a school must have to keep its approval. */
export const incentiveKinds = ['minimum_activity', 'income', 'approval', 'bonus', 'other'] as const;
/** To whom a school opens what it tells of itself (row 3.12). */
export const incentiveAudiences = ['coordinator', 'centre'] as const;

const school = z.object({ id: idOf('school'), name: z.string() });
const person = z.object({ id: idOf('person'), name: z.string() });
const measure = z.object({
  school: idOf('school'),
  kind: z.enum(measureKinds),
  /** Null while nobody has it. */
  owner: person.nullable(),
  due: calendarDay.nullable(),
  doneOn: calendarDay.nullable(),
  note: z.string(),
  /** 0 before it was first written. */
  version: z.number().int(),
});
export type Measure = z.output<typeof measure>;
const incentive = z.object({
  id: idOf('incentive'),
  school,
  kind: z.enum(incentiveKinds),
  what: z.string(),
  since: calendarDay,
  until: calendarDay.nullable(),
  openTo: z.enum(incentiveAudiences),
  version: z.number().int(),
  can: z.object({ write: z.boolean() }),
});
export type Incentive = z.output<typeof incentive>;

const ids = { school: '01990000-0000-7000-8000-000000000011', incentive: '01990000-0000-7000-8000-000000000695', dorte: '01990000-0000-7000-8000-000000000004' };
const there = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const exampleMeasure = { school: ids.school, kind: 'pair_visits', owner: { id: ids.dorte, name: 'Dorte Friis' }, due: '2027-01-31', doneOn: null, note: 'To besøg med VUC i januar.', version: 1 };
const facts = { kind: 'minimum_activity', what: 'Skal have 40 årskursister på svejsning for at beholde godkendelsen.', since: '2026-08-01', until: null, openTo: 'centre' };
const exampleIncentive = { id: ids.incentive, school: there, ...facts, version: 1, can: { write: true } };

export const listMeasures = endpoint({
  name: 'listMeasures',
  method: 'GET',
  path: '/api/measures',
  summary: 'The three measures for impartial advice, school by school, with owner and day',
  description:
    'Row 3.08. Open to all schools: the centre does it together. Every school has all three, also those that nobody has taken on yet. `people`: who can own one, of the schools that one may write for.',
  access: readers,
  status: 200,
  output: z.object({ schools: z.array(school.extend({ can: z.object({ write: z.boolean() }) })), measures: z.array(measure), people: z.array(person.extend({ school: idOf('school').nullable() })) }),
  example: { output: { schools: [{ ...there, can: { write: true } }], measures: [exampleMeasure], people: [{ id: ids.dorte, name: 'Dorte Friis', school: ids.school }] } },
});

export const writeMeasure = endpoint({
  name: 'writeMeasure',
  method: 'PUT',
  path: '/api/schools/{school}/measures/{kind}',
  summary: 'Say who does a measure by when, and that it is done',
  description: 'The school’s managers, and the coordinator. If-Match: 0 where nothing stands yet. The owner works at the school, or is a coordinator.',
  access: ['manager', 'coordinator'],
  params: z.strictObject({ school: idOf('school'), kind: z.enum(measureKinds) }),
  body: z.strictObject({ owner: idOf('person'), due: calendarDay, doneOn: calendarDay.nullable().default(null), note: z.string().trim().max(1000).default('') }),
  edits: true,
  status: 200,
  output: measure,
  errors: { measure_not_yours: 403, measure_owner: 422 },
  example: { params: { school: ids.school, kind: 'pair_visits' }, body: { owner: ids.dorte, due: '2027-01-31', note: exampleMeasure.note }, output: exampleMeasure },
});

export const listIncentives = endpoint({
  name: 'listIncentives',
  method: 'GET',
  path: '/api/incentives',
  summary: 'What pulls against impartial advice, as schools told it',
  description: 'Row 3.03. A school reads its own and what others opened to the centre; the coordinator all.',
  access: readers,
  status: 200,
  output: z.array(incentive),
  example: { output: [exampleIncentive] },
});

const written = z.strictObject({
  kind: z.enum(incentiveKinds),
  what: z.string().trim().min(1).max(1000),
  since: calendarDay,
  until: calendarDay.nullable().default(null),
  openTo: z.enum(incentiveAudiences).default('coordinator'),
});
const faults = { incentive_backwards: 422 } as const;

export const addIncentive = endpoint({
  name: 'addIncentive',
  method: 'POST',
  path: '/api/incentives',
  summary: 'Tell what pulls against impartial advice at the own school',
  description: 'Row 3.03. Managers, for their school. To the coordinator alone unless it is opened to the centre.',
  access: ['manager'],
  body: written,
  status: 201,
  output: incentive,
  errors: faults,
  example: { body: facts, output: exampleIncentive },
});

export const writeIncentive = endpoint({
  name: 'writeIncentive',
  method: 'PUT',
  path: '/api/incentives/{incentive}',
  summary: 'Change what pulls, until when, or to whom it is open',
  access: ['manager'],
  params: z.strictObject({ incentive: idOf('incentive') }),
  body: written,
  edits: true,
  status: 200,
  output: incentive,
  errors: { ...faults, incentive_not_yours: 403 },
  example: { params: { incentive: ids.incentive }, body: facts, output: exampleIncentive },
});

export const removeIncentive = endpoint({
  name: 'removeIncentive',
  method: 'DELETE',
  path: '/api/incentives/{incentive}',
  summary: 'Take back what was told',
  access: ['manager'],
  params: z.strictObject({ incentive: idOf('incentive') }),
  edits: true,
  status: 204,
  output: z.null(),
  errors: { incentive_not_yours: 403 },
  example: { params: { incentive: ids.incentive } },
});
