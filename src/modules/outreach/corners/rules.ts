import { shiftDay } from '../../../kit/calendar-day.ts';
import { type Cell, cell } from '../../../kit/disclosure.ts';
import { weekdayOf } from '../../../kit/week.ts';

/** What a visit may have been about; short on purpose. */
export const topics = ['courses', 'basic_skills', 'recognition', 'job_change', 'other'] as const;
export type Topic = (typeof topics)[number];
export const seatMinutes = [15, 20, 30] as const;

/** How far ahead days are shown, in weeks. */
export const weeksAhead = 8;

/** When a corner is: every so many weeks on a weekday, or on single days. */
export interface Pattern {
  every: number | null;
  weekday: number | null;
  from: string | null;
  to: string | null;
  days: readonly string[];
}

/** The days of a corner from a day on, none on a public holiday (row 2.28). Weeks are counted from its first day, so an evening's change moves none of them. */
export function cornerDays({ every, weekday, from, to, days }: Pattern, since: string, isHoliday: (day: string) => boolean): string[] {
  if (every === null || weekday === null || from === null || to === null) return [...days].sort().filter((day) => day >= since && !isHoliday(day));
  const found: string[] = [];
  for (let day = shiftDay(from, (weekday - weekdayOf(from) + 7) % 7); day <= to; day = shiftDay(day, 7 * every)) if (day >= since && !isHoliday(day)) found.push(day);
  return found;
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeAt = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** How many seats fit between two times, 'HH:MM'. */
export const seatsBetween = (starts: string, ends: string, minutes: number): number => Math.max(0, Math.floor((minuteOf(ends) - minuteOf(starts)) / minutes));

/** From when to when the seat of a number is. */
export const seatTime = (starts: string, minutes: number, seat: number): { starts: string; ends: string } => ({
  starts: timeAt(minuteOf(starts) + minutes * seat),
  ends: timeAt(minuteOf(starts) + minutes * (seat + 1)),
});

/** The seats of a day; free are those that nobody took and whose time has not come. `now` is null on any other day than today. */
export function seatsOf(
  corner: { starts: string; ends: string; seatMinutes: number | null },
  taken: readonly number[],
  now: number | null,
): { seat: number; starts: string; ends: string; free: boolean }[] {
  const { starts, ends, seatMinutes: minutes } = corner;
  if (minutes === null) return [];
  return Array.from({ length: seatsBetween(starts, ends, minutes) }, (_, seat) => {
    const time = seatTime(starts, minutes, seat);
    return { seat, ...time, free: !taken.includes(seat) && (now === null || minuteOf(time.starts) > now) };
  });
}

export const tokenLength = 12;
export const codeLength = 8;

/**
 * What was asked about in all, for those who may not see a single day: at least so many. Days count once so many persons as the threshold came since the last
 * that counted, and figures go up in whole steps of it; so whoever looks every evening learns nothing about the one who came that day.
 * @param days the counted days, oldest first
 */
export function topicTotals(days: readonly { came: number; topics: Partial<Record<Topic, number>> }[], threshold: number): { topic: Topic; atLeast: Cell }[] {
  const step = Math.max(3, threshold);
  const open = { came: 0, days: [] as (typeof days)[number][] };
  const counted: (typeof days)[number][] = [];
  for (const day of days) {
    open.came += day.came;
    open.days.push(day);
    if (open.came < step) continue;
    counted.push(...open.days.splice(0));
    open.came = 0;
  }
  return topics.map((topic) => {
    const count = counted.reduce((sum, day) => sum + (day.topics[topic] ?? 0), 0);
    return { topic, atLeast: cell(Math.floor(count / step) * step, step) };
  });
}
