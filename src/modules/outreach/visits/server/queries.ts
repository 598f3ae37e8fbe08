import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { calendarDay, localTime } from '../../../../kit/calendar-day.ts';
import { cell } from '../../../../kit/disclosure.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { needsFrom } from '../../../companies/needs/server/public.ts';
import { tasksFrom } from '../../tasks/server/public.ts';
import * as contract from '../contract.ts';
import { quarterOf, quartersBefore } from '../rules.ts';

type Draft = contract.Draft;
type Report = contract.Report;

interface DraftRow {
  id: string;
  source: Draft['source'];
  content: Draft['content'];
  written_at: string;
  version: number;
  company_id: string | null;
  company: string | null;
  town: string | null;
}

const draftRows = (context: Context, draft: string | null) =>
  sql<DraftRow>`
    select d.id, d.source, d.content, d.written_at, d.version, k.id company_id, k.name company, k.town
      from vn.visit_draft d left join vn.relation r on r.centre_id = d.centre_id and r.company_id = (d.content ->> 'company')::uuid left join vn.company k on k.id = r.company_id
     where d.centre_id = ${centreOf(context)} and d.person_id = ${personOf(context)} and (${draft}::uuid is null or d.id = ${draft}::uuid)
     order by d.written_at desc, d.id limit 200`.execute(context.tx);

const companyOf = (row: DraftRow): Draft['company'] => (row.company_id === null ? null : { id: row.company_id as NonNullable<Draft['company']>['id'], name: row.company ?? '', town: row.town });

/** The own draft, or null. */
export async function draftOf(context: Context, id: string): Promise<Draft | null> {
  const [row] = (await draftRows(context, id)).rows;
  if (row === undefined) return null;
  const files = await context.tx
    .selectFrom('visit_file')
    .select(['id', 'name', 'bytes'])
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .where('draft_id', '=', id)
    .where('report_id', 'is', null)
    .orderBy('id')
    .execute();
  return {
    id: row.id as Draft['id'],
    source: row.source,
    content: row.content,
    company: companyOf(row),
    files: files as Draft['files'],
    writtenAt: row.written_at,
    version: row.version,
  };
}

export async function draftById(context: Context, { params }: InputOf<typeof contract.readDraft>): Promise<Draft> {
  const draft = await draftOf(context, params.draft);
  if (draft === null) throw problem('not_found');
  return draft;
}

export async function drafts(context: Context): Promise<OutputOf<typeof contract.listDrafts>> {
  return (await draftRows(context, null)).rows.map((row) => ({
    id: row.id as Draft['id'],
    source: row.source,
    company: companyOf(row),
    writtenAt: row.written_at,
    version: row.version,
    visitedOn: row.content.visitedOn,
    meeting: row.content.meeting,
  }));
}

interface ReportRow {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  meeting_id: string | null;
  person_id: string;
  person: string | null;
  school: string | null;
  visited_on: string;
  kind: Report['kind'];
  about: string;
  agreed: string;
  topics: Report['topics'];
  barriers: Report['barriers'];
  people: Report['people'];
  partner: string | null;
  minutes: number | null;
  km: number | null;
  sent_at: string;
  version: number;
}

const reportRows = (context: Context, where: RawBuilder<boolean>, limit: number) =>
  sql<ReportRow>`
    select r.id, r.company_id, k.name company, k.town, r.meeting_id, r.person_id, vn.person_name(r.person_id) person, s.name school, r.visited_on::text, r.kind, r.about, r.agreed, r.topics, r.barriers,
        r.people, r.partner, r.minutes, r.km, r.sent_at, r.version
      from vn.visit_report r join vn.company k on k.id = r.company_id left join vn.school s on s.centre_id = r.centre_id and s.id = r.school_id
     where r.centre_id = ${centreOf(context)} and ${where} order by r.visited_on desc, r.id desc limit ${limit}`.execute(context.tx);

const heading = (row: ReportRow) => ({
  id: row.id as Report['id'],
  company: { id: row.company_id as Report['company']['id'], name: row.company, town: row.town },
  visitedOn: row.visited_on,
  kind: row.kind,
  topics: row.topics,
  by: { id: row.person_id as Report['by']['id'], name: row.person ?? '', school: row.school },
});

const excerpt = (text: string) =>
  text.length > 240
    ? `${text
        .slice(0, 240)
        .replace(/\s\S*$/, '')
        .trimEnd()} …`
    : text;

