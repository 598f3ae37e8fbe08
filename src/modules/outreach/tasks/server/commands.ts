import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { tellDeclined, tellOwner } from './public.ts';
import { taskById } from './queries.ts';

const splitOwner = (owner: string | null) => ({ person: owner === 'company' ? null : owner, company: owner === 'company' });

/** Asks the database to change a task; what it answers becomes the endpoint's problems. */
async function change<E extends Endpoint>(context: Context, endpoint: E, task: string, answer: ReturnType<typeof sql<{ result: string }>>): Promise<contract.TaskListed> {
  const now = await taskById(context, task);
  const [found] = (await answer.execute(context.tx)).rows;
  if (found?.result === 'changed') throw problem('version_conflict', { current: now });
  if (found?.result === 'not_yours') throw refuse(endpoint, 'task_not_yours' as ErrorOf<E>);
  if (found?.result === 'done' && endpoint.name === contract.giveTask.name) throw refuse(contract.giveTask, 'task_is_done');
  if (found?.result === 'no_consultant') throw refuse(contract.giveTask, 'owner_not_consulting', { fields: [{ path: 'owner', code: 'owner_not_consulting' }] });
  if (found?.result !== 'done' && found?.result !== 'given') throw problem('not_found');
  return now;
}

export async function finishTask(context: Context, { params, body }: InputOf<typeof contract.finishTask>): Promise<contract.TaskShown> {
  await change(context, contract.finishTask, params.task, sql`select vn.finish_task(${params.task}, ${context.version}, ${body.done}) result`);
  await context.audit(body.done ? 'task.done' : 'task.reopened', params.task);
  return taskById(context, params.task);
}

export async function wordTask(context: Context, { params, body }: InputOf<typeof contract.wordTask>): Promise<contract.TaskListed> {
  await change(context, contract.wordTask, params.task, sql`select vn.word_task(${params.task}, ${context.version}, ${body.what}, ${body.due}::date) result`);
  await context.audit('task.worded', params.task);
  return taskById(context, params.task);
}

export async function giveTask(context: Context, { params, body }: InputOf<typeof contract.giveTask>): Promise<contract.TaskListed> {
  const { person, company } = splitOwner(body.owner);
  const before = await change(context, contract.giveTask, params.task, sql`select vn.give_task(${params.task}, ${context.version}, ${person}::uuid, ${company}) result`);
  await context.audit('task.given', params.task, { owner: body.owner });
  const task = await taskById(context, params.task);
  if (person !== null && person !== before.owner?.id) await tellOwner(context, task);
  return task;
}

export async function answerTask(context: Context, { params, body }: InputOf<typeof contract.answerTask>): Promise<contract.TaskListed> {
  await change(context, contract.answerTask, params.task, sql`select vn.answer_task(${params.task}, ${context.version}, ${body.accept ? null : body.reason}::text) result`);
  await context.audit(body.accept ? 'task.accepted' : 'task.declined', params.task);
  const task = await taskById(context, params.task);
  if (!body.accept) await tellDeclined(context, task);
  return task;
}

export async function addTask(context: Context, { body }: InputOf<typeof contract.addTask>): Promise<contract.TaskListed> {
  const centre = centreOf(context);
  const { person, company } = splitOwner(body.owner);
  const asked = await sql<{ company: boolean; runs: boolean; group: boolean; need: boolean; consults: boolean }>`
    select exists (select from vn.relation r where r.centre_id = ${centre} and r.company_id = ${body.company}) company,
      ${body.meeting}::uuid is null or vn.runs_meeting(${body.meeting}::uuid) runs,
      ${body.group}::uuid is null or exists (select from vn.working_group g where g.centre_id = ${centre} and g.id = ${body.group}::uuid and g.company_id = ${body.company} and g.ended_at is null) "group",
      (${body.need}::uuid is null or exists (select from vn.need n where n.centre_id = ${centre} and n.id = ${body.need}::uuid and n.company_id = ${body.company}))
        and (${body.report}::uuid is null or exists (select from vn.visit_report r where r.centre_id = ${centre} and r.id = ${body.report}::uuid and r.company_id = ${body.company})) need,
      ${person}::uuid is null or vn.consults(${person}::uuid) consults`.execute(context.tx);
  const [fits] = asked.rows;
  if (fits?.company !== true) throw problem('invalid', { fields: [{ path: 'company', code: 'unknown' }] });
  if (!fits.runs) throw refuse(contract.addTask, 'not_running_meeting');
  if (!fits.group) throw refuse(contract.addTask, 'group_not_open');
  if (!fits.need) throw refuse(contract.addTask, 'need_not_theirs');
  if (!fits.consults) throw refuse(contract.addTask, 'owner_not_consulting', { fields: [{ path: 'owner', code: 'owner_not_consulting' }] });
  const id = context.newId();
  await context.tx
    .insertInto('task')
    .values({
      centre_id: centre,
      id,
      company_id: body.company,
      report_id: body.report,
      what: body.what,
      owner_id: person,
      by_company: company,
      state: person !== null && person === context.actor.personId ? 'accepted' : 'open',
      due: body.due,
      need_id: body.need,
      working_group_id: body.group,
      consultant_meeting_id: body.meeting,
      made_by: personOf(context),
      made_at: context.now.toISOString(),
    })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'consultant_meeting_closed') ? refuse(contract.addTask, 'consultant_meeting_closed') : error;
    });
  await context.audit('task.added', id);
  const task = await taskById(context, id);
  await tellOwner(context, task);
  return task;
}
