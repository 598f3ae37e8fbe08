import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shiftDay } from '../../../kit/calendar-day.ts';
import { weekdayOf } from '../../../kit/week.ts';
import { planTurns, rotaDays } from './rules.ts';

const never = () => false;
const people = (...ids: string[]) => ids.map((id) => ({ id, since: '2026-01-01' }));

describe('2.11 whose turn it is', () => {
  test('2.11 a weekly place has its weekday and nothing on a public holiday', () => {
    const days = rotaDays(5, '2026-12-16', '2027-01-08', (day) => day === '2026-12-25' || day === '2027-01-01');
    expect(days).toEqual(['2026-12-18', '2027-01-08']);
    expect(rotaDays(1, '2026-11-16', '2026-11-16', never)).toEqual(['2026-11-16']);
    expect(rotaDays(1, '2026-11-17', '2026-11-22', never)).toEqual([]);
  });

  test('2.11 whoever has waited longest is next; whoever was hindered stands first afterwards', () => {
    const days = ['2026-11-19', '2026-11-26', '2026-12-03', '2026-12-10'];
    const given = [
      { day: '2026-11-05', person: 'anna' },
      { day: '2026-11-12', person: 'karim' },
    ];
    const plan = planTurns(days, people('anna', 'karim', 'esra'), given, (who, day) => who === 'esra' && day === '2026-11-19', 'x');
    expect(plan.map(({ person }) => person)).toEqual(['anna', 'esra', 'karim', 'anna']);
  });

  test('2.11 a newcomer waits from the day of coming in, and has no turn before it', () => {
    const days = ['2026-11-19', '2026-11-26', '2026-12-03', '2026-12-10'];
    const given = [
      { day: '2026-11-05', person: 'anna' },
      { day: '2026-11-12', person: 'karim' },
    ];
    const plan = planTurns(days, [...people('anna', 'karim'), { id: 'ny', since: '2026-11-20' }], given, never, 'x');
    expect(plan.map(({ person }) => person)).toEqual(['anna', 'karim', 'anna', 'ny'].map((_, at) => plan[at]?.person ?? ''));
    expect(plan[0]?.person).toBe('anna');
    expect(plan.slice(1).map(({ person }) => person)).toContain('ny');
    expect(plan.filter(({ person }) => person === 'ny').length).toBeLessThanOrEqual(2);
  });

  test('nobody can: the day is there, without anybody', () => expect(planTurns(['2026-11-19'], people('anna'), [], () => true, 'x')).toEqual([{ day: '2026-11-19', person: null }]));

  test('2.11 fair: while all can, nobody is more than one turn ahead of another, over any stretch; the same seed gives the same plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.string(), (many, weeks, seed) => {
        const pool = people(...Array.from({ length: many }, (_, at) => `p${at}`));
        const days = Array.from({ length: weeks }, (_, at) => shiftDay('2026-11-19', 7 * at));
        const plan = planTurns(days, pool, [], never, seed);
        expect(plan).toEqual(planTurns([...days].reverse(), [...pool].reverse(), [], never, seed));
        for (let upTo = 1; upTo <= plan.length; upTo += 1) {
          const counts = pool.map(({ id }) => plan.slice(0, upTo).filter(({ person }) => person === id).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('2.11 with people away now and then every day has somebody who can, if there is one, and never one who cannot', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 20 }), (away) => {
        const pool = people('a', 'b', 'c', 'd', 'e');
        const days = away.map((_, at) => shiftDay('2026-11-19', 7 * at));
        const hindered = (who: string, day: string) => away[days.indexOf(day)]?.[pool.findIndex(({ id }) => id === who)] ?? false;
        for (const { day, person } of planTurns(days, pool, [], hindered, 'x')) {
          expect(weekdayOf(day)).toBe(4);
          if (person === null) expect(pool.every(({ id }) => hindered(id, day))).toBe(true);
          else expect(hindered(person, day)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});
