import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Actor, opening } from './transaction.ts';

export type Cell = string | number | boolean | null | undefined;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const special = /[\\\t\n\r]/;
// Hardly any cell bears a sign to escape: looking first is cheaper than replacing nothing.
const cell = (value: Cell): string =>
  value === null || value === undefined ? '\\N' : typeof value !== 'string' ? String(value) : special.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? '') : value;

/** One line of COPY's text format. */
export const copyLine = (cells: readonly Cell[]): string => `${cells.map(cell).join('\t')}\n`;

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/**
 * Streams lines into a table by COPY, in one transaction as `actor`; memory stays flat, because the database sets the pace.
 * The one place beside the transaction itself that holds a raw connection.
 */
export async function copyInto(pool: pg.Pool, actor: Actor, now: Date, target: string, lines: AsyncIterable<string>): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(opening(actor, now, false));
    await client.query(`select set_config('statement_timeout', '0', true)`); // a COPY is one statement, however long the file is
    await pipeline(Readable.from(inPieces(lines), { objectMode: false, highWaterMark: 1 << 20 }), client.query(copyFrom(`copy ${target} from stdin`)));
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(broken !== undefined && !('code' in broken));
  }
}
