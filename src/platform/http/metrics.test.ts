import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metricsToken, testApp } from '../../../tests/support/app.ts';
import { makeCentre } from '../../../tests/support/factory.ts';
import { ConfigError, readConfig } from '../config.ts';
import { connect } from '../db/connect.ts';
import { sendMail } from '../mail/mail.ts';
import { httpApp } from './app.ts';

const app = await testApp();
const from = (remoteAddress: string, headers: Record<string, string> = {}) => app.request(null).raw({ method: 'GET', url: '/metrics', remoteAddress, headers });
/** Every sample by its name and labels. */
async function figures(): Promise<Map<string, number>> {
  const { text } = await from('127.0.0.1');
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      expect(line).toMatch(/^[a-z_]+(\{[a-z]+="[\w.+-]+"(,[a-z]+="[\w.+-]+")*\})? [\d.e+-]+$/);
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

describe('who may read the figures', () => {
  test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('this machine may: %s', async (address) => {
    expect(await from(address)).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' } });
  });

  test.each(['10.0.0.7', '::ffff:10.0.0.7', '2001:db8::127', '::ffff:1.127.0.0'])('another one needs the token: %s', async (address) => {
    expect(await from(address)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { code: 'unauthenticated' } });
    expect((await from(address, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await from(address, { authorization: `Basic ${metricsToken}` })).status).toBe(401);
    expect((await from(address, { authorization: `Bearer ${metricsToken}` })).status).toBe(200);
  });

  test.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])('what a proxy on this machine brings is not this machine: %s', async (header) => {
    expect((await from('127.0.0.1', { [header]: '127.0.0.1' })).status).toBe(401);
    expect((await from('127.0.0.1', { [header]: '', authorization: `Bearer ${metricsToken}` })).status).toBe(200);
  });

  test('a session is no key to them, and without a token nobody elsewhere gets in', async () => {
    const { karen } = await makeCentre(app);
    expect((await app.request(karen).raw({ method: 'GET', url: '/metrics', remoteAddress: '10.0.0.7' })).status).toBe(401);
    const closed = await httpApp({ url: new URL('http://localhost') } as never, [], () => undefined, { pool: app.room.pool, jobs: app.jobs, token: null });
    for (const authorization of ['Bearer null', 'Bearer ', 'Bearer undefined'])
      expect((await closed.inject({ url: '/metrics', remoteAddress: '10.0.0.7', headers: { authorization } })).statusCode).toBe(401);
    await closed.close();
  });

  test('a token that can be guessed is refused at the start', () => {
    expect(() => readConfig({ VEJNET_METRICS_TOKEN: 'short' }, '/', 'live')).toThrow(ConfigError);
    expect(readConfig({ VEJNET_METRICS_TOKEN: metricsToken }, '/', 'live').metricsToken).toBe(metricsToken);
    expect(readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')).toContain('VEJNET_METRICS_TOKEN');
  });
});

describe('the figures', () => {
  test('requests are counted by the endpoint’s name and the status, refused ones too, and every one has a duration', async () => {
    const before = await figures();
    const since = async (name: string) => ((await figures()).get(name) ?? 0) - (before.get(name) ?? 0);
    await app.request(null).get('/api/session');
    await app.request(null).get('/api/session?x=1');
    await app.request(null).get('/api/companies');
    await app.request(null).post('/api/sign-in', { email: 7 });
    await app.request(null).get('/api/nothing');
    expect(await since('vejnet_requests_total{endpoint="readSession",status="200"}')).toBe(2);
    expect(await since('vejnet_requests_total{endpoint="listCompanies",status="401"}')).toBe(1);
    expect(await since('vejnet_requests_total{endpoint="requestSignIn",status="400"}')).toBe(1);
    expect(await since('vejnet_requests_total{endpoint="other",status="404"}')).toBe(1);
    expect(await since('vejnet_request_duration_seconds_count{endpoint="readSession"}')).toBe(2);
    expect(await since('vejnet_request_duration_seconds_bucket{endpoint="readSession",le="+Inf"}')).toBe(2);
    expect(await since('vejnet_request_duration_seconds_sum{endpoint="readSession"}')).toBeGreaterThan(0);
  });

  test('the parts of a duration add up: none holds fewer than the one before', async () => {
    const parts = [...(await figures())].filter(([name]) => name.startsWith('vejnet_request_duration_seconds_bucket{endpoint="readSession"')).map(([, count]) => count);
    expect(parts).toHaveLength(12);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
  });

  test('background work that waits is counted', async () => {
    const waiting = `vejnet_jobs{queue="${sendMail.name}",state="waiting"}`;
    const { anna } = await makeCentre(app);
    await app.request(null).post('/api/sign-in', { email: anna.email });
    // Counts may be a minute old: the queue's note of when it counted is put back.
    await app.owner.query(`update pgboss.queue set monitor_on = now() - interval '2 minutes'`);
    expect((await figures()).get(waiting)).toBe(1);
    await app.jobs.drain();
    await app.owner.query(`update pgboss.queue set monitor_on = now() - interval '2 minutes'`);
    expect((await figures()).get(waiting)).toBe(0);
  });

  test('the process and the database are there', async () => {
    const found = await figures();
    for (const name of ['vejnet_uptime_seconds', 'vejnet_memory_bytes{kind="resident"}', 'vejnet_memory_bytes{kind="heap"}']) expect(found.get(name), name).toBeGreaterThan(0);
    for (const quantile of ['0.5', '0.99', '1']) expect(found.get(`vejnet_event_loop_delay_seconds{quantile="${quantile}"}`)).toBeGreaterThanOrEqual(0);
    expect(found.get('vejnet_database_up')).toBe(1);
    expect((found.get('vejnet_database_connections{state="busy"}') ?? 0) + (found.get('vejnet_database_connections{state="idle"}') ?? 0)).toBe(app.room.pool.totalCount);
    expect(found.get('vejnet_database_waiting')).toBe(0);
  });

  test('no label holds an id or an address of a person or a company', async () => {
    const { karen } = await makeCentre(app);
    await app.request(karen).get(`/api/people/${karen.id}`);
    await app.request(karen).get(`/api/companies/${randomUUID()}?email=${karen.email}`);
    const { text } = await from('::1');
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@|\/api\//);
  });

  test('they are shown when the database is gone, and say so', async () => {
    const { pool } = connect({ host: '/nowhere', database: 'none' });
    const alone = await httpApp({ url: new URL('http://localhost') } as never, [], () => undefined, { pool, jobs: { counts: () => pool.query('select 1') as never }, token: null });
    const { statusCode, body } = await alone.inject({ url: '/metrics' });
    expect(statusCode).toBe(200);
    expect(body).toContain('vejnet_database_up 0\n');
    await alone.close();
    await pool.end();
  });
});
