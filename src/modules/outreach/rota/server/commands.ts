import { sql } from 'kysely';
import { rangeOf } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { fillRota, tellTurn } from './jobs.ts';
import { rotaById } from './queries.ts';

type Body = InputOf<typeof contract.addRota>['body'];

const columns = (body: Body) => ({ name: body.name, kind: body.kind, place: body.place, weekday: body.weekday, starts: body.starts, ends: body.ends, during: rangeOf(body) });

/** Two places of one name would be mixed up in speech. */
async function named<E extends Endpoint, T>(endpoint: E, write: () => Promise<T>): Promise<T> {
  return write().catch((error: unknown) => {
    throw violates(error, 'rota_name') ? refuse(endpoint, 'rota_name_taken' as ErrorOf<E>) : error;
  });
}

/** Who stays keeps the day of coming in; who comes in does so today. */
async function writePeople<E extends Endpoint>(context: Context, endpoint: E, rota: string, people: Body['people']): Promise<void> {
  const centre = centreOf(context);
  const ids = sql`${sql.val(people)}::uuid[]`;
  const known = await sql<{ count: number }>`
    select count(distinct m.person_id)::int count from vn.membership m where m.centre_id = ${centre} and m.role = 'consultant' and m.during @> ${context.today}::date and m.person_id = any (${ids})`.execute(
    context.tx,
  );
  if (known.rows[0]?.count !== people.length) throw refuse(endpoint, 'not_a_consultant' as ErrorOf<E>, { fields: [{ path: 'people', code: 'not_a_consultant' }] });
  await sql`delete from vn.rota_person where centre_id = ${centre} and rota_id = ${rota} and not person_id = any (${ids})`.execute(context.tx);
  await sql`insert into vn.rota_person (centre_id, rota_id, person_id, since) select ${centre}, ${rota}, p, ${context.today}::date from unnest(${ids}) p on conflict do nothing`.execute(context.tx);
}

export async function addRota(context: Context, { body }: InputOf<typeof contract.addRota>): Promise<contract.Rota> {
  const id = context.newId();
  await named(contract.addRota, () =>
    context.tx
      .insertInto('rota')
      .values({ centre_id: centreOf(context), id, ...columns(body) })
      .execute(),
  );
  await writePeople(context, contract.addRota, id, body.people);
  await fillRota(context, id);
  await context.audit('rota.added', id, { name: body.name });
  return rotaById(context, id);
}

export async function writeRota(context: Context, { params, body }: InputOf<typeof contract.writeRota>): Promise<contract.Rota> {
  await rotaById(context, params.rota);
  const written = await named(contract.writeRota, () =>
    context.tx
      .updateTable('rota')
      .set({ ...columns(body), version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.rota)
      .where('version', '=', context.version)
      .returning('version')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: await rotaById(context, params.rota) });
  await writePeople(context, contract.writeRota, params.rota, body.people);
  await fillRota(context, params.rota);
  await context.audit('rota.written', params.rota);
  return rotaById(context, params.rota);
}

export async function closeRota(context: Context, { params }: InputOf<typeof contract.closeRota>): Promise<null> {
  const rota = await rotaById(context, params.rota);
  await context.tx.deleteFrom('rota').where('centre_id', '=', centreOf(context)).where('id', '=', params.rota).execute();
  await context.audit('rota.closed', params.rota, { name: rota.name });
  return null;
}

export async function giveTurn(context: Context, { params, body }: InputOf<typeof contract.giveTurn>): Promise<contract.Rota> {
  const now = await rotaById(context, params.rota);
  const hindered = await sql`select from vn.rota_hindered(${params.rota}, array[${params.day}::date]) h where h.person_id = ${body.person}`.execute(context.tx);
  if (hindered.rows.length > 0) throw refuse(contract.giveTurn, 'turn_hindered');
  const found = await sql<{ result: string }>`select vn.give_turn(${params.rota}, ${params.day}::date, ${context.version}, ${body.person}) result`.execute(context.tx).catch((error: unknown) => {
    throw violates(error, 'rota_one_place') ? refuse(contract.giveTurn, 'turn_hindered') : error;
  });
  const result = found.rows[0]?.result;
  if (result === 'not_yours') throw refuse(contract.giveTurn, 'turn_not_yours');
  if (result === 'not_in_rota') throw refuse(contract.giveTurn, 'not_in_rota', { fields: [{ path: 'person', code: 'not_in_rota' }] });
  if (result === 'changed') throw problem('version_conflict', { current: now });
  if (result !== 'given') throw problem('not_found');
  const former = now.turns.find(({ day }) => day === params.day)?.person?.id ?? null;
  if (body.person !== context.actor.personId) await tellTurn(context, params.rota, params.day);
  if (former !== null && former !== body.person) await tellTurn(context, params.rota, params.day, former);
  await context.audit('rota.turn_given', params.rota, { day: params.day, person: body.person });
  return rotaById(context, params.rota);
}
