import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import { callOffAhead } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { closingOf } from './queries.ts';

export async function confirmClosed(context: Context, { params }: InputOf<typeof contract.confirmClosed>): Promise<contract.Closing> {
  const { company } = params;
  const now = await closingOf(context, company);
  const confirmed = await sql<{ result: string }>`select vn.confirm_closed(${company}, ${context.version}) result`.execute(context.tx);
  const result = confirmed.rows[0]?.result;
  if (result === 'not_found') throw problem('not_found');
  if (result === 'not_yours') throw refuse(contract.confirmClosed, 'not_contact_person');
  if (result === 'not_closed') throw refuse(contract.confirmClosed, 'company_not_closed');
  if (result === 'changed') throw problem('version_conflict', { current: now });
  const meetings = await callOffAhead(context, company);
  await writeEntry(context, { company, kind: 'company.closed' });
  await context.audit('company.closed', company, { meetings });
  return closingOf(context, company);
}

/** What came along, as the log keeps it. */
type Merged = Record<string, unknown> & { result: 'done' | 'same' | 'changed' | 'merged_already' | 'successor_closed' | 'not_found' | 'no_successor' };

export async function mergeCompany(context: Context, { params, body }: InputOf<typeof contract.mergeCompany>): Promise<contract.Closing> {
  const { company } = params;
  const { successor } = body;
  const field = (code: 'same_company' | 'successor_unknown' | 'successor_closed') => refuse(contract.mergeCompany, code, { fields: [{ path: 'successor', code }] });
  const now = await closingOf(context, company);
  const found = await sql<{ merged: Merged }>`select vn.merge_company(${company}, ${successor}, ${context.version}) merged`.execute(context.tx);
  const { result, ...along } = found.rows[0]?.merged ?? { result: 'not_found' as const };
  if (result === 'not_found') throw problem('not_found');
  if (result === 'same') throw field('same_company');
  if (result === 'no_successor') throw field('successor_unknown');
  if (result === 'successor_closed') throw field('successor_closed');
  if (result === 'merged_already') throw refuse(contract.mergeCompany, 'merged_already');
  if (result === 'changed') throw problem('version_conflict', { current: now });
  const names = new Map((await context.tx.selectFrom('company').select(['id', 'name']).where('id', 'in', [company, successor]).execute()).map(({ id, name }) => [id, name]));
  await writeEntry(context, { company, kind: 'company.merged', subject: successor, data: { company: names.get(successor) } });
  await writeEntry(context, { company: successor, kind: 'company.took_over', subject: company, data: { company: names.get(company) } });
  await context.audit('company.merged', company, { successor, ...along });
  return closingOf(context, company);
}
