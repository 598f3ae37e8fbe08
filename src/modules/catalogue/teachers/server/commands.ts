import { sql } from 'kysely';
import { rangeOf } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { coursesById } from '../../course-choices/server/public.ts';
import * as contract from '../contract.ts';
import { tellAnswered, tellAsked } from './jobs.ts';
import { loanById, teacherById, teacherSheet, writesFor } from './queries.ts';

type Facts = InputOf<typeof contract.writeTeacher>['body'];

const refuseWith = <E extends Endpoint>(endpoint: E, code: string) => refuse(endpoint, code as ErrorOf<E>);

async function checked<E extends Endpoint>(context: Context, endpoint: E, { courses, lendable }: Facts): Promise<void> {
  if (lendable !== null && lendable.to !== null && lendable.to < lendable.from) throw refuseWith(endpoint, 'period_backwards');
  if ((await coursesById(context, courses)).length < courses.length) throw refuseWith(endpoint, 'course_not_known');
}

const columns = ({ name, fields, daysAWeek, lendable, retired }: Facts) => ({ name, fields, days_a_week: daysAWeek, lendable: lendable === null ? null : rangeOf(lendable), retired });

async function writeCourses(context: Context, id: string, courses: readonly string[]): Promise<void> {
  const centre = centreOf(context);
  await context.tx.deleteFrom('teacher_course').where('centre_id', '=', centre).where('teacher_id', '=', id).execute();
  if (courses.length > 0)
    await context.tx
      .insertInto('teacher_course')
      .values(courses.map((course) => ({ centre_id: centre, teacher_id: id, course_id: course })))
      .execute();
}

export async function addTeacher(context: Context, { body: { school, ...body } }: InputOf<typeof contract.addTeacher>): Promise<contract.Teacher> {
  await knownSchool(context, school);
  if (!writesFor(context, school)) throw refuse(contract.addTeacher, 'teacher_not_yours');
  await checked(context, contract.addTeacher, body);
  const id = context.newId();
  await context.tx
    .insertInto('teacher')
    .values({ centre_id: centreOf(context), id, school_id: school, ...columns(body) })
    .execute();
  await writeCourses(context, id, body.courses);
  await context.audit('teacher.added', id);
  return teacherById(context, id);
}

/** @throws invalid: no school of the centre */
async function knownSchool(context: Context, school: string): Promise<void> {
  const known = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', school).executeTakeFirst();
  if (known === undefined) throw problem('invalid', { fields: [{ path: 'school', code: 'unknown' }] });
}

/** A teacher of a school that whoever asks writes for. */
async function own<E extends Endpoint>(context: Context, endpoint: E, id: string): Promise<contract.Teacher> {
  const teacher = await teacherById(context, id);
  if (!teacher.can.edit) throw refuseWith(endpoint, 'teacher_not_yours');
  return teacher;
}

export async function writeTeacher(context: Context, { params, body }: InputOf<typeof contract.writeTeacher>): Promise<contract.Teacher> {
  await own(context, contract.writeTeacher, params.teacher);
  await checked(context, contract.writeTeacher, body);
  const written = await context.tx
    .updateTable('teacher')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.teacher)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await teacherById(context, params.teacher) });
  await writeCourses(context, params.teacher, body.courses);
  await context.audit('teacher.written', params.teacher);
  return teacherById(context, params.teacher);
}

/** From here to the end of the transaction nobody else gives this teacher something to do. */
const hold = (context: Context, teacher: string) => sql`select vn.hold_teacher(${teacher})`.execute(context.tx);

/** The days of a period on these days of the week, as the database keeps them. */
async function daysIn<E extends Endpoint>(context: Context, endpoint: E, { first, last, weekdays }: { first: string; last: string; weekdays: readonly number[] }): Promise<string> {
  if (last < first) throw refuseWith(endpoint, 'period_backwards');
  // Ten years are more than anybody plans, and less than a database minds.
  if (last > `${Number(first.slice(0, 4)) + 10}${first.slice(4)}`) throw problem('invalid', { fields: [{ path: 'last', code: 'too_big' }] });
  const found = await sql<{ days: string | null }>`select vn.days_in(${first}::date, ${last}::date, ${weekdays}::smallint[])::text days`.execute(context.tx);
  const days = found.rows[0]?.days ?? null;
  if (days === null) throw refuseWith(endpoint, 'loan_no_days');
  return days;
}

