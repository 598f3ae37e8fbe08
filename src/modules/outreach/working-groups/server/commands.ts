import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { groupById } from './queries.ts';

type Facts = InputOf<typeof contract.writeWorkingGroup>['body'];

/** What the database answered, as the endpoint's problem, with the field it is about. */
const problemsOf: Record<string, { code: string; field?: string }> = {
  not_yours: { code: 'not_in_group' },
  lead_hands_over: { code: 'lead_hands_over', field: 'lead' },
  ended: { code: 'group_ended' },
  not_followed: { code: 'company_not_followed' },
  exists: { code: 'group_exists' },
  no_consultant: { code: 'group_consultants', field: 'members' },
  one_school: { code: 'group_one_school', field: 'members' },
  lead_no_member: { code: 'group_lead_no_member', field: 'lead' },
};

async function write<E extends Endpoint>(context: Context, endpoint: E, group: string, company: string | null, facts: Facts): Promise<void> {
  const version = company === null ? context.version : 0;
  const [found] = (
    await sql<{ result: string }>`
      select vn.write_working_group(${group}, ${company}::uuid, ${version}, ${facts.purpose}, ${sql.val(facts.criteria)}::text[], ${facts.lead}, ${sql.val(facts.members)}::uuid[]) result`.execute(
      context.tx,
    )
  ).rows;
  if (found?.result === 'done') return;
  if (found?.result === 'changed') throw problem('version_conflict', { current: await groupById(context, group) });
  const known = problemsOf[found?.result ?? ''];
  if (known === undefined) throw problem('not_found');
  throw refuse(endpoint, known.code as ErrorOf<E>, known.field === undefined ? {} : { fields: [{ path: known.field, code: known.code }] });
}

export async function startWorkingGroup(context: Context, { body }: InputOf<typeof contract.startWorkingGroup>): Promise<contract.WorkingGroup> {
  const { company, ...facts } = body;
  const id = context.newId();
  await write(context, contract.startWorkingGroup, id, company, facts);
  await writeEntry(context, { company, kind: 'working_group.started', subject: id });
  await context.audit('working_group.started', id);
  return groupById(context, id);
}

export async function writeWorkingGroup(context: Context, { params, body }: InputOf<typeof contract.writeWorkingGroup>): Promise<contract.WorkingGroup> {
  const before = await groupById(context, params.group);
  // Nought is what the database calls a group that is being started.
  if (context.version === 0) throw problem('version_conflict', { current: before });
  await write(context, contract.writeWorkingGroup, params.group, null, body);
  if (before.lead.id !== body.lead) await writeEntry(context, { company: before.company.id, kind: 'working_group.lead', subject: params.group, data: { person: body.lead } });
  await context.audit('working_group.written', params.group, { lead: body.lead });
  return groupById(context, params.group);
}

export async function endWorkingGroup(context: Context, { params, body }: InputOf<typeof contract.endWorkingGroup>): Promise<contract.WorkingGroup> {
  const before = await groupById(context, params.group);
  const [found] = (await sql<{ result: string }>`select vn.end_working_group(${params.group}, ${context.version}, ${body.outcome}) result`.execute(context.tx)).rows;
  if (found?.result === 'not_yours') throw refuse(contract.endWorkingGroup, 'not_lead');
  if (found?.result === 'ended') throw refuse(contract.endWorkingGroup, 'group_ended');
  if (found?.result === 'changed') throw problem('version_conflict', { current: before });
  await writeEntry(context, { company: before.company.id, kind: 'working_group.ended', subject: params.group });
  await context.audit('working_group.ended', params.group);
  return groupById(context, params.group);
}
