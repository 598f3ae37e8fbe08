import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { ownRelation, relation } from './queries.ts';

export async function placeRelation(context: Context, { params, body }: InputOf<typeof contract.placeRelation>): Promise<OutputOf<typeof contract.placeRelation>> {
  await relation(context, { params });
  await sql`
    insert into vn.relation_view (centre_id, id, partnership_id, side, person_id, at, scores)
    values (${centreOf(context)}, ${context.newId()}, ${params.partnership}, 'centre', ${personOf(context)}, ${context.now.toISOString()}, ${sql.val(body.scores)}::smallint[])`.execute(context.tx);
  await context.audit('relation.placed', params.partnership);
  return relation(context, { params });
}

export async function placeOwnRelation(context: Context, { body }: InputOf<typeof contract.placeOwnRelation>): Promise<contract.OwnRelation[]> {
  const placed = await sql<{ result: 'done' | 'gone' | 'unknown' }>`
    select vn.view_relation_on_page(${tokenHash(body.token)}, ${context.newId()}, ${body.partnership}, ${sql.val(body.scores)}::smallint[]) result`.execute(context.tx);
  if (placed.rows[0]?.result === 'gone') throw refuse(contract.placeOwnRelation, 'page_gone');
  if (placed.rows[0]?.result === 'unknown') throw refuse(contract.placeOwnRelation, 'partnership_unknown');
  return ownRelation(context, { body });
}
