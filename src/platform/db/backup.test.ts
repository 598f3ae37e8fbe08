import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { BackupError, backUp, restore } from './backup.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

const migrations = path.resolve(import.meta.dirname, '../../../migrations');
const made: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-backup-'));
  chmodSync(folder, 0o711);
  made.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
const now = () => new Date('2026-11-17T08:00:00Z');

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table of the database as one text. */
const everything = (client: pg.Client) =>
  client
    .query<{ tables: string[] }>(`select array_agg(format('%I.%I', schemaname, tablename) order by 1) tables from pg_tables where schemaname in ('vn', 'pgboss', 'public')`)
    .then(async ({ rows }) => {
      const parts: string[] = [];
      for (const table of rows[0]?.tables ?? []) parts.push(`${table} ${(await client.query(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) sum from ${table} t`)).rows[0].sum}`);
      return parts;
    });

describe('backup without pg_dump', () => {
  const folder = newFolder();
  const target = path.join(newFolder(), 'first');

  test('taken while writers are at work and restored into an empty folder, it holds what was committed before it ended, and nothing half done', { timeout: 60_000 }, async () => {
    const cluster = await openEmbedded(folder);
    const first = cluster.connection('postgres', 'admin');
    await withClient(first, (client) => client.query('create database vejnet'));
    const admin = cluster.connection('vejnet', 'admin');
    await migrate(admin, migrations, 'live');
    mkdirSync(path.join(folder, 'files'), { recursive: true });
    writeFileSync(path.join(folder, 'files', 'waiting'), 'en fil');
    writeFileSync(path.join(folder, 'key'), 'hemmelig');
    await withClient(admin, (client) => client.query('create table public.pairs (id int primary key, twin int not null)'));
    let acknowledged = 0;
    let stop = false;
    const writing = withClient(admin, async (client) => {
      // Two rows at a time: one without the other would be half a transaction.
      for (let n = 1; !stop; n += 1) {
        await client.query('begin');
        await client.query('insert into public.pairs values ($1, $2)', [2 * n, 2 * n + 1]);
        await client.query('insert into public.pairs values ($1, $2)', [2 * n + 1, 2 * n]);
        await client.query('commit');
        acknowledged = n;
      }
    });
    await expect.poll(() => acknowledged).toBeGreaterThan(5);
    const before = acknowledged;
    await backUp(first, folder, target, 'live', now);
    stop = true;
    await writing;
    const original = await withClient(admin, async (client) => {
      await client.query('drop table public.pairs');
      return everything(client);
    });
    await cluster.close();

    const again = newFolder();
    expect(await restore(target, again, 'live')).toEqual({ at: now().toISOString(), postgres: '18', mode: 'live' });
    const restored = await openEmbedded(again);
    await withClient(restored.connection('vejnet', 'admin'), async (client) => {
      const pairs = await client.query<{ count: string; lonely: string }>(
        `select count(*) count, count(*) filter (where not exists (select from public.pairs o where o.id = p.twin)) lonely from public.pairs p`,
      );
      expect(Number(pairs.rows[0]?.count)).toBeGreaterThanOrEqual(2 * before);
      expect(Number(pairs.rows[0]?.lonely)).toBe(0);
      await client.query('drop table public.pairs');
      expect(await everything(client)).toEqual(original);
      expect(original.length).toBeGreaterThan(40);
    });
    await restored.close();
    expect([existsSync(path.join(again, 'files', 'waiting')), existsSync(path.join(again, 'key'))]).toEqual([true, true]);
  });

  test('nothing is overwritten and nothing half is taken for whole', async () => {
    await expect(restore(target, folder, 'live')).rejects.toThrow('holds a database already');
    await expect(restore(target, newFolder(), 'demonstration')).rejects.toThrow('backup of a real centre');
    await expect(restore(newFolder(), newFolder(), 'live')).rejects.toThrow(BackupError);
    const cluster = await openEmbedded(folder);
    await expect(backUp(cluster.connection('postgres', 'admin'), folder, target, 'live', now)).rejects.toThrow('is not empty');
    await expect(backUp(cluster.connection('postgres', 'admin'), newFolder(), path.join(newFolder(), 'x'), 'live', now)).rejects.toThrow();
    await cluster.close();
  });
});
