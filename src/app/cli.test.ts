import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/db/open.ts';
import { type Running, startServer } from './server.ts';

const cli = path.resolve(import.meta.dirname, 'cli.ts');
const made: string[] = [];
/** A data folder of the test's own, which the database's account can walk into. */
function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-cli-'));
  chmodSync(folder, 0o711);
  made.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

interface Said {
  code: number | null;
  out: string;
  err: string;
}
/** Runs one command as the operator would, from another folder. */
const run = (folder: string, ...words: string[]): Promise<Said> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: '/', env: { PATH: process.env.PATH, HOME: process.env.HOME, VEJNET_DATA: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });

const configOf = (folder: string, mode: Config['mode']) => readConfig({ VEJNET_DATA: folder, PORT: '0', VEJNET_HOST: '127.0.0.1' }, '/', mode);
const linkIn = ({ out }: Said) => /http:\/\/localhost:3000\/sign-in#([\w-]{43})\n/.exec(out)?.[1] ?? '';
/** Opens a link at a running server, and says who is then signed in. */
async function open(server: Running, link: string): Promise<{ status: number; session: { person: { email: string } | null; centre: { name: string } | null; hat: { roles: string[] } | null } }> {
  const answer = await fetch(`${server.address}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }) });
  const session = await fetch(`${server.address}/api/session`, { headers: { cookie: String(answer.headers.get('set-cookie')).split(';')[0] ?? '' } });
  return { status: answer.status, session: (await session.json()) as Awaited<ReturnType<typeof open>>['session'] };
}
async function query(folder: string, mode: Config['mode'], sql: string): Promise<Record<string, unknown>[]> {
  const database = await openDatabase(configOf(folder, mode), 'command');
  const owner = new pg.Client(database.admin ?? {});
  try {
    await owner.connect();
    return (await owner.query(sql)).rows;
  } finally {
    await owner.end();
    await database.close();
  }
}

describe('the command line', { timeout: 60_000 }, () => {
  test.each([[[]], [['nonsense']], [['--demo']], [['--demo', 'nonsense']], [['constructor']]])('%j is answered with how to call it, before any database is touched', async (words) => {
    const said = await run(newFolder(), ...words);
    expect(said).toEqual({ code: 1, out: '', err: expect.stringContaining('npm run cli -- [--demo] COMMAND, where COMMAND is one of: sign-in-link, create-centre') });
    expect(said.err.trim().split('\n')).toHaveLength(1);
  });

  test('on a new folder: makes a centre with its administrator, and a link that signs in once, at the server started afterwards', async () => {
    const folder = newFolder();
    expect(await run(folder, 'create-centre', 'proven', 'VEU-center Prøven', 'Region Opdigtet', 'Karen Møller', 'karen@proven.example')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('VEU-center Prøven is there.'),
    });

    const mistakes: [string[], RegExp][] = [
      [['create-centre', 'proven', 'Igen', 'Region Opdigtet', 'Karen', 'karen@proven.example'], /^There is a centre proven already\.\n$/],
      [['create-centre', 'Å', 'Navn', 'Region', 'Karen', 'karen@proven.example'], /^KEY is 2 to 40 small letters/],
      [['create-centre', 'only-a-key'], /^create-centre KEY /],
      [['sign-in-link', 'nobody@proven.example'], /^Nobody has the address nobody@proven\.example\.\n$/],
      [['sign-in-link'], /^sign-in-link ADDRESS\n$/],
    ];
    for (const [words, message] of mistakes) {
      const said = await run(folder, ...words);
      expect({ ...said, words }).toEqual({ code: 1, out: '', err: expect.stringMatching(message), words });
    }
    expect(await query(folder, 'live', 'select count(*)::int centres from vn.centre')).toEqual([{ centres: 1 }]);

    const link = linkIn(await run(folder, 'sign-in-link', 'KAREN@proven.example'));
    const server = await startServer(configOf(folder, 'live'));
    try {
      const first = await open(server, link);
      expect(first).toMatchObject({
        status: 200,
        session: { person: { email: 'karen@proven.example' }, centre: { name: 'VEU-center Prøven' }, hat: { roles: ['administrator', 'data_protection', 'register'] } },
      });
      expect(await open(server, link)).toMatchObject({ status: 403, session: { person: null } });

      // While the server runs, a command joins its database.
      expect(await run(folder, 'create-centre', 'anden', 'VEU-center Anden', 'Region Opdigtet', 'Ida Sand', 'ida@anden.example')).toMatchObject({ code: 0 });
      expect((await open(server, linkIn(await run(folder, 'sign-in-link', 'ida@anden.example')))).session).toMatchObject({
        person: { email: 'ida@anden.example' },
        centre: { name: 'VEU-center Anden' },
      });
      expect(await query(folder, 'live', `select count(*)::int regions, (select count(*)::int from vn.sign_in_token where expires_at - created_at = interval '1 hour') tokens from vn.region`)).toEqual(
        [{ regions: 1, tokens: 2 }],
      );
      expect((await fetch(`${server.address}/readyz`)).status, 'the command left the database running').toBe(200);
    } finally {
      await server.stop();
    }
  });

  test('in a demonstration, time is the demonstration’s: a link holds for its hour, and a new administrator begins on its day', async () => {
    const folder = newFolder();
    const server = await startServer(configOf(folder, 'demonstration'));
    try {
      const said = await run(folder, '--demo', 'sign-in-link', 'anna@fjordegnen.example');
      expect(said).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Anna Holm signs in here, once, within an hour:') });
      const [kept] = await query(
        folder,
        'demonstration',
        `select extract(epoch from expires_at - (now() + make_interval(secs => clock_offset_seconds)))::int seconds from vn.sign_in_token, vn.instance order by expires_at desc`,
      );
      expect(Number(kept?.seconds)).toBeGreaterThan(3500);
      expect(Number(kept?.seconds)).toBeLessThanOrEqual(3600);
      expect((await open(server, linkIn(said))).session).toMatchObject({ person: { email: 'anna@fjordegnen.example' } });

      await run(folder, '--demo', 'create-centre', 'ny', 'Ny', 'Region Opdigtet', 'Mia', 'mia@ny.example');
      expect((await open(server, linkIn(await run(folder, '--demo', 'sign-in-link', 'mia@ny.example')))).session).toMatchObject({ person: { email: 'mia@ny.example' }, centre: { name: 'Ny' } });
      expect(await run(folder, 'sign-in-link', 'anna@fjordegnen.example'), 'without --demo it is no real centre').toMatchObject({ code: 1, err: expect.stringContaining('made by a demonstration') });
    } finally {
      await server.stop();
    }
  });
});

describe('import-companies', () => {
  test('reads a CVR file into a centre: previewed first, then written; what it refuses is counted', async () => {
    const folder = newFolder();
    await run(folder, 'create-centre', 'vest', 'Center Vest', 'Region Prøve', 'Kit Kvist', 'kit@vest.example');
    const sample = path.resolve(import.meta.dirname, '../../demo/sample-cvr.json');
    const looked = await run(folder, 'import-companies', sample, '--centre', 'vest', '--preview');
    expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('642 rows: 640 new, 0 changed, 0 the same, 2 refused (1 with a doubtful P-number).') });
    expect(await query(folder, 'live', 'select count(*)::int from vn.company')).toEqual([{ count: 0 }]);
    expect(await run(folder, 'import-companies', sample, '--centre', 'vest')).toMatchObject({ code: 0, out: expect.stringContaining('Written.') });
    expect(await query(folder, 'live', 'select count(*)::int from vn.company')).toEqual([{ count: 320 }]);
  });

  test('says in one sentence what is missing', async () => {
    const folder = newFolder();
    for (const words of [[], ['x.csv'], ['x.csv', '--centre', 'vest', '--scheme', 'DB99'], ['x.csv', '--centre', 'vest', '--unknown']]) {
      expect(await run(folder, 'import-companies', ...words)).toMatchObject({ code: 1, err: expect.stringMatching(/^import-companies FILE --centre KEY/) });
    }
    expect(await run(folder, 'import-companies', 'nowhere.csv', '--centre', 'vest')).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') });
    expect(await run(folder, 'import-companies', cli, '--centre', 'vest')).toMatchObject({ code: 1, err: 'There is no centre vest.\n' });
  });
});
