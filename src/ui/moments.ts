import { shiftDay } from '../kit/calendar-day.ts';
import type { Language } from '../kit/words.ts';
import { dayOf, longDay, timeOf } from './format.ts';

/** "Tirsdag 17. november kl. 12.00", where the centre is. */
export const dayAndTime = (language: Language, zone: string, at: string) => `${longDay(language, dayOf(zone, at))}${language === 'da' ? ' kl. ' : ' at '}${timeOf(language, zone, at)}`;

/** From one day to another in words: "i dag", "i morgen", "om 3 dage", "for 2 dage siden". */
export function inDays(language: Language, today: string, day: string): string {
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  return new Intl.RelativeTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { numeric: Math.abs(days) < 2 ? 'auto' : 'always' }).format(days, 'day');
}

/**
 * A time as people write it: "9.30", "930", "12", "kl. 9:30".
 * @returns 'HH:MM', or null when it is no time
 */
export function readTime(written: string): string | null {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/^kl\.?\s*/, '');
  const parts = /^(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(text);
  if (parts === null) return null;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}

/** The instant at which it is that day and time in a zone. In the hour that a clock skips or repeats, the later offset counts. */
export function instantIn(zone: string, day: string, time: string): string {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const offset = (at: number) => {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
    return Date.parse(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:00Z`) - at;
  };
  return new Date(wall - offset(wall - offset(wall))).toISOString();
}

/** The day so many working days later, Saturdays and Sundays left out. */
export function workingDaysOn(day: string, count: number): string {
  const next = shiftDay(day, 1);
  const free = [0, 6].includes(new Date(`${next}T00:00:00Z`).getUTCDay());
  return count <= 0 ? day : workingDaysOn(next, free ? count : count - 1);
}
