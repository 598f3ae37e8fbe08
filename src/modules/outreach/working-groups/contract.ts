import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;

/** Why a company takes several schools (row 2.24); at least one holds. */
export const groupCriteria = ['complex', 'size', 'cross_institutional', 'learning'] as const;

const member = z.object({
  id: idOf('person'),
  name: z.string(),
  /** Null: the centre's own. */
  school: z.string().nullable(),
  since: calendarDay,
  /** False once the person is no consultant of the centre any more. */
  here: z.boolean(),
});
const group = z.object({
  id: idOf('working group'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  purpose: z.string(),
  criteria: z.array(z.enum(groupCriteria)),
  lead: z.object({ id: idOf('person'), name: z.string() }),
  members: z.array(member),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** What came of it. */
  outcome: z.string().nullable(),
  /** What is left to do. */
  openTasks: z.number().int(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), handOver: z.boolean(), end: z.boolean() }),
});
export type WorkingGroup = z.output<typeof group>;

const facts = {
  purpose: z.string().trim().min(1).max(500),
  criteria: z
    .array(z.enum(groupCriteria))
    .min(1)
    .max(groupCriteria.length)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
  members: z
    .array(idOf('person'))
    .min(1)
    .max(30)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
  /** The one lead, among the members. */
  lead: idOf('person'),
};

const ids = {
  group: '01990000-0000-7000-8000-000000000651',
  company: '01990000-0000-7000-8000-000000000101',
  anna: '01990000-0000-7000-8000-000000000001',
  karim: '01990000-0000-7000-8000-000000000002',
};
const exampleBody = { purpose: 'Et samlet forløb for 60 på natholdet', criteria: ['complex', 'size'], members: [ids.anna, ids.karim], lead: ids.anna };
const example = {
  id: ids.group,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  purpose: exampleBody.purpose,
  criteria: exampleBody.criteria,
  lead: { id: ids.anna, name: 'Anna Holm' },
  members: [
    { id: ids.anna, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole', since: '2026-11-17', here: true },
    { id: ids.karim, name: 'Karim Saleh', school: 'AMU Tværby', since: '2026-11-17', here: true },
  ],
  startedAt: '2026-11-17T09:40:00.000Z',
  endedAt: null,
  outcome: null,
  openTasks: 0,
  version: 1,
  can: { edit: true, handOver: true, end: true },
};
const params = z.strictObject({ group: idOf('working group') });
const misfits = { group_consultants: 422, group_one_school: 422, group_lead_no_member: 422 } as const;

export const listWorkingGroups = endpoint({
  name: 'listWorkingGroups',
  method: 'GET',
  path: '/api/working-groups',
  summary: 'Working groups across schools, those that work now first',
  description: 'Row 2.24. All schools of the centre see all of them. `mine`: in which one is; `gone`: with a member who has left the centre, for the lead and the coordinator. At most 200.',
  access: readers,
  query: z.strictObject({ whose: z.enum(['mine', 'gone', 'all']).default('all'), company: idOf('company').optional() }),
  status: 200,
  output: z.array(group),
  example: { query: { whose: 'all' }, output: [example] },
});

export const readWorkingGroup = endpoint({
  name: 'readWorkingGroup',
  method: 'GET',
  path: '/api/working-groups/{group}',
  summary: 'A working group: why, who, and who leads it',
  access: readers,
  params,
  status: 200,
  output: group,
  example: { params: { group: ids.group }, output: example },
});

export const startWorkingGroup = endpoint({
  name: 'startWorkingGroup',
  method: 'POST',
  path: '/api/working-groups',
  summary: 'Bring consultants of several schools together around one company',
  description:
    'Row 2.24. Any consultant, for a company that the centre follows. At least one criterion, members of at least two schools (or somebody of the centre’s own), exactly one lead among them; all of it held by the database. One group at a time per company.',
  access: writers,
  body: z.strictObject({ company: idOf('company'), ...facts }),
  status: 201,
  output: group,
  errors: { ...misfits, company_not_followed: 409, group_exists: 409 },
  example: { body: { company: ids.company, ...exampleBody }, output: example },
});

export const writeWorkingGroup = endpoint({
  name: 'writeWorkingGroup',
  method: 'PUT',
  path: '/api/working-groups/{group}',
  summary: 'Change why, who is in it, or who leads it',
  description: 'Members and the coordinator. The lead hands over the lead, or the coordinator does; where the lead has left the centre, any member.',
  access: writers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: group,
  errors: { ...misfits, not_in_group: 403, lead_hands_over: 403, group_ended: 409 },
  example: { params: { group: ids.group }, body: exampleBody, output: example },
});

export const endWorkingGroup = endpoint({
  name: 'endWorkingGroup',
  method: 'PUT',
  path: '/api/working-groups/{group}/outcome',
  summary: 'Dissolve a working group and say what came of it',
  description: 'The lead or the coordinator. The group stays to be read.',
  access: writers,
  params,
  body: z.strictObject({ outcome: z.string().trim().min(1).max(2000) }),
  edits: true,
  status: 200,
  output: group,
  errors: { not_lead: 403, group_ended: 409 },
  example: {
    params: { group: ids.group },
    body: { outcome: 'To hold er begyndt.' },
    output: { ...example, endedAt: '2026-11-30T09:00:00.000Z', outcome: 'To hold er begyndt.', can: { edit: false, handOver: false, end: false } },
  },
});
