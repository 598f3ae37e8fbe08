import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';

const app = await testApp();
const address = '/api/teams';
const team = (over: Record<string, unknown> = {}) => ({ name: 'Team Metal', market: 'Metal i Limvig', members: [], ...over });
const form = (by: TestPerson, over: Record<string, unknown> = {}) => app.request(by).post(address, team(over));
const write = (by: TestPerson, id: string, over: Record<string, unknown> = {}, version = 1) => app.request(by).put(`${address}/${id}`, team(over), seen(version));
const listed = async (by: TestPerson) => (await app.request(by).get(address)).body;

describe('who may', () => {
  test('401 for nobody; 403 for the call agent and the ministry', async () => {
    const { bo, hanne } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      expect((await app.request(person).get(address)).status).toBe(status);
      expect((await app.request(person).post(address, team())).status).toBe(status);
      expect((await app.request(person).put(`${address}/${randomUUID()}`, team(), seen(1))).status).toBe(status);
      expect((await app.request(person).delete(`${address}/${randomUUID()}`)).status).toBe(status);
    }
  });

  test('403: schools see the teams and form none', async () => {
    const { anna, dorte, camilla } = await makeCentre(app);
    const formed = (await form(camilla)).body;
    for (const person of [anna, dorte]) {
      expect(await listed(person)).toEqual([{ ...formed, can: { edit: false } }]);
      expect((await form(person)).status).toBe(403);
      expect((await write(person, formed.id)).status).toBe(403);
      expect((await app.request(person).delete(`${address}/${formed.id}`)).status).toBe(403);
    }
  });

  test('404: a team of another centre is neither seen, changed nor dissolved', async () => {
    const { camilla, ida } = await makeCentre(app);
    const { id } = (await form(camilla)).body;
    expect(await listed(ida)).toEqual([]);
    expect(await write(ida, id)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(ida).delete(`${address}/${id}`)).status).toBe(404);
    expect(await listed(camilla)).toHaveLength(1);
  });
});

describe('a team', () => {
  test('has a market and members with their task, by name in Danish order', async () => {
    const { camilla, anna, emil, dorte } = await makeCentre(app);
    const members = [
      { personId: emil.id, task: 'Leder' },
      { personId: anna.id, task: '' },
      { personId: dorte.id, task: 'Booking' },
    ];
    const formed = await form(camilla, { members });
    expect(formed).toMatchObject({ status: 201, body: { name: 'Team Metal', market: 'Metal i Limvig', version: 1, can: { edit: true } } });
    expect(formed.body.members).toEqual([
      { personId: anna.id, name: 'Anna', task: '' },
      { personId: dorte.id, name: 'Dorte', task: 'Booking' },
      { personId: emil.id, name: 'Emil', task: 'Leder' },
    ]);
    expect(await listed(camilla)).toEqual([formed.body]);
  });

  test('is written anew with all its members, and dissolved with them; both leave an audit line', async () => {
    const { camilla, karen, anna, emil } = await makeCentre(app);
    const { id } = (await form(camilla, { members: [{ personId: anna.id, task: 'Leder' }] })).body;
    expect(await write(karen, id, { name: 'Team Træ', members: [{ personId: emil.id, task: '' }] })).toMatchObject({
      status: 200,
      body: { name: 'Team Træ', version: 2, members: [{ name: 'Emil' }] },
    });
    expect((await app.request(camilla).delete(`${address}/${id}`)).status).toBe(204);
    expect(await listed(camilla)).toEqual([]);
    expect((await app.owner.query('select from vn.team_member where team_id = $1', [id])).rowCount).toBe(0);
    expect((await app.owner.query('select event from vn.audit where subject = $1 order by event', [id])).rows.map(({ event }) => event)).toEqual(['team.dissolved', 'team.formed', 'team.written']);
    expect((await app.request(camilla).delete(`${address}/${id}`)).status).toBe(404);
  });

  test('teams stand in Danish order', async () => {
    const { camilla } = await makeCentre(app);
    for (const name of ['Øst', 'Aabølle', 'Vest', 'Ærø']) await form(camilla, { name });
    expect((await listed(camilla)).map(({ name }: { name: string }) => name)).toEqual(['Vest', 'Ærø', 'Øst', 'Aabølle']);
  });
});

