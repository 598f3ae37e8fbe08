import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { seatsBetween, seatsOf, seatTime, type Topic, topics, topicTotals, weeksAhead } from '../rules.ts';

interface Day {
  day: string;
  id: string;
  name: string | null;
  taken: number;
  cancelled: string | null;
  droppedIn: number | null;
  booked: number | null;
  begun: boolean;
  gap: boolean;
  version: number;
}
interface Row {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  school_id: string;
  school: string;
  consultant_id: string;
  consultant: string | null;
  place: string;
  every: contract.Corner['every'];
  weekday: number | null;
  from_day: string | null;
  to_day: string | null;
  days: string[];
  starts: string;
  ends: string;
  seat_minutes: contract.Corner['seatMinutes'];
  ended_on: string | null;
  has_address: boolean;
  visits: number;
  all_days: Day[];
  version: number;
}
type Person = contract.Corner['consultant'];
const personOf = (id: string, name: string | null): Person => ({ id: id as Person['id'], name: name ?? '' });

async function rows(context: Context, corner: string | null): Promise<Row[]> {
  const now = context.now.toISOString();
  const found = await sql<Row>`
    select c.id, c.company_id, k.name company, k.town, c.school_id, s.name school, c.consultant_id, vn.person_name(c.consultant_id) consultant, c.place, c.every, c.weekday,
           lower(c.during)::text from_day, (upper(c.during) - 1)::text to_day, c.days::text[] days, to_char(c.starts, 'HH24:MI') starts, to_char(c.ends, 'HH24:MI') ends, c.seat_minutes,
           (c.ended_at at time zone n.tz)::date::text ended_on, c.token_hash is not null has_address, c.version,
           (select coalesce(sum(d.dropped_in + d.booked), 0)::int from vn.corner_day d where d.centre_id = c.centre_id and d.corner_id = c.id) visits,
           (select coalesce(json_agg(json_build_object('day', d.day, 'id', d.person_id, 'name', vn.person_name(d.person_id), 'cancelled', d.cancelled_because, 'droppedIn', d.dropped_in, 'booked', d.booked,
                'begun', lower(d.during) <= ${now}::timestamptz, 'gap', g.day is not null, 'version', d.version,
                'taken', (select count(*) from vn.corner_seat x where x.centre_id = d.centre_id and x.corner_id = d.corner_id and x.day = d.day)) order by d.day), '[]')
              from vn.corner_day d left join vn.corner_gaps(c.id) g on g.day = d.day where d.centre_id = c.centre_id and d.corner_id = c.id) all_days
      from vn.corner c join vn.centre n on n.id = c.centre_id join vn.company k on k.id = c.company_id join vn.school s on s.centre_id = c.centre_id and s.id = c.school_id
     where c.centre_id = ${centreOf(context)} and (${corner}::uuid is null or c.id = ${corner}::uuid)
     order by c.ended_at is not null, k.name collate "da-x-icu", c.id`.execute(context.tx);
  return found.rows;
}

/** Whether the person asking counts this day: only whoever was there. */
const counts = ({ actor }: Context, day: Day) => day.begun && day.cancelled === null && actor.roles.includes('consultant') && day.id === actor.personId;

function cornerOf(context: Context, row: Row): contract.Corner {
  const { actor, today } = context;
  const last = shiftDay(today, 7 * weeksAhead);
  return {
    id: row.id as contract.Corner['id'],
    company: { id: row.company_id as contract.Corner['company']['id'], name: row.company, town: row.town },
    school: { id: row.school_id as contract.Corner['school']['id'], name: row.school },
    consultant: personOf(row.consultant_id, row.consultant),
    place: row.place,
    every: row.every,
    weekday: row.weekday,
    from: row.from_day,
    to: row.to_day,
    days: row.days,
    starts: row.starts,
    ends: row.ends,
    seatMinutes: row.seat_minutes,
    endedOn: row.ended_on,
    hasAddress: row.has_address,
    ahead: row.all_days
      .filter(({ day }) => day >= today && day <= last)
      .map(({ day, id, name, taken, cancelled, gap, version }) => ({
        day,
        person: personOf(id, name),
        mine: id === actor.personId,
        seats: row.seat_minutes === null ? null : { taken, all: seatsBetween(row.starts, row.ends, row.seat_minutes) },
        cancelled,
        gap,
        version,
      })),
    visits: row.visits,
    uncounted: row.all_days.filter((day) => counts(context, day) && day.droppedIn === null).map(({ day }) => day),
    version: row.version,
    can: { edit: row.ended_on === null && (actor.roles.includes('coordinator') || actor.roles.includes('consultant')) },
  };
}

