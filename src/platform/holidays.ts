import Holidays from 'date-holidays';

const danish = new Holidays('DK', { types: ['public'] });
const years = new Map<number, ReadonlySet<string>>();

function holidaysOf(year: number): ReadonlySet<string> {
  const known = years.get(year) ?? new Set(danish.getHolidays(year).map(({ date }) => date.slice(0, 10)));
  years.set(year, known);
  return known;
}

/** Monday to Friday without Denmark's public holidays; store bededag was one until 2023 (AC25). */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidaysOf(Number(day.slice(0, 4))).has(day);
}
