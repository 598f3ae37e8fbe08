import Holidays from 'date-holidays';
import type { Language } from '../../kit/words.ts';

export type HolidayName = Record<Language, string>;

const years = new Map<number, ReadonlyMap<string, HolidayName>>();
const named = (language: Language) => new Holidays('DK', { languages: [language], types: ['public'] });

function holidaysOf(year: number): ReadonlyMap<string, HolidayName> {
  const kept = years.get(year);
  if (kept !== undefined) return kept;
  const english = new Map(
    named('en')
      .getHolidays(year)
      .map(({ date, name }) => [date, name]),
  );
  const all = new Map(
    named('da')
      .getHolidays(year)
      .map(({ date, name }) => [date.slice(0, 10), { da: name, en: english.get(date) ?? name }]),
  );
  years.set(year, all);
  return all;
}

/** The name of the Danish public holiday on a day, or null: Store Bededag was one until 2023 (AC25). */
export const holidayOn = (day: string): HolidayName | null => holidaysOf(Number(day.slice(0, 4))).get(day) ?? null;
