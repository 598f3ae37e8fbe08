import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, cells, cellsOf } from './disclosure.ts';

describe('3.06 small cells', () => {
  test('3.06 a figure below the threshold and a zero are the same nothing', () => {
    expect([0, 1, 4, 5, 6].map((count) => cell(count, 5))).toEqual([null, null, null, 5, 6]);
  });
  test('3.06 no setting goes below three', () => {
    expect([1, 2, 3].map((count) => cell(count, 1))).toEqual([null, null, 3]);
  });
  test.each([
    ['one small cell takes the smallest other with it', [2, 9, 20], [null, null, 20], 31],
    ['two small cells that together reach the threshold stand alone', [3, 4, 20], [null, null, 20], 27],
    ['two small cells that do not reach it take a third', [1, 2, 20, 30], [null, null, null, 30], 53],
    ['zeroes alone give nothing away', [0, 8, 20], [null, 8, 20], 28],
    ['a small total hides everything', [1, 2, 0], [null, null, null], null],
    ['two of four would be known by their sum', [4, 4, 9, 20], [null, null, null, 20], 37],
    ['equals are hidden together', [3, 5, 5, 20], [null, null, null, 20], 33],
    ['nothing to hide', [5, 6, 7], [5, 6, 7], 18],
  ] as const)('3.06 %s', (_what, counts, expected, total) => {
    expect(cells(counts, 5)).toEqual({ cells: expected, total });
  });
  test('3.06 no hidden figure can be computed from its total and the others', () => {
    assert(
      property(array(integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }), integer({ min: 3, max: 10 }), (counts, threshold) => {
        const { cells: shown, total } = cells(counts, threshold);
        if (total === null) return shown.every((each) => each === null);
        const hidden = counts.filter((_count, at) => shown[at] === null);
        const rest = hidden.reduce((sum, count) => sum + count, 0);
        // What the others leave over is either nothing at all, or at least the threshold shared by two or more cells.
        return rest === 0 || (hidden.length >= 2 && rest >= threshold) || hidden.length === counts.length;
      }),
    );
  });
  test.each([
    [3, 2, 9],
    [3, 3, 9],
    [3, 4, 8],
    [5, 3, 12],
    [5, 4, 9],
  ])('3.06 whoever knows the rule cannot work it backwards: threshold %i, %i figures up to %i', (threshold, length, most) => {
    const behind = new Map<string, { shown: (number | null)[]; values: Set<number>[] }>();
    const counts: number[] = [];
    const tryAll = () => {
      if (counts.length < length) {
        for (let count = 0; count <= most; count += 1) {
          counts.push(count);
          tryAll();
          counts.pop();
        }
        return;
      }
      const answer = cells(counts, threshold);
      const key = JSON.stringify(answer);
      const seen = behind.get(key) ?? { shown: answer.cells, values: counts.map(() => new Set<number>()) };
      behind.set(key, seen);
      for (const [at, count] of counts.entries()) seen.values[at]?.add(count);
    };
    tryAll();
    // For each answer: a figure that is hidden could have been at least two. Nothing at all may be known, for it points at nobody.
    const known = [...behind.values()].flatMap(({ shown, values }) => shown.flatMap((each, at) => (each === null && values[at]?.size === 1 && !values[at].has(0) ? [JSON.stringify(shown)] : [])));
    expect(known).toEqual([]);
  });
  test('3.06 what is hidden together stands for enough companies, also where one is in several figures', () => {
    const three = new Set(['a', 'b', 'c']);
    const many = new Set(Array.from({ length: 20 }, (_, at) => String(at)));
    expect(cellsOf([three, three, many], 5)).toEqual({ cells: [null, null, null], total: 26 });
    expect(cellsOf([three, new Set(['d', 'e', 'f']), many], 5)).toEqual({ cells: [null, null, 20], total: 26 });
    expect(cellsOf([three, three, three], 5)).toEqual({ cells: [null, null, null], total: null });
  });
});
