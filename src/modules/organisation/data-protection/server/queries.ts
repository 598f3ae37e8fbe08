import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { instantOf } from '../../../../kit/local-time.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { beside, type Clock, type ClockRule, clockRule, clockRules, columnsOf, type Kind, kinds, ofTheGate, type PersonalTable, register, useOf } from '../model.ts';
import { around, askedFor, eightDigits, type Identity, patternOf, personPage, textOf } from '../rules.ts';
import { dataProtectionWords } from '../words.ts';

type Match = OutputOf<typeof contract.findPersons>['matches'][number];

/** Reads as the audience that the register was granted to, for so long and no longer. Where it fails the transaction is lost anyway. */
export async function protecting<T>({ tx, actor }: Pick<Context, 'tx' | 'actor'>, work: () => Promise<T>): Promise<T> {
  await sql`select set_config('role', 'vn_protection', true)`.execute(tx);
  const answer = await work();
  await sql`select set_config('role', ${`vn_${actor.audience}`}, true)`.execute(tx);
  return answer;
}

const column = (text: string) => sql.raw(`t."${text}"`);
const from = (table: string) => sql.raw(`vn."${table}" t`);
const digits = (of: RawBuilder<unknown>) => sql`right(regexp_replace(${of}, '\\D', '', 'g'), 8)`;
const any = (list: readonly string[], type: 'text' | 'uuid') => sql`any (${list}::${sql.raw(type)}[])`;
const companyOf = (it: { company?: string }) => sql.raw(it.company ?? 'null::uuid');
const atOf = (it: { at?: string }) => sql.raw(it.at === undefined ? 'null::timestamptz' : `(${it.at})::timestamptz`);
/** A row's key as JSON, which jsonb_populate_recordset makes a key with the right types again: an update by it walks through the primary key. */
export const keyOf = (key: readonly string[]) => sql`jsonb_build_object(${sql.join(['centre_id', ...key].flatMap((each) => [sql.raw(`'${each}'`), column(each)]))})`;
export const byKeys = (table: string, key: readonly string[], keys: readonly object[]) =>
  sql`(${sql.join(['centre_id', ...key].map(column))}) in (select ${sql.join(['centre_id', ...key].map((each) => sql.raw(`k."${each}"`)))} from jsonb_populate_recordset(null::${sql.raw(`vn."${table}"`)}, ${JSON.stringify(keys)}::jsonb) k)`;

const refOf = (table: string, key: readonly string[]) => [table, ...key.map(encodeURIComponent)].join('/');
function keysIn(ref: string): { table: string; key: string[] } | null {
  const [table = '', ...key] = ref.split('/');
  try {
    return { table, key: key.map(decodeURIComponent) };
  } catch {
    return null;
  }
}

// ---- Finding -------------------------------------------------------------------------------------------------------------------------------------

/** Tables in which somebody is found by a column, with the first column of each use. */
const finding = register.flatMap((table) => {
  const [named, email, phone] = (['name', 'email', 'phone'] as const).map((use) => columnsOf(table, use)[0]);
  return named === undefined ? [] : [{ table, named, email, phone }];
});
const most = 100;

interface Row {
  key: Record<string, string>;
  name: string | null;
  email: string | null;
  phone: string | null;
  company: string | null;
  at: string | null;
}

