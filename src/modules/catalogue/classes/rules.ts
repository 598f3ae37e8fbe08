import { shiftDay } from '../../../kit/calendar-day.ts';
import type { Session, Split } from './contract.ts';

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/**
 * The meetings of a course that is cut into pieces (row 4.15): 4 x 4 hours, 3 weeks apart.
 * @returns null where a meeting would run past midnight
 */
export function sessionsOf({ meetings, hours, weeksApart, starts }: Split, first: string): Session[] | null {
  const end = minutesOf(starts) + Math.round(hours * 60);
  if (end >= 24 * 60) return null;
  return Array.from({ length: meetings }, (_, at) => ({ day: shiftDay(first, at * weeksApart * 7) as Session['day'], starts, ends: timeOf(end) }));
}

/** Hours of all meetings together, to the tenth. */
export const hoursOf = (sessions: readonly Pick<Session, 'starts' | 'ends'>[]): number => Math.round(sessions.reduce((sum, { starts, ends }) => sum + minutesOf(ends) - minutesOf(starts), 0) / 6) / 10;
