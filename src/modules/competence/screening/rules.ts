import { type Cell, cells } from '../../../kit/disclosure.ts';

/** The results of the screening, from the worst to the best. */
export const results = ['very_badly', 'badly', 'well'] as const;
export type Result = (typeof results)[number];

/**
 * What may be shown of a group (row 4.12; decisions: small cells), in the order of `results`. The group's size is known, so beside the rule of small cells two more
 * hold: a lone hidden figure would be known to be nought, and where all but a few have one result, it is each one's own.
 */
export function shownOf(counts: readonly number[], threshold: number): Cell[] {
  const least = Math.max(3, threshold);
  const first = cells(counts, threshold).cells;
  const shown = first.filter((cell) => cell !== null);
  const lone = shown.length === first.length - 1 ? Math.min(...shown) : null;
  const kept = first.map((cell) => (cell === lone ? null : cell));
  const hidden = counts.reduce((sum, count, at) => sum + (kept[at] === null ? count : 0), 0);
  return kept.includes(null) && hidden < least ? kept.map(() => null) : kept;
}

/** How many of a hundred, for a figure that may be shown. */
export const percentOf = (count: number, people: number): number => Math.round((count * 100) / people);