export async function findPersons(context: Context, { body }: InputOf<typeof contract.findPersons>): Promise<OutputOf<typeof contract.findPersons>> {
  const asked = askedFor(body.text);
  if (asked === null) throw refuse(contract.findPersons, 'too_little');
  const { tx } = context;
  const like = (of: RawBuilder<unknown>) =>
    'words' in asked
      ? sql`(${sql.join(
          asked.words.map((word) => sql`lower(${of}) like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`),
          sql` and `,
        )})`
      : sql`false`;
  const matches = await protecting(context, async () => {
    const all: Match[] = [];
    for (const { table, named, email, phone } of finding) {
      const here = 'email' in asked ? email && sql`lower(${column(email)}) = ${asked.email}` : 'phone' in asked ? phone && sql`${digits(column(phone))} = ${asked.phone}` : like(column(named));
      if (!here) continue;
      const rows = await sql<Row>`
        select ${keyOf(table.key)} "key", ${column(named)} "name", ${email === undefined ? sql`null` : column(email)} email, ${phone === undefined ? sql`null` : column(phone)} phone,
            (select c.name from vn.company c where c.id = ${companyOf(table)}) company, ${atOf(table)} "at"
          from ${from(table.table)} where t.centre_id = ctx.centre() and coalesce(${column(named)}, '') not in ('', 'slettet person') and ${here} order by ${atOf(table)} desc nulls last limit ${most + 1}`.execute(
        tx,
      );
      for (const row of rows.rows)
        all.push({
          ref: refOf(
            table.table,
            table.key.map((each) => String(row.key[each])),
          ),
          kind: table.kind,
          about: table.about,
          name: row.name ?? '',
          email: row.email || null,
          phone: row.phone || null,
          company: row.company,
          at: row.at === null ? null : new Date(row.at).toISOString(),
          id: table.table === 'contact' ? String(row.key.id) : null,
        });
    }
    const staff = await sql<{ id: string; name: string; email: string; phone: string | null }>`
      select t.id, t.name, t.email, t.phone from vn.people() t where t.name <> 'slettet person' and ${'email' in asked ? sql`lower(t.email) = ${asked.email}` : 'phone' in asked ? sql`${digits(sql`t.phone`)} = ${asked.phone}` : like(sql`t.name`)} limit ${most}`.execute(
      tx,
    );
    for (const { id, ...row } of staff.rows) all.unshift({ ref: refOf('person', [id]), kind: 'staff', about: 'staff', ...row, company: null, at: null, id });
    // Whom a consultant met stands in the report as a list of names.
    if ('words' in asked) {
      const met = await sql<{ name: string; company_id: string; company: string; at: string }>`
        select e.value ->> 'name' "name", t.company_id, c.name company, max(t.sent_at) "at" from vn.visit_report t join vn.company c on c.id = t.company_id cross join lateral jsonb_array_elements(t.people) e
          where t.centre_id = ctx.centre() and e.value ->> 'name' <> 'slettet person' and ${like(sql`(e.value ->> 'name')`)} group by 1, 2, 3 limit ${most}`.execute(tx);
      for (const row of met.rows)
        all.push({
          ref: refOf('met', [row.company_id, row.name]),
          kind: 'reports',
          about: 'contact',
          name: row.name,
          email: null,
          phone: null,
          company: row.company,
          at: new Date(row.at).toISOString(),
          id: null,
        });
    }
    return all;
  });
  return { matches: matches.slice(0, most), more: matches.length > most };
}

