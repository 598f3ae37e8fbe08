import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { courseById, formByCode } from './queries.ts';

type Sheet = contract.CourseSheet;
type Facts = InputOf<typeof contract.addCourse>['body'];

const columns = ({ kind, code, title, goal, framework, frameworkTitle, field, industries, awards, days, hours, says }: Facts) => ({
  kind,
  code,
  title,
  goal,
  framework,
  framework_title: frameworkTitle,
  field,
  industries,
  awards,
  days,
  hours,
  says,
});

/** The course that bears this number already, if another one does. */
async function sameCode(context: Context, { kind, code }: Facts, but: string | null): Promise<string | undefined> {
  if (code === null) return undefined;
  const same = await context.tx.selectFrom('course').select('id').where('centre_id', '=', centreOf(context)).where('kind', '=', kind).where('code', '=', code).executeTakeFirst();
  return same === undefined || same.id === but ? undefined : same.id;
}
const known = <E extends Endpoint>(endpoint: E, id: string) => refuse(endpoint, 'course_known' as ErrorOf<E>, { about: { course: id }, fields: [{ path: 'code', code: 'course_known' }] });

export async function addCourse(context: Context, { body }: InputOf<typeof contract.addCourse>): Promise<Sheet> {
  const id = context.newId();
  const same = await sameCode(context, body, null);
  if (same !== undefined) throw known(contract.addCourse, same);
  const added = await context.tx
    .insertInto('course')
    .values({ centre_id: centreOf(context), id, ...columns(body) })
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Two added it at the same moment: the one that waited is told of the other.
  if (added === undefined) throw known(contract.addCourse, (await sameCode(context, body, null)) ?? id);
  const { actor } = context;
  if (!actor.roles.includes('coordinator') && actor.schoolId !== null)
    await context.tx
      .insertInto('course_school')
      .values({ centre_id: centreOf(context), course_id: id, school_id: actor.schoolId })
      .execute();
  await context.audit('course.added', id);
  return courseById(context, id);
}

export async function writeCourse(context: Context, { params, body }: InputOf<typeof contract.writeCourse>): Promise<Sheet> {
  const now = await courseById(context, params.course);
  if (!now.can.edit) throw refuse(contract.writeCourse, 'course_not_yours');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  const same = await sameCode(context, body, params.course);
  if (same !== undefined) throw known(contract.writeCourse, same);
  const written = await context.tx
    .updateTable('course')
    .set({ ...columns(body), retired: body.retired, unseen: false, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.course)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await courseById(context, params.course) });
  await context.audit('course.written', params.course);
  return courseById(context, params.course);
}

/** Whether the person asking speaks for that school, of a course that is there. */
async function speaking(context: Context, endpoint: typeof contract.runCourse | typeof contract.stopCourse, { course, school }: { course: string; school: string }): Promise<Sheet> {
  const now = await courseById(context, course);
  if (!(now.can.speakFor as string[]).includes(school)) {
    const there = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', school).executeTakeFirst();
    throw there === undefined ? problem('not_found') : refuse(endpoint as typeof contract.runCourse, 'course_not_yours');
  }
  return now;
}

export async function runCourse(context: Context, { params, body }: InputOf<typeof contract.runCourse>): Promise<Sheet> {
  await speaking(context, contract.runCourse, params);
  const contact = { contact_name: body.name, contact_phone: body.phone, contact_email: body.email };
  await context.tx
    .insertInto('course_school')
    .values({ centre_id: centreOf(context), course_id: params.course, school_id: params.school, ...contact })
    .onConflict((clash) => clash.columns(['centre_id', 'course_id', 'school_id']).doUpdateSet(contact))
    .execute();
  await context.audit('course.run', params.course, { school: params.school });
  return courseById(context, params.course);
}

export async function stopCourse(context: Context, { params }: InputOf<typeof contract.stopCourse>): Promise<null> {
  const now = await speaking(context, contract.stopCourse, params);
  if (!now.schools.some(({ school }) => school.id === params.school)) throw problem('not_found');
  const ahead =
    await sql`select from vn.class where centre_id = ${centreOf(context)} and course_id = ${params.course} and school_id = ${params.school} and ends >= ${context.today}::date and state <> 'cancelled' limit 1`.execute(
      context.tx,
    );
  if (ahead.rows.length > 0) throw refuse(contract.stopCourse, 'course_has_classes');
  await context.tx.deleteFrom('course_school').where('centre_id', '=', centreOf(context)).where('course_id', '=', params.course).where('school_id', '=', params.school).execute();
  await context.audit('course.stopped', params.course, { school: params.school });
  return null;
}

export async function addDeliveryForm(context: Context, { body }: InputOf<typeof contract.addDeliveryForm>): Promise<contract.DeliveryForm> {
  const there = (contract.usualForms as readonly string[]).includes(body.code);
  const added = there
    ? undefined
    : await context.tx
        .insertInto('delivery_form')
        .values({ centre_id: centreOf(context), code: body.code, name_da: body.nameDa, name_en: body.nameEn })
        .onConflict((clash) => clash.doNothing())
        .returning('code')
        .executeTakeFirst();
  if (added === undefined) throw refuse(contract.addDeliveryForm, 'form_known', { fields: [{ path: 'code', code: 'form_known' }] });
  await context.audit('delivery_form.added', null, { code: body.code });
  return formByCode(context, body.code);
}

export async function writeDeliveryForm(context: Context, { params, body }: InputOf<typeof contract.writeDeliveryForm>): Promise<contract.DeliveryForm> {
  const now = await formByCode(context, params.code);
  const written = await context.tx
    .updateTable('delivery_form')
    .set({ name_da: body.nameDa, name_en: body.nameEn, retired: body.retired, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('code', '=', params.code)
    .where('version', '=', context.version)
    .returning('code')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: now });
  await context.audit('delivery_form.written', null, { code: params.code });
  return formByCode(context, params.code);
}
