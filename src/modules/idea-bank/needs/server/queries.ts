import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { cell } from '../../../../kit/disclosure.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { instantAnywhere } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';

type Row = Omit<contract.PooledNeed, 'can'>;

const rows = (context: Context, where: RawBuilder<unknown>, limit: number) =>
  sql<Row>`
    select n.id, jsonb_build_object('id', k.id, 'name', k.name, 'town', k.town) company, case when c.id is not null then jsonb_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired) end course, n.field, n.what, n.heads::int, n.earliest::text,
           n.latest::text, n.weekdays, n.parts, n.km::int, n.fit, n.urgency::int, n.meet, case when n.person_id is null then 'company' else 'centre' end "by", n.made_at "madeAt", n.state, n.version
      from vn.pooled_need n join vn.company k on k.id = n.company_id left join vn.course c on c.centre_id = n.centre_id and c.id = n.course_id
     where n.centre_id = ${centreOf(context)} and ${where} order by n.made_at desc, n.id limit ${limit}`.execute(context.tx);
const shown = ({ actor }: Context, row: Row): contract.PooledNeed => ({ ...row, can: { edit: row.state === 'open' && (actor.roles.includes('consultant') || actor.roles.includes('coordinator')) } });

const cursorOf = z.tuple([instantAnywhere, z.guid()]);

export async function pooledNeeds(context: Context, { query }: InputOf<typeof contract.listPooledNeeds>): Promise<OutputOf<typeof contract.listPooledNeeds>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, cursorOf);
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'cursor' }] });
  const where: RawBuilder<unknown>[] = [sql`n.state = ${query.state}`];
  if (query.field !== undefined) where.push(sql`n.field = ${query.field}`);
  if (query.course !== undefined) where.push(sql`n.course_id = ${query.course}`);
  if (query.company !== undefined) where.push(sql`n.company_id = ${query.company}`);
  if (after !== null) where.push(sql`(n.made_at < ${after[0]}::timestamptz or (n.made_at = ${after[0]}::timestamptz and n.id > ${after[1]}::uuid))`);
  const found = await rows(context, sql.join(where, sql` and `), query.limit + 1);
  return pageFrom(
    found.rows.map((row) => shown(context, row)),
    query.limit,
    ({ madeAt, id }) => [madeAt, id],
  );
}

/** @throws not_found */
export async function needById(context: Context, id: string): Promise<contract.PooledNeedSheet> {
  const [row] = (await rows(context, sql`n.id = ${id}`, 1)).rows;
  if (row === undefined) throw problem('not_found');
  const others =
    row.state !== 'open'
      ? []
      : (
          await sql<contract.PooledNeedSheet['others'][number]>`
    select m.need id, jsonb_build_object('id', k.id, 'name', k.name, 'town', k.town) company, m.heads from vn.matching_needs(${id}) m join vn.company k on k.id = m.company order by k.name collate "da-x-icu", m.need`.execute(
            context.tx,
          )
        ).rows;
  return { ...shown(context, row), others, alone: row.heads === 1 };
}

export const pooledNeed = (context: Context, { params }: InputOf<typeof contract.readPooledNeed>): Promise<contract.PooledNeedSheet> => needById(context, params.need);

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownNeeds({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnNeeds> {
  const found = await sql<{ page: (Omit<contract.OwnNeeds, 'needs'> & { needs: (Omit<contract.OwnNeed, 'others' | 'seats'> & { others: { companies: number; seats: number } })[] }) | null }>`
    select vn.needs_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const placed = await sql<{ seats: (contract.OwnNeed['seats'][number] & { need: string })[] | null }>`select vn.seats_on_page(${tokenHash(body.token)}) seats`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnNeeds, 'page_gone');
  return {
    ...page,
    // Companies are what is counted; seats of too few companies would tell as much.
    needs: page.needs.map((need) => {
      const companies = cell(need.others.companies, page.threshold);
      const seats = (placed.rows[0]?.seats ?? []).filter((seat) => seat.need === need.id).map(({ need: _need, ...seat }) => seat);
      return { ...need, seats, others: { companies, seats: companies === null ? null : need.others.seats } };
    }),
  };
}
