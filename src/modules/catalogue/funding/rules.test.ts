import { describe, expect, test } from 'vitest';
import { amountOf, rateOn, stateOn } from './rules.ts';

const [older, newer, undated] = [
  { name: 'older', from: '2019-01-01', until: '2019-12-31' },
  { name: 'newer', from: '2026-01-01', until: null },
  { name: 'undated', from: null, until: null },
];

describe('rates carry the days they hold for', () => {
  test('4.27 what holds on a day is found on both its edges; what has run out and what has no day is never used', () => {
    const on = (day: string) => rateOn([undated, older, newer], day)?.name ?? null;
    expect(on('2018-12-31')).toBeNull();
    expect(on('2019-01-01')).toBe('older');
    expect(on('2019-12-31')).toBe('older');
    expect(on('2020-01-01')).toBeNull();
    expect(on('2025-12-31')).toBeNull();
    expect(on('2026-01-01')).toBe('newer');
    expect(on('2099-01-01')).toBe('newer');
    expect(rateOn([undated], '2026-01-01')).toBeNull();
  });
  test('4.27 a rate says how it stands', () => {
    expect([stateOn(older, '2018-01-01'), stateOn(older, '2019-06-01'), stateOn(older, '2026-01-01'), stateOn(undated, '2026-01-01')]).toEqual(['ahead', 'now', 'past', 'undated']);
  });
  test('4.27 amounts for days, weeks of five days, hours of an AMU day, and persons; a percentage of an unknown wage is none', () => {
    expect(amountOf({ amount: 91_100, unit: 'day' }, { days: 3, persons: 4 })).toBe(1_093_200);
    expect(amountOf({ amount: 104_000, unit: 'week' }, { days: 3, persons: 4 })).toBe(249_600);
    expect(amountOf({ amount: 10_000, unit: 'hour' }, { days: 0.5, persons: 1 })).toBe(37_000);
    expect(amountOf({ amount: 50_000, unit: 'person' }, { days: 30, persons: 2 })).toBe(100_000);
    expect(amountOf({ amount: 8000, unit: 'percent' }, { days: 3, persons: 1 })).toBeNull();
    expect(amountOf({ amount: 333, unit: 'week' }, { days: 1, persons: 1 })).toBe(67);
  });
});
