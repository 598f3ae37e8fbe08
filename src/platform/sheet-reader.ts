import { parentPort } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/universal';

/** Unpacked bytes of all parts together, and how many parts, at most. */
const largest = 128 * 1_048_576;
const mostParts = 500;
const mostRows = 100_000;
const mostColumns = 200;

/**
 * Why a packed file is not read, from what it says it is when unpacked; null where it may be read. The library makes room for exactly what is said here and not a byte
 * more, so a file that lies is cut off and one that tells the truth is refused.
 */
function whyNot(bytes: Uint8Array): 'sheet_broken' | 'too_large' | null {
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
  for (let part = 0; part < parts; part += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x0201_4b50) return 'sheet_broken';
    sum += Math.max(view.getUint32(at + 20, true), view.getUint32(at + 24, true));
    if (sum > largest) return 'too_large';
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return null;
}

/** A cell as it would stand in a table of text. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().replace(/T00:00:00.000Z$/, '');
  return String(cell);
}

export async function readSheetFile(file: ArrayBuffer): Promise<{ rows: string[][] } | { refused: 'sheet_broken' | 'too_large' | 'too_many_rows' }> {
  const refused = whyNot(new Uint8Array(file));
  if (refused !== null) return { refused };
  try {
    const rows = await readSheet(file);
    if (rows.length > mostRows) return { refused: 'too_many_rows' };
    return { rows: rows.map((row) => row.slice(0, mostColumns).map(textOf)).filter((row) => row.some((cell) => cell !== '')) };
  } catch {
    return { refused: 'sheet_broken' };
  }
}

/** The thread that sheet.ts starts. */
parentPort?.on('message', (file: ArrayBuffer) => {
  void readSheetFile(file).then((answer) => parentPort?.postMessage(answer));
});
