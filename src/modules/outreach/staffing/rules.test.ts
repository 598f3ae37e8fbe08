import { describe, expect, test } from 'vitest';
import { type Consultant, checkPlan, type Instance, type School, type Staffed, type Visit, worth, worthOf } from './rules.ts';

const [am, pm] = ['2026-11-24 am', '2026-11-24 pm'] as const;
const week = '2026-11-23';
const visit = (id: string, more: Partial<Visit> = {}): Visit => ({
  id,
  slots: [am, pm],
  place: null,
  municipality: '0665',
  industry: 'C',
  products: [],
  language: 'da',
  assessment: false,
  basicSkills: false,
  contactPerson: null,
  aim: 'expertise',
  pair: false,
  ...more,
});
const person = (id: string, school: string | null, more: Partial<Consultant> = {}): Consultant => ({
  id,
  school,
  place: null,
  area: [],
  industries: ['C'],
  products: [],
  assessment: 0,
  basicSkills: 0,
  languages: ['da'],
  experienced: true,
  vocational: true,
  free: [am, pm],
  weeks: [{ week, left: 5 }],
  ...more,
});
const school = (id: string, more: Partial<School> = {}): School => ({ id, share: 10, booked: 5, weeksIn: 13, weeks: [{ week, left: 9 }], ...more });
const instance = (more: Partial<Instance> = {}): Instance => ({
  visits: [visit('v1'), visit('v2')],
  consultants: [person('anna', 'a'), person('bo', 'b', { vocational: false })],
  schools: [school('a'), school('b')],
  centre: null,
  settings: { window: 13, lead: 3, mostKm: null },
  pins: [],
  excluded: [],
  ...more,
});
const goes = (of: string, lead: string, more: Partial<Staffed> = {}): Staffed => ({ visit: of, slot: am, lead, companion: null, ...more });
const rulesBroken = (of: Instance, plan: Staffed[]) => [...new Set(checkPlan(of, plan).map(({ rule }) => rule))].sort();

describe('the checks, by one planted fault each', () => {
  test('a lawful plan has none', () => expect(checkPlan(instance(), [goes('v1', 'anna'), goes('v2', 'bo')])).toEqual([]));

  const far = { latitude: 57.7, longitude: 10.6 };
  const near = { latitude: 56.5, longitude: 8.6 };
  test.each<[string, Partial<Instance>, Staffed[]]>([
    ['unknown', {}, [goes('v9', 'anna')]],
    ['unknown', {}, [goes('v1', 'nobody')]],
    ['staffed_twice', {}, [goes('v1', 'anna'), goes('v1', 'bo')]],
    ['slot_not_offered', { visits: [visit('v1', { slots: [pm] })] }, [goes('v1', 'anna')]],
    ['not_free', { consultants: [person('anna', 'a', { free: [pm] })] }, [goes('v1', 'anna')]],
    ['double_duty', {}, [goes('v1', 'anna'), goes('v2', 'anna')]],
    ['double_duty', { visits: [visit('v1'), visit('v2', { pair: true })] }, [goes('v1', 'anna'), goes('v2', 'bo', { companion: 'anna' })]],
    ['consultant_full', { consultants: [person('anna', 'a', { weeks: [{ week, left: 1 }] })] }, [goes('v1', 'anna'), goes('v2', 'anna', { slot: pm })]],
    ['consultant_full', { consultants: [person('anna', 'a', { weeks: [{ week: '2026-11-30', left: 9 }] })] }, [goes('v1', 'anna')]],
    ['school_full', { schools: [school('a', { weeks: [{ week, left: 1 }] }), school('b')] }, [goes('v1', 'anna'), goes('v2', 'anna', { slot: pm })]],
    ['centre_full', { centre: [{ week, left: 1 }] }, [goes('v1', 'anna'), goes('v2', 'bo')]],
    ['school_ahead', { schools: [school('a', { booked: 12 }), school('b')] }, [goes('v1', 'anna')]],
    ['school_ahead', { schools: [school('a', { share: 0 }), school('b')] }, [goes('v1', 'anna')]],
    ['language', { visits: [visit('v1', { language: 'pl' })] }, [goes('v1', 'anna')]],
    ['area', { consultants: [person('anna', 'a', { area: ['0101'] })] }, [goes('v1', 'anna')]],
    ['too_far', { visits: [visit('v1', { place: far })], consultants: [person('anna', 'a', { place: near })], settings: { window: 13, lead: 3, mostKm: 50 } }, [goes('v1', 'anna')]],
    ['nothing_in_common', { visits: [visit('v1', { industry: 'F' })], consultants: [person('anna', 'a'), person('bo', 'b', { industries: ['F'] })] }, [goes('v1', 'anna')]],
    ['excluded', { excluded: [{ consultant: 'anna', visit: 'v1' }] }, [goes('v1', 'anna')]],
    ['excluded', { excluded: [{ consultant: 'anna', visit: null }] }, [goes('v1', 'anna')]],
    ['companion_not_wanted', {}, [goes('v1', 'anna', { companion: 'bo' })]],
    ['companion_does_not_fit', { visits: [visit('v1', { pair: true })], consultants: [person('anna', 'a'), person('bo', 'b')] }, [goes('v1', 'anna', { companion: 'bo' })]],
    ['companion_does_not_fit', { visits: [visit('v1', { aim: 'learning' })], consultants: [person('anna', 'a'), person('bo', 'a', { vocational: false })] }, [goes('v1', 'anna', { companion: 'bo' })]],
    [
      'companion_does_not_fit',
      { visits: [visit('v1', { aim: 'learning' })], consultants: [person('anna', 'a', { experienced: false }), person('bo', 'b')] },
      [goes('v1', 'anna', { companion: 'bo' })],
    ],
    ['pin_broken', { pins: [{ visit: 'v1', lead: 'bo' }] }, [goes('v1', 'anna')]],
    ['pin_broken', { pins: [{ visit: 'v1', slot: pm }] }, []],
  ])('%s', (rule, more, plan) => expect(rulesBroken(instance(more), plan)).toContain(rule));

  test('2.19 whoever has nothing in common may be sent where nobody has', () => expect(rulesBroken(instance({ visits: [visit('v1', { industry: 'F' })] }), [goes('v1', 'anna')])).toEqual([]));

  test('2.18 two make a pair: vocational with general, or experienced with learner; of two schools where one learns', () => {
    const learning = [visit('v1', { aim: 'learning' })];
    const pair = [goes('v1', 'anna', { companion: 'bo' })];
    expect(rulesBroken(instance({ visits: learning }), pair)).toEqual([]);
    expect(rulesBroken(instance({ visits: learning, consultants: [person('anna', 'a'), person('bo', 'b', { experienced: false })] }), pair)).toEqual([]);
    expect(rulesBroken(instance({ visits: [visit('v1', { pair: true })], consultants: [person('anna', 'a'), person('bo', 'a', { vocational: false })] }), pair)).toEqual([]);
  });

  test('what was chosen by hand is asked for time and capacity only', () => {
    const byHand = { consultants: [person('anna', 'a', { languages: [], area: ['0101'], industries: [] }), person('bo', 'b')], schools: [school('a', { booked: 30 }), school('b')] };
    const chosen = instance({ ...byHand, pins: [{ visit: 'v1', lead: 'anna' }], excluded: [{ consultant: 'anna', visit: null }] });
    expect(rulesBroken(chosen, [goes('v1', 'anna')])).toEqual([]);
    expect(rulesBroken(chosen, [goes('v1', 'anna', { slot: '2026-11-25 am' })])).toEqual(['not_free', 'slot_not_offered']);
    expect(rulesBroken(instance(byHand), [goes('v1', 'anna')])).toEqual(['area', 'language', 'nothing_in_common', 'school_ahead']);
  });
});

