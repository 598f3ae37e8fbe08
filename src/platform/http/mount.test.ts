import { randomUUID } from 'node:crypto';
import net, { type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testApp } from '../../../tests/support/app.ts';
import { testClock } from '../../../tests/support/clock.ts';
import { makeCentre } from '../../../tests/support/factory.ts';
import { endpoint, refuse } from '../../kit/endpoint.ts';
import { connect } from '../db/connect.ts';
import { httpApp } from './app.ts';
import type { Context } from './context.ts';
import { route } from './mount.ts';

const shared = { access: 'signed-in', status: 200, output: z.strictObject({ ok: z.boolean() }), summary: 'made for this test', example: { output: { ok: true } } } as const;
const post = (name: string) => endpoint({ ...shared, name, method: 'POST', path: `/api/${name}` });
const audited = (context: Context) => context.audit('test.written', null);

const readOne = endpoint({ ...shared, name: 'readOne', method: 'GET', path: '/api/one/{one}', params: z.object({ one: z.guid() }) });
const editOne = endpoint({
  ...shared,
  name: 'editOne',
  method: 'PUT',
  path: '/api/one/{one}',
  params: z.object({ one: z.guid() }),
  body: z.strictObject({ name: z.string() }),
  edits: true,
  output: z.strictObject({ version: z.number() }),
  example: {},
});
const refuseAfterWriting = endpoint({ ...shared, name: 'refuseAfterWriting', method: 'POST', path: '/api/refuseAfterWriting', errors: { too_late: 409 } });

const app = await testApp({
  routes: [
    route(post('write'), async (context) => {
      await audited(context);
      return { ok: true };
    }),
    route(post('answerOutside'), async (context) => {
      await audited(context);
      return { ok: true, secret: 'not in the contract' } as unknown as { ok: boolean };
    }),
    route(post('fail'), async (context) => {
      await audited(context);
      throw new Error('secret detail');
    }),
    route(refuseAfterWriting, async (context) => {
      await audited(context);
      throw refuse(refuseAfterWriting, 'too_late');
    }),
    route(post('swallow'), async (context) => {
      await audited(context);
      await sql`select 1 / 0`.execute(context.tx).catch(() => undefined);
      return { ok: true };
    }),
    route(post('signInThenFail'), async (context) => {
      context.setSession('a token');
      throw new Error('after setting the session');
    }),
    route(post('forbiddenByDatabase'), async ({ tx }) => {
      await sql`select * from vn.session`.execute(tx);
      return { ok: true };
    }),
    route(readOne, async (context) => {
      await audited(context);
      return { ok: true };
    }),
    route(editOne, async ({ version }) => ({ version })),
  ],
});
const { anna } = await makeCentre(app);
const written = async () => (await app.owner.query(`select from vn.audit where event = 'test.written'`)).rowCount;
const oneUrl = `/api/one/${randomUUID()}`;

describe('one transaction per request', () => {
  test('what a handler wrote is there when its answer arrives', async () => {
    const before = (await written()) ?? 0;
    expect(await app.request(anna).post('/api/write')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await written()).toBe(before + 1);
  });

  test('an answer outside the contract is a fault of ours: 500 "internal", nothing leaks, and what was written is undone', async () => {
    const before = await written();
    const answer = await app.request(anna).post('/api/answerOutside');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal', status: 500 } });
    expect(answer.text).not.toContain('secret');
    expect(await written()).toBe(before);
    expect(app.faults.splice(0).map(String)).toEqual([expect.stringContaining('answerOutside answered outside its contract')]);
  });

  test('a handler that throws undoes what it wrote, and its words stay inside', async () => {
    const before = await written();
    const answer = await app.request(anna).post('/api/fail', undefined, { 'idempotency-key': randomUUID() });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
    expect(await written()).toBe(before);
    expect(app.faults.splice(0).map(String)).toEqual(['Error: secret detail']);
  });

  test('a refusal undoes what was written before it and is no fault', async () => {
    const before = await written();
    expect(await app.request(anna).post('/api/refuseAfterWriting')).toMatchObject({ status: 409, body: { code: 'too_late' } });
    expect(await written()).toBe(before);
  });

  test('a database error that a handler swallowed is not answered as success: nothing was committed', async () => {
    const before = await written();
    expect((await app.request(anna).post('/api/swallow')).status).toBe(500);
    expect(await written()).toBe(before);
    expect(app.faults.splice(0).map(String)).toEqual(['Error: the transaction had failed before COMMIT']);
  });

  test('no session cookie is handed out by a request that was rolled back', async () => {
    const answer = await app.request(anna).post('/api/signInThenFail');
    expect(answer).toMatchObject({ status: 500, cookies: [] });
    app.faults.splice(0);
  });

  test('a GET cannot write: its transaction is read only', async () => {
    const before = await written();
    expect((await app.request(anna).get(oneUrl)).status).toBe(500);
    expect(await written()).toBe(before);
    expect(app.faults.splice(0).map(String)).toEqual([expect.stringContaining('read-only transaction')]);
  });

  test('what the database forbids is 403, not a fault', async () => {
    expect(await app.request(anna).post('/api/forbiddenByDatabase')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('after 30 faults the connections still serve: none is left in a failed transaction', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => app.request(anna).post(index % 2 ? '/api/swallow' : '/api/fail')));
    app.faults.splice(0);
    const answers = await Promise.all(Array.from({ length: 30 }, () => app.request(anna).post('/api/write')));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  });
});

