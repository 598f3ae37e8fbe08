import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsToPool } from '../../../../bench/pools.ts';
import { callApart } from '../../../platform/apart.ts';
import { checkPool, fairness, type Instance, type Need, type Opportunity, type Placed, type Pooling, type Running, unfairness, worth, worthOf } from './rules.ts';
import { type Effort, oneMoreOpens, type Proposal, planPools } from './server/jobs.ts';

const effort: Effort = { seed: 1, seconds: 10 };
const need = (id: string, heads: number, more: Partial<Need> = {}): Need => ({
  id,
  company: `company of ${id}`,
  course: 'welding',
  heads,
  earliest: '2026-12-01',
  latest: '2027-03-01',
  patterns: ['weeks'],
  parts: ['day'],
  place: null,
  mostKm: null,
  urgency: 0,
  waitingSince: '2026-10-01',
  enrolled: null,
  ...more,
});
const opportunity = (id: string, more: Partial<Opportunity> = {}): Opportunity => ({
  id,
  course: 'welding',
  venue: 'skive',
  place: null,
  slot: { firstDay: '2027-01-04', pattern: 'weeks', part: 'day' },
  schools: ['a'],
  area: 'metal',
  min: 4,
  max: 8,
  room: null,
  existing: null,
  ...more,
});
const instance = (needs: Need[], opportunities: Opportunity[], more: Partial<Instance> = {}): Instance => ({
  day: '2026-11-23',
  needs,
  opportunities,
  rooms: [],
  teachers: [],
  splits: [],
  pins: [],
  forbidden: [],
  closed: [],
  opened: [],
  ...more,
});
const poolingOf = ({ classes, placed }: Proposal): Pooling => ({ running: classes, placed });
const where = ({ placed }: Proposal) => Object.fromEntries(placed.map((each) => [each.group === 0 ? each.need : `${each.need}/${each.group}`, each.opportunity]));
const reasons = ({ unserved }: Proposal, id: string) => unserved.find((each) => each.need === id)?.reasons;

/** Any question of that size, with everything that may be in one: always the same for a seed. */
function anyInstance(seed: number, needs: number, opportunities: number): Instance {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 16777216;
  };
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const courses = ['welding', 'cooking', 'excel'].slice(0, 1 + Math.ceil(opportunities / 6));
  const days = ['2026-12-07', '2027-01-04', '2027-02-01'];
  const spot = () => (random() < 0.1 ? null : { latitude: 55.5 + random(), longitude: 9 + random() });
  const some =
    opportunities === 0
      ? []
      : Array.from({ length: opportunities }, (_, at): Opportunity => {
          const min = 2 + below(5);
          const existing = random() < 0.3 ? { taken: below(min + 2), guaranteed: random() < 0.3 } : null;
          const venue = pick(['skive', 'viborg']);
          const slot = { firstDay: pick(days), pattern: 'weeks', part: pick(['day', 'day', 'evening']) };
          return {
            id: `o${at}`,
            course: pick(courses),
            venue,
            place: spot(),
            slot,
            schools: existing !== null || random() < 0.5 ? [pick(['a', 'b'])] : ['a', 'b'],
            area: pick(['metal', 'food', null]),
            min,
            max: min + below(6),
            room: random() < 0.8 ? `${venue} ${slot.firstDay}` : null,
            existing,
          };
        });
  const all = Array.from({ length: needs }, (_, at): Need => {
    const [from, to] = [below(3), below(3)].sort();
    const home = some.filter(({ existing }) => existing !== null);
    const enrolled = home.length > 0 && random() < 0.2 ? pick(home) : null;
    return {
      ...need(`n${at}`, 1 + below(4)),
      course: enrolled?.course ?? pick(courses),
      earliest: days[from as number] as string,
      latest: days[to as number] as string,
      parts: random() < 0.5 ? ['day', 'evening'] : ['day'],
      place: spot(),
      mostKm: random() < 0.5 ? null : 20 + below(120),
      urgency: below(3),
      enrolled: enrolled?.id ?? null,
    };
  });
  const rest: Partial<Instance> = {
    rooms: ['skive', 'viborg'].flatMap((venue) => days.map((each) => ({ room: `${venue} ${each}`, rooms: below(3) }))),
    teachers: days.filter(() => random() < 0.5).map((week) => ({ school: pick(['a', 'b']), area: 'metal', week, teachers: below(2) })),
    splits: all.filter(({ heads }) => heads > 1 && random() < 0.2).map(({ id, heads }) => ({ need: id, groups: [1, heads - 1] })),
    forbidden: some.length > 0 && random() < 0.5 ? [{ need: pick(all).id, opportunity: pick(some).id }] : [],
    closed: random() < 0.2 && some.length > 0 ? [pick(some).id] : [],
    opened: random() < 0.2 && some.length > 0 ? [pick(some).id] : [],
  };
  const pinned = pick(all);
  const to = some.filter(({ course }) => course === pinned.course);
  if (to.length > 0 && random() < 0.3) rest.pins = [{ need: pinned.id, group: null, opportunity: pick(to).id }];
  return instance(all, some, rest);
}

