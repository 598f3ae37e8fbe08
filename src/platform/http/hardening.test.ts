import { describe, expect, test } from 'vitest';
import { testApp } from '../../../tests/support/app.ts';
import { mailed, mailsTo, signedIn } from '../../../tests/support/ask.ts';
import { makeCentre } from '../../../tests/support/factory.ts';
import { demonstrationRoutes, routes } from '../../app/routes.ts';
import { httpApp } from './app.ts';

const app = await testApp();
const endpoints = [...routes, ...demonstrationRoutes].map((each) => each.endpoint);
const behind = (url: string, proxies: number) =>
  httpApp({ db: app.db, clock: app.clock, url: new URL(url), proxies, jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null }, routes, (error) =>
    app.faults.push(error),
  );

describe('what goes with every answer', () => {
  const asked: [string, () => ReturnType<ReturnType<typeof app.request>['raw']>][] = [
    ['one that is there', () => app.request(null).get('/api/session')],
    ['one that is refused', () => app.request(null).get('/api/people')],
    ['one that is missing', () => app.request(null).get('/api/nothing')],
    ['one that cannot be read', () => app.request(null).get('/api/%')],
    ['one that may not be asked so', () => app.request(null).raw({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'text/plain' }, payload: 'x' })],
    ['health', () => app.request(null).get('/healthz')],
  ];
  test.each(asked.filter(([what]) => what !== 'one that cannot be read'))('%s: what a browser may load, that it guesses no types, frames nothing and tells no other site', async (_what, ask) => {
    const { headers } = await ask();
    const policy = String(headers['content-security-policy']);
    for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  test('an address that cannot be decoded is answered before all that, and still guesses no types and is kept nowhere', async () => {
    expect((await app.request(null).get('/api/%')).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  test.each(asked)('%s: no other site may read it', async (_what, ask) => {
    expect(Object.keys((await ask()).headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('no answer of the API is kept in a cache', async () => {
    for (const url of ['/api/session', '/api/people', '/api/nothing', '/api/openapi.json']) expect((await app.request(null).get(url)).headers['cache-control'], url).toBe('no-store');
  });

  test('every answer names its type and its letters', async () => {
    for (const [what, ask] of asked) expect((await ask()).headers['content-type'], what).toMatch(/json; charset=utf-8$/);
    for (const { name, download } of endpoints) if (download?.startsWith('text/')) expect(download, name).toMatch(/; charset=utf-8$/);
  });

  test('behind https a browser is told to stay there, for a year, with all names below', async () => {
    const secure = await behind('https://vejnet.example', 1);
    const { headers } = await secure.inject({ url: '/api/session' });
    const [, seconds = '0'] = /max-age=(\d+)/.exec(String(headers['strict-transport-security'])) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(31_536_000);
    expect(headers['strict-transport-security']).toContain('includeSubDomains');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    await secure.close();
  });
});

describe('what comes in', () => {
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };

  test('from another site is neither promised nor done: no preflight is answered, and everything that changes is refused', async () => {
    const { anna } = await makeCentre(app);
    const preflight = await app.request(null).raw({ method: 'OPTIONS', url: '/api/sign-in', headers: { ...foreign, 'access-control-request-method': 'POST' } });
    expect(preflight.status).toBe(404);
    for (const { name, method, path } of endpoints) {
      if (method === 'GET') continue;
      const url = path.replaceAll(/\{\w+\}/g, '01990000-0000-7000-8000-ffffffffffff');
      const answer = await app.request(anna).raw({ method, url, headers: { origin: foreign.origin, 'content-type': 'application/json' }, payload: '{}' });
      // Endpoints of a demonstration are not there at all.
      if (answer.status !== 404) expect(answer, name).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx'])(
    'a body that a form of another site could send, or that is no JSON, is 415: %s',
    async (type) => {
      expect(await app.request(null).raw({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': type }, payload: '{"email":"a@b.example"}' })).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media' },
      });
    },
  );

  test.each(['{"__proto__":{"admin":true},"email":"a@b.example"}', '{"constructor":{"prototype":{"admin":true}},"email":"a@b.example"}'])(
    'a body that reaches for the prototype of things is refused: %s',
    async (payload) => {
      expect((await app.request(null).raw({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/json' }, payload })).status).toBe(400);
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    },
  );

  test('nothing at all, said as JSON, is no body: fields that may be left out do not make it one', async () => {
    const { camilla } = await makeCentre(app);
    const asked = (payload: string) => app.request(camilla).raw({ method: 'POST', url: '/api/campaign-counts', headers: { 'content-type': 'application/json' }, payload });
    expect((await asked('{}')).status).toBe(200);
    expect(await asked('null')).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('a session that somebody put into the browser beforehand is not the one that signing in opens (fixation)', async () => {
    const { anna } = await makeCentre(app);
    const planted = { token: 'p'.repeat(43) };
    const { code, there } = await mailed(app, anna.email, planted);
    const opened = await app.request({ ...planted }).post('/api/session', { email: anna.email, code }, there);
    expect(opened.status).toBe(200);
    expect(signedIn(opened).token).not.toBe(planted.token);
    expect((await app.request(planted).get('/api/session')).body.person).toBeNull();
  });

  test.each(['/api/session?next=https://evil.example', '/api/%0d%0aset-cookie:%20vejnet=planted', '/api/companies?q=a%0d%0ax-more:%201', '//evil.example/api/session', '/api//evil.example'])(
    'no header and no other place is made of an address: %s',
    async (url) => {
      const { status, headers, cookies } = await app.request(null).raw({ method: 'GET', url });
      expect(status < 300 || status >= 400).toBe(true);
      expect([headers.location, headers['x-more'], cookies]).toEqual([undefined, undefined, []]);
    },
  );

  test('a megabyte is enough for anything that is no file', async () => {
    expect(await app.request(null).post('/api/sign-in', { email: `${'a'.repeat(1_100_000)}@b.example` })).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  test.each(['TRACE', 'CONNECT', 'PROPFIND'])('%s does nothing', async (method) => {
    const answer = await app.request(null).raw({ method: method as 'HEAD', url: '/api/sign-in' });
    expect([404, 405, 400]).toContain(answer.status);
  });

  test('where a request says that it was sent to leads no link of a mail elsewhere', async () => {
    const { anna } = await makeCentre(app);
    await app.request(null).post('/api/sign-in', { email: anna.email }, { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' });
    const [mail] = await mailsTo(app, anna.email);
    expect(mail?.text).toContain('http://localhost:3000/sign-in#');
    expect(mail?.text).not.toContain('evil');
  });

  test('nobody gets round a limit by saying that the request came from somewhere else', async () => {
    await app.owner.query('delete from vn.rate');
    const statuses = new Set<number>();
    for (let count = 0; count < 61; count++)
      statuses.add((await app.request(null).post('/api/sign-in', { email: `p${count}@b.example` }, { 'x-forwarded-for': `10.0.0.${count}`, 'x-real-ip': `10.0.1.${count}` })).status);
    expect([...statuses]).toEqual([202, 429]);
    await app.owner.query('delete from vn.rate');
  });

  test('behind a proxy that was named, whoever it saw is counted, and not whom they claim to be', async () => {
    await app.owner.query('delete from vn.rate');
    const proxied = await behind('http://localhost:3000', 1);
    const ask = async (from: string, email: string) =>
      (await proxied.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/json', 'x-forwarded-for': from }, payload: JSON.stringify({ email }) })).statusCode;
    const statuses = new Set<number>();
    for (let count = 0; count < 61; count++) statuses.add(await ask(`10.9.9.${count}, 192.0.2.7`, `q${count}@b.example`));
    expect([...statuses]).toEqual([202, 429]);
    expect(await ask('10.9.9.1, 192.0.2.8', 'r@b.example')).toBe(202);
    await proxied.close();
    await app.owner.query('delete from vn.rate');
  });

  test('no secret is asked for in an address, where logs and histories keep it: but where a program outside can send none otherwise', () => {
    const secrets = endpoints.flatMap(({ name, query, params }) =>
      [query, params].flatMap((shape) =>
        Object.keys((shape as { shape?: object } | undefined)?.shape ?? {})
          .filter((key) => /^(token|secret|key|password|link)$/i.test(key))
          .map((key) => `${name} ${key}`),
      ),
    );
    // A calendar program reads one address; a mail server’s hand-over may bear its key in the head line too. A key is ended by its id.
    expect(secrets.sort()).toEqual(['endKey key', 'readCalendarFeed token', 'receiveMail key']);
  });
});
