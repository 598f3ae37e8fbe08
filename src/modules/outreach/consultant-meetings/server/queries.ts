import { type RawBuilder, sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { needsFrom } from '../../../companies/needs/server/public.ts';
import { tasksOfMeeting } from '../../tasks/server/public.ts';
import type * as contract from '../contract.ts';

type Shown = contract.MeetingShown;
type Sheet = contract.MeetingSheet;
type Series = contract.MeetingSeries;

interface Row {
  id: string;
  series_id: string | null;
  kind: Shown['kind'];
  title: string;
  day: string;
  starts: string;
  ends: string;
  host_school_id: string | null;
  host: string | null;
  place: string;
  tour: string;
  invited_at: string | null;
  begun_at: string | null;
  closed_at: string | null;
  cancelled_at: string | null;
  version: number;
  runs: boolean;
}

async function rows(context: Context, where: RawBuilder<boolean>, order: 'asc' | 'desc'): Promise<Shown[]> {
  const found = await sql<Row>`
    select m.id, m.series_id, m.kind, m.title, m.day::text, lower(m.during) starts, upper(m.during) ends, m.host_school_id, s.name host, m.place, m.tour, m.invited_at, m.begun_at, m.closed_at, m.cancelled_at, m.version,
        vn.runs_meeting(m.id) runs
      from vn.consultant_meeting m left join vn.school s on s.centre_id = m.centre_id and s.id = m.host_school_id
     where m.centre_id = ${centreOf(context)} and ${where} order by ${sql.raw(`lower(m.during) ${order}, m.id`)} limit 100`.execute(context.tx);
  const { roles } = context.actor;
  const coordinates = roles.includes('coordinator');
  return found.rows.map((row) => {
    const open = row.closed_at === null && row.cancelled_at === null;
    return {
      id: row.id as Shown['id'],
      series: row.series_id as Shown['series'],
      kind: row.kind,
      title: row.title,
      day: row.day,
      starts: row.starts,
      ends: row.ends,
      host: row.host_school_id === null ? null : { id: row.host_school_id as NonNullable<Shown['host']>['id'], name: row.host ?? '' },
      place: row.place,
      tour: row.tour,
      invitedAt: row.invited_at,
      begunAt: row.begun_at,
      closedAt: row.closed_at,
      cancelledAt: row.cancelled_at,
      version: row.version,
      can: { run: row.runs, plan: open && coordinates, suggest: open && (coordinates || roles.includes('consultant')) },
    };
  });
}

/** One that was cancelled is shown to whoever was invited, until its day is over. */
export const consultantMeetings = (context: Context, { query }: InputOf<typeof contract.listConsultantMeetings>): Promise<OutputOf<typeof contract.listConsultantMeetings>> =>
  query.when === 'past'
    ? rows(context, sql<boolean>`m.closed_at is not null`, 'desc')
    : rows(context, sql<boolean>`m.closed_at is null and (m.cancelled_at is null or (m.invited_at is not null and m.day >= ${context.today}::date))`, 'asc');

/** @throws not_found */
export async function meetingById(context: Context, id: string): Promise<Shown> {
  const [meeting] = await rows(context, sql<boolean>`m.id = ${id}`, 'asc');
  if (meeting === undefined) throw problem('not_found');
  return meeting;
}

interface ReportRow {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  visited_on: string;
  person_id: string;
  person: string | null;
  school: string | null;
  about: string;
  agreed: string;
  at: string | null;
}

/** How far back a report that was on no table is fetched. */
const reportDays = 90;

/** On the table at this meeting; with `ahead` also those that were on none yet. */
async function reportsOf(context: Context, meeting: string, ahead: boolean): Promise<Sheet['reports']> {
  const since = new Date(context.now.getTime() - reportDays * 86_400_000).toISOString();
  const found = await sql<ReportRow>`
    select r.id, r.company_id, k.name company, k.town, r.visited_on::text, r.person_id, vn.person_name(r.person_id) person, s.name school, r.about, r.agreed, d.at
      from vn.visit_report r join vn.company k on k.id = r.company_id left join vn.school s on s.centre_id = r.centre_id and s.id = r.school_id
      left join vn.consultant_meeting_report d on d.centre_id = r.centre_id and d.report_id = r.id
     where r.centre_id = ${centreOf(context)} and (d.meeting_id = ${meeting} or (${ahead} and d.meeting_id is null and r.sent_at > ${since}))
     order by r.sent_at, r.id limit 100`.execute(context.tx);
  const needs = await needsFrom(
    context,
    found.rows.map(({ id }) => id),
  );
  return found.rows.map((row) => ({
    id: row.id as Sheet['reports'][number]['id'],
    company: { id: row.company_id as Sheet['reports'][number]['company']['id'], name: row.company, town: row.town },
    visitedOn: row.visited_on,
    by: { id: row.person_id as Sheet['people'][number]['id'], name: row.person ?? '', school: row.school },
    about: row.about,
    agreed: row.agreed,
    needs: needs.get(row.id) ?? [],
    discussedAt: row.at,
  }));
}

export async function sheetById(context: Context, id: string): Promise<Sheet> {
  const centre = centreOf(context);
  const meeting = await meetingById(context, id);
  const { personId, roles } = context.actor;
  const open = meeting.closedAt === null && meeting.cancelledAt === null;
  const first = await sql<{ id: string }>`
    select m.id from vn.consultant_meeting m where m.centre_id = ${centre} and m.kind = 'ordinary' and m.closed_at is null and m.cancelled_at is null order by lower(m.during), m.id limit 1`.execute(
    context.tx,
  );
  // What has to be dealt with is on the agenda of the next meeting only.
  const next = open && first.rows[0]?.id === id;
  const reports = await reportsOf(context, id, next);
  const tasks = await tasksOfMeeting(
    context,
    id,
    reports.map((each) => String(each.id)),
  );
  const items = await sql<{ id: string; text: string; learning: boolean; person_id: string; by: string | null }>`
    select id, text, learning, person_id, vn.person_name(person_id) "by" from vn.consultant_meeting_item where centre_id = ${centre} and meeting_id = ${id} order by at, id`.execute(context.tx);
  const minutes = await sql<Omit<Sheet['minutes'][number], 'by'> & { by: string | null }>`
    select id, kind, text, report_id report, vn.person_name(person_id) "by", at, version from vn.consultant_meeting_minute where centre_id = ${centre} and meeting_id = ${id} order by place, id`.execute(
    context.tx,
  );
  const people = await sql<{ id: string; name: string | null; school: string | null; present: boolean }>`
    select distinct on (p.id) p.id, vn.person_name(p.id) "name", p.school, exists (select from vn.consultant_meeting_presence x where x.centre_id = ${centre} and x.meeting_id = ${id} and x.person_id = p.id) present
      from (select m.person_id id, s.name school, 0 place from vn.membership m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
             where m.centre_id = ${centre} and m.role = 'consultant' and m.during @> ${context.today}::date
            union all select x.person_id, null, 1 from vn.consultant_meeting_presence x where x.centre_id = ${centre} and x.meeting_id = ${id}) p
     order by p.id, p.place, p.school nulls last`.execute(context.tx);
  const without = next
    ? await sql<{ id: string; name: string; town: string | null; left: boolean }>`
        select k.id, k.name, k.town, r.active "left" from vn.relation r join vn.company k on k.id = r.company_id
         where r.centre_id = ${centre} and ((r.active and not vn.consults(r.contact_person)) or (not r.active and r.company_id in (
             select v.company_id from vn.visit_report v where v.centre_id = ${centre} and v.sent_at > ${new Date(context.now.getTime() - 365 * 86_400_000).toISOString()})))
         order by k.name collate "da-x-icu", k.id limit 50`.execute(context.tx)
    : { rows: [] };
  const ownIds = new Set([...tasks.own, ...tasks.fromReports].map((task) => task.id));
  const others = (list: typeof tasks.own) => (next ? list.filter((task) => !ownIds.has(task.id)) : []);
  const byName = new Intl.Collator('da');
  return {
    ...meeting,
    items: items.rows.map((each) => ({
      id: each.id as Sheet['items'][number]['id'],
      text: each.text,
      learning: each.learning,
      by: each.by ?? '',
      can: { remove: open && (meeting.can.run || (each.person_id === personId && (roles.includes('consultant') || roles.includes('coordinator')))) },
    })),
    reports,
    tasks: [...tasks.own, ...tasks.fromReports.filter((task) => !tasks.own.some((each) => each.id === task.id))],
    unowned: others(tasks.unowned),
    late: next ? tasks.late.filter((task) => task.owner !== null || task.byCompany) : [],
    withoutContact: without.rows as Sheet['withoutContact'],
    minutes: minutes.rows.map((each) => ({ ...each, by: each.by ?? '' })),
    people: people.rows.map((each) => ({ ...each, id: each.id as Sheet['people'][number]['id'], name: each.name ?? '' })).sort((a, b) => byName.compare(a.name, b.name)),
  };
}

export const consultantMeeting = (context: Context, { params }: InputOf<typeof contract.readConsultantMeeting>): Promise<Sheet> => sheetById(context, params.meeting);

interface SeriesRow {
  id: string;
  name: string;
  every: number;
  weekday: number;
  starts: string;
  ends: string;
  from_day: string;
  to_day: string | null;
  version: number;
  schools: Series['schools'];
}

async function seriesBy(context: Context, id: string | null): Promise<Series[]> {
  const found = await sql<SeriesRow>`
    select x.id, x.name, x.every, x.weekday, to_char(x.starts, 'HH24:MI') starts, to_char(x.ends, 'HH24:MI') ends, lower(x.during)::text from_day, (upper(x.during) - 1)::text to_day, x.version,
        (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name collate "da-x-icu", s.id), '[]') from vn.consultant_meeting_turn t join vn.school s on s.centre_id = t.centre_id and s.id = t.school_id
          where t.centre_id = x.centre_id and t.series_id = x.id) schools
      from vn.consultant_meeting_series x where x.centre_id = ${centreOf(context)} and (${id}::uuid is null or x.id = ${id}::uuid) order by x.name collate "da-x-icu", x.id`.execute(context.tx);
  return found.rows.map(({ from_day, to_day, ...row }) => ({ ...row, id: row.id as Series['id'], from: from_day, to: to_day, can: { edit: context.actor.roles.includes('coordinator') } }));
}

export const meetingSeries = (context: Context): Promise<Series[]> => seriesBy(context, null);

/** @throws not_found */
export async function seriesById(context: Context, id: string): Promise<Series> {
  const [series] = await seriesBy(context, id);
  if (series === undefined) throw problem('not_found');
  return series;
}
