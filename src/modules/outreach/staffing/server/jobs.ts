import { sql } from 'kysely';
import { callApart } from '../../../../platform/apart.ts';
import { inTransaction } from '../../../../platform/db/transaction.ts';
import { contextIn, coordinatorOf } from '../../../../platform/jobs/as-coordinator.ts';
import type { JobKind } from '../../../../platform/jobs/jobs.ts';
import { type Program, type Solved, solve, solverVersion } from '../../../../platform/solver/solve.ts';
import { decode, encode, expecting, explain, isWhole, keptByHand, ledBySchools, type Part, type Problem, partsOf, prepare, type Reasons, type Seats, search, valueIn } from '../model.ts';
import type { Instance } from '../rules.ts';
import { instanceOf, keptPlan } from './queries.ts';

export interface Effort {
  /** Kept with the plan: the same question with the same seed gets the same answer. */
  seed: number;
  /** Wall time for search and solver, all parts together; the linear form, which the bound comes from, may take as long once more where it is used up. */
  seconds: number;
  signal?: AbortSignal;
}
export interface Proposal extends Reasons {
  /** With how many visits led by schools their shares are counted; they lead at least as many. */
  expected: number;
  /** What it is worth (rules.ts, `worth`). */
  objective: number;
  /** No plan is worth more. */
  bound: number;
  /** (bound - objective) / bound. */
  gap: number;
  /**
   * proven: no plan is better. near: the bound tells how near it is. A plan of a solver that was stopped by time (`stopped`) may be another one next time;
   * everything else depends on the question and the seed alone.
   */
  proven: boolean;
  stopped: boolean;
  seed: number;
  solver: string;
  /** Set where the solver failed or was ended: the plan is then the search’s. */
  fault: string | null;
}

/** Up to so many variables a whole-number search pays; above, the linear form is solved and what it leaves in pieces is searched. */
const wholeUpTo = 60_000;
/** Steps for each visit that tell how many are staffed about. */
const roughSteps = 30;
/** Rounds after which the number of visits that shares are counted of falls faster. */
const patience = 4;
/** Near enough to stop: relative to the bound. */
const enough = 1e-4;

const programOf = (part: Part, whole: boolean): Program => ({
  cost: part.cost,
  offset: 0,
  lower: new Float64Array(part.cost.length),
  upper: part.upper,
  integer: whole ? Uint8Array.from(part.columns, ({ kind }) => (kind === 'ahead' ? 0 : 1)) : null,
  starts: part.starts,
  indices: part.indices,
  values: part.values,
  rowLower: new Float64Array(part.most.length).fill(Number.NEGATIVE_INFINITY),
  rowUpper: part.most,
});

/**
 * A proposal for all open visits at once (rows 2.16, 2.18, 2.19, 3.05): search first, then, part by part, the linear form, and whole numbers where that is not
 * whole by itself. Whatever the solver does, there is a plan and a bound. Nothing is promised to anybody by it.
 */
export async function planStaffing(instance: Instance, { seed, seconds, signal }: Effort): Promise<Proposal> {
  const end = performance.now() + seconds * 1000;
  let problem = prepare(instance, seed);
  // With fewer visits to share no plan gains, so what was proven before stays proven.
  let bound = Number.POSITIVE_INFINITY;
  for (let round = 0; ; round += 1) {
    // Shares are counted of what schools lead in the end, and how many that will be is known only then.
    const rough = await searched(problem, null, roughSteps, signal);
    const solved = ledBySchools(problem, rough) < problem.expected ? null : await improve(problem, await searched(problem, rough, undefined, signal), { end, seconds, signal });
    const led = ledBySchools(problem, solved?.seats ?? rough);
    bound = Math.min(bound, solved?.bound ?? bound);
    if (solved !== null && led >= problem.expected) {
      const { objective, stopped, fault } = solved;
      const byHand = keptByHand(solved.seats);
      const top = bound - byHand;
      const gap = top <= 0 ? 0 : Math.max(0, (top - objective + byHand) / top);
      return { ...explain(problem, solved.seats), expected: problem.expected, objective: objective - byHand, bound: top, gap, proven: gap < 1e-9, stopped, seed, solver: solverVersion, fault };
    }
    // Slowly, so that no more is given away than must be; but not for ever.
    problem = expecting(problem, Math.max(0, led - Math.max(0, round - patience)));
  }
}

