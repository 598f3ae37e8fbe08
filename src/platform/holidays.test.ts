import { expect, test } from 'vitest';
import { isWorkingDay } from './holidays.ts';

test.each([
  ['2026-11-17', true],
  ['2026-11-21', false],
  ['2026-11-22', false],
  ['2026-04-03', false],
  ['2026-12-25', false],
  ['2023-05-05', false], // store bededag, for the last time
  ['2024-04-26', true],
  ['2026-05-01', true],
])('AC25 %s is a working day: %s', (day, working) => {
  expect(isWorkingDay(day)).toBe(working);
});
