import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { sqlFor } from './older-servers.ts';

const migrationLock = 7_310_003;
/** The oldest major version of PostgreSQL that every migration runs on; `npm run test:pg15` tests it. */
const oldest = 15;
const nameShape = /^[a-z-]+-(\d{8}-\d{2})-[a-z0-9-]+\.sql$/;

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

/** One global sequence, ordered by the date and number in the name; the name starts with the module that owns it. */
export function migrationsIn(folder: string): Migration[] {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => {
      const order = nameShape.exec(name)?.[1];
      if (order === undefined) throw new Error(`${name}: a migration is named module-YYYYMMDD-NN-what.sql`);
      const sql = readFileSync(path.join(folder, name), 'utf8');
      return { name, sql, order, hash: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  for (const [at, { name, order }] of all.entries()) if (order === all[at - 1]?.order) throw new Error(`${name}: another migration has its date and number`);
  return all;
}

/** A database that knows migrations which this program lacks was used by a newer one; an older one would misread it. */
export class NewerDatabaseError extends Error {}

function refuseNewer(done: Iterable<string>, folder: string): void {
  const ours = new Set(migrationsIn(folder).map(({ name }) => name));
  const theirs = [...done].filter((name) => !ours.has(name)).sort();
  if (theirs.length > 0)
    throw new NewerDatabaseError(
      `This database was used by a newer Vejnet: it has ${theirs.length === 1 ? 'a migration' : `${theirs.length} migrations`} that this version does not know (${theirs.at(-1)}). Start the newer version, or restore the backup from before the upgrade.`,
    );
}

/** A connection for migrations. One that is lost is told by the query that was under way; unheard, it would end the process without a word. */
async function connected(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Brings a database up to the newest migration as its owner, each in a transaction of its own. A landed migration is immutable: a changed one is refused.
 * Several at once take turns. One whose process or connection ends on the way leaves the database as it was before that migration; the next start goes on there.
 * @returns the names of those that were run
 * @throws NewerDatabaseError before anything is changed; an Error that begins with the name of the migration that failed
 */
export async function migrate(connection: pg.ClientConfig, folder: string, kind: 'live' | 'demonstration'): Promise<string[]> {
  const client = await connected(connection);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('create table if not exists public.vejnet_migration (name text primary key, hash text not null, at timestamptz not null default now())');
    const done = new Map((await client.query<{ name: string; hash: string }>('select name, hash from public.vejnet_migration')).rows.map((row) => [row.name, row.hash]));
    refuseNewer(done.keys(), folder);
    const server = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 major`);
    const major = server.rows[0]?.major ?? oldest;
    if (major < oldest) throw new Error(`This is PostgreSQL ${major}; Vejnet needs ${oldest} or newer (docs/operations.md).`);
    const run: string[] = [];
    for (const { name, sql, hash } of migrationsIn(folder)) {
      const before = done.get(name);
      if (before === hash) continue;
      if (before !== undefined) throw new Error(`${name} has changed after it was run on this database. Write a new migration instead.`);
      await client.query('begin');
      try {
        await client.query(sqlFor(major, name, sql));
        await client.query('insert into public.vejnet_migration (name, hash) values ($1, $2)', [name, hash]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback').catch(() => undefined); // where the connection is lost, PostgreSQL does it
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
      run.push(name);
    }
    await client.query('insert into vn.instance (kind) values ($1) on conflict do nothing', [kind]);
    return run;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Names of migrations that this version has and the database lacks; all of them where the login may not see which there are, as before migration 79.
 * @throws NewerDatabaseError
 */
export async function missingMigrations(connection: pg.ClientConfig, folder: string): Promise<string[]> {
  const client = await connected(connection);
  try {
    const known = await client.query<{ exists: boolean }>(`select coalesce(has_table_privilege(to_regclass('public.vejnet_migration'), 'select'), false) as exists`);
    const done = known.rows[0]?.exists ? new Set((await client.query<{ name: string }>('select name from public.vejnet_migration')).rows.map((row) => row.name)) : new Set<string>();
    refuseNewer(done, folder);
    return migrationsIn(folder)
      .map(({ name }) => name)
      .filter((name) => !done.has(name));
  } finally {
    await client.end();
  }
}
