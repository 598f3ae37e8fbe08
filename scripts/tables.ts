/** Writes src/platform/db/tables.ts from a freshly migrated database; with --check only says whether it is up to date. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'src/platform/db/tables.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-tables-'));
chmodSync(folder, 0o711); // below a private folder root's data would lie elsewhere and stay behind
const cluster = await openEmbedded(folder);
try {
  const owner = new pg.Client(cluster.connection('postgres', 'admin'));
  await owner.connect();
  await owner.query('create database tables');
  await owner.end();
  const connection = cluster.connection('tables', 'admin');
  await migrate(connection, path.join(root, 'migrations'), 'live');
  const url = `postgres://${connection.user}@localhost/tables?host=${encodeURIComponent(String(connection.host))}`;
  const made = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      '--dialect=postgres',
      `--url=${url}`,
      '--default-schema=vn',
      '--include-pattern=vn.*',
      '--date-parser=string',
      '--type-mapping={"timestamptz":"string","int8":"number","tstzrange":"string","daterange":"string"}',
      '--print',
      '--log-level=error',
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr || made.stdout);
  const text = `${made.stdout.trim()}\n`;
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) throw new Error('src/platform/db/tables.ts is not what the migrations make: run npm run tables');
  } else {
    writeFileSync(target, text);
  }
} finally {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
}
