import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientOf, connectionTo, dropDatabase, scratchDatabase } from '../../../tests/support/scratch.ts';
import { migrate, migrationsIn, missingMigrations } from './migrate.ts';

const base = { 'platform-20260101-01-base.sql': 'create schema vn; create table vn.instance (only_row boolean primary key default true, kind text not null)' };
let folder: string;
let database: string;
let owner: pg.Client;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-migrations-'));
  database = await scratchDatabase('empty');
  owner = await clientOf(database, 'admin');
});
afterEach(async () => {
  await owner.end();
  await dropDatabase(database);
  rmSync(folder, { recursive: true, force: true });
});

const put = (files: Record<string, string>) => {
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql);
};
const run = () => migrate(connectionTo(database, 'admin'), folder, 'live');

describe('migrations', () => {
  test('run once, by date across modules and not by the module’s name; a second run does nothing', async () => {
    put({ ...base, 'zebra-20260101-02-first.sql': 'create table vn.a (id int)', 'alpha-20260102-01-second.sql': 'alter table vn.a add b int' });
    expect(await missingMigrations(connectionTo(database, 'admin'), folder)).toHaveLength(3);
    expect(await run()).toEqual(['platform-20260101-01-base.sql', 'zebra-20260101-02-first.sql', 'alpha-20260102-01-second.sql']);
    expect(await run()).toEqual([]);
    expect(await missingMigrations(connectionTo(database, 'admin'), folder)).toEqual([]);
  });

  test('one that has changed after it was run is refused, and nothing is run after it', async () => {
    put(base);
    await run();
    put({ 'platform-20260101-01-base.sql': `${base['platform-20260101-01-base.sql']};`, 'zebra-20260101-02-late.sql': 'create table vn.late (id int)' });
    await expect(run()).rejects.toThrow('platform-20260101-01-base.sql has changed after it was run');
    expect((await owner.query(`select to_regclass('vn.late') late`)).rows[0].late).toBeNull();
  });

  test.each(['base.sql', 'platform-2026-01-base.sql', 'Platform-20260101-01-base.sql', 'platform-20260101-1-base.sql', 'platform-20260101-01-base two.sql'])('the name %s is refused', (name) => {
    put({ [name]: '' });
    expect(() => migrationsIn(folder)).toThrow(`${name}: a migration is named`);
  });

  test('one that fails leaves nothing of itself behind and is named', async () => {
    put({ ...base, 'zebra-20260101-02-half.sql': 'create table vn.half (id int); select 1 / 0' });
    await expect(run()).rejects.toThrow('zebra-20260101-02-half.sql: division by zero');
    expect((await owner.query(`select to_regclass('vn.half') half`)).rows[0].half).toBeNull();
    put({ 'zebra-20260101-02-half.sql': 'create table vn.half (id int)' });
    expect(await run()).toEqual(['zebra-20260101-02-half.sql']);
  });

  test('five processes migrating at once run each migration once', async () => {
    put({ ...base, 'zebra-20260101-02-first.sql': 'create table vn.a (id int)' });
    const runs = await Promise.all(Array.from({ length: 5 }, run));
    expect(runs.flat().sort()).toEqual(['platform-20260101-01-base.sql', 'zebra-20260101-02-first.sql']);
  });

  test('a database stays of the kind it was made as', async () => {
    put(base);
    await run();
    await migrate(connectionTo(database, 'admin'), folder, 'demonstration');
    expect((await owner.query('select kind from vn.instance')).rows).toEqual([{ kind: 'live' }]);
  });

  test('the database that a newer version used is refused in plain words, by its owner and by the application’s login, and nothing is changed', async () => {
    put({ ...base, 'zebra-20260101-02-first.sql': 'create table vn.a (id int)', 'zebra-20260301-09-later.sql': 'create table vn.later (id int)' });
    await run();
    rmSync(path.join(folder, 'zebra-20260301-09-later.sql'));
    put({ 'zebra-20260201-03-between.sql': 'create table vn.between (id int)' });
    const words = /used by a newer Vejnet: it has a migration that this version does not know \(zebra-20260301-09-later\.sql\)\. Start the newer version, or restore the backup/;
    await expect(run()).rejects.toThrow(words);
    expect((await owner.query(`select to_regclass('vn.between') between`)).rows[0].between).toBeNull();
    await owner.query('grant select on public.vejnet_migration to vn_app');
    await expect(missingMigrations(connectionTo(database, 'app'), folder)).rejects.toThrow(words);
  });

  describe('one that is ended on its way', () => {
    /** Waits for a lock that the test holds, after half of its work. */
    const slow = { ...base, 'zebra-20260101-02-first.sql': 'create table vn.a (id int)', 'zebra-20260101-03-slow.sql': 'create table vn.half (id int); select pg_advisory_xact_lock(77)' };
    const halfway = () =>
      vi
        .waitFor(async () => expect((await owner.query('select pid from pg_locks where not granted and objid = 77')).rowCount).toBe(1), { timeout: 10_000, interval: 10 })
        .then(async () => {
          return Number((await owner.query('select pid from pg_locks where not granted and objid = 77')).rows[0].pid);
        });
    const found = async () => (await owner.query(`select to_regclass('vn.a')::text a, to_regclass('vn.half')::text half, (select count(*)::int from public.vejnet_migration) done`)).rows[0];
    beforeEach(async () => {
      put(slow);
      await owner.query('select pg_advisory_lock(77)');
    });

    test('its connection cut: it is named, the database is as before it, and the next start goes on there', async () => {
      const running = run();
      const refused = expect(running).rejects.toThrow(/^zebra-20260101-03-slow\.sql: terminating connection/);
      await owner.query('select pg_terminate_backend($1)', [await halfway()]);
      await refused;
      expect(await found()).toEqual({ a: 'vn.a', half: null, done: 2 });
      await owner.query('select pg_advisory_unlock(77)');
      expect(await run()).toEqual(['zebra-20260101-03-slow.sql']);
    });

    test('its process killed, while another start waits for its turn: the database is as before it, and the one that waits goes on there', async () => {
      const program = `const { migrate } = await import(${JSON.stringify(path.resolve(import.meta.dirname, 'migrate.ts'))}); await migrate(${JSON.stringify(connectionTo(database, 'admin'))}, ${JSON.stringify(folder)}, 'live');`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
      await halfway();
      const next = run();
      await vi.waitFor(async () => expect((await owner.query(`select from pg_locks where not granted and locktype = 'advisory'`)).rowCount).toBe(2), { timeout: 10_000, interval: 10 });
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await found()).toEqual({ a: 'vn.a', half: null, done: 2 });
      await owner.query('select pg_advisory_unlock(77)');
      expect(await next).toEqual(['zebra-20260101-03-slow.sql']);
      expect(await found()).toEqual({ a: 'vn.a', half: 'vn.half', done: 3 });
    });
  });
});
