import { sql } from 'kysely';
import * as z from 'zod';
import { cells } from '../../../../kit/disclosure.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, toCursor } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { mondayOf } from '../../../../kit/week.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import { chosenSlot, firstDay, horizonDays, lastDay, type Slot, type SlotInputs, slotDays, type When } from '../model.ts';
import { mayHaveEnded, type SchoolFigures, standings } from '../rules.ts';

export const isHoliday = (day: string): boolean => holidayOn(day) !== null;
const whenOf = ({ actor, today, now }: Context): When => ({ zone: actor.zone, today, now, isHoliday });

/** What the rule of slots is told of a company; a company that the centre does not know is not found. */
export async function slotInputs(context: Context, company: string, meeting: string | null): Promise<SlotInputs & { company: NonNullable<SlotInputs['company']> }> {
  const when = whenOf(context);
  const found = await sql<{ inputs: SlotInputs }>`select vn.slot_inputs(${company}, ${mondayOf(firstDay(when))}, ${lastDay(when)}, ${meeting}) inputs`.execute(context.tx);
  const inputs = found.rows[0]?.inputs;
  if (inputs === undefined || inputs.company === null || (meeting !== null && inputs.moving === null)) throw problem('not_found');
  return { ...inputs, company: inputs.company };
}

/** What a slot is sent back as. */
export const choiceOf = (consultant: string, start: Date): string => toCursor([consultant, start.toISOString()]);

/** Whom and when a choice means. */
export function readChoice(choice: string): { consultant: string; start: Date } {
  const read = fromCursor(choice, z.tuple([z.guid(), instant]));
  if (read === null) throw problem('invalid', { fields: [{ path: 'choice', code: 'format' }] });
  return { consultant: read[0], start: new Date(read[1]) };
}

/** The slot behind a choice as it stands now; null when it is gone. */
export function slotOf(context: Context, inputs: SlotInputs, company: string, language: string, choice: string): { slot: Slot | null; week: string } {
  const { consultant, start } = readChoice(choice);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: context.actor.zone, dateStyle: 'short' }).format(start);
  return { slot: chosenSlot(inputs, company, language, whenOf(context), { consultant, start }), week: mondayOf(day) };
}

type Slots = OutputOf<typeof contract.listSlots>;
export async function slots(context: Context, { params, query }: InputOf<typeof contract.listSlots>): Promise<Slots> {
  if (query.meeting !== undefined) {
    const seen = await context.tx.selectFrom('meeting').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', query.meeting).executeTakeFirst();
    if (seen === undefined) throw problem('not_found');
  }
  return slotsFor(context, params.company, query);
}

type Days = { day: string; slots: Slot[] }[];
/** One week of slots, with how many there are in each: the week that was asked for, else the first that has any. */
export function shownSlots(
  days: Days,
  asked: string | undefined,
  today: string,
): { week: string; weeks: { week: string; slots: number }[]; days: { day: string; slots: { choice: string; slot: Slot }[] }[] } {
  const mondays = [...new Set(days.map(({ day }) => mondayOf(day)))];
  const weeks = mondays.map((week) => ({ week, slots: days.filter(({ day }) => mondayOf(day) === week).reduce((sum, each) => sum + each.slots.length, 0) }));
  const wanted = asked === undefined ? undefined : mondayOf(asked);
  const week = weeks.find((each) => each.week === wanted)?.week ?? weeks.find((each) => each.slots > 0)?.week ?? mondays[0] ?? mondayOf(today);
  return {
    week,
    weeks,
    days: days.filter(({ day }) => mondayOf(day) === week).map(({ day, slots }) => ({ day, slots: slots.map((slot) => ({ choice: choiceOf(slot.consultant.id, slot.start), slot })) })),
  };
}

/** The slots of one week for a company; the first week that has any, where none is named. */
export async function slotsFor(context: Context, company: string, query: { week?: string | undefined; language: string; meeting?: string | undefined }): Promise<Slots> {
  const inputs = await slotInputs(context, company, query.meeting ?? null);
  const available = inputs.company.callable || inputs.moving !== null;
  const days = slotDays(available ? inputs : { ...inputs, consultants: [] }, company, query.language, whenOf(context));
  const shown = shownSlots(days, query.week, context.today);
  return {
    available,
    week: shown.week,
    weeks: shown.weeks.map(({ week, slots }) => {
      const { agreed, used } = inputs.centre.find((each) => each.week === week) ?? { agreed: 0, used: 0 };
      return { week, agreed, used, slots };
    }),
    days: shown.days.map(({ day, slots }) => ({
      day,
      holiday: holidayOn(day),
      slots: slots.map(({ choice, slot }) => ({
        choice,
        start: slot.start.toISOString(),
        end: slot.end.toISOString(),
        consultant: slot.consultant.name,
        why: { rule: slot.assignment.because, knowsTrade: slot.knows, language: query.language === 'da' ? null : query.language, travelMinutes: slot.consultant.travel },
      })),
    })),
  };
}