/** A word as a pattern that finds it inside longer ones; its own signs mean nothing. */
const pattern = (word: string) => `%${word.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export async function reports(context: Context, { query }: InputOf<typeof contract.listReports>): Promise<OutputOf<typeof contract.listReports>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([calendarDay, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const words = (query.words ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
  const conditions = [
    ...(query.company === undefined ? [] : [sql<boolean>`r.company_id = ${query.company}`]),
    ...(query.topic === undefined ? [] : [sql<boolean>`${query.topic} = any (r.topics)`]),
    ...(query.kind === undefined ? [] : [sql<boolean>`r.kind = ${query.kind}`]),
    ...(query.from === undefined ? [] : [sql<boolean>`r.visited_on >= ${query.from}::date`]),
    ...(query.to === undefined ? [] : [sql<boolean>`r.visited_on <= ${query.to}::date`]),
    ...(query.mine === undefined ? [] : [sql<boolean>`r.person_id = ${personOf(context)}`]),
    ...(words.length === 0 ? [] : [sql<boolean>`r.id in (with found as materialized (select f from vn.found_reports(${sql.val(words.map(pattern))}::text[]) f) select f from found)`]),
    ...(after === null ? [] : [sql<boolean>`(r.visited_on, r.id) < (${after[0]}::date, ${after[1]}::uuid)`]),
  ];
  const found = await reportRows(context, conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`, query.limit + 1);
  const page = pageFrom(found.rows, query.limit, (last) => [last.visited_on, last.id]);
  const needs = await needsFrom(
    context,
    page.items.map(({ id }) => id),
  );
  return { items: page.items.map((row) => ({ ...heading(row), about: excerpt(row.about || row.agreed), needs: (needs.get(row.id) ?? []).map(({ what }) => what) })), next: page.next };
}

/** @throws not_found */
export async function reportById(context: Context, id: string): Promise<Report> {
  const centre = centreOf(context);
  const { actor } = context;
  const [row] = (await reportRows(context, sql<boolean>`r.id = ${id}`, 1)).rows;
  if (row === undefined) throw problem('not_found');
  const offers = await sql<{ need_id: string; school_id: string | null; school: string | null; what: string }>`
    select o.need_id, o.school_id, s.name school, o.what from vn.visit_offer o left join vn.school s on s.centre_id = o.centre_id and s.id = o.school_id
     where o.centre_id = ${centre} and o.report_id = ${id} order by o.place`.execute(context.tx);
  const notes = await sql<{ text: string; by: string | null; version: number }>`
    select text, vn.person_name(person_id) "by", version from vn.report_note where centre_id = ${centre} and report_id = ${id} and school_id = ${actor.schoolId}::uuid`.execute(context.tx);
  const files = await context.tx.selectFrom('visit_file').select(['id', 'name', 'bytes']).where('centre_id', '=', centre).where('report_id', '=', id).orderBy('id').execute();
  const consults = actor.roles.includes('consultant');
  const own = row.person_id === actor.personId;
  const [note] = notes.rows;
  return {
    ...heading(row),
    about: row.about,
    meeting: row.meeting_id as Report['meeting'],
    needs: (await needsFrom(context, [id])).get(id) ?? [],
    offers: offers.rows.map((each) => ({
      need: each.need_id as Report['offers'][number]['need'],
      school: each.school_id === null ? null : { id: each.school_id as NonNullable<Report['offers'][number]['school']>['id'], name: each.school ?? '' },
      what: each.what,
    })),
    barriers: row.barriers,
    people: row.people,
    agreed: row.agreed,
    partner: row.partner,
    tasks: (await tasksFrom(context, [id])).get(id) ?? [],
    effort: own ? { minutes: row.minutes, km: row.km } : null,
    note: note === undefined ? null : { text: note.text, by: note.by ?? '', version: note.version },
    files: files as Report['files'],
    sentAt: row.sent_at,
    version: row.version,
    can: { correct: own && consults, note: consults && actor.schoolId !== null },
  };
}

export const report = (context: Context, { params }: InputOf<typeof contract.readReport>): Promise<Report> => reportById(context, params.report);

/** The report that came out of a draft of one's own. */
export async function reportFrom(context: Context, draft: string): Promise<string | null> {
  const found = await context.tx
    .selectFrom('visit_report')
    .select('id')
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .where('draft_id', '=', draft)
    .executeTakeFirst();
  return found?.id ?? null;
}

export async function visitFile(context: Context, { params }: InputOf<typeof contract.readVisitFile>): Promise<string> {
  const found = await context.tx.selectFrom('visit_file').select(['name', 'content']).where('centre_id', '=', centreOf(context)).where('id', '=', params.file).executeTakeFirst();
  if (found === undefined) throw problem('not_found');
  context.nameDownload(found.name);
  // The platform sends what a download yields; its answer has no other shape.
  return (async function* () {
    yield found.content;
  })() as unknown as string;
}

