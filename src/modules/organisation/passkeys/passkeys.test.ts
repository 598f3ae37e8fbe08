import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { fresh, mailed, mailsTo, openLink, signedIn } from '../../../../tests/support/ask.ts';
import { type Authenticator, authenticator, type Lie } from '../../../../tests/support/authenticator.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';

const app = await testApp();
beforeEach(() => app.owner.query('delete from vn.rate'));

const optionsFor = async (person: { token: string }) => (await app.request(person).post('/api/passkeys/challenge')).body.options as Record<string, unknown>;
async function added(person: { token: string }, device: Authenticator, name?: string) {
  const answer = device.create(await optionsFor(person));
  return app.request(person).post('/api/passkeys', { answer, ...(name === undefined ? {} : { name }) });
}
const optionsToUse = async () => (await app.request(null).post('/api/sign-in/passkey')).body.options as Record<string, unknown>;
const use = async (device: Authenticator, lie: Lie = {}) => app.request(null).post('/api/session/passkey', { answer: device.get(await optionsToUse(), lie) });
const listed = async (person: { token: string }) => (await app.request(person).get('/api/passkeys')).body as { id: string; name: string; usedAt: string | null }[];
const who = async (answer: Parameters<typeof signedIn>[0]) => (await app.request(signedIn(answer)).get('/api/session')).body.person?.id;
async function later(by: { minutes: number }, work: () => Promise<void>) {
  const start = app.clock.now();
  app.clock.advance(by);
  await work().finally(() => app.clock.set(start.toISOString()));
}
const refused = { status: 403, body: { code: 'passkey_refused' }, cookies: [] };