/** The best of all plans there are; null: none keeps every rule, such as where a choice by hand cannot be. */
function bestOfAll(of: Instance): number | null {
  const units = of.needs.flatMap(({ id, heads }) => (of.splits.find((each) => each.need === id)?.groups ?? [heads]).map((size, group) => ({ need: id, group, heads: size })));
  let best: number | null = null;
  const runs = (at: number, running: Running[]): void => {
    const next = of.opportunities[at];
    if (next !== undefined) {
      runs(at + 1, running);
      for (const school of next.schools) runs(at + 1, [...running, { opportunity: next.id, school }]);
      return;
    }
    const seats = (unit: number, placed: Placed[]): void => {
      const group = units[unit];
      if (group === undefined) {
        const objective = worthOf(of, { running, placed }).objective;
        if ((best === null || objective > best) && checkPool(of, { running, placed }).length === 0) best = objective;
        return;
      }
      seats(unit + 1, placed);
      for (const { opportunity: id } of running) seats(unit + 1, [...placed, { ...group, opportunity: id }]);
    };
    seats(0, []);
  };
  runs(0, []);
  return best;
}

describe('the best plan', () => {
  test('4.03 is found and proven on small questions, whatever is asked in them: no plan of all there are is better', async () => {
    let [compared, hard] = [0, 0];
    for (let seed = 1; seed <= 60; seed += 1) {
      const asked = anyInstance(seed * 7919, 4, 3);
      const best = bestOfAll(asked);
      const plan = await planPools(asked, effort);
      if (best === null || plan.refused.some(({ code }) => code !== 'not_kept')) {
        hard += 1;
        continue;
      }
      expect(checkPool(asked, poolingOf(plan)), `seed ${seed}`).toEqual([]);
      expect(plan, `seed ${seed}`).toMatchObject({ proven: true, stopped: false, fault: null });
      expect(plan.best, `seed ${seed}`).toBeCloseTo(best, 3);
      compared += 1;
    }
    expect(compared, `${hard} could not be compared`).toBeGreaterThan(35);
  }, 60_000);

  test('4.03 no class runs below its minimum or above its maximum, and no other rule is broken, on any question', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 14 }), async (seed, needs, opportunities) => {
        const asked = anyInstance(seed, needs, opportunities);
        const plan = await planPools(asked, { seed: 1, seconds: 3 });
        const refused = new Set(plan.refused.map(({ of }) => of));
        const faults = checkPool(asked, poolingOf(plan)).filter(({ rule, of }) => !(['pin_broken', 'opened_by_hand', 'closed_by_hand', 'forbidden'].includes(rule) && refused.has(of)));
        expect(faults).toEqual([]);
        const { objective, participants } = worthOf(asked, poolingOf(plan));
        expect(plan.objective).toBeCloseTo(objective, 3);
        expect(plan.participants).toBe(participants);
        expect(plan.bound).toBeGreaterThanOrEqual(plan.best - 1e-3);
        expect(plan.best).toBeGreaterThanOrEqual(plan.objective - 1e-3);
        const groups = asked.needs.reduce((sum, { id }) => sum + (asked.splits.find((each) => each.need === id)?.groups.length ?? 1), 0);
        expect(plan.placed.length + plan.unserved.length).toBe(groups);
      }),
      { numRuns: 50, seed: 403, interruptAfterTimeLimit: 30_000 },
    );
  }, 60_000);

  test('4.03 the same question in another order, with the same seed, gets the same plan; through a thread too', async () => {
    const asked = needsToPool({ needs: 80, courses: 6, schools: 5, weeks: 8, each: 14, window: 8, km: 120 }, 3);
    const first = await planPools(asked, effort);
    expect(first).toMatchObject({ proven: true, stopped: false });
    const turned: Instance = {
      ...asked,
      needs: [...asked.needs].reverse(),
      opportunities: [...asked.opportunities].reverse(),
      rooms: [...asked.rooms].reverse(),
      teachers: [...asked.teachers].reverse(),
    };
    expect(await planPools(turned, effort)).toEqual(first);
    const jobs = new URL('./server/jobs.ts', import.meta.url).href;
    expect(await callApart<Parameters<typeof planPools>, Proposal>(jobs, planPools.name, [asked, effort], 60_000)).toEqual(first);
  }, 60_000);
});