/** Refuses days on which the teacher is away. */
async function here<E extends Endpoint>(context: Context, endpoint: E, teacher: string, days: string): Promise<void> {
  const away = await sql`select from vn.teacher_absence where centre_id = ${centreOf(context)} and teacher_id = ${teacher} and during && ${days}::datemultirange limit 1`.execute(context.tx);
  if (away.rows.length > 0) throw refuseWith(endpoint, 'teacher_away');
}

const constraints = ['teacher_one_school', 'teacher_one_class', 'teacher_one_loan'];

/** Takes days of a teacher; on a day that is taken the database refuses, whoever takes it at once. */
async function take<E extends Endpoint>(
  context: Context,
  endpoint: E,
  { teacher, school, days, loan = null, inClass = null, what = null }: { teacher: string; school: string; days: string; loan?: string | null; inClass?: string | null; what?: string | null },
): Promise<void> {
  await here(context, endpoint, teacher, days);
  try {
    await sql`insert into vn.teacher_use (centre_id, id, teacher_id, school_id, days, loan_id, class_id, own)
      values (${centreOf(context)}, ${context.newId()}, ${teacher}, ${school}, ${days}::datemultirange, ${loan}, ${inClass}, ${what})`.execute(context.tx);
  } catch (error) {
    throw constraints.some((each) => violates(error, each)) ? refuseWith(endpoint, 'teacher_taken') : error;
  }
}

export async function askTeacherLoan(context: Context, { params, body }: InputOf<typeof contract.askTeacherLoan>): Promise<contract.Loan> {
  const endpoint = contract.askTeacherLoan;
  const teacher = await teacherById(context, params.teacher);
  await knownSchool(context, body.school);
  if (!writesFor(context, body.school)) throw refuse(endpoint, 'loan_not_yours');
  if (body.school === String(teacher.school.id)) throw refuse(endpoint, 'loan_own_school');
  const days = await daysIn(context, endpoint, body);
  const { lendable, daysAWeek, retired } = teacher;
  if (retired || lendable === null || body.first < lendable.from || (lendable.to !== null && body.last > lendable.to) || body.weekdays.length > daysAWeek) throw refuse(endpoint, 'loan_outside');
  if (body.course !== null && (await coursesById(context, [body.course])).length === 0) throw refuse(endpoint, 'course_not_known');
  if (body.class !== null) {
    const known = await sql`select from vn.class where centre_id = ${centreOf(context)} and id = ${body.class} and school_id = ${body.school} and state <> 'cancelled'`.execute(context.tx);
    if (known.rows.length === 0) throw refuse(endpoint, 'class_not_known');
  }
  await here(context, endpoint, params.teacher, days);
  const busy = await sql`select from vn.teacher_use where centre_id = ${centreOf(context)} and teacher_id = ${params.teacher} and days && ${days}::datemultirange and not clash limit 1`.execute(
    context.tx,
  );
  if (busy.rows.length > 0) throw refuse(endpoint, 'teacher_taken');
  const id = context.newId();
  await context.tx
    .insertInto('teacher_loan')
    .values({
      centre_id: centreOf(context),
      id,
      teacher_id: params.teacher,
      from_school_id: teacher.school.id,
      to_school_id: body.school,
      course_id: body.course,
      class_id: body.class,
      during: rangeOf({ from: body.first, to: body.last }),
      weekdays: [...body.weekdays].sort(),
      about: body.about,
      asked_by: personOf(context),
      asked_at: context.now.toISOString(),
    })
    .execute();
  await context.audit('teacher.loan_asked', id);
  const loan = await loanById(context, id);
  await tellAsked(context, loan);
  return loan;
}

/** A loan as it stands, for whoever edits it. */
async function standing<E extends Endpoint>(context: Context, endpoint: E, id: string, may: 'answer' | 'end', involved: (loan: contract.Loan) => boolean): Promise<contract.Loan> {
  const { teacher } = await loanById(context, id);
  await hold(context, teacher.id);
  const loan = await loanById(context, id);
  if (!involved(loan)) throw refuseWith(endpoint, 'loan_not_yours');
  if (loan.version !== context.version) throw problem('version_conflict', { current: loan });
  if (!loan.can[may]) throw refuseWith(endpoint, 'loan_answered');
  return loan;
}

