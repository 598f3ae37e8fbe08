import { expect, test } from 'vitest';
import { sectionsOf } from './model.ts';
import { campaignsWords } from './words.ts';

test('every section of either edition of the industry codes has a name in both languages, and no other has', () => {
  for (const words of [campaignsWords.da, campaignsWords.en]) for (const scheme of ['DB25', 'DB07'] as const) expect(Object.keys(words.sections[scheme])).toEqual(sectionsOf(scheme));
});

test('the count says who is left out, and only who is', () => {
  const none = { count: 0, more: false };
  const { matches, leftOut, notIncluded, noPhone } = campaignsWords.da;
  expect(matches({ count: 184, more: false })).toBe('184 firmaer passer.');
  expect(matches({ count: 10_000, more: true })).toBe('Mere end 10.000 firmaer passer.');
  expect(notIncluded(leftOut({ count: 12, more: false }, { count: 3, more: false }))).toBe('12 er reklamebeskyttede og 3 har fred, så de kommer ikke med.');
  expect(leftOut(none, none)).toBe('');
  expect(noPhone({ count: 7, more: false })).toBe('7 mangler telefonnummer.');
});
