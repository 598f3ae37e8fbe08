import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visitsToStaff } from '../../../../bench/visits.ts';
import { type Consultant, checkPlan, type Instance, type Staffed, type Visit, worthOf } from './rules.ts';
import { type Proposal, planStaffing } from './server/jobs.ts';

const effort = { seed: 1, seconds: 20 };
const planOf = ({ staffed }: Pick<Proposal, 'staffed'>): Staffed[] => staffed.map(({ visit, slot, lead, companion }) => ({ visit, slot, lead, companion }));

/** What must hold for any plan whatever: by the checks, which share nothing with the planner. */
function holds(instance: Instance, proposal: Proposal) {
  expect(checkPlan(instance, planOf(proposal))).toEqual([]);
  expect(worthOf(instance, planOf(proposal), proposal.expected)).toBeCloseTo(proposal.objective, 4);
  expect(proposal.objective).toBeLessThanOrEqual(proposal.bound + 1e-6);
  expect([...proposal.staffed, ...proposal.unstaffed].map(({ visit }) => visit).sort()).toEqual(instance.visits.map(({ id }) => id).sort());
}
/** A number of any kind of question, small enough to solve many. */
const sizes = fc.record({ visits: fc.integer({ min: 1, max: 25 }), consultants: fc.integer({ min: 1, max: 8 }), schools: fc.integer({ min: 1, max: 4 }), weeks: fc.integer({ min: 1, max: 2 }) });
/** Dozens of solves, each in a thread that loads the solver: a busy machine needs longer. */
const patience = 60_000;
const many = { numRuns: 15, seed: 20261125 };

