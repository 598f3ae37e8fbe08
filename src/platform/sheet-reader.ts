import { parentPort } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/universal';

/** Unpacked bytes of all parts together, and how many parts, at most. */
const largest = 128 * 1_048_576;
const mostParts = 500;
const mostRows = 100_000;
const mostColumns = 200;
/** Letters of a cell at most, as in a table of text. */
const longestCell = 1_048_576;
const longestContents = 1_048_576;

/**
 * Why a packed file is not read, from what it says it is when unpacked; null where it may be read. The library makes room for exactly what is said here and not a byte
 * more, so a file that lies is cut off and one that tells the truth is refused.
 */
function whyNot(bytes: Uint8Array): 'sheet_broken' | 'too_large' | 'too_large_record' | { sheets: string[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65_558 && view.getUint32(end, true) !== 0x0605_4b50) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== 0x0605_4b50) return 'sheet_broken';
  // Sizes beyond four gigabytes stand elsewhere; nobody has so many classes.
  if (end >= 20 && view.getUint32(end - 20, true) === 0x0706_4b50) return 'too_large';
  const parts = view.getUint16(end + 8, true);
  if (parts > mostParts) return 'too_large';
  let at = view.getUint32(end + 16, true);
  let sum = 0;
  let sheets: string[] = [];
  for (let part = 0; part < parts; part += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x0201_4b50) return 'sheet_broken';
    sum += Math.max(view.getUint32(at + 20, true), view.getUint32(at + 24, true));
    if (sum > largest) return 'too_large';
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))).toString();
    if (name === 'xl/workbook.xml') sheets = sheetsIn(partOf(bytes, view, at, longestContents).toString());
    else if (view.getUint32(at + 24, true) > longestCell && holdsHugeText(partOf(bytes, view, at, largest))) return 'too_large_record';
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { sheets };
}

/** The bytes of a part, as many as may be. */
function partOf(bytes: Uint8Array, view: DataView, entry: number, most: number): Buffer {
  const [method, size, local] = [view.getUint16(entry + 10, true), view.getUint32(entry + 20, true), view.getUint32(entry + 42, true)];
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(from, from + size);
  return method === 0 ? Buffer.from(packed.subarray(0, most)) : inflateRawSync(packed, { maxOutputLength: most });
}

/** Whether a text goes on for longer than any cell may, without a tag. The parser would take minutes to say so. */
function holdsHugeText(part: Buffer): boolean {
  for (let at = 0; at + longestCell < part.length; ) {
    const next = part.lastIndexOf(0x3c, at + longestCell);
    if (next <= at) return true;
    at = next;
  }
  return false;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The names of the sheets, in their order, out of the workbook's list of contents. */
const sheetsIn = (contents: string): string[] =>
  [...contents.matchAll(/<(?:\w+:)?sheet\s[^<>]*?\bname="([^"]*)"/g)].map(([, name = '']) =>
    name.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([\da-f]{1,5}));/gi, (_all, word?: string, number?: string, hex?: string) =>
      word === undefined ? String.fromCodePoint(Number(number ?? `0x${hex}`)) : (entities[word.toLowerCase()] ?? ''),
    ),
  );

/** A cell as it would stand in a table of text. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().replace(/T00:00:00.000Z$/, '');
  return String(cell);
}

export interface SheetTask {
  file: ArrayBuffer;
  sheet: string | null;
}
type Refused = 'sheet_broken' | 'sheet_unknown' | 'too_large' | 'too_large_record' | 'too_many_rows';

export async function readSheetFile({ file, sheet }: SheetTask): Promise<{ rows: string[][]; sheets: string[]; sheet: string } | { refused: Refused }> {
  try {
    const found = whyNot(new Uint8Array(file));
    if (typeof found === 'string') return { refused: found };
    const { sheets } = found;
    if (sheet !== null && !sheets.includes(sheet)) return { refused: 'sheet_unknown' };
    const rows = await readSheet(file, sheet ?? 1);
    if (rows.length > mostRows) return { refused: 'too_many_rows' };
    const read = rows.map((row) => row.slice(0, mostColumns).map(textOf)).filter((row) => row.some((cell) => cell !== ''));
    if (read.some((row) => row.some((cell) => cell.length > longestCell))) return { refused: 'too_large_record' };
    return { rows: read, sheets: sheets.slice(0, 100), sheet: sheet ?? sheets[0] ?? '' };
  } catch {
    return { refused: 'sheet_broken' };
  }
}

/** The thread that sheet.ts starts. */
parentPort?.on('message', (task: SheetTask) => {
  void readSheetFile(task).then((answer) => parentPort?.postMessage(answer));
});
