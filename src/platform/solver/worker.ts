/** One solve, in a thread of its own: HiGHS computes without ever returning to the event loop, so nothing else may wait in this thread. */
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs, { type HighsCallbackMap } from 'highs';
import type { Order, Solved } from './solve.ts';

const { program, seconds, gap, seed, start, stop } = workerData as Order;
const highs = await loadHighs();
const { callbackType, modelStatus, objectiveSense, variableType } = highs.constants;
const integers = program.integer?.some((each) => each !== 0) === true;

const model = highs.createModel({
  numCols: program.cost.length,
  numRows: program.rowLower.length,
  sense: objectiveSense.maximize,
  offset: program.offset,
  colCost: program.cost,
  colLower: program.lower,
  colUpper: program.upper,
  rowLower: program.rowLower,
  rowUpper: program.rowUpper,
  matrix: { format: 'csr', numRows: program.rowLower.length, numCols: program.cost.length, starts: program.starts, indices: program.indices, values: program.values },
  ...(integers ? { integrality: Array.from(program.integer ?? [], (each) => (each === 0 ? variableType.continuous : variableType.integer)) } : {}),
});
model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: gap, random_seed: seed });
if (start !== null) model.setSolution({ colValue: start });

const askedToStop = (event: { interrupt(): void }): undefined => {
  if (Atomics.load(stop, 0) !== 0) event.interrupt();
};
const listening: HighsCallbackMap = { [callbackType.simplexInterrupt]: askedToStop, [callbackType.ipmInterrupt]: askedToStop, [callbackType.mipInterrupt]: askedToStop };
model.run(listening);

const ended = model.getModelStatus();
const infeasible = ended === modelStatus.infeasible;
/** 2: HiGHS vouches for the values. */
const feasible = model.info.get('primal_solution_status') === 2;
const optimal = ended === modelStatus.optimal;
const dual = integers ? Number(model.info.get('mip_dual_bound')) : optimal ? model.getObjectiveValue() : Number.NaN;
const status: Solved['status'] = optimal
  ? 'optimal'
  : infeasible
    ? 'infeasible'
    : ended === modelStatus.unbounded || ended === modelStatus.unboundedOrInfeasible
      ? 'unbounded'
      : Atomics.load(stop, 0) !== 0
        ? 'cancelled'
        : ended === modelStatus.timeLimit || ended === modelStatus.iterationLimit
          ? 'limit'
          : 'failed';
const answer: Solved = {
  status,
  objective: feasible ? model.getObjectiveValue() : null,
  // Infinite while nothing is proven.
  bound: Number.isFinite(dual) && Math.abs(dual) < 1e29 ? dual : null,
  values: feasible ? model.getSolution().colValue : null,
  fault: status === 'failed' ? `model status ${ended}` : null,
};
model.dispose();
parentPort?.postMessage(answer);
