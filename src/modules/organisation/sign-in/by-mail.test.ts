import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { cookiesOf, mailed as mailedIn, mailsTo, openLink, signedIn } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { routes } from '../../../app/routes.ts';
import { httpApp } from '../../../platform/http/app.ts';

const app = await testApp();
beforeEach(() => app.owner.query('delete from vn.rate'));

const ask = (email: string, over: Record<string, unknown> = {}) => app.request(null).post('/api/sign-in', { email, ...over });
const who = async (answer: Parameters<typeof signedIn>[0]) => (await app.request(signedIn(answer)).get('/api/session')).body.person?.id;
const mailed = (email: string) => mailedIn(app, email);
/** With what the browser sends along that asked for the code. */
const redeem = (email: string, code: string, { there }: { there: Record<string, string> }) => app.request(null).post('/api/session', { email, code }, there);
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
async function later(by: { minutes: number }, work: () => Promise<void>) {
  const start = app.clock.now();
  app.clock.advance(by);
  await work().finally(() => app.clock.set(start.toISOString()));
}

describe('asking for a code', () => {
  test('a known address gets one mail with a code, a link and how long they hold', async () => {
    const { anna } = await makeCentre(app);
    expect(await ask(anna.email)).toMatchObject({ status: 202, body: { minutes: 10 } });
    const mails = await mailsTo(app, anna.email);
    expect(mails).toEqual([{ to: anna.email, subject: expect.stringMatching(/^Din kode er \d{6}$/), text: expect.stringContaining('Hej Anna') }]);
    expect(mails[0]?.text).toMatch(/http:\/\/localhost:3000\/sign-in#[\w-]{43}\n/);
    expect(mails[0]?.text).toContain('10 minutter');
  });

  test('the mail is in the person’s language, not in that of whoever asks', async () => {
    const { anna } = await makeCentre(app);
    await app.owner.query(`update vn.person set language = 'en' where id = $1`, [anna.id]);
    await ask(anna.email, { language: 'da' });
    expect((await mailsTo(app, anna.email))[0]?.subject).toMatch(/^Your code is \d{6}$/);
  });

  test('an unknown address gets the same answer, and no mail', async () => {
    const { anna } = await makeCentre(app);
    const [known, unknown] = [await ask(anna.email), await ask('nobody@skole.example')];
    const told = ({ status, text, cookies }: typeof known) => ({ status, text, cookies: cookies.map((each) => ({ ...each, value: each.value.length })) });
    expect(told(unknown)).toEqual(told(known));
    expect(await mailsTo(app, 'nobody@skole.example')).toEqual([]);
  });

  test('code and link are kept as hashes only, and no job carries them', async () => {
    const { anna } = await makeCentre(app);
    const { code, link, there } = await mailed(anna.email);
    const browser = there.cookie.slice('vejnet-browser='.length);
    const kept = await app.owner.query('select token::text whole from vn.sign_in_token token where person_id = $1', [anna.id]);
    const jobs = await app.owner.query('select data::text whole from pgboss.job');
    expect(kept.rows).toHaveLength(1);
    for (const secret of [link, browser]) expect(kept.rows[0].whole).not.toContain(secret);
    expect(kept.rows[0].whole).not.toMatch(new RegExp(`\\b${code}\\b`));
    // A copy of the database alone cannot try the million codes.
    const hash = (await app.owner.query('select code_hash from vn.sign_in_token where person_id = $1', [anna.id])).rows[0].code_hash as Buffer;
    expect(hash.equals(createHash('sha256').update(`${anna.email} ${code}`).digest())).toBe(false);
    expect(hash.equals(app.room.keyedHash(`sign-in code ${anna.email} ${browser} ${code}`))).toBe(true);
    for (const { whole } of jobs.rows) expect(whole).not.toContain(link);
  });

  test.each([{}, { email: 'anna' }, { email: null }, { email: 'a@b.example', admin: true }, { email: 'a@b.example', language: 'xx' }, { email: `${'a'.repeat(320)}@b.example` }])(
    '400 for %j',
    async (body) => {
      expect(await app.request(null).post('/api/sign-in', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
    },
  );
});

describe('the code', () => {
  test('signs in the person it was sent to', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    const answer = await redeem(anna.email, asked.code, asked);
    expect(answer).toMatchObject({ status: 200, body: { signedIn: true } });
    expect(await who(answer)).toBe(anna.id);
  });

  test('may be typed with a space, and the address in capitals', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    expect((await redeem(anna.email.toUpperCase(), ` ${asked.code.slice(0, 3)} ${asked.code.slice(3)}`, asked)).status).toBe(200);
  });

  test('works however the address was written when asking', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email.toUpperCase());
    expect((await redeem(anna.email, asked.code, asked)).status).toBe(200);
  });

  test('403 for a wrong code, and the right one still works', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    expect(await redeem(anna.email, otherThan(asked.code), asked)).toMatchObject({ status: 403, body: { code: 'code_wrong' }, cookies: [] });
    expect((await redeem(anna.email, asked.code, asked)).status).toBe(200);
  });

  test('works once, also for five who try at once, and takes the link of its mail with it', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    const { code, link } = asked;
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(anna.email, code, asked)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(4).fill(403)]);
    expect((await openLink(app, link)).status).toBe(403);
  });

  test('belongs to its address: another person does not get in with it', async () => {
    const { anna, emil } = await makeCentre(app);
    const asked = await mailed(anna.email);
    await mailed(emil.email);
    expect((await redeem(emil.email, asked.code, asked)).status).toBe(403);
    expect((await redeem('nobody@skole.example', asked.code, asked)).status).toBe(403);
  });

  test('a new request ends the old code and the old link', async () => {
    const { anna } = await makeCentre(app);
    const [first, second] = [await mailed(anna.email), await mailed(anna.email)];
    expect((await redeem(anna.email, first.code, first)).status).toBe(403);
    expect((await openLink(app, first.link)).status).toBe(403);
    expect((await openLink(app, second.link)).status).toBe(200);
  });

  test('holds for ten minutes and not longer', async () => {
    const { anna, emil } = await makeCentre(app);
    const [fresh, old] = [await mailed(anna.email), await mailed(emil.email)];
    await later({ minutes: 9 }, async () => expect((await redeem(anna.email, fresh.code, fresh)).status).toBe(200));
    await later({ minutes: 10 }, async () => {
      expect((await redeem(emil.email, old.code, old)).status).toBe(403);
      expect((await openLink(app, old.link)).status).toBe(403);
    });
  });

  test('whoever is nothing anywhere today does not get in', async () => {
    const { anna } = await makeCentre(app);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    const asked = await mailed(anna.email);
    expect(await redeem(anna.email, asked.code, asked)).toMatchObject({ status: 403, body: { code: 'code_wrong' }, cookies: [] });
    expect((await openLink(app, asked.link)).status).toBe(403);
  });

  test('the ministry’s reader signs in the same way', async () => {
    const { hanne } = await makeCentre(app);
    const asked = await mailed(hanne.email);
    expect(await who(await redeem(hanne.email, asked.code, asked))).toBe(hanne.id);
  });

  test.each([{ code: '12345' }, { code: '1234567' }, { code: 'abcdef' }, { code: 123456 }, { code: '123456', link: 'a'.repeat(43) }, {}])('400 for %j', async (over) => {
    expect(await app.request(null).post('/api/session', { email: 'anna@skole.example', ...over })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('the browser that asked', () => {
  const elsewhere = { there: cookiesOf(null, 'a'.repeat(32)) };
  const noCookie = { there: {} };

  test('is the only one that the code opens: typed in another it is wrong, also when it is right; there the link works', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    for (const other of [elsewhere, noCookie, { there: cookiesOf(null, '') }])
      expect(await redeem(anna.email, asked.code, other)).toMatchObject({ status: 403, body: { code: 'code_wrong' }, cookies: [] });
    expect(await who(await openLink(app, asked.link))).toBe(anna.id);
    expect((await redeem(anna.email, asked.code, asked)).status).toBe(403);
  });

  test('a code typed in another counts as a try: after five the one that asked waits too', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    for (let count = 0; count < 5; count++) expect((await redeem(anna.email, asked.code, elsewhere)).status).toBe(403);
    expect((await redeem(anna.email, asked.code, asked)).status).toBe(429);
  });

  test('a second one that asks takes the first one’s place, and neither opens with the other’s code', async () => {
    const { anna } = await makeCentre(app);
    const [first, second] = [await mailed(anna.email), await mailed(anna.email)];
    expect((await redeem(anna.email, second.code, first)).status).toBe(403);
    expect((await redeem(anna.email, first.code, second)).status).toBe(first.code === second.code ? 200 : 403);
    expect((await redeem(anna.email, second.code, second)).status).toBe(first.code === second.code ? 403 : 200);
  });

  test('a code to confirm oneself is bound as well', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailedIn(app, anna.email, anna);
    const confirm = (there: Record<string, string>) => app.request(anna).post('/api/session/confirm', { email: anna.email, code: asked.code }, there);
    expect(await confirm({})).toMatchObject({ status: 403, body: { code: 'code_wrong' } });
    expect(await confirm(cookiesOf(anna, 'a'.repeat(32)))).toMatchObject({ status: 403, body: { code: 'code_wrong' } });
    expect(await confirm(asked.there)).toMatchObject({ status: 204, cookies: [{ name: 'vejnet-browser', value: '' }] });
  });

  test('is known by a cookie that no script reads, that goes to no other site, lives as long as the code and ends with it', async () => {
    const { anna } = await makeCentre(app);
    const asked = await ask(anna.email);
    expect(asked.cookies).toEqual([expect.objectContaining({ name: 'vejnet-browser', value: expect.stringMatching(/^[a-z2-7]{32}$/), httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 600 })]);
    const { code, link, there } = await mailed(anna.email);
    expect((await redeem(anna.email, code, { there })).cookies).toContainEqual(expect.objectContaining({ name: 'vejnet-browser', value: '', path: '/' }));
    expect((await openLink(app, link)).status).toBe(403);
    const again = await mailed(anna.email);
    expect((await app.request(null).post('/api/session', { link: again.link }, again.there)).cookies).toContainEqual(expect.objectContaining({ name: 'vejnet-browser', value: '' }));
  });
});

