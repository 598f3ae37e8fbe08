import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { testApp } from '../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../tests/support/companies.ts';
import { makeCentre } from '../../../tests/support/factory.ts';
import { connectionTo } from '../../../tests/support/scratch.ts';
import { problemWords } from '../../app/problem-words.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { httpApp } from '../http/app.ts';
import { route } from '../http/mount.ts';
import { connect } from './connect.ts';
import { outageOf, outages } from './outages.ts';

const app = await testApp();
const made = await makeCentre(app);
const { anna, camilla, karen } = made;

const team = (name: string) => ({ name, market: '', members: [] });
const addTeam = (name: string, key = randomUUID()) => app.request(camilla).post('/api/teams', team(name), { 'idempotency-key': key });
const refusal = (code: string) => ({
  status: 503,
  headers: expect.objectContaining({ 'retry-after': '10', 'content-type': 'application/problem+json; charset=utf-8' }),
  body: { type: `urn:vejnet:problem:${code}`, status: 503, code },
});
const ready = async () => (await app.request(null).get('/readyz')).body;
const figure = async (kind: string) => Number(new RegExp(`^vejnet_outages_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec((await app.request(null).get('/metrics')).text)?.[1]);
/** What the log said of outages of one kind. */
const told = (kind: string) => app.lines.filter((line) => JSON.parse(line).outage === kind);
/** As when PostgreSQL goes away for a moment: every connection of the servers ends, and the next ones find what was set meanwhile. */
async function cutConnections(): Promise<void> {
  await app.owner.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await vi.waitFor(() => expect(app.room.pool.totalCount).toBe(0), { timeout: 5000, interval: 5 }); // the server has heard
}

describe('a database that takes no changes (a standby, an operator’s maintenance)', () => {
  beforeEach(async () => {
    await app.owner.query(`alter database ${app.database} set default_transaction_read_only = on`);
    await cutConnections();
  });
  afterEach(async () => {
    await app.owner.query(`alter database ${app.database} reset default_transaction_read_only`);
    await cutConnections();
  });

  test('whoever is signed in reads on, also after a while; what would be written is 503 with a code of its own, and goes on as soon as it can be', async () => {
    app.clock.advance({ minutes: 20 }); // long enough that a session would be marked as used
    expect(await app.request(anna).get('/api/session')).toMatchObject({ status: 200, body: { person: { name: 'Anna' } } });
    expect((await app.request(camilla).get('/api/teams')).status).toBe(200);
    const key = randomUUID();
    expect(await addTeam('Først om lidt', key)).toMatchObject(refusal('read_only'));
    expect(await app.request(null).post('/api/sign-in', { email: anna.email })).toMatchObject(refusal('read_only'));
    expect(await app.request(camilla).delete('/api/session'), 'nobody is told to be signed out who is not').toMatchObject(refusal('read_only'));
    expect(await ready(), 'it is sent requests, and says what it cannot do').toEqual({ status: 'limited', because: ['read_only'] });
    await app.owner.query(`alter database ${app.database} reset default_transaction_read_only`);
    await cutConnections();
    expect((await addTeam('Først om lidt', key)).status).toBe(201);
    expect(await ready()).toEqual({ status: 'ready' });
  });

  test('data of persons whose reading leaves a line are not read without one', async () => {
    const company = await makeCompany(app, [made.centre]);
    await app.owner.query('set default_transaction_read_only = off'); // who prepares the test may write
    await makeContact(app, made.centre, company, 'Inger Solhøj');
    const answer = await app.request(camilla).get(`/api/companies/${company.id}/contacts`);
    expect(answer).toMatchObject(refusal('read_only'));
    expect(answer.text).not.toContain('Solhøj');
  });

  test('background work waits and uses up no try, and all of it is done afterwards', async () => {
    await app.owner.query('set default_transaction_read_only = off');
    await app.owner.query(`alter database ${app.database} reset default_transaction_read_only`);
    await cutConnections();
    const mails = app.mails.length;
    expect((await app.request(null).post('/api/sign-in', { email: karen.email })).status).toBe(202);
    await app.owner.query(`alter database ${app.database} set default_transaction_read_only = on`);
    await cutConnections();
    const hindered = () =>
      app.jobs.drain().then(
        () => null,
        (error: unknown) => outageOf(error),
      );
    await vi.waitFor(async () => expect(await hindered()).toBe('read_only'), { timeout: 5000, interval: 5 }); // the queue has heard
    for (let second = 0; second < 10; second += 1) expect(await hindered()).toBe('read_only');
    expect(app.mails).toHaveLength(mails);
    await app.owner.query(`alter database ${app.database} reset default_transaction_read_only`);
    await cutConnections();
    await vi.waitFor(async () => expect(await hindered()).toBeNull(), { timeout: 5000, interval: 5 });
    expect(app.mails).toHaveLength(mails + 1);
    expect((await app.owner.query(`select retry_count from pgboss.job where name = 'mail.send' order by created_on desc limit 1`)).rows).toEqual([{ retry_count: 0 }]);
  });
});

describe.each([
  ['53100', 'could not extend file "base/5/16397": No space left on device'],
  ['58030', 'could not write to file "pg_wal/xlogtemp.9": Input/output error'],
])('a disk of the database that takes nothing more (%s)', (code, message) => {
  beforeEach(async () => {
    await app.owner.query(`create function public.full() returns trigger language plpgsql as $$ begin raise exception using errcode = '${code}', message = '${message}'; end $$`);
    await app.owner.query('create trigger a0_full before insert on vn.team for each statement execute function public.full()');
  });
  afterEach(async () => {
    await app.owner.query('drop trigger if exists a0_full on vn.team');
    await app.owner.query('drop function if exists public.full() cascade');
  });

  test('503 says so, reading goes on, the log says once what to do, health and figures show it, and with room again everything works', async () => {
    const before = await figure('storage_full');
    for (let n = 0; n < 20; n += 1) expect(await addTeam(`Hold ${code} ${n}`)).toMatchObject(refusal('storage_full'));
    expect((await app.request(camilla).get('/api/teams')).status).toBe(200);
    // The first of the two tests is told; the second is the same minute.
    expect(told('storage_full')).toHaveLength(1);
    expect(JSON.parse(told('storage_full')[0] ?? '')).toMatchObject({ where: 'POST /api/teams', advice: expect.stringContaining('A disk is full or fails') });
    expect(await figure('storage_full')).toBe(before + 20);
    expect(await ready()).toEqual({ status: 'limited', because: ['storage_full'] });
    await app.owner.query('drop trigger a0_full on vn.team');
    expect((await addTeam(`Hold ${code}`)).status).toBe(201);
  });
});

describe('more than the database can do', () => {
  afterEach(async () => {
    await app.owner.query(`alter database ${app.database} connection limit -1`);
  });

  test('no connection left: 503 at once, and the next ones work when there is one', async () => {
    await app.owner.query(`alter database ${app.database} connection limit 0`);
    await cutConnections();
    expect(await app.request(anna).get('/api/session')).toMatchObject(refusal('overloaded'));
    expect(await addTeam('Ingen plads')).toMatchObject(refusal('overloaded'));
    expect((await app.request(null).get('/readyz')).status).toBe(503);
    await app.owner.query(`alter database ${app.database} connection limit -1`);
    expect((await addTeam('Ingen plads')).status).toBe(201);
    expect((await app.request(null).get('/readyz')).status).toBe(200);
  });

  const shape = { access: 'signed-in', status: 200, output: z.strictObject({ ok: z.boolean() }), summary: 'made for this test', example: {} } as const;
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slowly = (setting: string, statement: string) =>
    route(endpoint({ ...shape, name: setting, method: 'POST', path: `/api/${setting.replace('_', '-')}` }), async ({ tx }) => {
      await sql.raw(`set local ${setting} = 30`).execute(tx);
      await sql.raw(statement).execute(tx);
      return { ok: true };
    });
  const routes = [
    route(endpoint({ ...shape, name: 'hold', method: 'POST', path: '/api/hold' }), async () => {
      held.resolve();
      await released.promise;
      return { ok: true };
    }),
    slowly('statement_timeout', 'select pg_sleep(10)'),
    slowly('lock_timeout', 'select pg_advisory_xact_lock(4242)'),
  ];
  const small = async () => {
    const { db } = connect({ ...connectionTo(app.database, 'app'), max: 1, connectionTimeoutMillis: 150 });
    const faults: unknown[] = [];
    const server = await httpApp({ ...app.room, db }, routes, (error) => faults.push(error));
    const ask = async (name: string) => server.inject({ method: 'POST', url: `/api/${name}`, headers: { cookie: `vejnet=${anna.token}` } });
    const end = async () => {
      await server.close();
      await db.destroy();
    };
    return { ask, faults, end };
  };

  test('all connections of the server in use: whoever waits is answered 503 within a bounded time, and whoever holds one is served', async () => {
    const { ask, faults, end } = await small();
    const first = ask('hold');
    await held.promise;
    const waiting = await Promise.all(Array.from({ length: 5 }, () => ask('hold')));
    for (const answer of waiting) expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'overloaded', '10']);
    released.resolve();
    expect((await first).statusCode).toBe(200);
    expect((await ask('hold')).statusCode).toBe(200);
    expect(faults.map(outageOf)).toEqual(Array(5).fill('overloaded'));
    await end();
  });

  test.each(['statement-timeout', 'lock-timeout'])('%s: 503, nothing is kept, and the connection serves the next one', async (name) => {
    const { ask, faults, end } = await small();
    await app.owner.query('select pg_advisory_lock(4242)');
    const answer = await ask(name);
    await app.owner.query('select pg_advisory_unlock(4242)');
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'overloaded', '10']);
    expect(faults.map(outageOf)).toEqual(['overloaded']);
    expect((await ask('hold')).statusCode).toBe(200);
    await end();
  });
});

test('every kind of outage has words in both languages that keep what was written', () => {
  for (const kind of outages) {
    expect(problemWords.da[kind]).toMatch(/Det, du har skrevet, står her endnu/);
    expect(problemWords.en[kind]).toMatch(/What you wrote is still here/);
  }
});

test('a missing file and a mistake of ours are no outage', () => {
  expect(outageOf(Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'open' }))).toBeNull();
  expect(outageOf(Object.assign(new Error('syntax error'), { code: '42601' }))).toBeNull();
  expect(outageOf(null)).toBeNull();
});
