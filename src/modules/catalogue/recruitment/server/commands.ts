import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { planClass } from '../../classes/server/public.ts';
import { coursesById } from '../../course-choices/server/public.ts';
import { holdSeats } from '../../seats/server/public.ts';
import * as contract from '../contract.ts';
import { needById, needSheet, plansFor, readOwnRecruitment, suggested } from './queries.ts';

type Sheet = contract.RecruitmentSheet;
type Facts = InputOf<typeof contract.writeRecruitmentNeed>['body'];

/** Whether it runs is said so many days before a run, and seats are held until so many before it. */
const decided = 14;
const heldUntil = 7;

const columns = ({ trade, forWhom, people, earliest, learn }: Facts) => ({ trade, for_whom: forWhom, people, earliest, learn });

export async function addRecruitmentNeed(context: Context, { body }: InputOf<typeof contract.addRecruitmentNeed>): Promise<Sheet> {
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.jobcentre).executeTakeFirst();
  if (known === undefined) throw refuse(contract.addRecruitmentNeed, 'company_unknown', { fields: [{ path: 'jobcentre', code: 'company_unknown' }] });
  await context.tx
    .insertInto('jobcentre')
    .values({ centre_id: centre, company_id: body.jobcentre, since: context.today, made_by: personOf(context) })
    .onConflict((clash) => clash.doNothing())
    .execute();
  const id = context.newId();
  await context.tx
    .insertInto('recruitment_need')
    .values({ centre_id: centre, id, company_id: body.jobcentre, ...columns(body), made_by: personOf(context), made_at: context.now.toISOString() })
    .execute();
  await context.audit('recruitment.added', id);
  return needSheet(context, id);
}

