import { Worker } from 'node:worker_threads';

/**
 * A linear or mixed-integer program, to be maximised: cost · x + offset, with rowLower <= A x <= rowUpper and lower <= x <= upper; infinities are allowed as
 * bounds. A lies row by row (CSR): the entries of row r are those from starts[r] to starts[r + 1].
 */
export interface Program {
  cost: Float64Array;
  offset: number;
  lower: Float64Array;
  upper: Float64Array;
  /** 1 where a variable must be whole; null: none must. */
  integer: Uint8Array | null;
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
}

export interface Limits {
  /** The solver's own limit of wall time. It looks at it only between its steps. */
  seconds: number;
  /** Whole-number search ends when objective and bound are so close, relative to the objective. */
  gap: number;
  seed: number;
  /** When the thread is ended whatever it does, in seconds from the beginning; by default half as long again as `seconds`, and two more. */
  watchdog?: number;
  /** Asks the solver to stop; what it has by then is answered. */
  signal?: AbortSignal;
  /** Values to begin with, one per variable; need not be feasible. */
  start?: Float64Array;
}

export interface Solved {
  /**
   * optimal: proven, within the gap. limit, cancelled: ended early, with the best values so far, if any. killed: the watchdog ended the thread, nothing is known.
   * failed: the solver broke off.
   */
  status: 'optimal' | 'infeasible' | 'unbounded' | 'limit' | 'cancelled' | 'killed' | 'failed';
  objective: number | null;
  /** No solution is better than this; null: not known. */
  bound: number | null;
  values: Float64Array | null;
  /** What it failed of, for the log. */
  fault: string | null;
}

/** What the thread is handed. */
export interface Order {
  program: Program;
  seconds: number;
  gap: number;
  seed: number;
  start: Float64Array | null;
  /** Shared: anything but 0 asks to stop. */
  stop: Int32Array;
}

/** To be kept with a result: another version may find another one of equal worth. */
export const solverVersion = 'HiGHS 1.15.3';

/**
 * Solves one program in a thread of its own (docs/decisions/0012-staffing-plans.md). Never throws for what the solver does: a thread that dies or hangs is an answer
 * without values, and whoever asks has a plan of its own to fall back on.
 */
export function solve(program: Program, limits: Limits): Promise<Solved> {
  const nothing = (status: Solved['status'], fault: string | null = null): Solved => ({ status, objective: null, bound: null, values: null, fault });
  if (limits.signal?.aborted === true) return Promise.resolve(nothing('cancelled'));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const order: Order = { program, seconds: limits.seconds, gap: limits.gap, seed: limits.seed, start: limits.start ?? null, stop };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    const ask = () => Atomics.store(stop, 0, 1);
    const end = (answer: Solved) => {
      clearTimeout(watchdog);
      limits.signal?.removeEventListener('abort', ask);
      resolve(answer);
      worker.terminate();
    };
    const watchdog = setTimeout(() => end(nothing('killed')), 1000 * (limits.watchdog ?? limits.seconds * 1.5 + 2));
    limits.signal?.addEventListener('abort', ask);
    worker.once('message', end);
    worker.once('error', (error) => end(nothing('failed', String(error))));
    worker.once('exit', (code) => end(nothing('failed', `the thread ended with ${code}`)));
  });
}