describe('a plan of all open visits', () => {
  test(
    '2.16 breaks no rule, is worth what it says, and never more than its bound',
    () =>
      fc.assert(
        fc.asyncProperty(sizes, fc.nat(10_000), fc.constantFrom(null, 4, 12), async (size, seed, centre) => {
          const instance = visitsToStaff(size, seed);
          if (centre !== null) instance.centre = ['2026-11-23', '2026-11-30'].map((week) => ({ week, left: centre }));
          const proposal = await planStaffing(instance, effort);
          holds(instance, proposal);
          expect(proposal).toMatchObject({ stopped: false, fault: null });
          expect(proposal.gap).toBeLessThan(1e-3);
        }),
        many,
      ),
    patience,
  );

  test('3.05 no school gets further ahead of its share than the published rule lets it, and where nothing limits them but shares, visits follow these', async () => {
    const base = visitsToStaff({ visits: 40, consultants: 8, schools: 2, weeks: 2 }, 5);
    const even = { ...base, schools: base.schools.map((each, at) => ({ ...each, share: at === 0 ? 30 : 10, booked: at === 0 ? 15 : 5, weeksIn: 13 })) };
    const same = even.consultants.map((each, at) => ({
      ...each,
      school: `school-${at % 2}`,
      industries: ['C'],
      area: [],
      free: even.visits.flatMap(({ slots }) => slots),
      weeks: each.weeks.map((week) => ({ ...week, left: 9 })),
    }));
    const weeks = even.schools[0]?.weeks.map((week) => ({ ...week, left: 99 })) ?? [];
    const instance: Instance = {
      ...even,
      consultants: same,
      schools: even.schools.map((each) => ({ ...each, weeks })),
      visits: even.visits.map((each) => ({ ...each, industry: 'C', language: 'da', place: null, contactPerson: null, aim: 'availability' as const, pair: false })),
    };
    const proposal = await planStaffing(instance, effort);
    holds(instance, proposal);
    expect(proposal.staffed).toHaveLength(40);
    expect(proposal.schools.map(({ leads }) => leads)).toEqual([30, 10]);
    for (const { counted, leads, due } of proposal.schools) expect(counted + leads - due).toBeLessThanOrEqual(3);
  });

  test('3.05 week after week a school that has fallen behind catches up, and none runs ahead', async () => {
    const question = visitsToStaff({ visits: 24, consultants: 9, schools: 3, weeks: 1 }, 8);
    let schools = question.schools.map((each, at) => ({ ...each, share: 20, booked: at === 0 ? 4 : 14, weeksIn: 13 }));
    const consultants = question.consultants.map((each, at) => ({ ...each, school: `school-${at % 3}`, industries: ['C'], area: [], languages: ['da'] }));
    const visits = question.visits.map((each) => ({ ...each, industry: 'C', language: 'da' }));
    const behind: number[] = [];
    for (let week = 0; week < 4; week += 1) {
      const instance: Instance = { ...question, visits, consultants, schools };
      const proposal = await planStaffing(instance, effort);
      holds(instance, proposal);
      for (const { counted, leads, due } of proposal.schools) expect(counted + leads - due).toBeLessThanOrEqual(3);
      const [first] = proposal.schools;
      behind.push((first?.due ?? 0) - (first?.counted ?? 0) - (first?.leads ?? 0));
      schools = schools.map((each) => ({ ...each, booked: each.booked + (proposal.schools.find(({ school }) => school === each.id)?.leads ?? 0) }));
    }
    // It began 20 / 3 behind, and ends as near to its share as the others may be.
    expect(behind[0]).toBeLessThan(20 / 3);
    expect(behind.at(-1)).toBeLessThan(3);
  });

  test('the same question gets the same answer, in whatever order it is put', async () => {
    const instance = visitsToStaff({ visits: 40, consultants: 10, schools: 4, weeks: 1 }, 3);
    const mixed: Instance = {
      ...instance,
      visits: instance.visits.toReversed().map((each) => ({ ...each, slots: each.slots.toReversed(), products: each.products.toReversed() })),
      consultants: [...instance.consultants.slice(4), ...instance.consultants.slice(0, 4)].map((each) => ({ ...each, free: each.free.toReversed(), languages: each.languages.toReversed() })),
      schools: instance.schools.toReversed(),
    };
    const first = await planStaffing(instance, effort);
    expect(await planStaffing(mixed, effort)).toEqual(first);
    expect(await planStaffing(instance, effort)).toEqual(first);
    expect(first.seed).toBe(1);
  });

  test('when the solver is called off there still is a lawful plan, with a bound', async () => {
    const instance = visitsToStaff({ visits: 40, consultants: 10, schools: 4, weeks: 1 }, 4);
    const proposal = await planStaffing(instance, { ...effort, signal: AbortSignal.abort() });
    holds(instance, proposal);
    expect(proposal).toMatchObject({ stopped: true, proven: false });
    expect(proposal.staffed.length).toBeGreaterThan(20);
  });

  test('2.18 with many pairs the linear form is not whole, and the plan is near its bound all the same', async () => {
    const base = visitsToStaff({ visits: 45, consultants: 20, schools: 4, weeks: 1 }, 6);
    const instance: Instance = { ...base, visits: base.visits.map((each) => ({ ...each, aim: 'learning' })) };
    const proposal = await planStaffing(instance, effort);
    holds(instance, proposal);
    expect(proposal.staffed.filter(({ companion }) => companion !== null).length).toBeGreaterThan(5);
    expect(proposal.gap).toBeLessThan(0.005);
  });

  test('nothing to plan, nobody to send: an empty plan of worth nothing', async () => {
    const instance = visitsToStaff({ visits: 3, consultants: 0, schools: 1, weeks: 1 }, 1);
    expect(await planStaffing({ ...instance, visits: [] }, effort)).toMatchObject({ staffed: [], unstaffed: [], objective: 0, bound: 0, proven: true });
    expect(await planStaffing(instance, effort)).toMatchObject({ staffed: [], objective: 0, bound: 0, proven: true });
  });
});

