import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { classById } from '../../classes/server/public.ts';
import * as contract from '../contract.ts';
import { missingIn, supplementAllowed } from '../rules.ts';
import { tellSchool } from './jobs.ts';
import { takeSeats } from './public.ts';
import { leads, linkedSeat, seatById, seatHash, seatSettings, seatsOf } from './queries.ts';

type Result = 'done' | 'taken' | 'waiting' | 'full' | 'gone' | 'unknown';

export async function addSeat(context: Context, { params, body }: InputOf<typeof contract.addSeat>) {
  const it = await classById(context, params.class);
  const { roles } = context.actor;
  if (!roles.includes('consultant') && !leads(context, it.school.id)) throw refuse(contract.addSeat, 'class_not_yours');
  await companiesKnown(context, [body.company]);
  const result = await takeSeats(context, { class: params.class, company: body.company, heads: body.heads, need: null, wait: body.wait });
  if (result === 'gone') throw refuse(contract.addSeat, 'class_gone');
  if (result === 'full') throw refuse(contract.addSeat, 'class_full');
  const others = await sql<{ heads: number; line: number }>`
    select coalesce((select sum(t.heads) from vn.seat t where t.centre_id = ${centreOf(context)} and t.class_id = ${params.class} and t.company_id = ${body.company} and t.state in ('taken', 'waiting', 'offered')), 0)::int heads,
           (select n.line from vn.seat_counts(${params.class}) n) line`.execute(context.tx);
  await context.audit('class.seat_taken', params.class, { company: body.company, heads: body.heads, result });
  // The last in the line; where the actor does not see the company's other seats, one is one.
  return { result, position: result === 'waiting' ? (others.rows[0]?.line ?? null) : null, alone: body.heads === 1 && (others.rows[0]?.heads ?? 0) <= 1 };
}

