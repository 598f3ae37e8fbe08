import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { sectionOf } from '../../../../kit/industries.ts';
import { problem } from '../../../../kit/problem.ts';
import { mondayOf } from '../../../../kit/week.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { merged } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Brief } from '../../meetings/contract.ts';
import { ableFor, briefOf, isAhead, meetingFor, slotInputs } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import type { Reasons } from '../model.ts';
import type { HalfDay, Instance, Left } from '../rules.ts';

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
    .map(({ consultant, hindered, ...facts }) => ({
      id: consultant.id as contract.Candidate['id'],
      name: consultant.name,
      school: consultant.school === null ? null : (names.get(consultant.school) ?? null),
      ...facts,
      hindered: hindered === 'meeting' ? ('busy' as const) : hindered,
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

/** What a plan keeps of what was asked and found. */
export interface Kept {
  id: string;
  week: string;
  scope: contract.Plan['scope'];
  state: contract.Plan['state'];
  chosen: Pick<contract.Plan, 'pins' | 'excluded'>;
  proposal: (Reasons & { gap: number; proven: boolean }) | null;
}
export async function keptPlan(context: Pick<Context, 'tx' | 'actor'>, id: string): Promise<Kept> {
  const found = await sql<Kept>`select id, week::text, scope, state, chosen, proposal from vn.staffing_plan where centre_id = ${context.actor.centreId} and id = ${id}`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw problem('not_found');
  return row;
}

/** The meetings of a week that are booked and ahead, in the order of their time. */
async function ahead(context: Context, week: string): Promise<Brief[]> {
  const zone = sql`(select c.tz from vn.centre c where c.id = ${centreOf(context)})`;
  const found = await sql<{ id: string }>`
    select m.id from vn.meeting m where m.centre_id = ${centreOf(context)} and m.state = 'booked' and m.said is not null and lower(m.during) > ctx.now()
       and lower(m.during) >= ${week}::date::timestamp at time zone ${zone} and lower(m.during) < (${week}::date + 7)::timestamp at time zone ${zone}
     order by lower(m.during), m.id`.execute(context.tx);
  const all: Brief[] = [];
  for (const { id } of found.rows) all.push(await briefOf(context, id));
  return all;
}

/** '2026-11-24 am': the half-day that a moment is in, where the centre is. */
const halfDayOf = (zone: string, instant: string): HalfDay => {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant)).split(' ');
  return `${day} ${time < '12' ? 'am' : 'pm'}`;
};
const leadOf = (meeting: Brief) => meeting.staff.find(({ learns }) => !learns);
const companionOf = (meeting: Brief) => meeting.staff.find(({ learns }) => learns);

/**
 * A week as a question for the planner. Times are fixed; who cannot at a meeting's time – a lesson, an absence, outside the own hours, and in scope `missing`
 * another meeting – is excluded there. Whom the company expects counts as its contact person.
 */
export async function instanceOf(context: Context, kept: Kept): Promise<Instance> {
  const { zone } = context.actor;
  const all = await ahead(context, kept.week);
  const planned = all.filter((each) => kept.scope === 'all' || each.leaderless);
  const inputs = planned[0] === undefined ? null : await slotInputs(context, planned[0].company.id, planned[0].id);
  const profiles = await context.tx.selectFrom('consultant_profile').selectAll().where('centre_id', '=', centreOf(context)).execute();
  const profileOf = new Map(profiles.map((each) => [each.person_id, each]));
  const places = await sql<{ id: string; kind: string; latitude: number | null; longitude: number | null }>`
    select s.id, s.kind, p.latitude, p.longitude from vn.school s cross join lateral vn.place_of(s.postcode, null) p where s.centre_id = ${centreOf(context)}`.execute(context.tx);
  const schoolOf = new Map(places.rows.map((each) => [each.id, each]));
  const sites = await sql<{ id: string; municipality: string | null; division: string | null; latitude: number | null; longitude: number | null }>`
    select c.id, c.municipality, left(c.industry_code, 2) division, p.latitude, p.longitude from vn.company c cross join lateral vn.place_of(c.postcode, c.municipality) p
     where c.id = any (${sql.val(planned.map(({ company }) => company.id))}::uuid[])`.execute(context.tx);
  const siteOf = new Map(sites.rows.map((each) => [each.id, each]));
  const place = (of: { latitude: number | null; longitude: number | null } | undefined) =>
    of === undefined || of.latitude === null || of.longitude === null ? null : { latitude: of.latitude, longitude: of.longitude };
  const offered = [...new Set(profiles.flatMap(({ products }) => products))];
  const days = Array.from({ length: 5 }, (_, at) => shiftDay(kept.week, at)).flatMap((day) => [`${day} am`, `${day} pm`]);

  const excluded: Instance['excluded'] = kept.chosen.excluded.map(({ person, meeting }) => ({ consultant: person, visit: meeting }));
  for (const meeting of planned)
    for (const { consultant, hindered, outsideHours } of await ableFor(context, meeting)) {
      const holds = meeting.staff.some(({ id }) => id === consultant.id);
      if (!holds && (hindered === 'absent' || hindered === 'busy' || outsideHours || (hindered === 'meeting' && kept.scope === 'missing')))
        excluded.push({ consultant: consultant.id, visit: meeting.id });
    }
  // Room is what is left without the meetings that are planned anew.
  const anew = (has: (meeting: Brief) => number) => planned.reduce((sum, each) => sum + has(each), 0);
  const room = (weeks: readonly Left[], back: number): Left[] => [{ week: kept.week, left: Math.max(0, (weeks.find(({ week }) => week === kept.week)?.left ?? 0) + back) }];
  const schoolNamed = (person: string) => inputs?.consultants.find(({ id }) => id === person)?.school ?? null;
  return {
    visits: planned.map((meeting) => {
      const site = siteOf.get(meeting.company.id);
      const spoken = `${meeting.said} ${meeting.wishes}`.toLowerCase();
      return {
        id: meeting.id,
        slots: [halfDayOf(zone, meeting.start)],
        place: place(site),
        municipality: site?.municipality ?? null,
        industry: sectionOf(site?.division ?? null),
        products: offered.filter((product) => spoken.includes(product.toLowerCase())),
        language: meeting.contact.language,
        assessment: /\b(ikv|rkv)\b|kompetencevurdering|realkompetence/.test(spoken),
        basicSkills: /\b(fvu|ordblind)|læse|skrive|regne|stave/.test(spoken),
        contactPerson: meeting.leaderless ? null : (leadOf(meeting)?.id ?? null),
        aim: companionOf(meeting) === undefined ? 'expertise' : 'learning',
        pair: false,
      };
    }),
    consultants: (inputs?.consultants ?? []).map((each) => {
      const profile = profileOf.get(each.id);
      const school = each.school === null ? undefined : schoolOf.get(each.school);
      const elsewhere = new Set(all.filter((meeting) => !planned.includes(meeting) && meeting.staff.some(({ id }) => id === each.id)).map(({ start }) => halfDayOf(zone, start)));
      return {
        id: each.id,
        school: each.school,
        place: place(school),
        area: each.area,
        industries: each.industries,
        products: profile?.products ?? [],
        assessment: profile?.assessment ?? 0,
        basicSkills: profile?.basic_skills ?? 0,
        languages: [...new Set(['da', ...each.languages])],
        experienced: profile?.experience !== 'newcomer',
        vocational: school?.kind !== 'vuc',
        free: days.filter((half) => !elsewhere.has(half)),
        weeks: room(
          each.weeks,
          anew((meeting) => (meeting.staff.some(({ id }) => id === each.id) ? 1 : 0)),
        ),
      };
    }),
    schools: (inputs?.schools ?? []).map((each) => ({
      id: each.id,
      share: each.share,
      booked: Math.max(0, each.booked - anew((meeting) => (schoolNamed(leadOf(meeting)?.id ?? '') === each.id ? 1 : 0))),
      weeksIn: each.weeksIn,
      weeks: room(
        each.weeks,
        anew((meeting) => meeting.staff.filter(({ id }) => schoolNamed(id) === each.id).length),
      ),
    })),
    centre: null,
    settings: { window: inputs?.window ?? 13, lead: inputs?.lead ?? 3, mostKm: null },
    pins: kept.chosen.pins.filter(({ meeting }) => planned.some(({ id }) => id === meeting)).map(({ meeting, ...pin }) => ({ visit: meeting, ...pin })),
    excluded,
  };
}

/** A plan as it is shown: what was proposed, beside who goes as of now. */
export async function planOf(context: Context, kept: Kept): Promise<contract.Plan> {
  const shown = { id: kept.id as contract.Plan['id'], week: kept.week, scope: kept.scope, state: kept.state, ...kept.chosen };
  const { proposal } = kept;
  if (proposal === null) return { ...shown, proposal: null };
  const staffed = new Map(proposal.staffed.map((each) => [each.visit, each]));
  const unstaffed = new Map(proposal.unstaffed.map((each) => [each.visit, each]));
  type Someone = NonNullable<NonNullable<contract.Plan['proposal']>['items'][number]['lead']>;
  const people = await sql<{ id: string; name: string | null; school: string | null }>`
    select distinct on (m.person_id) m.person_id id, vn.person_name(m.person_id) "name", s.name school from vn.membership m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
     where m.centre_id = ${centreOf(context)} and m.role = 'consultant' order by m.person_id, upper(m.during) desc nulls first, m.school_id nulls last`.execute(context.tx);
  const named = new Map(people.rows.map(({ id, name, school }) => [id, { id: id as Someone['id'], name: name ?? '', school }]));
  const someone = (id: string | null | undefined) => (id === null || id === undefined ? null : (named.get(id) ?? null));
  const items = (await ahead(context, kept.week)).flatMap((meeting) => {
    const [found, none] = [staffed.get(meeting.id), unstaffed.get(meeting.id)];
    if (found === undefined && none === undefined) return [];
    const now = { lead: meeting.leaderless ? null : someone(leadOf(meeting)?.id), companion: someone(companionOf(meeting)?.id) };
    const companion = someone(found?.companion);
    return [
      {
        meeting: { id: meeting.id, company: meeting.company.name, start: meeting.start, end: meeting.end },
        version: meeting.version,
        now,
        lead: someone(found?.lead),
        companion,
        changes: found !== undefined && (found.lead !== now.lead?.id || (companion !== null && companion.id !== now.companion?.id)),
        because: found?.because ?? [],
        warnings: found?.warnings ?? [],
        reasons: none?.reasons ?? [],
      },
    ];
  });
  return { ...shown, proposal: { gap: proposal.gap, proven: proposal.proven, items } };
}

export const readPlan = async (context: Context, { params }: InputOf<typeof contract.readStaffingPlan>): Promise<contract.Plan> => planOf(context, await keptPlan(context, params.plan));
