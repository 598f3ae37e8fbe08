import { type RawBuilder, sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { derivedToken } from '../../../../platform/secret-address.ts';
import { classById } from '../../classes/server/public.ts';
import * as contract from '../contract.ts';
import { isOpen, missingIn, supplementAllowed } from '../rules.ts';

/** The secret of a seat, worked out again with the installation's key; what is kept is a hash of it. */
export const seatToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, seat: string): string => derivedToken(keyedHash, `seat ${seat} in a class`);
export const seatHash = ({ keyedHash }: Pick<Context, 'keyedHash'>, token: string): Buffer => keyedHash(`class seat ${token}`);

type Row = Omit<contract.Seat, 'can' | 'supplement'> & { supplement: string | null; school: string; minimum: number; guaranteed: boolean };

const rows = (context: Context, where: RawBuilder<unknown>, order: RawBuilder<unknown>) =>
  sql<Row>`
    select t.id, jsonb_build_object('id', l.id, 'title', coalesce(nullif(l.title, ''), c.title), 'starts', l.starts, 'ends', l.ends, 'town', l.town, 'state', l.state) class, jsonb_build_object('id', k.id, 'name', k.name) company,
           t.heads::int, t.state, vn.seat_position(t.id) position, t.offered_until "offeredUntil", coalesce(t.until, case when t.moved_from is null then l.deadline end)::text "bindingAfter", t.late,
           t.withdrawn_because "withdrawnBecause", t.supplement, t.needs, t.version, l.school_id school, l.minimum, l.guaranteed
      from vn.seat t join vn.class l on l.centre_id = t.centre_id and l.id = t.class_id join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.company k on k.id = t.company_id
     where t.centre_id = ${centreOf(context)} and ${where} order by ${order} limit 500`.execute(context.tx);

/** Whether somebody leads the school whose class it is, or wears the coordinator's hat. */
export const leads = ({ actor }: Pick<Context, 'actor'>, school: string): boolean => actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school);

function shown(context: Context, { school, minimum: _minimum, guaranteed: _guaranteed, ...row }: Row): contract.Seat {
  const open = isOpen(row.state) && row.class.ends >= context.today;
  return {
    ...row,
    supplement: row.supplement === null ? null : Number(row.supplement),
    can: {
      withdraw: open,
      answer: row.state === 'offered',
      edit: open,
      supplement: open && row.state === 'taken' && row.class.state === 'tentative' && leads(context, school) && supplementAllowed(row.class.starts, context.today),
    },
  };
}

/** Who it concerns is decided by the database. @throws not_found */
export async function seatById(context: Context, id: string): Promise<contract.Seat> {
  const [row] = (await rows(context, sql`t.id = ${id}`, sql`t.no`)).rows;
  if (row === undefined) throw problem('not_found');
  return shown(context, row);
}

export async function companySeats(context: Context, { params }: InputOf<typeof contract.listCompanySeats>): Promise<contract.Seat[]> {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  return (await rows(context, sql`t.company_id = ${params.company}`, sql`l.starts desc, t.no`)).rows.map((row) => shown(context, row));
}

export async function alternativesTo(context: Context, id: string): Promise<contract.Alternative[]> {
  const found = await sql<contract.Alternative>`
    select l.id, s.name school, l.starts::text, l.ends::text, l.town, a.km, a.free from vn.class_alternatives(${id}) a join vn.class l on l.centre_id = ${centreOf(context)} and l.id = a.class
      join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id`.execute(context.tx);
  return found.rows;
}

