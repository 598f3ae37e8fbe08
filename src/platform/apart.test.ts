import { expect, test } from 'vitest';
import { callApart } from './apart.ts';

const week = new URL('../kit/week.ts', import.meta.url).href;

test('a function of a module is called in a thread of its own and answers', async () => {
  expect(await callApart<[string], number>(week, 'weekdayOf', ['2026-11-17'], 20_000)).toBe(2);
});

test('what it throws comes back, and so does that there is no such function', async () => {
  await expect(callApart(week, 'weekdayOf', [null], 20_000)).resolves.toBeNaN();
  await expect(callApart(week, 'mondayOf', ['no day'], 20_000)).rejects.toThrow();
  await expect(callApart(week, 'nothing', [], 20_000)).rejects.toThrow('has no nothing');
});

test('a thread that takes too long is given up', async () => {
  await expect(callApart(week, 'weekdayOf', ['2026-11-17'], 0)).rejects.toThrow('took longer');
});
