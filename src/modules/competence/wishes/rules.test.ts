import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerCode, sensitive, shownOf, type Ticked, templateNames, topicsOf } from './rules.ts';

const asked: AnswerCode[] = ['reading', 'maths', 'truck', 'own1'];
const plainly = (answers: number, counts: Record<string, number>): Ticked => ({
  phones: answers,
  papers: 0,
  topics: Object.fromEntries(Object.entries(counts).map(([topic, phone]) => [topic, { phone, paper: 0 }])),
});

describe('2.14 what is shown of a form', () => {
  test('2.14 nothing where too few answered; from the threshold on the topics that enough ticked', () => {
    expect(shownOf(plainly(4, { truck: 4 }), asked, 5)).toEqual({ answers: null, counts: { reading: null, maths: null, truck: null, own1: null } });
    expect(shownOf(plainly(12, { truck: 12, own1: 4, reading: 6, maths: 8 }), asked, 5)).toEqual({ answers: 12, counts: { reading: 6, maths: null, truck: 12, own1: null } });
  });

  test('2.14 that nearly everybody finds reading hard is hidden too', () => {
    for (const count of [8, 9, 10, 11, 12]) expect(shownOf(plainly(12, { reading: count }), asked, 5).counts.reading).toBeNull();
    expect(shownOf(plainly(12, { reading: 7 }), asked, 5).counts.reading).toBe(7);
  });

  test('2.14 phones are left out where the steward could subtract the paper forms and find a few', () => {
    const paper = (phone: number, paperCount: number) => ({ phone, paper: paperCount });
    expect(shownOf({ phones: 1, papers: 9, topics: { truck: paper(1, 6) } }, asked, 5)).toEqual({ answers: 9, counts: { reading: null, maths: null, truck: 6, own1: null } });
    expect(shownOf({ phones: 20, papers: 3, topics: { truck: paper(9, 3), own1: paper(2, 3) } }, asked, 5)).toEqual({ answers: 23, counts: { reading: null, maths: null, truck: 12, own1: null } });
    expect(shownOf({ phones: 4, papers: 4, topics: { truck: paper(4, 4) } }, asked, 5).answers).toBeNull();
  });

  test('2.14 the threshold is never below three', () => expect(shownOf(plainly(6, { truck: 2 }), asked, 1).counts.truck).toBeNull());

  test('2.14 every template asks about reading and maths, and its own topics come last', () => {
    for (const template of templateNames) expect(topicsOf(template, ['Sy', 'Male'])).toEqual(expect.arrayContaining(['reading', 'maths']));
    expect(topicsOf('production', ['Sy', 'Male']).slice(-2)).toEqual(['own1', 'own2']);
  });
});

/** What single persons ticked, added up. */
const addedUp = (phones: readonly AnswerCode[][], papers: readonly AnswerCode[][]): Ticked => ({
  phones: phones.length,
  papers: papers.length,
  topics: Object.fromEntries(asked.map((topic) => [topic, { phone: phones.filter((each) => each.includes(topic)).length, paper: papers.filter((each) => each.includes(topic)).length }])),
});
const people = fc.array(fc.subarray(asked), { maxLength: 24 });

describe('2.14 no hidden count can be computed from what is shown', () => {
  /**
   * Whoever looks knows all that is shown, the steward every paper form too, and each colleague the own answer. For every hidden count there are worlds with each
   * number below the threshold that look the same to all of them; so none is told from another.
   */
  test('2.14 every number that is too small looks the same, to the steward and to everybody else', () => {
    fc.assert(
      fc.property(people, people, fc.integer({ min: 3, max: 6 }), (phones, papers, threshold) => {
        const seen = shownOf(addedUp(phones, papers), asked, threshold);
        const without = (all: readonly AnswerCode[][], topic: AnswerCode) => all.map((each) => each.filter((other) => other !== topic));
        const ticking = (all: readonly AnswerCode[][], topic: AnswerCode, count: number) => without(all, topic).map((each, at) => (at < count ? [...each, topic] : each));
        for (const topic of asked) {
          const [phone, paper] = [phones, papers].map((all) => all.filter((each) => each.includes(topic)).length);
          const hiddenPhones = phone !== undefined && (phones.length < threshold || phone < threshold || (sensitive.has(topic) && phones.length - phone < threshold));
          if (hiddenPhones)
            for (let other = 0; other < Math.min(threshold, phones.length + 1); other += 1) expect(shownOf(addedUp(ticking(phones, topic, other), papers), asked, threshold)).toEqual(seen);
          // Others do not know the paper forms either.
          if (seen.counts[topic] === null && paper !== undefined)
            for (let other = 0; other < Math.min(threshold, papers.length + 1); other += 1) expect(shownOf(addedUp(phones, ticking(papers, topic, other)), asked, threshold)).toEqual(seen);
        }
        // So many on phones that they are hidden: none at all looks the same.
        if (phones.length < threshold) expect(shownOf(addedUp([], papers), asked, threshold)).toEqual(seen);
      }),
      { numRuns: 400 },
    );
  });

  test('2.14 whatever is shown is at least the threshold, and with a sensitive topic so are those who did not tick it', () => {
    fc.assert(
      fc.property(people, people, fc.integer({ min: 3, max: 6 }), (phones, papers, threshold) => {
        const { answers, counts } = shownOf(addedUp(phones, papers), asked, threshold);
        for (const [topic, count] of Object.entries(counts)) {
          if (count === null) continue;
          expect(count).toBeGreaterThanOrEqual(threshold);
          expect(answers).toBeGreaterThanOrEqual(count);
          if (sensitive.has(topic)) expect((answers ?? 0) - count).toBeGreaterThanOrEqual(threshold);
        }
      }),
      { numRuns: 400 },
    );
  });
});
