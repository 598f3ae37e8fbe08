import { sql } from 'kysely';
import { addMonths } from '../../../../kit/calendar-day.ts';
import { cells } from '../../../../kit/disclosure.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { KeepUp, listKeepUps, readLeadTimes } from '../contract.ts';
import { monthsBetween, spanOf, timeSpans } from '../rules.ts';

/** @throws not_found for a company that the centre does not know */
export async function keepUpOf(context: Context, company: string): Promise<KeepUp> {
  const found = await sql<{
    first: string | null;
    use_day: string | null;
    use_what: string | null;
    person_id: string | null;
    person: string | null;
    every_months: number;
    next_on: string;
    why: string;
    version: number | null;
  }>`
    select e.first::text, u.on_day::text use_day, u.what use_what, p.person_id, vn.person_name(p.person_id) person, p.every_months, p.next_on::text, p.why, p.version
      from vn.relation r cross join vn.company_effort(r.company_id) e
      left join vn.first_use u on u.centre_id = r.centre_id and u.company_id = r.company_id left join vn.keep_up p on p.centre_id = r.centre_id and p.company_id = r.company_id
     where r.centre_id = ${centreOf(context)} and r.company_id = ${company}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  type Plan = NonNullable<KeepUp['plan']>;
  return {
    first: row.first,
    firstUse: row.use_day === null ? null : { day: row.use_day, what: row.use_what ?? '' },
    months: row.first === null || row.use_day === null ? null : monthsBetween(row.first, row.use_day),
    plan: row.person_id === null ? null : { person: { id: row.person_id as Plan['person']['id'], name: row.person ?? '' }, everyMonths: row.every_months, nextOn: row.next_on, why: row.why },
    version: row.version ?? 0,
  };
}

export async function keepUps(context: Context): Promise<OutputOf<typeof listKeepUps>> {
  type Listed = OutputOf<typeof listKeepUps>[number];
  const found = await sql<{ company_id: string; company: string; next_on: string; why: string; version: number }>`
    select p.company_id, k.name company, p.next_on::text, p.why, p.version from vn.keep_up p join vn.company k on k.id = p.company_id
     where p.centre_id = ${centreOf(context)} and p.person_id = ${personOf(context)} order by p.next_on, p.company_id limit 500`.execute(context.tx);
  return found.rows.map((row) => ({
    company: { id: row.company_id as Listed['company']['id'], name: row.company },
    nextOn: row.next_on,
    why: row.why,
    due: row.next_on <= context.today,
    version: row.version,
  }));
}

export async function leadTimes(context: Context): Promise<OutputOf<typeof readLeadTimes>> {
  const found = await sql<{ quarter: string; months: number | null; companies: number }>`
    select quarter::text, months, companies from vn.lead_times(${addMonths(context.today, -36)}::date) order by quarter desc`.execute(context.tx);
  const settings = await sql<{ small_cell: number }>`select small_cell from vn.outreach_settings()`.execute(context.tx);
  const threshold = settings.rows[0]?.small_cell ?? 5;
  const exact = context.actor.roles.some((role) => role === 'consultant' || role === 'coordinator');
  const quarters = [...Map.groupBy(found.rows, ({ quarter }) => quarter)].map(([quarter, rows]) => {
    const counts = timeSpans.map((span) => rows.filter(({ months }) => spanOf(months) === span).reduce((sum, { companies }) => sum + companies, 0));
    const shown = exact ? { cells: counts, total: counts.reduce((sum, count) => sum + count, 0) } : cells(counts, threshold);
    return { quarter, companies: shown.total, spans: timeSpans.map((span, at) => ({ span, companies: shown.cells[at] ?? null })) };
  });
  return { exact, threshold, quarters };
}
