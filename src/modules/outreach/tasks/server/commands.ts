import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { taskById } from './queries.ts';

export async function finishTask(context: Context, { params, body }: InputOf<typeof contract.finishTask>): Promise<contract.TaskShown> {
  const now = await taskById(context, params.task);
  if (!now.can.finish) throw refuse(contract.finishTask, 'task_not_yours');
  const written = await context.tx
    .updateTable('task')
    .set({ done_at: body.done ? context.now.toISOString() : null, done_by: body.done ? personOf(context) : null, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.task)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: now });
  await context.audit(body.done ? 'task.done' : 'task.reopened', params.task);
  return taskById(context, params.task);
}
