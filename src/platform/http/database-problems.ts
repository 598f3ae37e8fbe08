import { type Problem, problem } from '../../kit/problem.ts';
import { outageOf } from '../db/outages.ts';

/** PostgreSQL's refusals that any endpoint may meet, as the platform's problems; null where the error is a fault of ours. */
export function fromDatabase(error: unknown): Problem | null {
  const outage = outageOf(error);
  if (outage !== null) return problem(outage);
  if ((error as { code?: unknown } | null)?.code === '42501') return problem('forbidden'); // row policies and grants: the last to say no
  return null;
}

/** Whether a write was refused by the named constraint, partitions included; a command turns it into its own problem. */
export function violates(error: unknown, constraint: string): boolean {
  const found = (error as { constraint?: unknown }).constraint;
  return typeof found === 'string' && found === constraint;
}
