import { shiftDay } from './calendar-day.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => ((at(day).getUTCDay() + 6) % 7) + 1;

/** The Monday of the day's week. */
export const mondayOf = (day: string): string => shiftDay(day, 1 - weekdayOf(day));

/** The ISO number of the day's week: the week of a year's first Thursday is number 1. */
export function weekNumber(day: string): number {
  const thursday = shiftDay(mondayOf(day), 3);
  return Math.floor((at(thursday).getTime() - Date.UTC(Number(thursday.slice(0, 4)), 0, 1)) / (7 * 86_400_000)) + 1;
}
