import { type RawBuilder, sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';

type Row = Omit<contract.SeatMove, 'can'>;

const end = (klass: string, school: string, yes: string) =>
  sql.raw(
    `jsonb_build_object('id', ${klass}.id, 'school', jsonb_build_object('id', ${school}.id, 'name', ${school}.name), 'starts', ${klass}.starts, 'town', coalesce(nullif(${klass}.town, ''), ${school}.town, ''), 'yes', m.${yes})`,
  );

// The company is read through its seat: whoever does not see that one reads null.
const rows = (context: Context, where: RawBuilder<unknown>) =>
  sql<Row>`
    select m.id, coalesce(nullif(f.title, ''), c.title) title, case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end company, m.heads::int, ${end('f', 'a', 'from_yes')} "from", ${end('t', 'b', 'to_yes')} "to",
           m.state, m.because, m.until::text, m.version
      from vn.seat_move m join vn.class f on f.centre_id = m.centre_id and f.id = m.class_id join vn.class t on t.centre_id = m.centre_id and t.id = m.to_class_id
      join vn.course c on c.centre_id = f.centre_id and c.id = f.course_id join vn.school a on a.centre_id = m.centre_id and a.id = m.from_school_id join vn.school b on b.centre_id = m.centre_id and b.id = m.to_school_id
      left join lateral (select x.company_id from vn.seat x where x.centre_id = m.centre_id and (x.id = m.seat_id or x.moved_from = m.seat_id) limit 1) s on true
      left join vn.company k on k.id = s.company_id
     where m.centre_id = ${centreOf(context)} and ${where} order by m.state <> 'asked', m.until, m.made_at desc, m.id limit 200`.execute(context.tx);

function shown({ actor, today }: Pick<Context, 'actor' | 'today'>, row: Row): contract.SeatMove {
  const mine = row.from.school.id === actor.schoolId ? row.from.yes : row.to.school.id === actor.schoolId ? row.to.yes : undefined;
  const open = row.state === 'asked';
  return { ...row, can: { answer: open && row.until >= today && actor.roles.includes('manager') && mine === null, withdraw: open && actor.roles.includes('coordinator') } };
}

/** @throws not_found */
export async function moveById(context: Context, id: string): Promise<contract.SeatMove> {
  const [row] = (await rows(context, sql`m.id = ${id}`)).rows;
  if (row === undefined) throw problem('not_found');
  return shown(context, row);
}

export async function seatMoves(context: Context, { query }: InputOf<typeof contract.listSeatMoves>): Promise<contract.SeatMove[]> {
  const found = await rows(context, query.class === undefined ? sql`true` : sql`${query.class} in (m.class_id, m.to_class_id)`);
  return found.rows.map((row) => shown(context, row));
}