describe('the link', () => {
  test('signs in once, and takes the code of its mail with it', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    const { code, link } = asked;
    expect(await who(await openLink(app, link))).toBe(anna.id);
    expect(await openLink(app, link)).toMatchObject({ status: 403, body: { code: 'link_used_up' }, cookies: [] });
    expect((await redeem(anna.email, code, asked)).status).toBe(403);
  });

  test.each(['a'.repeat(43), "' or 1=1 -- aaaaaaaaaaaa", '%00'.repeat(20)])('"%s" is none', async (link) => {
    expect(await openLink(app, link)).toMatchObject({ status: 403, body: { code: 'link_used_up' } });
  });
});

describe('how often', () => {
  test('429 after five requests for one address in a quarter of an hour, with when to come back; another address is free', async () => {
    const { anna, emil } = await makeCentre(app);
    for (const email of [anna.email, anna.email.toUpperCase(), anna.email, anna.email, anna.email]) expect((await ask(email)).status).toBe(202);
    const refused = await ask(anna.email);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(refused.headers['retry-after']).toBe('900');
    expect(await mailsTo(app, anna.email)).toHaveLength(4);
    expect((await ask(emil.email)).status).toBe(202);
    await later({ minutes: 15 }, async () => expect((await ask(anna.email)).status).toBe(202));
  });

  test('an unknown address is counted like a known one', async () => {
    for (let count = 0; count < 5; count++) expect((await ask('nobody@skole.example')).status).toBe(202);
    expect((await ask('nobody@skole.example')).status).toBe(429);
  });

  test('wrong codes are counted too: after five, the right one waits as well', async () => {
    const { anna } = await makeCentre(app);
    const asked = await mailed(anna.email);
    for (let count = 0; count < 5; count++) expect((await redeem(anna.email, otherThan(asked.code), asked)).status).toBe(403);
    const refused = await redeem(anna.email, asked.code, asked);
    expect(refused).toMatchObject({ status: 429, cookies: [] });
    expect(refused.headers['retry-after']).toBe('900');
  });

  test('the network address is limited to 60 in ten minutes, whichever e-mail is asked for', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 61; count++) statuses.push((await ask(`person-${count}@skole.example`)).status);
    expect(statuses).toEqual([...Array(60).fill(202), 429]);
    expect((await ask('person-0@skole.example')).headers['retry-after']).toBe('600');
    await later({ minutes: 10 }, async () => expect((await ask('person-62@skole.example')).status).toBe(202));
  });

  test('20 at once are counted one by one', async () => {
    const { anna } = await makeCentre(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(anna.email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(202), ...Array(15).fill(429)]);
  });
});