/** Who was picked: what they are called and which companies they belong to. @throws not_found where a row is not there, or of another centre */
export async function identityOf(context: Context, refs: readonly string[]): Promise<Identity> {
  const { tx } = context;
  const it: Identity = { picked: {}, contacts: [], person: null, names: [], emails: [], phones: [], companies: [] };
  const add = (list: string[], value: string | null | undefined) => {
    if (value && !list.includes(value)) list.push(value);
  };
  for (const ref of refs) {
    const read = keysIn(ref);
    if (read === null) throw problem('not_found');
    const { table: of, key } = read;
    if (of === 'met' && key.length === 2) {
      const there = await sql<{
        any: boolean;
      }>`select exists (select from vn.visit_report t where t.centre_id = ctx.centre() and t.company_id = ${z.guid().safeParse(key[0]).data ?? null} and t.people @> ${JSON.stringify([{ name: key[1] }])}::jsonb) "any"`.execute(
        tx,
      );
      if (there.rows[0]?.any !== true) throw problem('not_found');
      add(it.names, key[1]);
      add(it.companies, key[0]);
      continue;
    }
    if (of === 'person') {
      const found = await sql<{
        id: string;
        name: string;
        email: string;
        phone: string | null;
      }>`select t.id, t.name, t.email, t.phone from vn.people() t where t.id = ${z.guid().safeParse(key[0]).data ?? null}`.execute(tx);
      const person = found.rows[0];
      if (person === undefined || (it.person !== null && it.person !== person.id)) throw problem('not_found');
      it.person = person.id;
      add(it.names, person.name);
      add(it.emails, person.email.toLowerCase());
      add(it.phones, eightDigits(person.phone ?? ''));
      continue;
    }
    const place = finding.find(({ table }) => table.table === of);
    if (place === undefined || key.length !== place.table.key.length) throw problem('not_found');
    const { table, named, email, phone } = place;
    const found = await sql<Row & { company_id: string | null }>`
      select ${keyOf(table.key)} "key", ${column(named)} "name", ${email === undefined ? sql`null` : column(email)} email, ${phone === undefined ? sql`null` : column(phone)} phone, ${companyOf(table)} company_id
        from ${from(of)} where t.centre_id = ctx.centre() and ${sql.join(
          table.key.map((each, at) => sql`${column(each)}::text = ${key[at]}`),
          sql` and `,
        )}`.execute(tx);
    const row = found.rows[0];
    if (row === undefined) throw problem('not_found');
    (it.picked[of] ??= []).push(row.key);
    if (of === 'contact') add(it.contacts, row.key.id);
    add(it.names, row.name);
    add(it.emails, row.email?.toLowerCase());
    add(it.phones, eightDigits(row.phone ?? ''));
    add(it.companies, row.company_id);
  }
  // What is the company's own number or address is nobody's.
  const own = await sql<{ phone: string | null; email: string | null }>`
    select ${digits(sql`c.phone`)} phone, lower(c.email) email from vn.company c where c.id = ${any(it.companies, 'uuid')}
    union all select ${digits(sql`r.phone`)}, null from vn.relation r where r.centre_id = ctx.centre() and r.company_id = ${any(it.companies, 'uuid')}`.execute(tx);
  it.phones = it.phones.filter((phone) => phone.length === 8 && !own.rows.some((row) => row.phone === phone));
  it.emails = it.emails.filter((email) => !own.rows.some((row) => row.email === email));
  it.names = it.names.filter((each) => each !== '' && each !== 'slettet person');
  return it;
}

/** The rows of a table that are about the person: picked, of the contact, or with the same address or number and no other name; by name alone only at the company. */
export function theirs(table: PersonalTable, it: Identity): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  const picked = it.picked[table.table] ?? [];
  if (picked.length > 0) parts.push(byKeys(table.table, table.key, picked));
  const [contact] = columnsOf(table, 'contact');
  if (contact !== undefined && it.contacts.length > 0) parts.push(sql`${column(contact)} = ${any(it.contacts, 'uuid')}`);
  const [named] = columnsOf(table, 'name');
  const lower = it.names.map((each) => each.toLowerCase());
  if (named !== undefined) {
    const same = sql`(coalesce(${column(named)}, '') = '' or lower(${column(named)}) = ${any(lower, 'text')})`;
    const [email] = columnsOf(table, 'email');
    if (email !== undefined && it.emails.length > 0) parts.push(sql`(lower(${column(email)}) = ${any(it.emails, 'text')} and ${same})`);
    const [phone] = columnsOf(table, 'phone');
    if (phone !== undefined && it.phones.length > 0) parts.push(sql`(${digits(column(phone))} = ${any(it.phones, 'text')} and ${same})`);
    if (table.company !== undefined && it.companies.length > 0 && lower.length > 0)
      parts.push(sql`(lower(${column(named)}) = ${any(lower, 'text')} and ${companyOf(table)} = ${any(it.companies, 'uuid')})`);
    if (table.about === 'staff' && it.person !== null) parts.push(sql`lower(${column(named)}) = ${any(lower, 'text')}`);
  }
  const pattern = patternOf(it, false);
  if (table.theirs !== undefined && pattern !== null && it.companies.length > 0)
    parts.push(
      sql.join(
        table.theirs.split(/(:pattern|:companies)/).map((piece) => (piece === ':pattern' ? sql`${pattern}` : piece === ':companies' ? sql`${it.companies}::uuid[]` : sql.raw(piece))),
        sql``,
      ),
    );
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

/** The pattern of what a table's texts may call the person, or null where none counts there. */
export const patternIn = (table: PersonalTable, it: Identity): string | null => patternOf(it, table.company === undefined || it.person !== null);

