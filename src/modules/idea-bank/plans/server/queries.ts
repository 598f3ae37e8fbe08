import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Proposal } from '../../pooling/server/public.ts';
import * as contract from '../contract.ts';
import { type PoolBusy, type PoolClass, type PoolLimit, type PoolNeed, type PoolSeat, type PoolTeacher, type PoolVenue, type Question, questionOf } from '../rules.ts';

export interface KeptProgress {
  phase: 'search' | 'solve' | 'share';
  done: number;
  of: number;
  participants: number;
}
/** The planner’s answer, with the classes that one more participant would open and how many others would get a seat by it. */
export interface KeptProposal extends Proposal {
  opens: { opportunity: string; others: number }[];
  /** `placed` are needs that get a seat; these have one and move. Who stays is in neither. */
  moves: Proposal['placed'];
  /** See `PoolProposal`. */
  saved: number;
  stranded: Proposal['unserved'];
}
export interface Kept {
  id: string;
  based_on: string | null;
  about: string | null;
  aboutClass: contract.PoolPlan['about'];
  by_hand: contract.ByHand;
  seconds: number;
  state: contract.PoolPlan['state'];
  stop: boolean;
  progress: KeptProgress | null;
  question: Question | null;
  proposal: KeptProposal | null;
  outcome: contract.PoolPlan['outcome'];
  by: string | null;
  made_at: string;
  version: number;
}

/** Classes of a school that told no size take so many. */
const usual = { minimum: 8, maximum: 16 };

const columns = sql`id, based_on, about, (select jsonb_build_object('id', l.id, 'title', coalesce(nullif(l.title, ''), c.title), 'starts', l.starts) from vn.class l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id where l.centre_id = pool_plan.centre_id and l.id = about) "aboutClass", by_hand, seconds::int, state, stop, progress, outcome, vn.person_name(made_by) "by", made_at, version`;

