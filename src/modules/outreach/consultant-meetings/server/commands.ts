import { sql } from 'kysely';
import { rangeOf } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { schoolsOfToday } from '../../../organisation/schools/server/public.ts';
import { tellAfterMeeting } from '../../tasks/server/public.ts';
import * as contract from '../contract.ts';
import { callOff, fillSeries, inviteDue, inviteTo } from './jobs.ts';
import { meetingById, seriesById, sheetById } from './queries.ts';

type Sheet = contract.MeetingSheet;
type SeriesBody = InputOf<typeof contract.addMeetingSeries>['body'];

const seriesColumns = (body: SeriesBody) => ({ name: body.name, every: body.every, weekday: body.weekday, starts: body.starts, ends: body.ends, during: rangeOf(body) });

/** Two series of one name would be mixed up in speech. */
const named = <E extends Endpoint, T>(endpoint: E, write: () => Promise<T>): Promise<T> =>
  write().catch((error: unknown) => {
    throw violates(error, 'consultant_series_name') ? refuse(endpoint, 'name_of_series_taken' as ErrorOf<E>) : error;
  });

async function writeTurns<E extends Endpoint>(context: Context, endpoint: E, series: string, schools: SeriesBody['schools']): Promise<void> {
  const centre = centreOf(context);
  await knownSchools(context, endpoint, schools, 'schools');
  await context.tx.deleteFrom('consultant_meeting_turn').where('centre_id', '=', centre).where('series_id', '=', series).execute();
  if (schools.length > 0)
    await context.tx
      .insertInto('consultant_meeting_turn')
      .values(schools.map((school) => ({ centre_id: centre, series_id: series, school_id: school })))
      .execute();
}

async function knownSchools<E extends Endpoint>(context: Context, endpoint: E, schools: readonly string[], field: string): Promise<void> {
  const known = await schoolsOfToday(context);
  if (schools.some((school) => !known.some(({ id }) => id === school))) throw refuse(endpoint, 'school_unknown' as ErrorOf<E>, { fields: [{ path: field, code: 'school_unknown' }] });
}

export async function addMeetingSeries(context: Context, { body }: InputOf<typeof contract.addMeetingSeries>): Promise<contract.MeetingSeries> {
  const id = context.newId();
  await named(contract.addMeetingSeries, () =>
    context.tx
      .insertInto('consultant_meeting_series')
      .values({ centre_id: centreOf(context), id, ...seriesColumns(body) })
      .execute(),
  );
  await writeTurns(context, contract.addMeetingSeries, id, body.schools);
  await fillSeries(context, id);
  await inviteDue(context);
  await context.audit('meeting_series.added', id, { name: body.name });
  return seriesById(context, id);
}

export async function writeMeetingSeries(context: Context, { params, body }: InputOf<typeof contract.writeMeetingSeries>): Promise<contract.MeetingSeries> {
  const now = await seriesById(context, params.series);
  const written = await named(contract.writeMeetingSeries, () =>
    context.tx
      .updateTable('consultant_meeting_series')
      .set({ ...seriesColumns(body), version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.series)
      .where('version', '=', context.version)
      .returning('version')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: now });
  await writeTurns(context, contract.writeMeetingSeries, params.series, body.schools);
  await fillSeries(context, params.series);
  await inviteDue(context);
  await context.audit('meeting_series.written', params.series);
  return seriesById(context, params.series);
}

