import { type Problem, problem } from '../../kit/problem.ts';

const outOfReach = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '53100', '08000', '08003', '08006', '08001', '08004']);
const lostConnection = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Cannot use a pool after calling end/i;

/**
 * PostgreSQL's refusals that any endpoint may meet, as the platform's problems; null where the error is a fault of ours.
 * 503 only when the database is unreachable or its disk is full.
 */
export function fromDatabase(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const code = (error as { code?: unknown }).code;
  if ((typeof code === 'string' && outOfReach.has(code)) || lostConnection.test(error.message)) return problem('unavailable');
  if (code === '42501') return problem('forbidden'); // row policies and grants: the last to say no
  return null;
}

/** Whether a write was refused by the named constraint, partitions included; a command turns it into its own problem. */
export function violates(error: unknown, constraint: string): boolean {
  const found = (error as { constraint?: unknown }).constraint;
  return typeof found === 'string' && found === constraint;
}
