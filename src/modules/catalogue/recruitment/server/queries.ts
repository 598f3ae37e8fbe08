import { type RawBuilder, sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { isWorkingDay } from '../../../../platform/holidays.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { nextRuns } from '../rules.ts';

type Need = contract.RecruitmentNeed;
type Row = Omit<Need, 'can'>;

const rows = (context: Context, where: RawBuilder<unknown>) =>
  sql<Row>`
    select n.id, json_build_object('id', n.company_id, 'name', k.name) jobcentre, n.trade, n.for_whom "forWhom", n.people::int, n.earliest::text, n.learn,
           case when n.stopped_on is not null then 'stopped' when n.course_id is not null then 'running' else 'open' end state, n.made_by is null "byLink", (n.made_at at time zone ${context.actor.zone})::date::text "madeOn",
           case when n.course_id is not null then json_build_object('course', json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired), 'school', json_build_object('id', s.id, 'name', s.name),
             'weeks', n.weeks, 'runsAYear', n.runs_a_year, 'seats', n.seats, 'minimum', n.minimum, 'maximum', n.maximum, 'starts', to_char(n.starts_at, 'HH24:MI'), 'ends', to_char(n.ends_at, 'HH24:MI')) end plan,
           (select min(l.starts)::text from vn.recruitment_run r join vn.class l on l.centre_id = r.centre_id and l.id = r.class_id where r.centre_id = n.centre_id and r.need_id = n.id and l.state <> 'cancelled' and l.starts > ${context.today}::date) coming,
           case when n.stopped_on is not null then json_build_object('on', n.stopped_on, 'because', n.stopped_because) end stopped, n.version
      from vn.recruitment_need n join vn.company k on k.id = n.company_id left join vn.course c on c.centre_id = n.centre_id and c.id = n.course_id left join vn.school s on s.centre_id = n.centre_id and s.id = n.school_id
     where n.centre_id = ${centreOf(context)} and ${where} order by n.stopped_on is not null, n.course_id is not null, n.made_at desc, n.id limit 300`.execute(context.tx);

/** Whether somebody plans classes for a school. */
export const plansFor = ({ actor }: Pick<Context, 'actor'>, school: string): boolean => actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school);

function shown(context: Context, row: Row): Need {
  const { actor } = context;
  const going = row.state !== 'stopped';
  const plans = row.plan === null ? actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId !== null) : plansFor(context, row.plan.school.id);
  return { ...row, can: { edit: going, plan: going && plans, run: going && row.plan !== null && plans, stop: going && plans } };
}

export async function listRecruitmentNeeds(context: Context, { query }: InputOf<typeof contract.listRecruitmentNeeds>): Promise<Need[]> {
  const found = await rows(context, sql`true`);
  return found.rows.map((row) => shown(context, row)).filter(({ state }) => query.state === undefined || state === query.state);
}

/** When the next runs would be, after those that are planned and not called off. */
export async function suggested(context: Context, it: Need, count: number) {
  if (it.plan === null || it.state === 'stopped') return [];
  const found = await sql<{ starts: string; ends: string }>`
    select l.starts::text, l.ends::text from vn.recruitment_run r join vn.class l on l.centre_id = r.centre_id and l.id = r.class_id
     where r.centre_id = ${centreOf(context)} and r.need_id = ${it.id} and l.state <> 'cancelled' order by l.starts desc limit 1`.execute(context.tx);
  return nextRuns({ weeks: it.plan.weeks, runsAYear: it.plan.runsAYear, earliest: it.earliest, last: found.rows[0] ?? null }, count, context.today, isWorkingDay);
}

/** @throws not_found */
export async function needById(context: Context, id: string): Promise<Need> {
  const [row] = (await rows(context, sql`n.id = ${id}`)).rows;
  if (row === undefined) throw problem('not_found');
  return shown(context, row);
}

/** @throws not_found */
export async function needSheet(context: Context, id: string): Promise<contract.RecruitmentSheet> {
  const it = await needById(context, id);
  const runs = await sql<contract.RecruitmentSheet['runs'][number]>`
    select r.no::int, json_build_object('id', l.id, 'title', coalesce(nullif(l.title, ''), c.title), 'starts', l.starts, 'ends', l.ends, 'town', l.town, 'state', l.state) class,
           case when h.id is not null and not h.ended then json_build_object('seats', h.seats, 'used', h.used, 'until', h.until) end held
      from vn.recruitment_run r join vn.class l on l.centre_id = r.centre_id and l.id = r.class_id join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id
      left join vn.seat_hold h on h.centre_id = r.centre_id and h.id = r.hold_id where r.centre_id = ${centreOf(context)} and r.need_id = ${id} order by l.starts desc, r.no desc`.execute(context.tx);
  const next = await suggested(context, it, it.plan?.runsAYear ?? 0);
  return { ...it, runs: runs.rows, next: next.map(({ starts, ends }) => ({ starts, ends })) };
}
export const readRecruitmentNeed = (context: Context, { params }: InputOf<typeof contract.readRecruitmentNeed>): Promise<contract.RecruitmentSheet> => needSheet(context, params.need);

/** @throws page_gone for an address that opens nothing (any more) */
export async function readOwnRecruitment({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnRecruitment> {
  const found = await sql<{ page: contract.OwnRecruitment | null }>`select vn.recruitment_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnRecruitment, 'page_gone');
  return page;
}