describe('adding a passkey', () => {
  test('401 for nobody', async () => {
    for (const ask of [app.request(null).get('/api/passkeys'), app.request(null).post('/api/passkeys/challenge'), app.request(null).delete(`/api/passkeys/${randomUUID()}`)])
      expect((await ask).status).toBe(401);
  });

  test('asks for a discoverable key with the person verified, at this address', async () => {
    const { anna } = await makeCentre(app);
    expect(await optionsFor(await fresh(app, anna))).toMatchObject({
      rp: { id: 'localhost', name: 'Vejnet' },
      user: { name: anna.email },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  });

  test('is listed with its name, and its owner gets a mail; staff, the call agent and the ministry’s reader alike', async () => {
    const { anna, bo, hanne } = await makeCentre(app);
    for (const person of [anna, bo, hanne]) {
      const here = await fresh(app, person);
      expect(await added(here, authenticator(), 'Min telefon'), person.name).toMatchObject({ status: 201, body: { name: 'Min telefon', usedAt: null } });
      expect(await listed(here)).toEqual([expect.objectContaining({ name: 'Min telefon', usedAt: null })]);
      expect((await mailsTo(app, person.email)).at(-1)).toMatchObject({ subject: 'Ny adgangsnøgle til Vejnet', text: expect.stringContaining('Min telefon') });
    }
  });

  test('403: a session in which nobody showed lately who sits there must first do so, and a code by mail is enough', async () => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).post('/api/passkeys/challenge')).toMatchObject({ status: 403, body: { code: 'confirm_first' } });
    const { code, there } = await mailed(app, anna.email, anna);
    const confirm = (body: object) => app.request(anna).post('/api/session/confirm', body, there);
    expect(await confirm({ email: anna.email, code: code === '000000' ? '000001' : '000000' })).toMatchObject({ status: 403, body: { code: 'code_wrong' } });
    expect((await confirm({ email: anna.email, code })).status).toBe(204);
    expect((await added(anna, authenticator())).status).toBe(201);
    await later({ minutes: 10 }, async () => expect((await app.request(anna).post('/api/passkeys/challenge')).status).toBe(403));
  });

  test('another person’s code confirms nothing, and is not used up', async () => {
    const { anna, emil } = await makeCentre(app);
    const { code, there } = await mailed(app, emil.email, anna);
    expect((await app.request(anna).post('/api/session/confirm', { email: emil.email, code }, there)).status).toBe(403);
    expect((await app.request(anna).post('/api/session', { email: emil.email, code }, there)).status).toBe(200);
  });

  test('what was prepared just in time is not added too late', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const start = app.clock.now();
    app.clock.advance({ minutes: 9 });
    const answer = authenticator().create(await optionsFor(here));
    app.clock.advance({ minutes: 1 });
    expect(await app.request(here).post('/api/passkeys', { answer })).toMatchObject({ status: 403, body: { code: 'confirm_first' } });
    app.clock.set(start.toISOString());
  });

  const lies: [string, Lie][] = [
    ['of another site', { origin: 'https://vejnet.example' }],
    ['for another site', { rpId: 'vejnet.example' }],
    ['of another kind', { type: 'webauthn.get' }],
    ['without the person verified', { verified: false }],
    ['about a challenge of nobody’s', { challenge: 'bm8gY2hhbGxlbmdlIG9mIG91cnM' }],
  ];
  test.each(lies)('403 for an answer %s', async (_what, lie) => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    expect(await app.request(here).post('/api/passkeys', { answer: authenticator().create(await optionsFor(here), lie) })).toMatchObject({ status: 403, body: { code: 'passkey_refused' } });
    expect(await listed(here)).toEqual([]);
  });

  test('a challenge works once – also when its answer was refused –, for five minutes, for its session, and for what it was made for', async () => {
    const { anna, emil } = await makeCentre(app);
    const [here, there] = [await fresh(app, anna), await fresh(app, emil)];
    const add = (person: { token: string }, answer: unknown) => app.request(person).post('/api/passkeys', { answer });
    const options = await optionsFor(here);
    const device = authenticator();
    expect((await add(here, device.create(options, { verified: false }))).status).toBe(403);
    expect((await add(here, device.create(options))).status).toBe(403);
    const used = authenticator();
    const once = used.create(await optionsFor(here));
    expect((await add(here, once)).status).toBe(201);
    expect((await add(here, once)).status).toBe(403);
    expect((await add(there, authenticator().create(await optionsFor(here)))).status).toBe(403);
    expect((await add(here, authenticator().create({ ...(await optionsToUse()), user: { id: '' } }))).status).toBe(403);
    const old = authenticator().create(await optionsFor(here));
    await later({ minutes: 5 }, async () => expect((await add(here, old)).status).toBe(403));
    expect(await app.request(null).post('/api/session/passkey', { answer: used.get(await optionsFor(here)) })).toMatchObject(refused);
  });

  test('challenges are kept as hashes only, and what was not finished is forgotten', async () => {
    await optionsToUse();
    const { challenge } = await optionsToUse();
    const kept = await app.owner.query('select hash, t::text whole from vn.sign_in_attempt t');
    expect(kept.rows.some(({ hash }) => hash.equals(createHash('sha256').update(String(challenge)).digest()))).toBe(true);
    for (const { whole } of kept.rows) expect(whole).not.toContain(challenge);
    await later({ minutes: 6 }, async () => {
      await app.sweep();
      expect((await app.owner.query('select from vn.sign_in_attempt')).rowCount).toBe(0);
    });
  });

  test('the same device twice, and a twenty-first passkey, are refused – also for five who try at once', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const device = authenticator();
    expect((await added(here, device)).status).toBe(201);
    expect(await added(here, device)).toMatchObject({ status: 409, body: { code: 'passkey_known' } });
    expect(((await optionsFor(here)).excludeCredentials as { id: string }[]).map(({ id }) => id)).toEqual([device.id]);
    await app.owner.query(
      `insert into vn.passkey (id, person_id, credential_id, public_key, counter, transports, name, made_at) select gen_random_uuid(), $1::uuid, decode(md5(n::text || $1::text), 'hex'), '', 0, '{}', 'x', now() from generate_series(1, 18) n`,
      [anna.id],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => added({ token: here.token }, authenticator())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await listed(here)).toHaveLength(20);
  });
});

