import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
