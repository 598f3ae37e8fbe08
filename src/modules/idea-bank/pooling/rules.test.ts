import { describe, expect, test } from 'vitest';
import { checkPool, type Instance, type Need, type Opportunity, type Placed, type Pooling, unfairness, unknownKm, worth, worthOf } from './rules.ts';

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
  schools: ['a', 'b'],
  area: 'metal',
  min: 4,
  max: 8,
  room: 'skive january',
  existing: null,
  ...more,
});
const instance = (more: Partial<Instance> = {}): Instance => ({
  day: '2026-11-23',
  needs: [need('n1', 3), need('n2', 2), need('n3', 4)],
  opportunities: [opportunity('o1'), opportunity('o2')],
  rooms: [],
  teachers: [],
  splits: [],
  pins: [],
  forbidden: [],
  closed: [],
  opened: [],
  ...more,
});
const placed = (of: string, heads: number, where = 'o1', group = 0): Placed => ({ need: of, group, heads, opportunity: where });
const plan = (...all: Placed[]): Pooling => ({ running: [...new Set(all.map((each) => each.opportunity))].map((id) => ({ opportunity: id, school: 'a' })), placed: all });
const broken = (more: Partial<Instance>, of: Pooling) => [...new Set(checkPool(instance(more), of).map(({ rule }) => rule))].sort();

describe('the checks, by one planted fault each', () => {
  const good = plan(placed('n1', 3), placed('n2', 2));
  test('a lawful plan has none, and neither has an empty one', () => {
    expect(broken({}, good)).toEqual([]);
    expect(broken({}, plan())).toEqual([]);
  });

  const existing = { taken: 1, guaranteed: false };
  const far = { latitude: 57.7, longitude: 10.6 };
  const near = { latitude: 56.5, longitude: 8.6 };
  test.each<[string, Partial<Instance>, Pooling]>([
    ['unknown', {}, plan(placed('n9', 5))],
    ['unknown', {}, { ...good, running: [...good.running, { opportunity: 'o9', school: 'a' }] }],
    ['unknown', {}, plan(placed('n1', 3), placed('n2', 2), placed('n3', 4, 'o1', 1))],
    ['placed_twice', {}, plan(placed('n1', 3), placed('n2', 2), placed('n2', 2))],
    ['torn_apart', {}, plan(placed('n1', 3), placed('n2', 1))],
    ['torn_apart', { splits: [{ need: 'n3', groups: [2, 2] }] }, plan(placed('n3', 4))],
    ['runs_twice', {}, { ...good, running: [...good.running, ...good.running] }],
    ['not_running', {}, { ...good, running: [] }],
    ['other_course', { needs: [need('n1', 3), need('n2', 2, { course: 'cooking' })] }, good],
    ['wrong_day', { needs: [need('n1', 3), need('n2', 2, { latest: '2027-01-03' })] }, good],
    ['wrong_day', { needs: [need('n1', 3), need('n2', 2, { earliest: '2027-01-05' })] }, good],
    ['wrong_time', { needs: [need('n1', 3), need('n2', 2, { patterns: ['mondays'] })] }, good],
    ['wrong_time', { needs: [need('n1', 3), need('n2', 2, { parts: ['evening'] })] }, good],
    ['too_far', { needs: [need('n1', 3), need('n2', 2, { place: far, mostKm: 50 })], opportunities: [opportunity('o1', { place: near })] }, good],
    ['too_far', { needs: [need('n1', 3), need('n2', 2, { mostKm: unknownKm - 1 })] }, good],
    ['below_minimum', {}, plan(placed('n1', 3))],
    ['below_minimum', { opportunities: [opportunity('o1', { existing, schools: ['a'] })] }, plan(placed('n2', 2))],
    ['above_maximum', {}, plan(placed('n1', 3), placed('n2', 2), placed('n3', 4))],
    ['above_maximum', { opportunities: [opportunity('o1', { existing: { taken: 2, guaranteed: false }, schools: ['a'] })] }, plan(placed('n1', 3), placed('n3', 4))],
    ['school_cannot', { opportunities: [opportunity('o1', { schools: ['b'] })] }, good],
    ['room_taken', { rooms: [{ room: 'skive january', rooms: 1 }] }, plan(placed('n1', 3), placed('n2', 2), placed('n3', 4, 'o2'))],
    ['no_teacher', { teachers: [{ school: 'a', area: 'metal', week: '2027-01-04', teachers: 1 }] }, plan(placed('n1', 3), placed('n2', 2), placed('n3', 4, 'o2'))],
    ['forbidden', { forbidden: [{ need: 'n2', opportunity: 'o1' }] }, good],
    ['closed_by_hand', { closed: ['o1'] }, good],
    ['opened_by_hand', { opened: ['o2'] }, good],
    ['pin_broken', { pins: [{ need: 'n2', group: null, opportunity: 'o2' }] }, good],
    ['pin_broken', { pins: [{ need: 'n3', group: null, opportunity: 'o2' }] }, good],
    ['existing_closed', { opportunities: [opportunity('o1'), opportunity('o2', { existing: { taken: 0, guaranteed: true }, schools: ['a'] })] }, good],
    ['existing_closed', { opportunities: [opportunity('o1'), opportunity('o2', { existing: { taken: 4, guaranteed: false }, schools: ['a'] })] }, good],
    [
      'stranded',
      {
        needs: [need('n1', 3), need('n2', 2), need('n3', 4, { enrolled: 'o2' })],
        opportunities: [opportunity('o1'), opportunity('o2', { existing: { taken: 0, guaranteed: false }, schools: ['a'] })],
      },
      good,
    ],
  ])('%s', (rule, more, of) => expect(broken(more, of)).toContain(rule));

  test('4.03 by hand a group goes further and at another time, but in no other course and no smaller class', () => {
    const pins = [{ need: 'n2', group: null, opportunity: 'o1' }];
    const needs = [need('n1', 3), need('n2', 2, { place: far, mostKm: 50, parts: ['evening'], latest: '2026-12-02' })];
    expect(broken({ needs, pins, opportunities: [opportunity('o1', { place: near })] }, good)).toEqual([]);
    expect(broken({ needs, pins, opportunities: [opportunity('o1', { place: near, course: 'cooking', min: 6 })] }, good)).toEqual(['below_minimum', 'other_course']);
  });

  test('4.05 seats that are taken count towards the minimum; a guaranteed class runs with nobody; what runs anyway has its room', () => {
    expect(broken({ opportunities: [opportunity('o1', { existing: { taken: 2, guaranteed: false }, schools: ['a'] })] }, plan(placed('n2', 2)))).toEqual([]);
    const guaranteed = [opportunity('o1', { existing: { taken: 0, guaranteed: true }, schools: ['a'] })];
    expect(broken({ opportunities: guaranteed, rooms: [{ room: 'skive january', rooms: 0 }] }, { running: [{ opportunity: 'o1', school: 'a' }], placed: [] })).toEqual([]);
  });

  test('4.03 a need that was split by hand may go two ways', () =>
    expect(broken({ splits: [{ need: 'n3', groups: [1, 3] }] }, plan(placed('n1', 3), placed('n2', 2), placed('n3', 1), placed('n3', 3, 'o1', 1)))).toEqual(['above_maximum']));
});

