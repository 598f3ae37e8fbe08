import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { classById } from '../../classes/server/public.ts';
import type * as contract from '../contract.ts';

/** Whether whoever asks writes for a school. */
export const writesFor = ({ actor }: Context, school: string): boolean => actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school);
const leads = ({ actor }: Context): boolean => actor.roles.includes('manager') || actor.roles.includes('coordinator');

async function readTeachers(context: Context, { id, field, retired }: { id?: string; field?: string | undefined; retired: boolean }): Promise<contract.Teacher[]> {
  const { actor } = context;
  const found = await sql<Omit<contract.Teacher, 'can'>>`
    select t.id, json_build_object('id', t.school_id, 'name', k.name) school, t.name, t.fields, t.days_a_week "daysAWeek", t.retired, t.version,
           case when t.lendable is not null then json_build_object('from', lower(t.lendable), 'to', upper(t.lendable) - 1) end lendable,
           coalesce((select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired) order by c.title collate "da-x-icu", c.id)
             from vn.teacher_course x join vn.course c on c.centre_id = x.centre_id and c.id = x.course_id where x.centre_id = t.centre_id and x.teacher_id = t.id), '[]') courses
      from vn.teacher t join vn.school k on k.centre_id = t.centre_id and k.id = t.school_id
     where t.centre_id = ${centreOf(context)} and (${retired} or not t.retired) and ${id === undefined ? sql`true` : sql`t.id = ${id}`} and ${field === undefined ? sql`true` : sql`${field} = any (t.fields)`}
     order by k.name collate "da-x-icu", t.name collate "da-x-icu", t.id limit 500`.execute(context.tx);
  return found.rows.map((row) => ({
    ...row,
    can: {
      edit: writesFor(context, row.school.id),
      ask: !row.retired && row.lendable !== null && (actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId !== null && actor.schoolId !== row.school.id)),
    },
  }));
}

export const listTeachers = (context: Context, { query }: InputOf<typeof contract.listTeachers>): Promise<contract.Teacher[]> =>
  readTeachers(context, { field: query.field, retired: query.retired === 'true' });

/** @throws not_found */
export async function teacherById(context: Context, id: string): Promise<contract.Teacher> {
  const [found] = await readTeachers(context, { id, retired: true });
  if (found === undefined) throw problem('not_found');
  return found;
}

/** A class as something else names it, in SQL; `k` is the class, `kc` its course, `ks` its school. */
const classShape = sql`json_build_object('id', k.id, 'title', coalesce(nullif(k.title, ''), kc.title), 'school', ks.name, 'starts', k.starts, 'ends', k.ends)`;
const classJoin = sql`left join vn.course kc on kc.centre_id = k.centre_id and kc.id = k.course_id left join vn.school ks on ks.centre_id = k.centre_id and ks.id = k.school_id`;

async function readLoans(context: Context, { id, teacher }: { id?: string; teacher?: string }): Promise<contract.Loan[]> {
  const { actor } = context;
  const found = await sql<Omit<contract.Loan, 'can'>>`
    select l.id, json_build_object('id', t.id, 'name', t.name) teacher, json_build_object('id', f.id, 'name', f.name) "from", json_build_object('id', o.id, 'name', o.name) "to",
           case when c.id is not null then json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired) end course,
           case when k.id is not null then ${classShape} end class,
           lower(l.during)::text first, (upper(l.during) - 1)::text last, l.weekdays, l.about, l.state, l.because, l.version
      from vn.teacher_loan l join vn.teacher t on t.centre_id = l.centre_id and t.id = l.teacher_id join vn.school f on f.centre_id = l.centre_id and f.id = l.from_school_id
      join vn.school o on o.centre_id = l.centre_id and o.id = l.to_school_id left join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id
      left join vn.class k on k.centre_id = l.centre_id and k.id = l.class_id ${classJoin}
     where l.centre_id = ${centreOf(context)} and ${id === undefined ? sql`true` : sql`l.id = ${id}`} and ${teacher === undefined ? sql`true` : sql`l.teacher_id = ${teacher}`}
     order by l.state <> 'asked', lower(l.during) desc, l.id limit 200`.execute(context.tx);
  return found.rows.map((row) => ({
    ...row,
    can: {
      answer: row.state === 'asked' && actor.roles.includes('manager') && actor.schoolId === row.from.id,
      end: (row.state === 'asked' && writesFor(context, row.to.id)) || (row.state === 'agreed' && row.last >= context.today && (writesFor(context, row.to.id) || writesFor(context, row.from.id))),
    },
  }));
}
export const listTeacherLoans = (context: Context): Promise<contract.Loan[]> => readLoans(context, {});

