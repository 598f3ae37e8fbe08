import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { placedOf } from '../rules.ts';

/** @throws not_found where the own school takes no part in the partnership */
export async function relation(context: Context, { params }: Pick<InputOf<typeof contract.readRelation>, 'params'>): Promise<OutputOf<typeof contract.readRelation>> {
  const { tx, actor } = context;
  const known = await tx.selectFrom('partnership').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', params.partnership).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const found = await sql<Omit<contract.RelationView, 'placed'>>`
    select v.side, v.at, v.scores, vn.person_name(v.person_id) "by" from vn.relation_view v
     where v.centre_id = ${centreOf(context)} and v.partnership_id = ${params.partnership} order by v.at desc, v.id desc limit 200`.execute(tx);
  return { views: found.rows.map((row) => ({ ...row, placed: placedOf(row.scores) })), can: { place: actor.roles.includes('consultant') || actor.roles.includes('coordinator') } };
}

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownRelation({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnRelation[]> {
  const found = await sql<{ page: contract.OwnRelation[] | null }>`select vn.relation_views_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnRelation, 'page_gone');
  // JSON of the database writes moments with its own zone.
  return page.map(({ views, ...each }) => ({ ...each, views: views.map((view) => ({ ...view, at: new Date(view.at).toISOString(), placed: placedOf(view.scores) })) }));
}
