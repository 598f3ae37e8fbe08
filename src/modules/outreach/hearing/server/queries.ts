import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { cell } from '../../../../kit/disclosure.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { ownMatches } from '../../../companies/own-lists/server/public.ts';
import type { downloadHearing, Hearing, Listed, listForwards, listHearingCompanies, readAnswers, readHearing } from '../contract.ts';
import * as contract from '../contract.ts';
import { resultIsShown } from '../rules.ts';

interface Row {
  campaign_id: string;
  name: string;
  goal: string;
  hearing_deadline: string;
  hearing_closed_at: string | null;
  ended_at: string | null;
  answered_at: string | null;
  schools: number;
  all: number;
  struck: number;
  kept: number;
  matched: number;
  available: number;
  threshold: number;
}

/** Companies of a list whose school has them on its own list, found by number; by name is a guess that somebody must look at. */
const listedIn = (centre: string, campaign: RawBuilder<unknown>) => sql`
  select t.company_id, c.cvr, c.name, coalesce(u.postcode, c.postcode) postcode from vn.target t join vn.company c on c.id = t.company_id left join vn.unit u on u.id = t.unit_id
   where t.centre_id = ${centre} and t.campaign_id = ${campaign}`;

/** A hat without a school (a consultant whom the centre employs) hears nothing. Without `matched` the school's own list, which takes most of the time, is left out. */
async function rows(context: Context, also: RawBuilder<unknown>, matched = true): Promise<Row[]> {
  const centre = centreOf(context);
  const school = context.actor.schoolId;
  const found = await sql<Row>`
    select k.id campaign_id, k.name, k.goal, k.hearing_deadline, k.hearing_closed_at, k.ended_at, h.answered_at, (select small_cell from vn.outreach_settings()) threshold,
      (select count(*)::int from vn.school s where s.centre_id = k.centre_id and vn.school_here(s.id, ${context.today}::date)) schools,
      t."all", t.available, m.struck, m.kept,
      ${
        matched
          ? sql`(select count(*)::int from (${ownMatches(centre, school, listedIn(centre, sql`k.id`))}) o
         where not exists (select from vn.hearing_mark x where x.centre_id = k.centre_id and x.campaign_id = k.id and x.company_id = o.company_id and x.school_id = h.school_id))`
          : sql`0`
      } matched
      from vn.hearing h join vn.campaign k on k.centre_id = h.centre_id and k.id = h.campaign_id
      cross join lateral (select count(*)::int "all", count(*) filter (where t.available)::int available from vn.target t where t.centre_id = k.centre_id and t.campaign_id = k.id) t
      cross join lateral (select count(*) filter (where m.struck)::int struck, count(*) filter (where not m.struck)::int kept from vn.hearing_mark m
                           where m.centre_id = k.centre_id and m.campaign_id = k.id and m.school_id = h.school_id) m
     where h.centre_id = ${centre} and h.school_id = ${school} and ${also}
     order by k.hearing_closed_at is not null, k.hearing_deadline, k.id limit 200`.execute(context.tx);
  return found.rows;
}

function shaped(context: Context, row: Row): Hearing {
  const open = row.hearing_closed_at === null && row.ended_at === null && new Date(row.hearing_deadline) > context.now;
  return {
    campaign: row.campaign_id as Hearing['campaign'],
    name: row.name,
    goal: row.goal,
    deadline: row.hearing_deadline,
    closedAt: row.hearing_closed_at,
    answeredAt: row.answered_at,
    companies: { all: row.all, struck: row.struck, kept: row.kept, unseen: row.all - row.struck - row.kept, matched: row.matched },
    unworked: row.hearing_closed_at !== null && resultIsShown(row.schools) ? cell(row.available, row.threshold) : null,
    can: { mark: open, answer: open && row.answered_at === null },
  };
}

export const hearings = async (context: Context): Promise<Hearing[]> => (await rows(context, sql`k.ended_at is null`)).map((row) => shaped(context, row));

export async function hearingOf(context: Context, campaign: string): Promise<Hearing> {
  const [row] = await rows(context, sql`k.id = ${campaign}`);
  if (row === undefined) throw problem('not_found');
  return shaped(context, row);
}

/** @throws Problem not_found where the own school is not asked */
export async function mayMark(context: Context, campaign: string): Promise<boolean> {
  const [row] = await rows(context, sql`k.id = ${campaign}`, false);
  if (row === undefined) throw problem('not_found');
  return shaped(context, row).can.mark;
}

export const readHearingOf = (context: Context, { params }: InputOf<typeof readHearing>) => hearingOf(context, params.campaign);