describe('what a plan is worth', () => {
  test('a seat outweighs any way, and the way a move of some kilometres', () => {
    expect(worth.seat).toBeGreaterThan(worth.km * 600 + worth.moved);
    expect(worth.moved).toBeGreaterThan(worth.km * 20);
  });

  test('seats, those of an existing class that runs included, less ways and moves', () => {
    const opportunities = [opportunity('o1', { existing: { taken: 2, guaranteed: false }, schools: ['a'] }), opportunity('o2', { existing: { taken: 0, guaranteed: false } })];
    const found = worthOf(instance({ opportunities, needs: [need('n1', 3), need('n2', 2, { enrolled: 'o2' })] }), plan(placed('n1', 3), placed('n2', 2)));
    expect(found).toEqual({ participants: 7, km: 5 * unknownKm, moved: 2, objective: 7 * worth.seat - 5 * unknownKm * worth.km - 2 * worth.moved });
  });

  test('schools are judged by their part of what they offer', () => {
    const opportunities = [opportunity('o1', { schools: ['a'] }), opportunity('o2', { schools: ['b'] }), opportunity('o3', { schools: ['a', 'b'] }), opportunity('o4', { schools: ['a', 'b'] })];
    const ran = (...schools: string[]): Pooling => ({ running: schools.map((school, at) => ({ opportunity: `o${at + 1}`, school })), placed: [] });
    expect(unfairness(instance({ opportunities }), ran('a', 'b'))).toBeCloseTo(0);
    expect(unfairness(instance({ opportunities }), ran('a', 'b', 'a', 'a'))).toBeCloseTo(2);
  });
});
