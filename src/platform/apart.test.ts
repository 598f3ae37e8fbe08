import { expect, test } from 'vitest';
import { callApart } from './apart.ts';

const week = new URL('../kit/week.ts', import.meta.url).href;

test('a function of a module is called in a process of its own and answers', async () => {
  expect(await callApart<[string], number>(week, 'weekdayOf', ['2026-11-17'], 20_000)).toBe(2);
});

test('what it throws comes back, and so does that there is no such function', async () => {
  await expect(callApart(week, 'weekdayOf', [null], 20_000)).resolves.toBeNaN();
  await expect(callApart(week, 'mondayOf', ['no day'], 20_000)).rejects.toThrow();
  await expect(callApart(week, 'nothing', [], 20_000)).rejects.toThrow('has no nothing');
});

test('a process that takes too long is ended', async () => {
  await expect(callApart(week, 'weekdayOf', ['2026-11-17'], 0)).rejects.toThrow('took longer');
});

const errands = new URL('../../tests/support/errands.ts', import.meta.url).href;

test('it tells how far it is, and ends when it is asked to', async () => {
  const control = new AbortController();
  const told: string[] = [];
  const answer = callApart<[], string, string>(errands, 'goesOn', [], 20_000, {
    signal: control.signal,
    told: (far) => {
      told.push(far);
      control.abort();
    },
  });
  expect(await answer).toMatch(/^stopped in \d+$/);
  expect(await answer).not.toContain(String(process.pid));
  expect(told).toEqual(['begun']);
  expect(await callApart<[], string>(errands, 'goesOn', [], 20_000, { signal: control.signal })).toContain('stopped');
});

test('one that is struck dead, as by a fault of the solver’s, is an error and nothing more; none of the server’s settings went along', async () => {
  await expect(callApart(errands, 'dies', [], 20_000)).rejects.toThrow('ended with SIGTRAP');
  process.env.VEJNET_KEY_OF_A_TEST = 'secret';
  expect(await callApart<[], string[]>(errands, 'settings', [], 20_000)).toEqual([]);
  delete process.env.VEJNET_KEY_OF_A_TEST;
});
