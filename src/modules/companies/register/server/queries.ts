import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { daysOf } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Company, listCompanies, listMunicipalities, readCompany } from '../contract.ts';
import { callAdvice, readCvr, readPNumber, seesReasons } from '../rules.ts';
import { ofIndustry, ofSize } from './public.ts';

type Page = OutputOf<typeof readCompany>;
/** How many hits a search looks at; more would cost the planner its index (the screen says so). */
const searchCap = 500;

interface Row {
  id: string;
  cvr: string;
  name: string;
  address: string | null;
  postcode: string | null;
  town: string | null;
  municipality: string | null;
  municipality_name: string | null;
  phone: string | null;
  scheme: 'DB07' | 'DB25' | null;
  industry_code: string | null;
  industry_text: string | null;
  size_from: number | null;
  size_to: number | null;
  size_period: 'month' | 'quarter' | 'year' | null;
  size_as_of: string | null;
  public_sector: boolean;
  protected: boolean;
  status: Company['status'];
  vanished: boolean;
  source: Company['source'];
  /** A name it had before, where only that was found. */
  former: string | null;
}

/** What a row of a list shows and what it is filtered by. */
const facts = sql`c.id, c.cvr, c.name, c.address, c.postcode, c.town, c.municipality, c.phone, c.scheme, c.industry_code, c.industry_text,
  c.size_from, c.size_to, c.size_period, c.size_as_of, c.public_sector, c.protected, c.status, c.vanished, c.source`;
const columns = sql`${facts}, m.name municipality_name`;
/** What a part of a search gives where what it found is so today. */
const today = sql`${facts}, null::text former`;

const industryOf = (row: Pick<Row, 'scheme' | 'industry_code' | 'industry_text'>) =>
  row.scheme === null || row.industry_code === null ? null : { scheme: row.scheme, code: row.industry_code, text: row.industry_text };

/** Protection is a reason not to call, and schools see no reasons. */
const shaped = (context: Context, row: Row): Company =>
  ({
    id: row.id,
    cvr: row.cvr,
    name: row.name,
    address: row.address,
    postcode: row.postcode,
    town: row.town,
    municipality: row.municipality === null ? null : { code: row.municipality, name: row.municipality_name ?? '' },
    phone: row.phone,
    industry: industryOf(row),
    size: row.size_from === null ? null : { from: row.size_from, to: row.size_to, period: row.size_period, asOf: row.size_as_of },
    publicSector: row.public_sector,
    protected: seesReasons(context.actor.roles) ? row.protected : null,
    status: row.status,
    vanished: row.vanished,
    source: row.source,
  }) as Company;

const likely = (word: string) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

/**
 * Which companies a search may mean, by the shape of what was written; each part stops at the cap.
 * Their facts come along: looking each hit up again cost as much as finding it.
 */
