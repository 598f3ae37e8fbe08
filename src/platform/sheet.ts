import { readerApart } from './apart.ts';
import { type Again, bytesOf, UnreadableFile } from './reading.ts';
import type { readSheetFile, SheetTask } from './sheet-reader.ts';

/** Bytes of a spreadsheet file at most; twenty thousand classes are three million. */
const largestSheet = 20 * 1_048_576;
const ask = readerApart<SheetTask, Awaited<ReturnType<typeof readSheetFile>>>(new URL('./sheet-reader.ts', import.meta.url), 512);

/**
 * The rows of a sheet of an .xlsx file, headings first, as text: days as YYYY-MM-DD, numbers with a point. Read in a thread beside the server with
 * limits of time and memory, for such a file is packed and may be small on disk only.
 * @param chosen the name of the sheet; without it the first
 * @throws UnreadableFile('sheet_broken', 'sheet_unknown', 'too_large', 'too_large_record', 'too_many_rows')
 */
export async function sheetRows(open: Again, chosen: string | null = null): Promise<{ rows: string[][]; sheets: string[]; sheet: string }> {
  const bytes = await bytesOf(open(0, largestSheet));
  if (bytes.length > largestSheet) throw new UnreadableFile('too_large');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const answer = await ask({ file, sheet: chosen }, 60_000);
  if (answer === 'endless' || answer === 'too_large') throw new UnreadableFile('too_large');
  if ('refused' in answer) throw new UnreadableFile(answer.refused);
  return answer;
}