/** @throws not_found */
export async function keptPlan(context: Context, id: string): Promise<Kept> {
  const found = await sql<Kept>`select ${columns}, question, proposal from vn.pool_plan where centre_id = ${centreOf(context)} and id = ${id}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  return row;
}

/** What the planner is asked, as things stand now. `about`: a class whose people alone it is about. */
export async function readQuestion(context: Context, hand: contract.ByHand, about: string | null): Promise<Question> {
  const centre = centreOf(context);
  const { tx, today } = context;
  const place = (of: string) => sql.raw(`case when ${of}.latitude is not null then jsonb_build_object('latitude', ${of}.latitude, 'longitude', ${of}.longitude) end place`);
  const needs = await sql<PoolNeed>`
    select n.id, n.company_id company, n.course_id course, n.heads::int, n.earliest::text, n.latest::text, n.weekdays, n.parts, ${place('p')}, n.km::int, n.urgency::int, n.made_at::date::text since
      from vn.pooled_need n join vn.company k on k.id = n.company_id cross join lateral vn.place_of(k.postcode, k.municipality) p
     where n.centre_id = ${centre} and n.state = 'open' and n.course_id is not null and n.latest > ${today}::date`.execute(tx);
  // Classes to come, and those among them whose people could move; a move that schools have yet to answer counts as done.
  const seats = await sql<PoolSeat & { course: string }>`
    select s.id, s.company_id company, s.class_id class, l.course_id course, s.heads::int, ${place('p')}, s.made_at::date::text since,
           case when n.id is not null then jsonb_build_object('earliest', n.earliest, 'latest', n.latest, 'weekdays', n.weekdays, 'parts', n.parts, 'km', n.km) end need
      from vn.seat s join vn.class l on l.centre_id = s.centre_id and l.id = s.class_id join vn.company k on k.id = s.company_id cross join lateral vn.place_of(k.postcode, k.municipality) p
      left join vn.pooled_need n on n.centre_id = s.centre_id and n.id = s.need_id
     where s.centre_id = ${centre} and s.state = 'taken' and l.starts > ${today}::date and ${about === null ? sql`l.state = 'tentative' and not l.guaranteed` : sql`l.id = ${about}`}
       and not exists (select from vn.seat_move m where m.centre_id = s.centre_id and m.seat_id = s.id and m.state = 'asked')`.execute(tx);
  const courses = [...new Set([...(about === null ? needs.rows : []), ...seats.rows].map(({ course }) => course))];
  const asked = sql`l.course_id = any (${sql.val(courses)}::uuid[])`;
  const town = sql`coalesce(nullif(l.town, ''), s.town, '')`;
  // Where somebody waits, what is free is theirs.
  const classes = await sql<PoolClass>`
    select l.id, l.course_id course, c.field, l.school_id school, ${town} town, ${place('l')}, l.starts::text, l.ends::text, l.weekdays,
           l.part, l.minimum, greatest(l.minimum, 1, case when v.line then l.taken_elsewhere + l.taken + v.comes else l.maximum - l.held + v.comes end) maximum, greatest(0, least(l.maximum, l.taken_elsewhere + l.taken + v.comes - v.goes)) taken, l.guaranteed or l.state = 'confirmed' runs
      from vn.class l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id
      cross join lateral (select coalesce(sum(m.heads) filter (where m.to_class_id = l.id), 0)::int comes, coalesce(sum(m.heads) filter (where m.class_id = l.id), 0)::int goes,
          exists (select from vn.seat w where w.centre_id = l.centre_id and w.class_id = l.id and w.state = 'waiting' and w.heads <= l.maximum) line
        from vn.seat_move m where m.centre_id = l.centre_id and l.id in (m.class_id, m.to_class_id) and m.state = 'asked') v
     where l.centre_id = ${centre} and l.state <> 'cancelled' and l.starts > ${today}::date and ((l.open and coalesce(l.deadline, l.starts) >= ${today}::date) or l.id = ${about}) and ${asked}`.execute(
    tx,
  );
  // A school teaches a course where it taught last; where it never did, in its own town.
  const venues = await sql<PoolVenue>`
    select l.course_id course, c.field, l.school_id school, coalesce(nullif(x.town, ''), s.town) town, ${place('x')},
           coalesce(c.days, c.hours / 7.4, 1)::float days, coalesce(x.minimum, ${usual.minimum}) minimum, coalesce(x.maximum, ${usual.maximum}) maximum
      from vn.course_school l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id
      left join lateral (select y.town, y.latitude, y.longitude, y.minimum, y.maximum from vn.class y where y.centre_id = l.centre_id and y.school_id = l.school_id order by (y.course_id = l.course_id) desc, y.starts desc, y.id limit 1) x on true
     where l.centre_id = ${centre} and not c.retired and vn.school_here(s.id, ${today}::date) and s.left_on is null and ${asked}`.execute(tx);
  const limits = await sql<PoolLimit>`select school_id school, rooms, teachers from vn.running_limit where centre_id = ${centre}`.execute(tx);
  const limited = sql`(select school_id from vn.running_limit where centre_id = ${centre})`;
  const busy = await sql<PoolBusy>`
    select l.id, l.school_id school, ${town} town, c.field, l.part, l.starts::text, l.ends::text
      from vn.class l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id
     where l.centre_id = ${centre} and l.state <> 'cancelled' and l.ends > ${today}::date and l.school_id in ${limited}`.execute(tx);
  // Of the teachers whom a school lists, those who are away or lent out, and those it has on loan.
  const teachers = await sql<PoolTeacher>`
    with known as (
      select t.centre_id, t.id, t.school_id, array(select distinct f from (select unnest(t.fields) f union select c.field from vn.teacher_course x join vn.course c on c.centre_id = x.centre_id and c.id = x.course_id
        where x.centre_id = t.centre_id and x.teacher_id = t.id) all_fields) fields from vn.teacher t where t.centre_id = ${centre} and not t.retired)
    select k.school_id school, k.fields, lower(a.during)::text first, coalesce(upper(a.during) - 1, date '9999-12-31')::text last, -1 change
      from known k join vn.teacher_absence a on a.centre_id = k.centre_id and a.teacher_id = k.id
    union all
    select case side when -1 then k.school_id else u.school_id end, k.fields, lower(d)::text, (upper(d) - 1)::text, side
      from known k join vn.teacher_use u on u.centre_id = k.centre_id and u.teacher_id = k.id and u.loan_id is not null cross join unnest(u.days) d cross join (values (-1), (1)) sides (side)`.execute(
    tx,
  );
  return questionOf(today, { needs: needs.rows, seats: seats.rows, classes: classes.rows, venues: venues.rows, limits: limits.rows, busy: busy.rows, teachers: teachers.rows }, hand, about);
}

/** Seats are those of needs; whoever has a seat in a class already is not counted again. */
const summed = (kept: Omit<Kept, 'question' | 'proposal'>, proposal: (Pick<Proposal, 'gap' | 'proven'> & { seats: number; moved: number }) | null, classes: number): contract.PoolPlanSummary => ({
  id: kept.id as contract.PoolPlan['id'],
  by: kept.by ?? '',
  madeAt: kept.made_at,
  seconds: kept.seconds,
  state: kept.state,
  basedOn: kept.based_on as contract.PoolPlan['basedOn'],
  about: kept.aboutClass,
  stopAsked: kept.stop,
  progress: kept.state !== 'waiting' || kept.progress === null ? null : { phase: kept.progress.phase, done: kept.progress.done, of: kept.progress.of, seats: kept.progress.participants },
  figures: proposal === null ? null : { seats: proposal.seats, moved: proposal.moved, classes, gap: proposal.gap, proven: proposal.proven },
  version: kept.version,
});

export async function plans(context: Context): Promise<contract.PoolPlanSummary[]> {
  const found = await sql<Kept & { seats: number; moved: number; gap: number; proven: boolean | null; classes: number }>`
    select ${columns}, (select coalesce(sum((p->>'heads')::int), 0)::int from jsonb_array_elements(proposal->'placed') p) seats, (select coalesce(sum((p->>'heads')::int), 0)::int from jsonb_array_elements(proposal->'moves') p) moved, (proposal->>'gap')::float gap, (proposal->>'proven')::boolean proven, (select count(*)::int from jsonb_array_elements(proposal->'classes') c where not (c->>'existing')::boolean or exists (select from jsonb_array_elements(proposal->'placed') p where p->>'opportunity' = c->>'opportunity') or exists (select from jsonb_array_elements(proposal->'moves') p where p->>'opportunity' = c->>'opportunity')) classes
      from vn.pool_plan where centre_id = ${centreOf(context)} order by made_at desc, id limit 50`.execute(context.tx);
  return found.rows.map((row) => summed(row, row.proven === null ? null : { seats: row.seats, moved: row.moved, gap: row.gap, proven: row.proven }, row.classes));
}

type Company = contract.UnservedNeed['company'];
type Seat = contract.PlannedClass['moves'][number]['seat'];
interface Names {
  needs: Map<string, { company: Company; what: string }>;
  courses: Map<string, { id: string; title: string }>;
  schools: Map<string, { id: string; name: string }>;
  /** Companies of seats that whoever reads may see. */
  seats: Map<string, { company: Company }>;
}
/** Today's names of everything that a plan is about. */
async function namesFor(context: Context, { instance, known, seats: asked }: Question): Promise<Names> {
  const centre = centreOf(context);
  const needs = await sql<{ id: string; company: Company; what: string }>`
    select n.id, jsonb_build_object('id', k.id, 'name', k.name, 'town', k.town) company, n.what from vn.pooled_need n join vn.company k on k.id = n.company_id
     where n.centre_id = ${centre} and n.id = any (${sql.val(instance.needs.map(({ id }) => id))}::uuid[])`.execute(context.tx);
  const courses = await sql<{
    id: string;
    title: string;
  }>`select id, title from vn.course where centre_id = ${centre} and id = any (${sql.val([...new Set(Object.values(known).map(({ course }) => course))])}::uuid[])`.execute(context.tx);
  const schools = await sql<{ id: string; name: string }>`select id, name from vn.school where centre_id = ${centre}`.execute(context.tx);
  const seats = await sql<{ id: string; company: Company }>`
    select s.id, jsonb_build_object('id', k.id, 'name', k.name, 'town', k.town) company from vn.seat s join vn.company k on k.id = s.company_id
     where s.centre_id = ${centre} and s.id = any (${sql.val(asked)}::uuid[])`.execute(context.tx);
  const by = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  return { needs: by(needs.rows), courses: by(courses.rows), schools: by(schools.rows), seats: by(seats.rows) };
}

const headsOf = (groups: readonly { heads: number }[]) => groups.reduce((sum, { heads }) => sum + heads, 0);
/** Classes that are new or get somebody. */
const countOf = ({ classes, placed, moves }: Pick<KeptProposal, 'classes' | 'placed' | 'moves'>) =>
  classes.filter(({ opportunity, existing }) => !existing || [...placed, ...moves].some((each) => each.opportunity === opportunity)).length;

/** A plan in words: the planner's answer beside what it was asked. */
export async function planById(context: Context, id: string): Promise<contract.PoolPlan> {
  const kept = await keptPlan(context, id);
  const coordinates = context.actor.roles.includes('coordinator');
  const { proposal: found, question } = kept;
  const shown = {
    ...summed(kept, found === null ? null : { ...found, seats: headsOf(found.placed), moved: headsOf(found.moves) }, found === null ? 0 : countOf(found)),
    byHand: kept.by_hand,
    outcome: kept.outcome,
    can: { change: coordinates && found !== null, stop: coordinates && kept.state === 'waiting' && !kept.stop, accept: coordinates && kept.state === 'done' },
  };
  if (found === null || question === null) return { ...shown, proposal: null };
  const { instance, known } = question;
  const names = await namesFor(context, question);
  const opportunityOf = new Map(instance.opportunities.map((each) => [each.id, each]));
  const needOf = new Map(instance.needs.map((each) => [each.id, each]));
  const placed = Map.groupBy(found.placed, ({ opportunity }) => opportunity);
  const moving = Map.groupBy(found.moves, ({ opportunity }) => opportunity);
  const nobody: Company = { id: '' as Company['id'], name: '', town: null };
  const about = (need: string) => names.needs.get(need) ?? { company: nobody, what: '' };
  const schoolNamed = (school: string) => (names.schools.get(school) ?? { id: school, name: '' }) as contract.PlannedClass['school'];
  const cameFrom = (id: string | null | undefined): contract.PlannedClass['moves'][number]['from'][] => {
    const its = opportunityOf.get(id ?? '');
    if (its === undefined) return [];
    return [
      {
        id: its.id as NonNullable<contract.PlannedClass['existing']>,
        school: schoolNamed(its.schools[0] ?? '').name,
        town: its.venue,
        starts: its.slot.firstDay as contract.PlannedClass['starts'],
      },
    ];
  };
  const because = (reasons: KeptProposal['unserved'][number]['reasons']): contract.UnservedReason[] =>
    reasons.map(({ code, opportunities, km, day, missing: lacks, opportunity }) => ({
      code,
      classes: opportunities,
      km: km ?? null,
      day: (day ?? null) as contract.UnservedReason['day'],
      missing: lacks ?? null,
      class: opportunity ?? null,
    }));
  const planned = (opportunity: string, school: string, heads: number): contract.PlannedClass[] => {
    const its = opportunityOf.get(opportunity);
    const more = known[opportunity];
    if (its === undefined || more === undefined) return [];
    return [
      {
        class: opportunity,
        existing: more.existing as contract.PlannedClass['existing'],
        course: (names.courses.get(more.course) ?? { id: more.course, title: '' }) as contract.PlannedClass['course'],
        school: schoolNamed(school),
        town: more.town,
        place: more.place,
        starts: its.slot.firstDay as contract.PlannedClass['starts'],
        ends: more.ends as contract.PlannedClass['ends'],
        part: more.part,
        minimum: its.min,
        maximum: its.max,
        heads,
        groups: (placed.get(opportunity) ?? [])
          .map(({ need, group, heads: people, km, alone, byHand }) => ({ need: need as contract.UnservedNeed['need'], group, heads: people, ...about(need), km, alone, byHand }))
          .sort((a, b) => a.company.name.localeCompare(b.company.name, 'da') || a.group - b.group),
        moves: (moving.get(opportunity) ?? []).flatMap(({ need, heads: people, moved }) =>
          cameFrom(moved?.from).map((from) => ({ seat: need as Seat, heads: people, company: names.seats.get(need)?.company ?? null, from, bothSchools: moved?.bothSchools === true })),
        ),
        chosen: kept.by_hand.opened.includes(opportunity) ? 'opened' : kept.by_hand.closed.includes(opportunity) ? 'closed' : null,
      },
    ];
  };
  // What lacks people: of each class of which somebody was nearest to getting a seat, how many are missing.
  const missing = new Map<string, number>();
  for (const { reasons } of found.unserved)
    for (const { code, missing: lacks, opportunity } of reasons)
      if (code === 'below_minimum' && lacks !== undefined && opportunity !== undefined) missing.set(opportunity, Math.min(lacks, missing.get(opportunity) ?? Number.POSITIVE_INFINITY));
  const nearly = [...missing].flatMap(([opportunity, lacks]) => {
    const its = opportunityOf.get(opportunity);
    if (its === undefined) return [];
    return planned(opportunity, its.schools[0] ?? '', Math.max(0, its.min - lacks)).map((each) => ({ ...each, missing: lacks }));
  });
  const byStart = (a: contract.PlannedClass, b: contract.PlannedClass) => a.starts.localeCompare(b.starts) || a.class.localeCompare(b.class);
  const haveSeats = new Set(question.seats);
  const asking = instance.needs.filter(({ id: need }) => !haveSeats.has(need));
  const companies = new Set(asking.map(({ company }) => company));
  return {
    ...shown,
    proposal: {
      asked: { companies: companies.size, seats: headsOf(asking) },
      seats: headsOf(found.placed),
      saved: found.saved,
      moved: headsOf(found.moves),
      movedBetweenSchools: headsOf(found.moves.filter(({ moved }) => moved?.bothSchools === true)),
      km: Math.round(found.km),
      classes: found.classes
        .filter(({ opportunity, existing }) => !existing || placed.has(opportunity) || moving.has(opportunity))
        .flatMap(({ opportunity, school, heads }) => planned(opportunity, school, heads))
        .sort(byStart),
      opens: found.opens.flatMap(({ opportunity, others }) => {
        const its = opportunityOf.get(opportunity);
        return its === undefined ? [] : planned(opportunity, its.schools[0] ?? '', its.min - 1).map((each) => ({ ...each, others }));
      }),
      nearly: nearly.sort((a, b) => a.missing - b.missing || byStart(a, b)).slice(0, 20),
      unserved: found.unserved.map(({ need, group, heads, reasons }) => ({
        need: need as contract.UnservedNeed['need'],
        group,
        heads: heads ?? needOf.get(need)?.heads ?? 0,
        ...about(need),
        reasons: because(reasons),
      })),
      stranded: found.stranded.flatMap(({ need, heads, reasons }) => {
        const company = names.seats.get(need)?.company ?? null;
        // Kilometres to more and more classes would say in which town it is.
        const told = because(reasons).map((each) => (company === null ? { ...each, km: null } : each));
        return cameFrom(needOf.get(need)?.enrolled).map((from) => ({ seat: need as Seat, heads, company, from, reasons: told }));
      }),
      unfilled: found.cancelled.flatMap((opportunity) => {
        if (opportunity === kept.about) return [];
        const its = opportunityOf.get(opportunity);
        const more = known[opportunity];
        return its === undefined || more === undefined
          ? []
          : [
              {
                class: opportunity as NonNullable<contract.PlannedClass['existing']>,
                title: names.courses.get(more.course)?.title ?? '',
                school: schoolNamed(its.schools[0] ?? '').name,
                starts: its.slot.firstDay as contract.PlannedClass['starts'],
              },
            ];
      }),
      schools: found.schools.map(({ school, offered, due, classes }) => ({ school: schoolNamed(school), offered, due, classes })).sort((a, b) => a.school.name.localeCompare(b.school.name, 'da')),
      refused: found.refused,
      gap: found.gap,
      proven: found.proven,
      stopped: found.stopped,
      seed: found.seed,
      solver: found.solver,
    },
  };
}

export const readPlan = (context: Context, { params }: InputOf<typeof contract.readPoolPlan>): Promise<contract.PoolPlan> => planById(context, params.plan);

export async function comparePlans(context: Context, { params }: InputOf<typeof contract.comparePoolPlans>): Promise<OutputOf<typeof contract.comparePoolPlans>> {
  const [plan, other] = [await planById(context, params.plan), await planById(context, params.other)];
  if (plan.proposal === null || other.proposal === null) throw refuse(contract.comparePoolPlans, 'plan_not_done');
  const seatsIn = ({ classes }: contract.PoolProposal) => {
    const all = new Map<string, { company: Company; what: string; at: string[] }>();
    for (const { course, town, starts, groups } of classes)
      for (const { need, company, what } of groups) all.set(need, { company, what, at: [...(all.get(need)?.at ?? []), `${course.title}, ${town}, ${starts}`].sort() });
    return all;
  };
  const [mine, theirs] = [seatsIn(plan.proposal), seatsIn(other.proposal)];
  const needs = [...new Set([...mine.keys(), ...theirs.keys()])]
    .map((need) => {
      const it = mine.get(need) ?? theirs.get(need);
      return { need: need as contract.UnservedNeed['need'], company: it?.company as Company, what: it?.what ?? '', plan: mine.get(need)?.at ?? [], other: theirs.get(need)?.at ?? [] };
    })
    .filter((each) => JSON.stringify(each.plan) !== JSON.stringify(each.other))
    .sort((a, b) => a.company.name.localeCompare(b.company.name, 'da') || a.need.localeCompare(b.need));
  const bare = ({ byHand: _hand, proposal: _proposal, outcome: _outcome, can: _can, ...summary }: contract.PoolPlan) => summary;
  return { plan: bare(plan), other: bare(other), km: { plan: plan.proposal.km, other: other.proposal.km }, needs };
}
