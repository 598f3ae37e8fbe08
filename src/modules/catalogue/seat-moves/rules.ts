import { shiftDay } from '../../../kit/calendar-day.ts';

/** Schools have two weeks to answer, and a company must know a week before either class begins. */
const [answerDays, noticeDays] = [14, 7];

/** The last day on which a move can be answered; a day in the past: it is too late to ask. */
export function answerBy(today: string, from: string, to: string): string {
  const first = from < to ? from : to;
  const [latest, notice] = [shiftDay(today, answerDays), shiftDay(first, -noticeDays)];
  return latest < notice ? latest : notice;
}
