import { shiftDay } from '../../../kit/calendar-day.ts';
import { drawn } from '../../../kit/lot.ts';
import { weekdayOf } from '../../../kit/week.ts';

/** How far ahead regular meetings stand, and how long before consultants are invited. */
export const weeksAhead = 16;
export const daysInvited = 21;

/** The days of a series between two days, both included: every so many weeks, counted from its first day on; a public holiday is skipped (row 2.27). */
export function seriesDays({ every, weekday, from }: { every: number; weekday: number; from: string }, first: string, last: string, isHoliday: (day: string) => boolean): string[] {
  const days: string[] = [];
  for (let day = shiftDay(from, (weekday - weekdayOf(from) + 7) % 7); day <= last; day = shiftDay(day, 7 * every)) if (day >= first && !isHoliday(day)) days.push(day);
  return days;
}

/**
 * Gives each day to the school that has waited longest since it hosted; one that never did comes first. Equals are drawn by the seed.
 * @param hosted who hosts on which day already, before and between
 */
export function nextHosts(days: readonly string[], schools: readonly string[], hosted: readonly { day: string; school: string | null }[], seed: string): Map<string, string | null> {
  const all = [...hosted];
  const hosts = new Map<string, string | null>();
  for (const day of [...days].sort()) {
    const last = (school: string) => all.reduce((latest, turn) => (turn.school === school && turn.day > latest ? turn.day : latest), '');
    const [next = null] = [...schools].sort((a, b) => last(a).localeCompare(last(b)) || drawn(`${seed} ${a}`) - drawn(`${seed} ${b}`) || a.localeCompare(b));
    hosts.set(day, next);
    all.push({ day, school: next });
  }
  return hosts;
}
