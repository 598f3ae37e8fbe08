import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';

const app = await testApp();
const person = ({ id }: { id: string }) => `/api/people/${id}`;
const give = (giver: TestPerson, to: { id: string }, role: Record<string, unknown>) => app.request(giver).post(`${person(to)}/memberships`, { from: '2026-11-17', ...role });
const end = (ender: TestPerson, whose: { id: string }, membership: string, lastDay: string) => app.request(ender).post(`${person(whose)}/memberships/${membership}/end`, { lastDay });
const leave = (asker: TestPerson, who: { id: string }) => app.request(asker).post(`${person(who)}/leave`);
const rolesOf = async (reader: TestPerson, of: { id: string }) =>
  (await app.request(reader).get(person(of))).body.memberships as { id: string; role: string; from: string; to: string | null; state: string }[];
const firstRole = async (reader: TestPerson, of: { id: string }) => (await rolesOf(reader, of))[0]?.id ?? '';
/** Another morning, for as long as `work` lasts. */
async function on(day: string, work: () => Promise<void>) {
  const start = app.clock.now();
  app.clock.set(`${day}T09:00:00+01:00`);
  await work().finally(() => app.clock.set(start.toISOString()));
}

describe('who may give and end roles', () => {
  test('401 for nobody; 403 for the consultant, the call agent and the ministry', async () => {
    const { anna, bo, hanne, emil, karen } = await makeCentre(app);
    const membership = await firstRole(karen, emil);
    for (const [asker, status] of [
      [null, 401],
      [anna, 403],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      expect((await app.request(asker).post(`${person(emil)}/memberships`, { role: 'consultant', from: '2026-11-17' })).status).toBe(status);
      expect((await app.request(asker).post(`${person(emil)}/memberships/${membership}/end`, { lastDay: '2026-11-17' })).status).toBe(status);
      expect((await app.request(asker).post(`${person(emil)}/leave`)).status).toBe(status);
    }
  });

  test('403: letting somebody leave the centre is not for a school’s manager', async () => {
    const { dorte, anna } = await makeCentre(app);
    expect(await leave(dorte, anna)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('404: another centre gives, ends and lets leave nobody here', async () => {
    const { ida, anna, karen } = await makeCentre(app);
    const membership = await firstRole(karen, anna);
    expect(await give(ida, anna, { role: 'consultant' })).toMatchObject({ status: 404 });
    expect(await end(ida, anna, membership, '2026-11-17')).toMatchObject({ status: 404 });
    expect(await leave(ida, anna)).toMatchObject({ status: 404 });
    expect(await rolesOf(karen, anna)).toEqual([expect.objectContaining({ role: 'consultant', state: 'now', to: null })]);
  });

  test('403: a manager gives and ends nothing at another school; the coordinator makes and unmakes no administrator', async () => {
    const { dorte, emil, camilla, karen, anna, centre } = await makeCentre(app);
    expect(await give(dorte, anna, { role: 'consultant', schoolId: centre.schools.b })).toMatchObject({ status: 403, body: { code: 'role_not_yours_to_give' } });
    expect(await end(dorte, emil, await firstRole(karen, emil), '2026-11-17')).toMatchObject({ status: 403, body: { code: 'role_not_yours_to_give' } });
    expect(await give(camilla, camilla, { role: 'administrator' })).toMatchObject({ status: 403, body: { code: 'role_not_yours_to_give' } });
    const administrator = (await rolesOf(karen, karen)).find(({ role }) => role === 'administrator')?.id ?? '';
    expect(await end(camilla, karen, administrator, '2026-11-17')).toMatchObject({ status: 403, body: { code: 'role_not_yours_to_give' } });
    expect(await leave(camilla, karen)).toMatchObject({ status: 403, body: { code: 'role_not_yours_to_give' } });
  });

  test('404: a role is ended with the person who holds it, not with another', async () => {
    const { karen, anna, emil } = await makeCentre(app);
    expect((await end(karen, anna, await firstRole(karen, emil), '2026-11-17')).status).toBe(404);
    expect((await end(karen, anna, randomUUID(), '2026-11-17')).status).toBe(404);
  });
});

describe('from a day to a day', () => {
  test('a role is ahead, held, and past; what it allows begins and ends with it', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    await give(karen, anna, { role: 'manager', schoolId: centre.schools.a, from: '2026-11-20', to: '2026-11-25' });
    const states = async () => (await rolesOf(karen, anna)).map(({ role, state }) => `${role} ${state}`);
    const mayInvite = async () => (await app.request({ token: await openSession(app, anna) }).post('/api/people', {})).status !== 403;
    expect([await states(), await mayInvite()]).toEqual([['consultant now', 'manager ahead'], false]);
    for (const day of ['2026-11-20', '2026-11-25']) await on(day, async () => expect([await states(), await mayInvite()]).toEqual([['consultant now', 'manager now'], true]));
    await on('2026-11-26', async () => expect([await states(), await mayInvite()]).toEqual([['consultant now', 'manager past'], false]));
  });

  test('401 today for whoever held only a role that ended yesterday', async () => {
    const { karen, anna } = await makeCentre(app);
    expect(await end(karen, anna, await firstRole(karen, anna), '2026-11-17')).toMatchObject({ status: 200, body: { memberships: [{ state: 'now', to: '2026-11-17' }] } });
    expect((await app.request(anna).get('/api/people')).status).toBe(200);
    await on('2026-11-18', async () => expect((await app.request(anna).get('/api/people')).status).toBe(401));
  });

  test('403 today where a role that ended yesterday was needed, while the others go on', async () => {
    const { karen, centre } = await makeCentre(app);
    const second = await makePerson(app, 'Mogens', ['administrator', 'register'], { centreId: centre.id });
    const administrator = (await rolesOf(karen, second)).find(({ role }) => role === 'administrator')?.id ?? '';
    await end(karen, second, administrator, '2026-11-17');
    expect((await app.request(second).get('/api/audit')).status).toBe(200);
    await on('2026-11-18', async () => {
      expect(await app.request(second).get('/api/audit')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect((await app.request(second).get('/api/people')).status).toBe(200);
    });
  });

  test('the same role at the same place twice at a time is refused; one after the other, or at another place, is fine', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    const manager = { role: 'manager', schoolId: centre.schools.a };
    expect((await give(karen, anna, { ...manager, from: '2027-01-01', to: '2027-06-30' })).status).toBe(201);
    for (const days of [{ from: '2027-06-30' }, { from: '2026-12-01', to: '2027-01-01' }, { from: '2027-02-01', to: '2027-02-02' }, { from: '2026-01-01' }])
      expect(await give(karen, anna, { ...manager, ...days })).toMatchObject({ status: 409, body: { code: 'role_held' } });
    expect((await give(karen, anna, { ...manager, from: '2027-07-01' })).status).toBe(201);
    expect((await give(karen, anna, { ...manager, schoolId: centre.schools.b, from: '2027-01-01' })).status).toBe(201);
  });

  test('1.30 the coordinator rotates: the next coordinator begins the day after the present one ends, and nobody is both', async () => {
    const { karen, camilla, centre } = await makeCentre(app);
    const liv = await makePerson(app, 'Liv', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    const coordinator = (await rolesOf(karen, camilla)).find(({ role }) => role === 'coordinator')?.id ?? '';
    await end(camilla, camilla, coordinator, '2026-12-31');
    expect((await give(camilla, liv, { role: 'coordinator', from: '2027-01-01', to: '2027-06-30' })).status).toBe(201);

    const hat = { schoolId: null, organisationId: null, asCoordinator: true };
    const wears = async (who: TestPerson) => {
      const session = { token: await openSession(app, { ...who, roles: ['consultant'], schoolId: who === liv ? centre.schools.b : null }) };
      const worn = await app.request(session).raw({ method: 'PUT', url: '/api/session/hat', headers: { 'content-type': 'application/json' }, payload: JSON.stringify(hat) });
      return worn.status === 200 && (await app.request(session).get('/api/processors')).status === 200;
    };
    const stillIn = async (who: TestPerson) => (await app.request({ token: await openSession(app, who) }).get('/api/processors')).status;
    const coordinators = (reader: TestPerson) => Promise.all([camilla, liv].map(async (who) => (await rolesOf(reader, who)).find(({ role }) => role === 'coordinator')));

    for (const day of ['2026-11-17', '2026-12-31'])
      await on(day, async () => {
        expect([await stillIn(camilla), await wears(liv)], day).toEqual([200, false]);
      });
    for (const day of ['2027-01-01', '2027-06-30'])
      await on(day, async () => {
        expect([await stillIn(camilla), await wears(liv)], day).toEqual([401, true]);
      });
    await on('2027-07-01', async () => {
      expect([await stillIn(camilla), await wears(liv)]).toEqual([401, false]);
      expect(await coordinators({ ...karen, token: await openSession(app, karen) })).toEqual([
        expect.objectContaining({ from: '2024-01-01', to: '2026-12-31', state: 'past' }),
        expect.objectContaining({ from: '2027-01-01', to: '2027-06-30', state: 'past' }),
      ]);
    });
    expect(await coordinators(karen)).toEqual([expect.objectContaining({ state: 'now' }), expect.objectContaining({ state: 'ahead' })]);
  });
});

describe('ending a role', () => {
  test('one that has not begun, before it begins, is removed', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    const given = await give(karen, anna, { role: 'manager', schoolId: centre.schools.a, from: '2027-01-01' });
    const ahead = given.body.memberships.find(({ role }: { role: string }) => role === 'manager').id;
    expect((await end(karen, anna, ahead, '2026-12-31')).body.memberships).toEqual([expect.objectContaining({ role: 'consultant' })]);
  });

  test('422: not long before it began', async () => {
    const { karen, anna } = await makeCentre(app);
    expect(await end(karen, anna, await firstRole(karen, anna), '2023-12-30')).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
  });

  test('422: not once it is past: what somebody was stays on record', async () => {
    const { karen, anna } = await makeCentre(app);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-01-01)' where person_id = $1`, [anna.id]);
    const before = await rolesOf(karen, anna);
    for (const day of ['2023-12-31', '2024-06-30', '2027-01-01']) expect(await end(karen, anna, before[0]?.id ?? '', day), day).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
    expect(await rolesOf(karen, anna)).toEqual(before);
  });

  test('422: not so late that it would run into the same role given from a later day', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    const membership = await firstRole(karen, anna);
    await end(karen, anna, membership, '2026-12-31');
    await give(karen, anna, { role: 'consultant', schoolId: centre.schools.a, from: '2027-02-01' });
    expect(await end(karen, anna, membership, '2027-02-01')).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
    expect((await end(karen, anna, membership, '2027-01-31')).status).toBe(200);
  });

  test.each([{}, { lastDay: '2026-13-01' }, { lastDay: 'tomorrow' }, { lastDay: null }, { lastDay: '2026-12-31', role: 'agent' }])('400 for %j', async (body) => {
    const { karen, anna } = await makeCentre(app);
    expect(await app.request(karen).post(`${person(anna)}/memberships/${await firstRole(karen, anna)}/end`, body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('leaving the centre', () => {
  test('ends every role and every session here at once; the past stays on record, and what has not begun is removed', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    await give(karen, anna, { role: 'manager', schoolId: centre.schools.a, from: '2027-01-01' });
    const elsewhere = { token: await openSession(app, anna) };
    const left = await leave(karen, anna);
    expect(left).toMatchObject({ status: 200, body: { can: { leave: false } } });
    expect(left.body.memberships).toEqual([expect.objectContaining({ role: 'consultant', from: '2024-01-01', to: '2026-11-16', state: 'past' })]);
    for (const session of [anna, elsewhere]) expect((await app.request(session).get('/api/people')).status).toBe(401);
    const sessions = await app.owner.query('select distinct ended_because from vn.session where person_id = $1', [anna.id]);
    expect(sessions.rows).toEqual([{ ended_because: 'left' }]);
    const audit = await app.owner.query(`select event from vn.audit where subject = $1 and event in ('role.ended', 'person.left') order by event`, [anna.id]);
    expect(audit.rows.map(({ event }) => event)).toEqual(['person.left', 'role.ended', 'role.ended']);
  });

  test('7.4.5 an administrator signs somebody out who stays: everywhere in the centre, at once, and nobody else may', async () => {
    const { karen, camilla, ida, anna, other } = await makeCentre(app);
    const telephone = { token: await openSession(app, anna) };
    const elsewhere = { token: await openSession(app, { ...anna, centreId: other.id, schoolId: other.schools.g }) };
    const sessions = `/api/people/${anna.id}/sessions`;
    expect((await app.request(camilla).delete(sessions)).status).toBe(403);
    expect((await app.request(ida).delete(sessions)).status).toBe(403);
    expect(await app.request(karen).delete(sessions)).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const session of [anna, telephone]) expect((await app.request(session).get('/api/people')).status).toBe(401);
    expect((await app.owner.query('select ended_at from vn.session where token_hash = $1', [createHash('sha256').update(elsewhere.token).digest()])).rows).toEqual([{ ended_at: null }]);
    expect(await app.request(karen).delete(sessions)).toMatchObject({ status: 200, body: { ended: 0 } });
    const again = { token: await openSession(app, anna) };
    expect((await app.request(again).get('/api/people')).status).toBe(200);
    expect((await app.request(karen).get(`/api/audit?subject=${anna.id}&event=person.signed_out`)).body.items.map(({ data }: { data: { sessions: number } }) => data.sessions).sort()).toEqual([0, 2]);
    const stranger = await makePerson(app, 'Fremmed', ['consultant'], { centreId: other.id, schoolId: other.schools.g });
    expect((await app.request(karen).delete(`/api/people/${stranger.id}/sessions`)).status).toBe(404);
  });

  test('leaves alone what the person is in another centre, and the sessions there', async () => {
    const { karen, ida, anna, other } = await makeCentre(app);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2025-01-01,)')`, [
      other.id,
      randomUUID(),
      anna.id,
      other.schools.g,
    ]);
    const there = { token: await openSession(app, { ...anna, centreId: other.id, schoolId: other.schools.g }) };
    await leave(karen, anna);
    expect((await app.request(there).get('/api/people')).status).toBe(200);
    expect(await rolesOf(ida, anna)).toEqual([expect.objectContaining({ state: 'now' })]);
  });

  test('whoever came back starts anew beside the record', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    await leave(karen, anna);
    const again = await give(karen, anna, { role: 'consultant', schoolId: centre.schools.a });
    expect(again.body.memberships).toEqual([expect.objectContaining({ state: 'past' }), expect.objectContaining({ state: 'now', from: '2026-11-17' })]);
  });
});

describe('the last administrator', () => {
  const administratorOf = async (who: TestPerson) => (await rolesOf(who, who)).find(({ role }) => role === 'administrator')?.id ?? '';

  test('409: neither leaves nor is given a last day', async () => {
    const { karen } = await makeCentre(app);
    expect(await leave(karen, karen)).toMatchObject({ status: 409, body: { code: 'last_administrator' } });
    expect(await end(karen, karen, await administratorOf(karen), '2027-12-31')).toMatchObject({ status: 409, body: { code: 'last_administrator' } });
    expect((await rolesOf(karen, karen)).every(({ state, to }) => state === 'now' && to === null)).toBe(true);
  });

  test('may go once another one stays, but not while the next one has yet to begin', async () => {
    const { karen, anna } = await makeCentre(app);
    await give(karen, anna, { role: 'administrator', from: '2027-01-01' });
    expect(await leave(karen, karen)).toMatchObject({ status: 409, body: { code: 'last_administrator' } });
    expect((await end(karen, karen, await administratorOf(karen), '2026-12-30')).status).toBe(409);
    expect((await end(karen, karen, await administratorOf(karen), '2026-12-31')).status).toBe(200);
  });

  test('two administrators who let each other leave at once: one remains', async () => {
    const { karen, centre } = await makeCentre(app);
    const mogens = await makePerson(app, 'Mogens', ['administrator'], { centreId: centre.id });
    await app.owner.query('begin');
    await app.owner.query(`select from vn.membership where centre_id = $1 and role = 'administrator' for update`, [centre.id]);
    const asked = [leave(karen, mogens), leave(mogens, karen)];
    await untilWaiting(app, 2); // both were let in as administrators
    await app.owner.query('commit');
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = await app.owner.query(`select from vn.membership where centre_id = $1 and role = 'administrator' and upper_inf(during)`, [centre.id]);
    expect(left.rowCount).toBe(1);
  });
});

describe('the database says the same', () => {
  test.each([
    ['adds a role', `insert into vn.membership (centre_id, id, person_id, role, during) values (ctx.centre(), gen_random_uuid(), ctx.person(), 'administrator', '[2024-01-01,)')`],
    ['changes a role', `update vn.membership set role = 'administrator'`],
    ['lengthens a role', `update vn.membership set during = '[2024-01-01,)'`],
    ['removes a role', 'delete from vn.membership'],
    ['makes itself administrator', `select vn.give_role(gen_random_uuid(), ctx.person(), 'administrator', null, null, '[2024-01-01,)')`],
    ['ends all sessions of a person', 'select vn.end_sessions_of(ctx.person())'],
    ['reads persons past the centre', 'select * from vn.person'],
    ['reads sessions', 'select * from vn.session'],
    ['reads sign-in tokens', 'select * from vn.sign_in_token'],
  ])('42501: a school’s manager who %s by SQL', async (_what, statement) => {
    const { dorte } = await makeCentre(app);
    await expect(inside(app, dorte, (client) => client.query(statement))).rejects.toMatchObject({ code: '42501' });
  });

  test('42501: a manager gives no role at another school and ends none there, by the functions either', async () => {
    const { dorte, emil, anna, karen, centre } = await makeCentre(app);
    const membership = await firstRole(karen, emil);
    await expect(inside(app, dorte, (client) => client.query(`select vn.give_role($1, $2, 'consultant', $3, null, '[2027-01-01,)')`, [randomUUID(), anna.id, centre.schools.b]))).rejects.toMatchObject(
      { code: '42501' },
    );
    await expect(inside(app, dorte, (client) => client.query(`select vn.end_role($1, '2026-11-17')`, [membership]))).rejects.toMatchObject({ code: '42501' });
  });

  test('42501: a consultant makes no person', async () => {
    const { anna } = await makeCentre(app);
    await expect(inside(app, anna, (client) => client.query(`select vn.person_for(gen_random_uuid(), 'X', 'x@skole.example', 'da')`))).rejects.toMatchObject({ code: '42501' });
  });

  test('the functions end no role of another centre', async () => {
    const { ida, anna, karen } = await makeCentre(app);
    const membership = await firstRole(karen, anna);
    expect((await inside(app, ida, (client) => client.query(`select vn.end_role($1, '2026-11-17') done`, [membership]))).rows).toEqual([{ done: false }]);
  });

  test('a person is found by the own centre only', async () => {
    const { ida, anna } = await makeCentre(app);
    expect((await inside(app, ida, (client) => client.query('select from vn.people() where id = $1', [anna.id]))).rowCount).toBe(0);
  });
});

test('42501: a manager gives nobody a role at the centre itself, by SQL', async () => {
  const { anna, dorte } = await makeCentre(app);
  await expect(inside(app, dorte, (client) => client.query(`select vn.give_role(gen_random_uuid(), $1, 'consultant', null, null, '[2030-01-01,)')`, [anna.id]))).rejects.toMatchObject({
    code: '42501',
  });
});
