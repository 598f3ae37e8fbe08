import { shiftDay } from '../kit/calendar-day.ts';
import type { Language } from '../kit/words.ts';

const locale = { da: 'da-DK', en: 'en-GB' } as const;
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** 12345674 -> 12 34 56 74, the way people read a company number aloud. */
export const cvr = (digits: string) => digits.replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0');

/** A day 'YYYY-MM-DD' as "tirsdag 17. november". */
export const longDay = (language: Language, day: string) => new Intl.DateTimeFormat(locale[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(noon(day));

/** A day 'YYYY-MM-DD' as "17. nov. 2026", kept on one line. */
export const shortDay = (language: Language, day: string) =>
  new Intl.DateTimeFormat(locale[language], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(noon(day)).replaceAll(' ', '\u00a0');

/** A day 'YYYY-MM-DD' the way it is written in a field: 17.11.2026, in English 17/11/2026. */
export const fieldDay = (language: Language, day: string) =>
  day
    .split('-')
    .reverse()
    .join(language === 'da' ? '.' : '/');

/** The day of a moment, where the centre is. */
export const dayOf = (zone: string, moment: string) => new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(new Date(moment));

/** The time of a moment, where the centre is: 9.20, in English 9:20. */
export function timeOf(language: Language, zone: string, moment: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(moment)).replace(/^0/, '');
  return language === 'da' ? time.replace(':', '.') : time;
}

/** 'HH:MM' of a clock: 9.30, in English 9:30. */
export const shownTime = (language: Language, time: string) => (language === 'da' ? time.replace(':', '.') : time).replace(/^0/, '');

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "dansk, engelsk og polsk" */
export const listed = (language: Language, parts: readonly string[]) => new Intl.ListFormat(locale[language], { type: 'conjunction' }).format(parts);

/** Names that may have commas and "og" of their own, side by side. */
export const sideBySide = (names: readonly string[]) => names.join(' · ');

/** The name of a language by its code: 'pl' -> "polsk". */
export const languageName = (language: Language, code: string) => new Intl.DisplayNames(locale[language], { type: 'language' }).of(code) ?? code;

const weekdays = [
  ['søn', 'sun'],
  ['man', 'mon'],
  ['tir', 'tue'],
  ['ons', 'wed'],
  ['tor', 'thu'],
  ['fre', 'fri'],
  ['lør', 'sat'],
] as const;

function exactDay(year: number, month: number, date: number): string | null {
  const day = new Date(Date.UTC(year, month - 1, date));
  return day.getUTCFullYear() === year && day.getUTCMonth() === month - 1 && day.getUTCDate() === date ? day.toISOString().slice(0, 10) : null;
}

/**
 * A day as people write it: "17.11.2026", "17/11-26", "17.11" (this year), "2026-11-17", "i dag", "i morgen", "fre" (the next one), and the same in English.
 * @param today the day of the centre, 'YYYY-MM-DD'
 * @returns 'YYYY-MM-DD', or null when it is no day
 */
export function readDay(written: string, today: string): string | null {
  const text = written.trim().toLowerCase();
  if (text === 'i dag' || text === 'today') return today;
  if (text === 'i morgen' || text === 'tomorrow') return shiftDay(today, 1);
  const weekday = text.length < 3 ? -1 : weekdays.findIndex((names) => names.some((name) => text.startsWith(name)));
  if (weekday >= 0) return shiftDay(today, ((weekday - noon(today).getUTCDay() + 6) % 7) + 1);
  const turned = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (turned !== null) return exactDay(Number(turned[1]), Number(turned[2]), Number(turned[3]));
  const parts = /^(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{2}))?[./]?$/.exec(text);
  if (parts === null) return null;
  const year = parts[3] === undefined ? Number(today.slice(0, 4)) : Number(parts[3]) + (parts[3].length === 2 ? 2000 : 0);
  return exactDay(year, Number(parts[2]), Number(parts[1]));
}

/** A day as "17. november 2026". */
export const writtenDay = (language: Language, day: string) =>
  new Intl.DateTimeFormat(locale[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

/** An instant as day and time in the browser's zone: "17. nov. 2026 kl. 9.30". */
export const moment = (language: Language, at: string) => new Intl.DateTimeFormat(locale[language], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** A figure as it is written in the language: 51,8 and in English 51.8. */
export const figure = (language: Language, value: number) => new Intl.NumberFormat(locale[language], { maximumFractionDigits: 1 }).format(value);

/** Øre as kroner: 1.040 kr., with øre only where there are some. */
export const kroner = (language: Language, øre: number) =>
  `${new Intl.NumberFormat(locale[language], { minimumFractionDigits: øre % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 }).format(øre / 100)}\u00a0kr.`;

/** Øre the way an amount stands in a field: 1.040 or 1.040,50. */
export const fieldKroner = (language: Language, øre: number) => kroner(language, øre).replace(/\s?kr\.$/, '');

/** Kroner as people write them – 1.040, 1040,50, 99.5 – as øre; null where it is no amount. The last point or comma with one or two digits behind it parts kroner from øre. */
export function readKroner(written: string): number | null {
  const text = written.replaceAll(/\s|kr\.?$/gi, '');
  const parts = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(text);
  return parts === null ? null : Number((parts[1] ?? '').replaceAll(/[.,]/g, '')) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}
