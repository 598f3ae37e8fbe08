import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { deliveryKnown } from '../../courses/server/public.ts';
import * as contract from '../contract.ts';
import { sessionsOf } from '../rules.ts';
import { classById } from './queries.ts';

type Body = InputOf<typeof contract.addClass>['body'];

/** The sessions as they are given, or as the split says; both refuse what would overlap. */
function meetingsOf({ sessions, split, starts, ends }: Body): { sessions: contract.Session[]; starts: string; ends: string } {
  const all = split === null ? sessions : sessionsOf(split, starts);
  if (all === null) throw problem('invalid', { fields: [{ path: 'split.hours', code: 'past_midnight' }] });
  const sorted = all.toSorted((a, b) => (`${a.day} ${a.starts}` < `${b.day} ${b.starts}` ? -1 : 1));
  const clash = sorted.findIndex((each, at) => at > 0 && each.day === sorted[at - 1]?.day && each.starts < (sorted[at - 1]?.ends ?? ''));
  if (clash !== -1) throw refuse(contract.addClass, 'sessions_overlap', { fields: [{ path: 'sessions', code: 'sessions_overlap' }] });
  const last = sorted.at(-1)?.day;
  const outside = split === null && sorted.some(({ day }) => day < starts || day > ends);
  if (outside) throw problem('invalid', { fields: [{ path: 'sessions', code: 'outside' }] });
  return { sessions: sorted, starts, ends: split === null || last === undefined ? ends : last };
}

const columns = (body: Body, { starts, ends }: { starts: string; ends: string }) => ({
  no: body.no,
  course_id: body.course,
  school_id: body.school,
  title: body.title,
  place: body.place,
  street: body.street,
  postcode: body.postcode,
  town: body.town,
  starts,
  ends,
  weekdays: [...new Set(body.weekdays)].sort(),
  part: body.part,
  delivery: body.delivery,
  deadline: body.deadline,
  decided_by: body.decidedBy,
  minimum: body.minimum,
  maximum: body.maximum,
  guaranteed: body.guaranteed,
  open: body.open,
  price: body.price,
  supplement: body.supplement,
  supplement_for: body.supplementFor,
  text: body.text,
});

/** What must be true of the rest of the world: the school is here and the person may speak for it, course and form are known, the number is free. */
async function checked(context: Context, body: Body, but: string | null): Promise<void> {
  const { actor, tx } = context;
  const centre = centreOf(context);
  const school = await sql<{ here: boolean }>`select vn.school_here(id, ${context.today}::date) here from vn.school where centre_id = ${centre} and id = ${body.school}`.execute(tx);
  if (school.rows[0]?.here !== true) throw refuse(contract.addClass, 'school_unknown', { fields: [{ path: 'school', code: 'school_unknown' }] });
  if (!actor.roles.includes('coordinator') && actor.schoolId !== body.school) throw refuse(contract.addClass, 'class_not_yours');
  const course = await tx.selectFrom('course').select('retired').where('centre_id', '=', centre).where('id', '=', body.course).executeTakeFirst();
  if (course === undefined || (course.retired && but === null)) throw refuse(contract.addClass, 'course_unknown', { fields: [{ path: 'course', code: 'course_unknown' }] });
  if (!(await deliveryKnown(context, body.delivery))) throw refuse(contract.addClass, 'delivery_unknown', { fields: [{ path: 'delivery', code: 'delivery_unknown' }] });
  if (body.no === null) return;
  const same = await tx.selectFrom('class').select('id').where('centre_id', '=', centre).where('no', '=', body.no).executeTakeFirst();
  if (same !== undefined && same.id !== but) throw refuse(contract.addClass, 'class_known', { fields: [{ path: 'no', code: 'class_known' }] });
}

async function writeSessions(context: Context, id: string, sessions: readonly contract.Session[]): Promise<void> {
  const centre = centreOf(context);
  const { zone } = context.actor;
  await context.tx.deleteFrom('class_session').where('centre_id', '=', centre).where('class_id', '=', id).execute();
  if (sessions.length === 0) return;
  await sql`
    insert into vn.class_session (centre_id, class_id, no, during)
    select ${centre}, ${id}, x.no, tstzrange((x.day + x.starts) at time zone ${zone}, (x.day + x.ends) at time zone ${zone})
      from jsonb_to_recordset(${JSON.stringify(sessions.map((each, at) => ({ no: at + 1, ...each })))}::jsonb) x (no int, day date, starts time, ends time)`.execute(context.tx);
}

/** A school that plans a class of a course runs it. */
const runs = (context: Context, { course, school }: Body) =>
  context.tx
    .insertInto('course_school')
    .values({ centre_id: centreOf(context), course_id: course, school_id: school })
    .onConflict((clash) => clash.doNothing())
    .execute();

export async function addClass(context: Context, { body }: InputOf<typeof contract.addClass>): Promise<contract.ClassSheet> {
  const planned = meetingsOf(body);
  await checked(context, body, null);
  const id = context.newId();
  const added = await context.tx
    .insertInto('class')
    .values({ centre_id: centreOf(context), id, ...columns(body, planned) })
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) throw refuse(contract.addClass, 'class_known', { fields: [{ path: 'no', code: 'class_known' }] });
  await runs(context, body);
  await writeSessions(context, id, planned.sessions);
  await context.audit('class.added', id);
  return classById(context, id);
}

export async function writeClass(context: Context, { params, body }: InputOf<typeof contract.writeClass>): Promise<contract.ClassSheet> {
  await sql`select from vn.class where centre_id = ${centreOf(context)} and id = ${params.class} for update`.execute(context.tx);
  const now = await classById(context, params.class);
  if (!context.actor.roles.includes('coordinator') && context.actor.schoolId !== now.school.id) throw refuse(contract.writeClass, 'class_not_yours');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (!now.can.edit) throw refuse(contract.writeClass, 'class_over');
  const planned = meetingsOf(body);
  await checked(context, body, params.class);
  await context.tx
    .updateTable('class')
    .set({ ...columns(body, planned), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.class)
    .execute();
  await runs(context, body);
  await writeSessions(context, params.class, planned.sessions);
  await context.audit('class.written', params.class);
  return classById(context, params.class);
}
