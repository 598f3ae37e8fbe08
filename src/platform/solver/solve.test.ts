import { expect, test } from 'vitest';
import { dependencies } from '../../../package.json';
import { type Program, solve, solverVersion } from './solve.ts';

const limits = { seconds: 20, gap: 0, seed: 1 };
/** Dense rows, each `sum of coefficients x <= most`. */
function program(cost: number[], rows: { each: number[]; most: number; least?: number }[], integer: boolean): Program {
  return {
    cost: Float64Array.from(cost),
    offset: 0,
    lower: new Float64Array(cost.length),
    upper: new Float64Array(cost.length).fill(integer ? 1 : Number.POSITIVE_INFINITY),
    integer: integer ? new Uint8Array(cost.length).fill(1) : null,
    starts: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * cost.length),
    indices: Int32Array.from({ length: rows.length * cost.length }, (_, at) => at % cost.length),
    values: Float64Array.from(rows.flatMap(({ each }) => each)),
    rowLower: Float64Array.from(rows, ({ least }) => least ?? Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.from(rows, ({ most }) => most),
  };
}
/** Whole numbers that must fill several sums exactly (market split): far out of reach of any branch and bound within a test. */
function endless(): Program {
  let state = 7;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 16) % 100;
  const rows = Array.from({ length: 6 }, () => {
    const each = Array.from({ length: 50 }, next);
    const half = Math.floor(each.reduce((sum, value) => sum + value, 0) / 2);
    return { each, most: half, least: half };
  });
  return program(Array<number>(50).fill(1), rows, true);
}

test('a linear program is solved, and its bound is its worth', async () => {
  const rows = [
    { each: [1, 2], most: 40 },
    { each: [2, 1], most: 50 },
  ];
  const solved = await solve(program([30, 50], rows, false), limits);
  expect(solved.status).toBe('optimal');
  expect(solved.objective).toBeCloseTo(1100);
  expect(solved.bound).toBeCloseTo(1100);
  expect([...(solved.values ?? [])].map((value) => Math.round(value))).toEqual([20, 10]);
});

test('whole numbers stay whole where halves would be worth more; the offset counts', async () => {
  const solved = await solve({ ...program([3, 2, 2], [{ each: [2, 2, 2], most: 5 }], true), offset: 100 }, { ...limits, start: Float64Array.from([0, 1, 0]) });
  expect(solved).toMatchObject({ status: 'optimal', objective: 105, bound: 105 });
  expect([...(solved.values ?? [])].map(Math.round)[0]).toBe(1);
});

test('what cannot be is called infeasible, and has no values', async () => {
  expect(await solve(program([1, 1], [{ each: [1, 1], most: 9, least: 3 }], true), limits)).toMatchObject({ status: 'infeasible', values: null });
});

test('a solve that is called off stops by itself; one that was called off before does not begin', async () => {
  const control = new AbortController();
  const running = solve(endless(), { ...limits, seconds: 600, signal: control.signal });
  control.abort();
  expect(await running).toMatchObject({ status: 'cancelled' });
  expect(await solve(endless(), { ...limits, signal: control.signal })).toEqual({ status: 'cancelled', objective: null, bound: null, values: null, fault: null });
});

test('the limit of time ends a search', async () => expect(await solve(endless(), { ...limits, seconds: 0.3 })).toMatchObject({ status: 'limit' }));

test('the watchdog ends a thread that would go on', async () =>
  expect(await solve(endless(), { ...limits, seconds: 600, watchdog: 1 })).toEqual({ status: 'killed', objective: null, bound: null, values: null, fault: null }));

test('a thread that dies says of what', async () => {
  const broken = program([1], [{ each: [1], most: 1 }], false);
  expect(await solve({ ...broken, indices: Int32Array.from([7]) }, limits)).toMatchObject({ status: 'failed', values: null, fault: expect.stringContaining('Error') });
});

test('the version that is kept with results is the one that computes them', () => expect(solverVersion).toBe(`HiGHS ${dependencies.highs}`));