describe('whatever happens to the solver', () => {
  const hard = needsToPool({ needs: 800, courses: 8, schools: 8, weeks: 10, each: 60, window: 10, km: 140 }, 5);

  test('4.03 a plan that is called off answers at once with the best so far, marked', async () => {
    const control = new AbortController();
    const told: string[] = [];
    const running = planPools(hard, {
      seed: 1,
      seconds: 60,
      signal: control.signal,
      progress: ({ phase, objective, bound, participants }) => {
        told.push(phase);
        expect(objective).toBeLessThanOrEqual(bound + 1e-3);
        expect(participants).toBeGreaterThan(0);
        control.abort();
      },
    });
    const plan = await running;
    expect(told[0]).toBe('search');
    expect(told.length).toBeLessThan(4);
    expect(plan.stopped).toBe(true);
    expect(plan.participants).toBeGreaterThan(500);
    expect(plan.bound).toBeGreaterThanOrEqual(plan.objective);
    expect(checkPool(hard, poolingOf(plan))).toEqual([]);

    const before = await planPools(hard, { seed: 1, seconds: 60, signal: control.signal });
    expect(before.stopped).toBe(true);
    expect(checkPool(hard, poolingOf(before))).toEqual([]);
  }, 60_000);

  test('4.03 when time is short there is a lawful plan with what is proven of it', async () => {
    const plan = await planPools(hard, { seed: 1, seconds: 1 });
    expect(plan.stopped).toBe(true);
    expect(plan.participants).toBeGreaterThan(500);
    expect(plan.gap).toBeLessThan(0.1);
    expect(checkPool(hard, poolingOf(plan))).toEqual([]);
  }, 60_000);
});

