import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { mondayOf } from '../../../../kit/week.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { merged } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { ableFor, isAhead, meetingFor } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';

const danish = new Intl.Collator('da');
/** In alphabetical order: nobody is ranked. */
export async function candidates(context: Context, { params }: InputOf<typeof contract.listCandidates>): Promise<OutputOf<typeof contract.listCandidates>> {
  const meeting = await meetingFor(context, contract.listCandidates, params.meeting);
  const schools = await context.tx.selectFrom('school').select(['id', 'name']).where('centre_id', '=', centreOf(context)).execute();
  const names = new Map(schools.map(({ id, name }) => [id, name]));
  if (!isAhead(meeting, context.now)) return [];
  const leads = new Set<string>(meeting.staff.filter(({ learns }) => !learns).map(({ id }) => id));
  return (await ableFor(context, meeting))
    .filter(({ consultant }) => !leads.has(consultant.id))
    .map(({ consultant, ...facts }) => ({
      id: consultant.id as contract.Candidate['id'],
      name: consultant.name,
      school: consultant.school === null ? null : (names.get(consultant.school) ?? null),
      ...facts,
      travelMinutes: consultant.travel,
    }))
    .sort((a, b) => danish.compare(a.name, b.name) || a.id.localeCompare(b.id));
}

type Week = OutputOf<typeof contract.readTeamWeek>;
interface Busy {
  person_id: string;
  starts: string;
  ends: string;
  kind: 'busy' | 'absent';
}
interface Going {
  person_id: string;
  id: string;
  company: string;
  town: string | null;
  starts: string;
  ends: string;
  state: 'booked' | 'done' | 'no_show';
  learns: boolean;
  may: boolean;
  version: number;
}

/** Whose week the asker sees: everybody's, the own school's, or the own. */
function whose({ actor }: Context) {
  if (actor.roles.includes('coordinator')) return sql`true`;
  if (actor.roles.includes('manager')) return sql`m.school_id = ${actor.schoolId}::uuid`;
  return sql`m.person_id = ${actor.personId}::uuid`;
}

export async function teamWeek(context: Context, { query }: InputOf<typeof contract.readTeamWeek>): Promise<Week> {
  const { tx } = context;
  const centre = centreOf(context);
  const week = mondayOf(query.week ?? context.today);
  const last = shiftDay(week, 6);
  const zone = sql`(select c.tz from vn.centre c where c.id = ${centre})`;
  const people = await sql<{ id: string; name: string; school: string | null }>`
    select * from (select distinct on (m.person_id) m.person_id id, coalesce(vn.person_name(m.person_id), '') "name", s.name school
      from vn.membership m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
     where m.centre_id = ${centre} and m.role = 'consultant' and m.during && daterange(${week}::date, ${last}::date, '[]') and ${whose(context)}
     order by m.person_id, m.school_id nulls last) each order by name collate "da-x-icu", id`.execute(tx);
  const ids = sql`${sql.val(people.rows.map(({ id }) => id))}::uuid[]`;
  const hours = await sql<{ person_id: string; weekday: number; starts: string; ends: string }>`
    select h.person_id, h.weekday, to_char(h.starts, 'HH24:MI') starts, to_char(h.ends, 'HH24:MI') ends from vn.work_hours h where h.centre_id = ${centre} and h.person_id = any (${ids}) order by h.weekday, h.starts`.execute(
    tx,
  );
  const busy = await sql<Busy>`select p.id person_id, f.* from unnest(${ids}) p (id) cross join lateral vn.free_busy(p.id, ${week}::date, ${last}::date) f where f.kind <> 'meeting'`.execute(tx);
  const going = await sql<Going>`
    select s.consultant_id person_id, m.id, k.name company, k.town, lower(m.during) starts, upper(m.during) ends, m.state, s.learns, m.version,
           m.state = 'booked' and lower(m.during) > ctx.now() and vn.may_change_meeting(m.id) may
      from vn.meeting_staff s join vn.meeting m on m.centre_id = s.centre_id and m.id = s.meeting_id join vn.company k on k.id = m.company_id
     where s.centre_id = ${centre} and s.consultant_id = any (${ids}) and s.live and m.said is not null
       and m.during && tstzrange(${week}::date::timestamp at time zone ${zone}, (${last}::date + 1)::timestamp at time zone ${zone})
     order by lower(m.during), m.id`.execute(tx);
  const of = <Row extends { person_id: string }>(rows: readonly Row[], person: string) => rows.filter(({ person_id }) => person_id === person);
  const spans = (person: string, kind: Busy['kind']) =>
    merged(
      of(busy.rows, person)
        .filter((each) => each.kind === kind)
        .map(({ starts, ends }) => ({ start: new Date(starts), end: new Date(ends) })),
    ).map(({ start, end }) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      kind,
    }));
  return {
    week,
    days: Array.from({ length: 7 }, (_, at) => shiftDay(week, at)).map((day) => ({ day, holiday: holidayOn(day) })),
    people: people.rows.map(({ id, name, school }) => ({
      id: id as Week['people'][number]['id'],
      name,
      school,
      hours: of(hours.rows, id).map(({ weekday, starts, ends }) => ({ weekday, starts, ends })),
      busy: [...spans(id, 'busy'), ...spans(id, 'absent')],
      meetings: of(going.rows, id).map((each) => ({
        id: each.id as Week['people'][number]['meetings'][number]['id'],
        company: each.company,
        town: each.town,
        start: new Date(each.starts).toISOString(),
        end: new Date(each.ends).toISOString(),
        state: each.state,
        leads: !each.learns,
        mayChange: each.may,
        version: each.version,
      })),
    })),
  };
}
