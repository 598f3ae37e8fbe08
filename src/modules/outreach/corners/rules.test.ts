import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrom, codePattern, readCode, writtenCode } from '../../../kit/code.ts';
import { cornerDays, seatsBetween, seatsOf, type Topic, topicTotals } from './rules.ts';

const never = () => false;
const weekly = { every: 1, weekday: 5, from: '2026-12-16', to: '2027-01-15', days: [] };

describe('2.28 when a corner is', () => {
  test('2.28 every week, every other and every fourth, counted from the first day, and nothing on a public holiday', () => {
    const holiday = (day: string) => day === '2026-12-25' || day === '2027-01-01';
    expect(cornerDays(weekly, '2026-01-01', holiday)).toEqual(['2026-12-18', '2027-01-08', '2027-01-15']);
    expect(cornerDays({ ...weekly, every: 2 }, '2026-01-01', holiday)).toEqual(['2026-12-18', '2027-01-15']);
    expect(cornerDays({ ...weekly, every: 4 }, '2026-01-01', never)).toEqual(['2026-12-18', '2027-01-15']);
  });

  test('2.28 looked at on another day the weeks are the same', () => {
    expect(cornerDays({ ...weekly, every: 2 }, '2026-12-20', never)).toEqual(['2027-01-01', '2027-01-15']);
    expect(cornerDays({ ...weekly, to: '2026-12-17' }, '2026-01-01', never)).toEqual([]);
  });

  test('2.28 single days come in order, those before are left out', () => {
    const single = { every: null, weekday: null, from: null, to: null, days: ['2026-12-03', '2026-11-16', '2026-11-26'] };
    expect(cornerDays(single, '2026-11-17', never)).toEqual(['2026-11-26', '2026-12-03']);
  });
});

describe('2.28 seats', () => {
  test('2.28 as many as fit; what is left over at the end is none', () => {
    expect(seatsBetween('11:00', '13:00', 20)).toBe(6);
    expect(seatsBetween('11:00', '11:50', 20)).toBe(2);
    expect(seatsBetween('11:00', '11:10', 15)).toBe(0);
  });

  test('2.28 free are those that nobody took and whose time has not come', () => {
    const corner = { starts: '09:45', ends: '10:45', seatMinutes: 20 };
    expect(seatsOf(corner, [1], null)).toEqual([
      { seat: 0, starts: '09:45', ends: '10:05', free: true },
      { seat: 1, starts: '10:05', ends: '10:25', free: false },
      { seat: 2, starts: '10:25', ends: '10:45', free: true },
    ]);
    expect(seatsOf(corner, [], 9 * 60 + 45).map(({ free }) => free)).toEqual([false, true, true]);
    expect(seatsOf({ ...corner, seatMinutes: null }, [], null)).toEqual([]);
  });
});

describe('2.28 codes on paper', () => {
  test('2.28 every code is read again however it was copied', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const code = codeFrom(bytes);
        expect(code).toMatch(codePattern(12));
        for (const copied of [code, writtenCode(code), writtenCode(code).toLowerCase(), ` ${writtenCode(code).replaceAll('-', ' ')} `]) expect(readCode(copied)).toBe(code);
      }),
      { numRuns: 50 },
    );
  });

  test('2.28 no letter is like another letter or a digit', () => expect(codeFrom(Uint8Array.from({ length: 256 }, (_, at) => at))).not.toMatch(/[^BDFGHJKLMNPRSTVX]/));
});

describe('2.28 what was asked about, for those who see no single day', () => {
  const totalOf = (days: { came: number; topics: Partial<Record<Topic, number>> }[]) => topicTotals(days, 5).find(({ topic }) => topic === 'courses')?.atLeast;

  test('2.28 fewer than five are hidden like none; above it goes up in steps of five', () => {
    expect(totalOf([])).toBeNull();
    expect(totalOf([{ came: 9, topics: { courses: 4 } }])).toBeNull();
    expect(totalOf([{ came: 9, topics: {} }])).toBeNull();
    expect(totalOf([{ came: 9, topics: { courses: 7 } }])).toBe(5);
    expect(totalOf([{ came: 20, topics: { courses: 11 } }])).toBe(10);
  });

  test('2.28 whoever looks every evening sees nothing move for a day of few', () => {
    const before = [{ came: 8, topics: { courses: 4 } }];
    expect(totalOf([...before, { came: 1, topics: { courses: 1 } }])).toBeNull();
    expect(totalOf([...before, { came: 1, topics: { courses: 1 } }, { came: 4, topics: {} }])).toBe(5);
  });

  test('2.28 between two evenings on which a figure moved, at least the threshold came', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { maxLength: 30 }), (rows) => {
        const days = rows.map(([came, courses]) => ({ came, topics: { courses: Math.min(came, courses) } }));
        let shown: number | null | undefined = null;
        let since = 0;
        for (const [at, day] of days.entries()) {
          since += day.came;
          const now = totalOf(days.slice(0, at + 1));
          if (now === shown) continue;
          expect(since).toBeGreaterThanOrEqual(5);
          expect((now ?? 0) % 5).toBe(0);
          shown = now;
          since = 0;
        }
      }),
      { numRuns: 100 },
    );
  });
});
