import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { tellRescheduled } from '../../seats/server/public.ts';
import * as contract from '../contract.ts';
import { briefOf, ownClass } from './queries.ts';

async function sessionOf(context: Context, id: string, no: number) {
  const found = await sql<{ starts: string; begun: boolean }>`
    select lower(during) starts, lower(during) <= ${context.now.toISOString()}::timestamptz begun from vn.class_session where centre_id = ${centreOf(context)} and class_id = ${id} and no = ${no}`.execute(
    context.tx,
  );
  const [session] = found.rows;
  if (session === undefined) throw problem('not_found');
  return session;
}

export async function markSession(context: Context, { params, body }: InputOf<typeof contract.markSession>): Promise<contract.Brief> {
  const it = await ownClass(context, params.class);
  const { starts, begun } = await sessionOf(context, params.class, params.no);
  if (!begun || it.state === 'cancelled') throw refuse(contract.markSession, 'session_not_begun');
  await context.tx
    .insertInto('class_attendance')
    .values({ centre_id: centreOf(context), class_id: params.class, starts, heads: body.present, said_by: personOf(context), said_at: context.now.toISOString() })
    .onConflict((clash) => clash.columns(['centre_id', 'class_id', 'starts']).doUpdateSet({ heads: body.present, said_by: personOf(context), said_at: context.now.toISOString() }))
    .execute();
  await context.audit('class.session_marked', params.class, { no: params.no });
  return briefOf(context, params.class);
}

export async function moveSession(context: Context, { params, body }: InputOf<typeof contract.moveSession>): Promise<contract.Brief> {
  const centre = centreOf(context);
  const { tx, actor } = context;
  await sql`select from vn.class where centre_id = ${centre} and id = ${params.class} for update`.execute(tx);
  const it = await ownClass(context, params.class);
  if (it.version !== context.version) throw problem('version_conflict', { current: await briefOf(context, params.class) });
  const { begun } = await sessionOf(context, params.class, params.no);
  if (begun || it.state === 'cancelled') throw refuse(contract.moveSession, 'session_begun');
  if (body.day < context.today) throw problem('invalid', { fields: [{ path: 'day', code: 'past' }] });
  const became = sql`tstzrange((${body.day}::date + ${body.starts}::time) at time zone ${actor.zone}, (${body.day}::date + ${body.ends}::time) at time zone ${actor.zone})`;
  await sql`
    insert into vn.session_move (centre_id, id, class_id, was, became, because, moved_by, moved_at)
    select centre_id, ${context.newId()}, class_id, during, ${became}, ${body.because}, ${personOf(context)}, ${context.now.toISOString()} from vn.class_session where centre_id = ${centre} and class_id = ${params.class} and no = ${params.no}`.execute(
    tx,
  );
  await sql`update vn.class_session set during = ${became} where centre_id = ${centre} and class_id = ${params.class} and no = ${params.no}`.execute(tx).catch((error: unknown) => {
    throw violates(error, 'class_session_centre_id_class_id_during_excl') ? refuse(contract.moveSession, 'sessions_overlap', { fields: [{ path: 'day', code: 'sessions_overlap' }] }) : error;
  });
  await sql`
    update vn.class c set version = c.version + 1, starts = x.first, ends = x.last, decided_by = least(c.decided_by, x.first)
      from (select min((lower(during) at time zone ${actor.zone})::date) first, max((upper(during) at time zone ${actor.zone})::date) last from vn.class_session where centre_id = ${centre} and class_id = ${params.class}) x
     where c.centre_id = ${centre} and c.id = ${params.class}`.execute(tx);
  await context.audit('class.session_moved', params.class, { no: params.no });
  await tellRescheduled(context, params.class, { from: it.sessions.find(({ no }) => no === params.no) ?? body, to: body, because: body.because });
  return briefOf(context, params.class);
}
