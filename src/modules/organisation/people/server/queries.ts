import { sql } from 'kysely';
import * as z from 'zod';
import { daysOf } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { abilityCount, type listPeople, type OwnAbilities, type Person, type readPerson } from '../contract.ts';
import { mayGive, stateOf } from '../rules.ts';

interface Row {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  language: string;
}

async function withMemberships(context: Context, people: Row[]): Promise<Person[]> {
  const held = await context.tx
    .selectFrom('membership')
    .leftJoin('school', (join) => join.onRef('school.centre_id', '=', 'membership.centre_id').onRef('school.id', '=', 'membership.school_id'))
    .leftJoin('organisation', (join) => join.onRef('organisation.centre_id', '=', 'membership.centre_id').onRef('organisation.id', '=', 'membership.organisation_id'))
    .select(['membership.id', 'person_id', 'role', 'school_id', 'organisation_id', 'during', 'school.name as school', 'organisation.name as organisation'])
    .where('membership.centre_id', '=', centreOf(context))
    .where('person_id', 'in', people.map(({ id }) => id).concat('00000000-0000-0000-0000-000000000000'))
    .orderBy(sql`lower(during)`)
    .orderBy('membership.id')
    .execute();
  const { roles, schoolId } = context.actor;
  return people.map((person) => {
    const memberships = held
      .filter(({ person_id }) => person_id === person.id)
      .map((row) => {
        const days = daysOf(row.during);
        const state = stateOf(days, context.today);
        const role = row.role as Person['memberships'][number]['role'];
        return {
          id: row.id,
          role,
          schoolId: row.school_id,
          organisationId: row.organisation_id,
          place: row.school ?? row.organisation,
          ...days,
          state,
          can: { end: state !== 'past' && mayGive({ roles, schoolId }, role, row.school_id) },
        };
      });
    const open = memberships.filter(({ state }) => state !== 'past');
    const mayEndAll = (roles.includes('administrator') || roles.includes('coordinator')) && open.length > 0 && open.every(({ can }) => can.end);
    return { ...person, memberships, can: { leave: mayEndAll, endSessions: roles.includes('administrator') && open.length > 0 } } as Person;
  });
}

export async function people(context: Context, { query }: InputOf<typeof listPeople>): Promise<OutputOf<typeof listPeople>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([z.string(), z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const pattern = query.search ? `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const found = await sql<Row>`
    select p.id, p.name, p.email, p.phone, p.language from vn.people() p
     where (${pattern}::text is null or p.name ilike ${pattern} or p.email ilike ${pattern})
       and exists (select from vn.membership m where m.centre_id = ${centreOf(context)} and m.person_id = p.id
                     and (${query.past === 'true'} or not upper(m.during) <= ${context.today}::date or upper_inf(m.during))
                     and (${query.role ?? null}::text is null or m.role = ${query.role ?? null})
                     and (${query.school ?? null}::uuid is null or m.school_id = ${query.school ?? null}::uuid))
       and (${after?.[0] ?? null}::text is null or (p.name collate "da-x-icu", p.id) > (${after?.[0] ?? ''} collate "da-x-icu", ${after?.[1] ?? null}::uuid))
     order by p.name collate "da-x-icu", p.id limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.name, last.id]);
  return { items: await withMemberships(context, page.items), next: page.next };
}

export async function personById(context: Context, id: string): Promise<Person> {
  const found = await sql<Row>`select p.id, p.name, p.email, p.phone, p.language from vn.people() p where p.id = ${id}`.execute(context.tx);
  const [person] = await withMemberships(context, found.rows);
  if (person === undefined) throw problem('not_found');
  return person;
}

export const readPersonById = (context: Context, { params }: InputOf<typeof readPerson>) => personById(context, params.person);

/** One's own: the row policy leaves nobody else's. */
export async function ownAbilities(context: Context): Promise<OwnAbilities> {
  const row = await context.tx
    .selectFrom('own_abilities')
    .select(['levels', 'learn', 'version', sql<(string | null)[]>`learn_by::text[]`.as('days')])
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .executeTakeFirst();
  return { abilities: Array.from({ length: abilityCount }, (_, at) => ({ level: row?.levels[at] ?? null, learn: row?.learn[at] ?? '', by: row?.days[at] ?? null })), version: row?.version ?? 0 };
}
