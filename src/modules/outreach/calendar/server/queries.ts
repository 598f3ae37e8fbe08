import { sql } from 'kysely';
import { daysOf, shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { mayWriteAbsence } from '../rules.ts';

/** A consultant whose time the person asking may see; anybody else's does not exist. */
async function consultant(context: Context, person: string): Promise<{ name: string; school: string | null }> {
  const found = await sql<{ name: string | null; school: string | null }>`
    select vn.person_name(m.person_id) "name", m.school_id school from vn.membership m
     where m.centre_id = ${centreOf(context)} and m.person_id = ${person} and m.role = 'consultant' and m.during @> ${context.today}::date order by m.school_id nulls last limit 1`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined || !mayWriteAbsence(context.actor, person, row.school)) throw problem('not_found');
  return { name: row.name ?? '', school: row.school };
}

const clock = (time: string) => time.slice(0, 5);

export async function workTime(context: Context, person: string): Promise<contract.WorkTime> {
  const { name } = await consultant(context, person);
  const own = context.actor.personId === person;
  const of = { centre_id: centreOf(context), person_id: person };
  const { tx } = context;
  const version = await tx.selectFrom('work_time').select('version').where('centre_id', '=', of.centre_id).where('person_id', '=', person).executeTakeFirst();
  const hours = await tx
    .selectFrom('work_hours')
    .select(['weekday', 'starts', 'ends'])
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', person)
    .orderBy('weekday')
    .orderBy('starts')
    .execute();
  const teaching = await tx
    .selectFrom('teaching')
    .select(['weekday', 'starts', 'ends', 'days'])
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', person)
    .orderBy('weekday')
    .orderBy('starts')
    .execute();
  const file = await tx.selectFrom('calendar_file').select(['file_name', 'read_at', 'until']).where('centre_id', '=', of.centre_id).where('person_id', '=', person).executeTakeFirst();
  const times = await tx
    .selectFrom('calendar_busy')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow();
  const absences = await sql<{ id: string; days: string }>`
    select id, days from vn.absence where centre_id = ${of.centre_id} and person_id = ${person} and upper(days) > ${context.today}::date order by days`.execute(tx);
  return {
    personId: person as contract.WorkTime['personId'],
    name,
    hours: hours.map((each) => ({ weekday: each.weekday, starts: clock(each.starts), ends: clock(each.ends) })),
    teaching: own ? teaching.map((each) => ({ weekday: each.weekday, starts: clock(each.starts), ends: clock(each.ends), ...fromTo(each.days) })) : null,
    file: file === undefined ? null : { fileName: file.file_name, readAt: new Date(file.read_at).toISOString(), until: file.until, times: Number(times.count) },
    absences: absences.rows.map(({ id, days }) => ({ id: id as contract.WorkTime['absences'][number]['id'], ...fromTo(days) })),
    version: version?.version ?? 0,
    can: { edit: own && context.actor.roles.includes('consultant'), absences: true },
  };
}
const fromTo = (days: string) => {
  const { from, to } = daysOf(days);
  return { from, to: to ?? from };
};

export const readWorkTimeOf = (context: Context, { params }: InputOf<typeof contract.readWorkTime>) => workTime(context, params.person);

export async function freeBusy(context: Context, { params, query }: InputOf<typeof contract.readFreeBusy>): Promise<OutputOf<typeof contract.readFreeBusy>> {
  await consultant(context, params.person);
  const from = query.from ?? context.today;
  const to = query.to ?? shiftDay(from, 13);
  if (to < from) throw problem('invalid', { fields: [{ path: 'to', code: 'too_small' }] });
  if (to > shiftDay(from, 366)) throw refuse(contract.readFreeBusy, 'too_long');
  const found = await sql<{ starts: string; ends: string; kind: 'busy' | 'absent' | 'meeting' }>`select * from vn.free_busy(${params.person}, ${from}, ${to})`.execute(context.tx);
  return found.rows.map(({ starts, ends, kind }) => ({ start: new Date(starts).toISOString(), end: new Date(ends).toISOString(), kind }));
}