export async function endMeetingSeries(context: Context, { params }: InputOf<typeof contract.endMeetingSeries>): Promise<null> {
  const centre = centreOf(context);
  const series = await seriesById(context, params.series);
  const ahead = await context.tx
    .selectFrom('consultant_meeting')
    .select('id')
    .where('centre_id', '=', centre)
    .where('series_id', '=', params.series)
    .where('begun_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('day', '>', context.today)
    .execute();
  for (const { id } of ahead) await callOff(context, id);
  await context.tx.deleteFrom('consultant_meeting_series').where('centre_id', '=', centre).where('id', '=', params.series).execute();
  await context.audit('meeting_series.ended', params.series, { name: series.name });
  return null;
}

type Facts = InputOf<typeof contract.writeConsultantMeeting>['body'];
const during = (context: Context, { day, starts, ends }: Facts) =>
  sql<string>`tstzrange((${day}::date + ${starts}::time) at time zone ${context.actor.zone}, (${day}::date + ${ends}::time) at time zone ${context.actor.zone})`;

export async function addConsultantMeeting(context: Context, { body }: InputOf<typeof contract.addConsultantMeeting>): Promise<Sheet> {
  const id = context.newId();
  if (body.day < context.today) throw problem('invalid', { fields: [{ path: 'day', code: 'past' }] });
  await knownSchools(context, contract.addConsultantMeeting, body.host === null ? [] : [body.host], 'host');
  await context.tx
    .insertInto('consultant_meeting')
    .values({ centre_id: centreOf(context), id, kind: body.kind, title: body.title, day: body.day, during: during(context, body), host_school_id: body.host, place: body.place, tour: body.tour })
    .execute();
  await inviteTo(context, id, 'invited');
  await context.audit('consultant_meeting.added', id);
  return sheetById(context, id);
}

/** @throws consultant_meeting_closed, not_running_meeting */
async function running<E extends Endpoint>(context: Context, endpoint: E, id: string): Promise<contract.MeetingShown> {
  const meeting = await meetingById(context, id);
  if (!meeting.can.run) throw refuse(endpoint, 'not_running_meeting' as ErrorOf<E>);
  return meeting;
}

/** What a closed meeting refuses, also where it was closed in this very moment. */
const whileOpen = <E extends Endpoint, T>(endpoint: E, write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw violates(error, 'consultant_meeting_closed') ? refuse(endpoint, 'consultant_meeting_closed' as ErrorOf<E>) : error;
  });

export async function writeConsultantMeeting(context: Context, { params, body }: InputOf<typeof contract.writeConsultantMeeting>): Promise<Sheet> {
  const endpoint = contract.writeConsultantMeeting;
  const now = await running(context, endpoint, params.meeting);
  if (now.closedAt !== null) throw refuse(endpoint, 'consultant_meeting_closed');
  const times = await sql<{ same: boolean }>`select during = ${during(context, body)} and host_school_id is not distinct from ${body.host}::uuid same from vn.consultant_meeting
    where centre_id = ${centreOf(context)} and id = ${params.meeting}`.execute(context.tx);
  const same = times.rows[0]?.same === true;
  if (!same && !now.can.plan) throw refuse(endpoint, 'coordinator_plans');
  if (body.day !== now.day && body.day < context.today) throw problem('invalid', { fields: [{ path: 'day', code: 'past' }] });
  await knownSchools(context, endpoint, body.host === null ? [] : [body.host], 'host');
  const written = await whileOpen(
    endpoint,
    context.tx
      .updateTable('consultant_meeting')
      .set({ title: body.title, day: body.day, during: during(context, body), host_school_id: body.host, place: body.place, tour: body.tour, version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.meeting)
      .where('version', '=', context.version)
      .returning('id')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: await sheetById(context, params.meeting) });
  if (now.invitedAt !== null && (!same || body.place !== now.place)) await inviteTo(context, params.meeting, 'changed');
  await context.audit('consultant_meeting.written', params.meeting);
  return sheetById(context, params.meeting);
}

export async function cancelConsultantMeeting(context: Context, { params }: InputOf<typeof contract.cancelConsultantMeeting>): Promise<null> {
  // Whoever begins it in this very moment comes first or not at all.
  await context.tx.selectFrom('consultant_meeting').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', params.meeting).forUpdate().execute();
  const now = await meetingById(context, params.meeting);
  if (now.cancelledAt !== null) throw problem('not_found');
  if (now.begunAt !== null) throw refuse(contract.cancelConsultantMeeting, 'meeting_has_begun');
  // Of a series the day must be remembered as cancelled, or it would be planned again.
  if (now.series === null) await callOff(context, params.meeting);
  else {
    await sql`update vn.consultant_meeting set cancelled_at = ${context.now.toISOString()}, version = version + 1 where centre_id = ${centreOf(context)} and id = ${params.meeting}`.execute(
      context.tx,
    );
    if (now.invitedAt !== null) await inviteTo(context, params.meeting, 'cancelled');
  }
  await context.audit('consultant_meeting.cancelled', params.meeting);
  return null;
}