/** @throws not_found */
export async function seatsOf(context: Context, id: string): Promise<contract.ClassSeats> {
  const it = await classById(context, id);
  const { actor, today } = context;
  const counted = await sql<{ sure: number; offered: number; waiting: number; line: number; supplement: boolean; held: number }>`
    select n.*, l.held from vn.class l cross join lateral vn.seat_counts(l.id) n where l.centre_id = ${centreOf(context)} and l.id = ${id}`.execute(context.tx);
  const { sure = 0, offered = 0, waiting = 0, line = 0, supplement = false, held = 0 } = counted.rows[0] ?? {};
  const seats = (await rows(context, sql`t.class_id = ${id}`, sql`t.no`)).rows.map((row) => shown(context, row));
  const holds = await sql<contract.ClassSeats['holds'][number]>`
    select h.id, h.name, h.seats::int, h.used::int, h.until::text, (select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) order by k.name collate "da-x-icu", k.id) from vn.company k where k.id = any (h.companies)) companies
      from vn.seat_hold h where h.centre_id = ${centreOf(context)} and h.class_id = ${id} and not h.ended order by h.made_at, h.id`.execute(context.tx);
  const begun = it.starts <= today;
  const own = leads(context, it.school.id);
  const takes = actor.roles.includes('consultant') || own;
  return {
    counts: {
      taken: sure,
      offered,
      waiting,
      line,
      held,
      elsewhere: it.takenElsewhere,
      free: Math.max(0, it.maximum - it.takenElsewhere - sure - offered - held),
      minimum: it.minimum,
      maximum: it.maximum,
    },
    state: it.state,
    missing: missingIn({ guaranteed: it.guaranteed, minimum: it.minimum, sure: sure + it.takenElsewhere, supplement }),
    due: it.state === 'tentative' && !begun && it.decidedBy !== null && it.decidedBy <= today,
    seats,
    holds: holds.rows,
    alternatives: it.state === 'cancelled' && seats.some(({ state }) => state === 'cancelled') ? await alternativesTo(context, id) : [],
    version: it.version,
    can: {
      take: it.state !== 'cancelled' && it.ends >= today && takes && (!begun || actor.roles.includes('coordinator') || actor.schoolId === it.school.id),
      wait: !begun,
      decide: it.state !== 'cancelled' && it.ends >= today && own,
      hold: it.state !== 'cancelled' && !begun && own,
      move: it.state === 'cancelled' && own && seats.some(({ state }) => state === 'cancelled'),
    },
  };
}
export const classSeats = (context: Context, { params }: InputOf<typeof contract.listClassSeats>): Promise<contract.ClassSeats> => seatsOf(context, params.class);

export async function classesToDecide(context: Context): Promise<OutputOf<typeof contract.listClassesToDecide>> {
  const { actor, today } = context;
  const found = await sql<OutputOf<typeof contract.listClassesToDecide>[number] & { minimum: number; guaranteed: boolean; sure: number; supplement: boolean }>`
    select l.id, coalesce(nullif(l.title, ''), c.title) title, s.name school, l.starts::text, l.decided_by::text "decidedBy", l.minimum, l.guaranteed, n.sure + l.taken_elsewhere sure, n.supplement
      from vn.class l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id cross join lateral vn.seat_counts(l.id) n
     where l.centre_id = ${centreOf(context)} and l.state = 'tentative' and l.decided_by <= ${today}::date and l.starts > ${today}::date and (${actor.roles.includes('coordinator')} or l.school_id = ${actor.schoolId})
     order by l.decided_by, l.starts, l.id limit 100`.execute(context.tx);
  return found.rows.map(({ minimum, guaranteed, sure, supplement, ...row }) => ({ ...row, missing: missingIn({ minimum, guaranteed, sure, supplement }) }));
}

export async function seatSettings(context: Context) {
  const found = await context.tx.selectFrom('seat_setting').select(['offer_hours', 'version']).where('centre_id', '=', centreOf(context)).executeTakeFirst();
  return { offerHours: found?.offer_hours ?? 48, version: found?.version ?? 0 };
}

/** @throws seat_link_gone */
export async function linkedSeat(context: Context, { body }: { body: { token: string } }): Promise<contract.LinkedSeat> {
  const found = await sql<{ it: contract.LinkedSeat | null }>`select vn.seat_on_link(${seatHash(context, body.token)}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.openSeatLink, 'seat_link_gone');
  return it;
}
