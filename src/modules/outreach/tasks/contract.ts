import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;

/** Open: asked, not answered yet. Declined: nobody's until somebody takes it. */
export const taskStates = ['open', 'accepted', 'declined', 'done'] as const;
const eventKinds = ['made', 'accepted', 'declined', 'taken', 'given', 'to_company', 'moved', 'worded', 'done', 'reopened', 'tabled', 'carried'] as const;

export const taskShown = z.object({
  id: idOf('task'),
  what: z.string(),
  state: z.enum(taskStates),
  /** Null: the company does it itself, or, where `byCompany` is false, nobody has it. */
  owner: z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() }).nullable(),
  byCompany: z.boolean(),
  due: calendarDay,
  /** Why it was declined. */
  reason: z.string().nullable(),
  /** The need it answers. */
  need: idOf('need').nullable(),
  doneAt: instant.nullable(),
  version: z.number().int(),
  can: z.object({ finish: z.boolean(), answer: z.boolean(), take: z.boolean(), give: z.boolean() }),
});
export type TaskShown = z.output<typeof taskShown>;
export const taskListed = taskShown.extend({
  company: z.object({ id: idOf('company'), name: z.string() }),
  report: z.guid().nullable(),
  group: idOf('working group').nullable(),
  /** The consultant meeting that shared it out. */
  meeting: idOf('consultant meeting').nullable(),
});
export type TaskListed = z.output<typeof taskListed>;
const taskStory = taskListed.extend({
  /** The first first. */
  story: z.array(
    z.object({
      at: instant,
      by: z.string().nullable(),
      kind: z.enum(eventKinds),
      owner: z.string().nullable(),
      due: calendarDay,
      reason: z.string().nullable(),
    }),
  ),
});

const ids = {
  task: '01990000-0000-7000-8000-000000000621',
  company: '01990000-0000-7000-8000-000000000101',
  person: '01990000-0000-7000-8000-000000000001',
  report: '01990000-0000-7000-8000-000000000611',
};
const exampleShown = {
  id: ids.task,
  what: 'Send bud på to hold',
  state: 'accepted',
  owner: { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' },
  byCompany: false,
  due: '2026-11-20',
  reason: null,
  need: null,
  doneAt: null,
  version: 1,
  can: { finish: true, answer: true, take: false, give: true },
};
const example = {
  ...exampleShown,
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  report: ids.report,
  group: null,
  meeting: null,
};
const params = z.strictObject({ task: idOf('task') });
const what = z.string().trim().min(1).max(500);
/** Who is to do it: a consultant, the company itself, or nobody yet. */
const owner = z.union([idOf('person'), z.literal('company')]).nullable();
const refusals = { task_not_yours: 403 } as const;

export const listTasks = endpoint({
  name: 'listTasks',
  method: 'GET',
  path: '/api/tasks',
  summary: 'What is to be done for companies, by its day',
  description:
    'Rows 2.22 and 2.26. Open to all schools of the centre, for tasks are shared out together. `whose=mine`: the own ones that are not done; `unowned`: those that nobody has; `late`: those whose day is over. At most 500.',
  access: readers,
  query: z.strictObject({ whose: z.enum(['mine', 'unowned', 'late', 'all']).default('mine'), company: idOf('company').optional(), group: idOf('working group').optional() }),
  status: 200,
  output: z.array(taskListed),
  example: { query: { whose: 'mine' }, output: [example] },
});

export const readTask = endpoint({
  name: 'readTask',
  method: 'GET',
  path: '/api/tasks/{task}',
  summary: 'A task and its story: who did what with it, and when',
  description: 'Row 2.26. The story is kept by the database and cannot be changed.',
  access: readers,
  params,
  status: 200,
  output: taskStory,
  example: { params: { task: ids.task }, output: { ...example, story: [{ at: '2026-11-17T09:40:00.000Z', by: 'Anna Holm', kind: 'made', owner: 'Anna Holm', due: '2026-11-20', reason: null }] } },
});

export const addTask = endpoint({
  name: 'addTask',
  method: 'POST',
  path: '/api/tasks',
  summary: 'Write down a task for a company by hand: on its page, in a working group, or at a consultant meeting',
  description:
    'Row 2.26. With `meeting` it belongs to that meeting and must have somebody before the meeting is closed; whoever runs the meeting adds it, and it tells its owner when the meeting closes. Otherwise a colleague who gets it is told at once.',
  access: writers,
  body: z.strictObject({
    company: idOf('company'),
    what,
    owner: owner.default(null),
    due: calendarDay,
    need: idOf('need').nullable().default(null),
    report: idOf('report').nullable().default(null),
    group: idOf('working group').nullable().default(null),
    meeting: idOf('consultant meeting').nullable().default(null),
  }),
  status: 201,
  output: taskListed,
  errors: { owner_not_consulting: 422, not_running_meeting: 403, consultant_meeting_closed: 409, group_not_open: 409, need_not_theirs: 422 },
  example: { body: { company: ids.company, what: 'Send bud på to hold', owner: ids.person, due: '2026-11-20' }, output: example },
});

export const wordTask = endpoint({
  name: 'wordTask',
  method: 'PUT',
  path: '/api/tasks/{task}',
  summary: 'Change a task’s words or its day',
  description: 'Whoever owns it, whoever wrote it down, the lead of its working group, whoever runs its meeting while that is open, and the coordinator.',
  access: writers,
  params,
  body: z.strictObject({ what, due: calendarDay }),
  edits: true,
  status: 200,
  output: taskListed,
  errors: refusals,
  example: { params: { task: ids.task }, body: { what: 'Send bud på to hold', due: '2026-11-27' }, output: example },
});

export const giveTask = endpoint({
  name: 'giveTask',
  method: 'PUT',
  path: '/api/tasks/{task}/owner',
  summary: 'Take a task that nobody has, or give one to somebody',
  description: 'Row 2.26. Any consultant takes what is nobody’s; others give as they may change it. Whoever gets it is told, and accepts or declines.',
  access: writers,
  params,
  body: z.strictObject({ owner }),
  edits: true,
  status: 200,
  output: taskListed,
  errors: { ...refusals, owner_not_consulting: 422, task_is_done: 409 },
  example: { params: { task: ids.task }, body: { owner: ids.person }, output: example },
});

export const answerTask = endpoint({
  name: 'answerTask',
  method: 'PUT',
  path: '/api/tasks/{task}/answer',
  summary: 'Accept a task, or decline it with a reason',
  description: 'Row 2.26. A declined task is nobody’s until somebody takes it; whoever wrote it down is told. At a meeting, whoever runs it writes down what was said.',
  access: writers,
  params,
  body: z
    .strictObject({ accept: z.boolean(), reason: z.string().trim().max(500).default('') })
    .refine(({ accept, reason }) => accept || reason !== '', { path: ['reason'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: taskListed,
  errors: refusals,
  example: { params: { task: ids.task }, body: { accept: true }, output: example },
});

export const finishTask = endpoint({
  name: 'finishTask',
  method: 'PUT',
  path: '/api/tasks/{task}/done',
  summary: 'Say that a task is done, or that it is not done after all',
  description: 'Whoever owns it, whoever wrote it down, and the coordinator.',
  access: writers,
  params,
  body: z.strictObject({ done: z.boolean() }),
  edits: true,
  status: 200,
  output: taskShown,
  errors: refusals,
  example: { params: { task: ids.task }, body: { done: true }, output: { ...exampleShown, state: 'done', doneAt: '2026-11-19T12:00:00.000Z', version: 2 } },
});