describe('existing classes', () => {
  const existing = (taken: number, guaranteed = false) => ({ existing: { taken, guaranteed } });

  test('4.05 a guaranteed class is never closed, with nobody in it, without a room, nor by hand', async () => {
    const plan = await planPools(instance([], [opportunity('g', { ...existing(0, true), room: 'r' })], { rooms: [{ room: 'r', rooms: 0 }], closed: ['g'] }), effort);
    expect(plan).toMatchObject({ classes: [{ opportunity: 'g', school: 'a', heads: 0, existing: true }], cancelled: [], refused: [{ code: 'guaranteed_stays_open', of: 'g' }] });
  });

  test('4.05 a class that would be cancelled is filled before another is opened: those who are in it count', async () => {
    const plan = await planPools(instance([need('n1', 4)], [opportunity('new'), opportunity('old', existing(3))]), effort);
    expect(plan).toMatchObject({ participants: 7, classes: [{ opportunity: 'old', heads: 7 }] });
  });

  test('4.05 two half-empty classes become one that runs; a move between schools needs both schools’ yes', async () => {
    const needs = [need('n1', 2, { enrolled: 'x' }), need('n2', 3, { enrolled: 'y' })];
    const plan = await planPools(instance(needs, [opportunity('x', existing(0)), opportunity('y', { ...existing(1), schools: ['b'] })]), effort);
    expect(plan.participants).toBe(6);
    expect(plan.cancelled).toEqual(['x']);
    expect(plan.placed).toMatchObject([
      { need: 'n1', opportunity: 'y', moved: { from: 'x', bothSchools: true } },
      { need: 'n2', moved: null },
    ]);
  });

  test('4.05 nobody loses a seat in a class that would run without the plan, however many it would help elsewhere', async () => {
    const needs = [need('n1', 4, { enrolled: 'x' }), ...['n2', 'n3'].map((id) => need(id, 4))];
    const plan = await planPools(instance(needs, [opportunity('x', { ...existing(0), min: 4, max: 8 }), opportunity('y', { min: 9, max: 9 })]), effort);
    expect(where(plan)).toMatchObject({ n1: 'x' });
    expect(plan.participants).toBe(8);
  });

  test('4.05 whoever has seats there may stay whatever the distance and the dates', async () => {
    const late = need('n1', 4, { enrolled: 'x', earliest: '2027-02-01', mostKm: 5 });
    expect(where(await planPools(instance([late], [opportunity('x', existing(0))]), effort))).toEqual({ n1: 'x' });
  });
});

describe('by hand', () => {
  const needs = [need('n1', 2), need('n2', 2), need('n3', 2, { mostKm: 5 }), need('n4', 2)];
  const both = [opportunity('o1'), opportunity('o2')];

  test('4.03 a need that is pinned goes there, further and later than it said, and the rest is planned around it', async () => {
    const plan = await planPools(instance(needs, both, { pins: [{ need: 'n3', group: null, opportunity: 'o2' }] }), effort);
    expect(plan.placed.find((each) => each.need === 'n3')).toMatchObject({ opportunity: 'o2', byHand: true });
    expect(plan).toMatchObject({ participants: 8, refused: [] });
  });

  test('4.03 what was chosen by hand and cannot be is said, and nothing put in its stead', async () => {
    const plan = await planPools(
      instance([need('n1', 3), need('n2', 5)], [opportunity('o1'), opportunity('o2', { min: 6 })], {
        pins: [{ need: 'n1', group: null, opportunity: 'o2' }],
        forbidden: [{ need: 'n2', opportunity: 'o2' }],
      }),
      effort,
    );
    expect(where(plan)).toEqual({ n2: 'o1' });
    expect(plan.refused).toEqual([{ code: 'not_kept', of: 'n1' }]);
    expect(reasons(plan, 'n1')).toEqual([{ code: 'below_minimum', opportunities: 1, missing: 3, opportunity: 'o2' }]);
  });

  test('4.03 forbidden, closed and opened by hand', async () => {
    expect(where(await planPools(instance([need('n1', 4)], both, { forbidden: [{ need: 'n1', opportunity: 'o1' }] }), effort))).toEqual({ n1: 'o2' });
    const plan = await planPools(instance([need('n1', 4)], both, { closed: ['o1', 'o2'] }), effort);
    expect(reasons(plan, 'n1')).toEqual([{ code: 'forbidden', opportunities: 2 }]);
    expect(where(await planPools(instance(needs.slice(0, 2), [opportunity('o1'), opportunity('o2', { place: { latitude: 57, longitude: 9 } })], { opened: ['o2'] }), effort))).toEqual({
      n1: 'o2',
      n2: 'o2',
    });
    expect((await planPools(instance([need('n1', 3)], both, { opened: ['o2'] }), effort)).refused).toEqual([{ code: 'not_kept', of: 'o2' }]);
  });

  test('4.03 a need that is larger than any class finds seats when it is split', async () => {
    const large = [need('n1', 12)];
    expect(reasons(await planPools(instance(large, both), effort), 'n1')).toEqual([{ code: 'too_large', opportunities: 2 }]);
    const plan = await planPools(instance(large, both, { splits: [{ need: 'n1', groups: [7, 5] }] }), effort);
    expect(plan.participants).toBe(12);
    expect(new Set(Object.values(where(plan)))).toEqual(new Set(['o1', 'o2']));
  });
});

