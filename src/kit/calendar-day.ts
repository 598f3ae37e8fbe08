import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/**
 * A day of the calendar, 'YYYY-MM-DD', without time or zone; from the year 1000 to 8999, so that the weeks around it and its moments in any zone are days and
 * moments too: years of five digits are written differently everywhere.
 */
export const calendarDay = z.iso.date().refine((day) => day >= '1000' && day < '9000', { params: { code: 'format' } });

/** Days as an interval: from is in it, to is the last day in it; null means no end is planned. */
export interface Days {
  from: string;
  to: string | null;
}

/** PostgreSQL's daterange text, "[2026-01-01,2026-02-01)", as first and last day. */
export function daysOf(range: string): Days {
  const [from = '', end = ''] = range.slice(1, -1).split(',');
  return { from, to: end === '' ? null : shiftDay(end, -1) };
}

/** The other way: the end of PostgreSQL's canonical range is the day after the last. */
export const rangeOf = ({ from, to }: Days) => `[${from},${to === null ? '' : shiftDay(to, 1)})`;

/** The day `count` days later; days of the calendar have no clock, so UTC counts them right. */
export function shiftDay(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The day so many calendar months later, clamped to that month's end (AC10): 31 January and three months is 30 April. */
export const addMonths = (day: string, months: number): string => Temporal.PlainDate.from(day).add({ months }).toString();

/** The day and the minute of the day of a moment, where the centre is. */
export function localTime(zone: string, at: Date): { day: string; minute: number } {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return { day: there.toPlainDate().toString(), minute: there.hour * 60 + there.minute };
}

/** The moment of a minute of a day, where the centre is; a time that the clocks skip is the one after. */
export const momentOf = (zone: string, day: string, minute: number): Date =>
  new Date(
    Temporal.PlainDate.from(day)
      .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 })
      .toZonedDateTime(zone).epochMilliseconds,
  );
