import { createHash, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { codeIn, linkIn, mailed, mailsTo, openLink, seen, signedIn } from '../../../../tests/support/ask.ts';
import { makeCentre, openSession, type TestPerson } from '../../../../tests/support/factory.ts';

const app: TestApp = await testApp();
beforeEach(() => app.owner.query('delete from vn.rate'));

const usual = { lifeMinutes: 43_200, idleMinutes: 20_160, ways: ['mail', 'passkey', 'provider'] };
const write = (person: TestPerson, over: Record<string, unknown> = {}, version = 0) => app.request(person).put('/api/sign-in-rules', { ...usual, ...over }, seen(version));
const isIn = async (person: { token: string }) => (await app.request(person).get('/api/session')).body.person !== null;
/** A session that began by another way than mail. */
async function cameBy(person: TestPerson, way: string): Promise<TestPerson> {
  const token = await openSession(app, person);
  await app.owner.query('update vn.session set way = $2 where token_hash = $1', [createHash('sha256').update(token).digest(), way]);
  return { ...person, token };
}
const switchedOn = (centreId: string, on = true) => {
  const id = randomUUID();
  return app.owner
    .query(
      `insert into vn.sign_in_provider (centre_id, id, issuer, client_id, sealed, label_da, label_en, kind, scope, subject_claim, enabled) values ($1, $2, 'https://id.example', 'vejnet', '', 'Login', 'Login', 'other', 'openid', 'sub', $3)`,
      [centreId, id, on],
    )
    .then(() => id);
};
async function later(by: { minutes?: number; days?: number }, work: () => Promise<void>) {
  const start = app.clock.now();
  app.clock.advance(by);
  await work().finally(() => app.clock.set(start.toISOString()));
}

describe('the rules of a centre', () => {
  test('401, 403: they are the administrator’s, and data protection reads them', async () => {
    const { anna, camilla, karen } = await makeCentre(app);
    expect((await app.request(null).get('/api/sign-in-rules')).status).toBe(401);
    for (const person of [anna, camilla]) expect([(await app.request(person).get('/api/sign-in-rules')).status, (await write(person)).status]).toEqual([403, 403]);
    expect((await app.request(karen).get('/api/sign-in-rules')).body).toEqual({ ...usual, version: 0, can: { edit: true } });
  });

  test.each([{ lifeMinutes: 5 }, { idleMinutes: 0 }, { idleMinutes: 1e9 }, { ways: [] }, { ways: ['password'] }, { lifeMinutes: '480' }])('400 for %j', async (over) => {
    const { karen } = await makeCentre(app);
    expect(await write(karen, over)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('are written with the version that was seen, and audited', async () => {
    const { karen } = await makeCentre(app);
    expect(await write(karen, { lifeMinutes: 480 })).toMatchObject({ status: 200, body: { lifeMinutes: 480, version: 1, ended: 0 } });
    expect(await write(karen)).toMatchObject({ status: 412, body: { current: { lifeMinutes: 480 } } });
    expect((await app.request(karen).get('/api/audit?limit=10')).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ event: 'sign_in_rules.written' })]));
  });

  test('422: mail cannot be closed while nothing else lets people in, nor by somebody who came by mail', async () => {
    const { centre, karen } = await makeCentre(app);
    const noWay = { status: 422, body: { code: 'no_way_left' } };
    expect(await write(karen, { ways: ['passkey'] })).toMatchObject(noWay);
    expect(await write(karen, { ways: ['provider'] })).toMatchObject(noWay);
    const id = await switchedOn(centre.id, false);
    expect(await write(karen, { ways: ['provider'] })).toMatchObject(noWay);
    await app.owner.query('update vn.sign_in_provider set enabled = true where id = $1', [id]);
    expect(await write(karen, { ways: ['provider'] })).toMatchObject({ status: 422, body: { code: 'would_lock_out' } });
    expect(await write(await cameBy(karen, 'provider'), { ways: ['provider'] })).toMatchObject({ status: 200 });
  });

  test('422: the last way in cannot be switched off or removed, also when rules and provider are changed at once', async () => {
    const { centre, karen } = await makeCentre(app);
    const id = await switchedOn(centre.id);
    const there = await cameBy(karen, 'provider');
    const off = (version: number) => app.request(there).put(`/api/sign-in-providers/${id}/on`, { on: false }, seen(version));
    const [rules, provider] = await Promise.all([write(there, { ways: ['provider'] }), off(1)]);
    expect([rules.status, provider.status].sort()).toEqual([200, 422]);
    if (rules.status === 422) {
      expect((await app.request(there).put(`/api/sign-in-providers/${id}/on`, { on: true }, seen(2))).status).toBe(200);
      expect((await write(there, { ways: ['provider'] })).status).toBe(200);
    }
    const kept = await app.owner.query('select version from vn.sign_in_provider where id = $1', [id]);
    expect(await off(kept.rows[0].version)).toMatchObject({ status: 422, body: { code: 'last_way' } });
    expect(await app.request(there).delete(`/api/sign-in-providers/${id}`)).toMatchObject({ status: 422, body: { code: 'last_way' } });
  });
});

