import { stringify } from 'csv-stringify/sync';

/** A spreadsheet would run a cell that begins like a formula; an apostrophe in front makes it text. */
const harmless = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** Lines of a CSV file the way Danish spreadsheets read it: semicolons, quotes where needed, no formulas. */
export const csvLines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    { delimiter: ';' },
  );

/** Tells a spreadsheet that the file is UTF-8. */
export const csvStart = '\ufeff';