/** The rows of a table in whose texts the person is named; at their companies, or where nothing says which company it is about. */
export function named(table: PersonalTable, it: Identity): RawBuilder<unknown> {
  const pattern = patternIn(table, it);
  const texts = columnsOf(table, 'text', 'json');
  if (pattern === null || texts.length === 0) return sql`false`;
  const says = sql`(${sql.join(
    texts.map((each) => sql`${column(each)}::text ~* ${pattern}`),
    sql` or `,
  )})`;
  if (table.company === undefined || it.person !== null) return says;
  return sql`((${companyOf(table)} = ${any(it.companies, 'uuid')} or ${companyOf(table)} is null) and ${says})`;
}

const mailsOf = (tx: Tx, it: Identity) =>
  sql<{ id: string; at: string; to_address: string; subject: string; text: string; addressed: boolean }>`select * from vn.mails_about(${it.emails}::text[], ${patternOf(it, true)})`.execute(tx);
/** Whether somebody who worked here may be made nameless: done, or why not. */
export const staffErasable = async (tx: Tx, person: string): Promise<string> =>
  (await sql<{ answer: string }>`select vn.erase_staff(${person}, false) answer`.execute(tx)).rows[0]?.answer ?? 'unknown';

export async function lookAtPerson(context: Context, { body }: InputOf<typeof contract.lookAtPerson>): Promise<OutputOf<typeof contract.lookAtPerson>> {
  const { tx } = context;
  return protecting(context, async () => {
    const it = await identityOf(context, body.refs);
    type Found = OutputOf<typeof contract.lookAtPerson>['found'][number];
    const found = new Map<Kind, Found>();
    const add = (kind: Kind, rows: number, mentions: number, erasing: Found['erasing'], because: Found['because'] = null) => {
      if (rows + mentions === 0) return;
      const before = found.get(kind);
      found.set(kind, {
        kind,
        rows: (before?.rows ?? 0) + rows,
        mentions: (before?.mentions ?? 0) + mentions,
        erasing: before !== undefined && because === null ? before.erasing : erasing,
        because: because ?? before?.because ?? null,
      });
    };
    for (const table of register) {
      const counts = await sql<{ rows: number; mentions: number }>`
        select count(*) filter (where ${theirs(table, it)})::int "rows", count(*) filter (where not coalesce(${theirs(table, it)}, false))::int mentions
          from ${from(table.table)} where t.centre_id = ctx.centre() and (${theirs(table, it)} or ${table.erase === 'keep' ? sql`false` : named(table, it)})`.execute(tx);
      const { rows = 0, mentions = 0 } = counts.rows[0] ?? {};
      add(table.kind, rows, mentions, table.erase, table.keep ?? null);
    }
    const mails = (await mailsOf(tx, it)).rows;
    add('mails', mails.filter(({ addressed }) => addressed).length, mails.filter(({ addressed }) => !addressed).length, 'blank');
    let erasable = true;
    if (it.person !== null) {
      const answer = await staffErasable(tx, it.person);
      erasable = answer === 'done';
      add('staff', 1, 0, erasable ? 'blank' : 'keep', answer === 'still_here' ? 'still_here' : erasable ? null : 'other_centre');
    }
    const companies = await sql<{ name: string; sole: boolean }>`select c.name, lower(c.name) like ${any(
      it.names.map((each) => `%${each.toLowerCase()}%`),
      'text',
    )} sole from vn.company c where c.id = ${any(it.companies, 'uuid')} order by 1`.execute(tx);
    if (companies.rows.some(({ sole }) => sole)) add('contacts', 1, 0, 'keep', 'public_register');
    return {
      names: it.names,
      emails: it.emails,
      phones: it.phones,
      companies: companies.rows.map((row) => row.name),
      found: [...found.values()].toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
      erasable,
    };
  });
}

// ---- The person file -----------------------------------------------------------------------------------------------------------------------------

/** At most so many lines of a table: nobody's file is longer, and a name that everybody has makes none that cannot be read. */
const mostLines = 2000;

