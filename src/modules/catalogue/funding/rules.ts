import type { Rate } from './contract.ts';

type Dated = Pick<Rate, 'from' | 'until'>;

/** How a rate stands on a day: what its source gave no day for is never used. */
export function stateOn({ from, until }: Dated, day: string): Rate['state'] {
  if (from === null) return 'undated';
  if (day < from) return 'ahead';
  return until !== null && until < day ? 'past' : 'now';
}

/** The rate that holds on a day; null where none is known for it. */
export const rateOn = <R extends Dated>(rates: readonly R[], day: string): R | null => rates.find((rate) => stateOn(rate, day) === 'now') ?? null;

const daysOfWeek = 5;
/** An AMU day, 8.00–15.24. */
const hoursOfDay = 7.4;

/**
 * What a rate comes to, in øre.
 * @returns null for a percentage: it is of a wage that nobody asks for here
 */
export function amountOf({ amount, unit }: Pick<Rate, 'amount' | 'unit'>, { days, persons }: { days: number; persons: number }): number | null {
  const times = { day: days, week: days / daysOfWeek, hour: days * hoursOfDay, person: 1, percent: null }[unit];
  return times === null ? null : Math.round(amount * times * persons);
}
