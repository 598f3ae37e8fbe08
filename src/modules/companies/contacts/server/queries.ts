import { sql } from 'kysely';
import * as z from 'zod';
import { calendarDay, shiftDay } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { countContactDuties, listContactDuties, listContacts } from '../contract.ts';
import { monthToTell } from '../rules.ts';

type Contact = OutputOf<typeof listContacts>[number];

export async function contactsOf(context: Context, company: string, only?: string): Promise<Contact[]> {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const rows = await context.tx
    .selectFrom('contact')
    .selectAll()
    .select(sql<boolean>`exists (select from vn.contact_objection o where o.centre_id = contact.centre_id and o.contact_id = contact.id and o.lifted_at is null)`.as('objected'))
    .select(sql<string | null>`(email_returned_at at time zone ${context.actor.zone})::date`.as('returned_since'))
    .where('centre_id', '=', centreOf(context))
    .where('company_id', '=', company)
    .$if(only !== undefined, (rows) => rows.where('id', '=', only as string))
    .orderBy(sql`name collate "da-x-icu"`)
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(
    (row) =>
      ({
        id: row.id,
        name: row.name,
        role: row.role,
        title: row.title,
        phone: row.phone,
        email: row.email,
        language: row.language,
        basis: row.basis,
        source: row.source,
        reviewOn: row.review_on,
        reviewDue: row.review_on <= context.today,
        objected: row.objected,
        returnedSince: row.returned_since,
        version: row.version,
      }) as Contact,
  );
}

export async function contactById(context: Context, company: string, id: string): Promise<Contact> {
  const [found] = await contactsOf(context, company, id);
  if (found === undefined) throw problem('not_found');
  return found;
}

export const contacts = (context: Context, { params }: InputOf<typeof listContacts>) => contactsOf(context, params.company);

type Duty = OutputOf<typeof listContactDuties>['items'][number];

/** Whoever is owed something: to be told, to be asked about again, to be left alone. */
export async function contactDuties(context: Context, { query }: InputOf<typeof listContactDuties>): Promise<OutputOf<typeof listContactDuties>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([calendarDay, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const { zone } = context.actor;
  const since = sql`(k.created_at at time zone ${zone})::date`;
  const order = query.duty === 'review' ? sql`k.review_on` : query.duty === 'objected' ? sql`(o.at at time zone ${zone})::date` : since;
  const which =
    query.duty === 'untold'
      ? sql`not exists (select from vn.contact_notice n where n.centre_id = k.centre_id and n.contact_id = k.id)`
      : query.duty === 'review'
        ? sql`k.review_on <= ${shiftDay(context.today, monthToTell)}::date`
        : sql`o.id is not null`;
  const found = await sql<{
    id: string;
    name: string;
    company_id: string;
    company: string;
    has_email: boolean;
    basis: string;
    source: string;
    since: string;
    review_on: string;
    objected: boolean;
    reason: string | null;
    place: string;
  }>`
    select k.id, k.name, k.company_id, c.name company, k.email is not null has_email, k.basis, k.source, ${since}::text since, k.review_on::text, o.id is not null objected, o.reason, ${order}::text place
      from vn.contact k join vn.company c on c.id = k.company_id left join vn.contact_objection o on o.centre_id = k.centre_id and o.contact_id = k.id and o.lifted_at is null
      where k.centre_id = ${centreOf(context)} and ${which} and ${after === null ? sql`true` : sql`(${order}, k.id) > (${after[0]}::date, ${after[1]}::uuid)`} order by ${order}, k.id limit ${query.limit + 1}`.execute(
    context.tx,
  );
  const page = pageFrom(found.rows, query.limit, (last) => [last.place, last.id]);
  return {
    items: page.items.map(
      (row) =>
        ({
          id: row.id,
          name: row.name,
          companyId: row.company_id,
          company: row.company,
          hasEmail: row.has_email,
          basis: row.basis,
          source: row.source,
          since: row.since,
          reviewOn: row.review_on,
          late: query.duty === 'review' ? row.review_on <= context.today : query.duty === 'untold' && row.since < shiftDay(context.today, -monthToTell),
          objected: row.objected,
          reason: row.reason ?? '',
        }) as Duty,
    ),
    next: page.next,
  };
}

/** What is over its time, by the same measure as `late` in the list. */
export async function lateDuties(context: Context): Promise<OutputOf<typeof countContactDuties>> {
  const [centre, { zone }] = [centreOf(context), context.actor];
  const untold = sql`select from vn.contact k where k.centre_id = ${centre} and k.created_at < ${shiftDay(context.today, -monthToTell)}::timestamp at time zone ${zone}
      and not exists (select from vn.contact_notice n where n.centre_id = k.centre_id and n.contact_id = k.id) limit 100`;
  const review = sql`select from vn.contact k where k.centre_id = ${centre} and k.review_on <= ${context.today}::date limit 100`;
  const found = await sql<{ untold: number; review: number }>`select (select count(*)::int from (${untold}) u) untold, (select count(*)::int from (${review}) r) review`.execute(context.tx);
  return found.rows[0] ?? { untold: 0, review: 0 };
}
