import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { planClass } from '../../../catalogue/classes/server/public.ts';
import { askMove, tellSchoolsOfMoves } from '../../../catalogue/seat-moves/server/public.ts';
import { takeSeats } from '../../../catalogue/seats/server/public.ts';
import * as contract from '../contract.ts';
import { workOutPlan } from './jobs.ts';
import { keptPlan, planById } from './queries.ts';

type Plan = contract.PoolPlan;
type Outcome = NonNullable<Plan['outcome']>;

export async function proposeClasses(context: Context, { body }: InputOf<typeof contract.proposeClasses>): Promise<Plan> {
  const [centre, person] = [centreOf(context), personOf(context)];
  if (body.basedOn !== null) {
    const known = await context.tx.selectFrom('pool_plan').select('id').where('centre_id', '=', centre).where('id', '=', body.basedOn).executeTakeFirst();
    if (known === undefined) throw refuse(contract.proposeClasses, 'plan_unknown', { fields: [{ path: 'basedOn', code: 'plan_unknown' }] });
  }
  if (body.about !== null) {
    const known = await context.tx
      .selectFrom('class')
      .select('id')
      .where('centre_id', '=', centre)
      .where('id', '=', body.about)
      .where('state', '<>', 'cancelled')
      .where('starts', '>', context.today)
      .executeTakeFirst();
    if (known === undefined) throw refuse(contract.proposeClasses, 'class_not_to_come', { fields: [{ path: 'about', code: 'class_not_to_come' }] });
  }
  const id = context.newId();
  await sql`
    insert into vn.pool_plan (centre_id, id, based_on, about, by_hand, seconds, made_by, made_at)
      values (${centre}, ${id}, ${body.basedOn}, ${body.about}, ${JSON.stringify(body.byHand)}::jsonb, ${body.seconds}, ${person}, ctx.now())`.execute(context.tx);
  await context.enqueue(workOutPlan, { centre, person, plan: id });
  await context.audit('pool_plan.asked', id, { basedOn: body.basedOn, about: body.about, byHand: body.byHand });
  return planById(context, id);
}

export async function stopPoolPlan(context: Context, { params }: InputOf<typeof contract.stopPoolPlan>): Promise<Plan> {
  const now = await keptPlan(context, params.plan);
  if (now.state !== 'waiting') throw refuse(contract.stopPoolPlan, 'plan_done');
  await sql`update vn.pool_plan set stop = true where centre_id = ${centreOf(context)} and id = ${params.plan} and state = 'waiting'`.execute(context.tx);
  await context.audit('pool_plan.stopped', params.plan);
  return planById(context, params.plan);
}

/** Where a school teaches, for a class that is made of a plan: as its last class in that town stands. */
async function venueOf(context: Context, school: string, town: string): Promise<{ place: string; street: string; postcode: string | null }> {
  const found = await sql<{ place: string; street: string; postcode: string | null }>`
    select place, street, postcode from vn.class where centre_id = ${centreOf(context)} and school_id = ${school} and town = ${town} order by starts desc, id limit 1`.execute(context.tx);
  return found.rows[0] ?? { place: '', street: '', postcode: null };
}

/**
 * A need that was split by hand becomes so many needs, one for each group: each has its seats, or waits in the pool, for itself.
 * @returns the need of a group
 */
async function splitNeeds(context: Context, splits: readonly { need: string; groups: readonly number[] }[]): Promise<(need: string, group: number) => string> {
  const own = new Map<string, string>();
  for (const { need, groups } of splits)
    for (const [group, heads] of groups.entries()) {
      if (group === 0) {
        await sql`update vn.pooled_need set heads = ${heads}, version = version + 1 where centre_id = ${centreOf(context)} and id = ${need}`.execute(context.tx);
        continue;
      }
      const id = context.newId();
      own.set(`${need} ${group}`, id);
      await sql`
        insert into vn.pooled_need (centre_id, id, company_id, course_id, field, what, heads, earliest, latest, weekdays, parts, km, fit, urgency, contact_id, person_id, made_at, meet)
          select centre_id, ${id}, company_id, course_id, field, what, ${heads}, earliest, latest, weekdays, parts, km, fit, urgency, contact_id, person_id, made_at, meet
            from vn.pooled_need where centre_id = ${centreOf(context)} and id = ${need}`.execute(context.tx);
      await context.audit('pooled_need.split', id, { from: need, heads });
    }
  return (need, group) => own.get(`${need} ${group}`) ?? need;
}

/** Whether the course is still taught, and the school still here. */
async function canBeMade(context: Context, { course, school }: contract.PlannedClass): Promise<boolean> {
  const found = await sql`
    select from vn.course c join vn.school s on s.centre_id = c.centre_id
     where c.centre_id = ${centreOf(context)} and c.id = ${course.id} and not c.retired and s.id = ${school.id} and vn.school_here(s.id, ${context.today}::date)`.execute(context.tx);
  return found.rows.length > 0;
}

/** Days before a class begins on which it is said whether it runs, and never in the past. */
const noticeDays = 14;