type Meeting = OutputOf<typeof contract.listMeetings>[number];
interface Row {
  id: string;
  company_id: string;
  name: string;
  town: string | null;
  starts: string;
  ends: string;
  state: Meeting['state'];
  place: string;
  staff: { id: string; name: string | null; school: string | null; learns: boolean }[];
  travel: number;
  leaderless: boolean;
}
const columns = sql`m.id, m.company_id, k.name, k.town, lower(m.during) starts, upper(m.during) ends, m.state, m.place,
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.consultant_id, 'name', vn.person_name(s.consultant_id), 'school', h.name, 'learns', s.learns) order by s.learns, s.consultant_id), '[]')
     from vn.meeting_staff s left join vn.school h on h.centre_id = s.centre_id and h.id = s.school_id where s.centre_id = m.centre_id and s.meeting_id = m.id) staff,
  m.state = 'booked' and lower(m.during) > ctx.now() and not exists (
    select from vn.meeting_staff s join vn.centre c on c.id = s.centre_id
      join vn.membership x on x.centre_id = s.centre_id and x.person_id = s.consultant_id and x.role = 'consultant' and x.during @> (lower(m.during) at time zone c.tz)::date
     where s.centre_id = m.centre_id and s.meeting_id = m.id and not s.learns) leaderless,
  (select coalesce(max(s.travel_minutes), 30) from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id) travel`;

const shaped = (row: Row): Meeting => ({
  id: row.id as Meeting['id'],
  company: { id: row.company_id as Meeting['company']['id'], name: row.name, town: row.town },
  start: new Date(row.starts).toISOString(),
  end: new Date(row.ends).toISOString(),
  state: row.state,
  place: row.place,
  staff: row.staff.map(({ id, name, school, learns }) => ({ id: id as Meeting['staff'][number]['id'], name: name ?? '', school, learns })),
  travelMinutes: row.travel,
  leaderless: row.leaderless,
});

/** Meetings by their time, 500 at most; the row policies say whose. */
export async function meetings(context: Context, { query }: InputOf<typeof contract.listMeetings>): Promise<Meeting[]> {
  const { personId, zone } = context.actor;
  const found = await sql<Row>`
    select * from (select ${columns}, m.during from vn.meeting m join vn.company k on k.id = m.company_id
     where m.centre_id = ${centreOf(context)} and m.said is not null
       and (${query.company ?? null}::uuid is null or m.company_id = ${query.company ?? null}::uuid)
       and (${query.from ?? null}::date is null or lower(m.during) >= ${query.from ?? null}::date::timestamp at time zone ${zone})
       and (${query.to ?? null}::date is null or lower(m.during) < (${query.to ?? null}::date + 1)::timestamp at time zone ${zone})
       and (${query.whose} <> 'mine' or (m.state <> 'cancelled' and exists (select from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id and s.consultant_id = ${personId}::uuid)))
     ) each where ${query.whose} <> 'leaderless' or leaderless
     order by lower(during), id limit 500`.execute(context.tx);
  return found.rows.map(shaped);
}

type Brief = contract.Brief;
interface BriefRow extends Row {
  address: string | null;
  phone: string | null;
  industry_text: string | null;
  size_from: number | null;
  size_to: number | null;
  mode: Brief['mode'];
  said: string;
  wishes: string | null;
  person_name: string;
  person_role: string | null;
  person_phone: string | null;
  person_email: string | null;
  person_language: string;
  booked_by: string | null;
  made_at: string;
  cancelled_because: Brief['cancelledBecause'];
  version: number;
  given: { was: string | null; because: Brief['given'][number]['because']; at: string }[];
  answers: { attendee: string; answer: contract.Answer['answer']; proposed: string | null; at: string; current: boolean }[];
  ring: Brief['ring'];
  may: boolean;
}

