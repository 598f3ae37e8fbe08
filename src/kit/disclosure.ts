declare const disclosed: unique symbol;
/** A figure that went through the rule of small cells: a number, or null for "hidden or zero", which look alike. Nothing else can make one. */
export type Cell = (number & { readonly [disclosed]: true }) | null;

/**
 * One figure about companies or persons for somebody who may not open the rows below it.
 * @param threshold the centre's setting; never below 3 (decisions: small cells)
 */
export const cell = (count: number, threshold: number): Cell => (count < Math.max(3, threshold) ? null : (count as Cell));

/** The rule of both below. `holds` is how many companies or persons stand behind the hidden figures together. */
function suppress(counts: readonly number[], threshold: number, holds: (at: readonly number[]) => number): { cells: Cell[]; total: Cell } {
  const least = Math.max(3, threshold);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (holds([...counts.keys()]) < least) return { cells: counts.map(() => null), total: null };
  const hidden = new Set(counts.flatMap((count, at) => (count < least ? [at] : [])));
  const rest = () => [...hidden].reduce((sum, at) => sum + (counts[at] ?? 0), 0);
  // Hidden figures that are all as large as a hidden one may be are known by their sum.
  const full = () => [...hidden].every((at) => counts[at] === least - 1);
  const givesAway = () => rest() > 0 && (hidden.size === 1 || holds([...hidden]) < least || full());
  for (const smallest of [...new Set(counts)].sort((a, b) => a - b)) {
    if (!givesAway()) break;
    // Equals are hidden together: which of them was taken would tell where the small ones stand.
    for (const [at, count] of counts.entries()) if (count === smallest) hidden.add(at);
  }
  return { cells: counts.map((count, at) => (hidden.has(at) ? null : (count as Cell))), total: hidden.size === counts.length && full() ? null : (total as Cell) };
}

/**
 * Figures that stand beside their total. When one is hidden that could be computed from the others – also by somebody who knows this rule –, the smallest shown
 * ones are hidden too, until it cannot.
 * @returns the cells in the order given, and the total; the total is null where it would tell
 */
export const cells = (counts: readonly number[], threshold: number): { cells: Cell[]; total: Cell } => suppress(counts, threshold, (hidden) => hidden.reduce((sum, at) => sum + (counts[at] ?? 0), 0));

/**
 * The same where the companies or persons behind the figures may be in several of them, so that two figures of three can still be three companies.
 * @param groups who stands behind each figure
 */
export const cellsOf = (groups: readonly ReadonlySet<string>[], threshold: number): { cells: Cell[]; total: Cell } =>
  suppress(
    groups.map(({ size }) => size),
    threshold,
    (hidden) => new Set(hidden.flatMap((at) => [...(groups[at] ?? [])])).size,
  );