async function companiesKnown(context: Context, companies: readonly string[]): Promise<void> {
  const known = await context.tx
    .selectFrom('relation')
    .select('company_id')
    .where('centre_id', '=', centreOf(context))
    .where('company_id', 'in', [...companies])
    .execute();
  if (known.length < new Set(companies).size) throw refuse(contract.addSeat, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
}

async function change(
  context: Context,
  seat: string,
  what: 'withdraw' | 'accept' | 'decline' | 'move',
  { because = null, to = null }: { because?: string | null; to?: string | null } = {},
): Promise<Result> {
  const done = await sql<{ result: Result }>`select vn.change_seat(${seat}, ${what}, ${because}, ${context.newId()}, ${to}) result`.execute(context.tx);
  return done.rows[0]?.result ?? 'gone';
}

export async function withdrawSeat(context: Context, { params, body }: InputOf<typeof contract.withdrawSeat>): Promise<contract.Seat> {
  await seatById(context, params.seat);
  if ((await change(context, params.seat, 'withdraw', body)) === 'gone') throw refuse(contract.withdrawSeat, 'seat_gone');
  await context.audit('class.seat_withdrawn', params.seat);
  return seatById(context, params.seat);
}

export async function answerSeatOffer(context: Context, { params, body }: InputOf<typeof contract.answerSeatOffer>): Promise<contract.Seat> {
  await seatById(context, params.seat);
  if ((await change(context, params.seat, body.accept ? 'accept' : 'decline')) === 'gone') throw refuse(contract.answerSeatOffer, 'seat_gone');
  await context.audit('class.seat_answered', params.seat, body);
  return seatById(context, params.seat);
}

export async function writeSeat(context: Context, { params, body }: InputOf<typeof contract.writeSeat>): Promise<contract.Seat> {
  const now = await seatById(context, params.seat);
  const it = await classById(context, now.class.id);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (!now.can.edit) throw refuse(contract.writeSeat, 'seat_gone');
  if (body.supplement !== now.supplement) {
    if (!leads(context, it.school.id)) throw refuse(contract.writeSeat, 'class_not_yours');
    if (!supplementAllowed(it.starts, context.today)) throw refuse(contract.writeSeat, 'supplement_early');
  }
  const until = body.bindingAfter === it.deadline ? null : body.bindingAfter;
  const done = await sql<{ done: boolean }>`select vn.write_seat(${params.seat}, ${context.version}, ${until}, ${body.needs}, ${body.supplement}) done`.execute(context.tx);
  if (done.rows[0]?.done !== true) throw problem('version_conflict', { current: await seatById(context, params.seat) });
  await context.audit('class.seat_written', params.seat);
  return seatById(context, params.seat);
}

/** A class with its lock held, for whoever leads its school. */
async function held(context: Context, id: string) {
  await sql`select from vn.class where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const it = await classById(context, id);
  if (!leads(context, it.school.id)) throw refuse(contract.decideClass, 'class_not_yours');
  return it;
}

export async function decideClass(context: Context, { params, body }: InputOf<typeof contract.decideClass>): Promise<contract.ClassSeats> {
  const it = await held(context, params.class);
  if (it.version !== context.version) throw problem('version_conflict', { current: await seatsOf(context, params.class) });
  if (it.state === 'cancelled' || it.state === body.state || it.ends < context.today) throw refuse(contract.decideClass, 'class_decided');
  if (body.state === 'confirmed') {
    const counted = await sql<{ sure: number; supplement: boolean }>`select * from vn.seat_counts(${params.class})`.execute(context.tx);
    const { sure = 0, supplement = false } = counted.rows[0] ?? {};
    if (missingIn({ guaranteed: it.guaranteed, minimum: it.minimum, sure: sure + it.takenElsewhere, supplement }) > 0) throw refuse(contract.decideClass, 'class_below_minimum');
  }
  await context.tx
    .updateTable('class')
    .set({ state: body.state, cancelled_because: body.state === 'cancelled' ? body.because : null, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.class)
    .execute();
  await context.audit(`class.${body.state}`, params.class);
  await tellSchool(context, params.class);
  return seatsOf(context, params.class);
}

export async function moveClassSeats(context: Context, { params, body }: InputOf<typeof contract.moveClassSeats>) {
  // Both classes are locked in the order of their ids, as every move does.
  await sql`select from vn.class where centre_id = ${centreOf(context)} and id in (${params.class}, ${body.to}) order by id for update`.execute(context.tx);
  await held(context, params.class);
  const there = await context.tx.selectFrom('class').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', body.to).executeTakeFirst();
  if (there === undefined) throw refuse(contract.moveClassSeats, 'class_gone');
  const waiting = await sql<{ id: string }>`select id from vn.seat where centre_id = ${centreOf(context)} and class_id = ${params.class} and state = 'cancelled' order by no`.execute(context.tx);
  const counts = { taken: 0, waiting: 0, left: 0 };
  for (const { id } of waiting.rows) {
    const result = await change(context, id, 'move', { to: body.to });
    if (result === 'gone') throw refuse(contract.moveClassSeats, 'class_gone');
    counts[result === 'taken' || result === 'waiting' ? result : 'left'] += 1;
  }
  await context.audit('class.seats_moved', params.class, { to: body.to, ...counts });
  return counts;
}

export async function addSeatHold(context: Context, { params, body }: InputOf<typeof contract.addSeatHold>): Promise<contract.ClassSeats> {
  const it = await held(context, params.class);
  await companiesKnown(context, body.companies);
  if (body.until < context.today || body.until >= it.starts) throw problem('invalid', { fields: [{ path: 'until', code: body.until < context.today ? 'past' : 'after_start' }] });
  const done = await sql<{ result: Result }>`
    select vn.hold_seats(${params.class}, ${context.newId()}, ${body.name}, ${[...new Set(body.companies)]}::uuid[], ${body.seats}, ${body.until}) result`.execute(context.tx);
  if (done.rows[0]?.result === 'gone') throw refuse(contract.addSeatHold, 'class_gone');
  if (done.rows[0]?.result === 'full') throw refuse(contract.addSeatHold, 'class_full');
  await context.audit('class.seats_held', params.class);
  return seatsOf(context, params.class);
}

export async function endSeatHold(context: Context, { params }: InputOf<typeof contract.endSeatHold>): Promise<null> {
  const found = await context.tx.selectFrom('seat_hold').select('class_id').where('centre_id', '=', centreOf(context)).where('id', '=', params.hold).where('ended', '=', false).executeTakeFirst();
  if (found === undefined) throw problem('not_found');
  await held(context, found.class_id);
  await sql`select vn.end_seat_hold(${params.hold})`.execute(context.tx);
  await context.audit('class.seats_let_go', found.class_id);
  return null;
}

export async function writeSeatSettings(context: Context, { body }: InputOf<typeof contract.writeSeatSettings>) {
  const centre = centreOf(context);
  const written =
    context.version === 0
      ? await context.tx
          .insertInto('seat_setting')
          .values({ centre_id: centre, offer_hours: body.offerHours })
          .onConflict((clash) => clash.doNothing())
          .executeTakeFirst()
      : await context.tx
          .updateTable('seat_setting')
          .set({ offer_hours: body.offerHours, version: context.version + 1 })
          .where('centre_id', '=', centre)
          .where('version', '=', context.version)
          .executeTakeFirst();
  const count = 'numUpdatedRows' in written ? written.numUpdatedRows : written.numInsertedOrUpdatedRows;
  if ((count ?? 0n) === 0n) throw problem('version_conflict', { current: await seatSettings(context) });
  await context.audit('seat_settings.written', null, body);
  return seatSettings(context);
}

export async function answerSeatLink(context: Context, { body }: InputOf<typeof contract.answerSeatLink>): Promise<contract.LinkedSeat> {
  const { token, what } = body;
  const done = await sql<{ result: Result }>`
    select vn.change_seat_by_link(${seatHash(context, token)}, ${what}, ${what === 'withdraw' ? body.because : null}, ${context.newId()}, ${what === 'move' ? body.to : null}) result`.execute(
    context.tx,
  );
  switch (done.rows[0]?.result) {
    case 'unknown':
      throw refuse(contract.answerSeatLink, 'seat_link_gone');
    case 'gone':
      throw refuse(contract.answerSeatLink, 'seat_gone');
    case 'full':
      throw refuse(contract.answerSeatLink, 'class_full');
    default:
      return linkedSeat(context, { body });
  }
}
