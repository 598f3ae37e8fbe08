import { rangeOf, shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { readApart } from '../../../../platform/calendar/read-apart.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { workTime } from './queries.ts';

type WorkTime = contract.WorkTime;

export async function writeWorkTime(context: Context, { params, body }: InputOf<typeof contract.writeWorkTime>): Promise<WorkTime> {
  const now = await workTime(context, params.person);
  if (!now.can.edit) throw refuse(contract.writeWorkTime, 'not_your_calendar');
  const of = { centre_id: centreOf(context), person_id: params.person };
  const { tx } = context;
  const written = await tx
    .insertInto('work_time')
    .values({ ...of, version: 1 })
    .onConflict((clash) =>
      clash
        .columns(['centre_id', 'person_id'])
        .doUpdateSet({ version: context.version + 1 })
        .where('work_time.version', '=', context.version),
    )
    .returning('version')
    .executeTakeFirst();
  // A first version that somebody else wrote meanwhile looks like an update of version 0, which no row has.
  if (written === undefined || written.version !== context.version + 1) throw problem('version_conflict', { current: await workTime(context, params.person) });
  for (const table of ['work_hours', 'teaching'] as const) await tx.deleteFrom(table).where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).execute();
  if (body.hours.length > 0)
    await tx
      .insertInto('work_hours')
      .values(body.hours.map((each) => ({ ...of, ...each })))
      .execute();
  if (body.teaching.length > 0)
    await tx
      .insertInto('teaching')
      .values(body.teaching.map(({ from, to, ...each }) => ({ ...of, id: context.newId(), ...each, days: rangeOf({ from, to }) })))
      .execute();
  await context.audit('work_time.written', params.person);
  return workTime(context, params.person);
}

/** A year ahead is kept of a file. */
const horizon = 365;

export async function sendCalendarFile(context: Context, { params, body }: InputOf<typeof contract.sendCalendarFile>): Promise<WorkTime> {
  const now = await workTime(context, params.person);
  if (!now.can.edit) throw refuse(contract.sendCalendarFile, 'not_your_calendar');
  const until = shiftDay(context.today, horizon);
  const read = await readApart({ text: body.text, zone: context.actor.zone, from: context.today, until });
  if ('refused' in read) throw refuse(contract.sendCalendarFile, read.refused);
  const of = { centre_id: centreOf(context), person_id: params.person };
  const file = { file_name: body.fileName, read_at: context.now.toISOString(), until };
  await context.tx
    .insertInto('calendar_file')
    .values({ ...of, ...file })
    .onConflict((clash) => clash.columns(['centre_id', 'person_id']).doUpdateSet(file))
    .execute();
  await context.tx.deleteFrom('calendar_busy').where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).execute();
  // PostgreSQL takes 65,535 values in one statement.
  for (let at = 0; at < read.busy.length; at += 5000)
    await context.tx
      .insertInto('calendar_busy')
      .values(read.busy.slice(at, at + 5000).map(({ start, end }) => ({ ...of, during: `[${start.toISOString()},${end.toISOString()})` })))
      .execute();
  await context.audit('calendar_file.read', params.person, { times: read.busy.length });
  return workTime(context, params.person);
}

export async function removeCalendarFile(context: Context, { params }: InputOf<typeof contract.removeCalendarFile>): Promise<null> {
  const now = await workTime(context, params.person);
  if (!now.can.edit) throw refuse(contract.removeCalendarFile, 'not_your_calendar');
  await context.tx.deleteFrom('calendar_file').where('centre_id', '=', centreOf(context)).where('person_id', '=', params.person).execute();
  await context.audit('calendar_file.forgotten', params.person);
  return null;
}

export async function addAbsence(context: Context, { params, body }: InputOf<typeof contract.addAbsence>): Promise<OutputOf<typeof contract.addAbsence>> {
  await workTime(context, params.person);
  const id = context.newId();
  await context.tx
    .insertInto('absence')
    .values({ centre_id: centreOf(context), id, person_id: params.person, days: rangeOf(body), written_by: personOf(context) })
    .execute();
  await context.audit('absence.added', params.person, body);
  return { id: id as WorkTime['absences'][number]['id'], ...body };
}

export async function removeAbsence(context: Context, { params }: InputOf<typeof contract.removeAbsence>): Promise<null> {
  await workTime(context, params.person);
  const removed = await context.tx
    .deleteFrom('absence')
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', params.person)
    .where('id', '=', params.absence)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) throw problem('not_found');
  await context.audit('absence.removed', params.person);
  return null;
}
