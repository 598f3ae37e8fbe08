import { sql } from 'kysely';
import { localTime, shiftDay } from '../../../../kit/calendar-day.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { writeIcs } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { schoolsOfToday } from '../../../organisation/schools/server/public.ts';
import { uidOf } from '../../meetings/server/public.ts';
import { daysInvited, nextHosts, seriesDays, weeksAhead } from '../rules.ts';
import { consultantMeetingsWords } from '../words.ts';

type Occasion = 'invited' | 'changed' | 'cancelled';

/** Writes to every consultant of the centre about a meeting, each with a calendar file. It is an entry in their calendars and blocks nothing here. */
export async function inviteTo(context: Context, meeting: string, occasion: Occasion): Promise<void> {
  const centre = centreOf(context);
  if (occasion === 'invited') await context.tx.updateTable('consultant_meeting').set({ invited_at: context.now.toISOString() }).where('centre_id', '=', centre).where('id', '=', meeting).execute();
  const found = await sql<{ title: string; starts: string; ends: string; host: string | null; place: string; tour: string; version: number; centre: string; key: string }>`
    select m.title, lower(m.during) starts, upper(m.during) ends, s.name host, m.place, m.tour, m.version, c.name centre, c.key
      from vn.consultant_meeting m join vn.centre c on c.id = m.centre_id left join vn.school s on s.centre_id = m.centre_id and s.id = m.host_school_id
     where m.centre_id = ${centre} and m.id = ${meeting}`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined) return;
  const people = await sql<{ name: string; email: string; language: Language }>`
    select p.name, p.email, p.language from vn.people() p where vn.consults(p.id) order by p.id`.execute(context.tx);
  const [start, end] = [new Date(it.starts), new Date(it.ends)];
  const place = [it.host ?? it.centre, it.place].filter((part) => part !== '').join(', ');
  for (const { name, email, language } of people.rows) {
    const w = inLanguage(consultantMeetingsWords, language).letter;
    const locale = language === 'da' ? 'da-DK' : 'en-GB';
    const time = (at: Date) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: context.actor.zone }).format(at);
    const when = w.when(new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: context.actor.zone }).format(start), time(start), time(end));
    const subject = w.subjects[occasion](it.title).replaceAll(/\s+/g, ' ').slice(0, 250);
    const rest =
      occasion === 'cancelled'
        ? [w.cancelled(it.title, when)]
        : [w.invited(it.title, when, place), ...(it.tour === '' ? [] : [w.tour(it.tour)]), w.agenda(context.address(`/consultant-meetings/${meeting}`))];
    await context.post({
      to: email,
      subject,
      text: [w.hello(name), ...rest, w.regards(it.centre)].join('\n\n'),
      calendar: writeIcs({
        method: occasion === 'cancelled' ? 'CANCEL' : 'REQUEST',
        uid: uidOf(meeting, context.address('/')),
        sequence: it.version,
        stamp: context.now,
        start,
        end,
        summary: it.title,
        location: place,
        description: it.tour,
        organiser: { name: it.centre, email: `${it.key}@${new URL(context.address('/')).hostname}` },
        attendees: [{ name, email }],
      }),
    });
  }
}

/** Takes a meeting away: one that nobody knows of is forgotten, another one is cancelled, and one that begins in this very moment is held. */
export async function callOff(context: Context, meeting: string): Promise<void> {
  const centre = centreOf(context);
  // Held first and looked at then: nobody begins it meanwhile, and nobody hangs a task on it that the look would miss.
  const held = await sql`select from vn.consultant_meeting m where m.centre_id = ${centre} and m.id = ${meeting} and m.begun_at is null for update`.execute(context.tx);
  if (held.rows.length === 0) return;
  const known = await sql<{ known: boolean; invited: boolean }>`
    select m.invited_at is not null or exists (select from vn.consultant_meeting_item i where i.centre_id = m.centre_id and i.meeting_id = m.id)
        or exists (select from vn.consultant_meeting_minute i where i.centre_id = m.centre_id and i.meeting_id = m.id)
        or exists (select from vn.consultant_meeting_presence i where i.centre_id = m.centre_id and i.meeting_id = m.id)
        or exists (select from vn.task i where i.centre_id = m.centre_id and i.consultant_meeting_id = m.id) known, m.invited_at is not null invited
      from vn.consultant_meeting m where m.centre_id = ${centre} and m.id = ${meeting}`.execute(context.tx);
  const it = known.rows[0] ?? { known: true, invited: false };
  if (!it.known) {
    await context.tx.deleteFrom('consultant_meeting').where('centre_id', '=', centre).where('id', '=', meeting).execute();
    return;
  }
  await sql`update vn.consultant_meeting set cancelled_at = ${context.now.toISOString()}, version = version + 1 where centre_id = ${centre} and id = ${meeting}`.execute(context.tx);
  if (it.invited) await inviteTo(context, meeting, 'cancelled');
}