function hits(centre: string, search: string): RawBuilder<Omit<Row, 'municipality_name'>> {
  const here = sql`exists (select from vn.relation r where r.centre_id = ${centre} and r.company_id = c.id)`;
  const digits = digitsOf(search);
  const onlyDigits = /^(DK)?[\d\s.+-]+$/i.test(search);
  const cvr = onlyDigits ? readCvr(search) : null;
  const pNumber = onlyDigits ? readPNumber(search) : null;
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  // The longest first: an index serves those best.
  const patterns = words.map(likely).sort((one, other) => other.length - one.length);
  const [longest = ''] = patterns;
  const parts: RawBuilder<unknown>[] = [];
  const withPerson = (longest: string | null, all: readonly string[], phone: string | null) =>
    sql`select ${today} from vn.companies_by_person(${longest}, ${all}::text[], ${phone}) p join vn.company c on c.id = p.company_id`;
  if (cvr !== null) parts.push(sql`select ${today} from vn.company c where c.cvr = ${cvr} and ${here}`);
  if (pNumber !== null) parts.push(sql`select ${today} from vn.unit u join vn.company c on c.id = u.company_id where u.p_number = ${pNumber.number} and ${here}`);
  if (onlyDigits && digits.length >= 8) {
    parts.push(sql`select ${today} from vn.company c where right(regexp_replace(c.phone, '\\D', '', 'g'), 8) = ${digits.slice(-8)} and c.phone is not null and ${here}`);
    parts.push(withPerson(null, [], digits.slice(-8)));
  }
  // A trigram index needs three letters; a shorter search takes the start of the name.
  if (words.some((word) => word.length >= 3)) {
    parts.push(
      sql`(select ${today} from vn.company c where ${sql.join(
        patterns.map((pattern) => sql`c.search like ${pattern}`),
        sql` and `,
      )} and ${here} limit ${searchCap + 1})`,
    );
    if (!onlyDigits) {
      parts.push(withPerson(longest, patterns, null));
      // The longest word is of the name it had; an index serves that, and the others may stand anywhere.
      parts.push(
        sql`(select ${facts}, p.value former from vn.company_past p join vn.company c on c.id = p.company_id
              where p.fact = 'name' and lower(p.value) like ${longest} and lower(p.value) || ' ' || c.search like all (${patterns}::text[]) and ${here} limit ${searchCap + 1})`,
      );
    }
  } else if (parts.length === 0) {
    // From capitals, which Danish sorts first, to what sorts after every letter; "aa" is å and stands elsewhere.
    for (const start of /(^|[^a])a$/i.test(search) ? [search, `${search}a`] : [search])
      parts.push(
        sql`(select ${today} from vn.company c where c.name collate "da-x-icu" >= ${start.toUpperCase()} collate "da-x-icu" and c.name collate "da-x-icu" <= ${`${start.toLowerCase()}\uffff`} collate "da-x-icu"
              and c.name ilike ${`${search.replaceAll(/[\\%_]/g, '\\$&')}%`} and ${here} order by c.name collate "da-x-icu" limit ${searchCap + 1})`,
      );
  }
  return sql`select distinct on (h.id) h.* from (${sql.join(parts, sql` union all `)}) h order by h.id, h.former nulls first limit ${searchCap + 1}`;
}

function filters(query: InputOf<typeof listCompanies>['query']): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [];
  if (query.status === 'active') all.push(sql`c.status <> 'ceased'`);
  if (query.municipality !== undefined) all.push(sql`c.municipality = ${query.municipality}`);
  if (query.industry !== undefined) {
    const [scheme = '', code = ''] = query.industry.split(':');
    all.push(ofIndustry(scheme as 'DB07' | 'DB25', [code]));
  }
  if (query.size !== undefined) all.push(ofSize(query.size));
  if (query.sector !== undefined) all.push(sql`c.public_sector = ${query.sector === 'public'}`);
  if (query.protected !== undefined) all.push(sql`c.protected = ${query.protected === 'true'}`);
  return all;
}

