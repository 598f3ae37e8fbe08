/**
 * npm run bench -- staffing [--quick]: plans of open visits, from 50 in a week to 5,000 in eight centres; the median of three instances (quick: one).
 * Fails when a plan breaks a rule, or claims another worth than the checks find.
 */

import { checkPlan, worthOf } from '../src/modules/outreach/staffing/rules.ts';
import { planStaffing } from '../src/modules/outreach/staffing/server/jobs.ts';
import { type Size, visitsToStaff } from './visits.ts';

const rounds = process.argv.includes('--quick') ? 1 : 3;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const cases: { name: string; size: Size; centres: number; seconds: number }[] = [
  { name: '50 visits x 12 consultants, a week', size: { visits: 50, consultants: 12, schools: 4, weeks: 1 }, centres: 1, seconds: 10 },
  { name: '500 visits x 60 consultants, two weeks', size: { visits: 500, consultants: 60, schools: 8, weeks: 2 }, centres: 1, seconds: 30 },
  { name: '5,000 visits x 300 consultants in eight centres, four weeks', size: { visits: 625, consultants: 38, schools: 6, weeks: 4 }, centres: 8, seconds: 9 },
];
for (const { name, size, centres, seconds } of cases) {
  const found: { time: number; objective: number; bound: number; gap: number; unstaffed: number; proven: boolean; stopped: boolean }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const sum = { time: 0, objective: 0, bound: 0, gap: 0, unstaffed: 0, proven: true, stopped: false };
    for (let centre = 0; centre < centres; centre += 1) {
      const instance = visitsToStaff(size, 1000 * round + centre);
      const began = performance.now();
      const plan = await planStaffing(instance, { seed: round, seconds });
      sum.time += (performance.now() - began) / 1000;
      const faults = checkPlan(instance, plan.staffed);
      if (faults.length > 0) throw new Error(`${name}: ${JSON.stringify(faults.slice(0, 3))}`);
      if (Math.abs(worthOf(instance, plan.staffed, plan.expected) - plan.objective) > 1e-4 || plan.objective > plan.bound + 1e-4)
        throw new Error(`${name}: worth ${worthOf(instance, plan.staffed, plan.expected)}, said ${plan.objective}, bound ${plan.bound}`);
      sum.objective += plan.objective;
      sum.bound += plan.bound;
      sum.unstaffed += plan.unstaffed.length;
      sum.proven &&= plan.proven;
      sum.stopped ||= plan.stopped;
      if (plan.fault !== null) console.log(`solver: ${plan.fault}`);
    }
    sum.gap = 100 * (1 - sum.objective / sum.bound);
    found.push(sum);
  }
  const of = (key: 'time' | 'objective' | 'bound' | 'gap' | 'unstaffed') => median(found.map((each) => each[key]));
  console.log(
    `${name}: ${of('time').toFixed(1)} s, worth ${Math.round(of('objective'))}, bound ${Math.round(of('bound'))}, gap ${of('gap').toFixed(3)} %, ${of('unstaffed')} unstaffed, ${found.filter(({ proven }) => proven).length} of ${rounds} proven${found.some(({ stopped }) => stopped) ? ', some stopped by time' : ''}`,
  );
}
