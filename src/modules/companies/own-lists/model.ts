import { guessMapping, type Mapping } from '../imports/model.ts';
import { readCvr, readPNumber } from '../register/rules.ts';

export type OwnRow = { cvr: string | null; pNumber: string | null; name: string | null; postcode: string | null; note: string | null; knownBy: string | null } | { refusal: string };

const noteHeading = /^(bem(ærkning(er)?|\.)?|note(r)?|aftale|forløb|kursus|emne|kommentar|remark|comment)$/;

/** Which column holds what; besides the register's columns, one of the school's own words. */
export function readHeadings(headings: readonly string[]): { mapping: Mapping; note: number } {
  const mapping = guessMapping(headings);
  return { mapping, note: headings.findIndex((heading, at) => mapping[at] === null && noteHeading.test(heading.trim().toLowerCase())) };
}

/** A table in which nothing says which company a row is. */
export const namesNothing = ({ mapping }: ReturnType<typeof readHeadings>) => !mapping.some((field) => field === 'cvr' || field === 'pNumber' || field === 'name');

/** What is kept of a row that was refused: its first two thousand letters, cell by cell, so that it can be handed back as cells. */
export function firstOf(cells: readonly string[]): string[] {
  const kept: string[] = [];
  let left = 2000;
  for (const cell of cells) {
    if (left <= 0) break;
    kept.push(cell.slice(0, left).toWellFormed());
    left -= cell.length + 1;
  }
  return kept;
}

/**
 * One row of a school's own list (row 2.09). A number that cannot be right is refused, never matched by name instead: it may be another company's.
 */
export function readOwnRow(cells: readonly string[], { mapping, note }: ReturnType<typeof readHeadings>): OwnRow {
  const get = (field: Mapping[number]): string | null => {
    const at = mapping.indexOf(field);
    const value = at === -1 ? '' : (cells[at] ?? '').replaceAll('\u0000', '').trim();
    return value === '' ? null : value.toWellFormed();
  };
  const written = get('cvr');
  const cvr = written === null ? null : readCvr(/^\d{7}$/.test(written) ? `0${written}` : written);
  if (written !== null && cvr === null) return { refusal: 'cvr_check' };
  const unit = get('pNumber');
  const pNumber = unit === null ? null : (readPNumber(unit)?.number ?? null);
  if (unit !== null && pNumber === null) return { refusal: 'p_number' };
  const name = get('name');
  if (cvr === null && pNumber === null && name === null) return { refusal: 'nothing_to_match' };
  if (name !== null && name.length > 300) return { refusal: 'too_long' };
  const postcode = get('postcode');
  const said = note === -1 ? '' : (cells[note] ?? '').replaceAll('\u0000', '').trim().toWellFormed();
  return {
    cvr,
    pNumber,
    name,
    postcode: postcode !== null && /^\d{3,4}$/.test(postcode) ? postcode.padStart(4, '0') : null,
    note: said === '' ? null : said.slice(0, 200),
    knownBy: get('contactName')?.slice(0, 200) ?? null,
  };
}