type Edited = typeof contract.writeRecruitmentNeed | typeof contract.writeRecruitmentPlan | typeof contract.addRecruitmentRuns | typeof contract.stopRecruitmentNeed;
/** The need with its row held, as whoever edits it saw it; one that was stopped is closed. */
async function standing(context: Context, endpoint: Edited, id: string): Promise<contract.RecruitmentNeed> {
  await sql`select from vn.recruitment_need where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const now = await needById(context, id);
  if (now.version !== context.version) throw problem('version_conflict', { current: await needSheet(context, id) });
  if (now.state === 'stopped') throw refuse(endpoint, 'recruitment_stopped');
  return now;
}
const change = (context: Context, id: string, set: Record<string, unknown>) =>
  context.tx
    .updateTable('recruitment_need')
    .set({ ...set, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', id)
    .execute();
const mayPlan = <E extends Endpoint>(context: Context, endpoint: E, school: string) => {
  if (!plansFor(context, school)) throw refuse(endpoint, 'class_not_yours' as ErrorOf<E>);
};

export async function writeRecruitmentNeed(context: Context, { params, body }: InputOf<typeof contract.writeRecruitmentNeed>): Promise<Sheet> {
  await standing(context, contract.writeRecruitmentNeed, params.need);
  await change(context, params.need, columns(body));
  await context.audit('recruitment.written', params.need);
  return needSheet(context, params.need);
}

export async function writeRecruitmentPlan(context: Context, { params, body }: InputOf<typeof contract.writeRecruitmentPlan>): Promise<Sheet> {
  const endpoint = contract.writeRecruitmentPlan;
  const now = await standing(context, endpoint, params.need);
  if (now.plan !== null) mayPlan(context, endpoint, now.plan.school.id);
  const school = await sql<{ here: boolean }>`select vn.school_here(id, ${context.today}::date) here from vn.school where centre_id = ${centreOf(context)} and id = ${body.school}`.execute(context.tx);
  if (school.rows[0]?.here !== true) throw refuse(endpoint, 'school_unknown', { fields: [{ path: 'school', code: 'school_unknown' }] });
  mayPlan(context, endpoint, body.school);
  const [course] = await coursesById(context, [body.course]);
  if (course === undefined || course.retired) throw refuse(endpoint, 'course_unknown', { fields: [{ path: 'course', code: 'course_unknown' }] });
  const { weeks, runsAYear, seats, minimum, maximum, starts, ends } = body;
  await change(context, params.need, { course_id: body.course, school_id: body.school, weeks, runs_a_year: runsAYear, seats, minimum, maximum, starts_at: starts, ends_at: ends });
  await context.audit('recruitment.planned', params.need);
  return needSheet(context, params.need);
}

export async function addRecruitmentRuns(context: Context, { params, body }: InputOf<typeof contract.addRecruitmentRuns>): Promise<Sheet> {
  const endpoint = contract.addRecruitmentRuns;
  const centre = centreOf(context);
  const now = await standing(context, endpoint, params.need);
  const { plan } = now;
  if (plan === null) throw refuse(endpoint, 'recruitment_unplanned');
  mayPlan(context, endpoint, plan.school.id);
  const there = await sql<{ town: string | null; postcode: string | null }>`select town, postcode from vn.school where centre_id = ${centre} and id = ${plan.school.id}`.execute(context.tx);
  const before = await sql<{ no: number }>`select coalesce(max(no), 0)::int no from vn.recruitment_run where centre_id = ${centre} and need_id = ${params.need}`.execute(context.tx);
  for (const [at, { starts, ends, days }] of (await suggested(context, now, body.count)).entries()) {
    const id = await planClass(context, {
      course: plan.course.id,
      school: plan.school.id,
      starts,
      ends,
      weekdays: [1, 2, 3, 4, 5],
      part: 'day',
      minimum: plan.minimum,
      maximum: plan.maximum,
      place: '',
      street: '',
      town: there.rows[0]?.town ?? '',
      postcode: there.rows[0]?.postcode ?? null,
      decidedBy: shiftDay(starts, -decided),
      text: now.learn,
      sessions: days.map((day) => ({ day, starts: plan.starts, ends: plan.ends })),
    });
    const hold = await holdSeats(context, { class: id, name: now.jobcentre.name, companies: [now.jobcentre.id], seats: plan.seats, until: shiftDay(starts, -heldUntil) });
    if (hold === null) throw new Error('a class that was just planned has its seats');
    await context.tx
      .insertInto('recruitment_run')
      .values({ centre_id: centre, need_id: params.need, no: (before.rows[0]?.no ?? 0) + at + 1, class_id: id, hold_id: hold })
      .execute();
  }
  await change(context, params.need, {});
  await context.audit('recruitment.runs_planned', params.need, { count: body.count });
  return needSheet(context, params.need);
}

export async function stopRecruitmentNeed(context: Context, { params, body }: InputOf<typeof contract.stopRecruitmentNeed>): Promise<Sheet> {
  const endpoint = contract.stopRecruitmentNeed;
  const now = await standing(context, endpoint, params.need);
  if (now.plan !== null) mayPlan(context, endpoint, now.plan.school.id);
  // Seats that nobody took are free for everybody, in the order of the classes' ids, as every move takes them.
  await sql`select vn.end_seat_hold(r.hold_id) from vn.recruitment_run r join vn.class l on l.centre_id = r.centre_id and l.id = r.class_id
    where r.centre_id = ${centreOf(context)} and r.need_id = ${params.need} and l.starts > ${context.today}::date order by l.id`.execute(context.tx);
  await change(context, params.need, { stopped_on: context.today, stopped_because: body.because });
  await context.audit('recruitment.stopped', params.need);
  return needSheet(context, params.need);
}

export async function addOwnRecruitment(context: Context, { body }: InputOf<typeof contract.addOwnRecruitment>): Promise<contract.OwnRecruitment> {
  const { token, ...facts } = body;
  const written = await sql<{ result: string }>`select vn.add_recruitment_on_page(${tokenHash(token)}, ${context.newId()}, ${JSON.stringify(columns(facts))}::jsonb) result`.execute(context.tx);
  switch (written.rows[0]?.result) {
    case 'gone':
      throw refuse(contract.addOwnRecruitment, 'page_gone');
    case 'none':
      throw refuse(contract.addOwnRecruitment, 'not_a_jobcentre');
    case 'too_many':
      throw refuse(contract.addOwnRecruitment, 'too_many_needs');
    default:
      return readOwnRecruitment(context, { body });
  }
}
