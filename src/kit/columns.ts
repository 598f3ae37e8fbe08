/**
 * Guesses from the headings of a table which field each column holds; each field once, the first heading wins.
 * @param known how a heading may call a field, in small letters
 */
export function guessColumns<Field extends string>(headings: readonly string[], fields: readonly Field[], known: Record<Field, RegExp>): (Field | null)[] {
  const taken = new Set<Field>();
  return headings.map((heading) => {
    const word = heading.trim().toLowerCase();
    const field = fields.find((each) => !taken.has(each) && known[each].test(word)) ?? null;
    if (field !== null) taken.add(field);
    return field;
  });
}

/** Columns beyond these are not looked at. */
export const mostColumns = 200;

/** The database keeps neither NUL nor half a character. */
export const storable = (value: unknown): boolean => typeof value !== 'string' || (!value.includes('\u0000') && value.isWellFormed());

/** What a screen shows of a row, as the database can keep it. */
export const shownCells = (cells: readonly string[]): string[] => cells.slice(0, mostColumns).map((text) => text.slice(0, 100).replaceAll('\u0000', '\ufffd').toWellFormed());

/** A day that the calendar has, in a year that somebody alive can mean. */
export function realDay(written: string): string | null {
  const time = /^[12]\d{3}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== written ? null : written;
}

/** "23.05.1998", "1998-05-23", "23/5 - 1998" as a day; null when it is none. */
export function readWrittenDay(written: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(written);
  const danish = /^(\d{1,2})[./-](\d{1,2})\s*[./-]\s*(\d{4})$/.exec(written.replaceAll(/\s+/g, ''));
  const parts = iso ? [iso[1], iso[2], iso[3]] : danish ? [danish[3], danish[2], danish[1]] : null;
  return parts === null ? null : realDay(`${parts[0]}-${parts[1]?.padStart(2, '0')}-${parts[2]?.padStart(2, '0')}`);
}
