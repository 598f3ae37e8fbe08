import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../platform/holidays.ts';
import { type Calling, callbackProblem, emptyReasons, isCallable, nextAttempt, nextCallable, peaceUntil, type QueueCounts } from './rules.ts';

const calling: Calling = { zone: 'Europe/Copenhagen', from: 9 * 60, to: 16 * 60, attempts: 4, attemptHours: 4, notNowMonths: 3, notInterestedMonths: 6, isWorkingDay };
const at = (text: string) => new Date(text);

describe('2.15 how long a company is left in peace', () => {
  test.each([
    ['not_now', '2026-01-31', '2026-04-30'],
    ['not_interested', '2026-01-31', '2026-07-31'],
    ['not_now', '2026-11-17', '2027-02-17'],
    ['not_interested', '2026-11-17', '2027-05-17'],
    ['not_now', '2027-11-30', '2028-02-29'],
    ['not_interested', '2026-08-31', '2027-02-28'],
    ['wants_contact', '2026-11-17', null],
    ['no_answer', '2026-11-17', null],
    ['call_back', '2026-11-17', null],
    ['wrong_number', '2026-11-17', null],
    ['coordinator_needed', '2026-11-17', null],
  ] as const)('2.15 AC10 %s on %s: %s', (outcome, day, until) => {
    expect(peaceUntil(outcome, day, calling)).toBe(until);
  });

  test('2.15 no setting goes below three and six months', () => {
    expect(peaceUntil('not_now', '2026-01-31', { notNowMonths: 1, notInterestedMonths: 1 })).toBe('2026-04-30');
    expect(peaceUntil('not_interested', '2026-01-31', { notNowMonths: 1, notInterestedMonths: 1 })).toBe('2026-07-31');
    expect(peaceUntil('not_now', '2026-01-31', { notNowMonths: 12, notInterestedMonths: 12 })).toBe('2027-01-31');
  });
});

describe('when calls are made', () => {
  test.each([
    ['2026-11-17T08:59:59+01:00', false],
    ['2026-11-17T09:00:00+01:00', true],
    ['2026-11-17T15:59:59+01:00', true],
    ['2026-11-17T16:00:00+01:00', false],
    ['2026-11-21T10:00:00+01:00', false],
    ['2026-12-25T10:00:00+01:00', false],
    ['2026-07-01T09:00:00+02:00', true],
  ])('%s: %s', (moment, callable) => {
    expect(isCallable(at(moment), calling)).toBe(callable);
  });

  test.each([
    ['2026-11-17T07:00:00+01:00', '2026-11-17T09:00:00+01:00'],
    ['2026-11-17T10:30:00+01:00', '2026-11-17T10:30:00+01:00'],
    ['2026-11-20T16:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['2026-04-01T16:30:00+02:00', '2026-04-07T09:00:00+02:00'], // Easter
    ['2026-03-27T17:00:00+01:00', '2026-03-30T09:00:00+02:00'], // the clocks change in between
  ])('from %s on: %s', (from, first) => {
    expect(nextCallable(at(from), calling)).toEqual(at(first));
  });
});

describe('the next attempt', () => {
  test.each([
    ['2026-11-17T09:00:00+01:00', '2026-11-17T13:00:00+01:00'],
    ['2026-11-17T11:30:00+01:00', '2026-11-17T15:30:00+01:00'],
    ['2026-11-17T12:00:00+01:00', '2026-11-18T09:00:00+01:00'],
    ['2026-11-17T14:14:00+01:00', '2026-11-18T09:00:00+01:00'],
    ['2026-11-20T15:00:00+01:00', '2026-11-23T09:00:00+01:00'],
  ])('after %s is %s', (now, next) => {
    expect(nextAttempt(at(now), calling)).toEqual(at(next));
  });

  test('with a longer pause it still changes half', () => {
    expect(nextAttempt(at('2026-11-17T10:00:00+01:00'), { ...calling, attemptHours: 24 })).toEqual(at('2026-11-18T12:00:00+01:00'));
    expect(nextAttempt(at('2026-11-17T14:00:00+01:00'), { ...calling, attemptHours: 24 })).toEqual(at('2026-11-19T09:00:00+01:00'));
  });

  test('where calls are made in the afternoon only, it is another day', () => {
    expect(nextAttempt(at('2026-11-17T12:00:00+01:00'), { ...calling, from: 12 * 60, to: 18 * 60 })).toEqual(at('2026-11-18T12:00:00+01:00'));
  });

  test('is never sooner than four hours, never in the same half, always when calls are made', () => {
    for (let minute = 0; minute < 14 * 24 * 60; minute += 37) {
      const now = new Date(at('2026-12-18T00:00:00+01:00').getTime() + minute * 60_000);
      if (!isCallable(now, calling)) continue;
      const next = nextAttempt(now, calling);
      expect(next.getTime() - now.getTime()).toBeGreaterThanOrEqual(4 * 3_600_000);
      expect(isCallable(next, calling)).toBe(true);
      expect(next.getUTCHours() + 1 < 12).not.toBe(now.getUTCHours() + 1 < 12);
    }
  });
});

test.each([
  ['2026-11-17T10:00:00+01:00', 'past'],
  ['2026-11-17T10:00:01+01:00', null],
  ['2026-11-18T16:00:00+01:00', 'closed'],
  ['2026-11-21T10:00:00+01:00', 'closed'],
  ['2027-02-01T10:00:00+01:00', 'far'],
])('a callback at %s: %s', (moment, problem) => {
  expect(callbackProblem(at(moment), at('2026-11-17T10:00:00+01:00'), calling)).toBe(problem);
});

describe('why the queue is empty', () => {
  const none: QueueCounts = {
    state: 'open',
    ready: 0,
    later: 0,
    laterAt: null,
    promised: 0,
    promisedAt: null,
    leased: 0,
    leasedUntil: null,
    resting: 0,
    restingUntil: null,
    withoutPhone: 0,
    unanswered: null,
    full: false,
  };
  const open = at('2026-11-17T10:00:00+01:00');
  test.each<[string, Partial<QueueCounts>, string[]]>([
    ['somebody can be called', { ready: 3, resting: 2 }, []],
    ['nothing is left', {}, ['all_done']],
    ['paused', { state: 'paused', ready: 3 }, ['paused']],
    ['2.05 no room for a visit', { state: 'open', full: true, ready: 3 }, ['full']],
    ['an open hearing', { state: 'hearing', unanswered: 2, resting: 5 }, ['hearing']],
    ['no agreement', { state: 'no_agreement', ready: 3 }, ['no_agreement']],
    ['over', { state: 'ended' }, ['ended']],
    ['everything waits', { later: 1, promised: 2, leased: 3, resting: 4, withoutPhone: 5 }, ['promised', 'later', 'leased', 'resting', 'without_phone']],
  ])('%s', (_what, counts, codes) => {
    expect(emptyReasons({ ...none, ...counts }, open, calling).map(({ code }) => code)).toEqual(codes);
  });

  test('outside the hours it says when they begin', () => {
    expect(emptyReasons({ ...none, ready: 3 }, at('2026-11-20T16:10:00+01:00'), calling)).toEqual([{ code: 'closed', count: null, at: '2026-11-23T08:00:00.000Z' }]);
  });
});
