import { shiftDay } from '../../../kit/calendar-day.ts';
import { mondayOf } from '../../../kit/week.ts';

type WorkingDay = (day: string) => boolean;

/** Runs are planned at least so many days ahead: the jobcentre must find people, and the class must be decided. */
const ahead = 28;
/** The Monday of the day, or the next one. */
const mondayFrom = (day: string) => (mondayOf(day) === day ? day : shiftDay(mondayOf(day), 7));
const later = (...days: string[]) => days.reduce((last, day) => (day > last ? day : last));

/** The days on which a run of so many weeks is taught: five a week, never on a public holiday, so that one with holidays ends so many days later (row 2.31). */
export function runDays(first: string, weeks: number, isWorkingDay: WorkingDay): string[] {
  const days: string[] = [];
  for (let day = first; days.length < weeks * 5; day = shiftDay(day, 1)) if (isWorkingDay(day)) days.push(day);
  return days;
}

/**
 * When the next runs begin, as the year is cut into equal parts (row 2.31): always in a week's beginning, never before the one before is over, and not sooner than the jobcentre
 * can find people.
 * @param last the last run that is planned, if any
 */
export function nextRuns(
  { weeks, runsAYear, earliest, last }: { weeks: number; runsAYear: number; earliest: string; last: { starts: string; ends: string } | null },
  count: number,
  today: string,
  isWorkingDay: WorkingDay,
): { starts: string; ends: string; days: string[] }[] {
  const step = Math.round(52 / runsAYear) * 7;
  const soonest = mondayFrom(shiftDay(today, ahead));
  const runs: { starts: string; ends: string; days: string[] }[] = [];
  let before = last;
  while (runs.length < count) {
    const monday = before === null ? mondayFrom(later(earliest, soonest)) : later(mondayOf(shiftDay(before.starts, step)), mondayFrom(shiftDay(before.ends, 1)), soonest);
    const days = runDays(monday, weeks, isWorkingDay);
    before = { starts: days[0] ?? monday, ends: days.at(-1) ?? monday };
    runs.push({ ...before, days });
  }
  return runs;
}
