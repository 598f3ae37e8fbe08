/**
 * npm run test:pg15 [FILES]: the tests that use a database, on Debian's PostgreSQL 15, the oldest that Vejnet runs on.
 * A server in a folder that is thrown away, reached by its socket alone; as root it runs as "nobody".
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fast } from './fast-server.ts';

const root = path.resolve(import.meta.dirname, '..');
const binaries = '/usr/lib/postgresql/15/bin';
/** They are about the packaged server itself. */
const packaged = ['src/platform/db/{embedded,backup}.test.ts', 'src/app/{cli,server}.test.ts'];

if (!existsSync(`${binaries}/postgres`)) {
  console.error('PostgreSQL 15 is not installed, so nothing was tested. On Debian 12: apt-get install --no-install-recommends postgresql-15');
  process.exit(1);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-pg15-'));
const nobody = 65534;
const account = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
const [data, socket] = [path.join(folder, 'data'), path.join(folder, 'socket')];
for (const each of [data, socket]) mkdirSync(each, { mode: 0o700 });
if (account.uid !== undefined) for (const each of [folder, data, socket]) chownSync(each, nobody, nobody);
const as = { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };

let status = 1;
const made = spawnSync(`${binaries}/initdb`, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'], { ...as, encoding: 'utf8' });
if (made.status !== 0) console.error(made.stderr);
else {
  const settings = { ...fast, listen_addresses: '', unix_socket_directories: socket, timezone: 'UTC', log_timezone: 'UTC' };
  const server = spawn(`${binaries}/postgres`, ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])], { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const ready = new Promise<boolean>((resolve) => {
    let log = '';
    server.stderr.on('data', (piece: Buffer) => {
      if (log.length < 10_000) log += piece.toString();
      if (log.includes('ready to accept connections')) resolve(true);
    });
    ended.then(() => {
      if (!log.includes('ready to accept connections')) console.error(log);
      resolve(false);
    });
  });
  if (await ready) {
    const tests = spawn(path.join(root, 'node_modules/.bin/vitest'), ['run', '--project=together', ...packaged.map((each) => `--exclude=${each}`), ...process.argv.slice(2)], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, VEJNET_TEST_SOCKET: socket },
    });
    status = (await once(tests, 'exit'))[0] ?? 1;
    server.kill('SIGINT');
  }
  await ended;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = status;
