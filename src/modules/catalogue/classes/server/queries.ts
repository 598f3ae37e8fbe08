import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { calendarDay } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import { hoursOf } from '../rules.ts';

type Row = Omit<contract.Class, 'price' | 'supplement' | 'takenAsOf'> & { price: string | null; supplement: string | null; takenAsOf: string | null };

const columns = sql`l.id, l.no, coalesce(nullif(l.title, ''), c.title) title, jsonb_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'field', c.field) course,
  jsonb_build_object('id', s.id, 'name', s.name) school, jsonb_build_object('name', l.place, 'street', l.street, 'postcode', l.postcode, 'town', l.town) place,
  l.starts::text, l.ends::text, l.weekdays, l.part, l.delivery, l.deadline::text, l.decided_by::text "decidedBy", l.minimum, l.maximum, l.taken_elsewhere "takenElsewhere", l.taken + l.held taken, l.taken_as_of "takenAsOf", l.guaranteed, l.state,
  l.cancelled_because "cancelledBecause", l.open, l.price, l.supplement`;
const joined = sql`join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id`;

const number = (value: string | null) => (value === null ? null : Number(value));
const shaped = (row: Row): contract.Class => ({ ...row, price: number(row.price), supplement: number(row.supplement), km: row.km === null ? null : Math.round(row.km) });

const cursorOf = z.tuple([calendarDay, z.guid()]);

export async function classes(context: Context, { query }: InputOf<typeof contract.listClasses>): Promise<OutputOf<typeof contract.listClasses>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, cursorOf);
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'cursor' }] });
  const centre = centreOf(context);
  const where: RawBuilder<boolean>[] = [sql<boolean>`l.centre_id = ${centre}`, sql`l.starts >= ${query.from ?? context.today}::date`];
  if (query.to !== undefined) where.push(sql`l.starts <= ${query.to}::date`);
  if (query.course !== undefined) where.push(sql`l.course_id = ${query.course}`);
  if (query.school !== undefined) where.push(sql`l.school_id = ${query.school}`);
  if (query.part !== undefined) where.push(sql`l.part = ${query.part}`);
  if (query.delivery !== undefined) where.push(sql`l.delivery = ${query.delivery}`);
  if (query.state !== undefined) where.push(sql`l.state = ${query.state}`);
  if (query.field !== undefined) where.push(sql`c.field = ${query.field}`);
  if (query.industry !== undefined) where.push(sql`(c.industries = '{}' or ${query.industry} = any (c.industries))`);
  if (after !== null) where.push(sql`(l.starts, l.id) > (${after[0]}::date, ${after[1]}::uuid)`);
  const near = query.near === undefined ? undefined : (await sql<{ latitude: number | null; longitude: number | null }>`select * from vn.place_by_postcode(${query.near})`.execute(context.tx)).rows[0];
  const km = near === undefined ? sql`null::float` : sql`vn.road_km(${near.latitude}, ${near.longitude}, l.latitude, l.longitude)`;
  if (near !== undefined && query.km !== undefined) where.push(sql`${km} <= ${query.km}`);
  const found = await sql<Row>`
    select ${columns}, ${km} km from vn.class l ${joined} where ${sql.join(where, sql` and `)} order by l.starts, l.id limit ${query.limit + 1}`.execute(context.tx);
  return pageFrom(found.rows.map(shaped), query.limit, ({ starts, id }) => [starts, id]);
}

interface More {
  own_title: string;
  supplementFor: string;
  text: string;
  contact: contract.ClassSheet['contact'];
  sessions: contract.ClassSheet['sessions'];
  version: number;
}

/** @throws not_found */
export async function classById(context: Context, id: string): Promise<contract.ClassSheet> {
  const { actor } = context;
  const found = await sql<Row & More>`
    select ${columns}, null::float km, l.title own_title, l.supplement_for "supplementFor", l.text, l.version,
           jsonb_build_object('name', coalesce(nullif(l.contact_name, ''), r.contact_name, ''), 'phone', coalesce(nullif(l.contact_phone, ''), r.contact_phone, ''), 'email', coalesce(nullif(l.contact_email, ''), r.contact_email, '')) contact,
           (select coalesce(jsonb_agg(jsonb_build_object('no', e.no, 'day', to_char(lower(e.during) at time zone ${actor.zone}, 'YYYY-MM-DD'), 'starts', to_char(lower(e.during) at time zone ${actor.zone}, 'HH24:MI'),
                'ends', to_char(upper(e.during) at time zone ${actor.zone}, 'HH24:MI')) order by e.during), '[]') from vn.class_session e where e.centre_id = l.centre_id and e.class_id = l.id) sessions
      from vn.class l ${joined} left join vn.course_school r on r.centre_id = l.centre_id and r.course_id = l.course_id and r.school_id = l.school_id
     where l.centre_id = ${centreOf(context)} and l.id = ${id}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  const { own_title: ownTitle, supplementFor, text, contact, sessions, version, ...rest } = row;
  return {
    ...shaped(rest),
    ownTitle,
    supplementFor,
    text,
    contact,
    sessions,
    hours: hoursOf(sessions),
    version,
    can: { edit: rest.state !== 'cancelled' && rest.ends >= context.today && (actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === rest.school.id)) },
  };
}

export const theClass = (context: Context, { params }: InputOf<typeof contract.readClass>): Promise<contract.ClassSheet> => classById(context, params.class);
