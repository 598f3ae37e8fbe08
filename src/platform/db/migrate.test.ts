import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
});