export async function companies(context: Context, { query }: InputOf<typeof listCompanies>): Promise<OutputOf<typeof listCompanies>> {
  if (query.protected !== undefined && !seesReasons(context.actor.roles)) throw problem('forbidden');
  const centre = centreOf(context);
  const where = filters(query);
  if (query.cursor !== undefined) {
    const after = fromCursor(query.cursor, z.tuple([z.string(), z.guid()]));
    if (after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
    where.push(sql`(c.name collate "da-x-icu", c.id) > (${after[0]} collate "da-x-icu", ${after[1]}::uuid)`);
  }
  const searched = query.search !== undefined && query.search !== '';
  if (!searched) where.push(sql`exists (select from vn.relation r where r.centre_id = ${centre} and r.company_id = c.id)`);
  const found = await sql<Row & { hits: number | null }>`
    ${searched ? sql`with hit as materialized (${hits(centre, query.search ?? '')})` : sql``}
    select ${columns}, ${searched ? sql`c.former` : sql`null::text`} former, ${searched ? sql`(select count(*)::int from hit)` : sql`null::int`} hits
      from ${searched ? sql`hit c` : sql`vn.company c`} left join vn.municipality m on m.code = c.municipality
     ${where.length === 0 ? sql`` : sql`where ${sql.join(where, sql` and `)}`}
     order by c.name collate "da-x-icu", c.id limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.name, last.id]);
  // Where the filters left nothing, the rows cannot say how many hits were looked at.
  const looked =
    searched && found.rows.length === 0 ? (await sql<{ hits: number }>`select count(*)::int hits from (${hits(centre, query.search ?? '')}) h`.execute(context.tx)).rows[0] : found.rows[0];
  return { items: page.items.map((row) => ({ ...shaped(context, row), formerName: row.former })), next: page.next, capped: (looked?.hits ?? 0) > searchCap };
}

/** A company of the centre; undefined when the centre has no relation to it. */
export async function companyById(context: Context, id: string): Promise<Company | undefined> {
  const found = await sql<Row>`
    select ${columns} from vn.relation r join vn.company c on c.id = r.company_id left join vn.municipality m on m.code = c.municipality
     where r.centre_id = ${centreOf(context)} and c.id = ${id}`.execute(context.tx);
  return found.rows[0] === undefined ? undefined : shaped(context, found.rows[0]);
}

interface Whole extends Row {
  email: string | null;
  form: string | null;
  status_text: string | null;
  started: string | null;
  ended: string | null;
  since: string;
  exception: 'consent' | 'own_relation' | 'company_asked' | null;
  exception_note: string | null;
  exception_at: string | null;
  exception_name: string | null;
  objection: boolean;
  quarantined: boolean;
  quarantine_until: string | null;
  available: boolean;
}

const wasOf = ({ fact, value, valid }: { fact: string; value: string; valid: string }) => ({ fact, value, ...daysOf(valid) });

export async function companyPage(context: Context, id: string): Promise<Page> {
  const found = await sql<Whole>`
    select ${columns}, c.email, c.form, c.status_text, c.started, c.ended, r.since, r.exception, r.exception_note, r.exception_at, r.objection, r.quarantined, r.quarantine_until, vn.available(c.id) available,
           case when r.exception_by is not null then vn.person_name(r.exception_by) end exception_name
      from vn.relation r join vn.company c on c.id = r.company_id left join vn.municipality m on m.code = c.municipality
     where r.centre_id = ${centreOf(context)} and c.id = ${id}`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw problem('not_found');
  const units = await context.tx
    .selectFrom('unit')
    .selectAll()
    .select(
      sql<{ fact: string; value: string; valid: string }[]>`array(select json_build_object('fact', p.fact, 'value', p.value, 'valid', p.valid) from vn.unit_past p
        where p.unit_id = unit.id order by lower(p.valid) desc, p.fact desc limit 50)`.as('past'),
    )
    .where('company_id', '=', id)
    .orderBy('head', 'desc')
    .orderBy('p_number')
    .limit(200)
    .execute();
  const past = await context.tx.selectFrom('company_past').selectAll().where('company_id', '=', id).orderBy(sql`lower(valid) desc`).orderBy('fact', 'desc').limit(100).execute();
  const { exception } = row;
  const reasons = seesReasons(context.actor.roles);
  const advice = callAdvice({ ...row, exception }, reasons);
  return {
    ...shaped(context, row),
    email: row.email,
    form: row.form,
    statusText: row.status_text,
    started: row.started,
    ended: row.ended,
    since: row.since,
    units: units.map((unit) => ({
      id: unit.id as Page['units'][number]['id'],
      pNumber: unit.p_number,
      name: unit.name,
      head: unit.head,
      status: unit.status as Company['status'],
      industry: industryOf(unit as Pick<Row, 'scheme' | 'industry_code' | 'industry_text'>),
      size: unit.size_from === null ? null : { from: unit.size_from, to: unit.size_to },
      address: unit.address,
      postcode: unit.postcode,
      town: unit.town,
      phone: unit.phone,
      protected: reasons ? unit.protected : null,
      available: advice.may && !unit.protected,
      past: unit.past.map(wasOf),
    })),
    past: past.filter(({ fact }) => reasons || fact !== 'protected').map(wasOf),
    exception: exception === null ? null : { kind: exception, note: row.exception_note ?? '', by: row.exception_name, at: row.exception_at ?? row.since },
    call: advice,
    quarantinedUntil: reasons && row.quarantined ? row.quarantine_until : null,
  };
}

export const readCompanyPage = (context: Context, { params }: InputOf<typeof readCompany>) => companyPage(context, params.company);

export async function municipalities({ tx }: Context): Promise<OutputOf<typeof listMunicipalities>> {
  return tx.selectFrom('municipality').select(['code', 'name', 'region']).orderBy(sql`name collate "da-x-icu"`).execute();
}
