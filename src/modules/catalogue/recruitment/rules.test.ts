import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../platform/holidays.ts';
import { nextRuns, runDays } from './rules.ts';

describe('runs of a course for a jobcentre', () => {
  test('2.31 nine weeks are forty-five days of teaching: one with Easter and Ascension Day in it ends so many days later', () => {
    const quiet = runDays('2027-08-16', 9, isWorkingDay);
    expect([quiet.length, quiet[0], quiet.at(-1)]).toEqual([45, '2027-08-16', '2027-10-15']);
    // Maundy Thursday, Good Friday and Easter Monday 2027.
    const easter = runDays('2027-03-01', 9, isWorkingDay);
    expect(easter).toHaveLength(45);
    for (const holiday of ['2027-03-25', '2027-03-26', '2027-03-29']) expect(easter).not.toContain(holiday);
    expect(easter.at(-1)).toBe('2027-05-05');
    // Easter Monday itself: it begins on the Tuesday.
    expect(runDays('2027-03-29', 1, isWorkingDay)).toEqual(['2027-03-30', '2027-03-31', '2027-04-01', '2027-04-02', '2027-04-05']);
  });

  test('2.31 two runs a year begin half a year apart, on a Monday, four weeks ahead at the soonest and never before the one before is over', () => {
    const plan = { weeks: 9, runsAYear: 2, earliest: '2027-01-01', last: null };
    const starts = (change: object, count = 2, today = '2026-11-17') => nextRuns({ ...plan, ...change }, count, today, isWorkingDay).map((run) => run.starts);
    expect(starts({})).toEqual(['2027-01-04', '2027-07-05']);
    expect(starts({ earliest: '2026-11-01' })).toEqual(['2026-12-21', '2027-06-21']);
    expect(starts({ last: { starts: '2027-01-04', ends: '2027-03-05' } }, 3)).toEqual(['2027-07-05', '2028-01-03', '2028-07-03']);
    // Long forgotten: not in the past.
    expect(starts({ last: { starts: '2025-01-06', ends: '2025-03-07' } }, 1)).toEqual(['2026-12-21']);
    expect(starts({ weeks: 10, runsAYear: 5, last: { starts: '2027-02-15', ends: '2027-05-03' } }, 1)).toEqual(['2027-05-10']);
  });
});