const changeLoan = (context: Context, { id }: contract.Loan, set: ReturnType<typeof sql>) =>
  sql`update vn.teacher_loan set ${set}, version = version + 1 where centre_id = ${centreOf(context)} and id = ${id}`.execute(context.tx);

export async function answerTeacherLoan(context: Context, { params, body }: InputOf<typeof contract.answerTeacherLoan>): Promise<contract.Loan> {
  const endpoint = contract.answerTeacherLoan;
  const loan = await standing(context, endpoint, params.loan, 'answer', ({ from }) => context.actor.schoolId === from.id);
  await changeLoan(
    context,
    loan,
    sql`state = ${body.agree ? 'agreed' : 'declined'}, because = ${body.agree ? '' : body.because}, answered_by = ${personOf(context)}, answered_at = ${context.now.toISOString()}`,
  );
  if (body.agree) await take(context, endpoint, { teacher: loan.teacher.id, school: loan.to.id, days: await daysIn(context, endpoint, loan), loan: loan.id });
  await context.audit(body.agree ? 'teacher.loan_agreed' : 'teacher.loan_declined', params.loan);
  const answered = await loanById(context, params.loan);
  await tellAnswered(context, answered);
  return answered;
}

export async function endTeacherLoan(context: Context, { params, body }: InputOf<typeof contract.endTeacherLoan>): Promise<contract.Loan> {
  const endpoint = contract.endTeacherLoan;
  const loan = await standing(context, endpoint, params.loan, 'end', ({ from, to }) => writesFor(context, from.id) || writesFor(context, to.id));
  const centre = centreOf(context);
  const last = body.last < loan.last ? body.last : loan.last;
  // Of a loan that is over before it begins its days stay to be read; the teacher has none of them.
  await changeLoan(context, loan, sql`state = 'ended', during = ${rangeOf({ from: loan.first, to: last < loan.first ? loan.last : last })}::daterange`);
  const days = (await sql<{ days: string | null }>`select vn.days_in(${loan.first}::date, ${last}::date, ${loan.weekdays}::smallint[])::text days`.execute(context.tx)).rows[0]?.days ?? null;
  if (days === null) await sql`delete from vn.teacher_use where centre_id = ${centre} and loan_id = ${loan.id}`.execute(context.tx);
  else await sql`update vn.teacher_use set days = ${days}::datemultirange where centre_id = ${centre} and loan_id = ${loan.id}`.execute(context.tx);
  const left =
    await sql`select from vn.teacher_use u where u.centre_id = ${centre} and u.teacher_id = ${loan.teacher.id} and u.school_id = ${loan.to.id} and u.class_id is not null and upper(u.days) - 1 > ${last}::date
    and not exists (select from vn.teacher_use l where l.centre_id = u.centre_id and l.teacher_id = u.teacher_id and l.school_id = u.school_id and l.loan_id is not null and u.days <@ l.days) limit 1`.execute(
      context.tx,
    );
  if (left.rows.length > 0) throw refuse(endpoint, 'loan_in_use');
  await context.audit('teacher.loan_ended', params.loan);
  return loanById(context, params.loan);
}

