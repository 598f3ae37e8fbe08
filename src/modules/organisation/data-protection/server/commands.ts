import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { clockRule } from '../model.ts';
import { carryOutErasure } from './jobs.ts';
import { clockById, erasureById, identityOf, protecting, staffErasable } from './queries.ts';

/** Kept until it is carried out: the job needs to know who it is, and nobody does afterwards. */
export async function erasePerson(context: Context, { body }: InputOf<typeof contract.erasePerson>): Promise<OutputOf<typeof contract.erasePerson>> {
  const identity = await protecting(context, async () => {
    const it = await identityOf(context, body.refs);
    const answer = it.person === null ? 'done' : await staffErasable(context.tx, it.person);
    if (answer === 'still_here') throw refuse(contract.erasePerson, 'still_here');
    if (answer !== 'done') throw refuse(contract.erasePerson, 'works_elsewhere');
    return it;
  });
  const id = context.newId();
  await context.tx
    .insertInto('erasure')
    .values({ centre_id: centreOf(context), id, asked_by: personOf(context), asked_at: context.now.toISOString(), identity: JSON.stringify(identity) })
    .execute();
  await context.audit('erasure.asked', id);
  await context.enqueue(carryOutErasure, { centre: centreOf(context), person: personOf(context), erasure: id });
  return erasureById(context, id);
}

const longestPause = 366;

export async function writeRetention(context: Context, { params, body }: InputOf<typeof contract.writeRetention>): Promise<OutputOf<typeof contract.writeRetention>> {
  const rule = clockRule(params.clock);
  if (body.months < rule.floor || body.months > rule.ceiling) throw refuse(contract.writeRetention, 'months_outside', { fields: [{ path: 'months', code: 'months_outside' }] });
  if (body.paused !== null && (body.paused.until < context.today || body.paused.until > shiftDay(context.today, longestPause)))
    throw refuse(contract.writeRetention, 'pause_too_long', { fields: [{ path: 'paused.until', code: 'pause_too_long' }] });
  const written = await sql<{ version: number }>`
    insert into vn.retention_setting as s (centre_id, clock, months, paused_until, paused_because, set_by, set_at)
      select ${centreOf(context)}, ${params.clock}, ${body.months}, ${body.paused?.until ?? null}::date, ${body.paused?.because ?? null}, ${personOf(context)}, ${context.now.toISOString()}
       where ${context.version} = 0 or exists (select from vn.retention_setting x where x.centre_id = ${centreOf(context)} and x.clock = ${params.clock})
      on conflict (centre_id, clock) do update set months = excluded.months, paused_until = excluded.paused_until, paused_because = excluded.paused_because, set_by = excluded.set_by, set_at = excluded.set_at, version = s.version + 1
        where s.version = ${context.version} returning version`.execute(context.tx);
  if (written.rows.length === 0) throw problem('version_conflict', { current: await clockById(context, params.clock) });
  await context.audit('retention.written', null, { clock: params.clock, months: body.months, until: body.paused?.until ?? null });
  return clockById(context, params.clock);
}
