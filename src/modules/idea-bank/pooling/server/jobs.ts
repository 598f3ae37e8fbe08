import { solve, solverVersion } from '../../../../platform/solver/solve.ts';
import {
  ceilingOf,
  decode,
  encode,
  explain,
  given,
  isLawful,
  nearlyOpen,
  oneMore,
  outcomeOf,
  type Piece,
  type Priced,
  partsOf,
  poolingOf,
  prepare,
  priceBound,
  programOf,
  type Reasons,
  type Seats,
  search,
  seatsOf,
  share,
  taken,
  valueIn,
} from '../model.ts';
import { type Instance, type Pooling, unfairness, worthOf } from '../rules.ts';

export interface Progress {
  phase: 'search' | 'solve' | 'share';
  /** Parts of the phase that are done, and all of them. */
  done: number;
  of: number;
  /** People with a seat in the best plan so far, what that is worth, and what no plan exceeds (rules.ts, `worth`). */
  participants: number;
  objective: number;
  bound: number;
}
export interface Effort {
  /** Kept with the plan: the same question with the same seed and seconds gets the same answer. */
  seed: number;
  /** Wall time for everything; it also tells how many steps the search takes. */
  seconds: number;
  /** Called off: the best plan so far is answered, marked `stopped`. */
  signal?: AbortSignal;
  /** Told twice a second at most. */
  progress?: (now: Progress) => void;
}
export interface Proposal extends Reasons {
  participants: number;
  km: number;
  /** What it is worth (rules.ts, `worth`), and what the plan was worth before it was made fairer: as many seats, a little less way. */
  objective: number;
  best: number;
  /** No plan is worth more. */
  bound: number;
  /** (bound - best) / bound. */
  gap: number;
  /** No plan is worth more than `best`. */
  proven: boolean;
  /** How far the schools together were from their parts before and are now, in classes (rules.ts, `unfairness`). */
  unfairness: { before: number; after: number };
  /** By the clock, or called off: another run may find another plan. Else it depends on the question, the seed and the seconds allowed alone. */
  stopped: boolean;
  seed: number;
  solver: string;
  /** Set where the solver failed or was ended: the plan is then the search’s, the bound that of the prices. */
  fault: string | null;
}

/** Steps for each unit: first roughly, then with prices; and all together for each second allowed, which this takes less than half of. */
const perUnit = { rough: 20, main: 400, large: 5000 };
const perSecond = { rough: 5000, main: 80_000 };
/** Rounds of prices, and looks at an arc for each second allowed. */
const rounds = 400;
const looksPerSecond = 2_400_000;
/** Parts of up to so many arcs are solved until nothing is better; up to so many, near enough (relative) will do; the solver is not asked about larger ones. */
const exactUpTo = 8000;
const enough = 5e-4;
const solvedUpTo = 20_000;
/** Milliseconds between two words of progress. */
const tellEvery = 500;
/** Smaller parts are put together up to so many arcs, for each program costs a thread. */
const together = 1500;

/** One part while it is worked on. */
interface Work {
  part: Piece;
  seats: Seats;
  value: number;
  bound: number;
}

/**
 * Classes for all needs at once (rows 4.03, 4.05): search and prices for every part, then the solver for what is not proven yet. Whatever the solver does, there
 * is a plan and a bound. Nothing is promised to anybody by it. Takes its thread for whole seconds: call it apart.
 */
