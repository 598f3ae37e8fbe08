import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { type Incentive, type listMeasures, type Measure, measureKinds } from '../contract.ts';

type Answer = OutputOf<typeof listMeasures>;

export async function measures(context: Context): Promise<Answer> {
  const { actor, today } = context;
  const centre = centreOf(context);
  const coordinates = actor.roles.includes('coordinator');
  const writes = (school: string) => coordinates || (actor.roles.includes('manager') && actor.schoolId === school);
  const schools = await sql<{ id: Measure['school']; name: string }>`select id, name from vn.school where centre_id = ${centre} order by name collate "da-x-icu"`.execute(context.tx);
  const stand = await sql<{ school: string; kind: Measure['kind']; owner_id: string; owner: string | null; due: string; done_on: string | null; note: string; version: number }>`
    select school_id school, kind, owner_id, vn.person_name(owner_id) owner, due::text, done_on::text, note, version from vn.measure where centre_id = ${centre}`.execute(context.tx);
  const people = await sql<Answer['people'][number]>`
    select distinct on (p.id) p.id, p.name, m.school_id school from vn.people() p join vn.membership m on m.centre_id = ${centre} and m.person_id = p.id
     where m.role in ('consultant', 'manager', 'coordinator') and m.during @> ${today}::date and (${coordinates} or m.school_id = ${actor.schoolId}::uuid) order by p.id, m.school_id nulls last`.execute(
    context.tx,
  );
  return {
    schools: schools.rows.map((school) => ({ ...school, can: { write: writes(school.id) } })),
    measures: schools.rows.flatMap(({ id }) =>
      measureKinds.map((kind): Measure => {
        const found = stand.rows.find((each) => each.school === id && each.kind === kind);
        return found === undefined
          ? { school: id, kind, owner: null, due: null, doneOn: null, note: '', version: 0 }
          : {
              school: id,
              kind,
              owner: { id: found.owner_id as NonNullable<Measure['owner']>['id'], name: found.owner ?? '' },
              due: found.due,
              doneOn: found.done_on,
              note: found.note,
              version: found.version,
            };
      }),
    ),
    people: actor.roles.includes('manager') || coordinates ? people.rows.sort((one, other) => one.name.localeCompare(other.name, 'da')) : [],
  };
}

async function read(context: Context, id?: string): Promise<Incentive[]> {
  const { actor } = context;
  const found = await sql<{ id: string; school_id: string; school: string; kind: Incentive['kind']; what: string; since: string; until: string | null; open_to: Incentive['openTo']; version: number }>`
    select i.id, i.school_id, s.name school, i.kind, i.what, i.since::text, i.until::text, i.open_to, i.version from vn.incentive i join vn.school s on s.centre_id = i.centre_id and s.id = i.school_id
     where i.centre_id = ${centreOf(context)} and ${id === undefined ? sql`true` : sql`i.id = ${id}`} order by i.until < ${context.today}::date nulls first, s.name collate "da-x-icu", i.since desc, i.id limit 500`.execute(
    context.tx,
  );
  return found.rows.map((row) => ({
    id: row.id as Incentive['id'],
    school: { id: row.school_id as Incentive['school']['id'], name: row.school },
    kind: row.kind,
    what: row.what,
    since: row.since,
    until: row.until,
    openTo: row.open_to,
    version: row.version,
    can: { write: actor.roles.includes('manager') && actor.schoolId === row.school_id },
  }));
}
export const incentives = (context: Context): Promise<Incentive[]> => read(context);

/** @throws not_found, also for one that another school keeps to itself */
export async function incentiveById(context: Context, id: string): Promise<Incentive> {
  const [found] = await read(context, id);
  if (found === undefined) throw problem('not_found');
  return found;
}
