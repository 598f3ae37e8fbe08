import { sql } from 'kysely';
import { addMonths } from '../../../../kit/calendar-day.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { callbackProblem, nextAttempt, nextCallingDay, type Outcome, peaceUntil, undoSeconds } from '../rules.ts';
import { callingOf } from './queries.ts';

type Body = Omit<InputOf<typeof contract.recordOutcome>['body'], 'leaseNo'>;
type Refusing = typeof contract.recordOutcome | typeof contract.correctCall | typeof contract.recordCall;

/**
 * What an outcome means by the centre's rules, in the form that the gate's functions take.
 * @param day the local day of the call, from which peace counts
 * @throws callback_needed, callback_past, callback_far, callback_closed
 */
export async function meaning(context: Context, endpoint: Refusing, outcome: Outcome, callbackAt: string | null, day: string) {
  const calling = await callingOf(context);
  if (outcome === 'call_back') {
    if (callbackAt === null) throw refuse(endpoint, 'callback_needed');
    const wrong = callbackProblem(new Date(callbackAt), context.now, calling);
    if (wrong !== null) throw refuse(endpoint, `callback_${wrong}`);
  }
  return {
    outcome,
    until: peaceUntil(outcome, day, calling),
    quarantine: context.newId(),
    retry_at: (outcome === 'wants_contact' ? nextCallingDay : nextAttempt)(context.now, calling).toISOString(),
    callback_at: outcome === 'call_back' ? callbackAt : null,
  };
}

/** What a caller wrote beside the outcome; a name is asked about again after two years. */
export const told = (context: Context, body: Pick<Body, 'reason' | 'note' | 'person' | 'objection'>) => ({
  reason: body.reason,
  note: body.note,
  person: body.person,
  objection: body.objection,
  contact: context.newId(),
  review_on: addMonths(context.today, 24),
  entry: context.newId(),
});

export const undoUntil = (now: Date) => new Date(now.getTime() + undoSeconds * 1000).toISOString();

export interface Recorded {
  call: string;
  /** False when the same call was recorded before: a lost answer, sent again. */
  first: boolean;
  /** No calls before this day. */
  until: string | null;
  nextAt: string | null;
}

/**
 * Records how the call of an item ended, in the caller's transaction: a booking can be made in the same one (outcome wants_contact).
 * Locks the company's relation, then the item. Writes the audit line the first time.
 * @throws not_found; lease_lost when somebody else holds it; the callback_ problems of `meaning`
 */
export async function recordOutcomeOf(context: Context, item: string, leaseNo: number, body: Body): Promise<Recorded> {
  const means = await meaning(context, contract.recordOutcome, body.outcome, body.callbackAt, context.today);
  const p = { ...means, ...told(context, body), mine: body.callbackMine, refuse_number: body.refuseNumber };
  const found = await sql<{ result: string; call_id: string | null; until: string | null; next_at: string | null }>`
    select * from vn.record_outcome(${context.newId()}, ${item}, ${leaseNo}, ${JSON.stringify(p)})`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined || row.result === 'not_found') throw problem('not_found');
  if (row.result === 'lease_lost' || row.call_id === null) throw refuse(contract.recordOutcome, 'lease_lost');
  const first = row.result === 'recorded';
  if (first) await context.audit('call.recorded', row.call_id, { outcome: body.outcome });
  return { call: row.call_id, first, until: row.until, nextAt: row.next_at };
}