async function personData(context: Context, refs: readonly string[]): Promise<contract.PersonData> {
  const { tx } = context;
  const data = await protecting(context, async () => {
    const it = await identityOf(context, refs);
    const rows: contract.PersonData['rows'] = [];
    const mentions: contract.PersonData['mentions'] = [];
    const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString());
    for (const table of register) {
      const shown = Object.entries(table.columns).filter(([, each]) => !['file', 'contact'].includes(useOf(each)));
      const facts = shown.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(shown.flatMap(([each]) => [sql.raw(`'${each}'`), column(each)]))})`;
      const found = await sql<{ own: boolean; at: string | null; company: string | null; facts: Record<string, unknown> }>`
        select coalesce(${theirs(table, it)}, false) own, ${atOf(table)} "at", (select c.name from vn.company c where c.id = ${companyOf(table)}) company, ${facts} facts
          from ${from(table.table)} where t.centre_id = ctx.centre() and (${theirs(table, it)} or ${named(table, it)}) order by 2 nulls first limit ${mostLines}`.execute(tx);
      for (const row of found.rows) {
        const line = { kind: table.kind, about: table.about, at: iso(row.at), company: row.company };
        if (row.own) rows.push({ ...line, facts: row.facts });
        else {
          // Of a text about something else only what stands around the name: the rest is others'.
          const said = Object.entries(row.facts).flatMap(([key, value]) => {
            const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
            return [...it.names, ...it.emails].some((called) => text.toLowerCase().includes(called.toLowerCase())) ? [[key, around(text, it)] as const] : [];
          });
          mentions.push({ ...line, facts: Object.fromEntries(said) });
        }
      }
    }
    for (const mail of (await mailsOf(tx, it)).rows) {
      const line = { kind: 'mails' as const, about: 'anybody' as const, at: iso(mail.at), company: null };
      if (mail.addressed) rows.push({ ...line, facts: { to: mail.to_address, subject: mail.subject, text: mail.text } });
      else mentions.push({ ...line, facts: { subject: mail.subject, text: around(mail.text, it) } });
    }
    if (it.person !== null) {
      const staff = await sql<{ facts: Record<string, unknown> }>`
        select to_jsonb(p) || jsonb_build_object('memberships', coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'during', m.during, 'school', s.name)) from vn.membership m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
              where m.centre_id = ctx.centre() and m.person_id = p.id), '[]'),
            'audit', (select count(*) from vn.audit a where a.centre_id = ctx.centre() and a.person_id = p.id)) facts from vn.people() p where p.id = ${it.person}`.execute(tx);
      for (const row of staff.rows) rows.unshift({ kind: 'staff', about: 'staff', at: null, company: null, facts: row.facts });
    }
    const readers = await sql<{ at: string; person: string | null; endpoint: string }>`
      select a.at, p.name person, a.endpoint from vn.access_log a left join vn.people() p on p.id = a.person_id
        where a.centre_id = ctx.centre() and ${await linesAbout(tx, [...it.contacts, ...(it.person === null ? [] : [it.person]), ...it.companies])} order by a.at desc limit ${mostLines}`.execute(tx);
    const months = await monthsNow(tx);
    return {
      names: it.names,
      rows,
      mentions,
      readers: readers.rows.map((row) => ({ at: new Date(row.at).toISOString(), person: row.person ?? '–', endpoint: row.endpoint })),
      kept: clockRules.map((rule) => ({ kind: rule.kind, months: months.get(rule.clock)?.months ?? rule.months })),
    };
  });
  const centre = await tx.selectFrom('centre').select('name').where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  return { centre: centre.name, made: context.now.toISOString(), ...data };
}

/** The audit says that a file was made and how long it is, not about whom. */
export async function readPersonData(context: Context, { body }: InputOf<typeof contract.readPersonData>): Promise<contract.PersonData> {
  const data = await personData(context, body.refs);
  await context.audit('person_file.made', null, { rows: data.rows.length, mentions: data.mentions.length });
  return data;
}

export async function makePersonFile(context: Context, { body }: InputOf<typeof contract.makePersonFile>): Promise<AsyncIterable<string>> {
  const data = await readPersonData(context, { params: undefined, query: undefined, body: { refs: body.refs } });
  const w = inLanguage(dataProtectionWords, body.language);
  context.nameDownload(w.file.name);
  const page = personPage(data, body.language, context.actor.zone);
  return (async function* () {
    yield page;
  })();
}

// ---- Erasures ------------------------------------------------------------------------------------------------------------------------------------

type Erasure = OutputOf<typeof contract.readErasure>;
const erasures = (context: Context, where: RawBuilder<unknown>, limit: number) =>
  sql<{ id: string; by: string | null; at: string; state: Erasure['state']; counts: Erasure['counts']; kept: Erasure['kept']; done_at: string | null }>`
    select e.id, p.name "by", e.asked_at "at", e.state, e.counts, e.kept, e.done_at from vn.erasure e left join vn.people() p on p.id = e.asked_by
      where e.centre_id = ${centreOf(context)} and ${where} order by e.asked_at desc, e.id desc limit ${limit}`.execute(context.tx);
type ErasureRow = Awaited<ReturnType<typeof erasures>>['rows'][number];
const erasureOf = ({ id, by, at, state, counts, kept, done_at }: ErasureRow): Erasure => ({
  id: id as Erasure['id'],
  by: by ?? '–',
  at: new Date(at).toISOString(),
  state,
  counts,
  kept,
  doneAt: done_at === null ? null : new Date(done_at).toISOString(),
});

export async function erasureById(context: Context, id: string): Promise<Erasure> {
  const [row] = (await erasures(context, sql`e.id = ${id}`, 1)).rows;
  if (row === undefined) throw problem('not_found');
  return erasureOf(row);
}
export const erasure = (context: Context, { params }: InputOf<typeof contract.readErasure>) => erasureById(context, params.erasure);

export async function listErasures(context: Context, { query }: InputOf<typeof contract.listErasures>): Promise<OutputOf<typeof contract.listErasures>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const rows = (await erasures(context, after === null ? sql`true` : sql`(e.asked_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`, query.limit + 1)).rows;
  const page = pageFrom(rows, query.limit, (last) => [new Date(last.at).toISOString(), last.id]);
  return { items: page.items.map(erasureOf), next: page.next };
}

// ---- Clocks --------------------------------------------------------------------------------------------------------------------------------------

type ClockNow = OutputOf<typeof contract.readRetention>[number];
interface Setting {
  clock: string;
  months: number | null;
  paused_until: string | null;
  paused_because: string | null;
  version: number;
}

async function monthsNow(tx: Tx): Promise<Map<Clock, Setting & { months: number }>> {
  const found = await sql<Setting>`select s.clock, s.months, s.paused_until::text, s.paused_because, s.version from vn.retention_setting s where s.centre_id = ctx.centre()`.execute(tx);
  return new Map(found.rows.map((row) => [row.clock as Clock, { ...row, months: row.months ?? clockRule(row.clock as Clock).months }]));
}

/** What of a clock's is over its time at a moment, as a table "due" of key and since. */
export const dueOf = (rule: ClockRule, months: number, before: RawBuilder<unknown>): RawBuilder<unknown> =>
  ofTheGate(rule)
    ? sql`(select jsonb_build_object('id', d.id) "key", d.since, null::uuid company from vn.due_beside(${rule.clock}, ${before} - make_interval(months => ${months})) d)`
    : sql`(select ${keyOf(rule.key)} "key", (${sql.raw(rule.since)})::timestamptz since, ${companyOf(rule)} company from ${from(rule.table)}
        where t.centre_id = ctx.centre() and ${sql.raw(rule.there)} and (${sql.raw(rule.since)})::timestamptz < ${before} - make_interval(months => ${months}))`;

const soonDays = 30;

async function clockNow(context: Context, rule: ClockRule, setting: (Setting & { months: number }) | undefined): Promise<ClockNow> {
  const { tx, today, now } = context;
  const months = setting?.months ?? rule.months;
  const moment = sql`${now.toISOString()}::timestamptz`;
  const found = await sql<{ due: number; soon: number; next: string | null }>`
    select count(*) filter (where d.since < ${moment} - make_interval(months => ${months}))::int due, count(*)::int soon, ((min(d.since) + make_interval(months => ${months})) at time zone ${context.actor.zone})::date::text "next"
      from ${dueOf(rule, months, sql`(${moment} + make_interval(days => ${soonDays}))`)} d`.execute(tx);
  const last = await sql<{
    day: string;
    gone: number;
  }>`select r.day::text, r.gone from vn.retention_run r where r.centre_id = ctx.centre() and r.clock = ${rule.clock} order by r.day desc limit 1`.execute(tx);
  const paused = setting?.paused_until !== undefined && setting.paused_until !== null && setting.paused_until >= today ? { until: setting.paused_until, because: setting.paused_because ?? '' } : null;
  const { due = 0, soon = 0, next = null } = found.rows[0] ?? {};
  return {
    clock: rule.clock,
    kind: rule.kind,
    months,
    standard: rule.months,
    floor: rule.floor,
    ceiling: rule.ceiling,
    paused,
    due,
    soon: soon - due,
    next,
    last: last.rows[0] ?? null,
    version: setting?.version ?? 0,
  };
}

export async function retention(context: Context): Promise<ClockNow[]> {
  return protecting(context, async () => {
    const settings = await monthsNow(context.tx);
    const all: ClockNow[] = [];
    for (const rule of clockRules) all.push(await clockNow(context, rule, settings.get(rule.clock)));
    return all;
  });
}

export const clockById = (context: Context, clock: Clock): Promise<ClockNow> => protecting(context, async () => clockNow(context, clockRule(clock), (await monthsNow(context.tx)).get(clock)));

export async function listDue(context: Context, { params }: InputOf<typeof contract.listDue>): Promise<OutputOf<typeof contract.listDue>> {
  return protecting(context, async () => {
    const rule = clockRule(params.clock);
    const months = (await monthsNow(context.tx)).get(params.clock)?.months ?? rule.months;
    const day = (of: RawBuilder<unknown>) => sql`(${of} at time zone ${context.actor.zone})::date::text`;
    const found = await sql<{ since: string; goes: string; company: string | null }>`
      select ${day(sql`d.since`)} since, ${day(sql`(d.since + make_interval(months => ${months}))`)} goes, c.name company
        from ${dueOf(rule, months, sql`(${context.now.toISOString()}::timestamptz + make_interval(days => ${soonDays}))`)} d left join vn.company c on c.id = d.company order by d.since limit 200`.execute(
      context.tx,
    );
    return found.rows;
  });
}

// ---- Who saw whom --------------------------------------------------------------------------------------------------------------------------------

/** Lines of the access log (alias a) about these ids: themselves, and a contact's company, and a company's meetings and reports. */
async function linesAbout(tx: Tx, ids: readonly string[]): Promise<RawBuilder<boolean>> {
  const found = await sql<{ id: string }>`
    with given as (select unnest(${ids}::uuid[]) id),
         at as (select id from given union select k.company_id from vn.contact k where k.centre_id = ctx.centre() and k.id in (select id from given))
    select id from at
    union select m.id from vn.meeting m where m.centre_id = ctx.centre() and m.company_id in (select id from at)
    union select r.id from vn.visit_report r where r.centre_id = ctx.centre() and r.company_id in (select id from at)`.execute(tx);
  const all = any(
    found.rows.map(({ id }) => id),
    'uuid',
  );
  return sql`(a.of_company = ${all} or a.of_contact = ${all} or a.of_person = ${all} or a.of_meeting = ${all} or a.of_report = ${all})`;
}

export async function listAccess(context: Context, { query }: InputOf<typeof contract.listAccess>): Promise<OutputOf<typeof contract.listAccess>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const { zone } = context.actor;
  const start = query.from === undefined ? null : instantOf(zone, query.from, '00:00');
  const end = query.to === undefined ? null : instantOf(zone, shiftDay(query.to, 1), '00:00');
  return protecting(context, async () => {
    const about = query.about === undefined ? null : await linesAbout(context.tx, [query.about]);
    const found = await sql<{ id: string; at: string; person: string | null; endpoint: string; params: Record<string, string> | null }>`
      select a.id, a.at, p.name person, a.endpoint, a.about -> 'params' params from vn.access_log a left join vn.people() p on p.id = a.person_id
       where a.centre_id = ctx.centre() and (${query.by ?? null}::uuid is null or a.person_id = ${query.by ?? null}::uuid)
         and (${start === null ? null : new Date(start).toISOString()}::timestamptz is null or a.at >= ${start === null ? null : new Date(start).toISOString()}::timestamptz)
         and (${end === null ? null : new Date(end).toISOString()}::timestamptz is null or a.at < ${end === null ? null : new Date(end).toISOString()}::timestamptz)
         and ${about ?? sql`true`}
         and ${after === null ? sql`true` : sql`(a.at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
       order by a.at desc, a.id desc limit ${query.limit + 1}`.execute(context.tx);
    const page = pageFrom(found.rows, query.limit, (last) => [new Date(last.at).toISOString(), last.id]);
    const names = await namesOf(
      context.tx,
      page.items.flatMap(({ params }) => Object.values(params ?? {})),
    );
    return {
      items: page.items.map(({ id, at, person, endpoint, params }) => ({
        id,
        at: new Date(at).toISOString(),
        person: person ?? '–',
        endpoint,
        about: Object.values(params ?? {}).flatMap((each) => names.get(each) ?? []),
      })),
      next: page.next,
    };
  });
}

