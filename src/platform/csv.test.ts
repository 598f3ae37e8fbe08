import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLines } from './csv.ts';

const back = (text: string): string[][] => parse(text, { delimiter: ';' });

describe('files that a spreadsheet opens', () => {
  test.each(['=1+1', '=cmd|" /C calc"!A0', '+45 00120000', '-1', '@SUM(A1)', '\t=1', '\r=1'])('a cell that begins like a formula is text: %j', (cell) =>
    expect(back(csvLines([[cell]]))).toEqual([[`'${cell}`]]),
  );

  test.each(['Bjergager', '1-2', 'a=b', ' =1', '00120000', '0,5', ''])('a cell that does not is written as it is: %j', (cell) => expect(back(csvLines([['x', cell]]))).toEqual([['x', cell]]));

  test('a number is a number, a minus in front included; nothing is an empty cell', () => expect(csvLines([[7, -7, null, 'x']])).toBe('7;-7;;x\n'));

  test('semicolons, quotes and line breaks stay inside their cell', () => expect(csvLines([['a;b', 'c"d', 'e\nf', 'g,h']])).toBe('"a;b";"c""d";"e\nf";g,h\n'));

  test('no row, no line', () => expect(csvLines([])).toBe(''));

  test('whatever is written is read back, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const width = Math.max(...rows.map((row) => row.length));
        const even = rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')]);
        const read = back(csvLines(even));
        expect(read.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(even.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))));
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
