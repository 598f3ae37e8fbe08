import { solve, solverVersion } from '../../../../platform/solver/solve.ts';
import { byHand, decode, encode, explain, type Field, given, isLawful, outcomeOf, partsOf, type Piece, pieces, poolingOf, prepare, priceBound, programOf, type Reasons, type Seats, search, taken, usedBy, valueOf } from '../model.ts';
import { type Instance, type Pooling, worthOf } from '../rules.ts';

export interface Progress {
  phase: 'search' | 'bound' | 'solve' | 'share';
  /** Parts of the phase. */
  done: number;
  of: number;
  /** People with a seat in the best plan so far, and how many no plan exceeds (null: not known yet). */
  participants: number;
  bound: number | null;
}
export interface Effort {
  /** Kept with the plan: the same question with the same seed gets the same answer. */
  seed: number;
  /** Wall time for everything. */
  seconds: number;
  /** Called off: the best plan so far is answered, marked `stopped`. */
  signal?: AbortSignal;
  progress?: (now: Progress) => void;
}
export interface Proposal extends Reasons {
  participants: number;
  km: number;
  /** What it is worth (rules.ts, `worth`). */
  objective: number;
  /** No plan is worth more. */
  bound: number;
  /** (bound - objective of the first stage) / bound. */
  gap: number;
  proven: boolean;
  /** By the clock, or called off: another run may find another plan. Else it depends on question and seed alone. */
  stopped: boolean;
  seed: number;
  solver: string;
  /** Set where the solver failed or was ended: the plan is then the search’s, the bound the prices’. */
  fault: string | null;
}

/** Steps of the search for each unit. */
const stepsPerUnit = 60;
const mostSteps = 400_000;
const roundsOfPrices = 400;
/** Up to so many arcs a whole-number program pays, and up to so many parts are put together for one. */
const wholeUpTo = 60_000;
const together = 1500;
/** Near enough to stop: nothing for parts up to so many arcs, relative to the bound for larger ones. */
const exactUpTo = 8000;
const enough = 5e-4;

/** One part while it is worked on. */
interface Work {
  part: Piece;
  seats: Seats;
  value: number;
  bound: number;
  wage: Float64Array;
}
const T0 = { t: 0 };
const trace = (...what: unknown[]) => process.env['TRACE'] && console.log(((performance.now() - T0.t) / 1000).toFixed(2), ...what);