describe('reasons', () => {
  test('4.03 every need without a seat says what it fails of, the nearest first', async () => {
    const far = { latitude: 57.7, longitude: 10.6 };
    const plan = await planPools(
      instance(
        [
          need('full', 3),
          need('in', 8),
          need('no class', 2, { course: 'cooking' }),
          need('far', 2, { place: far, mostKm: 50 }),
          need('late', 2, { earliest: '2027-02-01' }),
          need('evening', 2, { parts: ['evening'] }),
          need('few', 1, { course: 'excel' }),
          need('roomless', 5, { course: 'truck' }),
          need('untaught', 5, { course: 'crane' }),
        ],
        [
          opportunity('o1', { place: { latitude: 56.5, longitude: 8.6 } }),
          opportunity('excel', { course: 'excel' }),
          opportunity('truck', { course: 'truck', room: 'r' }),
          opportunity('crane', { course: 'crane', area: 'crane' }),
        ],
        { rooms: [{ room: 'r', rooms: 0 }], teachers: [{ school: 'a', area: 'crane', week: '2027-01-04', teachers: 0 }] },
      ),
      effort,
    );
    expect(where(plan)).toEqual({ in: 'o1' });
    expect(Object.fromEntries(plan.unserved.map((each) => [each.need, each.reasons]))).toEqual({
      full: [{ code: 'full', opportunities: 1, missing: 3, opportunity: 'o1' }],
      'no class': [{ code: 'no_class', opportunities: 0 }],
      far: [{ code: 'too_far', opportunities: 1, km: expect.closeTo(235, -1), opportunity: 'o1' }],
      late: [{ code: 'no_common_date', opportunities: 1, day: '2027-01-04', opportunity: 'o1' }],
      evening: [{ code: 'no_common_time', opportunities: 1 }],
      few: [{ code: 'below_minimum', opportunities: 1, missing: 3, opportunity: 'excel' }],
      roomless: [{ code: 'room_taken', opportunities: 1, opportunity: 'truck' }],
      untaught: [{ code: 'no_teacher', opportunities: 1, opportunity: 'crane' }],
    });
  });

  test('5.33 whoever would be alone of a company in a class is marked', async () => {
    const plan = await planPools(instance([need('n1', 1), need('n2', 1, { company: 'x' }), need('n3', 1, { company: 'x' }), need('n4', 2)], [opportunity('o1')]), effort);
    expect(plan.placed.map(({ need: id, alone }) => [id, alone])).toEqual([
      ['n1', true],
      ['n2', false],
      ['n3', false],
      ['n4', false],
    ]);
  });

  test('2.31 a course that comes again is a class each time: what is left of one goes to the next', async () => {
    const starts = ['2027-01-04', '2027-03-08', '2027-05-10'].map((firstDay, at) => opportunity(`nine weeks ${at}`, { slot: { firstDay, pattern: 'weeks', part: 'day' } }));
    const plan = await planPools(
      instance(
        [8, 8, 4].map((heads, at) => need(`n${at}`, heads, { latest: '2027-06-01' })),
        starts,
      ),
      effort,
    );
    expect(plan).toMatchObject({ participants: 20, proven: true });
    expect(plan.classes).toHaveLength(3);
  });
});

