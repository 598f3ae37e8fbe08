import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, testApp } from '../../../../tests/support/app.ts';
import { browserIn, cookiesOf, fresh, mailsTo, seen, signedIn } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { type IdentityProvider, identityProvider } from '../../../../tests/support/identity-provider.ts';
import { inside } from '../../../../tests/support/inside.ts';

const [first, second, gone] = [await identityProvider(), await identityProvider(), await identityProvider()];
await gone.stop();
afterAll(() => Promise.all([first.stop(), second.stop()]));
const app = await testApp({ insideHosts: [first.host, second.host, gone.host] });
beforeEach(async () => {
  await app.owner.query('delete from vn.rate');
  for (const each of [first, second]) Object.assign(each, { tamper: null, broken: null, acr: null });
});

const facts = (at: IdentityProvider, over: Record<string, unknown> = {}) => ({
  kind: 'other',
  label: { da: 'Skolens login', en: 'The school’s login' },
  issuer: at.issuer,
  clientId: 'vejnet',
  secret: at.secret,
  scope: 'openid email',
  idpValues: '',
  subjectClaim: 'sub',
  emailClaim: 'email',
  companyClaim: null,
  companyNumbers: [],
  strengthClaim: 'acr',
  strengths: [],
  ...over,
});
/** A provider of the centre that is switched on and knows where to send people back. */
async function provider(karen: TestPerson, at: IdentityProvider, over: Record<string, unknown> = {}): Promise<string> {
  const added = await app.request(karen).post('/api/sign-in-providers', facts(at, over));
  expect(added, added.text).toMatchObject({ status: 201, body: { enabled: false } });
  at.redirects.push(added.body.redirect);
  expect((await app.request(karen).put(`/api/sign-in-providers/${added.body.id}/on`, { on: true }, seen(1))).status).toBe(200);
  return added.body.id;
}
interface Begun {
  answer: Answer;
  cookie: string;
}
async function begin(id: string, person: TestPerson | null = null): Promise<Begun> {
  const answer = await app.request(person).post(`/api/sign-in/providers/${id}`, { join: person !== null });
  return { answer, cookie: browserIn(answer) };
}
const finish = (id: string, answer: string, browser: string, person: { token: string } | null = null) =>
  app.request(person).post(`/api/session/provider/${id}`, { answer }, cookiesOf(person, browser));
/** The whole way: there, signed in as `who`, and back. */
async function through(id: string, at: IdentityProvider, who: IdentityProvider['who'], person: TestPerson | null = null): Promise<Answer> {
  at.who = who;
  const { answer, cookie } = await begin(id, person);
  expect(answer.status, answer.text).toBe(200);
  return finish(id, (await at.visit(answer.body.address)).search, cookie, person);
}
const who = async (answer: Answer) => (await app.request(signedIn(answer)).get('/api/session')).body.person?.id;
const verified = (person: TestPerson, sub: string = randomUUID()) => ({ sub, email: person.email.toUpperCase(), email_verified: true });