/** What ids of the access log stand for, in words. */
async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => z.guid().safeParse(id).success))];
  const found = await sql<{ id: string; name: string }>`
    select c.id, c.name from vn.company c where c.id = ${any(known, 'uuid')}
    union all select p.id, p.name from vn.people() p where p.id = ${any(known, 'uuid')}
    union all select k.id, k.name from vn.contact k where k.centre_id = ctx.centre() and k.id = ${any(known, 'uuid')}
    union all select m.id, c.name from vn.meeting m join vn.company c on c.id = m.company_id where m.centre_id = ctx.centre() and m.id = ${any(known, 'uuid')}
    union all select r.id, c.name from vn.visit_report r join vn.company c on c.id = r.company_id where r.centre_id = ctx.centre() and r.id = ${any(known, 'uuid')}
    union all select f.id, f.name from vn.visit_file f where f.centre_id = ctx.centre() and f.id = ${any(known, 'uuid')}
    union all select e.id, e.title from vn.event e where e.centre_id = ctx.centre() and e.id = ${any(known, 'uuid')}
    union all select k.id, coalesce(nullif(k.title, ''), o.title) from vn.class k join vn.course o on o.centre_id = k.centre_id and o.id = k.course_id where k.centre_id = ctx.centre() and k.id = ${any(known, 'uuid')}`.execute(
    tx,
  );
  return new Map(found.rows.map(({ id, name: text }) => [id, text]));
}

