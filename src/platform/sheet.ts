import { readerApart } from './apart.ts';
import { type Again, bytesOf, UnreadableFile } from './reading.ts';
import type { readSheetFile } from './sheet-reader.ts';

/** Bytes of a spreadsheet file at most; twenty thousand classes are three million. */
const largestSheet = 20 * 1_048_576;
const ask = readerApart<ArrayBuffer, Awaited<ReturnType<typeof readSheetFile>>>(new URL('./sheet-reader.ts', import.meta.url), 512);

/**
 * The rows of the first sheet of an .xlsx file, headings first, as text: days as YYYY-MM-DD, numbers with a point. Read in a thread beside the server with
 * limits of time and memory, for such a file is packed and may be small on disk only.
 * @throws UnreadableFile('sheet_broken', 'too_large', 'too_many_rows')
 */
export async function sheetRows(open: Again): Promise<string[][]> {
  const file = await bytesOf(open(0, largestSheet));
  if (file.length > largestSheet) throw new UnreadableFile('too_large');
  const answer = await ask(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer, 60_000);
  if (answer === 'endless' || answer === 'too_large') throw new UnreadableFile('too_large');
  if ('refused' in answer) throw new UnreadableFile(answer.refused);
  return answer.rows;
}
