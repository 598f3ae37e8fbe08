import { shownCells } from '../kit/columns.ts';
import { type Again, kindOf, tableRows, UnreadableFile } from './reading.ts';
import { sheetRows } from './sheet.ts';

export interface TableFile {
  format: 'csv' | 'xlsx';
  headings: string[];
  /** The first rows, cut short; filled while the rows are read. */
  samples: string[][];
  /** Of a spreadsheet file: its sheets in their order, and the one that is read. */
  sheets: string[];
  sheet: string | null;
  rows: AsyncIterable<string[]>;
}

/**
 * Whether a file is JSON or a table, by what is in it and not by what it is called.
 * @throws UnreadableFile('page', 'old_sheet', 'not_a_table', 'encoding')
 */
export async function readableKind(open: Again): Promise<'json' | 'sheet' | 'table'> {
  const kind = await kindOf(open);
  if (kind === 'json' || kind === 'sheet' || kind === 'table') return kind;
  throw new UnreadableFile(kind);
}

/**
 * A table with headings, out of text with delimiters or out of a spreadsheet file.
 * @param chosen the sheet to read; without it the first
 * @throws UnreadableFile as tableRows and sheetRows do, 'empty'
 */
export async function openTable(open: Again, kind: 'sheet' | 'table', chosen: string | null = null): Promise<TableFile> {
  const read = kind === 'sheet' ? await sheetRows(open, chosen) : null;
  const lines = read === null ? tableRows(open) : fromArray(read.rows);
  const { value: first, done } = (await lines.next()) as IteratorResult<string[], undefined>;
  if (done || first === undefined) throw new UnreadableFile('empty');
  const samples: string[][] = [];
  const rows = async function* () {
    for await (const cells of { [Symbol.asyncIterator]: () => lines } as AsyncIterable<string[]>) {
      if (samples.length < 5) samples.push(shownCells(cells));
      yield cells;
    }
  };
  return { format: read === null ? 'csv' : 'xlsx', headings: shownCells(first), samples, sheets: read?.sheets ?? [], sheet: read?.sheet ?? null, rows: rows() };
}

async function* fromArray(rows: string[][]): AsyncGenerator<string[]> {
  yield* rows;
}
