import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Problem, problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { dropMeetingOf, noRoomLeft } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { isCallable, undoSeconds } from '../rules.ts';
import { meaning, recordOutcomeOf, told, undoUntil } from './public.ts';
import { callById, callingOf, cardOf, queueOf } from './queries.ts';

export async function claimNext(context: Context, { params }: InputOf<typeof contract.claimNext>): Promise<OutputOf<typeof contract.claimNext>> {
  const calling = await callingOf(context);
  // Row 2.05: whoever is called must be able to get a visit; calls go on by themselves when there is room again.
  const found =
    isCallable(context.now, calling) && !(await noRoomLeft(context))
      ? await sql<{ item: string | null }>`select vn.claim_next(${params.campaign}, ${context.actor.organisationId}) item`.execute(context.tx)
      : { rows: [] };
  const item = found.rows[0]?.item ?? null;
  return { card: item === null ? null : await cardOf(context, item, calling), queue: await queueOf(context, params.campaign, calling) };
}

/** Why a lease is not the asker's: another centre's item is not found. */
async function lost(context: Context, endpoint: typeof contract.renewLease | typeof contract.releaseLease, item: string): Promise<Problem> {
  const found = await sql<{ known: boolean }>`select vn.item_known(${item}) known`.execute(context.tx);
  return found.rows[0]?.known === true ? refuse(endpoint, 'lease_lost') : problem('not_found');
}

export async function renewLease(context: Context, { params, body }: InputOf<typeof contract.renewLease>): Promise<OutputOf<typeof contract.renewLease>> {
  const found = await sql<{ until: string | null }>`select vn.renew_lease(${params.item}, ${body.leaseNo}) until`.execute(context.tx);
  const until = found.rows[0]?.until ?? null;
  if (until === null) throw await lost(context, contract.renewLease, params.item);
  return { leaseUntil: until };
}

export async function releaseLease(context: Context, { params, body }: InputOf<typeof contract.releaseLease>): Promise<null> {
  const found = await sql<{ released: boolean }>`select vn.release_lease(${params.item}, ${body.leaseNo}) released`.execute(context.tx);
  if (found.rows[0]?.released !== true) throw await lost(context, contract.releaseLease, params.item);
  return null;
}

export async function recordOutcome(context: Context, { params, body }: InputOf<typeof contract.recordOutcome>): Promise<OutputOf<typeof contract.recordOutcome>> {
  const { leaseNo, ...rest } = body;
  const done = await recordOutcomeOf(context, params.item, leaseNo, rest);
  return { call: done.call as OutputOf<typeof contract.recordOutcome>['call'], outcome: body.outcome, until: done.until, nextAt: done.nextAt, undoUntil: undoUntil(context.now) };
}

/** Two seconds more than the screen promises, for the way. */
const onTheWay = 2;

export async function undoCall(context: Context, { params }: InputOf<typeof contract.undoCall>): Promise<OutputOf<typeof contract.undoCall>> {
  const found = await sql<{ result: string; item: string | null }>`select * from vn.undo_call(${params.call}, ${context.newId()}, ${undoSeconds + onTheWay})`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined || row.result === 'not_found') throw problem('not_found');
  if (row.result === 'too_late') throw refuse(contract.undoCall, 'undo_too_late');
  await context.audit('call.undone', params.call);
  await dropMeetingOf(context, params.call);
  return { card: row.item === null ? null : await cardOf(context, row.item, await callingOf(context)) };
}

export async function correctCall(context: Context, { params, body }: InputOf<typeof contract.correctCall>): Promise<OutputOf<typeof contract.correctCall>> {
  const before = await callById(context, params.call);
  const means = await meaning(context, contract.correctCall, body.outcome, body.callbackAt, before.day);
  const found = await sql<{ result: string }>`select vn.correct_call(${params.call}, ${context.newId()}, ${body.reason}, ${JSON.stringify(means)}) result`.execute(context.tx);
  const result = found.rows[0]?.result;
  if (result === 'same') throw refuse(contract.correctCall, 'outcome_same');
  if (result === 'undone') throw refuse(contract.correctCall, 'call_undone');
  if (result !== 'corrected') throw problem('not_found');
  if (body.outcome !== 'wants_contact') await dropMeetingOf(context, params.call);
  await context.audit('call.corrected', params.call, { was: before.outcome, became: body.outcome });
  return callById(context, params.call);
}

export async function decideCall(context: Context, { params, body }: InputOf<typeof contract.decideCall>): Promise<OutputOf<typeof contract.decideCall>> {
  const call = await callById(context, params.call);
  if (!body.requeue && body.note === null) throw refuse(contract.decideCall, 'reason_needed', { fields: [{ path: 'note', code: 'required' }] });
  const found = await sql<{ result: string }>`select vn.decide_call(${params.call}, ${body.requeue}, ${body.phone}, ${body.note}) result`.execute(context.tx);
  const result = found.rows[0]?.result;
  if (result === 'decided_already' || result === 'not_available') throw refuse(contract.decideCall, result);
  if (result !== 'decided') throw problem('not_found');
  await context.audit('call.decided', call.id, { decision: body.requeue ? 'requeued' : 'closed' });
  return callById(context, params.call);
}

export async function liftObjection(context: Context, { params, body }: InputOf<typeof contract.liftObjection>): Promise<OutputOf<typeof contract.liftObjection>> {
  const found = await sql<{ result: string }>`select vn.lift_objection(${params.call}, ${body.reason}) result`.execute(context.tx);
  const result = found.rows[0]?.result;
  if (result === 'none') throw refuse(contract.liftObjection, 'objection_none');
  if (result !== 'lifted') throw problem('not_found');
  await context.audit('objection.lifted', params.call);
  return callById(context, params.call);
}

export async function recordCall(context: Context, { params, body }: InputOf<typeof contract.recordCall>): Promise<OutputOf<typeof contract.recordCall>> {
  const means = await meaning(context, contract.recordCall, body.outcome, body.callbackAt, context.today);
  const id = context.newId();
  const p = { ...means, ...told(context, body), direction: body.direction, route: body.route };
  const found = await sql<{ result: string; until: string | null }>`select * from vn.record_own_call(${id}, ${params.company}, ${JSON.stringify(p)})`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined || row.result === 'not_found') throw problem('not_found');
  if (row.result === 'not_available') throw refuse(contract.recordCall, 'not_available');
  await context.audit('call.recorded', id, { outcome: body.outcome });
  return { call: id as OutputOf<typeof contract.recordCall>['call'], outcome: body.outcome, until: row.until, nextAt: null, undoUntil: undoUntil(context.now) };
}
