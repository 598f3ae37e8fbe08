import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { slotsFor } from '../../meetings/server/public.ts';
import { type bookFromCall, listDeskSlots } from '../contract.ts';

/**
 * The company behind an item that the asker holds, and where it is.
 * @throws lease_lost when somebody else holds it by now; not_found when the centre has no such item
 */
export async function heldCompany(context: Context, endpoint: typeof listDeskSlots | typeof bookFromCall, item: string, leaseNo: number): Promise<{ company: string; place: string }> {
  const found = await sql<{ company_id: string; place: string }>`select * from vn.leased_company(${item}, ${leaseNo})`.execute(context.tx);
  const row = found.rows[0];
  if (row !== undefined) return { company: row.company_id, place: row.place };
  const known = await sql<{ known: boolean }>`select vn.item_known(${item}) known`.execute(context.tx);
  throw known.rows[0]?.known === true ? refuse(endpoint as typeof listDeskSlots, 'lease_lost') : problem('not_found');
}

export async function deskSlots(context: Context, { params, query }: InputOf<typeof listDeskSlots>): Promise<OutputOf<typeof listDeskSlots>> {
  const { company } = await heldCompany(context, listDeskSlots, params.item, query.leaseNo);
  return slotsFor(context, company, { week: query.week, language: query.language });
}