/** The best of all plans, by trying every one. */
function best(instance: Instance, expected: number): number {
  const shares = instance.schools.reduce((sum, { share }) => sum + share, 0);
  const total = instance.schools.reduce((sum, { booked }) => sum + booked, 0) + expected;
  const ahead = (plan: readonly Staffed[]) =>
    instance.schools.some(({ id, share, booked }) => {
      const leads = plan.filter(({ lead }) => instance.consultants.find((each) => each.id === lead)?.school === id).length;
      return leads > 0 && booked + leads - (share / shares) * total > instance.settings.lead + 1e-9;
    });
  const lawful = (plan: Staffed[]) => checkPlan(instance, plan).every(({ rule }) => rule === 'school_ahead' || rule === 'pin_broken') && !ahead(plan);
  const choices = instance.visits.map(({ id, slots }) =>
    slots.flatMap((slot) =>
      instance.consultants.flatMap(({ id: lead }) =>
        [null, ...instance.consultants.map((each) => each.id)].map((companion): Staffed => ({ visit: id, slot, lead, companion })).filter((each) => lawful([each])),
      ),
    ),
  );
  const from = (at: number, plan: Staffed[]): number => {
    const here = choices[at];
    if (here === undefined) return worthOf(instance, plan, expected);
    return [[], ...here.map((each) => [each])].map((each) => [...plan, ...each]).reduce((most, next) => (lawful(next) ? Math.max(most, from(at + 1, next)) : most), 0);
  };
  return from(0, []);
}

test(
  '2.18 on small questions no plan at all is better',
  () =>
    fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.constantFrom(0, 1, 3), async (seed, lead) => {
        const base = visitsToStaff({ visits: 4, consultants: 4, schools: 2, weeks: 1 }, seed);
        const instance: Instance = {
          ...base,
          settings: { ...base.settings, lead },
          visits: base.visits.map((each, at) => ({
            ...each,
            slots: each.slots.slice(0, 2).map((slot) => `2026-11-2${4 + (Number(slot[9]) % 2)} am`),
            aim: at < 2 ? 'learning' : each.aim,
            language: 'da',
          })),
          consultants: base.consultants.map((each, at) => ({
            ...each,
            industries: ['C', 'F', 'G'],
            area: [],
            vocational: at % 2 === 0,
            free: ['2026-11-24 am', '2026-11-25 am'],
            weeks: [{ week: '2026-11-23', left: 1 + (at % 2) }],
          })),
          schools: base.schools.map((each, at) => ({ ...each, share: 4 + 4 * at, booked: 2 + at, weeksIn: 13 })),
        };
        const proposal = await planStaffing(instance, effort);
        holds(instance, proposal);
        expect(proposal.objective).toBeCloseTo(best(instance, proposal.expected), 4);
        expect(proposal.proven).toBe(true);
      }),
      { numRuns: 10, seed: 20261125 },
    ),
  patience,
);

