import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

export const taskShown = z.object({
  id: idOf('task'),
  what: z.string(),
  /** Null: the company does it itself. */
  owner: z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() }).nullable(),
  due: calendarDay,
  doneAt: z.iso.datetime().nullable(),
  version: z.number().int(),
  can: z.object({ finish: z.boolean() }),
});
export type TaskShown = z.output<typeof taskShown>;
const listed = taskShown.extend({ company: z.object({ id: idOf('company'), name: z.string() }), report: z.guid().nullable() });

const ids = {
  task: '01990000-0000-7000-8000-000000000621',
  company: '01990000-0000-7000-8000-000000000101',
  person: '01990000-0000-7000-8000-000000000001',
  report: '01990000-0000-7000-8000-000000000611',
};
const example = {
  id: ids.task,
  what: 'Send bud på to hold',
  owner: { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' },
  due: '2026-11-20',
  doneAt: null,
  version: 1,
  can: { finish: true },
};

export const listTasks = endpoint({
  name: 'listTasks',
  method: 'GET',
  path: '/api/tasks',
  summary: 'What is to be done for companies, by its day',
  description: 'Row 2.22. Open to all schools of the centre, for tasks are shared out together. `whose=mine`: the own ones that are not done. At most 500.',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({ whose: z.enum(['mine', 'all']).default('mine'), company: idOf('company').optional() }),
  status: 200,
  output: z.array(listed),
  example: { query: { whose: 'mine' }, output: [{ ...example, company: { id: ids.company, name: 'Bjergager Smede & Montage' }, report: ids.report }] },
});

export const finishTask = endpoint({
  name: 'finishTask',
  method: 'PUT',
  path: '/api/tasks/{task}/done',
  summary: 'Say that a task is done, or that it is not done after all',
  description: 'Whoever owns it, whoever wrote it down, and the coordinator.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ task: idOf('task') }),
  body: z.strictObject({ done: z.boolean() }),
  edits: true,
  status: 200,
  output: taskShown,
  errors: { task_not_yours: 403 },
  example: { params: { task: ids.task }, body: { done: true }, output: { ...example, doneAt: '2026-11-19T12:00:00.000Z', version: 2 } },
});
