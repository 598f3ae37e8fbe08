import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { classParts } from '../../catalogue/classes/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

/** A class of a plan: one that is planned already (its id), or a possibility. Stays the same from plan to plan. */
const klass = z.string().min(1).max(200);
const needOf = idOf('pooled need');
/** Choices by hand; whatever they do not name stays free. */
export const byHand = z.strictObject({
  /** That need (or that group of it, from 0) in that class. */
  pins: z
    .array(z.strictObject({ need: needOf, group: z.int().min(0).max(49).nullable().default(null), class: klass }))
    .max(500)
    .default([]),
  /** That need never in that class. */
  forbidden: z
    .array(z.strictObject({ need: needOf, class: klass }))
    .max(500)
    .default([]),
  /** The groups that a need is split into; they add up to its people. */
  splits: z
    .array(z.strictObject({ need: needOf, groups: z.array(z.int().min(1).max(500)).min(2).max(50) }))
    .max(500)
    .default([]),
  /** Not to be held; to be held if enough can be found. */
  closed: z.array(klass).max(500).default([]),
  opened: z.array(klass).max(500).default([]),
});
export type ByHand = z.output<typeof byHand>;
const nothingByHand = { pins: [], forbidden: [], splits: [], closed: [], opened: [] };

const company = z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() });
const group = z.object({
  need: needOf,
  group: z.number().int(),
  heads: z.number().int(),
  company,
  what: z.string(),
  /** Rounded, by road. */
  km: z.number().int(),
  /** Nobody else of their company is in the class (row 5.33). */
  alone: z.boolean(),
  byHand: z.boolean(),
});
const from = z.object({ id: idOf('class'), school: z.string(), town: z.string(), starts: calendarDay });
/** People who have seats in another class and would move here. */
const move = z.object({
  /** Choices by hand name it as they name a need. */
  seat: idOf('seat'),
  heads: z.number().int(),
  /** Null for whoever does not see that seat: it is then another school’s business. */
  company: company.nullable(),
  from,
  /** Their classes are two schools’: both must say yes first. */
  bothSchools: z.boolean(),
});
const planned = z.object({
  class: klass,
  /** Of one that is planned already; null: it would be made. */
  existing: idOf('class').nullable(),
  course: z.object({ id: idOf('course'), title: z.string() }),
  school: z.object({ id: idOf('school'), name: z.string() }),
  town: z.string(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  starts: calendarDay,
  ends: calendarDay,
  part: z.enum(classParts),
  minimum: z.number().int(),
  maximum: z.number().int(),
  /** Everybody in it, those it had included. */
  heads: z.number().int(),
  groups: z.array(group),
  moves: z.array(move),
  chosen: z.enum(['opened', 'closed']).nullable(),
});
export type PlannedClass = z.output<typeof planned>;
const reason = z.object({
  code: z.string(),
  /** How many classes of the course fail of it. */
  classes: z.number().int(),
  km: z.number().int().nullable(),
  day: calendarDay.nullable(),
  missing: z.number().int().nullable(),
  /** Which one it is about. */
  class: z.string().nullable(),
});
export type UnservedReason = z.output<typeof reason>;
const unserved = z.object({ need: needOf, group: z.number().int(), heads: z.number().int(), company, what: z.string(), reasons: z.array(reason) });
export type UnservedNeed = z.output<typeof unserved>;

const proposal = z.object({
  asked: z.object({ companies: z.number().int(), seats: z.number().int() }),
  /** Of the needs. */
  seats: z.number().int(),
  /** People with a seat already who get a class that runs only because of the plan, those who move included. */
  saved: z.number().int(),
  /** Of them, those who move to another class, and for how many of these two schools must say yes. */
  moved: z.number().int(),
  movedBetweenSchools: z.number().int(),
  /** Person-kilometres, by road, one way. */
  km: z.number().int(),
  classes: z.array(planned),
  /** One more participant would open these, each confirmed by a plan of its own; `others` who wait would get a seat by it. */
  opens: z.array(planned.extend({ others: z.number().int() })),
  /** Classes that would run with a few more. */
  nearly: z.array(planned.extend({ missing: z.number().int() })),
  unserved: z.array(unserved),
  /** People with a seat in a class that does not run, for whom no other was found. */
  stranded: z.array(z.object({ seat: idOf('seat'), heads: z.number().int(), company: company.nullable(), from, reasons: z.array(reason) })),
  /** Classes that are planned and do not reach their least number. */
  unfilled: z.array(z.object({ class: idOf('class'), title: z.string(), school: z.string(), starts: calendarDay })),
  /** How the classes are spread over the schools, beside the part each offered. */
  schools: z.array(z.object({ school: z.object({ id: idOf('school'), name: z.string() }), offered: z.number().int(), due: z.number(), classes: z.number().int() })),
  /** Choices by hand that could not be kept, and what could not be used. */
  refused: z.array(z.object({ code: z.string(), of: z.string() })),
  /** Part of the best that could not be shown to be reached: 0.003 is 0.3 %. */
  gap: z.number(),
  proven: z.boolean(),
  /** Ended by the clock or called off: another run may find another plan. */
  stopped: z.boolean(),
  seed: z.number().int(),
  solver: z.string(),
});
export type PoolProposal = z.output<typeof proposal>;
const summary = z.object({
  id: idOf('pool plan'),
  by: z.string(),
  madeAt: instant,
  seconds: z.number().int(),
  state: z.enum(['waiting', 'done', 'failed', 'accepted']),
  basedOn: idOf('pool plan').nullable(),
  /** The class whose people alone it is about; null: the whole pool. */
  about: z.object({ id: idOf('class'), title: z.string(), starts: calendarDay }).nullable(),
  stopAsked: z.boolean(),
  /** While it is worked out: which phase, how far, and how many have seats in the best plan so far. */
  progress: z.object({ phase: z.enum(['search', 'solve', 'share']), done: z.number().int(), of: z.number().int(), seats: z.number().int() }).nullable(),
  /** `seats` of needs; `moved`: people who have a seat and move to another class. */
  figures: z.object({ seats: z.number().int(), moved: z.number().int(), classes: z.number().int(), gap: z.number(), proven: z.boolean() }).nullable(),
  version: z.number().int(),
});
export type PoolPlanSummary = z.output<typeof summary>;
const plan = summary.extend({
  byHand,
  proposal: proposal.nullable(),
  outcome: z
    .object({
      /** Classes that were made or got people: how many seats needs got, how many moved there, and how many move once both schools said yes. */
      classes: z.array(z.object({ class: klass, id: idOf('class'), made: z.boolean(), seats: z.number().int(), moved: z.number().int(), asked: z.number().int() })),
      /** Needs that were withdrawn or changed since, classes that were cancelled or filled up. */
      leftOut: z.array(z.object({ need: needOf.nullable(), class: klass, because: z.enum(['need_changed', 'seat_changed', 'class_gone', 'full']) })),
    })
    .nullable(),
  can: z.object({ change: z.boolean(), stop: z.boolean(), accept: z.boolean() }),
});
export type PoolPlan = z.output<typeof plan>;

const ids = {
  plan: '01990000-0000-7000-8000-000000000961',
  need: '01990000-0000-7000-8000-000000000951',
  company: '01990000-0000-7000-8000-000000000101',
  course: '01990000-0000-7000-8000-000000000901',
  school: '01990000-0000-7000-8000-000000000011',
  class: '01990000-0000-7000-8000-000000000911',
};
const exampleSummary = {
  id: ids.plan,
  by: 'Camilla Lund',
  madeAt: '2026-11-17T09:00:00.000Z',
  seconds: 30,
  state: 'done',
  basedOn: null,
  about: null,
  stopAsked: false,
  progress: null,
  figures: { seats: 41, moved: 3, classes: 3, gap: 0.002, proven: false },
  version: 2,
};
const exampleCompany = { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' };
const exampleClass = {
  class: ids.class,
  existing: ids.class,
  course: { id: ids.course, title: 'Gaffeltruck certifikatkursus B' },
  school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  town: 'Limvig',
  place: { latitude: 56.55, longitude: 8.31 },
  starts: '2027-01-11',
  ends: '2027-01-19',
  part: 'day',
  minimum: 8,
  maximum: 16,
  heads: 11,
  groups: [{ need: ids.need, group: 0, heads: 2, company: exampleCompany, what: 'Truckcertifikat til lageret', km: 12, alone: false, byHand: false }],
  moves: [
    {
      seat: '01990000-0000-7000-8000-000000000921',
      heads: 3,
      company: null,
      from: { id: '01990000-0000-7000-8000-000000000912', school: 'Tværby Tekniske Skole', town: 'Tværby', starts: '2027-01-18' },
      bothSchools: true,
    },
  ],
  chosen: null,
};
const examplePlan = {
  ...exampleSummary,
  byHand: nothingByHand,
  proposal: {
    asked: { companies: 34, seats: 65 },
    seats: 41,
    saved: 5,
    moved: 3,
    movedBetweenSchools: 3,
    km: 512,
    classes: [exampleClass],
    opens: [],
    nearly: [],
    unserved: [
      {
        need: ids.need,
        group: 0,
        heads: 1,
        company: exampleCompany,
        what: 'Robotkant',
        reasons: [{ code: 'too_far', classes: 2, km: 41, day: null, missing: null, class: ids.class }],
      },
    ],
    stranded: [],
    unfilled: [{ class: ids.class, title: 'MAG-svejsning', school: 'Fjordegnens Erhvervsskole', starts: '2027-02-01' }],
    schools: [{ school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' }, offered: 12, due: 1.4, classes: 1 }],
    refused: [],
    gap: 0.002,
    proven: false,
    stopped: false,
    seed: 1,
    solver: 'HiGHS 1.15.3',
  },
  outcome: null,
  can: { change: true, stop: false, accept: true },
};
const params = z.strictObject({ plan: idOf('pool plan') });

export const proposeClasses = endpoint({
  name: 'proposeClasses',
  method: 'POST',
  path: '/api/pool-plans',
  summary: 'Propose classes for all open needs of the pool',
  description:
    'Rows 4.03 and 4.05. Worked out in the background: ask readPoolPlan until it is done. Participants come first, then the way; then fairness between schools and waiting time, where nobody loses a seat by it. Part-filled classes of all schools are candidates, and guaranteed ones are never closed. People with seats in classes that may yet not run can move to another one; guaranteed and confirmed classes keep theirs. With `about` only the people of that class are asked about, and it is not held: its teacher fell ill. With `basedOn` a plan is worked out anew with these choices by hand; the rest is free. Nothing is promised to anybody.',
  access: ['coordinator'],
  body: z.strictObject({
    seconds: z.int().min(5).max(300).default(30),
    basedOn: idOf('pool plan').nullable().default(null),
    about: idOf('class').nullable().default(null),
    byHand: byHand.default(nothingByHand as unknown as ByHand),
  }),
  status: 202,
  output: plan,
  errors: { plan_unknown: 422, class_not_to_come: 422 },
  example: { body: { seconds: 30 }, output: { ...examplePlan, state: 'waiting', proposal: null, figures: null, can: { change: false, stop: true, accept: false } } },
});

export const listPoolPlans = endpoint({
  name: 'listPoolPlans',
  method: 'GET',
  path: '/api/pool-plans',
  summary: 'The latest fifty proposals, newest first',
  access: readers,
  status: 200,
  output: z.array(summary),
  example: { output: [exampleSummary] },
});

export const readPoolPlan = endpoint({
  name: 'readPoolPlan',
  method: 'GET',
  path: '/api/pool-plans/{plan}',
  summary: 'A proposal: which classes, who sits where, who does not and why, and how near the best it is',
  description: 'Rows 4.03, 4.05 and 5.33. Names are those of today; the rest is as it was asked.',
  access: readers,
  params,
  status: 200,
  output: plan,
  example: { params: { plan: ids.plan }, output: examplePlan },
});

export const stopPoolPlan = endpoint({
  name: 'stopPoolPlan',
  method: 'POST',
  path: '/api/pool-plans/{plan}/stop',
  summary: 'Stop working a proposal out; the best so far is kept and marked',
  access: ['coordinator'],
  params,
  status: 200,
  output: plan,
  errors: { plan_done: 409 },
  example: { params: { plan: ids.plan }, output: { ...examplePlan, state: 'waiting', stopAsked: true, proposal: null, figures: null } },
});

export const comparePoolPlans = endpoint({
  name: 'comparePoolPlans',
  method: 'GET',
  path: '/api/pool-plans/{plan}/against/{other}',
  summary: 'Two proposals side by side: what differs',
  description: 'Of every need that has a seat in one and not in the other, or another class. `plan_not_done`: one of them has no answer yet.',
  access: readers,
  params: z.strictObject({ plan: idOf('pool plan'), other: idOf('pool plan') }),
  status: 200,
  output: z.object({
    plan: summary,
    other: summary,
    /** Person-kilometres. */
    km: z.object({ plan: z.number().int(), other: z.number().int() }),
    needs: z.array(z.object({ need: needOf, company, what: z.string(), plan: z.array(z.string()), other: z.array(z.string()) })),
  }),
  errors: { plan_not_done: 409 },
  example: {
    params: { plan: ids.plan, other: '01990000-0000-7000-8000-000000000962' },
    output: {
      plan: exampleSummary,
      other: { ...exampleSummary, id: '01990000-0000-7000-8000-000000000962', basedOn: ids.plan },
      km: { plan: 512, other: 530 },
      needs: [{ need: ids.need, company: exampleCompany, what: 'Truckcertifikat til lageret', plan: ['Gaffeltruck certifikatkursus B, Limvig, 2027-01-11'], other: [] }],
    },
  },
});

export const acceptPoolPlan = endpoint({
  name: 'acceptPoolPlan',
  method: 'POST',
  path: '/api/pool-plans/{plan}/accept',
  summary: 'Make the classes of a proposal, and hold the seats',
  description:
    'Row 4.03. `classes` names which; left out, all. What has changed since is left out and told: needs that were withdrawn, classes that were cancelled or filled up. Seats inside a school move at once; between two schools both are asked, and the seats are kept meanwhile. Each class is tentative until it is decided on. Once only.',
  access: ['coordinator'],
  params,
  body: z.strictObject({ classes: z.array(klass).max(1000).nullable().default(null) }),
  edits: true,
  status: 200,
  output: plan,
  errors: { plan_not_done: 409, plan_accepted: 409, class_unknown: 422 },
  example: {
    params: { plan: ids.plan },
    body: { classes: null },
    output: {
      ...examplePlan,
      state: 'accepted',
      version: 3,
      outcome: { classes: [{ class: ids.class, id: ids.class, made: false, seats: 2, moved: 0, asked: 3 }], leftOut: [] },
      can: { change: true, stop: false, accept: false },
    },
  },
});
