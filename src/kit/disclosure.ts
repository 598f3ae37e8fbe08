declare const disclosed: unique symbol;
/** A figure that went through the rule of small cells: a number, or null for "hidden or zero", which look alike. Nothing else can make one. */
export type Cell = (number & { readonly [disclosed]: true }) | null;

/**
 * One figure about companies or persons for somebody who may not open the rows below it.
 * @param threshold the centre's setting; never below 3 (decisions: small cells)
 */
export const cell = (count: number, threshold: number): Cell => (count < Math.max(3, threshold) ? null : (count as Cell));

/**
 * Figures that stand beside their total. When exactly one is hidden it could be computed from the others, so the smallest shown one is hidden too; when the
 * hidden ones together are still below the threshold, the next as well.
 * @returns the cells in the order given, and the total
 */
export function cells(counts: readonly number[], threshold: number): { cells: Cell[]; total: Cell } {
  const least = Math.max(3, threshold);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < least) return { cells: counts.map(() => null), total: null };
  const hidden = new Set(counts.flatMap((count, at) => (count < least ? [at] : [])));
  const order = counts.map((count, at) => ({ count, at })).sort((a, b) => a.count - b.count || a.at - b.at);
  const sumHidden = () => [...hidden].reduce((sum, at) => sum + (counts[at] ?? 0), 0);
  const needsMore = () => hidden.size > 0 && sumHidden() > 0 && (hidden.size === 1 || sumHidden() < least);
  for (const { at } of order) {
    if (!needsMore()) break;
    hidden.add(at);
  }
  return { cells: counts.map((count, at) => (hidden.has(at) ? null : (count as Cell))), total: total as Cell };
}