// ---- The record ----------------------------------------------------------------------------------------------------------------------------------

export async function record(context: Context): Promise<OutputOf<typeof contract.readRecord>> {
  const settings = await protecting(context, () => monthsNow(context.tx));
  return kinds.flatMap((kind) => {
    const tables = register.filter((table) => table.kind === kind);
    const others = Object.values(beside).filter((each) => each.kind === kind);
    const rules = clockRules.filter((rule) => rule.kind === kind);
    if (tables.length + others.length + rules.length === 0) return [];
    return [
      {
        kind,
        about: [...new Set([...tables, ...others].map(({ about }) => about))],
        columns: tables.reduce((sum, table) => sum + Object.keys(table.columns).length, 0) + others.reduce((sum, { columns }) => sum + columns.length, 0),
        months: rules.map((rule) => settings.get(rule.clock)?.months ?? rule.months),
        erasing: [...new Set(tables.map(({ erase }) => erase))],
      },
    ];
  });
}

export async function readText(context: Context, { params, query }: InputOf<typeof contract.readText>): Promise<AsyncIterable<string>> {
  const { tx } = context;
  const centre = await tx.selectFrom('centre').select('name').where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  const schools = await sql<{ name: string; town: string }>`select s.name, s.town from vn.school s where s.centre_id = ${centreOf(context)} order by s.name collate "da-x-icu"`.execute(tx);
  const processors = await sql<{ name: string }>`select o.name from vn.organisation o where o.centre_id = ${centreOf(context)} order by o.name collate "da-x-icu"`.execute(tx);
  const text = textOf(params.text, query.language, {
    centre: centre.name,
    day: context.today,
    schools: schools.rows,
    processors: processors.rows.map((row) => row.name),
    record: await record(context),
  });
  context.nameDownload(`${params.text}.md`);
  return (async function* () {
    yield text;
  })();
}