export async function acceptPoolPlan(context: Context, { params, body }: InputOf<typeof contract.acceptPoolPlan>): Promise<Plan> {
  const { tx, today } = context;
  const centre = centreOf(context);
  await sql`select from vn.pool_plan where centre_id = ${centre} and id = ${params.plan} for update`.execute(tx);
  const now = await planById(context, params.plan);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (now.state === 'accepted') throw refuse(contract.acceptPoolPlan, 'plan_accepted');
  if (now.proposal === null) throw refuse(contract.acceptPoolPlan, 'plan_not_done');
  const stray = (body.classes ?? []).find((id) => !now.proposal?.classes.some((each) => each.class === id));
  if (stray !== undefined) throw refuse(contract.acceptPoolPlan, 'class_unknown', { fields: [{ path: 'classes', code: 'class_unknown' }] });
  const chosen = now.proposal.classes.filter((each) => body.classes === null || body.classes.includes(each.class));
  const { question } = await keptPlan(context, params.plan);
  const outcome: Outcome = { classes: [], leftOut: [] };
  // Classes first and then needs, each in one order, as everybody who moves seats does: whoever accepts at the same time waits, and not in a ring.
  const homes = chosen.flatMap((each) => [...(each.existing === null ? [] : [each.existing]), ...each.moves.map(({ from }) => from.id)]);
  await sql`select from vn.class where centre_id = ${centre} and id = any (${sql.val([...new Set(homes)])}::uuid[]) order by id for update`.execute(tx);
  const all = [...new Set(chosen.flatMap(({ groups }) => groups.map(({ need }) => need)))].sort();
  const open = await sql<{ id: string; heads: number; course_id: string | null }>`
    select id, heads::int, course_id from vn.pooled_need where centre_id = ${centre} and id = any (${sql.val(all)}::uuid[]) and state = 'open' order by id for update`.execute(tx);
  const asked = new Map((question?.instance.needs ?? []).map((need) => [need.id, need]));
  // A need that was changed since is another one: it was not asked about.
  const same = new Set(open.rows.filter(({ id, heads, course_id }) => asked.get(id)?.heads === heads && asked.get(id)?.course === course_id).map(({ id }) => id));
  const seated = await sql<{ id: string }>`
    select id from vn.seat where centre_id = ${centre} and id = any (${sql.val(chosen.flatMap(({ moves: its }) => its.map(({ seat }) => seat)))}::uuid[]) and state = 'taken'`.execute(tx);
  const sits = new Set(seated.rows.map(({ id }) => id));
  const ownNeed = await splitNeeds(
    context,
    (question?.instance.splits ?? []).filter(({ need }) => same.has(need)),
  );
  const there: { each: contract.PlannedClass; id: string; seats: number; moved: number; asked: number }[] = [];
  for (const each of chosen) {
    for (const { need } of each.groups) if (!same.has(need)) outcome.leftOut.push({ need, class: each.class, because: 'need_changed' });
    for (const { seat } of each.moves) if (!sits.has(seat)) outcome.leftOut.push({ need: null, class: each.class, because: 'seat_changed' });
    const known = question?.known[each.class];
    const comes = each.groups.some(({ need }) => same.has(need)) || each.moves.some(({ seat }) => sits.has(seat));
    if (each.starts <= today || known === undefined || (each.existing === null && !(comes && (await canBeMade(context, each))))) {
      outcome.leftOut.push({ need: null, class: each.class, because: 'class_gone' });
      continue;
    }
    const latest = shiftDay(each.starts, -noticeDays);
    const id =
      each.existing ??
      (await planClass(context, {
        course: each.course.id,
        school: each.school.id,
        starts: each.starts,
        ends: each.ends,
        weekdays: known.weekdays,
        part: each.part,
        minimum: each.minimum,
        maximum: each.maximum,
        town: each.town,
        ...(await venueOf(context, each.school.id, each.town)),
        decidedBy: (latest > today ? latest : today) as typeof each.starts,
      }));
    there.push({ each, id, seats: 0, moved: 0, asked: 0 });
  }
  // People move before others come: seats that they leave may be what others are to have.
  const moves: string[] = [];
  for (const it of there)
    for (const { seat, heads } of it.each.moves.filter((move) => sits.has(move.seat))) {
      const { result, id: asking } = await askMove(context, seat, it.id);
      if (result === 'done') it.moved += heads;
      else if (result === 'asked') it.asked += heads;
      else outcome.leftOut.push({ need: null, class: it.each.class, because: result === 'full' ? 'full' : 'seat_changed' });
      if (result === 'asked') moves.push(asking);
    }
  for (const it of there)
    for (const { need, group, heads, company } of it.each.groups.filter((its) => same.has(its.need))) {
      const result = await takeSeats(context, { class: it.id, company: company.id, heads, need: ownNeed(need, group), wait: false });
      if (result === 'taken') it.seats += heads;
      else outcome.leftOut.push({ need, class: it.each.class, because: result === 'gone' ? 'class_gone' : 'full' });
    }
  outcome.classes = there.map(({ each, id, ...counts }) => ({ class: each.class, id: id as Outcome['classes'][number]['id'], made: each.existing === null, ...counts }));
  await tellSchoolsOfMoves(context, moves);
  await sql`
    update vn.pool_plan set state = 'accepted', accepted_by = ${personOf(context)}, accepted_at = ctx.now(), outcome = ${JSON.stringify(outcome)}::jsonb, version = version + 1
     where centre_id = ${centre} and id = ${params.plan}`.execute(tx);
  await context.audit('pool_plan.accepted', params.plan, { classes: outcome.classes.map(({ id }) => id), leftOut: outcome.leftOut.length });
  return planById(context, params.plan);
}