describe('a stricter rule', () => {
  test('ends the sessions that no longer fit, of its centre alone, and says how many', async () => {
    const { anna, emil, ida, karen, centre } = await makeCentre(app);
    await switchedOn(centre.id);
    const [there, key, elsewhere] = [await cameBy(karen, 'provider'), await cameBy(anna, 'passkey'), await cameBy(ida, 'passkey')];
    expect(await write(there, { ways: ['provider', 'passkey'] })).toMatchObject({ status: 200, body: { ended: 6 } }); // one each of the six who came by mail
    for (const person of [anna, emil, karen]) expect(await isIn(person), person.name).toBe(false);
    for (const person of [there, key, elsewhere, ida]) expect(await isIn(person), person.name).toBe(true);
    const ended = await app.owner.query('select ended_because from vn.session where person_id = $1 and ended_at is not null', [emil.id]);
    expect(ended.rows).toEqual([{ ended_because: 'rules' }]);
  });

  test('about time ends what is too old or was not used, at once', async () => {
    const { anna, emil, karen } = await makeCentre(app);
    await later({ minutes: 500 }, async () => {
      expect(await isIn(anna)).toBe(true);
      const now = { ...karen, token: await openSession(app, karen) };
      expect((await write(now, { idleMinutes: 480 })).status).toBe(200);
      expect([await isIn(anna), await isIn(emil), await isIn(now)]).toEqual([true, false, true]);
      expect((await write(now, { lifeMinutes: 480 }, 1)).status).toBe(200);
      expect([await isIn(anna), await isIn(now)]).toEqual([false, true]);
    });
  });

  test('holds for a session that was opened at the same moment, too', async () => {
    const { anna, karen } = await makeCentre(app);
    expect((await write(karen, { lifeMinutes: 480 })).status).toBe(200);
    const late = { token: await openSession(app, anna) }; // as if it had been written before the rule, with fourteen days to live
    await later({ minutes: 479 }, async () => expect(await isIn(late)).toBe(true));
    await later({ minutes: 480 }, async () => expect(await isIn(late)).toBe(false));
  });
});

