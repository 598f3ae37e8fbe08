import { type Cell, cell } from '../../../kit/disclosure.ts';

/** Letters of the code with which colleagues open the form. */
export const codeLength = 12;

/** What the centre sees of a pool: sums only once so many persons got something, because what one person got is nobody’s business. */
export function shownOf<Unit>({ unit, since, putIn, granted, people }: { unit: Unit; since: string; putIn: number; granted: number; people: number }, threshold: number) {
  const count: Cell = cell(people, threshold);
  return { unit, since, people: count, putIn: count === null ? null : putIn, granted: count === null ? null : granted };
}