describe('fairness comes second', () => {
  test('4.03 schools come nearer to their parts, and nobody loses a seat by it, nor do all ways together get much longer', async () => {
    const seats = (plan: Proposal) => worth.seat * plan.participants;
    let [before, after] = [0, 0];
    for (let seed = 1; seed <= 2; seed += 1) {
      const asked = needsToPool({ needs: 80, courses: 5, schools: 5, weeks: 8, each: 20, window: 10, km: 140 }, seed);
      const plan = await planPools(asked, effort);
      expect(checkPool(asked, poolingOf(plan))).toEqual([]);
      // Without ways the two are worth the same: it is the seats that are kept.
      expect(Math.round((plan.best - plan.objective) * 1000)).toBeGreaterThanOrEqual(0);
      expect(plan.best - plan.objective).toBeLessThanOrEqual(fairness.detour * (seats(plan) - plan.best) + 1e-3);
      expect(plan.unfairness.after).toBeCloseTo(unfairness(asked, poolingOf(plan)), 6);
      expect(plan.unfairness.after).toBeLessThanOrEqual(plan.unfairness.before + 1e-9);
      before += plan.unfairness.before;
      after += plan.unfairness.after;
    }
    expect(after).toBeLessThan(0.9 * before);
  }, 60_000);

  test('4.03 a class that two schools could hold goes to the one further behind its part', async () => {
    const opportunities = ['o1', 'o2', 'o3', 'o4'].map((id, at) => opportunity(id, { course: `course ${at}`, schools: ['a', 'b'] }));
    const plan = await planPools(
      instance(
        opportunities.map(({ course }, at) => need(`n${at}`, 5, { course })),
        opportunities,
      ),
      effort,
    );
    expect(plan).toMatchObject({
      unfairness: { after: 0 },
      schools: [
        { school: 'a', due: 2, classes: 2 },
        { school: 'b', due: 2, classes: 2 },
      ],
    });
  });

  test('4.03 of two that need as many seats the one that is urgent or waits longer gets them', async () => {
    const one = [opportunity('o1', { max: 4 })];
    const waits = (id: string, more: Partial<Need>) => need(id, 4, more);
    for (const [first, second] of [
      [waits('n1', {}), waits('n2', { waitingSince: '2026-08-01' })],
      [waits('n1', {}), waits('n2', { urgency: 1 })],
      [waits('n2', { urgency: 1 }), waits('n1', { waitingSince: '2026-09-01' })],
    ] as const)
      expect(where(await planPools(instance([first, second], one), effort))).toEqual({ n2: 'o1' });
  });
});

describe('one more participant', () => {
  const ask = async (of: Instance) => oneMoreOpens(of, poolingOf(await planPools(of, effort)), { seed: 1 });

  test('4.03 a class that is one short is told of, with how many others would get a seat', async () =>
    expect(await ask(instance([need('n1', 2), need('n2', 1)], [opportunity('o1')]))).toEqual([{ opportunity: 'o1', others: 3 }]));

  test('4.03 one that would still not run is not: the room is taken by as many, the teacher is, it is closed by hand', async () => {
    const needs = [need('n1', 3), need('n2', 8, { course: 'cooking' })];
    const opportunities = [opportunity('o1', { room: 'r' }), opportunity('o2', { course: 'cooking', room: 'r' })];
    expect(await ask(instance(needs, opportunities))).toHaveLength(1);
    expect(await ask(instance(needs, opportunities, { rooms: [{ room: 'r', rooms: 1 }] }))).toEqual([]);
    expect(await ask(instance(needs, opportunities, { teachers: [{ school: 'a', area: 'metal', week: '2027-01-04', teachers: 1 }] }))).toEqual([]);
    expect(await ask(instance(needs, opportunities, { closed: ['o1'] }))).toEqual([]);
    expect(await ask(instance([need('n1', 2)], opportunities))).toEqual([]);
  });

  test('4.03 each one told of does open when the participant comes', async () => {
    const asked = needsToPool({ needs: 80, courses: 6, schools: 5, weeks: 8, each: 14, window: 6, km: 60 }, 9);
    const plan = await planPools(asked, effort);
    const told = await oneMoreOpens(asked, poolingOf(plan), { seed: 1 });
    expect(told.length).toBeGreaterThan(0);
    for (const { opportunity: id, others } of told.slice(0, 3)) {
      const it = asked.opportunities.find((each) => each.id === id) as Opportunity;
      const more = need('more', 1, { course: it.course, earliest: it.slot.firstDay, latest: it.slot.firstDay, patterns: [it.slot.pattern], parts: [it.slot.part], place: it.place });
      const then = await planPools({ ...asked, needs: [...asked.needs, more] }, effort);
      expect(then.proven && plan.proven).toBe(true);
      expect(then.participants).toBeGreaterThanOrEqual(plan.participants + 1 + others);
    }
  }, 60_000);
});