export async function visitForm(context: Context, { query }: InputOf<typeof contract.readVisitForm>): Promise<OutputOf<typeof contract.readVisitForm>> {
  const centre = centreOf(context);
  type Form = OutputOf<typeof contract.readVisitForm>;
  const schools = await sql<Form['schools'][number]>`
    select s.id, s.name, s.town, d.km, s.core_competences strengths from vn.school s
      left join vn.school_distances(${query.company ?? null}::uuid) d on d.school_id = s.id
     where s.centre_id = ${centre} and vn.school_here(s.id, ${context.today}::date) order by d.km nulls last, s.name collate "da-x-icu", s.id`.execute(context.tx);
  const colleagues = await sql<Form['colleagues'][number]>`
    select distinct on (m.person_id) m.person_id id, vn.person_name(m.person_id) "name", s.name school
      from vn.membership m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
     where m.centre_id = ${centre} and m.role = 'consultant' and m.during @> ${context.today}::date order by m.person_id, s.name nulls last`.execute(context.tx);
  const byName = new Intl.Collator('da');
  return { schools: schools.rows, colleagues: colleagues.rows.filter(({ name }) => name !== null).sort((a, b) => byName.compare(a.name, b.name)) };
}

interface OwedRow {
  meeting_id: string;
  company_id: string;
  company: string;
  town: string | null;
  ended: string;
  consultant_id: string;
  consultant: string | null;
  school: string | null;
  reminders: number;
}

/** Meetings that are over and have no report (row 7.13), the oldest first, with how many days they are over. */
export async function owed(context: Context, sinceDays: number): Promise<(OwedRow & { days: number })[]> {
  const since = new Date(context.now.getTime() - sinceDays * 86_400_000).toISOString();
  const found = await sql<OwedRow>`
    select o.meeting_id, o.company_id, k.name company, k.town, o.ended, o.consultant_id, vn.person_name(o.consultant_id) consultant, s.name school, o.reminders
      from vn.owed_reports(${since}) o join vn.company k on k.id = o.company_id left join vn.school s on s.centre_id = ${context.actor.centreId} and s.id = o.school_id
     order by o.ended, o.meeting_id`.execute(context.tx);
  const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  return found.rows.map((row) => ({ ...row, days: dayNumber(context.today) - dayNumber(localTime(context.actor.zone, new Date(row.ended)).day) }));
}

export async function owedReports(context: Context): Promise<OutputOf<typeof contract.listOwedReports>> {
  type Owed = OutputOf<typeof contract.listOwedReports>[number];
  return (await owed(context, 365)).map((row) => ({
    meeting: row.meeting_id as Owed['meeting'],
    company: { id: row.company_id as Owed['company']['id'], name: row.company, town: row.town },
    endedAt: row.ended,
    by: { id: row.consultant_id as Owed['by']['id'], name: row.consultant ?? '', school: row.school },
    days: row.days,
  }));
}

export async function effort(context: Context, { params }: InputOf<typeof contract.readEffort>): Promise<OutputOf<typeof contract.readEffort>> {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const found = await sql<OutputOf<typeof contract.readEffort>>`select calls, visits, minutes, km, first::text from vn.company_effort(${params.company})`.execute(context.tx);
  return found.rows[0] ?? { calls: 0, visits: 0, minutes: 0, km: 0, first: null };
}

export async function barriers(context: Context, { query }: InputOf<typeof contract.readBarriers>): Promise<OutputOf<typeof contract.readBarriers>> {
  const running = quarterOf(context.today);
  const quarter = query.quarter === undefined ? (quartersBefore(context.today, 1)[0] ?? '') : quarterOf(query.quarter);
  if (quarter >= running) throw problem('invalid', { fields: [{ path: 'quarter', code: 'not_over' }] });
  const found = await sql<{ code: string; employees: boolean; companies: number }>`select code, employees, companies from vn.count_barriers(${quarter}::date)`.execute(context.tx);
  const settings = await sql<{ threshold: number }>`select small_cell threshold from vn.outreach_settings()`.execute(context.tx);
  const threshold = settings.rows[0]?.threshold ?? 5;
  const count = (code: string, employees: boolean) => found.rows.find((row) => row.code === code && row.employees === employees)?.companies ?? 0;
  return {
    quarter,
    threshold,
    companies: contract.companyBarriers.map((code) => ({ code, companies: count(code, false) })),
    // Each stands alone, without a total: companies may have several, so no cell can be computed from the others.
    employees: contract.employeeBarriers.map((code) => ({ code, companies: cell(count(code, true), threshold) })),
  };
}