describe('signing in at an institution', () => {
  test('an invited person whose address the provider has verified is joined, hears of it, and comes in again without the address', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const claims = verified(anna);
    const answer = await through(id, first, claims);
    expect(answer).toMatchObject({ status: 200, body: { done: 'signed_in' } });
    expect(await who(answer)).toBe(anna.id);
    expect((await mailsTo(app, anna.email)).at(-1)).toMatchObject({ subject: 'Dit institutionslogin er forbundet', text: expect.stringContaining('Skolens login') });
    expect(await who(await through(id, first, { sub: claims.sub }))).toBe(anna.id);
    expect((await app.request(signedIn(answer)).get('/api/joined-logins')).body).toEqual([
      { id, label: { da: 'Skolens login', en: 'The school’s login' }, joinedAt: app.clock.now().toISOString(), usedAt: app.clock.now().toISOString() },
    ]);
  });

  test('asks with PKCE, state and nonce, for the scope alone, and is sent back to an address of this provider', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { idpValues: 'mitid_erhverv', scope: 'openid nemlogin', subjectClaim: 'nemlogin.persistent_professional_id', companyClaim: 'nemlogin.cvr' });
    const claims = { ...verified(anna), 'nemlogin.persistent_professional_id': 'urn:uuid:1', 'nemlogin.cvr': '12345674', 'nemlogin.cpr': '0101701234' };
    await through(id, first, claims);
    expect(Object.fromEntries(first.asked)).toEqual({
      client_id: 'vejnet',
      response_type: 'code',
      redirect_uri: `http://localhost:3000/sign-in/back/${id}`,
      scope: 'openid nemlogin',
      idp_values: 'mitid_erhverv',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  test('403: nobody who is not invited comes in – not with a right company number, not with somebody’s unverified address', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { scope: 'openid email nemlogin', companyClaim: 'nemlogin.cvr', companyNumbers: ['12345674'] });
    const refused = { status: 403, body: { code: 'not_invited' } };
    for (const claims of [
      { sub: randomUUID(), 'nemlogin.cvr': '12345674' },
      { sub: randomUUID(), 'nemlogin.cvr': '12345674', email: 'stranger@skole.example', email_verified: true },
      { sub: randomUUID(), 'nemlogin.cvr': '12345674', email: anna.email, email_verified: false },
      { sub: randomUUID(), 'nemlogin.cvr': '12345674', email: anna.email, email_verified: 'true' },
      { sub: randomUUID(), 'nemlogin.cvr': '12345674', email: anna.email },
    ]) {
      const answer = await through(id, first, claims);
      expect(answer, JSON.stringify(claims)).toMatchObject(refused);
      expect(answer.cookies.some(({ name }) => name === 'vejnet')).toBe(false);
    }
    expect(await through(id, first, { ...verified(anna), 'nemlogin.cvr': '87654321' })).toMatchObject({ status: 403, body: { code: 'other_company' } });
    expect(await through(id, first, verified(anna))).toMatchObject({ status: 403, body: { code: 'other_company' } });
    expect((await through(id, first, { ...verified(anna), 'nemlogin.cvr': '12345674' })).status).toBe(200);
  });

  test('a provider opens its own centre only: a person of another centre is a stranger to it, whatever it says', async () => {
    const { karen, ida } = await makeCentre(app);
    const id = await provider(karen, first);
    expect(await through(id, first, verified(ida))).toMatchObject({ status: 403, body: { code: 'not_invited' } });
  });

  test('a session that a provider opened adds no passkey and no other login: the person must be asked, not the centre’s provider', async () => {
    const { anna, karen } = await makeCentre(app);
    const [id, other] = [await provider(karen, first), await provider(karen, second)];
    const here = { ...anna, ...signedIn(await through(id, first, verified(anna))) };
    expect(await app.request(here).post('/api/passkeys/challenge')).toMatchObject({ status: 403, body: { code: 'confirm_first' } });
    expect((await begin(other, here)).answer).toMatchObject({ status: 403, body: { code: 'confirm_first' } });
  });

  test('somebody else’s subject does not take a person over who is joined already', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    expect((await through(id, first, verified(anna, 'the-first'))).status).toBe(200);
    expect(await through(id, first, verified(anna, 'the-second'))).toMatchObject({ status: 403, body: { code: 'not_invited' } });
  });

  test('two providers with the same subject are two people', async () => {
    const { anna, emil, karen } = await makeCentre(app);
    const [one, two] = [await provider(karen, first), await provider(karen, second)];
    expect(await who(await through(one, first, verified(anna, 'the-same')))).toBe(anna.id);
    expect(await through(two, second, { sub: 'the-same' })).toMatchObject({ status: 403, body: { code: 'not_invited' } });
    expect(await who(await through(two, second, verified(emil, 'the-same')))).toBe(emil.id);
    expect(await who(await through(one, first, { sub: 'the-same' }))).toBe(anna.id);
  });

  test('another issuer, or another claim, is another person: what one provider says means nothing at another', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    expect((await through(id, first, verified(anna, 'the-same'))).status).toBe(200);
    second.redirects.push(`http://localhost:3000/sign-in/back/${id}`);
    expect((await app.request(karen).put(`/api/sign-in-providers/${id}`, facts(second), seen(2))).status).toBe(200);
    expect(await through(id, second, { sub: 'the-same' })).toMatchObject({ status: 403, body: { code: 'not_invited' } });
    expect(await who(await through(id, second, verified(anna)))).toBe(anna.id);
  });

  test('whoever is nothing here any more does not get in', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const claims = verified(anna);
    expect((await through(id, first, claims)).status).toBe(200);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    expect(await through(id, first, claims)).toMatchObject({ status: 403, body: { code: 'not_invited' } });
  });
});

