import { localTime, shiftDay } from '../../kit/calendar-day.ts';
import { weekdayOf } from '../../kit/week.ts';
import { holidayOn } from './holidays.ts';

/** Monday to Friday, public holidays aside. */
const isWorkingDay = (day: string): boolean => weekdayOf(day) <= 5 && holidayOn(day) === null;

/** Whether people may be written to now: between 8 and 16 on a working day of the centre. */
export function inOfficeHours({ actor, now, today }: { actor: { zone: string }; now: Date; today: string }): boolean {
  const { minute } = localTime(actor.zone, now);
  return minute >= 8 * 60 && minute < 16 * 60 && isWorkingDay(today);
}

/** How many working days lie after a day, up to and with another. */
export function workingDaysAfter(from: string, to: string): number {
  let count = 0;
  for (let day = shiftDay(from, 1); day <= to; day = shiftDay(day, 1)) if (isWorkingDay(day)) count += 1;
  return count;
}
