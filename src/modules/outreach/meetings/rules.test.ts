import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, assign, type Candidate, mayHaveEnded, mayKeep, type SchoolFigures, standings } from './rules.ts';

const rule = { window: 13, lead: 3 };
const figures = (school: string, booked: number, share: number, weeksIn = 20): SchoolFigures => ({ school, booked, share, weeksIn });
const from = (school: string | null, consultant = `of ${school}`, knows = false): Candidate => ({ school, consultant, knows });

describe('3.05 the published rule of assignment', () => {
  test('the school that got least of its agreed share gets the meeting', () => {
    expect(assign([from('a'), from('b')], [figures('a', 4, 10), figures('b', 5, 20)], rule, 's')).toEqual({ school: 'b', consultant: 'of b', because: 'share' });
  });

  test('a school without somebody free is not asked, and one without a share gets nothing', () => {
    expect(assign([from('a')], [figures('a', 2, 10), figures('b', 0, 10)], rule, 's')?.because).toBe('only');
    expect(assign([from('c')], [figures('a', 0, 10)], rule, 's')).toBeNull();
  });

  test('nobody comes more than three bookings ahead, not even as the only one who is free', () => {
    const schools = (booked: number) => [figures('a', booked, 10), figures('b', 0, 10)];
    expect(assign([from('a')], schools(5), rule, 's')?.school).toBe('a');
    expect(assign([from('a')], schools(6), rule, 's')).toBeNull();
    expect(mayKeep(from('a'), schools(5), rule)).toBe(true);
    expect(mayKeep(from('a'), schools(6), rule)).toBe(false);
  });

  test('a newcomer is counted as at the median of the others, and that fades as its weeks come', () => {
    const schools = (weeksIn: number) => [figures('a', 10, 10), figures('b', 20, 10), figures('c', 30, 10), figures('n', 0, 10, weeksIn)];
    expect(standings(schools(0), rule).map(({ ratio }) => ratio)).toEqual([1, 2, 3, 2]);
    expect(assign([from('a'), from('n')], schools(0), { ...rule, lead: 99 }, 's')?.school).toBe('a');
    expect(standings(schools(13), rule).at(-1)?.ratio).toBe(0);
    expect(standings([figures('a', 1, 10, 0), figures('b', 0, 10, 0)], rule).map(({ counted }) => counted)).toEqual([1, 0]);
  });

  test('the centre’s own consultants go where no school can', () => {
    expect(assign([from(null, 'own'), from('a')], [figures('a', 0, 10)], rule, 's')?.school).toBe('a');
    expect(assign([from(null, 'own')], [figures('a', 0, 10)], rule, 's')).toEqual({ school: null, consultant: 'own', because: 'centre' });
  });

  test('within a school whoever knows the trade comes first', () => {
    const chosen = Array.from({ length: 20 }, (_, seed) => assign([from('a', 'one'), from('a', 'knows', true), from('a', 'two')], [figures('a', 0, 1)], rule, String(seed))?.consultant);
    expect(new Set(chosen)).toEqual(new Set(['knows']));
  });

  const centre = fc.array(fc.record({ share: fc.integer({ min: 1, max: 40 }), booked: fc.integer({ min: 0, max: 60 }), weeksIn: fc.integer({ min: 0, max: 30 }) }), { minLength: 1, maxLength: 25 });
  const named = (schools: { share: number; booked: number; weeksIn: number }[]) => schools.map((each, at) => ({ school: `s${at}`, ...each }));

  test('the same seed and figures give the same answer, in whatever order they come', () => {
    fc.assert(
      fc.property(centre, fc.string(), (schools, seed) => {
        const all = named(schools);
        const candidates = all.flatMap(({ school }) => [from(school, `${school}x`), from(school, `${school}y`)]);
        const given = assign(candidates, all, rule, seed);
        expect(assign([...candidates].reverse(), [...all].reverse(), rule, seed)).toEqual(given);
      }),
      { seed: 305, numRuns: 200 },
    );
  });

  test('while every school has somebody free, somebody is always given the meeting, and never one more than three ahead', () => {
    fc.assert(
      fc.property(centre, fc.string(), (schools, seed) => {
        const all = named(schools);
        const given = assign(
          all.map(({ school }) => from(school)),
          all,
          rule,
          seed,
        );
        expect(given).not.toBeNull();
        expect(standings(all, rule).find(({ school }) => school === given?.school)?.aheadAfter).toBeLessThanOrEqual(3 + 1e-6);
      }),
      { seed: 305, numRuns: 200 },
    );
  });

  test('handed out one after the other, every school stays within three bookings ahead and gets its share: nobody starves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 8 }), fc.integer(), (shares, seed) => {
        const all = shares.map((share, at) => figures(`s${at}`, 0, share));
        const total = shares.reduce((sum, each) => sum + each, 0);
        const rounds = total * 3;
        for (let at = 0; at < rounds; at += 1) {
          const given = assign(
            all.map(({ school }) => from(school)),
            all,
            rule,
            `${seed} ${at}`,
          );
          const school = all.find((each) => each.school === given?.school);
          if (school === undefined) throw new Error('nobody was given the meeting');
          school.booked += 1;
          for (const { booked, share } of all) expect(booked - (share / total) * (at + 1)).toBeLessThanOrEqual(3 + 1e-6);
        }
        expect(all.map(({ booked, share }) => booked - share * 3)).toEqual(shares.map(() => 0));
      }),
      { seed: 305, numRuns: 40 },
    );
  });

  test('whoever happens to be free, no school comes further ahead than three', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 6 }), fc.array(fc.integer({ min: 0, max: 63 }), { minLength: 60, maxLength: 60 }), (shares, free) => {
        const all = shares.map((share, at) => figures(`s${at}`, 0, share));
        const total = shares.reduce((sum, each) => sum + each, 0);
        let handed = 0;
        for (const [at, mask] of free.entries()) {
          const candidates = all.filter((_, place) => (mask >> place) & 1).map(({ school }) => from(school));
          const given = assign(candidates, all, rule, String(at));
          const school = all.find((each) => each.school === given?.school);
          if (school === undefined) continue;
          school.booked += 1;
          handed += 1;
          expect(school.booked - (school.share / total) * handed).toBeLessThanOrEqual(3 + 1e-6);
        }
      }),
      { seed: 305, numRuns: 60 },
    );
  });

  test('a draw is no favour: level schools win about equally often', () => {
    const wins: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let seed = 0; seed < 600; seed += 1) {
      const school = assign([from('a'), from('b'), from('c')], [figures('a', 0, 5), figures('b', 0, 5), figures('c', 0, 5)], rule, `company 2026-11-${seed}`)?.school;
      if (school) wins[school] = (wins[school] ?? 0) + 1;
    }
    for (const count of Object.values(wins)) expect(count).toBeGreaterThan(150);
  });
});

describe('2.16 the states of a meeting', () => {
  test.each([
    ['held', 'confirm', 'booked'],
    ['held', 'lapse', 'cancelled'],
    ['held', 'move', null],
    ['booked', 'move', 'booked'],
    ['booked', 'cancel', 'cancelled'],
    ['booked', 'done', 'done'],
    ['booked', 'no_show', 'no_show'],
    ['booked', 'confirm', null],
    ['done', 'cancel', null],
    ['no_show', 'move', null],
    ['cancelled', 'move', null],
    ['cancelled', 'cancel', null],
  ] as const)('%s -> %s: %s', (state, step, next) => expect(after(state, step)).toBe(next));

  test('a meeting can have ended once it has begun', () => {
    expect([new Date('2026-11-18T07:59:00Z'), new Date('2026-11-18T08:00:00Z')].map((now) => mayHaveEnded('2026-11-18T08:00:00.000Z', now))).toEqual([false, true]);
  });
});
