import { addMonths, localTime, momentOf, shiftDay } from '../../../kit/calendar-day.ts';

/** In the order of the keys 1 to 7. */
export const outcomes = ['wants_contact', 'not_now', 'not_interested', 'no_answer', 'call_back', 'wrong_number', 'coordinator_needed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why a company drops out (row 2.36). */
export const reasons = ['time', 'internal', 'no_need', 'other'] as const;

/** How a company came into contact with the centre (row 2.02). */
export const routesOfContact = ['call_centre', 'consultants', 'other_actors', 'company_network'] as const;

/** A centre's settings for calling. */
export interface Calling {
  zone: string;
  /** Minutes of the day; no call begins at `to`. */
  from: number;
  to: number;
  attempts: number;
  /** Hours between two attempts. */
  attemptHours: number;
  /** Calendar months of peace, never below 3 and 6 (row 2.15). */
  notNowMonths: number;
  notInterestedMonths: number;
  isWorkingDay(day: string): boolean;
}

/** The first day on which the company may be called again; null where the outcome leaves no peace. Counts calendar months from the local day of the call (AC10). */
export function peaceUntil(outcome: Outcome, day: string, calling: Pick<Calling, 'notNowMonths' | 'notInterestedMonths'>): string | null {
  if (outcome === 'not_now') return addMonths(day, Math.max(3, calling.notNowMonths));
  if (outcome === 'not_interested') return addMonths(day, Math.max(6, calling.notInterestedMonths));
  return null;
}

/** Whether calls are made at this moment: a working day, within the hours. */
export function isCallable(at: Date, calling: Calling): boolean {
  const { day, minute } = localTime(calling.zone, at);
  return calling.isWorkingDay(day) && minute >= calling.from && minute < calling.to;
}

/** The first moment from `at` on when calls are made. */
export function nextCallable(at: Date, calling: Calling): Date {
  const { day, minute } = localTime(calling.zone, at);
  if (calling.isWorkingDay(day) && minute < calling.to) return minute >= calling.from ? at : momentOf(calling.zone, day, calling.from);
  let next = shiftDay(day, 1);
  while (!calling.isWorkingDay(next)) next = shiftDay(next, 1);
  return momentOf(calling.zone, next, calling.from);
}

/** When a company that wants a visit and got no time is called again: as soon as calls are made on another day (row 2.05: only while there is room). */
export const nextCallingDay = (at: Date, calling: Calling): Date => nextCallable(momentOf(calling.zone, shiftDay(localTime(calling.zone, at).day, 1), 0), calling);

const noon = 12 * 60;

/**
 * When nobody answered: the next attempt is at least `attemptHours` later and in the other half of the day, within callable hours.
 * Where calls are only made in one half, it is another day.
 */
export function nextAttempt(at: Date, calling: Calling): Date {
  const first = localTime(calling.zone, at);
  const morning = first.minute < noon;
  const bothHalves = calling.from < noon && calling.to > noon;
  let candidate = nextCallable(new Date(at.getTime() + calling.attemptHours * 3_600_000), calling);
  for (;;) {
    const { day, minute } = localTime(calling.zone, candidate);
    if (bothHalves ? minute < noon !== morning : day !== first.day) return candidate;
    // The other half begins at noon of the same day, or with the next day that has calls.
    candidate = bothHalves && minute < noon ? momentOf(calling.zone, day, noon) : nextCallingDay(candidate, calling);
  }
}

export interface Consequence {
  outcome: Outcome;
  /** The company is left in peace until this day and may be called on it. */
  until: string | null;
  /** When the queue offers it again. */
  nextAt: string | null;
}

/** What each outcome would mean right now, for the buttons: the same rules that record it. */
export function consequences(at: Date, attemptsMade: number, calling: Calling): Consequence[] {
  const { day } = localTime(calling.zone, at);
  return outcomes.map((outcome) => ({
    outcome,
    until: peaceUntil(outcome, day, calling),
    nextAt: outcome === 'no_answer' && attemptsMade + 1 < calling.attempts ? nextAttempt(at, calling).toISOString() : null,
  }));
}

/** Whether a promised callback can be kept: in the future, within 60 days, when calls are made. */
export function callbackProblem(callbackAt: Date, now: Date, calling: Calling): 'past' | 'far' | 'closed' | null {
  if (callbackAt.getTime() <= now.getTime()) return 'past';
  if (callbackAt.getTime() > now.getTime() + 60 * 86_400_000) return 'far';
  return isCallable(callbackAt, calling) ? null : 'closed';
}

/** An outcome can be undone by whoever recorded it for ten seconds; the server allows two more for the way. */
export const undoSeconds = 10;

/** Counts of a queue, everybody who calls together. */
export interface QueueCounts {
  state: 'open' | 'paused' | 'hearing' | 'ended' | 'no_agreement';
  ready: number;
  later: number;
  laterAt: string | null;
  promised: number;
  promisedAt: string | null;
  leased: number;
  leasedUntil: string | null;
  resting: number;
  restingUntil: string | null;
  withoutPhone: number;
  unanswered: number | null;
  /** All that was agreed for the weeks one may book in is used (row 2.05). */
  full: boolean;
}

/** Why there is nobody to call. */
export interface EmptyReason {
  code: 'no_agreement' | 'ended' | 'hearing' | 'paused' | 'full' | 'closed' | 'promised' | 'later' | 'leased' | 'resting' | 'without_phone' | 'all_done';
  count: number | null;
  /** A moment, or a day where the reason ends with one. */
  at: string | null;
}

/** Every reason that holds, the most general first; nothing while somebody can be called. */
export function emptyReasons(counts: QueueCounts, now: Date, calling: Calling): EmptyReason[] {
  if (counts.state === 'no_agreement') return [{ code: 'no_agreement', count: null, at: null }];
  if (counts.state === 'ended') return [{ code: 'ended', count: null, at: null }];
  if (counts.state === 'hearing') return [{ code: 'hearing', count: counts.unanswered, at: null }];
  const found: EmptyReason[] = [];
  if (counts.state === 'paused') found.push({ code: 'paused', count: null, at: null });
  if (counts.full) found.push({ code: 'full', count: null, at: null });
  const closed = !isCallable(now, calling);
  if (closed) found.push({ code: 'closed', count: null, at: nextCallable(now, calling).toISOString() });
  if (counts.ready > 0) return found;
  const add = (code: EmptyReason['code'], count: number, at: string | null) => {
    if (count > 0) found.push({ code, count, at });
  };
  add('promised', counts.promised, counts.promisedAt);
  add('later', counts.later, counts.laterAt);
  add('leased', counts.leased, counts.leasedUntil);
  add('resting', counts.resting, counts.restingUntil);
  add('without_phone', counts.withoutPhone, null);
  return found.length === 0 ? [{ code: 'all_done', count: null, at: null }] : found;
}
