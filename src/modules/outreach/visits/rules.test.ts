import { expect, test } from 'vitest';
import { mayOffer, offerFaults, quarterOf, quartersBefore, remindersDue, sendingFaults, tidy } from './rules.ts';

const content = { company: 'c', about: 'Svejsere', agreed: '', needs: [{ what: 'Svejsning' }], offers: [], people: [], nextSteps: [] };

test('3.04 no offer before a need in words, and none that answers a need that is not there', () => {
  expect(mayOffer({ needs: [] })).toBe(false);
  expect(mayOffer({ needs: [{ what: ' ' }] })).toBe(false);
  expect(offerFaults({ needs: [{ what: ' ' }], offers: [{ need: 0, what: '' }] })).toEqual([{ path: ['offers'], code: 'need_first' }]);
  const needs = [{ what: 'Svejsning' }, { what: '' }];
  expect(
    offerFaults({
      needs,
      offers: [
        { need: 0, what: 'Tig' },
        { need: 1, what: 'Dansk' },
        { need: 2, what: 'Truck' },
        { need: 1, what: '' },
      ],
    }),
  ).toEqual([
    { path: ['offers', 1, 'need'], code: 'need_first' },
    { path: ['offers', 2, 'need'], code: 'need_first' },
  ]);
});

test('a report needs its company, one word about the visit, and a day for whatever is to be done', () => {
  expect(sendingFaults(content)).toEqual([]);
  expect(sendingFaults({ ...content, about: '', agreed: 'Et bud' })).toEqual([]);
  expect(
    sendingFaults({
      ...content,
      company: null,
      about: ' ',
      needs: [],
      nextSteps: [
        { what: '', due: null },
        { what: 'Ring', due: null },
      ],
    }),
  ).toEqual([
    { path: ['company'], code: 'required' },
    { path: ['about'], code: 'required' },
    { path: ['nextSteps', 1, 'due'], code: 'required' },
  ]);
});

test('lines left empty are left out, and offers still answer their need', () => {
  expect(
    tidy({
      ...content,
      needs: [{ what: '' }, { what: 'Dansk' }],
      offers: [
        { need: 0, what: 'Tig' },
        { need: 1, what: 'FVU' },
        { need: 1, what: ' ' },
      ],
      people: [{ name: ' ' }, { name: 'Preben' }],
      nextSteps: [{ what: '', due: null }],
    }),
  ).toMatchObject({ needs: [{ what: 'Dansk' }], offers: [{ need: 0, what: 'FVU' }], people: [{ name: 'Preben' }], nextSteps: [] });
});

test('quarters begin in January, April, July and October', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-09-30', '2026-12-31'].map(quarterOf)).toEqual(['2026-01-01', '2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']);
  expect(quartersBefore('2026-02-03', 3)).toEqual(['2025-10-01', '2025-07-01', '2025-04-01']);
});

test('7.13 kind reminders: none for two days, one until a week is over, two at most', () => {
  expect([0, 1, 2, 6, 7, 300].map(remindersDue)).toEqual([0, 0, 1, 1, 2, 2]);
});