/** The search, giving way to other requests between its steps. */
async function searched(problem: Problem, start: Seats | null, perVisit: number | undefined, signal: AbortSignal | undefined): Promise<Seats> {
  const work = search(problem, start, perVisit);
  for (let next = work.next(); ; next = work.next(signal?.aborted === true)) {
    if (next.done === true) return next.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Choices by hand on top. */
interface Improved {
  seats: Seats;
  objective: number;
  bound: number;
  stopped: boolean;
  fault: string | null;
}
async function improve(problem: Problem, first: Seats, { end, seconds, signal }: Omit<Effort, 'seed'> & { end: number }): Promise<Improved> {
  const parts = partsOf(problem);
  let seats = first;
  let bound = 0;
  let stopped = false;
  let fault: string | null = null;
  const ask = async (part: Part, whole: boolean, start: Seats | null): Promise<Solved> => {
    // Whole numbers leave some of the time for what comes after them.
    const left = (end - performance.now()) / 1000;
    const limits = { seconds: whole ? Math.max(0.05, 0.7 * left) : Math.max(seconds, left), gap: enough, seed: problem.seed & 0x7fffffff, ...(signal === undefined ? {} : { signal }) };
    const solved = await solve(programOf(part, whole), start === null ? limits : { ...limits, start: encode(problem, part, start) });
    if (solved.status !== 'optimal') stopped = true;
    fault ??= solved.fault;
    return solved;
  };
  for (const part of parts) {
    const worthNow = () => valueIn(part, encode(problem, part, seats));
    const better = (of: Seats) => {
      if (valueIn(part, encode(problem, part, of)) <= worthNow() + 1e-9) return;
      seats = [...seats];
      for (const at of part.at) seats[at] = of[at] ?? null;
    };
    let top = part.ceiling;
    if (top - worthNow() > 1e-6) {
      const relaxed = await ask(part, false, null);
      top = Math.min(top, relaxed.bound ?? top);
      if (relaxed.status === 'optimal' && relaxed.values !== null) {
        const kept = decode(part, relaxed.values, seats);
        better(isWhole(part, relaxed.values) ? kept : await searched(problem, kept, undefined, signal));
      }
    }
    if (top - worthNow() > enough * top && part.columns.length <= wholeUpTo) {
      const whole = await ask(part, true, seats);
      top = Math.min(top, whole.bound ?? top);
      if (whole.values !== null && isWhole(part, whole.values)) better(decode(part, whole.values, seats));
    }
    bound += Math.max(top, worthNow());
  }
  const objective = parts.reduce((sum, part) => sum + valueIn(part, encode(problem, part, seats)), 0);
  return { seats, objective, bound, stopped, fault };
}

interface Payload {
  centre: string;
  person: string;
  plan: string;
}
/** How long the solver may take for a week of one centre. */
const seconds = 45;

/** Plans a week: the question is read in one transaction, answered outside any, and the answer kept in another. */
export const planWeek: JobKind<Payload> = {
  name: 'staffing.plan-week',
  retries: 1,
  async run(room, payload) {
    const actor = await coordinatorOf(room, payload);
    if (actor === null) return;
    const now = room.clock.now();
    const asked = await inTransaction(room.db, actor, now, true, async (tx) => {
      const context = contextIn(room, actor, now, tx);
      const kept = await keptPlan(context, payload.plan);
      return kept.state === 'waiting' ? instanceOf(context, kept) : null;
    });
    if (asked === null) return;
    // Apart: the search takes whole seconds of a processor, and the linear form may take as long again.
    const found = await callApart<Parameters<typeof planStaffing>, Proposal>(import.meta.url, planStaffing.name, [asked, { seed: 1, seconds }], 4 * seconds * 1000);
    await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
      sql`update vn.staffing_plan set state = 'done', proposal = ${JSON.stringify(found)}::jsonb, done_at = ctx.now() where centre_id = ${payload.centre} and id = ${payload.plan} and state = 'waiting'`.execute(
        tx,
      ),
    );
  },
  async gaveUp(room, payload) {
    const actor = await coordinatorOf(room, payload);
    if (actor === null) return;
    await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
      sql`update vn.staffing_plan set state = 'failed', done_at = ctx.now() where centre_id = ${payload.centre} and id = ${payload.plan} and state = 'waiting'`.execute(tx),
    );
  },
};
