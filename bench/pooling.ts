/**
 * npm run bench -- pooling [--quick]: needs of companies pooled into classes, from 200 to 20,000; the median of three instances (quick: one, without the long ones).
 * Fails when a plan breaks a rule, or claims another worth than the checks find.
 */

import { explain, outcomeOf, prepare, seatsOf } from '../src/modules/idea-bank/pooling/model.ts';
import { checkPool, worthOf } from '../src/modules/idea-bank/pooling/rules.ts';
import { oneMoreOpens, planPools } from '../src/modules/idea-bank/pooling/server/jobs.ts';
import { dense, needsToPool, type Size } from './pools.ts';

const quick = process.argv.includes('--quick');
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const small: Size = { needs: 200, courses: 8, schools: 6, weeks: 8, each: 24, window: 10, km: 140 };
const sparse: Size = { needs: 2000, courses: 100, schools: 10, weeks: 10, each: 24, window: 8, km: 100 };
const large: Size = { needs: 20_000, courses: 250, schools: 25, weeks: 20, each: 60, window: 12, km: 140 };
const cases: { name: string; size: Size; seconds: number; rounds: number }[] = [
  { name: '200 needs', size: small, seconds: 5, rounds: quick ? 1 : 3 },
  { name: '2,000 needs, few places each', size: sparse, seconds: 15, rounds: quick ? 1 : 3 },
  { name: '2,000 needs, many places each', size: dense, seconds: 30, rounds: quick ? 1 : 3 },
  { name: '2,000 needs, many places each, longer', size: dense, seconds: 90, rounds: quick ? 0 : 3 },
  { name: '20,000 needs, soon', size: large, seconds: 15, rounds: 1 },
  { name: '20,000 needs', size: large, seconds: 360, rounds: quick ? 0 : 1 },
];
for (const { name, size, seconds, rounds } of cases) {
  const found: { time: number; gap: number; participants: number; heads: number; before: number; after: number; reasons: number; one: number; opens: number; proven: boolean; stopped: boolean }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const instance = needsToPool(size, round);
    const began = performance.now();
    const plan = await planPools(instance, { seed: round, seconds });
    const time = (performance.now() - began) / 1000;
    const pooling = { running: plan.classes, placed: plan.placed };
    const faults = checkPool(instance, pooling);
    if (faults.length > 0) throw new Error(`${name}: ${JSON.stringify(faults.slice(0, 3))}`);
    const { objective } = worthOf(instance, pooling);
    if (Math.abs(objective - plan.objective) > 1e-3 || plan.objective > plan.bound + 1e-3) throw new Error(`${name}: worth ${objective}, said ${plan.objective}, bound ${plan.bound}`);
    if (plan.fault !== null) console.log(`solver: ${plan.fault}`);
    const problem = prepare(instance);
    const outcome = outcomeOf(problem, seatsOf(problem, pooling));
    const explained = performance.now();
    explain(problem, outcome);
    const asked = performance.now();
    const opens = (await oneMoreOpens(instance, pooling, { seed: round })).length;
    found.push({
      reasons: asked - explained,
      one: performance.now() - asked,
      opens,
      before: plan.unfairness.before,
      after: plan.unfairness.after,
      time,
      gap: 100 * plan.gap,
      participants: plan.participants,
      heads: instance.needs.reduce((sum, { heads }) => sum + heads, 0),
      proven: plan.proven,
      stopped: plan.stopped,
    });
  }
  if (found.length === 0) continue;
  const of = (key: Exclude<keyof (typeof found)[number], 'proven' | 'stopped'>) => median(found.map((each) => each[key]));
  console.log(
    `${name}: ${of('time').toFixed(1)} s, ${of('participants')} seats (${of('heads')} asked for, others stand already), gap ${of('gap').toFixed(3)} %, ${found.filter(({ proven }) => proven).length} of ${found.length} proven${found.some(({ stopped }) => stopped) ? ', some stopped by time' : ''}; schools ${of('before').toFixed(1)} classes from their parts, then ${of('after').toFixed(1)}; reasons ${of('reasons').toFixed(0)} ms; ${of('opens')} open with one more, ${of('one').toFixed(0)} ms; at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB so far`,
  );
}