export async function addAgendaItem(context: Context, { params, body }: InputOf<typeof contract.addAgendaItem>): Promise<Sheet> {
  const now = await meetingById(context, params.meeting);
  if (now.cancelledAt !== null) throw problem('not_found');
  await whileOpen(
    contract.addAgendaItem,
    context.tx
      .insertInto('consultant_meeting_item')
      .values({ centre_id: centreOf(context), id: context.newId(), meeting_id: params.meeting, text: body.text, learning: body.learning, person_id: personOf(context), at: context.now.toISOString() })
      .execute(),
  );
  return sheetById(context, params.meeting);
}

export async function removeAgendaItem(context: Context, { params }: InputOf<typeof contract.removeAgendaItem>): Promise<null> {
  const sheet = await sheetById(context, params.meeting);
  const item = sheet.items.find(({ id }) => id === params.item);
  if (item === undefined) throw problem('not_found');
  if (sheet.closedAt !== null) throw refuse(contract.removeAgendaItem, 'consultant_meeting_closed');
  if (!item.can.remove) throw refuse(contract.removeAgendaItem, 'item_not_yours');
  await whileOpen(contract.removeAgendaItem, context.tx.deleteFrom('consultant_meeting_item').where('centre_id', '=', centreOf(context)).where('id', '=', params.item).execute());
  return null;
}

export async function beginConsultantMeeting(context: Context, { params }: InputOf<typeof contract.beginConsultantMeeting>): Promise<Sheet> {
  const endpoint = contract.beginConsultantMeeting;
  await running(context, endpoint, params.meeting);
  const [found] = (await sql<{ result: string }>`select vn.begin_consultant_meeting(${params.meeting}) result`.execute(context.tx)).rows;
  if (found?.result === 'closed') throw refuse(endpoint, 'consultant_meeting_closed');
  if (found?.result !== 'done') throw problem('not_found');
  await context.audit('consultant_meeting.begun', params.meeting);
  return sheetById(context, params.meeting);
}

export async function discussReport(context: Context, { params }: InputOf<typeof contract.discussReport>): Promise<Sheet> {
  const endpoint = contract.discussReport;
  const centre = centreOf(context);
  const meeting = await running(context, endpoint, params.meeting);
  const report = await context.tx.selectFrom('visit_report').select('id').where('centre_id', '=', centre).where('id', '=', params.report).executeTakeFirst();
  if (report === undefined) throw problem('not_found');
  if (meeting.begunAt === null) throw refuse(endpoint, 'meeting_not_begun');
  await whileOpen(
    endpoint,
    sql`insert into vn.consultant_meeting_report (centre_id, report_id, meeting_id, at) values (${centre}, ${params.report}, ${params.meeting}, ${context.now.toISOString()}) on conflict do nothing`.execute(
      context.tx,
    ),
  );
  const there = await context.tx.selectFrom('consultant_meeting_report').select('meeting_id').where('centre_id', '=', centre).where('report_id', '=', params.report).executeTakeFirst();
  if (there?.meeting_id !== params.meeting) throw refuse(endpoint, 'discussed_elsewhere');
  return sheetById(context, params.meeting);
}

export async function setPresence(context: Context, { params, body }: InputOf<typeof contract.setPresence>): Promise<Sheet> {
  const endpoint = contract.setPresence;
  const centre = centreOf(context);
  await running(context, endpoint, params.meeting);
  const { people } = await sheetById(context, params.meeting);
  if (!people.some(({ id }) => id === params.person)) throw problem('not_found');
  await whileOpen(
    endpoint,
    body.present
      ? sql`insert into vn.consultant_meeting_presence (centre_id, meeting_id, person_id) values (${centre}, ${params.meeting}, ${params.person}) on conflict do nothing`.execute(context.tx)
      : sql`delete from vn.consultant_meeting_presence where centre_id = ${centre} and meeting_id = ${params.meeting} and person_id = ${params.person}`.execute(context.tx),
  );
  return sheetById(context, params.meeting);
}

