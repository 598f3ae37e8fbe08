import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import type { Key } from './contract.ts';
import { runningOut } from './rules.ts';

const app = await testApp();
type Centre = Awaited<ReturnType<typeof makeCentre>>;
let made: Centre;
beforeAll(async () => {
  made = await makeCentre(app);
});

const own = { name: 'Et script', writes: true, days: 30, machine: null };
const machine = (role: string, place: { schoolId?: string; organisationId?: string } = {}) => ({ ...own, name: `En ${role}`, machine: { role, schoolId: null, organisationId: null, ...place } });
const keyOf = async (person: TestPerson, body: object = own): Promise<{ id: string; key: string }> => {
  const answer = await app.request(person).post('/api/keys', body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
/** What asks with a key instead of a cookie. */
const by = (key: string) => ({ authorization: `Bearer ${key}` });
const ask = (key: string, url = '/api/session') => app.request(null).get(url, by(key));

describe('X.2 a key stands for somebody, never for more', () => {
  test('X.2 one’s own has one’s rights under the hat worn when it was made', async () => {
    const { anna, bo, centre } = made;
    expect((await ask((await keyOf(anna)).key)).body).toMatchObject({ person: { name: 'Anna' }, centre: { id: centre.id }, hat: { schoolId: centre.schools.a, roles: ['consultant'] } });
    const call = (await keyOf(bo)).key;
    expect((await ask(call, '/api/companies')).status).toBe(403);
    expect((await ask(call, '/api/calls/campaigns')).status).toBe(200);
  });

  test('X.2 a role that ends, ends its keys: at once and of itself', async () => {
    const { karen, centre } = made;
    const leaver = await makePerson(app, 'Liv', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const { key } = await keyOf(leaver);
    expect((await ask(key, '/api/schools')).status).toBe(200);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1`, [leaver.id]);
    expect((await ask(key, '/api/schools')).status).toBe(401);
    await app.owner.query('update vn.membership set during = daterange(lower(during), null) where person_id = $1', [leaver.id]);
    expect((await ask(key, '/api/schools')).status).toBe(200);
    expect((await app.request(karen).post(`/api/people/${leaver.id}/leave`, { lastDay: '2026-11-17' })).status).toBeLessThan(300);
    expect((await app.owner.query('select ended_by from vn.api_key where person_id = $1', [leaver.id])).rows).toEqual([{ ended_by: karen.id }]);
  });

  test('X.2 a machine holds one role at one place; its name stands at what it does, and it cannot sign in', async () => {
    const { karen, camilla, centre } = made;
    const { key, id } = await keyOf(karen, machine('coordinator'));
    const answer = await app.request(null).post('/api/teams', { name: 'Team fra et system', market: '', members: [] }, by(key));
    expect(answer.status, answer.text).toBe(201);
    const log = await app.request(karen).get('/api/audit?limit=50');
    expect(log.body.items.find(({ event }: { event: string }) => event === 'team.formed')).toMatchObject({ event: 'team.formed', person: 'En coordinator', asCoordinator: true });
    expect((await ask(key)).body).toMatchObject({ person: { name: 'En coordinator' } });
    expect((await app.request(camilla).get('/api/people?limit=200')).text).not.toContain('En coordinator');
    const { person_id } = (await app.owner.query('select person_id from vn.api_key where id = $1', [id])).rows[0];
    expect((await app.request(null).post('/api/sign-in', { email: `${person_id}@machine.invalid` })).status).toBe(202);
    await app.jobs.drain();
    expect(app.mails.filter(({ to }) => to.endsWith('machine.invalid'))).toEqual([]);
    expect((await app.owner.query(`select vn.start_session($1, $2, $3, '', 'mail', null, null, null, null) ok`, [randomUUID(), Buffer.alloc(32), person_id])).rows).toEqual([{ ok: 'nothing' }]);
    expect(centre.id).toBe((await ask(key)).body.centre.id);
  });

  test('X.2 a school’s machine reads what the school may; a call centre’s calls and reads nothing else; another centre is not there', async () => {
    const { dorte, karen, ida, centre, other } = made;
    const manager = (await keyOf(dorte, machine('manager', { schoolId: centre.schools.a }))).key;
    expect((await ask(manager, '/api/schools')).body.map(({ name }: { name: string }) => name)).toEqual(['Skole A', 'Skole B', 'Skole C']);
    const agent = (await keyOf(karen, machine('agent', { organisationId: centre.organisation }))).key;
    expect((await ask(agent, '/api/calls/campaigns')).status).toBe(200);
    for (const url of ['/api/companies', '/api/schools', '/api/people', '/api/keys/x']) expect([403, 404]).toContain((await ask(agent, url)).status);
    expect((await app.request(ida).get('/api/keys')).body.keys).toEqual([]);
    expect((await app.request(ida).post('/api/keys', machine('manager', { schoolId: centre.schools.a }))).status).toBe(403);
    expect((await ask(manager, `/api/schools/${other.schools.g}`)).status).toBe(404);
  });

  test('X.2 a school that has left takes its machines along', async () => {
    const { karen, centre } = made;
    const { key } = await keyOf(karen, machine('consultant', { schoolId: centre.schools.c }));
    expect((await ask(key)).status).toBe(200);
    await app.owner.query(`update vn.school set left_on = '2026-11-16' where id = $1`, [centre.schools.c]);
    expect((await ask(key)).status).toBe(401);
    expect((await app.request(karen).post('/api/keys', machine('consultant', { schoolId: centre.schools.c }))).body.code).toBe('place_does_not_fit_key');
    await app.owner.query('update vn.school set left_on = null where id = $1', [centre.schools.c]);
  });
});

describe('X.2 who makes and ends keys', () => {
  test('X.2 a manager the own school’s, an administrator the centre’s, nobody else’s', async () => {
    const { anna, bo, camilla, dorte, karen, centre } = made;
    const at = { schoolId: centre.schools.b };
    for (const person of [anna, bo, camilla, dorte]) expect((await app.request(person).post('/api/keys', machine('consultant', at))).status, person.name).toBe(403);
    expect((await app.request(dorte).post('/api/keys', machine('coordinator'))).status).toBe(403);
    for (const role of ['administrator', 'data_protection', 'ministry']) expect((await app.request(karen).post('/api/keys', machine(role))).status, role).toBe(400);
    for (const [role, place] of [
      ['manager', {}],
      ['agent', at],
      ['coordinator', at],
      ['agent', { organisationId: randomUUID() }],
      ['consultant', { schoolId: made.other.schools.g }],
    ] as const)
      expect((await app.request(karen).post('/api/keys', machine(role, place))).body.code, role).toBe('place_does_not_fit_key');
  });

  test('X.2 only somebody at a screen: a key makes, ends and gives nothing', async () => {
    const { karen } = made;
    const { key, id } = await keyOf(karen);
    for (const [method, url, body] of [
      ['POST', '/api/keys', own],
      ['DELETE', `/api/keys/${id}`, undefined],
      ['POST', '/api/people', { name: 'X', email: 'x@example.dk', role: 'administrator', schoolId: null, organisationId: null, from: '2026-11-17', to: null }],
      ['PUT', '/api/session/hat', { schoolId: null, organisationId: null, asCoordinator: false }],
      ['DELETE', '/api/session', undefined],
    ] as const) {
      const answer = await app.request(null).raw({ method, url, headers: { ...by(key), ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
      expect([answer.status, answer.body.code], url).toEqual([403, 'key_not_enough']);
    }
  });

  test('X.2 one sees and ends one’s own; a machine’s whoever may make it', async () => {
    const { anna, dorte, emil, karen, centre } = made;
    const mine = await keyOf(anna);
    const school = await keyOf(dorte, machine('consultant', { schoolId: centre.schools.a }));
    const seen = async (person: TestPerson) => (await app.request(person).get('/api/keys')).body.keys.map(({ id }: { id: string }) => id);
    expect(await seen(anna)).toContain(mine.id);
    for (const person of [dorte, karen]) expect(await seen(person)).not.toContain(mine.id);
    for (const person of [anna, emil]) expect(await seen(person)).not.toContain(school.id);
    for (const person of [dorte, karen]) expect(await seen(person)).toContain(school.id);
    for (const [person, id] of [
      [karen, mine.id],
      [emil, school.id],
      [made.ida, school.id],
      [anna, randomUUID()],
    ] as const)
      expect((await app.request(person).delete(`/api/keys/${id}`)).status).toBe(404);
    for (const [person, key] of [
      [anna, mine],
      [karen, school],
    ] as const) {
      expect((await app.request(person).delete(`/api/keys/${key.id}`)).status).toBe(204);
      expect((await ask(key.key)).status).toBe(401);
      expect((await app.request(person).get('/api/keys')).body.keys.find(({ id }: { id: string }) => id === key.id)).toMatchObject({ state: 'ended' });
    }
  });

  test('X.2 twenty of one’s own, however fast one asks; the database writes no key that lives longer than a year', async () => {
    const { centre } = made;
    const greedy = await makePerson(app, 'Grith', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const answers = await Promise.all(Array.from({ length: 25 }, () => app.request(greedy).post('/api/keys', own)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ body }) => body.code === 'too_many_keys')).toHaveLength(5);
    await expect(app.owner.query(`update vn.api_key set expires_at = created_at + interval '367 days' where person_id = $1`, [greedy.id])).rejects.toMatchObject({ code: '23514' });
  });
});

describe('X.2 the secret itself', () => {
  test('X.2 is answered once and is nowhere: not in a table, not for a repeated Idempotency-Key, not in the log', async () => {
    const { anna, karen } = made;
    const once = { 'idempotency-key': randomUUID() };
    const first = await app.request(anna).post('/api/keys', own, once);
    expect(first.status).toBe(201);
    const again = await app.request(anna).post('/api/keys', own, once);
    expect([again.status, again.body.code, again.text.includes('vejnet_')]).toEqual([422, 'idempotency_key_reused', false]);
    const secret = first.body.key as string;
    expect(secret).toMatch(/^vejnet_[\w-]{43}$/);
    const { rows } = await app.owner.query(`select table_name from information_schema.tables where table_schema in ('vn', 'jobs') and table_type = 'BASE TABLE'`);
    for (const { table_name: name } of rows) {
      const found = await app.owner.query(`select count(*)::int n from vn."${name}" t where t::text like $1`, [`%${secret.slice(12)}%`]).catch(() => ({ rows: [{ n: 0 }] }));
      expect(found.rows[0].n, name).toBe(0);
    }
    expect((await app.request(karen).get('/api/audit?limit=5')).text).not.toContain(secret.slice(12));
    expect((await app.request(anna).get('/api/keys')).text).not.toContain(secret.slice(12));
  });

  test('X.2 unknown, shortened, expired or in the wrong place it opens nothing, not even what anyone may read', async () => {
    const { anna, karen } = made;
    const { key } = await keyOf(anna);
    for (const wrong of [`vejnet_${'a'.repeat(43)}`, key.slice(0, -1).concat(key.endsWith('A') ? 'B' : 'A')]) expect((await ask(wrong)).status).toBe(401);
    for (const odd of [key.slice(0, -1), `${key}a`, `${key} ${key}`, `x${key}`]) expect((await ask(odd, '/api/schools')).status).toBe(401);
    expect((await app.request(null).get(`/api/schools?key=${key}`)).status).not.toBe(200);
    expect((await app.request({ token: key }).get('/api/schools')).status).toBe(401);
    expect((await app.request(null).get('/api/schools', { authorization: `bearer   ${key}` })).status).toBe(200);
    // A key beside a session is the key: nobody does with it what only the session may.
    expect((await app.request(karen).get('/api/session', by(key))).body.person.name).toBe('Anna');
    app.clock.set('2026-12-18T09:00:00+01:00');
    expect((await ask(key)).status).toBe(401);
    app.clock.set('2026-11-17T09:00:00+01:00');
    expect((await ask(key)).status).toBe(200);
  });

  test('X.2 one for reading reads and writes nothing', async () => {
    const { camilla } = made;
    const { key } = await keyOf(camilla, { ...own, writes: false });
    expect((await ask(key, '/api/teams')).status).toBe(200);
    const answer = await app.request(null).post('/api/teams', { name: 'Nej', market: '', members: [] }, by(key));
    expect([answer.status, answer.body.code]).toEqual([403, 'key_reads_only']);
  });

  test('X.2 comes from anywhere: a browser sends it along of its own accord nowhere, so a foreign origin is no attack; a cookie is still refused there', async () => {
    const { camilla } = made;
    const { key } = await keyOf(camilla);
    const foreign = { origin: 'https://et-andet-system.example', 'sec-fetch-site': 'cross-site' };
    expect((await app.request(null).post('/api/teams', { name: 'Udefra', market: '', members: [] }, { ...by(key), ...foreign })).status).toBe(201);
    expect((await app.request(camilla).post('/api/teams', { name: 'Udefra 2', market: '', members: [] }, foreign)).body.code).toBe('foreign_origin');
  });
});

describe('X.2 how often a key may ask', () => {
  test('X.2 is said in the head of every answer; one too many waits, other keys do not', async () => {
    const { anna } = made;
    const [fast, other] = [await keyOf(anna), await keyOf(anna)];
    const first = await ask(fast.key);
    expect([first.headers['ratelimit-policy'], first.headers.ratelimit]).toEqual(['"key";q=600;w=60', '"key";r=599;t=60']);
    await app.owner.query(`update vn.rate set count = 599 where key = $1`, [`api-key ${fast.id}`]);
    const both = await Promise.all([ask(fast.key), ask(fast.key)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
    const late = await ask(fast.key, '/api/schools');
    expect([late.status, late.body.code, late.headers['retry-after'], late.headers.ratelimit]).toEqual([429, 'too_many_requests', '60', '"key";r=0;t=60']);
    expect((await ask(other.key)).status).toBe(200);
    app.clock.set('2026-11-17T09:01:00+01:00');
    expect((await ask(fast.key)).headers.ratelimit).toBe('"key";r=599;t=60');
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('X.2 when it was used last stands in the list', async () => {
    const { anna } = made;
    const { id, key } = await keyOf(anna);
    const listed = async () => (await app.request(anna).get('/api/keys')).body.keys.find((each: { id: string }) => each.id === id).usedAt;
    expect(await listed()).toBeNull();
    await ask(key);
    expect(await listed()).toBe('2026-11-17T08:00:00.000Z');
  });
});

describe('X.2 what a key, or whoever saw one, keeps', () => {
  test('X.2 a machine’s key whose maker could not make it today is marked, for that person saw it', async () => {
    const { karen, centre } = made;
    const chief = await makePerson(app, 'Rikke', ['manager'], { centreId: centre.id, schoolId: centre.schools.a });
    const { id } = await keyOf(chief, machine('manager', { schoolId: centre.schools.a }));
    const marked = async (person: TestPerson) => (await app.request(person).get('/api/keys')).body.keys.find((key: { id: string }) => key.id === id).makerGone;
    expect([await marked(chief), await marked(made.dorte), await marked(karen)]).toEqual([false, false, false]);
    // To another school: the competitor's manager knows a key to this one.
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1`, [chief.id]);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'manager', '[2024-01-01,)')`, [
      centre.id,
      randomUUID(),
      chief.id,
      centre.schools.b,
    ]);
    expect([await marked(made.dorte), await marked(karen)]).toEqual([true, true]);
    const own = await keyOf(made.anna);
    expect((await app.request(made.anna).get('/api/keys')).body.keys.find((key: { id: string }) => key.id === own.id).makerGone).toBe(false);
  });

  test('X.2 a key gives itself no secret address that outlives it', async () => {
    const { anna } = made;
    const { key } = await keyOf(anna);
    for (const url of [`/api/people/${anna.id}/calendar-feed`, `/api/people/${anna.id}/intake-address`])
      expect((await app.request(null).raw({ method: 'PUT', url, headers: by(key) })).body.code, url).toBe('key_not_enough');
  });
});

test('X.2 nobody reads the table of keys, whatever the role', async () => {
  const { anna, bo, hanne, karen } = made;
  for (const person of [anna, bo, hanne, karen]) await expect(inside(app, person, (client) => client.query('select * from vn.api_key'))).rejects.toMatchObject({ code: '42501' });
});

describe('X.2 a key that runs out', () => {
  const until = (day: string) => app.clock.set(`${day}T09:00:00+01:00`);
  const letters = (...people: TestPerson[]) => app.mails.filter(({ to, text }) => text.includes('/keys') && people.some(({ email }) => email === to)).map(({ to, subject }) => `${to}: ${subject}`);

  test('X.2 is told of once, two weeks before, to whoever answers for it; what nobody used stops nothing', async () => {
    const { karen, camilla, anna, ida } = await makeCentre(app);
    until('2026-11-17');
    const keys = [await keyOf(anna), await keyOf(karen, machine('coordinator')), await keyOf(ida)];
    await keyOf(anna, { ...own, name: 'Glemt' });
    for (const { key } of keys) expect((await ask(key)).status).toBe(200);
    const [hers, machines] = [(await app.request(anna).get('/api/keys')).body.keys, (await app.request(karen).get('/api/keys')).body.keys] as [Key[], Key[]];
    until('2026-12-02');
    await app.sweep();
    expect(letters(anna, karen, ida)).toEqual([]);
    until('2026-12-04');
    await app.sweep();
    await app.sweep();
    expect(letters(anna, karen, ida).sort()).toEqual([anna, karen, ida].map(({ email }, at) => `${email}: API-nøglen ${at === 1 ? 'En coordinator' : 'Et script'} udløber 17. december 2026`).sort());
    const soon = (keys: Key[], day: string) => runningOut(keys, day).map(({ name }) => name);
    expect([soon(hers, '2026-12-02'), soon(hers, '2026-12-04'), soon(machines, '2026-12-04')]).toEqual([[], ['Et script'], ['En coordinator']]);
    await expect(inside(app, camilla, (client) => client.query('select vn.keys_to_tell(now())'))).rejects.toThrow('forbidden');
    until('2026-11-17');
  });

  test('X.2 whose maker is no administrator any more is told of to those who are; whoever has left hears nothing', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    const kaja = await makePerson(app, 'Kaja', ['administrator'], { centreId: centre.id });
    until('2026-11-17');
    for (const { key } of [await keyOf(karen, machine('register')), await keyOf(anna)]) await ask(key);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-12-01') where person_id = any ($1)`, [[karen.id, anna.id]]);
    until('2026-12-04');
    await app.sweep();
    expect(letters(karen, kaja, anna)).toEqual([`${kaja.email}: API-nøglen En register udløber 17. december 2026`]);
    until('2026-11-17');
  });
});