describe('conflicts', () => {
  test('409: a name of the centre is taken, small or capital; another centre may use it', async () => {
    const { camilla, ida } = await makeCentre(app);
    await form(camilla);
    const second = (await form(camilla, { name: 'Team To' })).body;
    expect(await form(camilla, { name: 'TEAM metal' })).toMatchObject({ status: 409, body: { code: 'team_name_taken' } });
    expect(await write(camilla, second.id, { name: 'team Metal' })).toMatchObject({ status: 409, body: { code: 'team_name_taken' } });
    expect((await form(ida)).status).toBe(201);
  });

  test('428 without the version it saw; 412 with an older one, and the answer shows the team as it is now', async () => {
    const { camilla, karen } = await makeCentre(app);
    const { id } = (await form(camilla)).body;
    expect((await app.request(camilla).put(`${address}/${id}`, team())).status).toBe(428);
    await write(camilla, id, { market: 'Først' });
    expect(await write(karen, id, { market: 'Sidst' })).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 2, market: 'Først' } } });
  });

  test('both waited for the same team: one wins, the other is shown what the winner wrote', async () => {
    const { camilla, karen } = await makeCentre(app);
    const { id } = (await form(camilla)).body;
    await app.owner.query('begin');
    await app.owner.query('select from vn.team where id = $1 for update', [id]);
    const asked = [camilla, karen].map((writer) => write(writer, id, { market: writer.name }));
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    const [won, lost] = (await Promise.all(asked)).sort((one, other) => one.status - other.status);
    expect([won?.status, lost?.status, lost?.body.current]).toEqual([200, 412, won?.body]);
  });
});

describe('bad input', () => {
  test('422: a member must be of the centre, and nothing is left of the team', async () => {
    const { camilla, anna, ida } = await makeCentre(app);
    for (const personId of [ida.id, randomUUID()])
      expect(
        await form(camilla, {
          members: [
            { personId: anna.id, task: '' },
            { personId, task: '' },
          ],
        }),
      ).toMatchObject({ status: 422, body: { code: 'not_of_the_centre' } });
    expect(await listed(camilla)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an empty name', { name: ' ' }],
    ['a name of 101 characters', { name: 'a'.repeat(101) }],
    ['the same person twice', { members: Array(2).fill({ personId: randomUUID(), task: '' }) }],
    ['a member that is no id', { members: [{ personId: 'anna', task: '' }] }],
    ['31 members', { members: Array.from({ length: 31 }, () => ({ personId: randomUUID(), task: '' })) }],
    ['a field of its own', { leader: 'Anna' }],
  ])('400 for %s', async (_what, over) => {
    const { camilla } = await makeCentre(app);
    expect(await form(camilla, over)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

test('42501: a manager forms no team and joins none, by SQL', async () => {
  const { camilla, dorte } = await makeCentre(app);
  const { id } = (await form(camilla)).body;
  await expect(inside(app, dorte, (client) => client.query(`insert into vn.team (centre_id, id, name, market) values (ctx.centre(), gen_random_uuid(), 'X', '')`))).rejects.toMatchObject({
    code: '42501',
  });
  await expect(
    inside(app, dorte, (client) => client.query(`insert into vn.team_member (centre_id, team_id, person_id, task) values (ctx.centre(), $1, ctx.person(), '')`, [id])),
  ).rejects.toMatchObject({ code: '42501' });
  for (const statement of [`update vn.team set market = 'X'`, 'delete from vn.team', 'delete from vn.team_member'])
    expect((await inside(app, dorte, (client) => client.query(statement))).rowCount).toBe(0);
});
