import { expect, test } from 'vitest';
import { dayAndTime, inDays, instantIn, readTime, workingDaysOn } from './moments.ts';

test('a day and a time in the centre are one instant, in winter and in summer', () => {
  expect(instantIn('Europe/Copenhagen', '2026-11-20', '12:00')).toBe('2026-11-20T11:00:00.000Z');
  expect(instantIn('Europe/Copenhagen', '2026-07-01', '09:30')).toBe('2026-07-01T07:30:00.000Z');
  expect(dayAndTime('da', 'Europe/Copenhagen', '2026-11-20T11:00:00.000Z')).toBe('fredag 20. november kl. 12.00');
});

test('a time is read the way people write it', () => {
  expect(['9.30', '930', '9:30', 'kl. 9.30', '12', '7'].map(readTime)).toEqual(['09:30', '09:30', '09:30', '09:30', '12:00', '07:00']);
  expect(['', '25', '9.75', 'noon'].map(readTime)).toEqual([null, null, null, null]);
});

test('days apart are said in words, and working days leave out the weekend', () => {
  expect([inDays('da', '2026-11-17', '2026-11-20'), inDays('da', '2026-11-17', '2026-11-18'), inDays('en', '2026-11-17', '2026-11-17')]).toEqual(['om 3 dage', 'i morgen', 'today']);
  expect([workingDaysOn('2026-11-17', 3), workingDaysOn('2026-11-19', 3), workingDaysOn('2026-11-21', 1)]).toEqual(['2026-11-20', '2026-11-24', '2026-11-23']);
});