describe('changed by hand and planned again', () => {
  test(
    '2.18 what was chosen stays, and the rest is planned around it',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(10_000), async (seed) => {
          const instance = visitsToStaff({ visits: 20, consultants: 8, schools: 3, weeks: 1 }, seed);
          const before = await planStaffing(instance, effort);
          const [first, second, third] = before.staffed;
          if (first === undefined || second === undefined || third === undefined) return;
          // Somebody else by hand, who is free then and whom nothing else recommends; a time that is kept; a person who is kept out.
          const other = instance.consultants.find(({ id, free, weeks }) => id !== first.lead && free.includes(first.slot) && (weeks[0]?.left ?? 0) > 1);
          const pins = [...(other === undefined ? [] : [{ visit: first.visit, slot: first.slot, lead: other.id, companion: null }]), { visit: second.visit, slot: second.slot, lead: second.lead }];
          const changed: Instance = {
            ...instance,
            pins: pins.filter(({ lead, slot }, at) => pins.findIndex((each) => each.lead === lead && each.slot === slot) === at),
            excluded: [{ consultant: third.lead, visit: third.visit }],
          };
          const after = await planStaffing(changed, effort);
          holds(changed, after);
          for (const pin of changed.pins) expect(after.staffed.find(({ visit }) => visit === pin.visit)).toMatchObject(pin);
          expect(after.staffed.find(({ visit }) => visit === third.visit)?.lead).not.toBe(third.lead);
        }),
        { numRuns: 6, seed: 20261125 },
      ),
    patience,
  );

  test('accepted and planned again without a change, the plan is the same', async () => {
    const instance = visitsToStaff({ visits: 25, consultants: 8, schools: 3, weeks: 1 }, 11);
    const before = await planStaffing(instance, effort);
    const again = await planStaffing({ ...instance, pins: planOf(before) }, effort);
    expect(planOf(again)).toEqual(planOf(before));
    expect(again.objective).toBeCloseTo(before.objective, 4);
  });

  test('a choice that cannot be kept is told, never silently dropped', async () => {
    const instance = visitsToStaff({ visits: 10, consultants: 5, schools: 2, weeks: 1 }, 2);
    const [visit] = instance.visits;
    const consultants = instance.consultants.map((each, at) => (at === 0 ? { ...each, free: [] } : each));
    const changed: Instance = { ...instance, consultants, pins: [{ visit: visit?.id ?? '', lead: 'consultant-0' }] };
    const proposal = await planStaffing(changed, effort);
    expect(proposal.unstaffed.find((each) => each.visit === visit?.id)).toEqual({ visit: visit?.id, chosenByHand: true, reasons: [{ code: 'not_free', consultants: 1 }] });
    expect(checkPlan(changed, planOf(proposal))).toEqual([{ rule: 'pin_broken', of: visit?.id }]);
    expect(worthOf(changed, planOf(proposal), proposal.expected)).toBeCloseTo(proposal.objective, 4);
    // The same of a companion: the visit stands, and says that nobody comes along.
    const staffed = proposal.staffed[0]?.visit ?? '';
    const alone = await planStaffing({ ...instance, consultants, pins: [{ visit: staffed, companion: 'consultant-0' }] }, effort);
    expect(alone.staffed.find((each) => each.visit === staffed)).toMatchObject({ companion: null, warnings: expect.arrayContaining(['no_companion']) });
  });

  test('of choices that exclude each other as many as can be are kept', async () => {
    const instance = visitsToStaff({ visits: 10, consultants: 5, schools: 2, weeks: 1 }, 2);
    const slot = instance.consultants[0]?.free[0] ?? '';
    const visits = instance.visits.map((each) => ({ ...each, slots: [slot] }));
    const pins = visits.slice(0, 3).map(({ id }) => ({ visit: id, lead: 'consultant-0' }));
    const proposal = await planStaffing({ ...instance, visits, pins }, effort);
    expect(proposal.staffed.filter(({ lead }) => lead === 'consultant-0')).toHaveLength(1);
    expect(proposal.unstaffed.filter(({ chosenByHand }) => chosenByHand).map(({ reasons }) => reasons)).toEqual([[{ code: 'busy', consultants: 1 }], [{ code: 'busy', consultants: 1 }]]);
    expect(proposal.proven).toBe(true);
  });
});

