import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

export type Database = Kysely<DB>;

const timestamptz = 1184;
const date = 1082;
const int8 = 20;
/** Instants travel as ISO text and days as 'YYYY-MM-DD', so that no zone is applied on the way; counts are numbers. */
const parsers: Record<number, (text: string) => unknown> = {
  [timestamptz]: (text) => new Date(text).toISOString(),
  [date]: (text) => text,
  [int8]: Number,
};

/**
 * A pool of connections under the application's login. Only the platform holds it; handlers get a transaction.
 * @param onStatement told of every statement: its text, with $1 for every value, and how many milliseconds it took
 */
export function connect(connection: pg.PoolConfig, onStatement?: (text: string, milliseconds: number) => void): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    max: 20,
    connectionTimeoutMillis: 5000,
    keepAlive: true, // a machine that is gone without a word is noticed
    // Without jit: of many short statements it costs more than the work (measured on PostgreSQL 15: a file of 4,000 classes a minute and more instead of seconds). The packaged server has none.
    options: '-c jit=off -c search_path=vn,public -c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
    types: { getTypeParser: (oid: number, format?: string) => parsers[oid] ?? pg.types.getTypeParser(oid, format as 'text') } as pg.CustomTypesConfig,
    ...connection,
  });
  pool.on('error', () => undefined); // a broken idle connection is dropped; the next request gets a new one or a 503
  // One that breaks between two statements of a transaction has no query to tell it to; unheard, it would end the process. The next statement fails, and that is told.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }), ...(onStatement === undefined ? {} : { log: ({ query, queryDurationMillis }) => onStatement(query.sql, queryDurationMillis) }) }),
    pool,
  };
}