describe('what a plan is worth', () => {
  const value = (more: Partial<Instance>, plan: Staffed[]) => worthOf(instance(more), plan, plan.length);
  const way = worth.km * 30;

  test('each step of the order outweighs those below it', () => {
    const everything = Object.values(worth.knows).reduce((sum, each) => sum + each, 0) + worth.companion;
    expect(worth.staffed).toBeGreaterThan(2 * everything);
    expect(Math.min(...Object.values(worth.knows))).toBeGreaterThan(worth.ahead * 3 + worth.km * 200);
    expect(worth.ahead).toBeGreaterThan(worth.km * 200);
  });

  test('2.18 who has time: what somebody knows is not weighed, but for the contact person', () => {
    const known = { products: ['Truck '], assessment: 2 };
    const ask = { products: ['truck'], assessment: true };
    const consultants = [person('anna', 'a', known), person('bo', 'b')];
    const schools = [school('a', { booked: 0 }), school('b')];
    expect(value({ visits: [visit('v1', ask)], consultants, schools }, [goes('v1', 'anna')])).toBeCloseTo(1000 + 40 + 30 + 20 - way);
    expect(value({ visits: [visit('v1', { ...ask, aim: 'availability' })], consultants, schools }, [goes('v1', 'anna')])).toBeCloseTo(1000 - way);
    expect(value({ visits: [visit('v1', { ...ask, aim: 'availability', contactPerson: 'anna' })], consultants, schools }, [goes('v1', 'anna')])).toBeCloseTo(1060 - way);
  });

  test('3.05 each lead costs as much as its school then is ahead of its share; one of the centre’s own as if it were ahead as far as it may', () => {
    const plan = [goes('v1', 'anna'), goes('v2', 'anna', { slot: pm })];
    const each = 1030 - way;
    expect(value({}, plan)).toBeCloseTo(2 * each - worth.ahead * 1); // 5 + 2 of 12, of which 6 are due
    expect(value({ consultants: [person('anna', null), person('bo', 'b')] }, plan)).toBeCloseTo(2 * each - 2 * worth.ahead * 3);
  });

  test('nobody is ranked: who knows the same and lives in the same place is worth the same', () =>
    expect(value({}, [goes('v1', 'anna')])).toBe(value({ consultants: [person('anna', 'a', { experienced: false, vocational: false, free: [am] }), person('bo', 'b')] }, [goes('v1', 'anna')])));
});
