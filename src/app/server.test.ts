import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { startServer } from './server.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-server-'));
chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
const running = await startServer(readConfig({ VEJNET_DATA: folder, PORT: '0' }, folder, 'demonstration'));
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

const origin = 'http://localhost:0'; // what the server takes its public address for
const ask = (place: string, cookie = '', body?: object) =>
  fetch(running.address + place, {
    headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
const postmaster = () => Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

test('the packaged database killed under the server: it answers again by itself, sessions hold, and work in the background goes on', { timeout: 60_000 }, async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // the queue says that the database went away
  const signedIn = await ask('/api/session/demo', '', { person: 'anna' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const killed = postmaster();
  process.kill(killed, 'SIGKILL');
  const statuses = new Set<number>();
  const within = { timeout: 20_000, interval: 50 };
  await vi.waitFor(async () => {
    const answer = await ask('/api/session', cookie);
    statuses.add(answer.status);
    expect(await answer.json()).toMatchObject({ person: { name: 'Anna Holm' } });
    expect(postmaster()).not.toBe(killed);
  }, within);
  expect(
    [...statuses].filter((status) => status !== 200 && status !== 503),
    'never a fault of ours',
  ).toEqual([]);
  expect((await ask('/api/sign-in', '', { email: 'anna@fjordegnen.example' })).status).toBe(202);
  await vi.waitFor(async () => {
    const { items } = (await (await ask('/api/demonstration/mails')).json()) as { items: { to: string; subject: string; state: string }[] };
    // The one with the code: other mails of the first days go to her too.
    expect(items.find(({ to, subject }) => to === 'anna@fjordegnen.example' && /\d{6}/.test(subject))).toMatchObject({ state: 'sent' });
  }, within);
});

test('killed in the midst of requests that write: each is answered or told to come again, nothing that was answered is lost, and repeated under its key nothing is done twice', {
  timeout: 60_000,
}, async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const signedIn = await ask('/api/session/demo', '', { person: 'camilla' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(signedIn.status).toBe(200);
  const teams = Array.from({ length: 40 }, (_, n) => ({ name: `Midt i det hele ${n}`, key: randomUUID() }));
  const add = ({ name, key }: { name: string; key: string }) =>
    fetch(`${running.address}/api/teams`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ name, market: '', members: [] }),
    });
  const killed = postmaster();
  let kill: (() => void) | null = () => process.kill(killed, 'SIGKILL');
  const first = await Promise.all(
    teams.map(async (team) => {
      const answer = await add(team);
      if (answer.status === 201) kill?.(); // with the first that is done, others are under way
      if (answer.status === 201) kill = null;
      return { status: answer.status, again: answer.headers.get('retry-after'), type: answer.headers.get('content-type') ?? '', body: (await answer.json()) as { id?: string } };
    }),
  );
  expect(new Set(first.map(({ status }) => status))).toEqual(new Set([201, 503]));
  for (const { status, again, type } of first) if (status === 503) expect([again, type]).toEqual(['10', 'application/problem+json; charset=utf-8']);
  const ids = await Promise.all(
    teams.map((team) =>
      vi.waitFor(
        async () => {
          const answer = await add(team);
          expect(answer.status).toBe(201);
          return ((await answer.json()) as { id: string }).id;
        },
        { timeout: 20_000, interval: 50 },
      ),
    ),
  );
  for (const [at, { status, body }] of first.entries()) if (status === 201) expect(body.id, 'the same answer as before').toBe(ids[at]);
  const lines = told.mock.calls.map(([line]) => JSON.parse(String(line)) as { outage?: string; slow?: number });
  expect(
    lines.filter(({ outage, slow }) => outage !== 'unavailable' && slow === undefined),
    'none is called a fault of ours',
  ).toEqual([]);
  expect(lines.filter(({ outage }) => outage !== undefined).length, 'told once a minute, whoever met it').toBeLessThan(3);
  const found = (await (await ask('/api/teams', cookie)).json()) as { id: string; name: string }[];
  expect(
    found
      .filter(({ name }) => name.startsWith('Midt i det hele'))
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.toSorted());
});

test.each(['demonstration', 'live'] as const)('a second server on the folder is refused as well when it is started as a %s, and the first one goes on', async (mode) => {
  await expect(startServer(readConfig({ VEJNET_DATA: folder, PORT: '0' }, folder, mode))).rejects.toThrow(
    `Another Vejnet server runs on ${folder}. Stop it, or choose another folder with VEJNET_DATA.`,
  );
  expect((await ask('/readyz')).status).toBe(200);
});

test.each([
  '/../package.json',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/....//....//package.json',
  '/assets//etc/passwd',
  '/assets/%00/../index.html',
  '/phone/../../../package.json',
  '/.git/config',
  '/files/',
  '/api/company-imports/..%2f..%2fkey',
])('a path that climbs out of what is served leads nowhere: %s', async (place) => {
  // fetch would tidy it up before it asks.
  const text = await new Promise<string>((done, failed) =>
    http
      .get(running.address, { path: place }, (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          body += piece;
        });
        answer.on('end', () => done(`${answer.statusCode} ${answer.headers.location ?? ''} ${body}`));
      })
      .on('error', failed),
  );
  // The page that says in words that there is nothing, or a refusal; no file of the machine and no other place.
  expect(text).toMatch(/^(200 {2}<!doctype html>|4\d\d {2}\{"type":"urn:vejnet:problem:)/i);
  expect(text).not.toMatch(/"license"|root:|\[core\]/);
});