export async function planPools(instance: Instance, { seed, seconds, signal, progress }: Effort): Promise<Proposal> {
  const began = performance.now();
  const left = () => seconds - (performance.now() - began) / 1000;
  const calledOff = () => signal?.aborted === true;
  const problem = prepare(instance);
  const works = partsOf(problem).map((part): Work => {
    const seats = taken(part, problem.start);
    return { part, seats, value: valueIn(part.field, seats), bound: ceilingOf(part.field) };
  });
  const arcs = (some: readonly Work[]) => some.reduce((sum, { part }) => sum + part.arcs.length, 0);
  const all = Math.max(1, arcs(works));
  let stopped = false;
  let fault: string | null = null;

  const now = () => {
    let whole = problem.start;
    for (const { part, seats } of works) whole = given(part, seats, whole);
    const outcome = outcomeOf(problem, whole);
    const found = worthOf(instance, poolingOf(problem, outcome));
    // Choices by hand count for much while they are sought, and for nothing then.
    const extra = works.reduce((sum, { value }) => sum + value, 0) - found.objective;
    return { outcome, ...found, extra, bound: works.reduce((sum, { bound }) => sum + bound, 0) - extra };
  };
  let told = began;
  const tell = (phase: Progress['phase'], done: number, of: number) => {
    if (progress === undefined || (done < of && performance.now() - told < tellEvery)) return;
    told = performance.now();
    const { participants, objective, bound } = now();
    progress({ phase, done, of, participants, objective, bound });
  };
  const better = (work: Work, seats: Seats) => {
    const value = valueIn(work.part.field, seats);
    if (value <= work.value + 1e-9 || !isLawful(work.part.field, seats)) return;
    work.seats = seats;
    work.value = value;
  };
  /** Gives way to other requests between steps, and ends the work early where that share of the time is over. */
  const finish = async <Step, Answer>(work: Generator<Step, Answer, boolean | undefined>, share: number, said: (step: Step) => void = () => undefined): Promise<Answer> => {
    let since = performance.now();
    let late = false;
    for (let next = work.next(); ; next = work.next(late)) {
      if (next.done === true) return next.value;
      if (performance.now() - since > 20) {
        said(next.value);
        await new Promise((resolve) => setImmediate(resolve));
        since = performance.now();
      }
      late = calledOff() || left() < seconds * (1 - share);
      if (late) stopped = true;
    }
  };

  for (const [nth, work] of works.entries()) {
    if (calledOff()) break;
    const { field } = work.part;
    const share = field.gain.length / all;
    const steps = (each: number, second: number) => Math.ceil(Math.min(each * field.heads.length, second * seconds * share));
    const searched = async (count: number, prices: Priced | null, until: number) =>
      better(
        work,
        await finish(search(field, work.seats, seed, count, prices), until, (seats) => {
          if (progress === undefined || performance.now() - told < tellEvery) return;
          better(work, seats);
          tell('search', nth, works.length);
        }),
      );
    await searched(steps(perUnit.rough, perSecond.rough), null, 0.3);
    const priced = await finish(priceBound(field, work.value, Math.ceil(Math.min(rounds, (looksPerSecond * seconds) / all))), 0.5);
    work.bound = Math.max(work.value, Math.min(work.bound, priced.bound));
    const solvable = field.gain.length <= solvedUpTo;
    if (!isNear(work)) await searched(steps(field.gain.length > exactUpTo ? perUnit.large : perUnit.main, perSecond.main), priced, solvable ? 0.7 : 0.9);
    work.bound = Math.max(work.value, work.bound);
    tell('search', nth + 1, works.length);
  }

  // The solver takes what is not proven yet, the small parts first and put together.
  const open = works.filter((work) => !isNear(work) && work.part.arcs.length <= solvedUpTo).sort((a, b) => a.part.arcs.length - b.part.arcs.length);
  const bundles: Work[][] = [];
  for (const work of open) {
    const last = bundles.at(-1);
    if (last === undefined || arcs(last) + work.part.arcs.length > together) bundles.push([work]);
    else last.push(work);
  }
  for (const [nth, bundle] of bundles.entries()) {
    const rest = left() * 0.95;
    if (calledOff() || rest < 0.05) {
      stopped = true;
      break;
    }
    // The smaller the sooner done, so what they leave is for the larger.
    const time = rest * Math.min(1, Math.max(0.3, arcs(bundle) / arcs(bundles.slice(nth).flat())));
    const fields = bundle.map(({ part }) => part.field);
    const start = encode(
      fields,
      bundle.map(({ seats }) => seats),
    );
    const limits = { seconds: time, watchdog: time + 1, gap: arcs(bundle) <= exactUpTo ? 0 : enough, seed: seed & 0x7fffffff, start };
    const solved = await solve(programOf(fields), signal === undefined ? limits : { ...limits, signal });
    if (solved.status !== 'optimal') stopped = true;
    if (solved.status === 'killed' || solved.status === 'failed') fault ??= solved.fault ?? solved.status;
    if (solved.values !== null) for (const [at, seats] of decode(fields, solved.values).entries()) better(bundle[at] as Work, seats);
    // Only the sum of the bounds is ever used.
    const over =
      bundle.reduce((sum, { bound }) => sum + bound, 0) -
      Math.max(
        solved.bound ?? Number.POSITIVE_INFINITY,
        bundle.reduce((sum, { value }) => sum + value, 0),
      );
    if (over > 0) (bundle[0] as Work).bound -= over;
    tell('solve', nth + 1, bundles.length);
  }
  if (calledOff()) stopped = true;

  const { outcome, objective: best, bound, extra } = now();
  const gap = Math.max(0, bound - best) / Math.max(1, bound);
  const fair = share(problem, outcome);
  const { participants, km, objective } = worthOf(instance, poolingOf(problem, fair));
  progress?.({ phase: 'share', done: 1, of: 1, participants, objective, bound });
  return {
    ...explain(problem, fair),
    participants,
    km,
    objective,
    best,
    bound,
    gap,
    proven: bound - best <= 1e-6 * Math.max(1, bound + extra),
    unfairness: { before: unfairness(instance, poolingOf(problem, outcome)), after: unfairness(instance, poolingOf(problem, fair)) },
    stopped,
    seed,
    solver: solverVersion,
    fault,
  };
}

/** Whether a part needs no more work. */
function isNear({ part, value, bound }: Work): boolean {
  return bound - value <= (part.arcs.length <= exactUpTo ? 1e-6 : enough) * Math.max(1, bound);
}

/** Steps for each unit of a course when one more participant is tried. */
const stepsForOneMore = 200;

/**
 * Classes that do not run and would with one more participant, with how many others would get a seat by it; the most first. Each is confirmed by a new plan of its
 * course, begun from the one that stands: some that are one short would still not open, or only at others’ cost.
 */
export async function oneMoreOpens(instance: Instance, plan: Pooling, { seed, signal }: Pick<Effort, 'seed' | 'signal'>): Promise<{ opportunity: string; others: number }[]> {
  const problem = prepare(instance);
  const found: { opportunity: string; others: number }[] = [];
  for (const { opportunity, asked } of nearlyOpen(problem, outcomeOf(problem, seatsOf(problem, plan)))) {
    if (signal?.aborted === true) break;
    await new Promise((resolve) => setImmediate(resolve));
    const its = prepare(asked);
    const start = seatsOf(its, plan);
    let whole = start;
    for (const part of partsOf(its)) {
      const work = search(part.field, taken(part, whole), seed, stepsForOneMore * part.units.length);
      let next = work.next();
      while (next.done !== true) next = work.next();
      whole = given(part, next.value, whole);
    }
    const [before, after] = [start, whole].map((seats) => poolingOf(its, outcomeOf(its, seats))) as [Pooling, Pooling];
    const others = worthOf(asked, after).participants - 1 - worthOf(asked, before).participants;
    if (others > 0 && after.placed.some((each) => each.need === oneMore && each.opportunity === opportunity)) found.push({ opportunity, others });
  }
  return found.sort((a, b) => b.others - a.others);
}
