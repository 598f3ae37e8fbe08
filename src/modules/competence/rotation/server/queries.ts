import { type RawBuilder, sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';

async function rows(context: Context, where: RawBuilder<unknown>): Promise<contract.Rotation[]> {
  const found = await sql<Omit<contract.Rotation, 'can'>>`
    select r.id, jsonb_build_object('id', k.id, 'name', k.name, 'town', k.town) company, r.what, r.trainees::int, r.source, r.source_name "sourceName", r.peer, r.peer_hours::int "peerHours", r.state, vn.person_name(r.made_by) "madeBy", r.version,
           coalesce((select jsonb_agg(jsonb_build_object('substitute', x.substitute, 'firstDay', x.first_day, 'lastDay', x.last_day) order by x.first_day, x.substitute) from vn.rotation_period x where x.centre_id = r.centre_id and x.rotation_id = r.id), '[]') periods
      from vn.rotation r join vn.company k on k.id = r.company_id where r.centre_id = ${centreOf(context)} and ${where} order by r.state = 'called_off', r.made_at desc, r.id limit 500`.execute(
    context.tx,
  );
  const writes = context.actor.roles.includes('consultant') || context.actor.roles.includes('coordinator');
  return found.rows.map((row) => {
    const open = writes && row.state !== 'called_off';
    return { ...row, can: { edit: open, agree: open && row.state === 'planned', callOff: open } };
  });
}

export const rotations = (context: Context, { query }: InputOf<typeof contract.listRotations>) => rows(context, query.company === undefined ? sql`true` : sql`r.company_id = ${query.company}`);

/** @throws not_found */
export async function rotationById(context: Context, id: string): Promise<contract.Rotation> {
  const [row] = await rows(context, sql`r.id = ${id}`);
  if (row === undefined) throw problem('not_found');
  return row;
}

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownRotations({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnRotations> {
  const found = await sql<{ page: contract.OwnRotations | null }>`select vn.rotations_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnRotations, 'page_gone');
  return page;
}