/** @throws not_found */
export async function loanById(context: Context, id: string): Promise<contract.Loan> {
  const [found] = await readLoans(context, { id });
  if (found === undefined) throw problem('not_found');
  return found;
}

async function usesOf(context: Context, id: string): Promise<(contract.Use & { absences: string[] })[]> {
  const found = await sql<Omit<contract.Use, 'can'> & { school_id: string; absences: string[] }>`
    select u.id, case when u.loan_id is not null then 'loan' when u.class_id is not null then 'class' else 'own' end kind, s.name school, u.school_id, case when k.id is not null then ${classShape} end class, u.own,
           lower(u.days)::text first, (upper(u.days) - 1)::text last, (select sum(upper(r) - lower(r))::int from unnest(u.days) r) days, u.clash,
           array(select a.id::text from vn.teacher_absence a where a.centre_id = u.centre_id and a.teacher_id = u.teacher_id and a.during && u.days) absences
      from vn.teacher_use u join vn.school s on s.centre_id = u.centre_id and s.id = u.school_id left join vn.class k on k.centre_id = u.centre_id and k.id = u.class_id ${classJoin}
     where u.centre_id = ${centreOf(context)} and u.teacher_id = ${id} and upper(u.days) > ${context.today}::date order by lower(u.days), u.id limit 300`.execute(context.tx);
  return found.rows.map(({ school_id, ...row }) => ({ ...row, can: { remove: row.kind !== 'loan' && writesFor(context, school_id) } }));
}

export async function teacherSheet(context: Context, id: string): Promise<contract.TeacherSheet> {
  const teacher = await teacherById(context, id);
  const [uses, loans] = [await usesOf(context, id), await readLoans(context, { teacher: id })];
  const shown = uses.map(({ absences: _absences, ...use }) => use);
  if (!leads(context)) return { ...teacher, uses: shown, loans, absences: null };
  const absences = await sql<{ id: string; from: string; to: string | null }>`
    select id, lower(during)::text "from", (upper(during) - 1)::text "to" from vn.teacher_absence
     where centre_id = ${centreOf(context)} and teacher_id = ${id} and not (during << daterange(${context.today}::date, null)) order by during`.execute(context.tx);
  type Absence = NonNullable<contract.TeacherSheet['absences']>[number];
  return {
    ...teacher,
    uses: shown,
    loans,
    absences: absences.rows.map((row): Absence => ({ ...row, id: row.id as Absence['id'], affected: shown.filter((_use, at) => uses[at]?.absences.includes(row.id)) })),
  };
}
export const readTeacher = (context: Context, { params }: InputOf<typeof contract.readTeacher>): Promise<contract.TeacherSheet> => teacherSheet(context, params.teacher);

export async function listClassTeachers(context: Context, { params }: InputOf<typeof contract.listClassTeachers>): Promise<contract.ClassTeacher[]> {
  await classById(context, params.class);
  const found = await sql<contract.ClassTeacher>`
    select t.id, t.name, s.name school, case when ${leads(context)} then exists (select from vn.teacher_absence a where a.centre_id = u.centre_id and a.teacher_id = u.teacher_id and a.during && u.days) end away, coalesce(u.clash, false) clash
      from vn.class_teacher x join vn.teacher t on t.centre_id = x.centre_id and t.id = x.teacher_id join vn.school s on s.centre_id = t.centre_id and s.id = t.school_id
      left join vn.teacher_use u on u.centre_id = x.centre_id and u.class_id = x.class_id and u.teacher_id = x.teacher_id
     where x.centre_id = ${centreOf(context)} and x.class_id = ${params.class} order by t.name collate "da-x-icu", t.id`.execute(context.tx);
  return found.rows;
}

export async function listTeacherClasses(context: Context, { params }: InputOf<typeof contract.listTeacherClasses>): Promise<OutputOf<typeof contract.listTeacherClasses>> {
  await teacherById(context, params.teacher);
  const { actor } = context;
  const found = await sql<{ class: contract.ClassNamed }>`
    select ${classShape} class from vn.class k ${classJoin} where k.centre_id = ${centreOf(context)} and k.ends >= ${context.today}::date and k.state <> 'cancelled'
       and (${actor.roles.includes('coordinator')} or k.school_id = ${actor.schoolId}::uuid) and not exists (select from vn.class_teacher x where x.centre_id = k.centre_id and x.class_id = k.id and x.teacher_id = ${params.teacher})
     order by k.starts, k.id limit 200`.execute(context.tx);
  return found.rows.map((row) => row.class);
}