describe('how long a session lives', () => {
  test('a session in use ends when its time is up', async () => {
    const { anna } = await makeCentre(app);
    const start = app.clock.now();
    for (const days of [10, 10, 9]) {
      app.clock.advance({ days });
      expect(await isIn(anna)).toBe(true);
    }
    app.clock.advance({ days: 1 });
    expect(await isIn(anna)).toBe(false);
    app.clock.set(start.toISOString());
  });

  test('an idle limit of a quarter of an hour is renewed by use, and ends without it', async () => {
    const { anna, karen } = await makeCentre(app);
    expect((await write(karen, { idleMinutes: 15 })).status).toBe(200);
    const start = app.clock.now();
    for (let times = 0; times < 4; times++) {
      app.clock.advance({ minutes: 13 });
      expect(await isIn(anna)).toBe(true);
    }
    app.clock.advance({ minutes: 15 });
    expect(await isIn(anna)).toBe(false);
    app.clock.set(start.toISOString());
  });

  test('another hat is another token: what was read from the old one opens nothing', async () => {
    const { camilla, centre } = await makeCentre(app);
    const old = { token: camilla.token };
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      centre.id,
      randomUUID(),
      camilla.id,
      centre.schools.a,
    ]);
    expect((await app.request(camilla).put('/api/session/hat', { schoolId: centre.schools.a, organisationId: null, asCoordinator: false })).status).toBe(200);
    expect([await isIn(old), await isIn(camilla), camilla.token === old.token]).toEqual([false, true, false]);
    expect((await app.request(camilla).get('/api/sessions')).body).toHaveLength(1);
  });

  test('signing in ends the session that this browser had', async () => {
    const { anna } = await makeCentre(app);
    const old = { token: anna.token };
    const { link } = await mailed(app, anna.email);
    expect((await app.request(anna).post('/api/session', { link })).status).toBe(200);
    expect([await isIn(old), await isIn(anna)]).toEqual([false, true]);
  });
});

describe('a centre without codes by mail', () => {
  async function closed() {
    const made = await makeCentre(app);
    await switchedOn(made.centre.id);
    const there = await cameBy(made.karen, 'provider');
    const before = await mailed(app, made.anna.email);
    expect((await write(there, { ways: ['provider', 'passkey'] })).status).toBe(200);
    return { ...made, there, before };
  }

  test('answers as always, mails where to sign in instead, and refuses codes that were under way', async () => {
    const { anna, before } = await closed();
    expect(await app.request(null).post('/api/session', { email: anna.email, code: before.code }, before.there)).toMatchObject({ status: 403, body: { code: 'way_closed' }, cookies: [] });
    expect(await app.request(null).post('/api/sign-in', { email: anna.email })).toMatchObject({ status: 202, body: { minutes: 10 } });
    const mail = (await mailsTo(app, anna.email)).at(-1);
    expect(mail).toMatchObject({ subject: 'Log ind på en anden måde' });
    expect([linkIn(mail ?? { text: '' }), codeIn(mail ?? { text: '' })]).toEqual(['', '']);
  });

  test('still sends a code to whoever is signed in and must show once more who it is', async () => {
    const { anna } = await closed();
    const here = await cameBy(anna, 'provider');
    const { code, there } = await mailed(app, anna.email, here);
    expect((await app.request(here).post('/api/session/confirm', { email: anna.email, code }, there)).status).toBe(204);
    expect((await app.request(here).post('/api/passkeys/challenge')).status).toBe(200);
  });

  test('is opened by an invitation and by the operator’s link, each for an hour', async () => {
    const { centre, there } = await closed();
    const invited = await app.request(there).post('/api/people', { name: 'Signe Ny', email: 'signe@skole.example', role: 'consultant', schoolId: centre.schools.a, from: '2026-11-01' });
    expect(invited.status, invited.text).toBe(201);
    const link = linkIn((await mailsTo(app, 'signe@skole.example')).at(-1) ?? { text: '' });
    const signe = signedIn(await openLink(app, link));
    await app.owner.query(
      `insert into vn.sign_in_token (id, person_id, link_hash, created_at, expires_at, way) select $1, id, $2, $3::timestamptz, $3::timestamptz + interval '1 hour', 'operator' from vn.person where id = $4`,
      [randomUUID(), createHash('sha256').update('from the command line').digest(), app.clock.now(), there.id],
    );
    const operator = signedIn(await openLink(app, 'from the command line'));
    for (const person of [signe, operator]) expect(await isIn(person)).toBe(true);
    await later({ minutes: 60 }, async () => {
      for (const person of [signe, operator]) expect(await isIn(person)).toBe(false);
    });
  });

  test('lets nobody into another centre who is in both: they come in where mail is open', async () => {
    const { anna, other, before } = await closed();
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      other.id,
      randomUUID(),
      anna.id,
      other.schools.g,
    ]);
    const answer = await app.request(null).post('/api/session', { email: anna.email, code: before.code }, before.there);
    expect((await app.request(signedIn(answer)).get('/api/session')).body.centre.id).toBe(other.id);
  });
});
