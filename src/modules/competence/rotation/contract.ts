import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 120, seconds: 60, by: 'address' }] as const;

/** Where those who stand in come from: a job centre, the company itself, an agency. */
export const rotationSources = ['job_centre', 'own', 'agency'] as const;
/** planned: talked about · agreed · called_off: the periods are free again. */
export const rotationStates = ['planned', 'agreed', 'called_off'] as const;
const parts = ['trainee', 'substitute', 'trainer'] as const;

const period = z
  .strictObject({
    /** Which of those who stand in at the company: 1 is the first. */
    substitute: z.int().min(1).max(50),
    firstDay: calendarDay,
    lastDay: calendarDay,
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { path: ['lastDay'], params: { code: 'ends_before' } })
  .refine(({ firstDay, lastDay }) => Date.parse(lastDay) - Date.parse(firstDay) <= 730 * 86_400_000, { path: ['lastDay'], params: { code: 'too_long' } });

const facts = {
  what: z.string().trim().min(1).max(200),
  trainees: z.int().min(1).max(500),
  source: z.enum(rotationSources),
  /** Which job centre or agency. */
  sourceName: z.string().trim().max(150).default(''),
  /** Peer training: what colleagues teach whoever stands in. */
  peer: z.string().trim().max(300).default(''),
  peerHours: z.int().min(1).max(500).nullable().default(null),
  periods: z.array(period).max(50).default([]),
};
const rotation = z.object({
  id: idOf('rotation'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  ...facts,
  state: z.enum(rotationStates),
  madeBy: z.string(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), agree: z.boolean(), callOff: z.boolean() }),
});
export type Rotation = z.output<typeof rotation>;

const ids = { company: '01990000-0000-7000-8000-000000000101', rotation: '01990000-0000-7000-8000-000000000f21' };
const exampleFacts = {
  what: 'FVU-dansk, to formiddage om ugen',
  trainees: 4,
  source: 'job_centre',
  sourceName: 'Jobcenter Tværby',
  peer: 'Pakkelinjen og truckens lader',
  peerHours: 12,
  periods: [{ substitute: 1, firstDay: '2027-01-11', lastDay: '2027-02-26' }],
};
const example = {
  id: ids.rotation,
  company: { id: ids.company, name: 'Bjergager Træindustri', town: 'Limvig' },
  ...exampleFacts,
  state: 'planned',
  madeBy: 'Anna Holm',
  version: 1,
  can: { edit: true, agree: true, callOff: true },
};
const params = z.strictObject({ rotation: idOf('rotation') });
const saved = { access: writers, output: rotation } as const;

export const listRotations = endpoint({
  name: 'listRotations',
  method: 'GET',
  path: '/api/rotations',
  summary: 'Job rotation that companies agreed on',
  description: 'Row 4.26. Numbers only: who it is in the company is read by the company alone.',
  access: readers,
  query: z.strictObject({ company: idOf('company').optional() }),
  status: 200,
  output: z.array(rotation),
  example: { query: { company: ids.company }, output: [example] },
});

export const addRotation = endpoint({
  ...saved,
  name: 'addRotation',
  method: 'POST',
  path: '/api/rotations',
  summary: 'Write down a job rotation',
  description: 'Row 4.26. `substitute_twice`: the same one who stands in would be in two places at once, here or in another rotation of the company.',
  body: z.strictObject({ company: idOf('company'), ...facts }),
  status: 201,
  errors: { company_unknown: 422, substitute_twice: 422 },
  example: { body: { company: ids.company, ...exampleFacts }, output: example },
});

export const writeRotation = endpoint({
  ...saved,
  name: 'writeRotation',
  method: 'PUT',
  path: '/api/rotations/{rotation}',
  summary: 'Correct a job rotation',
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  errors: { substitute_twice: 422, rotation_off: 409 },
  example: { params: { rotation: ids.rotation }, body: exampleFacts, output: { ...example, version: 2 } },
});

export const setRotationState = endpoint({
  ...saved,
  name: 'setRotationState',
  method: 'PUT',
  path: '/api/rotations/{rotation}/state',
  summary: 'Agree on a job rotation, or call it off',
  description: 'Row 4.26. One that was called off stays so, and its periods are free for others.',
  params,
  body: z.strictObject({ state: z.enum(['agreed', 'called_off']) }),
  edits: true,
  status: 200,
  errors: { rotation_off: 409 },
  example: { params: { rotation: ids.rotation }, body: { state: 'agreed' }, output: { ...example, state: 'agreed', version: 2 } },
});

const initials = z.string().trim().min(1).max(10);
const own = z.object({
  id: idOf('rotation'),
  ...facts,
  state: z.enum(['planned', 'agreed']),
  /** Empty for whoever does not lead at the company. */
  people: z.array(z.object({ part: z.enum(parts), no: z.number().int(), initials: z.string() })),
});
export type OwnRotation = z.output<typeof own>;
const ownPage = z.object({ leader: z.boolean(), today: calendarDay, rotations: z.array(own) });
export type OwnRotations = z.output<typeof ownPage>;
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleOwn = { leader: true, today: '2026-11-17', rotations: [{ id: ids.rotation, ...exampleFacts, state: 'agreed', people: [{ part: 'trainee', no: 1, initials: 'OL' }] }] };

export const readOwnRotations = endpoint({
  name: 'readOwnRotations',
  method: 'POST',
  path: '/api/company-page/rotations',
  summary: 'A company’s job rotations on its own page',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const nameOwnRotation = endpoint({
  name: 'nameOwnRotation',
  method: 'POST',
  path: '/api/company-page/rotations/people',
  summary: 'Who it is, in initials: for the company alone',
  description: 'Row 4.26. The whole list; a year after the last day it is forgotten.',
  access: 'anyone',
  body: z.strictObject({ token, rotation: idOf('rotation'), trainees: z.array(initials).max(500), substitutes: z.array(initials).max(50), trainers: z.array(initials).max(50) }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410, rotation_unknown: 404 },
  example: { body: { token: exampleToken, rotation: ids.rotation, trainees: ['OL'], substitutes: [], trainers: [] }, output: exampleOwn },
});