describe('the cookie', () => {
  async function cookieAt(url: string) {
    const { anna } = await makeCentre(app);
    const { link } = await mailed(anna.email);
    const server = await httpApp(
      { db: app.db, clock: app.clock, url: new URL(url), jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null },
      routes,
      (error) => app.faults.push(error),
    );
    const answer = await server.inject({ method: 'POST', url: '/api/session', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ link }) });
    const [cookie] = answer.cookies;
    const session = await server.inject({ url: '/api/session', headers: { cookie: `${cookie?.name}=${cookie?.value}` } });
    await server.close();
    return { cookie, header: String(answer.headers['set-cookie']), signedIn: session.json().person?.id === anna.id };
  }

  test('cannot be read by a script, is not sent along from another site, and is kept for thirty days, the longest that a centre may allow', async () => {
    const { cookie, header, signedIn: works } = await cookieAt('http://localhost:3000');
    expect(cookie).toMatchObject({ name: 'vejnet', path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 30 * 24 * 3600 });
    expect(cookie?.value).toMatch(/^[\w-]{43}$/);
    expect(header).not.toMatch(/secure|domain/i);
    expect(works).toBe(true);
  });

  test('behind https the one of the browser that asked is bound to this host as well', async () => {
    const server = await httpApp(
      { db: app.db, clock: app.clock, url: new URL('https://vejnet.example'), jobs: app.jobs, files: app.files, keyedHash: app.room.keyedHash, outside: app.room.outside, intake: null },
      routes,
      (error) => app.faults.push(error),
    );
    const { cookies } = await server.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ email: 'nobody@skole.example' }) });
    await server.close();
    expect(cookies).toEqual([expect.objectContaining({ name: '__Host-vejnet-browser', path: '/', httpOnly: true, sameSite: 'Strict', secure: true, maxAge: 600 })]);
  });

  test('behind https it is bound to this host and never leaves unencrypted', async () => {
    const { cookie, header, signedIn: works } = await cookieAt('https://vejnet.example');
    expect(cookie).toMatchObject({ name: '__Host-vejnet', path: '/', httpOnly: true, sameSite: 'Lax', secure: true });
    expect(header).not.toMatch(/domain/i);
    expect(works).toBe(true);
  });
});