describe('reasons', () => {
  const slot = '2026-11-24 am';
  const week = '2026-11-23';
  const limvig = { latitude: 56.5, longitude: 8.6 };
  const visit = (more: Partial<Visit> = {}): Visit => ({
    id: 'v',
    slots: [slot],
    place: limvig,
    municipality: '0665',
    industry: 'C',
    products: ['Truck', 'lean'],
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
    place: limvig,
    area: [],
    industries: ['C'],
    products: [],
    assessment: 0,
    basicSkills: 0,
    languages: ['da'],
    experienced: true,
    vocational: true,
    free: [slot],
    weeks: [{ week, left: 5 }],
    ...more,
  });
  const ask = (consultants: Consultant[], more: Partial<Instance> = {}) =>
    planStaffing(
      {
        visits: [visit()],
        consultants,
        schools: ['a', 'b'].map((id, at) => ({ id, share: 10, booked: 5 + at, weeksIn: 13, weeks: [{ week, left: 9 }] })),
        centre: null,
        settings: { window: 13, lead: 3, mostKm: 100 },
        pins: [],
        excluded: [],
        ...more,
      },
      effort,
    );
  const why = async (...of: Parameters<typeof ask>) => (await ask(...of)).staffed.map(({ lead, because, warnings }) => ({ lead, because, warnings }));
  const away = { place: { latitude: 56.9, longitude: 8.6 } };

  test('2.18 why this lead, as facts: what is known, the language, the contact person', async () => {
    const knowing = person('anna', 'b', { ...away, products: ['truck'], languages: ['da', 'pl'], assessment: 2, basicSkills: 3 });
    expect(await why([knowing, person('bo', 'a', { languages: ['da', 'pl'] })], { visits: [visit({ language: 'pl', assessment: true, basicSkills: true, contactPerson: 'anna' })] })).toEqual([
      {
        lead: 'anna',
        because: [
          { code: 'contact_person' },
          { code: 'knows_product', products: ['Truck'] },
          { code: 'knows_trade' },
          { code: 'assessment' },
          { code: 'basic_skills' },
          { code: 'language', language: 'pl' },
        ],
        warnings: [],
      },
    ]);
  });

  test('3.05 the school that has got least of its share; the nearest; the only one; one of the centre’s own', async () => {
    const trade = { code: 'knows_trade' };
    expect(await why([person('anna', 'b'), person('bo', 'a', away)])).toMatchObject([{ lead: 'bo', because: [trade, { code: 'least_of_share' }] }]);
    expect(await why([person('anna', 'a', away), person('bo', 'a')])).toMatchObject([{ lead: 'bo', because: [trade, { code: 'nearest' }] }]);
    expect(await why([person('anna', 'a')])).toMatchObject([{ because: [trade, { code: 'only_one' }] }]);
    expect(await why([person('anna', null, { products: ['lean'] }), person('bo', 'a', away)])).toMatchObject([
      { lead: 'anna', because: [{ code: 'knows_product', products: ['lean'] }, trade, { code: 'nearest' }, { code: 'centre' }] },
    ]);
  });

  test('2.19 where nobody has anything in common with a company, somebody goes, with a warning', async () =>
    expect(await why([person('anna', 'a', { industries: ['Q'] })])).toEqual([{ lead: 'anna', because: [{ code: 'only_one' }], warnings: ['nothing_in_common'] }]));

  test('what was chosen by hand past a rule bears a warning; so does learning without anybody who learns', async () => {
    const stranger = person('anna', 'a', { industries: [], languages: [] });
    expect(await why([stranger, person('bo', 'b')], { pins: [{ visit: 'v', lead: 'anna' }], visits: [visit({ aim: 'learning' })] })).toEqual([
      { lead: 'anna', because: [{ code: 'chosen_by_hand' }], warnings: ['language', 'no_companion', 'nothing_in_common'] },
    ]);
  });

  test('why nobody goes: what would have to change least comes first, with how many people it keeps away', async () => {
    const none = async (...of: Parameters<typeof ask>) => (await ask(...of)).unstaffed[0]?.reasons;
    const everybody = [
      person('a1', 'a', { free: [] }),
      person('a2', 'a', { languages: ['da'], industries: ['Q'] }),
      person('a3', 'a', { place: { latitude: 54.8, longitude: 11.5 } }),
      person('a4', 'a', { area: ['0101'] }),
      person('a5', 'a', { languages: [] }),
      person('a6', 'a', { languages: [] }),
      person('a7', 'a'),
      person('a8', 'a', { weeks: [{ week, left: 0 }] }),
    ];
    expect(await none(everybody, { excluded: [{ consultant: 'a7', visit: null }] })).toEqual([
      { code: 'consultant_full', consultants: 1 },
      { code: 'not_free', consultants: 1 },
      { code: 'nothing_in_common', consultants: 1 },
      { code: 'too_far', consultants: 1 },
      { code: 'area', consultants: 1 },
      { code: 'language', consultants: 2 },
      { code: 'excluded', consultants: 1 },
    ]);
    const one = [person('a1', 'a')];
    expect(await none(one, { schools: [{ id: 'a', share: 10, booked: 5, weeksIn: 13, weeks: [] }] })).toEqual([{ code: 'school_full', consultants: 1 }]);
    expect(await none(one, { centre: [] })).toEqual([{ code: 'centre_full', consultants: 1 }]);
    expect(await none(one, { schools: ['a', 'b'].map((id, at) => ({ id, share: 10, booked: 12 - 8 * at, weeksIn: 13, weeks: [{ week, left: 9 }] })) })).toEqual([
      { code: 'school_ahead', consultants: 1 },
    ]);
    expect(await none(one, { visits: [visit({ slots: [] })] })).toEqual([{ code: 'no_slots', consultants: 0 }]);
    const two = await ask(one, { visits: [visit(), visit({ id: 'w', products: [], contactPerson: 'a1' })] });
    expect(two.unstaffed).toEqual([{ visit: 'v', chosenByHand: false, reasons: [{ code: 'busy', consultants: 1 }] }]);
  });
});
