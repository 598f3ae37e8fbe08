import { expect, test, vi } from 'vitest';
import { needsToPool } from '../../../../bench/pools.ts';
import type { Solved } from '../../../platform/solver/solve.ts';
import { checkPool } from './rules.ts';
import { planPools } from './server/jobs.ts';

const answer = vi.hoisted(() => ({ now: {} as Solved }));
vi.mock('../../../platform/solver/solve.ts', () => ({ solverVersion: 'none', solve: async () => answer.now }));

const asked = needsToPool({ needs: 150, courses: 8, schools: 5, weeks: 8, each: 16, window: 8, km: 120 }, 3);
const nothing = { objective: null, bound: null, values: null, fault: null };

test.each<[string, Solved, string]>([
  ['is ended by its watchdog', { ...nothing, status: 'killed' }, 'killed'],
  ['fails', { ...nothing, status: 'failed', fault: 'RuntimeError: unreachable' }, 'RuntimeError: unreachable'],
  ['answers nonsense', { ...nothing, status: 'failed', values: new Float64Array(100_000).fill(1), fault: 'nonsense' }, 'nonsense'],
])('4.03 a solver that %s leaves the plan of the search, with a bound, marked', async (_, solved, fault) => {
  answer.now = solved;
  const plan = await planPools(asked, { seed: 1, seconds: 20 });
  expect(plan).toMatchObject({ fault, stopped: true, proven: false });
  expect(plan.gap).toBeGreaterThan(0);
  expect(plan.gap).toBeLessThan(0.03);
  expect(checkPool(asked, { running: plan.classes, placed: plan.placed })).toEqual([]);
});