/** Plans the meetings of a series from tomorrow on, sixteen weeks ahead; what no longer fits is called off. The host is who has waited longest (row 2.27). */
export async function fillSeries(context: Context, series: string): Promise<void> {
  const { tx, today } = context;
  const centre = centreOf(context);
  const found = await sql<{ name: string; every: number; weekday: number; from_day: string; to_day: string | null }>`
    select name, every, weekday, lower(during)::text from_day, (upper(during) - 1)::text to_day from vn.consultant_meeting_series where centre_id = ${centre} and id = ${series} for update`.execute(
    tx,
  );
  const it = found.rows[0];
  if (it === undefined) return;
  const ahead = shiftDay(today, 7 * weeksAhead);
  const days = seriesDays(
    { every: it.every, weekday: it.weekday, from: it.from_day },
    shiftDay(today, 1),
    it.to_day !== null && it.to_day < ahead ? it.to_day : ahead,
    (day) => holidayOn(day) !== null,
  );
  const turns = (await tx.selectFrom('consultant_meeting_turn').select('school_id').where('centre_id', '=', centre).where('series_id', '=', series).execute()).map(({ school_id }) => school_id);
  const here = await schoolsOfToday(context);
  // A school that leaves gets no new turn; what it hosts until its last day it keeps.
  const schools = turns.filter((turn) => here.some(({ id, lastDay }) => id === turn && lastDay === null));
  const hosts = (school: string, day: string) => turns.includes(school) && here.some(({ id, lastDay }) => id === school && (lastDay === null || day <= lastDay));
  const planned = await sql<{ id: string; planned_on: string; school: string | null; moved: boolean; cancelled: boolean }>`
    select id, planned_on::text, host_school_id school, day <> planned_on moved, cancelled_at is not null cancelled from vn.consultant_meeting
     where centre_id = ${centre} and series_id = ${series} and planned_on > ${today}::date and begun_at is null`.execute(tx);
  for (const meeting of planned.rows) if (!meeting.cancelled && !meeting.moved && !days.includes(meeting.planned_on)) await callOff(context, meeting.id);
  const hosted = await sql<{ day: string; school: string | null }>`
    select day::text, host_school_id school from vn.consultant_meeting where centre_id = ${centre} and cancelled_at is null and day > ${today}::date - 730`.execute(tx);
  const free = days.filter((day) => !planned.rows.some((meeting) => meeting.planned_on === day));
  for (const [day, school] of nextHosts(free, schools, hosted.rows, it.name))
    await sql`
      insert into vn.consultant_meeting (centre_id, id, series_id, kind, title, planned_on, day, during, host_school_id)
        select x.centre_id, ${context.newId()}, x.id, 'ordinary', x.name, ${day}::date, ${day}::date, tstzrange((${day}::date + x.starts) at time zone c.tz, (${day}::date + x.ends) at time zone c.tz), ${school}::uuid
          from vn.consultant_meeting_series x join vn.centre c on c.id = x.centre_id where x.centre_id = ${centre} and x.id = ${series} on conflict do nothing`.execute(tx);
  // Another time of day, or a host that takes no turns any more.
  for (const meeting of planned.rows) {
    if (meeting.cancelled || meeting.moved || !days.includes(meeting.planned_on)) continue;
    const host = meeting.school === null ? (schools.length === 0 ? null : undefined) : hosts(meeting.school, meeting.planned_on) ? meeting.school : undefined;
    const school = host === undefined ? (nextHosts([meeting.planned_on], schools, hosted.rows, it.name).get(meeting.planned_on) ?? null) : host;
    const changed = await sql<{ invited: boolean }>`
      update vn.consultant_meeting m set during = tstzrange((m.day + x.starts) at time zone c.tz, (m.day + x.ends) at time zone c.tz), host_school_id = ${school}::uuid, version = m.version + 1
        from vn.consultant_meeting_series x join vn.centre c on c.id = x.centre_id
       where m.centre_id = ${centre} and m.id = ${meeting.id} and x.centre_id = m.centre_id and x.id = m.series_id
         and (m.during <> tstzrange((m.day + x.starts) at time zone c.tz, (m.day + x.ends) at time zone c.tz) or m.host_school_id is distinct from ${school}::uuid)
      returning m.invited_at is not null invited`.execute(tx);
    if (changed.rows[0]?.invited === true) await inviteTo(context, meeting.id, 'changed');
    if (host === undefined) hosted.rows.push({ day: meeting.planned_on, school });
  }
  await sql`update vn.consultant_meeting_series set filled_on = ${today}::date where centre_id = ${centre} and id = ${series}`.execute(tx);
}

/** Three weeks before a meeting its consultants are invited, by day. */
export async function inviteDue(context: Context): Promise<void> {
  const due = await sql<{ id: string }>`
    select id from vn.consultant_meeting where centre_id = ${centreOf(context)} and invited_at is null and cancelled_at is null and begun_at is null
       and day > ${context.today}::date and day <= ${shiftDay(context.today, daysInvited)}::date order by day, id`.execute(context.tx);
  for (const { id } of due.rows) await inviteTo(context, id, 'invited');
}

async function plan(context: Context): Promise<void> {
  const due = await sql<{ id: string }>`select id from vn.consultant_meeting_series where centre_id = ${centreOf(context)} and filled_on is distinct from ${context.today}::date order by id`.execute(
    context.tx,
  );
  for (const { id } of due.rows) await fillSeries(context, id);
  if (localTime(context.actor.zone, context.now).minute >= 8 * 60) await inviteDue(context);
}

export const chores: readonly Chore[] = [{ name: 'consultant-meetings.plan', run: plan }];
