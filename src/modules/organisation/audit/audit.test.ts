import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson, openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { toCursor } from '../../../kit/page.ts';

const app = await testApp();
const address = '/api/audit';
interface Line {
  id: string;
  at: string;
  person: string | null;
  asCoordinator: boolean;
  event: string;
  subject: string | null;
  data: Record<string, unknown>;
}
const lines = async (reader: { token: string }, query = ''): Promise<Line[]> => (await app.request(reader).get(`${address}${query}`)).body.items;
const addSchool = (karen: TestPerson, name: string) => app.request(karen).post('/api/schools', { name, kind: 'amu', town: '' });

describe('who may', () => {
  test('401 for nobody; 403 for everybody but administrators and data protection', async () => {
    const { anna, bo, camilla, dorte, emil, hanne, ida } = await makeCentre(app);
    expect((await app.request(null).get(address)).status).toBe(401);
    for (const person of [anna, bo, camilla, dorte, emil, hanne, ida]) expect(await app.request(person).get(address), person.name).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('either of the two roles is enough', async () => {
    const { centre } = await makeCentre(app);
    for (const role of ['administrator', 'data_protection'] as const) expect((await app.request(await makePerson(app, 'Gry', [role], { centreId: centre.id })).get(address)).status).toBe(200);
  });

  test('another centre’s lines are never in it, by subject or person neither', async () => {
    const { karen, other } = await makeCentre(app);
    const added = await addSchool(karen, 'Ny');
    const there = await makePerson(app, 'Gry', ['administrator'], { centreId: other.id });
    for (const query of ['', `?subject=${added.body.id}`, `?person=${karen.id}`, '?event=school.added']) expect(await lines(there, query), query).toEqual([]);
  });
});

describe('the log', () => {
  test('says who did what and when, newest first', async () => {
    const { karen, camilla } = await makeCentre(app);
    const start = app.clock.now();
    const school = await addSchool(karen, 'Ny');
    app.clock.advance({ minutes: 1 });
    const team = await app.request(camilla).post('/api/teams', { name: 'Team', market: '', members: [] });
    expect(await lines(karen)).toEqual([
      { id: expect.any(String), at: app.clock.now().toISOString(), person: 'Camilla', asCoordinator: true, event: 'team.formed', subject: team.body.id, data: { name: 'Team' } },
      { id: expect.any(String), at: start.toISOString(), person: 'Karen', asCoordinator: false, event: 'school.added', subject: school.body.id, data: { name: 'Ny' } },
    ]);
    app.clock.set(start.toISOString());
  });

  test('pages show every line exactly once, those of the same moment included', async () => {
    const { karen } = await makeCentre(app);
    const start = app.clock.now();
    for (const index of Array.from({ length: 9 }, (_, at) => at)) {
      if (index % 3 === 0) app.clock.advance({ minutes: 1 });
      await addSchool(karen, `Ny ${index}`);
    }
    const whole = await lines(karen, '?limit=200');
    expect(whole).toHaveLength(9);
    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((one, other) => other.localeCompare(one)));
    expect(await walk(app.request(karen), address, 2)).toEqual(whole);
    app.clock.set(start.toISOString());
  });

  test('can be narrowed to an event, a subject and a person', async () => {
    const { karen, camilla, anna } = await makeCentre(app);
    const school = await addSchool(karen, 'Ny');
    await addSchool(karen, 'Nyere');
    await app.request(camilla).post('/api/teams', { name: 'Team', market: '', members: [] });
    expect((await lines(karen, '?event=team.formed')).map(({ person }) => person)).toEqual(['Camilla']);
    expect((await lines(karen, `?subject=${school.body.id}`)).map(({ data }) => data)).toEqual([{ name: 'Ny' }]);
    expect((await lines(karen, `?person=${karen.id}`)).map(({ event }) => event)).toEqual(['school.added', 'school.added']);
    expect(await lines(karen, `?person=${karen.id}&event=team.formed`)).toEqual([]);
    expect(await lines(karen, `?person=${anna.id}`)).toEqual([]);
  });

  test('has every change of hat: putting the coordinator’s on, what was done under it, and taking it off', async () => {
    const { karen, centre } = await makeCentre(app);
    const liv = await makePerson(app, 'Liv', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, role, during) values ($1, $2, $3, 'coordinator', '[2024-01-01,)')`, [centre.id, randomUUID(), liv.id]);
    const start = app.clock.now();
    const session = { token: await openSession(app, liv) };
    const coordinator = { schoolId: null, organisationId: null, asCoordinator: true };
    const consultant = { schoolId: centre.schools.b, organisationId: null, asCoordinator: false };
    await app.request(session).put('/api/session/hat', coordinator);
    app.clock.advance({ minutes: 1 });
    await app.request(session).post('/api/teams', { name: 'Team', market: '', members: [] });
    app.clock.advance({ minutes: 1 });
    await app.request(session).put('/api/session/hat', consultant);
    expect(await lines(karen, `?person=${liv.id}`)).toMatchObject([
      { event: 'hat.worn', person: 'Liv', asCoordinator: true, data: { school: centre.schools.b, asCoordinator: false } },
      { event: 'team.formed', person: 'Liv', asCoordinator: true },
      { event: 'hat.worn', person: 'Liv', asCoordinator: false, data: { school: null, asCoordinator: true } },
    ]);
    app.clock.set(start.toISOString());
  });
});

describe('bad input', () => {
  test.each([
    ['nonsense', 'x'],
    ['another list’s cursor', toCursor(['Anna', '01990000-0000-7000-8000-000000000101'])],
    ['a moment that is none', toCursor(['2026-02-30T00:00:00Z', '01990000-0000-7000-8000-000000000101'])],
  ])('a cursor with %s is refused with its field', async (_what, cursor) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).get(`${address}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cursor' }] } });
  });

  test.each(['limit=0', 'limit=201', 'subject=x', 'person=karen', `event=${'a'.repeat(61)}`, 'from=2026-01-01'])('?%s is refused with a clear 400', async (query) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).get(`${address}?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('nobody rewrites the log', () => {
  test.each(['update vn.audit set person_id = null', 'delete from vn.audit', 'truncate vn.audit'])('42501: "%s" by whoever may read it', async (statement) => {
    const { karen } = await makeCentre(app);
    await addSchool(karen, 'Ny');
    await expect(inside(app, karen, (client) => client.query(statement))).rejects.toMatchObject({ code: '42501' });
  });

  test.each(['update vn.audit set person_id = null', 'delete from vn.audit'])('the owner of the database is refused "%s" too', async (statement) => {
    const { karen } = await makeCentre(app);
    await addSchool(karen, 'Ny');
    await expect(app.owner.query(statement)).rejects.toMatchObject({ code: 'VN009' });
    expect(await lines(karen)).toHaveLength(1);
  });

  test('a call agent writes lines in the own name only, and reads none', async () => {
    const { bo, anna } = await makeCentre(app);
    const write = (person: { id: string }) =>
      inside(app, bo, (client) => client.query(`insert into vn.audit (centre_id, id, at, person_id, event) values (ctx.centre(), gen_random_uuid(), ctx.now(), $1, 'x')`, [person.id]));
    expect((await write(bo)).rowCount).toBe(1);
    await expect(write(anna)).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, bo, (client) => client.query('select from vn.audit'))).rejects.toMatchObject({ code: '42501' });
  });

  test('the consultant sees no line, by SQL neither', async () => {
    const { karen, anna } = await makeCentre(app);
    await addSchool(karen, 'Ny');
    expect((await inside(app, anna, (client) => client.query('select from vn.audit'))).rowCount).toBe(0);
  });
});

test('42501: nobody writes a line of the audit or the access log in somebody else’s name, by SQL', async () => {
  const { anna, dorte } = await makeCentre(app);
  const line = (person: string) =>
    inside(app, anna, (client) => client.query(`insert into vn.audit (centre_id, id, at, person_id, event) values (ctx.centre(), gen_random_uuid(), now(), $1, 'x.y')`, [person]));
  expect((await line(anna.id)).rowCount).toBe(1);
  await expect(line(dorte.id)).rejects.toMatchObject({ code: '42501' });
  const read = (person: string) =>
    inside(app, anna, (client) => client.query(`insert into vn.access_log (centre_id, id, at, person_id, endpoint, about) values (ctx.centre(), gen_random_uuid(), now(), $1, 'x', '{}')`, [person]));
  expect((await read(anna.id)).rowCount).toBe(1);
  await expect(read(dorte.id)).rejects.toMatchObject({ code: '42501' });
});