interface ListedRow {
  id: string;
  cvr: string;
  name: string;
  address: string | null;
  town: string | null;
  industry: string | null;
  size: Listed['size'];
  struck: boolean | null;
  reason: Listed['reason'];
  known_by: string | null;
  how: 'cvr' | 'p_number' | 'name' | null;
  match_note: string | null;
  match_known_by: string | null;
  available: boolean | null;
  place: number;
}

const list = (context: Context, campaign: string, also: RawBuilder<unknown>, limit: number | null) => sql<ListedRow>`
  with own as materialized (select jsonb_object_agg(o.company_id, jsonb_build_array(o.how, o.note, o.known_by)) found
                              from (${ownMatches(centreOf(context), context.actor.schoolId, listedIn(centreOf(context), sql`${campaign}::uuid`))}) o)
  select * from (
    select c.id, c.cvr, c.name, coalesce(u.address, c.address) address, coalesce(u.town, c.town) town, t.facts->'industry'->>'text' industry, nullif(t.facts->'size', 'null') size,
           m.struck, m.reason, m.known_by, o.found ->> 0 how, o.found ->> 1 match_note, o.found ->> 2 match_known_by, t.available, c.search, case when o.found is not null and m.company_id is null then 0 else 1 end place
      from vn.target t join vn.company c on c.id = t.company_id left join vn.unit u on u.id = t.unit_id
      cross join lateral (select (select own.found from own) -> t.company_id::text found) o
      left join vn.hearing_mark m on m.centre_id = t.centre_id and m.campaign_id = t.campaign_id and m.company_id = t.company_id and m.school_id = ${context.actor.schoolId}
     where t.centre_id = ${centreOf(context)} and t.campaign_id = ${campaign}) l
   where ${also} order by l.place, l.name collate "da-x-icu", l.id ${limit === null ? sql`` : sql`limit ${limit}`}`;

const shows = { all: sql`true`, unseen: sql`l.struck is null`, matched: sql`l.how is not null and l.struck is null`, struck: sql`l.struck`, kept: sql`not l.struck` };

export async function hearingCompanies(context: Context, { params, query }: InputOf<typeof listHearingCompanies>): Promise<OutputOf<typeof listHearingCompanies>> {
  const [hearing] = await rows(context, sql`k.id = ${params.campaign}`, false);
  if (hearing === undefined) throw problem('not_found');
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([z.number().int(), z.string(), z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const parts = [shows[query.show]];
  for (const word of (query.search ?? '').toLowerCase().split(/\s+/)) if (word !== '') parts.push(sql`l.search like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`);
  if (after !== null) parts.push(sql`(l.place, l.name collate "da-x-icu", l.id) > (${after[0]}::int, ${after[1]} collate "da-x-icu", ${after[2]}::uuid)`);
  const found = await list(context, params.campaign, sql.join(parts, sql` and `), query.limit + 1).execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.place, last.name, last.id]);
  const told = hearing.hearing_closed_at !== null && resultIsShown(hearing.schools);
  return {
    items: page.items.map((row) => ({
      id: row.id as Listed['id'],
      cvr: row.cvr,
      name: row.name,
      address: row.address,
      town: row.town,
      industry: row.industry,
      size: row.size,
      mark: row.struck === null ? null : row.struck ? 'struck' : 'kept',
      reason: row.reason,
      knownBy: row.known_by,
      match: row.how === null ? null : { how: row.how, note: row.match_note, knownBy: row.match_known_by },
      available: told ? row.available : null,
    })),
    next: page.next,
  };
}

export async function hearingFile(context: Context, { params }: InputOf<typeof downloadHearing>): Promise<string> {
  const hearing = await hearingOf(context, params.campaign);
  const found = await list(context, params.campaign, sql`true`, null).execute(context.tx);
  context.nameDownload(`${hearing.name} - ${found.rows.length}.csv`);
  async function* lines() {
    yield csvStart + csvLines([['cvr', 'navn', 'adresse', 'by', 'branche', 'hos jer', 'grund', 'kendt af']]);
    for (const row of found.rows)
      yield csvLines([[row.cvr, row.name, row.address, row.town, row.industry, row.struck === null ? null : row.struck ? 'streget' : 'beholdt', row.reason, row.known_by ?? row.match_known_by]]);
  }
  return lines() as unknown as string; // a download's output is the text of the file, piece by piece
}

/** Companies with a number on the own list and no mark yet: what "all of them" means. */
export async function matchedUnseen(context: Context, campaign: string): Promise<string[]> {
  const found = await list(context, campaign, sql`l.how in ('cvr', 'p_number') and l.struck is null`, 5000).execute(context.tx);
  return found.rows.map(({ id }) => id);
}

