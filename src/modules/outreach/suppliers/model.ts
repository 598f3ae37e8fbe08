import { cvrNumber } from '../../companies/register/contract.ts';

/** As many lines as a list may have: the networks of large companies that the sources speak of have 250 to 300. */
export const mostSuppliers = 300;

export interface WrittenSupplier {
  /** The line as it was written. */
  written: string;
  /** Eight digits whose check is right, else null. */
  cvr: string | null;
  name: string | null;
  town: string | null;
  /** `cvr`: a number whose check is wrong, and no name beside it; `empty`: neither number nor name. */
  refusal: 'cvr' | 'empty' | null;
}

const number = /(?<!\d)(?:DK[\s-]?)?(\d{2}[\s.]?\d{2}[\s.]?\d{2}[\s.]?\d{2})(?!\d)/i;

/** Without blanks, colons and dashes at either end. The end by hand: a pattern that looks for one begins anew at each of a hundred thousand blanks. */
function bare(cell: string): string {
  let end = cell.length;
  while (end > 0 && /[\s:–-]/.test(cell.charAt(end - 1))) end -= 1;
  return cell.slice(0, end).replace(/^[\s:–-]+/, '');
}

/** One line: a company number, or a name with its town, or all of them, in any order of writing lists: "12345674; Bjergager Smede; 9999 Limvig". */
function readLine(written: string): WrittenSupplier {
  const found = number.exec(written);
  const cvr = found === null ? null : (cvrNumber.safeParse(found[1]).data ?? null);
  const [name = null, ...rest] = written
    .replace(found?.[0] ?? '', ' ')
    .replaceAll(/\bcvr(?:[.-]?\s?nr\.?)?\s*:?/gi, ' ')
    .split(/[\t;,|]/)
    .map((cell) => bare(cell).replaceAll(/\s+/g, ' '))
    .filter((cell) => /\p{L}/u.test(cell));
  const town =
    rest
      .at(-1)
      ?.replace(/^\d{4}\s+/, '')
      .slice(0, 100) ?? null;
  return { written, cvr, name, town, refusal: cvr !== null || name !== null ? null : found === null ? 'empty' : 'cvr' };
}

/** Pasted text, line by line; empty lines are none. */
export const readSuppliers = (text: string): WrittenSupplier[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '')
    .map(readLine);