export async function planPools(instance: Instance, { seed, seconds, signal, progress }: Effort): Promise<Proposal> {
  T0.t = performance.now();
  const end = performance.now() + seconds * 1000;
  const left = () => (end - performance.now()) / 1000;
  const over = (share: number) => signal?.aborted === true || left() < seconds * (1 - share);
  const problem = prepare(instance);
  const works = partsOf(problem).map((part): Work => {
    const seats = taken(part, problem.start);
    return { part, seats, value: valueOf(part.field, seats), bound: Number.POSITIVE_INFINITY, wage: new Float64Array(part.rows.length) };
  });
  trace('prepared', works.length);
  let stopped = false;
  let fault: string | null = null;
  const finish = async <T>(work: Generator<void, T, boolean | undefined>, share: number): Promise<T> => {
    let since = performance.now();
    for (let next = work.next(); ; next = work.next(over(share))) {
      if (next.done === true) return next.value;
      if (over(share)) stopped = true;
      if (performance.now() - since < 20) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  };
  const better = (work: Work, seats: Seats): boolean => {
    const value = valueOf(work.part.field, seats);
    if (value <= work.value + 1e-9 || !isLawful(work.part.field, seats)) return false;
    work.seats = seats;
    work.value = value;
    return true;
  };
  for (const work of works) {
    const { field } = work.part;
    better(work, await finish(search(field, work.seats, seed + field.heads.length, Math.min(mostSteps, stepsPerUnit * field.heads.length)), 0.4));
  }
  trace('search', works.reduce((s, w) => s + w.value, 0), stopped);
  for (const work of works) {
    const priced = await finish(priceBound(work.part.field, work.value, roundsOfPrices), 0.6);
    work.bound = Math.max(work.value, priced.bound);
    work.wage = priced.wage;
  }
  trace('bound', works.reduce((s, w) => s + w.bound, 0), stopped, 'open', works.filter((w) => w.bound - w.value > 1e-6 * w.bound).length, 'arcs', works.map((w) => w.part.arcs.length).sort((a, b) => b - a).slice(0, 6));
  // The solver takes what is not proven yet, the small parts first, put together.
  const open = works.filter(({ value, bound, part }) => bound - value > (part.arcs.length <= exactUpTo ? 1e-6 : enough) * bound).sort((a, b) => a.part.arcs.length - b.part.arcs.length);
  const bundles: Work[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const work of open) {
    if (size + work.part.arcs.length > together) {
      bundles.push([]);
      size = 0;
    }
    bundles.at(-1)?.push(work);
    size += work.part.arcs.length;
  }
  let waiting = open.reduce((sum, { part }) => sum + part.arcs.length, 0);
  const ask = async (fields: Field[], start: Seats[], time: number, gap: number, wages?: Float64Array[]) => {
    const solved = await solve(programOf(fields, wages), { seconds: time, watchdog: time * 1.2 + 1, gap, seed: seed & 0x7fffffff, start: encode(fields, start), ...(signal === undefined ? {} : { signal }) });
    fault ??= solved.fault;
    if (solved.status !== 'optimal') stopped = true;
    return solved;
  };
  for (const bundle of bundles) {
    const its = bundle.reduce((sum, { part }) => sum + part.arcs.length, 0);
    if (over(1)) {
      stopped = true;
      break;
    }
    const time = Math.max(0.05, left() * 0.9 * Math.max(0.3, its / waiting));
    waiting -= its;
    if (bundle.length === 1 && its > exactUpTo) {
      await blocks(bundle[0] as Work, time);
      continue;
    }
    const fields = bundle.map(({ part }) => part.field);
    const solved = await ask(fields, bundle.map(({ seats }) => seats), time, 0);
    if (solved.values !== null) for (const [nth, seats] of decode(fields, solved.values).entries()) better(bundle[nth] as Work, seats);
    const sum = bundle.reduce((total, { bound }) => total + bound, 0);
    // The bound of several together lies on the last; only their sum is ever used.
    if (solved.bound !== null && solved.bound < sum) for (const work of bundle) work.bound -= (sum - solved.bound) / bundle.length;
    trace('solve', bundle.length, its, solved.status, solved.bound, bundle.reduce((s, w) => s + w.value, 0));
  }
  async function blocks(work: Work, time: number) {
    const { field } = work.part;
    const stop = performance.now() + time * 1000;
    const its = pieces(field, false).filter(({ arcs }) => arcs.length > 0);
    let waiting = 2 * field.gain.length;
    trace('blocks', its.length, Math.max(...its.map(({ arcs }) => arcs.length)));
    let sum = 0;
    for (const [row, each] of work.wage.entries()) sum += each * (field.limit[row] as number);
    const prizes = new Set(its.flatMap(({ classes }) => classes));
    for (const [at, each] of field.prize.entries()) if (!prizes.has(at)) sum += each;
    const rejected: Piece[] = [];
    for (const block of its) {
      const limit = Math.max(0.05, (((stop - performance.now()) / 1000) * 2 * block.arcs.length) / waiting);
      waiting -= block.arcs.length;
      const wage = Float64Array.from(block.rows, (row) => work.wage[row] as number);
      const solved = await ask([block.field], [taken(block, work.seats)], limit, 1e-4, [wage]);
      sum += solved.bound ?? Number.POSITIVE_INFINITY;
      const [seats] = solved.values === null ? [] : decode([block.field], solved.values);
      if (seats === undefined || !better(work, given(block, seats, work.seats))) rejected.push(block);
    }
    trace('priced', sum, work.value, rejected.length);
    work.bound = Math.min(work.bound, Math.max(work.value, sum));
    for (let round = 0; round < 3; round += 1) {
      let changed = false;
      for (const block of rejected) {
        const limit = (((stop - performance.now()) / 1000) * 2 * block.arcs.length) / waiting;
        if (limit < 0.05) break;
        waiting -= block.arcs.length;
        const used = usedBy(field, work.seats);
        const mine = usedBy(block.field, taken(block, work.seats));
        const rest = { ...block.field, limit: Int32Array.from(block.rows, (row, at) => (field.limit[row] as number) - (used[row] as number) + (mine[at] as number)) };
        const solved = await ask([rest], [taken(block, work.seats)], limit, 1e-4);
        const [seats] = solved.values === null ? [] : decode([rest], solved.values);
        if (seats !== undefined && better(work, given(block, seats, work.seats))) changed = true;
      }
      trace('round', round, work.value);
      if (!changed || over(1)) break;
      waiting = field.gain.length;
    }
  }
  let whole = problem.start;
  for (const { part, seats } of works) whole = given(part, seats, whole);
  const outcome = outcomeOf(problem, whole);
  const plan: Pooling = poolingOf(problem, outcome);
  const found = worthOf(instance, plan);
  const value = works.reduce((total, work) => total + work.value, 0);
  const bound = works.reduce((total, work) => total + work.bound, 0) - (value - found.objective);
  void byHand;
  void progress;
  return { ...explain(problem, outcome), participants: found.participants, km: found.km, objective: found.objective, bound, gap: Math.max(0, (bound - found.objective) / Math.max(1, bound)), proven: bound - found.objective <= 1e-6 * Math.max(1, bound), stopped, seed, solver: solverVersion, fault };
}