export async function answers(context: Context, { params }: InputOf<typeof readAnswers>): Promise<OutputOf<typeof readAnswers>> {
  const centre = centreOf(context);
  const campaign = await context.tx.selectFrom('campaign').select(['hearing_deadline', 'hearing_closed_at']).where('centre_id', '=', centre).where('id', '=', params.campaign).executeTakeFirst();
  if (campaign === undefined) throw problem('not_found');
  const schools = await sql<{ id: string; name: string; answered_at: string | null; reminded_at: string | null; struck: number; kept: number }>`
    select s.id, s.name, h.answered_at, h.reminded_at, count(m.*) filter (where m.struck)::int struck, count(m.*) filter (where not m.struck)::int kept
      from vn.hearing h join vn.school s on s.centre_id = h.centre_id and s.id = h.school_id
      left join vn.hearing_mark m on m.centre_id = h.centre_id and m.campaign_id = h.campaign_id and m.school_id = h.school_id
     where h.centre_id = ${centre} and h.campaign_id = ${params.campaign} group by s.id, s.name, h.answered_at, h.reminded_at order by s.name collate "da-x-icu"`.execute(context.tx);
  const counts = await sql<{ all: number; struck: number }>`
    select (select count(*)::int from vn.target t where t.centre_id = ${centre} and t.campaign_id = ${params.campaign}) "all",
           (select count(distinct m.company_id)::int from vn.hearing_mark m where m.centre_id = ${centre} and m.campaign_id = ${params.campaign} and m.struck) struck`.execute(context.tx);
  const { all = 0, struck = 0 } = counts.rows[0] ?? {};
  return {
    deadline: campaign.hearing_deadline,
    closedAt: campaign.hearing_closed_at,
    schools: schools.rows.map((row) => ({
      schoolId: row.id as OutputOf<typeof readAnswers>['schools'][number]['schoolId'],
      school: row.name,
      answeredAt: row.answered_at,
      remindedAt: row.reminded_at,
      struck: row.struck,
      kept: row.kept,
    })),
    companies: { all, struck, left: all - struck },
  };
}

export async function forwards(context: Context, { params }: InputOf<typeof listForwards>): Promise<OutputOf<typeof listForwards>> {
  await hearingOf(context, params.campaign);
  const found = await sql<{ id: string; name: string; by: string | null; created_at: string; ended_at: string | null; struck: number }>`
    select f.id, f.name, vn.person_name(f.created_by) "by", f.created_at, f.ended_at,
           (select count(*)::int from vn.hearing_mark m where m.centre_id = f.centre_id and m.campaign_id = f.campaign_id and m.school_id = f.school_id and m.forward_id = f.id and m.struck) struck
      from vn.hearing_forward f where f.centre_id = ${centreOf(context)} and f.campaign_id = ${params.campaign} order by f.created_at, f.id`.execute(context.tx);
  return found.rows.map((row) => ({
    id: row.id as OutputOf<typeof listForwards>[number]['id'],
    name: row.name,
    by: row.by,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    struck: row.struck,
  }));
}

interface Opened {
  colleague: string;
  campaign: string;
  goal: string;
  school: string;
  centre: string;
  deadline: string;
  companies: number;
  struck: number;
}

/** What a colleague's link opens; nothing of it depends on other schools. */
export async function opened({ tx }: Context, hash: Uint8Array): Promise<Opened | undefined> {
  const found = await sql<Opened>`select colleague, campaign, goal, school, centre, deadline, companies, struck from vn.open_forward(${hash})`.execute(tx);
  return found.rows[0];
}

/** The secret of a link as the database knows it. */
export async function hashOf(token: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
}

export async function openForwarded(context: Context, { body }: InputOf<typeof contract.openForward>): Promise<OutputOf<typeof contract.openForward>> {
  const found = await opened(context, await hashOf(body.token));
  if (found === undefined) throw refuse(contract.openForward, 'link_spent');
  return found;
}

export async function forwarded(context: Context, { body }: InputOf<typeof contract.listForwarded>): Promise<OutputOf<typeof contract.listForwarded>> {
  const hash = await hashOf(body.token);
  if ((await opened(context, hash)) === undefined) throw refuse(contract.listForwarded, 'link_spent');
  const after = body.cursor === null ? null : fromCursor(body.cursor, z.tuple([z.string(), z.guid()]));
  if (body.cursor !== null && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const search = body.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
    .join(' ');
  const found = await sql<{ id: string; name: string; cvr: string; address: string | null; town: string | null; struck: boolean }>`
    select * from vn.forwarded_companies(${hash}, ${search === '' ? null : search}, ${after?.[0] ?? null}, ${after?.[1] ?? null}, 51)`.execute(context.tx);
  const page = pageFrom(found.rows, 50, (last) => [last.name, last.id]);
  return { items: page.items.map((row) => ({ ...row, id: row.id as OutputOf<typeof contract.listForwarded>['items'][number]['id'] })), next: page.next };
}
