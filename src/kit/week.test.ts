import { describe, expect, test } from 'vitest';
import { instantOf, isZone } from './local-time.ts';
import { mondayOf, weekdayOf, weekNumber } from './week.ts';

describe('weeks', () => {
  test.each([
    ['2026-11-17', 2, '2026-11-16', 47],
    ['2026-11-16', 1, '2026-11-16', 47],
    ['2026-11-22', 7, '2026-11-16', 47],
    ['2026-12-31', 4, '2026-12-28', 53],
    ['2027-01-01', 5, '2026-12-28', 53],
    ['2027-01-04', 1, '2027-01-04', 1],
    ['2024-12-30', 1, '2024-12-30', 1],
  ])('%s is weekday %i of the week from %s, number %i', (day, weekday, monday, number) => {
    expect(weekdayOf(day)).toBe(weekday);
    expect(mondayOf(day)).toBe(monday);
    expect(weekNumber(day)).toBe(number);
  });
});

describe('2.16 time on the wall in Copenhagen', () => {
  test.each([
    ['2026-11-17', '09:00', '2026-11-17T08:00:00.000Z'],
    ['2026-07-01', '09:00', '2026-07-01T07:00:00.000Z'],
    ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['2026-10-26', '09:00', '2026-10-26T08:00:00.000Z'],
  ])('%s %s is %s', (day, time, instant) => expect(new Date(instantOf('Europe/Copenhagen', day, time)).toISOString()).toBe(instant));

  test('a zone is one that the machine knows', () => {
    expect(['Europe/Copenhagen', 'UTC', 'Romance Standard Time', 'Europe/Limvig'].map(isZone)).toEqual([true, true, false, false]);
  });
});