export async function briefOf(context: Context, meeting: string): Promise<Brief> {
  const found = await sql<BriefRow>`
    select ${columns}, k.address, k.phone, k.industry_text, k.size_from, k.size_to, m.mode, m.said, m.wishes, m.person_name, m.person_role, m.person_phone, m.person_email, m.person_language,
           vn.person_name(m.made_by) booked_by, m.made_at, m.cancelled_because, m.version, vn.may_change_meeting(m.id) may,
           (select coalesce(json_agg(json_build_object('was', vn.person_name(g.was), 'because', g.because, 'at', g.at) order by g.at, g.id), '[]') from vn.meeting_given g where g.centre_id = m.centre_id and g.meeting_id = m.id) given,
           (select coalesce(json_agg(json_build_object('attendee', a.attendee, 'answer', a.answer, 'proposed', a.proposed_start, 'at', a.answered_at, 'current', m.state <> 'booked' or a.sequence >= m.sequence) order by a.attendee), '[]')
              from vn.meeting_answer a where a.centre_id = m.centre_id and a.meeting_id = m.id) answers,
           (select json_build_object('at', l.asked_at, 'said', l.asked_said) from vn.meeting_link l where l.centre_id = m.centre_id and l.meeting_id = m.id and m.state = 'booked' and l.asked_sequence = m.sequence) ring
      from vn.meeting m join vn.company k on k.id = m.company_id where m.centre_id = ${centreOf(context)} and m.id = ${meeting} and m.said is not null`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw problem('not_found');
  const base = shaped(row);
  const learns = base.staff.some((each) => each.learns);
  const answers = row.answers.map(({ attendee, answer, proposed, at, current }) => ({
    id: attendee as Brief['staff'][number]['id'],
    answer,
    proposedStart: proposed === null ? null : new Date(proposed).toISOString(),
    at: new Date(at).toISOString(),
    current,
  }));
  const change = row.may && row.state === 'booked';
  return {
    ...base,
    company: { ...base.company, address: row.address, phone: row.phone, industry: row.industry_text, sizeFrom: row.size_from, sizeTo: row.size_to },
    mode: learns ? 'learning' : row.mode,
    said: row.said,
    wishes: row.wishes ?? '',
    contact: { name: row.person_name, role: row.person_role ?? '', phone: row.person_phone, email: row.person_email, language: row.person_language },
    bookedBy: row.booked_by,
    bookedAt: new Date(row.made_at).toISOString(),
    cancelledBecause: row.cancelled_because,
    answer: answers.find(({ id }) => id === 'contact') ?? null,
    ring: row.ring === null ? null : { ...row.ring, at: new Date(row.ring.at).toISOString() },
    staffAnswers: answers.filter(({ id }) => base.staff.some((each) => each.id === id)),
    given: row.given.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    version: row.version,
    can: { change, end: change && mayHaveEnded(base.start, context.now), give: change && !mayHaveEnded(base.start, context.now) },
  };
}

export const readBrief = (context: Context, { params }: InputOf<typeof contract.readMeeting>) => briefOf(context, params.meeting);

export async function assignmentRule({ tx }: Context): Promise<OutputOf<typeof contract.readAssignmentRule>> {
  const found = await sql<{ share_weeks: number; share_lead: number; meeting_minutes: number }>`select * from vn.outreach_settings()`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('no settings');
  return { weeks: row.share_weeks, lead: row.share_lead, minutes: row.meeting_minutes, horizonDays };
}

type Assigned = OutputOf<typeof contract.listAssignments>;
export async function assignments(context: Context, { query }: InputOf<typeof contract.listAssignments>): Promise<Assigned> {
  const centre = centreOf(context);
  const names = new Map((await context.tx.selectFrom('school').select(['id', 'name']).where('centre_id', '=', centre).execute()).map(({ id, name }) => [id, name]));
  const found = await sql<{
    meeting_id: string;
    at: string;
    company: string;
    school_id: string | null;
    because: Assigned[number]['because'];
    seed: string;
    inputs: { window: number; schools: SchoolFigures[] };
  }>`
    select a.meeting_id, a.at, k.name company, a.school_id, a.because, a.seed, a.inputs
      from vn.assignment a join vn.meeting m on m.centre_id = a.centre_id and m.id = a.meeting_id join vn.company k on k.id = m.company_id
     where a.centre_id = ${centre} and (${query.before ?? null}::timestamptz is null or a.at < ${query.before ?? null}::timestamptz) order by a.at desc, a.meeting_id desc limit 50`.execute(
    context.tx,
  );
  return found.rows.map((row) => ({
    meeting: row.meeting_id as Assigned[number]['meeting'],
    at: new Date(row.at).toISOString(),
    company: row.company,
    school: row.school_id === null ? null : (names.get(row.school_id) ?? null),
    because: row.because,
    seed: row.seed,
    standings: standings(row.inputs.schools, row.inputs).map(({ school, counted, share, ratio, aheadAfter }) => ({ school: names.get(school) ?? '', booked: counted, share, ratio, aheadAfter })),
  }));
}

export async function shares(context: Context): Promise<OutputOf<typeof contract.readShares>> {
  const { rows } = await sql<{ id: string; name: string; booked: number; share: number; companies: number; threshold: number }>`
    select h.id, h.name, x.booked, x.share, x.companies, (select small_cell from vn.outreach_settings()) threshold
      from vn.meeting_shares() x join vn.school h on h.centre_id = ${centreOf(context)} and h.id = x.school_id order by h.name collate "da-x-icu"`.execute(context.tx);
  const exact = context.actor.roles.includes('coordinator');
  const threshold = rows[0]?.threshold ?? 5;
  const booked = rows.reduce((sum, each) => sum + each.booked, 0);
  const share = rows.reduce((sum, each) => sum + each.share, 0);
  const own = (id: string) => id === context.actor.schoolId;
  const others = rows.filter(({ id }) => !own(id));
  const hidden = cells(
    others.map(({ companies }) => companies),
    threshold,
  );
  const shown = (id: string) => exact || own(id) || hidden.cells[others.findIndex((each) => each.id === id)] !== null;
  return {
    schools: rows.map((each) => ({
      school: each.name,
      own: own(each.id),
      booked: shown(each.id) ? each.booked : null,
      share: each.share,
      // A school's part of all would give the total away, and with it the others.
      expected: share === 0 || !(exact || hidden.total !== null) ? null : (booked * each.share) / share,
    })),
    exact,
    threshold,
  };
}
