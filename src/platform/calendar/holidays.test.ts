import { describe, expect, test } from 'vitest';
import { holidayOn } from './holidays.ts';

describe('2.16 AC25 Danish public holidays', () => {
  test('Store Bededag closed 2023-05-05 and was abolished: 2024-04-26 is open', () => {
    expect(holidayOn('2023-05-05')).toEqual({ da: 'Store Bededag', en: expect.any(String) });
    expect(holidayOn('2024-04-26')).toBeNull();
    expect(holidayOn('2026-05-01')).toBeNull();
  });

  test('Easter 2026 is closed from Thursday 2 to Monday 6 April, but for its Saturday', () => {
    expect(['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'].map((day) => holidayOn(day)?.da ?? null)).toEqual([
      null,
      'Skærtorsdag',
      'Langfredag',
      null,
      'Påskedag',
      'Anden påskedag',
      null,
    ]);
  });

  test('days that are only kept by custom are open: 1 May, Grundlovsdag, Christmas Eve', () => {
    expect(['2026-05-01', '2026-06-05', '2026-12-24'].map(holidayOn)).toEqual([null, null, null]);
    expect(holidayOn('2026-12-25')).toEqual({ da: 'Juledag', en: 'Christmas Day' });
  });
});
