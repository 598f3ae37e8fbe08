import type { CourseKind } from '../courses/contract.ts';
import type { Programme } from './contract.ts';

/** Days with one decimal, added up without the dust of binary fractions. */
export const daysOf = (items: readonly { days: number }[]): number => items.reduce((sum, { days }) => sum + Math.round(days * 10), 0) / 10;

/** What stands against a programme (rows 4.11, 4.14), or null. The database asks the same when all of it is written. */
export function faultOf({ kind, days, items }: { kind: Programme['kind']; days: number; items: readonly { days: number; kind: CourseKind }[] }): 'programme_days' | 'programme_kinds' | null {
  if (daysOf(items) !== days) return 'programme_days';
  const kinds = new Set(items.map((each) => each.kind)).size;
  return (kind === 'composite') === (kinds === 1) ? null : 'programme_kinds';
}
