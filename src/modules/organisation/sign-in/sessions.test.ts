import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, openSession, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const listed = async (person: { token: string }) =>
  (await app.request(person).get('/api/sessions')).body as { id: string; current: boolean; device: string; startedAt: string; seenAt: string; way: string }[];
const wear = (person: { token: string }, hat: Record<string, unknown>) => app.request(person).put('/api/session/hat', { schoolId: null, organisationId: null, asCoordinator: false, ...hat });
const worn = async (person: { token: string }) => (await app.request(person).get('/api/session')).body.hat;

/** A consultant at two schools who is the coordinator too. */
async function manyHats() {
  const made = await makeCentre(app);
  const { centre } = made;
  const liv = await makePerson(app, 'Liv', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
  for (const [role, school] of [
    ['coordinator', null],
    ['manager', centre.schools.a],
  ])
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, $5, '[2024-01-01,)')`, [
      centre.id,
      randomUUID(),
      liv.id,
      school,
      role,
    ]);
  return { ...made, liv };
}

describe('one’s sessions', () => {
  test('401 for nobody', async () => {
    expect((await app.request(null).get('/api/sessions')).status).toBe(401);
    expect((await app.request(null).delete(`/api/sessions/${randomUUID()}`)).status).toBe(401);
  });

  test('404: another person’s session is neither listed nor ended, and looks like one that never was', async () => {
    const { anna, emil } = await makeCentre(app);
    const [other] = await listed(emil);
    expect((await listed(anna)).map(({ id }) => id)).not.toContain(other?.id);
    const refused = await app.request(anna).delete(`/api/sessions/${other?.id}`);
    expect(refused).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(anna).delete(`/api/sessions/${randomUUID()}`)).text).toBe(refused.text);
    expect((await app.request(emil).get('/api/people')).status).toBe(200);
  });

  test('are listed with where and when, the one in use marked, and never with their token', async () => {
    const { anna } = await makeCentre(app);
    const elsewhere = { token: await openSession(app, anna) };
    const found = await listed(anna);
    expect(found).toHaveLength(2);
    expect(found.filter(({ current }) => current)).toHaveLength(1);
    expect(found[0]).toEqual({
      id: expect.any(String),
      device: '',
      startedAt: app.clock.now().toISOString(),
      seenAt: app.clock.now().toISOString(),
      way: 'mail',
      login: null,
      strength: null,
      current: expect.any(Boolean),
    });
    expect((await listed(elsewhere)).find(({ current }) => current)?.id).toBe(found.find(({ current }) => !current)?.id);
    expect((await app.request(anna).get('/api/sessions')).text).not.toContain(elsewhere.token);
  });

  test('one is ended at once, and the others go on', async () => {
    const { anna } = await makeCentre(app);
    const elsewhere = { token: await openSession(app, anna) };
    const lost = (await listed(elsewhere)).find(({ current }) => current)?.id;
    const ended = await app.request(anna).delete(`/api/sessions/${lost}`);
    expect(ended).toMatchObject({ status: 204, cookies: [] });
    expect((await app.request(elsewhere).get('/api/people')).status).toBe(401);
    expect(await listed(anna)).toHaveLength(1);
    expect((await app.request(anna).delete(`/api/sessions/${lost}`)).status).toBe(404);
    expect((await app.owner.query('select ended_because from vn.session where id = $1', [lost])).rows).toEqual([{ ended_because: 'revoked' }]);
  });

  test('all the others are ended at once, of this person alone', async () => {
    const { anna, emil } = await makeCentre(app);
    const others = [{ token: await openSession(app, anna) }, { token: await openSession(app, anna) }];
    expect(await app.request(anna).delete('/api/sessions')).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const other of others) expect((await app.request(other).get('/api/people')).status).toBe(401);
    for (const person of [anna, emil]) expect((await app.request(person).get('/api/people')).status).toBe(200);
    expect((await app.request(null).delete('/api/sessions')).status).toBe(401);
  });

  test('ending the one in use clears its cookie', async () => {
    const { anna } = await makeCentre(app);
    const [own] = await listed(anna);
    expect((await app.request(anna).delete(`/api/sessions/${own?.id}`)).cookies).toEqual([expect.objectContaining({ name: 'vejnet', value: '' })]);
    expect((await app.request(anna).get('/api/people')).status).toBe(401);
  });

  test('the ministry’s reader and the call agent have theirs too', async () => {
    const { hanne, bo } = await makeCentre(app);
    for (const person of [hanne, bo]) expect(await listed(person)).toEqual([expect.objectContaining({ current: true })]);
  });

  test('one that is over is not listed', async () => {
    const { anna } = await makeCentre(app);
    const start = app.clock.now();
    app.clock.advance({ days: 15 });
    const fresh = { token: await openSession(app, anna) };
    expect(await listed(fresh)).toHaveLength(1);
    app.clock.set(start.toISOString());
  });
});

describe('changing hats', () => {
  test('401 for nobody', async () => {
    expect((await wear({ token: 'none' }, { asCoordinator: true })).status).toBe(401);
  });

  test('403: a hat that is not one’s own stays where it is', async () => {
    const { liv, other, centre } = await manyHats();
    const hats: Record<string, unknown>[] = [
      { schoolId: centre.schools.c },
      { schoolId: other.schools.g },
      { schoolId: randomUUID() },
      { organisationId: centre.organisation },
      {},
      { schoolId: centre.schools.b, asCoordinator: true },
    ];
    const before = await worn(liv);
    for (const hat of hats) expect(await wear(liv, hat), JSON.stringify(hat)).toMatchObject({ status: 403, body: { code: 'hat_not_yours' } });
    expect(await worn(liv)).toEqual(before);
  });

  test('403: nobody puts on the coordinator’s hat without being the coordinator today', async () => {
    const { anna, bo, hanne, liv } = await manyHats();
    for (const person of [anna, bo, hanne]) expect((await wear(person, { asCoordinator: true })).status, person.name).toBe(403);
    await app.owner.query(`update vn.membership set during = '[2026-11-18,)' where person_id = $1 and role = 'coordinator'`, [liv.id]);
    expect((await wear(liv, { asCoordinator: true })).status).toBe(403);
  });

  test('the coordinator’s hat goes on and off; only under it may be done what is the coordinator’s', async () => {
    const { liv, centre } = await manyHats();
    const mayFormTeams = async () => (await app.request(liv).post('/api/teams', {})).status !== 403;
    expect(await mayFormTeams()).toBe(false);
    expect(await wear(liv, { asCoordinator: true })).toMatchObject({ status: 200, body: { asCoordinator: true, place: null, roles: ['coordinator'] } });
    expect([await mayFormTeams(), await worn(liv)]).toEqual([true, expect.objectContaining({ asCoordinator: true })]);
    expect(await wear(liv, { schoolId: centre.schools.b })).toMatchObject({ status: 200, body: { asCoordinator: false, place: 'Skole B', roles: ['consultant'] } });
    expect(await mayFormTeams()).toBe(false);
  });

  test('the school goes with the hat: a manager at one school is none under the hat of another', async () => {
    const { liv, centre } = await manyHats();
    const { a, b } = centre.schools;
    const describes = async (id: string) =>
      (await app.request(liv).put(`/api/schools/${id}`, { name: `Skole ${id === a ? 'A' : 'B'}`, kind: 'technical', town: '', coreCompetences: [], capabilities: [] }, { 'if-match': '"99"' })).status;
    expect(await describes(a)).toBe(403); // a consultant at B now
    await wear(liv, { schoolId: a });
    expect([await describes(a), await describes(b)]).toEqual([412, 403]); // let in, and then met a newer version
  });

  test('what was answered under one hat is not told again under another, however the key is the same', async () => {
    const { liv } = await manyHats();
    const add = (cvr: string) => app.request(liv).post('/api/companies', { cvr, name: 'Fabrik' }, { 'idempotency-key': 'again' });
    const cvr = someCvr();
    const first = await add(cvr);
    expect(first.status, first.text).toBe(201);
    expect((await add(cvr)).body).toEqual(first.body);
    await wear(liv, { asCoordinator: true });
    expect(await add(cvr)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  test('other sessions of the same person keep theirs', async () => {
    const { liv } = await manyHats();
    const elsewhere = { token: await openSession(app, liv) };
    await wear(liv, { asCoordinator: true });
    expect(await worn(elsewhere)).toMatchObject({ asCoordinator: false, roles: ['consultant'] });
  });

  test('from a call agent to a consultant and back, the database role changes with the hat', async () => {
    const { bo, centre } = await manyHats();
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      centre.id,
      randomUUID(),
      bo.id,
      centre.schools.a,
    ]);
    expect((await app.request(bo).get('/api/companies')).status).toBe(403);
    expect((await wear(bo, { schoolId: centre.schools.a })).status).toBe(200);
    expect((await app.request(bo).get('/api/companies')).status).toBe(200);
    expect((await wear(bo, { organisationId: centre.organisation })).status).toBe(200);
    expect((await app.request(bo).get('/api/companies')).status).toBe(403);
  });

  test.each([
    {},
    { schoolId: null, organisationId: null },
    { schoolId: 'x', organisationId: null, asCoordinator: false },
    { schoolId: null, organisationId: null, asCoordinator: 'yes' },
    { schoolId: null, organisationId: null, asCoordinator: true, roles: ['administrator'] },
  ])('400 for %j', async (body) => {
    const { liv } = await manyHats();
    expect(await app.request(liv).put('/api/session/hat', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('the language', () => {
  const languageOf = async (person: TestPerson) => (await app.request(person).get('/api/session')).body.person.language;

  test('is chosen by each for oneself; 401 for nobody, 400 for one that there is not', async () => {
    const { anna, emil, bo, hanne } = await makeCentre(app);
    expect((await app.request(null).put('/api/session/language', { language: 'en' })).status).toBe(401);
    for (const person of [anna, bo, hanne]) {
      expect((await app.request(person).put('/api/session/language', { language: 'en' })).status).toBe(204);
      expect(await languageOf(person)).toBe('en');
    }
    expect(await languageOf(emil)).toBe('da');
    expect(await app.request(anna).put('/api/session/language', { language: 'se' })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});