describe('how strong a login must be', () => {
  const strengths = ['strong', 'stronger'];
  const tooWeak = { status: 403, body: { code: 'login_too_weak' } };

  test('is asked of the provider, and a login that is as strong comes in; the session says how', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { strengths });
    first.acr = 'stronger';
    const answer = await through(id, first, verified(anna));
    expect(first.asked.get('acr_values')).toBe('strong stronger');
    expect(await who(answer)).toBe(anna.id);
    expect((await app.request(signedIn(answer)).get('/api/sessions')).body).toContainEqual(
      expect.objectContaining({ current: true, way: 'provider', login: { da: 'Skolens login', en: 'The school’s login' }, strength: 'stronger' }),
    );
  });

  test('403 for one that is too weak, that does not say, or that only looks alike; nobody is joined by it, and the next may be strong', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { strengths });
    const claims = verified(anna);
    for (const acr of ['weak', null, 'STRONG', 'strong stronger']) {
      first.acr = acr;
      const answer = await through(id, first, claims);
      expect(answer, String(acr)).toMatchObject(tooWeak);
      expect(answer.cookies.some(({ name }) => name === 'vejnet')).toBe(false);
    }
    expect((await app.owner.query('select from vn.linked_identity where provider_id = $1', [id])).rowCount).toBe(0);
    first.acr = 'strong';
    expect(await who(await through(id, first, claims))).toBe(anna.id);
  });

  test('what is not in the signed token counts for nothing: not in the address that comes back, not in the user information, not changed on the way', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { strengths });
    const claims = verified(anna);
    const comeBack = async (at: string) => {
      Object.assign(first, { who: claims, acr: 'weak' });
      const { answer, cookie } = await begin(at);
      return { cookie, search: (await first.visit(answer.body.address)).search };
    };
    const inAddress = await comeBack(id);
    expect(await finish(id, `${inAddress.search}&acr=strong&acr_values=strong`, inAddress.cookie)).toMatchObject(tooWeak);

    first.tamper = (token) =>
      token.replace(/\.([^.]+)\./, (_all, said: string) => `.${Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(said, 'base64url').toString()), acr: 'strong' })).toString('base64url')}.`);
    const onTheWay = await comeBack(id);
    expect(await finish(id, onTheWay.search, onTheWay.cookie)).toMatchObject({ status: 403, body: { code: 'provider_untrue' } });
    first.tamper = null;

    // A broker's own claim: the same words, once in its user information and once in what it signed.
    const broker = await provider(karen, first, { scope: 'openid email nemlogin', strengthClaim: 'loa', strengths });
    expect(await through(broker, first, { ...claims, loa: 'strong' })).toMatchObject(tooWeak);
    first.tamper = (token) => first.resigned(token, { loa: 'strong' });
    expect(await who(await through(broker, first, claims))).toBe(anna.id);
  });

  test('a provider that says itself that it cannot let in as strongly is too weak, and not broken off', async () => {
    const { karen } = await makeCentre(app);
    const id = await provider(karen, first, { strengths });
    const { answer, cookie } = await begin(id);
    const state = new URL(answer.body.address).searchParams.get('state');
    expect(await finish(id, `?error=unmet_authentication_requirements&state=${state}&iss=${encodeURIComponent(first.issuer)}`, cookie)).toMatchObject(tooWeak);
  });

  test('joining a login on one’s own page asks for it too', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first, { strengths });
    const here = await fresh(app, anna);
    first.acr = 'weak';
    expect(await through(id, first, { sub: randomUUID() }, here)).toMatchObject({ status: 403, body: { code: 'login_too_weak', about: { join: true } } });
    first.acr = 'strong';
    expect(await through(id, first, { sub: randomUUID() }, here)).toMatchObject({ status: 200, body: { done: 'joined' } });
  });

  test('a centre that asks for nothing asks for nothing, and takes what comes', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    first.acr = 'weak';
    expect((await through(id, first, verified(anna))).status).toBe(200);
    expect(first.asked.has('acr_values')).toBe(false);
  });

  test('is written with the provider: in the log with what it was, at once, and by the second administrator where there is one', async () => {
    const { anna, centre, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const write = (over: Record<string, unknown>, version: number) => app.request(karen).put(`/api/sign-in-providers/${id}`, facts(first, over), seen(version));
    expect(await write({ strengths }, 2)).toMatchObject({ status: 200, body: { strengths, strengthClaim: 'acr', enabled: true, version: 3 } });
    first.acr = 'weak';
    expect(await through(id, first, verified(anna))).toMatchObject(tooWeak);
    expect((await app.request(karen).get('/api/audit?limit=50')).body.items).toContainEqual(
      expect.objectContaining({ event: 'provider.written', subject: id, data: { name: 'Skolens login', strengthBefore: 'acr', strength: 'acr strong stronger' } }),
    );
    await makePerson(app, 'Kaja', ['administrator'], { centreId: centre.id });
    expect(await write({}, 3)).toMatchObject({ status: 200, body: { strengths: [], enabled: false, waitsForOther: true } });
  });

  test.each([
    { strengths: ['two words'] },
    { strengths: [''] },
    { strengths: Array.from({ length: 21 }, (_each, at) => `s${at}`) },
    { strengths: null },
    { strengthClaim: '' },
    { strengthClaim: 'nemlogin.cpr' },
  ])('400 for %j', async (over) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).post('/api/sign-in-providers', facts(first, over))).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('signing out', () => {
  test('offers to sign out there too, by client and our own page, without a token; the provider takes it and sends people back', async () => {
    const { anna, karen } = await makeCentre(app);
    const here = { ...anna, ...signedIn(await through(await provider(karen, first), first, verified(anna))) };
    const out = await app.request(here).delete('/api/session');
    expect(out).toMatchObject({ status: 200, body: { alsoAt: { label: { da: 'Skolens login', en: 'The school’s login' } } } });
    const address = new URL(out.body.alsoAt.address);
    expect(address.origin).toBe(first.issuer);
    expect(Object.fromEntries(address.searchParams)).toEqual({ client_id: 'vejnet', post_logout_redirect_uri: 'http://localhost:3000/sign-in' });
    await expect(first.leave(address.href)).rejects.toThrow('post_logout_redirect_uri not registered');
    first.afterLeaving.push('http://localhost:3000/sign-in');
    expect((await first.leave(address.href)).href).toBe('http://localhost:3000/sign-in');
  });

  test('offers nothing to whoever came another way, and nothing of a login that is gone', async () => {
    const { anna, emil, karen } = await makeCentre(app);
    expect((await app.request(await fresh(app, emil)).delete('/api/session')).body).toEqual({ alsoAt: null });
    const id = await provider(karen, first);
    const here = { ...anna, ...signedIn(await through(id, first, verified(anna))) };
    expect((await app.request(karen).delete(`/api/sign-in-providers/${id}`)).status).toBe(204);
    expect((await app.request(here).delete('/api/session')).body).toEqual({ alsoAt: null });
  });
});

