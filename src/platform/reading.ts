import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JSONParser, TokenType } from '@streamparser/json';
import { parse } from 'csv-parse';
import { Carver, NotARecord } from './records.ts';

/** A file that can be read from the start more than once. */
export type Again = (from?: number, to?: number) => Readable;

export class UnreadableFile extends Error {
  /** A stable code: 'json_broken', 'csv_broken', 'too_large_record', 'empty'. */
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

const sampleSize = 65_536;

export async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** How files begin that are neither text nor a spreadsheet: PDF, gzip, PNG, JPEG, 7z, RAR. */
const otherFiles = ['25504446', '1f8b', '89504e47', 'ffd8ff', '377abcaf', '52617221'];

/**
 * What the first bytes of a file say that it is, whatever it is called; a table is what nothing else claims. `encoding`: UTF-16 in a way that is not read – with the
 * low byte first and its mark, as spreadsheets write "Unicode text", a table of it is.
 */
export async function kindOf(open: Again): Promise<'json' | 'sheet' | 'old_sheet' | 'page' | 'table' | 'not_a_table' | 'encoding'> {
  const start = await bytesOf(open(0, sampleSize - 1));
  const hex = start.subarray(0, 4).toString('hex');
  if (hex === '504b0304') return 'sheet';
  if (hex === 'd0cf11e0') return 'old_sheet';
  if (otherFiles.some((each) => hex.startsWith(each))) return 'not_a_table';
  const marked = hex.startsWith('fffe');
  if (hex.startsWith('feff') || (!marked && (/^00[^0].00/.test(hex) || /^(?!00)..00(?!00)..00/.test(hex)))) return 'encoding';
  const text = new TextDecoder(marked ? 'utf-16le' : 'utf-8').decode(start);
  return /^\ufeff?\s*[[{]/.test(text) ? (marked ? 'encoding' : 'json') : /^\ufeff?\s*</.test(text) ? 'page' : 'table';
}

/** JSON begins with a bracket, after white space and a byte order mark. */
export const looksLikeJson = async (open: Again): Promise<boolean> => (await kindOf(open)) === 'json';

/** UTF-8 unless some byte in the whole file cannot be; then it is the Latin-1 that Danish spreadsheets write, or what they call Unicode text. */
async function encodingOf(open: Again): Promise<'utf-8' | 'windows-1252' | 'utf-16le'> {
  if ((await bytesOf(open(0, 1))).equals(Buffer.from([0xff, 0xfe]))) return 'utf-16le';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of open()) decoder.decode(part as Buffer, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The sign that divides the first line into most cells; quoted text does not count. */
export function delimiterOf(firstLine: string): string {
  const bare = firstLine.replaceAll(/"[^"]*"/g, '');
  const signs = [';', '\t', ',', '|'];
  return signs.reduce((best, sign) => (bare.split(sign).length > bare.split(best).length ? sign : best), ';');
}

async function* decoded(open: Again, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding); // drops a byte order mark by itself
  for await (const part of open()) yield decoder.decode(part as Buffer, { stream: true });
  yield decoder.decode();
}

/**
 * The rows of a table, headings first: delimiter and encoding are found out, quotes are forgiven, no cell is changed (leading zeros stay).
 * @throws UnreadableFile where no rows can be made of it
 */
export async function* tableRows(open: Again): AsyncGenerator<string[]> {
  const encoding = await encodingOf(open);
  const start = new TextDecoder(encoding).decode(await bytesOf(open(0, sampleSize - 1)));
  const delimiter = delimiterOf(start.split(/\r?\n/).find((line) => line.trim() !== '') ?? '');
  const parser = parse({ delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_empty_values: true, max_record_size: 1_048_576 });
  // Closes the file too when the rows end early; what went wrong is told to whoever reads the rows.
  pipeline(decoded(open, encoding), parser).catch(() => undefined);
  try {
    for await (const row of parser) yield row as string[];
  } catch (error) {
    throw new UnreadableFile((error as { code?: string }).code === 'CSV_MAX_RECORD_SIZE' ? 'too_large_record' : 'csv_broken', error);
  }
}

/** Where the records of a JSON file are: in hits.hits, in an array, or one after the other. */
function pathOf(start: string, list: string | undefined): { paths: string[]; separator?: string } {
  // Answers of one list each, one after the other; what stands in an array is handed over whole.
  if (list !== undefined && new RegExp(`^\\ufeff?\\s*{[^]*"${list}"\\s*:`).test(start)) return { paths: [`$.${list}.*`], separator: '' };
  if (/^\ufeff?\s*\[/.test(start)) return { paths: ['$.*'] };
  const hits = hitsIn(start);
  if (hits !== undefined) return { paths: [hits === '{' ? '$.hits.hits.*' : '$.hits.*'] };
  return { paths: ['$'], separator: '' };
}

/** What the key "hits" of an answer begins with; a line that is whole by itself shows whether the key is its own or lies deeper. */
function hitsIn(start: string): string | undefined {
  const found = /"hits"\s*:\s*([{[])/.exec(start)?.[1];
  const line =
    start
      .replace(/^\ufeff/, '')
      .trimStart()
      .split('\n', 1)[0] ?? '';
  if (found === undefined || !line.trimEnd().endsWith('}')) return found;
  try {
    return Object.hasOwn(JSON.parse(line) as object, 'hits') ? found : undefined;
  } catch {
    return found;
  }
}

/** No honest record is larger or deeper; a hostile one would fill the memory or the stack. */
const largestRecord = 16 * 1_048_576;
const deepest = 100;

/**
 * The records of a JSON file, one at a time, however large the file is.
 * @param list the name of the list that holds them, where the file is an answer (or several) with such a list
 * @throws UnreadableFile('json_broken') at the first place that is not JSON, 'too_large_record'; the records before it were already given
 */
export async function* jsonRecords(open: Again, list?: string): AsyncGenerator<unknown> {
  const { paths, separator } = pathOf((await bytesOf(open(0, sampleSize - 1))).toString('utf8'), list);
  const waiting: unknown[] = [];
  /** Records that were cut out and whose places the parser has not reached yet. */
  const cut: unknown[] = [];
  const parser = new JSONParser({ paths, keepStack: false, ...(separator === undefined ? {} : { separator }) });
  parser.onValue = ({ value }) => {
    waiting.push(cut.length > 0 && typeof value === 'object' && value !== null && !Array.isArray(value) ? cut.shift() : value);
  };
  let depth = 0;
  parser.onToken = ({ token }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > deepest) throw new UnreadableFile('too_large_record');
  };
  const carver = new Carver(paths[0] as string, largestRecord, deepest);
  let around: Buffer[] = [];
  const flush = () => {
    const bytes = around.length === 1 ? around[0] : Buffer.concat(around);
    around = [];
    if (bytes !== undefined && bytes.length > 0) parser.write(bytes);
  };
  /** The parser goes through what could not be cut out, and says where it stops being JSON. */
  const told = (bytes: Buffer, code: string): never => {
    flush();
    parser.write(bytes);
    throw new UnreadableFile(code);
  };
  const carve = (bytes: Buffer) => {
    try {
      carver.write(
        bytes,
        (piece) => around.push(piece),
        (json, whole) => {
          try {
            cut.push(JSON.parse(json));
          } catch {
            around.pop(); // its place
            told(whole, 'json_broken');
          }
        },
      );
    } catch (error) {
      if (error instanceof NotARecord) told(error.bytes, 'too_large_record');
      throw error;
    }
    flush();
  };
  let first = true;
  let sinceRecord = 0;
  try {
    for await (const part of open()) {
      let bytes = part as Buffer;
      if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
      first = false;
      carve(bytes);
      sinceRecord = waiting.length > 0 ? 0 : sinceRecord + bytes.length;
      if (sinceRecord > largestRecord) told(carver.pending, 'too_large_record');
      yield* waiting.splice(0);
    }
    if (carver.pending.length > 0) told(carver.pending, 'json_broken');
    if (!parser.isEnded) parser.end(); // says so when the file ends in the middle
  } catch (error) {
    yield* waiting.splice(0);
    throw error instanceof UnreadableFile ? error : new UnreadableFile('json_broken', error);
  }
}