export const corners = async (context: Context): Promise<contract.Corner[]> => (await rows(context, null)).map((row) => cornerOf(context, row));

const countsOf = (counted: readonly { topic: string; count: number }[]) =>
  Object.fromEntries(topics.map((topic) => [topic, counted.find((each) => each.topic === topic)?.count ?? 0])) as Record<Topic, number>;

export async function cornerById(context: Context, id: string): Promise<contract.CornerPage> {
  const [row] = await rows(context, id);
  if (row === undefined) throw problem('not_found');
  const { actor, tx } = context;
  // The database shows somebody's topics to that person alone.
  const own = await tx.selectFrom('corner_topic').select(['day', 'topic', 'count']).where('centre_id', '=', centreOf(context)).where('corner_id', '=', id).execute();
  const asked = await sql<{ came: number; topics: Partial<Record<Topic, number>> }>`select came, topics from vn.corner_topics(${id})`.execute(tx);
  const settings = await sql<{ threshold: number }>`select small_cell threshold from vn.outreach_settings()`.execute(tx);
  const threshold = settings.rows[0]?.threshold ?? 5;
  return {
    ...cornerOf(context, row),
    past: row.all_days
      .filter(({ begun, cancelled }) => begun && cancelled === null)
      .reverse()
      .slice(0, 60)
      .map((day) => ({
        day: day.day,
        person: personOf(day.id, day.name),
        seats: row.seat_minutes === null ? null : day.taken,
        came: day.droppedIn === null || day.booked === null ? null : { droppedIn: day.droppedIn, booked: day.booked },
        topics: day.id === actor.personId && day.droppedIn !== null ? countsOf(own.filter((each) => each.day === day.day)) : null,
        version: day.version,
        can: { count: counts(context, day) },
      })),
    topics: topicTotals(asked.rows, threshold),
    threshold,
  };
}

export const readCorner = (context: Context, { params }: InputOf<typeof contract.readCorner>): Promise<contract.CornerPage> => cornerById(context, params.corner);

/** How the database knows the address of a corner, and the code of a seat: recognised again, never read back. */
export const tokenHash = ({ keyedHash }: Context, token: string): Buffer => keyedHash(`corner ${token}`);
export const codeHash = ({ keyedHash }: Context, code: string): Buffer => keyedHash(`seat ${code}`);

interface Opened extends Omit<OutputOf<typeof contract.openCorner>, 'days'> {
  today: string;
  minute: number;
  days: { day: string; consultant: string; cancelled: string | null; taken: number[] }[];
}

export async function openCorner(context: Context, { body }: InputOf<typeof contract.openCorner>): Promise<OutputOf<typeof contract.openCorner>> {
  const found = await sql<{ it: Opened | null }>`select vn.open_corner(${tokenHash(context, body.token)}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.openCorner, 'corner_gone');
  return {
    ...it,
    days: it.days.map(({ day, consultant, cancelled, taken }) => ({ day, consultant, cancelled, seats: cancelled === null ? seatsOf(it, taken, day === it.today ? Number(it.minute) : null) : [] })),
  };
}

export async function readSeat(context: Context, { body }: InputOf<typeof contract.readSeat>): Promise<OutputOf<typeof contract.readSeat>> {
  const found = await sql<{ day: string; seat: number; starts: string; seat_minutes: number; cancelled: string | null; passed: boolean }>`
    select day::text, seat, starts, seat_minutes, cancelled, passed from vn.read_corner_seat(${tokenHash(context, body.token)}, ${codeHash(context, body.code)})`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined) throw refuse(contract.readSeat, 'seat_unknown');
  return { day: it.day, ...seatTime(it.starts, it.seat_minutes, it.seat), cancelled: it.cancelled, over: it.passed };
}