describe('what comes back', () => {
  const over = { status: 403, body: { code: 'attempt_over' } };
  async function back() {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    first.who = verified(anna);
    const { answer, cookie } = await begin(id);
    return { id, cookie, karen, anna, returned: await first.visit(answer.body.address) };
  }

  test('works once, also for five who try at once', async () => {
    const { id, cookie, returned } = await back();
    const answers = await Promise.all(Array.from({ length: 5 }, () => finish(id, returned.search, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
    expect(await finish(id, returned.search, cookie)).toMatchObject(over);
  });

  test('means nothing in another browser (login CSRF), nor without the cookie; and is used up then', async () => {
    const { id, cookie, returned } = await back();
    expect(await finish(id, returned.search, 'another')).toMatchObject(over);
    expect(await finish(id, returned.search, cookie)).toMatchObject(over);
    const again = await back();
    expect(await app.request(null).post(`/api/session/provider/${again.id}`, { answer: again.returned.search })).toMatchObject(over);
  });

  test('with another state, two states or none is refused', async () => {
    const { id, cookie, returned } = await back();
    const code = returned.searchParams.get('code');
    for (const answer of [`?code=${code}`, `?code=${code}&state=${'a'.repeat(43)}`, `${returned.search}&state=x`, '?state=', 'nonsense'])
      expect(await finish(id, answer, cookie), answer).toMatchObject(over);
    expect((await finish(id, returned.search, cookie)).status).toBe(200);
  });

  test('somebody else’s code with one’s own state is refused: the provider ties it to the verifier', async () => {
    const mine = await back();
    const theirs = await back();
    const mixed = new URLSearchParams(mine.returned.search);
    mixed.set('code', theirs.returned.searchParams.get('code') ?? '');
    expect(await finish(mine.id, `?${mixed}`, mine.cookie)).toMatchObject({ status: 403, body: { code: 'provider_untrue' } });
  });

  test('of one provider passes for no other’s (mix-up)', async () => {
    const { id, cookie, karen, returned } = await back();
    const other = await provider(karen, second);
    expect(await finish(other, returned.search, cookie)).toMatchObject(over);
    const again = await back();
    const named = new URLSearchParams(again.returned.search);
    named.set('iss', second.issuer);
    expect(await finish(again.id, `?${named}`, again.cookie)).toMatchObject({ status: 403, body: { code: 'provider_untrue' } });
    const silent = await back();
    const unnamed = new URLSearchParams(silent.returned.search);
    unnamed.delete('iss');
    expect(await finish(silent.id, `?${unnamed}`, silent.cookie)).toMatchObject({ status: 403, body: { code: 'provider_untrue' } });
    expect(id).not.toBe(again.id);
  });

  test('holds for ten minutes', async () => {
    const { id, cookie, returned } = await back();
    const start = app.clock.now();
    app.clock.advance({ minutes: 10 });
    expect(await finish(id, returned.search, cookie)).toMatchObject(over);
    app.clock.set(start.toISOString());
  });

  test('says in words that it was broken off at the provider', async () => {
    const { id, cookie, returned } = await back();
    const answer = `?error=access_denied&error_description=no&state=${returned.searchParams.get('state')}&iss=${encodeURIComponent(first.issuer)}`;
    expect(await finish(id, answer, cookie)).toMatchObject({ status: 403, body: { code: 'provider_cancelled' } });
  });

  const now = () => Math.floor(Date.now() / 1000);
  const lies: [string, (token: string) => string][] = [
    ['with another nonce', (token) => first.resigned(token, { nonce: 'another' })],
    ['without a nonce', (token) => first.resigned(token, { nonce: undefined })],
    ['of another issuer', (token) => first.resigned(token, { iss: second.issuer })],
    ['for another client', (token) => first.resigned(token, { aud: 'somebody-else' })],
    ['that is over', (token) => first.resigned(token, { iat: now() - 7200, exp: now() - 3600 })],
    ['that needs no signature (alg none)', (token) => first.unsigned(token)],
    ['signed by another key', (token) => second.resigned(token, {})],
    ['changed after it was signed', (token) => token.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ sub: 'x' })).toString('base64url')}.`)],
  ];
  test.each(lies)('an ID token %s is not believed', async (_what, lie) => {
    const { id, cookie, returned } = await back();
    first.tamper = lie;
    const answer = await finish(id, returned.search, cookie);
    expect(answer).toMatchObject({ status: 403, body: { code: 'provider_untrue' } });
    expect(answer.cookies.some(({ name }) => name === 'vejnet')).toBe(false);
  });

  test('a token signed again as it was is believed: the lies above fail for what they say', async () => {
    const { id, cookie, returned } = await back();
    first.tamper = (token) => first.resigned(token, {});
    expect((await finish(id, returned.search, cookie)).status).toBe(200);
  });

  test('is read with whichever keys the provider has then', async () => {
    const { id, cookie, returned, anna } = await back();
    expect((await finish(id, returned.search, cookie)).status).toBe(200);
    first.rotate();
    expect((await through(id, first, { ...first.who, email: anna.email })).status).toBe(200);
  });

  test('the cookie of the browser is read by no script and goes to no other site', async () => {
    const { karen } = await makeCentre(app);
    const { answer } = await begin(await provider(karen, first));
    expect(answer.cookies.find(({ name }) => name === 'vejnet-browser')).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 600 });
  });

  test('nothing of it lies about in clear: state, verifier, subject, secret', async () => {
    const { id, anna, karen } = await back();
    const claims = verified(anna, 'a-subject-to-look-for');
    await app.owner.query('delete from vn.linked_identity');
    await through(id, first, claims);
    await begin(id);
    const dump = await app.owner.query(
      `select (select string_agg(t::text, ' ') from vn.sign_in_attempt t) || (select string_agg(t::text, ' ') from vn.linked_identity t) || (select string_agg(t::text, ' ') from vn.sign_in_provider t) whole`,
    );
    for (const text of ['a-subject-to-look-for', first.secret, String(first.asked.get('state')), String(first.asked.get('nonce'))]) expect(dump.rows[0].whole).not.toContain(text);
    expect((await app.request(karen).get('/api/sign-in-providers')).text).not.toContain(first.secret);
  });
});

describe('a provider that does not answer', () => {
  test('is said so in words, and the other ways remain', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, gone);
    expect((await begin(id)).answer).toMatchObject({ status: 424, body: { code: 'provider_silent' } });
    expect((await fresh(app, anna)).token).not.toBe('');
    expect((await app.request(karen).post(`/api/sign-in-providers/${id}/check`)).body).toEqual({ works: false, fault: 'silent' });
  });

  test('is silent too when it answers with a fault of its own, before and after', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    first.who = verified(anna);
    const { answer, cookie } = await begin(id);
    const returned = await first.visit(answer.body.address);
    first.broken = 503;
    expect((await begin(id)).answer).toMatchObject({ status: 424, body: { code: 'provider_silent' } });
    expect(await finish(id, returned.search, cookie)).toMatchObject({ status: 424, body: { code: 'provider_silent' } });
  });

  test('and one that is somebody else is not believed', async () => {
    const { karen } = await makeCentre(app);
    const id = await provider(karen, first, { issuer: first.issuer.replace('localhost', '127.0.0.1') }).catch(() => null);
    expect(id, 'an address inside that is not listed is not even kept').toBeNull();
    const other = await provider(karen, first, { issuer: `${first.issuer}/` });
    expect((await app.request(karen).post(`/api/sign-in-providers/${other}/check`)).body).toEqual({ works: true, fault: null });
    const wrong = await provider(karen, first, { issuer: `${first.issuer}/elsewhere` });
    expect((await app.request(karen).post(`/api/sign-in-providers/${wrong}/check`)).body).toEqual({ works: false, fault: 'untrue' });
    expect((await begin(wrong)).answer).toMatchObject({ status: 424, body: { code: 'provider_untrue' } });
  });
});

describe('joining a login on one’s own page', () => {
  test('whoever has just signed in by mail joins it, uses it, and takes it off again', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const here = await fresh(app, anna);
    const claims = { sub: randomUUID() };
    expect(await through(id, first, claims, here)).toMatchObject({ status: 200, body: { done: 'joined' } });
    expect((await mailsTo(app, anna.email)).at(-1)).toMatchObject({ subject: 'Dit institutionslogin er forbundet' });
    expect(await who(await through(id, first, claims))).toBe(anna.id);
    expect((await app.request(here).delete(`/api/joined-logins/${id}`)).status).toBe(204);
    expect((await mailsTo(app, anna.email)).at(-1)).toMatchObject({ subject: 'Dit institutionslogin er taget af' });
    expect(await through(id, first, claims)).toMatchObject({ status: 403, body: { code: 'not_invited' } });
    expect((await app.request(here).delete(`/api/joined-logins/${id}`)).status).toBe(404);
  });

  test('the call agent joins theirs too; the ministry’s reader, who is in no centre, has none', async () => {
    const { bo, hanne, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    expect((await through(id, first, { sub: randomUUID() }, await fresh(app, bo))).status).toBe(200);
    expect((await app.request(hanne).get('/api/joined-logins')).body).toEqual([]);
    expect((await begin(id, await fresh(app, hanne))).answer.status).toBe(404);
  });

  test('401 for nobody, 403 without a recent sign-in, 404 for another centre’s', async () => {
    const { anna, ida, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    expect((await app.request(null).post(`/api/sign-in/providers/${id}`, { join: true })).status).toBe(401);
    expect((await begin(id, anna)).answer).toMatchObject({ status: 403, body: { code: 'confirm_first' } });
    expect((await begin(id, await fresh(app, ida))).answer.status).toBe(404);
    expect((await app.request(null).get('/api/joined-logins')).status).toBe(401);
  });

  test('what one session began no other finishes, not even of the same person', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const [here, there] = [await fresh(app, anna), await fresh(app, anna)];
    first.who = { sub: randomUUID() };
    const { answer, cookie } = await begin(id, here);
    const { search } = await first.visit(answer.body.address);
    expect(await finish(id, search, cookie, there)).toMatchObject({ status: 403, body: { code: 'attempt_over' } });
  });

  test('409: a login belongs to one person', async () => {
    const { anna, emil, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const claims = { sub: randomUUID() };
    expect((await through(id, first, claims, await fresh(app, anna))).status).toBe(200);
    expect(await through(id, first, claims, await fresh(app, emil))).toMatchObject({ status: 409, body: { code: 'login_taken' } });
    expect(await who(await through(id, first, claims))).toBe(anna.id);
  });
});

describe('the providers of a centre', () => {
  test('401, 403, 404: they are the administrator’s, and another centre’s are not there', async () => {
    const { anna, camilla, karen, other } = await makeCentre(app);
    const id = await provider(karen, first);
    expect((await app.request(null).get('/api/sign-in-providers')).status).toBe(401);
    for (const person of [anna, camilla]) expect((await app.request(person).post('/api/sign-in-providers', facts(first))).status).toBe(403);
    await app.owner.query('update vn.sign_in_provider set centre_id = $2 where id = $1', [id, other.id]);
    expect((await app.request(karen).put(`/api/sign-in-providers/${id}/on`, { on: false }, seen(2))).status).toBe(404);
    expect((await app.request(karen).delete(`/api/sign-in-providers/${id}`)).status).toBe(404);
    expect((await app.request(karen).get('/api/sign-in-providers')).body).toEqual([]);
  });

  test('a claim or a scope that may hold a civil registration number is refused, by the database too', async () => {
    const { karen } = await makeCentre(app);
    for (const over of [{ subjectClaim: 'nemlogin.cpr' }, { emailClaim: 'cpr' }, { companyClaim: 'dk:cprNumber' }, { scope: 'openid nemlogin.cpr' }, { subjectClaim: 'schacPersonalUniqueID' }]) {
      const [field = ''] = Object.keys(over);
      expect(await app.request(karen).post('/api/sign-in-providers', facts(first, over))).toMatchObject({ status: 400, body: { fields: [{ path: field, code: 'cpr_never' }] } });
    }
    const id = await provider(karen, first);
    await expect(app.owner.query(`update vn.sign_in_provider set subject_claim = 'nemlogin.CPR' where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
  });

  test('addresses inside the house and over plain http are refused', async () => {
    const { karen } = await makeCentre(app);
    for (const [issuer, code] of [
      ['https://10.0.0.1', 'provider_inside'],
      ['http://broker.example.dk', 'provider_insecure'],
      ['https://user:secret@broker.example.dk', 'provider_address'],
    ])
      expect(await app.request(karen).post('/api/sign-in-providers', facts(first, { issuer })), issuer).toMatchObject({ status: 422, body: { code } });
  });

  test('whoever writes where one leads does not switch it on, where the centre has another administrator; a change switches it off', async () => {
    const { karen, centre } = await makeCentre(app);
    const kaja = await makePerson(app, 'Kaja', ['administrator'], { centreId: centre.id });
    const added = await app.request(karen).post('/api/sign-in-providers', facts(first));
    expect(added.body).toMatchObject({ enabled: false, waitsForOther: true });
    const at = `/api/sign-in-providers/${added.body.id}`;
    const turn = (by: TestPerson, version: number, on = true) => app.request(by).put(`${at}/on`, { on }, seen(version));
    expect(await turn(karen, 1)).toMatchObject({ status: 422, body: { code: 'second_person' } });
    const asKaren = inside(app, karen, (client) => client.query('update vn.sign_in_provider set enabled = true, written_by = null where id = $1', [added.body.id]));
    await expect(asKaren).rejects.toMatchObject({ code: '42501' });
    expect((await app.request(kaja).get('/api/sign-in-providers')).body).toMatchObject([{ waitsForOther: false }]);
    expect(await turn(kaja, 1)).toMatchObject({ status: 200, body: { enabled: true, version: 2 } });

    const label = { da: 'Andet navn', en: 'Another name' };
    expect(await app.request(karen).put(at, facts(first, { label, secret: 'fornyet' }), seen(2))).toMatchObject({ status: 200, body: { enabled: true, version: 3 } });
    expect(await app.request(karen).put(at, facts(first, { label, emailClaim: 'upn' }), seen(3))).toMatchObject({ status: 200, body: { enabled: false, waitsForOther: true, version: 4 } });
    expect((await turn(karen, 4)).status).toBe(422);
    expect((await turn(kaja, 4)).status).toBe(200);

    // Where mail is closed it is the last way in, and stays on: it is not changed either.
    await app.owner.query(`insert into vn.sign_in_rules (centre_id, life_minutes, idle_minutes, ways, version) values ($1, 600, 600, '{provider}', 1)`, [centre.id]);
    await app.owner.query(`update vn.session set way = 'provider' where person_id = $1`, [karen.id]);
    expect(await app.request(karen).put(at, facts(first, { label, emailClaim: 'mail' }), seen(5))).toMatchObject({ status: 422, body: { code: 'last_way' } });
    expect((await app.request(karen).get('/api/sign-in-providers')).body).toMatchObject([{ enabled: true, emailClaim: 'upn' }]);
  });

  test('are edited without telling the secret; a conflict shows the newer text', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const label = { da: 'Andet navn', en: 'Another name' };
    expect(await app.request(karen).put(`/api/sign-in-providers/${id}`, facts(first, { label, secret: null }), seen(2))).toMatchObject({ status: 200, body: { label, version: 3 } });
    expect(await app.request(karen).put(`/api/sign-in-providers/${id}`, facts(first), seen(2))).toMatchObject({ status: 412, body: { current: { label } } });
    expect((await through(id, first, verified(anna))).status).toBe(200);
    const written = await app.request(karen).get('/api/audit?limit=50');
    expect(written.body.items.map(({ event }: { event: string }) => event)).toEqual(expect.arrayContaining(['provider.added', 'provider.on', 'provider.written']));
    expect(written.text).not.toContain(first.secret);
  });

  test('the sign-in page offers what is switched on, and nothing else of it', async () => {
    const { centre, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    const offered = async () => ((await app.request(null).get('/api/sign-in/providers')).body as { id: string }[]).filter((each) => each.id === id);
    expect(await offered()).toEqual([{ id, centre: centre.name, label: { da: 'Skolens login', en: 'The school’s login' } }]);
    expect((await app.request(karen).put(`/api/sign-in-providers/${id}/on`, { on: false }, seen(2))).status).toBe(200);
    expect(await offered()).toEqual([]);
    expect((await begin(id)).answer.status).toBe(404);
  });

  test('a removed one takes what was joined along', async () => {
    const { anna, karen } = await makeCentre(app);
    const id = await provider(karen, first);
    await through(id, first, verified(anna));
    expect((await app.request(karen).delete(`/api/sign-in-providers/${id}`)).status).toBe(204);
    expect((await app.owner.query('select from vn.linked_identity where provider_id = $1', [id])).rowCount).toBe(0);
  });
});