describe('questions that cannot be used are refused by name, and the rest is planned', () => {
  const fine = [need('n1', 4)];
  const place = { latitude: Number.NaN, longitude: 9 };
  test.each<[string, Need[], Opportunity[], Partial<Instance>, string]>([
    ['no_heads', [need('bad', 0)], [], {}, 'bad'],
    ['no_heads', [need('bad', -3)], [], {}, 'bad'],
    ['no_heads', [need('bad', 1.5)], [], {}, 'bad'],
    ['window_impossible', [need('bad', 2, { earliest: '2027-02-01', latest: '2027-01-01' })], [], {}, 'bad'],
    ['not_a_day', [need('bad', 2, { latest: '2027-02-30' })], [], {}, 'bad'],
    ['not_a_day', [], [opportunity('bad', { slot: { firstDay: 'soon', pattern: 'weeks', part: 'day' } })], {}, 'bad'],
    ['not_a_place', [need('bad', 2, { place })], [], {}, 'bad'],
    ['not_a_place', [], [opportunity('bad', { place })], {}, 'bad'],
    ['duplicate_need', [need('bad', 2), need('bad', 3)], [], {}, 'bad'],
    ['duplicate_opportunity', [], [opportunity('bad'), opportunity('bad')], {}, 'bad'],
    ['min_above_max', [], [opportunity('bad', { min: 9 })], {}, 'bad'],
    ['not_a_size', [], [opportunity('bad', { min: -1 })], {}, 'bad'],
    ['not_a_size', [], [opportunity('bad', { max: Number.POSITIVE_INFINITY })], {}, 'bad'],
    ['no_school', [], [opportunity('bad', { schools: [] })], {}, 'bad'],
    ['unknown_class', [need('bad', 2, { enrolled: 'nowhere' })], [], {}, 'bad'],
    ['split_does_not_add_up', [], [], { splits: [{ need: 'n1', groups: [1, 1] }] }, 'n1'],
    ['unknown_need', [], [], { pins: [{ need: 'bad', group: null, opportunity: 'o1' }] }, 'bad'],
    ['unknown_need', [], [], { pins: [{ need: 'n1', group: 3, opportunity: 'o1' }] }, 'n1'],
    ['unknown_opportunity', [], [], { pins: [{ need: 'n1', group: null, opportunity: 'bad' }] }, 'bad'],
    ['unknown_opportunity', [], [], { closed: ['bad'] }, 'bad'],
    ['other_course', [], [opportunity('o2', { course: 'cooking' })], { pins: [{ need: 'n1', group: null, opportunity: 'o2' }] }, 'n1'],
    ['has_a_seat_there', [need('bad', 2, { enrolled: 'o2' })], [opportunity('o2', { existing: { taken: 0, guaranteed: true } })], { forbidden: [{ need: 'bad', opportunity: 'o2' }] }, 'bad'],
    [
      'pinned_twice',
      [],
      [opportunity('o2')],
      {
        pins: [
          { need: 'n1', group: null, opportunity: 'o1' },
          { need: 'n1', group: null, opportunity: 'o2' },
        ],
      },
      'n1',
    ],
  ])('4.03 %s', async (code, needs, opportunities, more, of) => {
    const plan = await planPools(instance([...fine, ...needs], [opportunity('o1'), ...opportunities], more), effort);
    expect(plan.refused).toEqual([{ code, of }]);
    expect(where(plan)).toMatchObject({ n1: expect.stringMatching(/^o/) });
  });

  test('4.03 nothing asked, nothing answered', async () => expect(await planPools(instance([], []), effort)).toMatchObject({ classes: [], placed: [], unserved: [], proven: true, gap: 0 }));
});