export async function putTeacherOnClass(context: Context, { params, body }: InputOf<typeof contract.putTeacherOnClass>): Promise<contract.TeacherSheet> {
  const endpoint = contract.putTeacherOnClass;
  const centre = centreOf(context);
  const teacher = await teacherById(context, params.teacher);
  const known = await sql<{ school_id: string }>`select school_id from vn.class where centre_id = ${centre} and id = ${body.class} and state <> 'cancelled' and ends >= ${context.today}::date`.execute(
    context.tx,
  );
  const school = known.rows[0]?.school_id;
  if (school === undefined) throw refuse(endpoint, 'class_not_known');
  if (!writesFor(context, school)) throw refuse(endpoint, 'class_not_yours');
  // Held still while its days are read: whoever moves it comes before or after.
  await sql`select from vn.class where centre_id = ${centre} and id = ${body.class} for share`.execute(context.tx);
  await hold(context, params.teacher);
  const days = (await sql<{ days: string }>`select vn.class_days(${body.class})::text days`.execute(context.tx)).rows[0]?.days ?? '{}';
  if (school !== String(teacher.school.id)) {
    const lent =
      await sql`select from vn.teacher_use where centre_id = ${centre} and teacher_id = ${params.teacher} and school_id = ${school} and loan_id is not null and ${days}::datemultirange <@ days limit 1`.execute(
        context.tx,
      );
    if (lent.rows.length === 0) throw refuse(endpoint, 'class_not_lent');
  }
  await context.tx
    .insertInto('class_teacher')
    .values({ centre_id: centre, class_id: body.class, teacher_id: params.teacher, school_id: school, put_by: personOf(context), put_at: context.now.toISOString() })
    .onConflict((clash) => clash.doNothing())
    .execute();
  const there = await sql`select from vn.teacher_use where centre_id = ${centre} and teacher_id = ${params.teacher} and class_id = ${body.class}`.execute(context.tx);
  if (there.rows.length === 0) {
    await take(context, endpoint, { teacher: params.teacher, school, days, inClass: body.class });
    await context.audit('teacher.on_class', params.teacher, { class: body.class });
  }
  return teacherSheet(context, params.teacher);
}

export async function addTeacherUse(context: Context, { params, body }: InputOf<typeof contract.addTeacherUse>): Promise<contract.TeacherSheet> {
  const endpoint = contract.addTeacherUse;
  const teacher = await own(context, endpoint, params.teacher);
  const days = await daysIn(context, endpoint, body);
  await hold(context, params.teacher);
  await take(context, endpoint, { teacher: params.teacher, school: teacher.school.id, days, what: body.what });
  await context.audit('teacher.use_added', params.teacher);
  return teacherSheet(context, params.teacher);
}

export async function removeTeacherUse(context: Context, { params }: InputOf<typeof contract.removeTeacherUse>): Promise<null> {
  const use = (await teacherSheet(context, params.teacher)).uses.find(({ id }) => id === params.use);
  if (use === undefined || use.kind === 'loan') throw problem('not_found');
  if (!use.can.remove) throw refuse(contract.removeTeacherUse, 'teacher_not_yours');
  const centre = centreOf(context);
  // A class lets go of its teacher, and the teacher's days with it.
  if (use.class === null) await sql`delete from vn.teacher_use where centre_id = ${centre} and id = ${params.use}`.execute(context.tx);
  else await sql`delete from vn.class_teacher where centre_id = ${centre} and class_id = ${use.class.id} and teacher_id = ${params.teacher}`.execute(context.tx);
  await context.audit('teacher.use_removed', params.teacher, use.class === null ? {} : { class: use.class.id });
  return null;
}

export async function addTeacherAbsence(context: Context, { params, body }: InputOf<typeof contract.addTeacherAbsence>): Promise<contract.TeacherSheet> {
  const endpoint = contract.addTeacherAbsence;
  await own(context, endpoint, params.teacher);
  if (body.to !== null && body.to < body.from) throw refuse(endpoint, 'period_backwards');
  await hold(context, params.teacher);
  try {
    await context.tx
      .insertInto('teacher_absence')
      .values({ centre_id: centreOf(context), id: context.newId(), teacher_id: params.teacher, during: rangeOf(body) })
      .execute();
  } catch (error) {
    throw violates(error, 'teacher_absence_once') ? refuse(endpoint, 'absence_overlaps') : error;
  }
  await context.audit('teacher.absence_added', params.teacher);
  return teacherSheet(context, params.teacher);
}

export async function removeTeacherAbsence(context: Context, { params }: InputOf<typeof contract.removeTeacherAbsence>): Promise<null> {
  await own(context, contract.removeTeacherAbsence, params.teacher);
  const removed = await context.tx
    .deleteFrom('teacher_absence')
    .where('centre_id', '=', centreOf(context))
    .where('teacher_id', '=', params.teacher)
    .where('id', '=', params.absence)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) throw problem('not_found');
  await context.audit('teacher.absence_removed', params.teacher);
  return null;
}
