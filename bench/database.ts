/** A database of a bench's own: the packaged server in a new folder, migrated, gone at the end. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';

export async function benchDatabase(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-bench-'));
  chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
  const cluster = await openEmbedded(folder, settings);
  const connect = async (as: 'admin' | 'app', database = 'bench') => {
    const client = new pg.Client(cluster.connection(database, as));
    await client.connect();
    return client;
  };
  const first = await connect('admin', 'postgres');
  await first.query('create database bench');
  await first.end();
  await migrate(cluster.connection('bench', 'admin'), path.resolve(import.meta.dirname, '../migrations'), 'live');
  const admin = await connect('admin');
  const close = async () => {
    await admin.end();
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, cluster, connect, admin, close };
}
