import { sql } from 'kysely';
import { localTime } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Followed, listFollowed, listReturnedAddresses } from '../contract.ts';

interface Row {
  company_id: string;
  company: string;
  town: string | null;
  active: boolean;
  gone_on: boolean;
  contact_person: string | null;
  person: string | null;
  person_school: string | null;
  consults: boolean | null;
  contact_since: string | null;
  contact_note: string | null;
  deputy: string | null;
  deputy_name: string | null;
  deputy_school: string | null;
  deputy_until: string | null;
  told_at: string | null;
  silence_days: number;
  contact_version: number;
}

const schoolOf = (person: 'contact_person' | 'deputy') => sql`(
  select s.name from vn.membership m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
   where m.centre_id = r.centre_id and m.person_id = ${sql.ref(`r.${person}`)} and m.role = 'consultant' order by upper_inf(m.during) desc, s.name limit 1)`;

const rows = (context: Context, where: ReturnType<typeof sql<boolean>>) =>
  sql<Row>`
    select r.company_id, k.name company, k.town, r.active, r.successor_id is not null gone_on, r.contact_person, vn.person_name(r.contact_person) person, ${schoolOf('contact_person')} person_school, vn.consults(r.contact_person) consults,
        r.contact_since, r.contact_note, r.deputy, vn.person_name(r.deputy) deputy_name, ${schoolOf('deputy')} deputy_school, r.deputy_until::text, r.told_at,
        (select silence_days from vn.outreach_settings()) silence_days, r.contact_version
      from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ${centreOf(context)} and ${where} order by r.told_at nulls last, r.company_id limit 500`.execute(context.tx);

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const silentDays = ({ actor, today }: Context, { active, told_at }: Row) => (!active || told_at === null ? null : dayNumber(today) - dayNumber(localTime(actor.zone, new Date(told_at)).day));

type Person = NonNullable<Followed['person']>;
const personOf = (id: string | null, name: string | null, school: string | null): Person | null => (id === null ? null : { id: id as Person['id'], name: name ?? '', school });
const deputyOf = (row: Row): Followed['deputy'] => {
  const deputy = personOf(row.deputy, row.deputy_name, row.deputy_school);
  return deputy === null || row.deputy_until === null ? null : { ...deputy, until: row.deputy_until };
};
const companyOf = (row: Row): Followed['company'] => ({ id: row.company_id as Followed['company']['id'], name: row.company, town: row.town });

/** @throws not_found */
export async function followedOf(context: Context, company: string): Promise<Followed> {
  const centre = centreOf(context);
  const [row] = (await rows(context, sql<boolean>`r.company_id = ${company}`)).rows;
  if (row === undefined) throw problem('not_found');
  const before = await sql<{ name: string | null; from: string; to: string }>`
    select vn.person_name(person_id) "name", lower(during) "from", upper(during) "to" from vn.contact_person_past
     where centre_id = ${centre} and company_id = ${company} order by during desc limit 20`.execute(context.tx);
  const told = await sql<{ id: string; at: string; by: string | null; how: Followed['told'][number]['how']; text: string }>`
    select id, at, vn.person_name(person_id) "by", how, text from vn.company_told where centre_id = ${centre} and company_id = ${company} order by at desc, id desc limit 20`.execute(context.tx);
  const { actor } = context;
  const coordinates = actor.roles.includes('coordinator');
  const consults = actor.roles.includes('consultant');
  const [mine, stands] = [row.active && row.contact_person === actor.personId, row.deputy !== null && row.deputy === actor.personId];
  return {
    company: companyOf(row),
    person: personOf(row.contact_person, row.person, row.person_school),
    since: row.contact_since,
    note: row.contact_note === '' ? null : row.contact_note,
    deputy: deputyOf(row),
    before: before.rows.map((each) => ({ ...each, name: each.name ?? '' })),
    told: told.rows.map((each) => ({ ...each, id: each.id as Followed['told'][number]['id'], by: each.by ?? '' })),
    silentDays: silentDays(context, row),
    remindAfter: row.silence_days,
    version: row.contact_version,
    can: {
      take: consults && !row.active && !row.gone_on,
      give: !row.gone_on && (coordinates || (consults && (!row.active || mine || stands))),
      deputise: row.active && (coordinates || (consults && mine)),
      tell: consults && row.active,
      letBe: row.active && (coordinates || (consults && mine)),
    },
  };
}

export async function followed(context: Context, { query }: InputOf<typeof listFollowed>): Promise<OutputOf<typeof listFollowed>> {
  const { personId } = context.actor;
  const where = {
    mine: sql<boolean>`r.active and (r.contact_person = ${personId} or r.deputy = ${personId})`,
    orphaned: sql<boolean>`r.active and not vn.consults(r.contact_person)`,
    all: sql<boolean>`r.active`,
  }[query.whose];
  return (await rows(context, where)).rows.map((row) => {
    const days = silentDays(context, row);
    return {
      company: companyOf(row),
      person: personOf(row.contact_person, row.person, row.person_school),
      deputy: deputyOf(row),
      silentDays: days,
      remindAfter: row.silence_days,
      silent: days !== null && days >= row.silence_days,
      orphaned: row.consults === false,
    };
  });
}

export async function returnedAddresses(context: Context, { query }: InputOf<typeof listReturnedAddresses>): Promise<OutputOf<typeof listReturnedAddresses>> {
  const { personId, zone } = context.actor;
  const whose = query.whose === 'mine' ? sql`r.active and (r.contact_person = ${personId} or r.deputy = ${personId})` : sql`not (r.active and vn.consults(r.contact_person))`;
  // Whoever said no to being contacted gets no mail, so no address is missing.
  const found = await sql<{ company_id: string; company: string; id: string; name: string; email: string; since: string }>`
    select c.company_id, k.name company, c.id, c.name, c.email, (c.email_returned_at at time zone ${zone})::date::text since
      from vn.contact c join vn.relation r on r.centre_id = c.centre_id and r.company_id = c.company_id join vn.company k on k.id = c.company_id
     where c.centre_id = ${centreOf(context)} and c.email_returned_at is not null and c.email is not null and ${whose}
       and not exists (select from vn.contact_objection o where o.centre_id = c.centre_id and o.contact_id = c.id and o.lifted_at is null)
     order by c.email_returned_at, c.id limit 200`.execute(context.tx);
  return found.rows.map(
    ({ company_id, company, id, name, email, since }) => ({ company: { id: company_id, name: company }, contact: { id, name, email }, since }) as OutputOf<typeof listReturnedAddresses>[number],
  );
}
