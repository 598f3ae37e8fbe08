import { chownSync, existsSync, readdirSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { databasePlace } from './embedded.ts';

/** What of a data folder is made anew at every start; their folders must be there, their contents must not. */
const emptied = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const leftOut = /^(postmaster\.(pid|opts)|socket|pgsql_tmp.*|backup_label.*|tablespace_map)$/;
const manifestName = 'vejnet-backup.json';

export class BackupError extends Error {}

interface Manifest {
  /** When it was finished: everything that was committed by then is in it. */
  at: string;
  /** The PostgreSQL that can read it, "18". */
  postgres: string;
  mode: 'live' | 'demonstration';
}

/** A file may go while the folder is being read: PostgreSQL's log of changes says so too, and makes good for it. */
async function copyTree(from: string, to: string, root = true): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of await readdir(from)) {
    if (leftOut.test(name)) continue;
    const [source, target] = [path.join(from, name), path.join(to, name)];
    try {
      const found = await lstat(source);
      if (found.isDirectory()) {
        if (root && emptied.has(name)) await mkdir(target, { recursive: true, mode: 0o700 });
        else await copyTree(source, target, false);
      } else if (found.isFile()) await cp(source, target, { preserveTimestamps: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/**
 * Copies the packaged database of a data folder while it is in use, without pg_dump or pg_basebackup, which are not packaged: PostgreSQL's own low-level
 * backup (documentation, "Making a base backup using the low level API"). A temporary slot keeps the log of changes until all of it is copied.
 * @param admin the owner's connection to the running database
 * @param target a folder that does not exist yet or is empty
 */
export async function backUp(admin: pg.ClientConfig, folder: string, target: string, mode: Manifest['mode'], now: () => Date): Promise<Manifest> {
  if (existsSync(target) && readdirSync(target).length > 0) throw new BackupError(`${target} is not empty. Name a new folder for every backup.`);
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const version = await client.query<{ version: string; data: string }>(`select split_part(current_setting('server_version'), '.', 1) version, current_setting('data_directory') "data"`);
    const { version: postgres = '', data = '' } = version.rows[0] ?? {};
    if ((await realpath(path.join(folder, 'postgres'))) !== (await realpath(data)))
      throw new BackupError('This backs up the packaged database. With your own PostgreSQL use pg_dump (docs/operations.md).');
    await mkdir(target, { recursive: true, mode: 0o700 });
    await client.query(`select pg_create_physical_replication_slot('vejnet_backup_' || pg_backend_pid(), true, true)`);
    const begun = await client.query<{ log: string }>(`select pg_walfile_name(pg_backup_start('vejnet', true)) log`);
    await copyTree(data, path.join(target, 'postgres'));
    const stopped = await client.query<{ labelfile: string; log: string }>('select labelfile, pg_walfile_name(lsn) log from pg_backup_stop(false)');
    const [from = '', to = ''] = [begun.rows[0]?.log, stopped.rows[0]?.log];
    await writeFile(path.join(target, 'postgres', 'backup_label'), stopped.rows[0]?.labelfile ?? '', { mode: 0o600 });
    const at = now().toISOString();
    // Copied last: the log must reach from where the copy began to where it ended. What lies there besides, of before or made ready for later, would double the copy.
    for (const name of await readdir(path.join(data, 'pg_wal')))
      if (/^[0-9A-F]{24}$/.test(name) && name >= from && name <= to) await cp(path.join(data, 'pg_wal', name), path.join(target, 'postgres', 'pg_wal', name));
    if (existsSync(path.join(folder, 'files'))) await cp(path.join(folder, 'files'), path.join(target, 'files'), { recursive: true });
    if (existsSync(path.join(folder, 'key'))) await cp(path.join(folder, 'key'), path.join(target, 'key'));
    const manifest: Manifest = { at, postgres, mode };
    // Written when all is there: a backup without it was broken off.
    await writeFile(path.join(target, manifestName), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
    return manifest;
  } finally {
    await client.end();
  }
}

/**
 * Puts a backup into an empty data folder; the next start plays the log of changes back and goes on from there.
 * @throws BackupError when the backup is none or was broken off, is of the other mode, or the folder holds a database already
 */
export async function restore(source: string, folder: string, mode: Manifest['mode']): Promise<Manifest> {
  const written = await readFile(path.join(source, manifestName), 'utf8').catch(() => null);
  if (written === null) throw new BackupError(`${source} holds no finished backup: ${manifestName} is missing.`);
  const manifest = JSON.parse(written) as Manifest;
  if (manifest.mode !== mode)
    throw new BackupError(mode === 'demonstration' ? 'This is a backup of a real centre, not of a demonstration.' : 'This is a backup of a demonstration. Restore it with --demo.');
  const { data, account } = databasePlace(folder);
  if (readdirSync(data).length > 0) throw new BackupError(`${folder} holds a database already. Restore into an empty folder (VEJNET_DATA).`);
  await cp(path.join(source, 'postgres'), data, { recursive: true, preserveTimestamps: true });
  if (account !== null) giveTo(account, data);
  for (const name of await readdir(source)) if (name !== 'postgres' && name !== manifestName) await cp(path.join(source, name), path.join(folder, name), { recursive: true, preserveTimestamps: true });
  return manifest;
}

/** Everything below it belongs to the account that PostgreSQL runs as. */
function giveTo(uid: number, target: string): void {
  chownSync(target, uid, uid);
  for (const each of readdirSync(target, { withFileTypes: true })) {
    const inner = path.join(target, each.name);
    if (each.isDirectory()) giveTo(uid, inner);
    else chownSync(inner, uid, uid);
  }
}
