import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { coursesById } from '../../../catalogue/course-choices/server/public.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { agreementById, goalOf } from './queries.ts';

type Sheet = contract.AgreementSheet;
type Facts = InputOf<typeof contract.writeTrainingAgreement>['body'];

/** What must be true of the rest of the world: the day has come, the courses are known, and a class is that school's and that course's. */
async function checked(context: Context, school: string, { agreedOn, courses }: Facts): Promise<void> {
  if (agreedOn > context.today) throw refuse(contract.addTrainingAgreement, 'agreement_day', { fields: [{ path: 'agreedOn', code: 'agreement_day' }] });
  const wanted = [...new Set(courses.map(({ course }) => course))];
  const known = new Set((await coursesById(context, wanted)).map(({ id }) => String(id)));
  const strange = courses.findIndex(({ course }) => !known.has(course));
  if (strange >= 0) throw refuse(contract.addTrainingAgreement, 'course_unknown', { fields: [{ path: `courses.${strange}.course`, code: 'course_unknown' }] });
  for (const [at, { course, class: held }] of courses.entries()) {
    if (held === null) continue;
    const there = await sql`select from vn.class where centre_id = ${centreOf(context)} and id = ${held} and school_id = ${school} and course_id = ${course} and state <> 'cancelled'`.execute(
      context.tx,
    );
    if (there.rows.length === 0) throw refuse(contract.addTrainingAgreement, 'class_elsewhere', { fields: [{ path: `courses.${at}.class`, code: 'class_elsewhere' }] });
  }
}

const writeCourses = (context: Context, agreement: string, courses: Facts['courses']) =>
  context.tx
    .insertInto('agreement_course')
    .values(courses.map(({ course, class: held, people, seats }, at) => ({ centre_id: centreOf(context), agreement_id: agreement, no: at + 1, course_id: course, class_id: held, people, seats })))
    .execute();

export async function addTrainingAgreement(context: Context, { body }: InputOf<typeof contract.addTrainingAgreement>): Promise<Sheet> {
  const { tx, actor, today } = context;
  const centre = centreOf(context);
  const endpoint = contract.addTrainingAgreement;
  const company = await tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.company).executeTakeFirst();
  if (company === undefined) throw refuse(endpoint, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const school = await sql<{ here: boolean }>`select vn.school_here(id, ${today}::date) here from vn.school where centre_id = ${centre} and id = ${body.school}`.execute(tx);
  if (school.rows[0]?.here !== true) throw refuse(endpoint, 'school_unknown', { fields: [{ path: 'school', code: 'school_unknown' }] });
  if (body.report !== null) {
    const report = await sql`select from vn.visit_report where centre_id = ${centre} and id = ${body.report} and company_id = ${body.company} and visited_on <= ${body.agreedOn}::date`.execute(tx);
    if (report.rows.length === 0) throw refuse(endpoint, 'agreement_report', { fields: [{ path: 'report', code: 'agreement_report' }] });
  }
  if (body.campaign !== null) {
    const target =
      await sql`select from vn.campaign g join vn.target t on t.centre_id = g.centre_id and t.campaign_id = g.id where g.centre_id = ${centre} and g.id = ${body.campaign} and t.company_id = ${body.company}`.execute(
        tx,
      );
    if (target.rows.length === 0) throw refuse(endpoint, 'agreement_campaign', { fields: [{ path: 'campaign', code: 'agreement_campaign' }] });
  }
  await checked(context, body.school, body);
  const id = context.newId();
  await tx
    .insertInto('training_agreement')
    .values({
      centre_id: centre,
      id,
      company_id: body.company,
      school_id: body.school,
      agreed_on: body.agreedOn,
      source: body.source,
      report_id: body.report,
      campaign_id: body.campaign,
      note: body.note,
      made_by: personOf(context),
      made_at: context.now.toISOString(),
    })
    .execute();
  await writeCourses(context, id, body.courses);
  // The story tells it to the own school alone; an agreement for another school is told to nobody there but by its list.
  if (actor.schoolId === body.school) await writeEntry(context, { company: body.company, kind: 'agreement.made', subject: id, school: body.school });
  await context.audit('agreement.made', id);
  return agreementById(context, id);
}

/** The agreement as it stands, for whoever edits it. */
async function standing(context: Context, id: string): Promise<Sheet> {
  await sql`select from vn.training_agreement where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const now = await agreementById(context, id);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}
const change = (context: Context, id: string, set: ReturnType<typeof sql>) =>
  sql`update vn.training_agreement set ${set}, version = version + 1 where centre_id = ${centreOf(context)} and id = ${id}`.execute(context.tx);

export async function writeTrainingAgreement(context: Context, { params, body }: InputOf<typeof contract.writeTrainingAgreement>): Promise<Sheet> {
  const now = await standing(context, params.agreement);
  if (!now.can.edit) throw refuse(contract.writeTrainingAgreement, 'agreement_settled');
  await checked(context, now.school.id, body);
  await change(context, params.agreement, sql`agreed_on = ${body.agreedOn}::date, note = ${body.note}`);
  await context.tx.deleteFrom('agreement_course').where('centre_id', '=', centreOf(context)).where('agreement_id', '=', params.agreement).execute();
  await writeCourses(context, params.agreement, body.courses);
  await context.audit('agreement.written', params.agreement);
  return agreementById(context, params.agreement);
}

export async function settleTrainingAgreement(context: Context, { params, body }: InputOf<typeof contract.settleTrainingAgreement>): Promise<Sheet> {
  const now = await standing(context, params.agreement);
  if (!(body.state === 'kept' ? now.can.keep : now.can.fall)) throw refuse(contract.settleTrainingAgreement, 'agreement_settled');
  if (body.state === 'kept') {
    if (body.word === '' && now.taken.every((each) => each === 0)) throw refuse(contract.settleTrainingAgreement, 'agreement_unproven', { fields: [{ path: 'word', code: 'required' }] });
    await change(context, params.agreement, sql`state = 'kept', kept_by_word = ${body.word}, state_on = ${context.today}::date`);
  } else await change(context, params.agreement, sql`state = 'fallen', fallen_because = ${body.because}, state_on = ${context.today}::date`);
  await context.audit(`agreement.${body.state}`, params.agreement);
  return agreementById(context, params.agreement);
}

export async function writeTrainingAgreementGoal(
  context: Context,
  { params, body }: InputOf<typeof contract.writeTrainingAgreementGoal>,
): Promise<OutputOf<typeof contract.writeTrainingAgreementGoal>> {
  const { tx, now, version } = context;
  const values = { goal: body.goal, set_by: personOf(context), set_at: now.toISOString() };
  const written =
    version === 0
      ? await tx
          .insertInto('agreement_goal')
          .values({ centre_id: centreOf(context), year: params.year, ...values })
          .onConflict((clash) => clash.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('agreement_goal')
          .set({ ...values, version: version + 1 })
          .where('centre_id', '=', centreOf(context))
          .where('year', '=', params.year)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  const current = await goalOf(context, params.year);
  if (written === undefined) throw problem('version_conflict', { current });
  await context.audit('agreement.goal_set', null, { year: params.year, goal: body.goal });
  return current;
}