describe('what an edit saw', () => {
  test('an edit without the version it saw is refused with 428; with it, the handler gets the number', async () => {
    expect(await app.request(anna).put(oneUrl, { name: 'x' })).toMatchObject({ status: 428, body: { code: 'version_required' } });
    expect(await app.request(anna).put(oneUrl, { name: 'x' }, { 'if-match': '3' })).toMatchObject({ status: 428 });
    expect(await app.request(anna).put(oneUrl, { name: 'x' }, { 'if-match': '"3"' })).toMatchObject({ status: 200, body: { version: 3 } });
  });

  test('an id that is none is refused, naming the parameter', async () => {
    expect(await app.request(anna).put('/api/one/7', { name: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 400, body: { fields: [{ path: 'one' }] } });
  });

  test('401 comes before anything about the request itself', async () => {
    expect((await app.request(null).put('/api/one/7', {})).status).toBe(401);
  });
});

test('when the database is gone every endpoint says 503 and when to come back, and health says which half is ill', async () => {
  const gone = connect({ host: '/nowhere', database: 'vejnet', user: 'vn_app' });
  const faults: unknown[] = [];
  const server = await httpApp(
    {
      db: gone.db,
      clock: testClock('2026-11-17T09:00:00+01:00'),
      url: new URL('http://localhost:3000'),
      jobs: app.jobs,
      files: app.files,
      keyedHash: app.room.keyedHash,
      outside: app.room.outside,
      intake: null,
    },
    [route(post('write'), async () => ({ ok: true }))],
    (error) => faults.push(error),
  );
  const answer = await server.inject({ method: 'POST', url: '/api/write', headers: { cookie: 'vejnet=x' } });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'unavailable' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await server.inject('/readyz')).statusCode).toBe(503);
  expect((await server.inject('/healthz')).statusCode).toBe(200);
  expect(faults, 'told to the log, which knows it for what it is').toEqual([expect.objectContaining({ code: 'ENOENT', syscall: 'connect' })]);
  await server.close();
  await gone.db.destroy();
});

test('behind https the session cookie is secure and host-bound, on plain http it still works', async () => {
  const signIn = route(post('signIn'), async (context) => {
    context.setSession('a token');
    return { ok: true };
  });
  const secure = await httpApp(
    { db: app.db, clock: app.clock, url: new URL('https://vejnet.example.dk'), jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null },
    [signIn],
    (error) => app.faults.push(error),
  );
  const answer = await secure.inject({ method: 'POST', url: '/api/signIn', headers: { cookie: `__Host-vejnet=${anna.token}` } });
  expect(answer.cookies).toEqual([expect.objectContaining({ name: '__Host-vejnet', secure: true, httpOnly: true, path: '/' })]);
  expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  await secure.close();
});

test('of two requests that wait for each other PostgreSQL ends one; it is done again, and both succeed', async () => {
  const { centreId } = anna;
  const crossing = route({ ...post('crossing'), body: z.object({ other: z.boolean().optional() }) }, async (context, input) => {
    const [first, second] = input.body.other ? ['b', 'a'] : ['a', 'b'];
    for (const name of [first, second]) {
      await sql`select pg_advisory_xact_lock(hashtext(${`${centreId}${name}`}))`.execute(context.tx);
      // Each holds its first lock until the other holds one too; after the lost race nobody is in the way.
      if (name === first && (meeting.count += 1) <= 2) await meeting.both(meeting.count);
    }
    return { ok: true };
  });
  const meeting = {
    count: 0,
    release: () => undefined as undefined,
    both(count: number) {
      if (count === 2) return void meeting.release();
      return new Promise<void>((resolve) => {
        meeting.release = () => void resolve();
      });
    },
  };
  const server = await httpApp(
    { db: app.db, clock: app.clock, url: new URL('http://localhost:3000'), jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null },
    [crossing],
    (error) => app.faults.push(error),
  );
  const send = (payload: object) => server.inject({ method: 'POST', url: '/api/crossing', headers: { cookie: `vejnet=${anna.token}` }, payload });
  const answers = await Promise.all([send({}), send({ other: true })]);
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200]);
  await server.close();
});

describe('a file that goes out', () => {
  const endless = endpoint({ ...shared, name: 'endless', method: 'GET', path: '/api/endless', download: 'text/plain; charset=utf-8', output: z.string(), example: {} });
  const open = async () => (await app.owner.query(`select count(*)::int n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`)).rows[0].n as number;
  /** Asks for a file without end and does with it what `reads` says, until the server has had enough or the reader has. */
  async function ask(patience: { still: number; whole: number }, reads: (socket: net.Socket) => void) {
    const { db } = app;
    let ended = false;
    const told: unknown[] = [];
    const server = await httpApp(
      { db, clock: app.clock, url: new URL('http://localhost:3000'), jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null, patience },
      [
        route(endless, async () => {
          async function* pieces() {
            try {
              for (;;) yield 'x'.repeat(60_000);
            } finally {
              ended = true;
            }
          }
          return pieces() as unknown as string;
        }),
      ],
      (error) => told.push(error),
    );
    await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = net.connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /api/endless HTTP/1.1\r\nhost: localhost\r\ncookie: vejnet=${anna.token}\r\n\r\n`);
    reads(socket);
    while (!ended) await app.owner.query('select');
    while ((await open()) > 0);
    socket.destroy();
    await server.close();
    return told;
  }

  test('whoever takes nothing of it is left, and the connection of the database is free again', async () => {
    expect(await ask({ still: 50, whole: 60_000 }, (socket) => void socket.pause())).toEqual([]);
  });
  test('whoever takes it for ever, too', async () => {
    expect(await ask({ still: 60_000, whole: 100 }, (socket) => void socket.resume())).toEqual([]);
  });
  test('whoever hangs up in the middle, at once; that is no fault of ours', async () => {
    expect(await ask({ still: 60_000, whole: 60_000 }, (socket) => void socket.once('data', () => socket.destroy()))).toEqual([]);
  });
});
