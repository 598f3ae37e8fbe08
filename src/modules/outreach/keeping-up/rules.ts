/** How long it took until a company used something, in the spans that the sources speak of: a year to a year and a half (row 2.32). */
export const timeSpans = ['half_year', 'year', 'year_and_half', 'longer', 'not_yet'] as const;
export type TimeSpan = (typeof timeSpans)[number];

/** @param months whole months; null: not yet */
export const spanOf = (months: number | null): TimeSpan => (months === null ? 'not_yet' : months < 6 ? 'half_year' : months < 12 ? 'year' : months < 18 ? 'year_and_half' : 'longer');

/** Whole months between two days. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [from, to].map((day) => day.split('-').map(Number)) as [number[], number[]];
  const months = ((b[0] ?? 0) - (a[0] ?? 0)) * 12 + (b[1] ?? 0) - (a[1] ?? 0);
  return Math.max(0, (b[2] ?? 0) < (a[2] ?? 0) ? months - 1 : months);
}