describe('signing in with a passkey', () => {
  test('needs nothing else; the use is noted; a name is not asked for', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const device = authenticator();
    await added(here, device);
    const answer = await use(device);
    expect(answer).toMatchObject({ status: 200, body: { signedIn: true } });
    expect(await who(answer)).toBe(anna.id);
    expect(await listed(here)).toEqual([expect.objectContaining({ usedAt: app.clock.now().toISOString() })]);
    expect(await optionsToUse()).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect((await optionsToUse()).allowCredentials ?? []).toEqual([]);
    expect((await app.request(signedIn(answer)).post('/api/passkeys/challenge')).status, 'who came by passkey has shown who it is').toBe(200);
  });

  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const lies: [string, Lie][] = [
    ['at another site', { origin: 'http://localhost:4000' }],
    ['for another site', { rpId: 'example.org' }],
    ['of another kind', { type: 'webauthn.create' }],
    ['without the person verified', { verified: false }],
    ['signed by another key', { key: stranger }],
    ['in another person’s name', { userHandle: Buffer.from(randomUUID()).toString('base64url') }],
    ['about a challenge of nobody’s', { challenge: 'bm8gY2hhbGxlbmdlIG9mIG91cnM' }],
  ];
  test.each(lies)('403 for an answer %s, and the right one still works', async (_what, lie) => {
    const { anna } = await makeCentre(app);
    const device = authenticator();
    await added(await fresh(app, anna), device);
    expect(await use(device, lie)).toMatchObject(refused);
    expect((await use(device)).status).toBe(200);
  });

  test('403 for a device that nobody added, in the same words', async () => {
    const { anna } = await makeCentre(app);
    const device = authenticator();
    await added(await fresh(app, anna), device);
    const [unknown, wrong] = [await use(authenticator()), await use(device, { key: stranger })];
    expect(unknown).toMatchObject(refused);
    expect(wrong.text).toBe(unknown.text);
  });

  test('a counter that does not grow is a copy, and is refused; a device without a counter is not', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const [counting, silent] = [authenticator(), authenticator({ counts: false })];
    await added(here, counting);
    await added(here, silent);
    expect((await use(counting, { counter: 7 })).status).toBe(200);
    expect(await use(counting, { counter: 7 })).toMatchObject(refused);
    expect(await use(counting, { counter: 6 })).toMatchObject(refused);
    expect((await use(counting, { counter: 8 })).status).toBe(200);
    for (const _again of [1, 2]) expect((await use(silent)).status).toBe(200);
  });

  test('an answer opens one session, also when five send it at once', async () => {
    const { anna } = await makeCentre(app);
    const device = authenticator({ counts: false });
    await added(await fresh(app, anna), device);
    const answer = device.get(await optionsToUse());
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.request(null).post('/api/session/passkey', { answer })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  });

  test('the session before it in the same browser ends', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const device = authenticator();
    await added(here, device);
    const old = { token: here.token };
    await app.request(here).post('/api/session/passkey', { answer: device.get(await optionsToUse()) });
    expect(here.token).not.toBe(old.token);
    expect((await app.request(old).get('/api/people')).status).toBe(401);
    expect((await app.request(here).get('/api/people')).status).toBe(200);
    const kept = await app.owner.query('select ended_because from vn.session where token_hash = $1', [createHash('sha256').update(old.token).digest()]);
    expect(kept.rows).toEqual([{ ended_because: 'again' }]);
  });

  test('whoever is nothing anywhere today does not get in', async () => {
    const { anna } = await makeCentre(app);
    const device = authenticator();
    await added(await fresh(app, anna), device);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    expect(await use(device)).toMatchObject(refused);
  });

  test('429 after sixty tries from one network address in ten minutes', async () => {
    const answer = authenticator().get({ challenge: 'bm8', user: {} });
    const statuses: number[] = [];
    for (let count = 0; count < 61; count++) statuses.push((await app.request(null).post('/api/session/passkey', { answer })).status);
    expect(statuses).toEqual([...Array(60).fill(403), 429]);
  });

  test.each([{}, { answer: null }, { answer: { id: '', response: {} } }, { answer: { id: 'x' } }])('400 for %j', async (body) => {
    expect(await app.request(null).post('/api/session/passkey', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('one’s own passkeys', () => {
  test('404: another person’s is neither listed, renamed nor removed', async () => {
    const { anna, emil } = await makeCentre(app);
    const here = await fresh(app, anna);
    const device = authenticator();
    const { id } = (await added(here, device)).body;
    expect(await listed(emil)).toEqual([]);
    expect((await app.request(emil).patch(`/api/passkeys/${id}`, { name: 'Min' })).status).toBe(404);
    expect((await app.request(emil).delete(`/api/passkeys/${id}`)).status).toBe(404);
    expect((await use(device)).status).toBe(200);
  });

  test('no audience reads the table', async () => {
    const found = await app.owner.query(
      `select rolname from pg_roles where rolname like 'vn\\_%' and rolname not in ('vn_owner', 'vn_gate') and has_any_column_privilege(rolname, 'vn.passkey', 'select')`,
    );
    expect(found.rows).toEqual([]);
  });

  test('is renamed; removed it opens nothing, and the owner gets a mail', async () => {
    const { anna } = await makeCentre(app);
    const here = await fresh(app, anna);
    const device = authenticator();
    const { id } = (await added(here, device, 'Min telefon')).body;
    expect((await app.request(here).patch(`/api/passkeys/${id}`, { name: 'Min nye telefon' })).status).toBe(204);
    expect(await listed(here)).toEqual([expect.objectContaining({ name: 'Min nye telefon' })]);
    expect((await app.request(here).delete(`/api/passkeys/${id}`)).status).toBe(204);
    expect(await use(device)).toMatchObject(refused);
    expect((await mailsTo(app, anna.email)).at(-1)).toMatchObject({ subject: 'En adgangsnøgle er fjernet', text: expect.stringContaining('Min nye telefon') });
    expect((await app.request(here).delete(`/api/passkeys/${id}`)).status).toBe(404);
  });

  test('codes and links still work for whoever has a passkey', async () => {
    const { anna } = await makeCentre(app);
    await added(await fresh(app, anna), authenticator());
    expect((await openLink(app, (await mailed(app, anna.email)).link)).status).toBe(200);
  });
});
