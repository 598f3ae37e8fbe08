import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openEmbedded } from './embedded.ts';

const opener = path.resolve(import.meta.dirname, '../../../tests/support/open-embedded.ts');
const isRoot = process.getuid?.() === 0;
/** The account "daemon": every system has it and it owns nothing here (initdb wants an account with a name). */
const stranger = 1;
const made: string[] = [];

/** A folder that the database's account can walk into, unless `mode` says otherwise. */
function newFolder(mode = 0o711): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-embedded-'));
  chmodSync(folder, mode);
  made.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

type Opened = { claimed: boolean; socket: string; answered: boolean; uid: number };
async function openElsewhere(
  folder: string,
  then: 'wait' | 'leave',
  account: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcessByStdio<Writable, Readable, Readable>; said: Opened }> {
  const child = spawn(process.execPath, [opener, folder, then], { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', ...account });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  for await (const line of createInterface(child.stdout)) return { child, said: JSON.parse(line) as Opened };
  throw new Error(`the other process said nothing: ${complaint}`);
}

const serverOf = (folder: string) => Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
const isStopped = (folder: string) => !existsSync(path.join(folder, 'postgres/postmaster.pid'));
/** Whether an account that owns nothing may walk down to `target`. */
function openToAll(target: string): boolean {
  for (let at = target; at !== path.dirname(at); at = path.dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false;
  return true;
}

describe('the embedded database', { timeout: 30_000 }, () => {
  test('starts, is joined, serves one server only, outlives a killed parent, and stops with the last one out', async () => {
    const folder = newFolder();
    const first = await openEmbedded(folder);
    const socket = first.connection('postgres', 'admin').host;
    expect(await first.claimForServer()).toBe(true);
    expect(statSync(String(socket)).mode & 0o777, 'the socket’s folder is private').toBe(0o700);

    const second = await openEmbedded(folder);
    expect(second.connection('postgres', 'admin').host, 'a second opener joins').toBe(socket);
    expect(await second.claimForServer(), 'a second server in this process').toBe(false);
    const { said, child } = await openElsewhere(folder, 'leave');
    expect(said, 'another process joins, but is refused as a server').toMatchObject({ claimed: false, socket, answered: true });
    await once(child, 'exit');

    await first.close();
    expect(isStopped(folder), 'somebody is still here').toBe(false);
    expect(await second.claimForServer(), 'the server’s place is free again').toBe(true);
    await second.close();
    expect(isStopped(folder), 'the last one out stops it').toBe(true);

    const parent = await openElsewhere(folder, 'wait');
    expect(parent.said).toMatchObject({ claimed: true, answered: true });
    const server = serverOf(folder);
    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');
    const heir = await openEmbedded(folder);
    expect(serverOf(folder), 'the running server is adopted, not started anew').toBe(server);
    // The killed process's connection ends when the server notices, a moment later.
    await vi.waitFor(async () => expect(await heir.claimForServer()).toBe(true), { timeout: 5000, interval: 10 });
    await heir.close();
    expect(isStopped(folder)).toBe(true);
  });

  test('what was committed is there after the server itself was killed', async () => {
    const folder = newFolder();
    const before = await openEmbedded(folder);
    const client = new pg.Client(before.connection('postgres', 'admin'));
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table kept (id int); insert into kept values (7)');
    process.kill(serverOf(folder), 'SIGKILL');
    await client.end().catch(() => undefined);
    await before.close(); // the database is gone: closing says nothing and does not hang
    const after = await openEmbedded(folder);
    const again = new pg.Client(after.connection('postgres', 'admin'));
    await again.connect();
    expect((await again.query('select id from kept')).rows).toEqual([{ id: 7 }]);
    await again.end();
    await after.close();
  });

  test('killed under its users it is started again, and the server’s place stays the server’s', async () => {
    const folder = newFolder();
    const lost: Error[] = [];
    const server = await openEmbedded(folder, {}, (error) => lost.push(error));
    const command = await openElsewhere(folder, 'wait');
    expect(command.said).toMatchObject({ claimed: true });
    expect(await server.claimForServer()).toBe(false);
    command.child.stdin.end();
    await once(command.child, 'exit');
    expect(await server.claimForServer()).toBe(true);
    const beside = await openEmbedded(folder);
    for (let round = 0; round < 2; round += 1) {
      const killed = serverOf(folder);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(
        async () => {
          const client = new pg.Client(server.connection('postgres', 'admin'));
          await client.connect();
          const places = await client.query('select count(*)::int users, count(*) filter (where mode = $1)::int servers from pg_locks where locktype = $2', ['ExclusiveLock', 'advisory']);
          await client.end();
          expect(places.rows, 'both users and the server are back').toEqual([{ users: 3, servers: 1 }]);
        },
        { timeout: 15_000, interval: 50 },
      );
      expect(serverOf(folder)).not.toBe(killed);
      const passing = await openElsewhere(folder, 'leave');
      expect(passing.said, 'another server is still refused').toMatchObject({ claimed: false, answered: true });
      // One that is still leaving counts as a user, and would be the last one out.
      if (passing.child.exitCode === null) await once(passing.child, 'exit');
    }
    await beside.close();
    expect(isStopped(folder)).toBe(false);
    await server.close();
    expect(isStopped(folder), 'the last one out stops it, and it stays stopped').toBe(true);
    expect(lost).toEqual([]);
  });

  test('a server whose folder another one took while the database was down is told so', async () => {
    const folder = newFolder();
    let told: (error: Error) => void = () => undefined;
    const lost = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const [first, second] = [await openEmbedded(folder, {}, told), await openEmbedded(folder)];
    expect(await first.claimForServer()).toBe(true);
    // Somebody waits for the server's place while the first one's presence ends.
    const [heir, owner] = [new pg.Client(second.connection('postgres', 'admin')), new pg.Client(second.connection('postgres', 'admin'))];
    await Promise.all([heir.connect(), owner.connect()]);
    const held = await owner.query(`select pid, objid from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'`);
    const taken = heir.query('select pg_advisory_lock($1)', [held.rows[0].objid]);
    await vi.waitFor(async () => expect((await owner.query('select from pg_locks where not granted')).rowCount).toBe(1), { timeout: 5000, interval: 10 });
    await owner.query('select pg_terminate_backend($1)', [held.rows[0].pid]);
    await taken;
    expect((await lost).message).toMatch(/another Vejnet server has taken it over/);
    await Promise.all([heir.end(), owner.end()]);
    await first.close();
    await second.close();
    expect(isStopped(folder)).toBe(true);
  });

  test('what a dead one wrote about itself stops nobody, even where another process has its number by now and the socket is still there', async () => {
    const folder = newFolder();
    const before = await openEmbedded(folder);
    const written = path.join(folder, 'postgres/postmaster.pid');
    const kept = readFileSync(written, 'utf8').split('\n');
    await before.close();
    // Of the database's own account, as after a container was killed: PostgreSQL by itself would take it for another PostgreSQL.
    const stranger = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', ...(isRoot ? { uid: 65534, gid: 65534 } : {}) });
    await once(stranger, 'spawn');
    writeFileSync(written, [String(stranger.pid), ...kept.slice(1)].join('\n'), { mode: 0o600 });
    writeFileSync(path.join(String(kept[4]), '.s.PGSQL.5432'), '');
    if (isRoot) chownSync(written, 65534, 65534);
    const after = await openEmbedded(folder);
    expect(serverOf(folder)).not.toBe(stranger.pid);
    expect(await after.claimForServer()).toBe(true);
    await after.close();
    expect(stranger.exitCode, 'the stranger was left alone').toBeNull();
    stranger.stdin?.end();
    await once(stranger, 'exit');
  });

  test.skipIf(!isRoot)('below a private folder it runs for root too (tried only as root)', async () => {
    const folder = newFolder(0o700);
    const cluster = await openEmbedded(path.join(folder, 'data'));
    const place = path.join(folder, 'data/postgres');
    made.push(realpathSync(place));
    expect(lstatSync(place).isSymbolicLink(), 'the data lie where the database’s account can reach them').toBe(true);
    expect(statSync(realpathSync(place)).mode & 0o777).toBe(0o700);
    expect(await cluster.claimForServer()).toBe(true);
    await cluster.close();
    expect(isStopped(path.join(folder, 'data'))).toBe(true);
  });

  test.skipIf(isRoot && !openToAll(path.resolve(import.meta.dirname)))(
    'an ordinary user runs it in a private folder, however long its name (as root: only where this checkout is readable to all)',
    async () => {
      const mine = newFolder(0o700);
      const folder = path.join(mine, 'a-folder-with-a-rather-long-name'.repeat(3));
      mkdirSync(folder);
      const account = isRoot ? { uid: stranger, gid: stranger } : {};
      if (isRoot) for (const each of [mine, folder]) chownSync(each, stranger, stranger);
      const { said, child } = await openElsewhere(folder, 'leave', account);
      made.push(said.socket);
      expect(said).toMatchObject({ claimed: true, answered: true, uid: isRoot ? stranger : process.getuid?.() });
      expect(Buffer.byteLength(`${said.socket}/.s.PGSQL.5432`)).toBeLessThan(108);
      await once(child, 'exit');
      expect(child.exitCode).toBe(0);
      expect(isStopped(folder)).toBe(true);
    },
  );
});
