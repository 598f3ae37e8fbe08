import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Rota } from '../contract.ts';
import { weeksAhead } from '../rules.ts';

interface Row {
  id: string;
  name: string;
  kind: Rota['kind'];
  place: string;
  weekday: number;
  starts: string;
  ends: string;
  from_day: string;
  to_day: string | null;
  version: number;
  people: { id: string; name: string | null; school: string | null }[];
  turns: { day: string; id: string | null; name: string | null; version: number }[];
}

async function read(context: Context, rota: string | null): Promise<Rota[]> {
  const { actor, today } = context;
  const last = shiftDay(today, 7 * weeksAhead);
  const found = await sql<Row>`
    select r.id, r.name, r.kind, r.place, r.weekday, to_char(r.starts, 'HH24:MI') starts, to_char(r.ends, 'HH24:MI') ends, lower(r.during)::text from_day, (upper(r.during) - 1)::text to_day, r.version,
      (select coalesce(json_agg(json_build_object('id', p.person_id, 'name', vn.person_name(p.person_id), 'school', (
          select s.name from vn.membership m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
           where m.centre_id = p.centre_id and m.person_id = p.person_id and m.role = 'consultant' and m.during @> ${today}::date order by s.name limit 1)) order by vn.person_name(p.person_id) collate "da-x-icu", p.person_id), '[]')
         from vn.rota_person p where p.centre_id = r.centre_id and p.rota_id = r.id) people,
      (select coalesce(json_agg(json_build_object('day', t.day, 'id', t.person_id, 'name', vn.person_name(t.person_id), 'version', t.version) order by t.day), '[]')
         from vn.rota_turn t where t.centre_id = r.centre_id and t.rota_id = r.id and t.day between ${today}::date and ${last}::date) turns
      from vn.rota r where r.centre_id = ${centreOf(context)} and (${rota}::uuid is null or r.id = ${rota}::uuid) order by r.name collate "da-x-icu", r.id`.execute(context.tx);
  const coordinates = actor.roles.includes('coordinator');
  return found.rows.map((row) => {
    const belongs = actor.roles.includes('consultant') && row.people.some(({ id }) => id === actor.personId);
    return {
      id: row.id as Rota['id'],
      name: row.name,
      kind: row.kind,
      place: row.place,
      weekday: row.weekday,
      starts: row.starts,
      ends: row.ends,
      from: row.from_day,
      to: row.to_day,
      people: row.people.map(({ id, name, school }) => ({ id: id as Rota['people'][number]['id'], name: name ?? '', school })),
      turns: row.turns.map(({ day, id, name, version }) => {
        const mine = id !== null && id === actor.personId;
        return {
          day,
          person: id === null ? null : { id: id as Rota['people'][number]['id'], name: name ?? '' },
          mine,
          can: { give: coordinates || (mine && belongs), take: id === null && belongs },
          version,
        };
      }),
      version: row.version,
      can: { edit: coordinates },
    };
  });
}

export const rotas = (context: Context): Promise<Rota[]> => read(context, null);

export async function rotaById(context: Context, id: string): Promise<Rota> {
  const [rota] = await read(context, id);
  if (rota === undefined) throw problem('not_found');
  return rota;
}
