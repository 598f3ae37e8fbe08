import { type RawBuilder, sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { derivedToken } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';

/** The secret of a party's own place, worked out again with the installation's key; what is kept is a hash of it. */
export const placeToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, party: string): string => derivedToken(keyedHash, `place of ${party} at an event`);
export const placeHash = ({ keyedHash }: Pick<Context, 'keyedHash'>, token: string): Buffer => keyedHash(`event place ${token}`);
export const eventLink = ({ address }: Pick<Context, 'address'>, event: string): string => address(`/event#${event}`);

interface Row {
  id: string;
  kind: contract.EventShown['kind'];
  title: string;
  text: string;
  place: string;
  starts: string;
  ends: string;
  host_id: string | null;
  host: string | null;
  seats: number | null;
  for_whom: string;
  open: boolean;
  made_by: string;
  by: string | null;
  because: string | null;
  invited: number;
  signed_up: number;
  waiting: number;
  attended: number;
  absent: number;
  version: number;
}

const rows = (context: Context, where: RawBuilder<boolean>, order: RawBuilder<unknown>) =>
  sql<Row>`
    select e.id, e.kind, e.title, e.text, e.place, lower(e.during) starts, upper(e.during) ends, e.host_school_id host_id, s.name host, e.seats, e.for_whom, e.open, e.made_by, vn.person_name(e.made_by) "by",
           e.cancelled_because because, e.version, c.*
      from vn.event e left join vn.school s on s.centre_id = e.centre_id and s.id = e.host_school_id
     cross join lateral (select coalesce(sum(p.count) filter (where p.state = 'invited'), 0)::int invited, coalesce(sum(p.count) filter (where p.state = 'signed_up'), 0)::int signed_up,
         coalesce(sum(p.count) filter (where p.state = 'waiting'), 0)::int waiting, coalesce(sum(p.count) filter (where p.state = 'attended'), 0)::int attended,
         coalesce(sum(p.count) filter (where p.state = 'absent'), 0)::int absent from vn.event_party p where p.centre_id = e.centre_id and p.event_id = e.id) c
     where e.centre_id = ${centreOf(context)} and ${where} order by ${order} limit 200`.execute(context.tx);

function shown({ actor, now }: Context, row: Row): contract.EventShown {
  const run = actor.roles.includes('coordinator') || actor.roles.includes('consultant');
  const begun = Date.parse(row.starts) <= now.getTime();
  const own = actor.roles.includes('coordinator') || row.made_by === actor.personId || (row.host_id !== null && row.host_id === actor.schoolId);
  return {
    id: row.id as contract.EventShown['id'],
    kind: row.kind,
    title: row.title,
    text: row.text,
    place: row.place,
    starts: row.starts,
    ends: row.ends,
    host: row.host_id === null ? null : { id: row.host_id as NonNullable<contract.EventShown['host']>['id'], name: row.host ?? '' },
    seats: row.seats,
    forWhom: row.for_whom,
    open: row.open,
    madeBy: row.by ?? '',
    begun,
    cancelledBecause: row.because,
    counts: { invited: row.invited, signedUp: row.signed_up, waiting: row.waiting, attended: row.attended, absent: row.absent },
    version: row.version,
    can: { edit: run && own && !begun && row.because === null, run: run && row.because === null },
  };
}

export async function events(context: Context, { query }: InputOf<typeof contract.listEvents>): Promise<contract.EventShown[]> {
  const now = context.now.toISOString();
  const found =
    query.when === 'coming'
      ? await rows(context, sql<boolean>`upper(e.during) > ${now}::timestamptz`, sql`lower(e.during), e.id`)
      : await rows(context, sql<boolean>`upper(e.during) <= ${now}::timestamptz`, sql`lower(e.during) desc, e.id desc`);
  return found.rows.map((row) => shown(context, row));
}

/** @throws not_found */
export async function eventById(context: Context, id: string): Promise<contract.EventSheet> {
  const [row] = (await rows(context, sql<boolean>`e.id = ${id}`, sql`e.id`)).rows;
  if (row === undefined) throw problem('not_found');
  const parties = await sql<{
    id: string;
    company_id: string | null;
    company: string | null;
    company_name: string;
    cvr: string | null;
    person_name: string;
    role: string;
    email: string | null;
    count: number;
    state: contract.Party['state'];
    no: number | null;
    version: number;
  }>`
    select p.id, p.company_id, k.name company, p.company_name, p.cvr, p.person_name, p.role, p.email, p.count, p.state, p.no, p.version
      from vn.event_party p left join vn.company k on k.id = p.company_id where p.centre_id = ${centreOf(context)} and p.event_id = ${id}
     order by p.no nulls last, p.company_name collate "da-x-icu", p.id`.execute(context.tx);
  return {
    ...shown(context, row),
    link: eventLink(context, id),
    participants: parties.rows.map((each) => ({
      id: each.id as contract.Party['id'],
      company: each.company_id === null ? null : { id: each.company_id as NonNullable<contract.Party['company']>['id'], name: each.company ?? '' },
      companyName: each.company_name,
      cvr: each.cvr,
      person: each.person_name,
      role: each.role,
      email: each.email,
      count: each.count,
      state: each.state,
      no: each.no,
      version: each.version,
    })),
  };
}
export const readEvent = (context: Context, { params }: InputOf<typeof contract.readEvent>): Promise<contract.EventSheet> => eventById(context, params.event);

// JSON of the database writes moments with its own zone.
const moment = (at: string) => new Date(at).toISOString();
const openOf = (it: contract.OpenEvent): contract.OpenEvent => ({ ...it, starts: moment(it.starts), ends: moment(it.ends) });

export async function openEvents({ tx }: Context): Promise<contract.OpenEvent[]> {
  return (await sql<{ it: contract.OpenEvent }>`select vn.open_events() it`.execute(tx)).rows.map(({ it }) => openOf(it));
}

export async function openEvent({ tx }: Context, { params }: InputOf<typeof contract.readOpenEvent>): Promise<contract.OpenEvent> {
  const found = await sql<{ it: contract.OpenEvent | null }>`select vn.open_event(${params.event}) it`.execute(tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw problem('not_found');
  return openOf(it);
}

export async function eventPlace(context: Context, { body }: InputOf<typeof contract.openEventPlace>) {
  type Place = { event: contract.OpenEvent; company: string; person: string; count: number; place: contract.Party['state'] };
  const found = await sql<{ it: Place | null }>`select vn.open_event_place(${placeHash(context, body.token)}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.openEventPlace, 'event_place_gone');
  return { ...it, event: openOf(it.event) };
}