export async function addMinute(context: Context, { params, body }: InputOf<typeof contract.addMinute>): Promise<Sheet> {
  const endpoint = contract.addMinute;
  const centre = centreOf(context);
  const meeting = await running(context, endpoint, params.meeting);
  if (body.kind === 'correction' && meeting.closedAt === null) throw refuse(endpoint, 'meeting_still_open');
  if (body.report !== null && (await context.tx.selectFrom('visit_report').select('id').where('centre_id', '=', centre).where('id', '=', body.report).executeTakeFirst()) === undefined)
    throw refuse(endpoint, 'report_unknown');
  await whileOpen(
    endpoint,
    context.tx
      .insertInto('consultant_meeting_minute')
      .values({
        centre_id: centre,
        id: context.newId(),
        meeting_id: params.meeting,
        kind: body.kind,
        place: sql`(select coalesce(max(place), 0) + 1 from vn.consultant_meeting_minute where centre_id = ${centre} and meeting_id = ${params.meeting})`,
        text: body.text,
        report_id: body.report,
        person_id: personOf(context),
        at: context.now.toISOString(),
      })
      .execute(),
  );
  if (meeting.closedAt !== null) await context.audit('consultant_meeting.corrected', params.meeting);
  return sheetById(context, params.meeting);
}

export async function writeMinute(context: Context, { params, body }: InputOf<typeof contract.writeMinute>): Promise<Sheet> {
  await running(context, contract.writeMinute, params.meeting);
  const now = await sheetById(context, params.meeting);
  if (!now.minutes.some(({ id }) => id === params.minute)) throw problem('not_found');
  const written = await whileOpen(
    contract.writeMinute,
    context.tx
      .updateTable('consultant_meeting_minute')
      .set({ text: body.text, version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('meeting_id', '=', params.meeting)
      .where('id', '=', params.minute)
      .where('version', '=', context.version)
      .returning('id')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: now.minutes.find(({ id }) => id === params.minute) });
  return sheetById(context, params.meeting);
}

export async function removeMinute(context: Context, { params }: InputOf<typeof contract.removeMinute>): Promise<null> {
  await running(context, contract.removeMinute, params.meeting);
  const gone = await whileOpen(
    contract.removeMinute,
    context.tx
      .deleteFrom('consultant_meeting_minute')
      .where('centre_id', '=', centreOf(context))
      .where('meeting_id', '=', params.meeting)
      .where('id', '=', params.minute)
      .returning('id')
      .executeTakeFirst(),
  );
  if (gone === undefined) throw problem('not_found');
  return null;
}

export async function closeConsultantMeeting(context: Context, { params }: InputOf<typeof contract.closeConsultantMeeting>): Promise<Sheet> {
  const endpoint = contract.closeConsultantMeeting;
  const meeting = await running(context, endpoint, params.meeting);
  const [found] = (await sql<{ result: string }>`select vn.close_consultant_meeting(${params.meeting}, ${context.version}) result`.execute(context.tx)).rows;
  if (found?.result === 'closed') throw refuse(endpoint, 'consultant_meeting_closed');
  if (found?.result === 'not_begun') throw refuse(endpoint, 'meeting_not_begun');
  if (found?.result === 'unowned') throw refuse(endpoint, 'tasks_unowned');
  if (found?.result === 'changed') throw problem('version_conflict', { current: await sheetById(context, params.meeting) });
  if (found?.result !== 'done') throw problem('not_found');
  await tellAfterMeeting(context, { id: params.meeting, title: meeting.title });
  await context.audit('consultant_meeting.closed', params.meeting);
  return sheetById(context, params.meeting);
}
