import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
import { visitors } from '../../../../tests/support/visits.ts';

const app = await testApp();

/** A company that Anna follows. */
async function followed() {
  const made = await visitors(app);
  const answer = await app.request(made.anna).put(`/api/companies/${made.company.id}/contact-person`, { person: made.anna.id }, seen(0));
  expect(answer.status, answer.text).toBe(200);
  return made;
}
type Made = Awaited<ReturnType<typeof followed>>;
const body = ({ company, anna, karim }: Made, over: Record<string, unknown> = {}) => ({
  company: company.id,
  purpose: 'Et samlet forløb for natholdet',
  criteria: ['complex', 'learning'],
  members: [anna.id, karim.id],
  lead: anna.id,
  ...over,
});
const start = (by: TestPerson | null, sent: object) => app.request(by).post('/api/working-groups', sent);
const write = (by: TestPerson, group: { id: string; version: number }, sent: Record<string, unknown>) => {
  const { company: _company, ...facts } = sent;
  return app.request(by).put(`/api/working-groups/${group.id}`, facts, seen(group.version));
};
const end = (by: TestPerson, group: { id: string; version: number }) => app.request(by).put(`/api/working-groups/${group.id}/outcome`, { outcome: 'To hold er begyndt.' }, seen(group.version));

describe('who may', () => {
  test('2.24 401 for nobody, 403 for managers and call agents, 404 in another centre; all schools may read', async () => {
    const made = await followed();
    const { anna, bo, dorte, emil, ida, free } = made;
    expect((await start(null, body(made))).status).toBe(401);
    for (const person of [dorte, emil, bo]) expect((await start(person, body(made))).status).toBe(403);
    expect((await start(ida, body(made))).status).toBe(404);
    const group = (await start(anna, body(made))).body;
    expect((await app.request(emil).get(`/api/working-groups/${group.id}`)).body).toMatchObject({ purpose: 'Et samlet forløb for natholdet', can: { edit: false, end: false } });
    expect((await app.request(ida).get(`/api/working-groups/${group.id}`)).status).toBe(404);
    expect((await app.request(ida).get('/api/working-groups')).body).toEqual([]);
    expect(await write(free, group, body(made))).toMatchObject({ status: 403, body: { code: 'not_in_group' } });
    expect((await write(ida, group, body(made))).status).toBe(404);
    expect(await end(free, group)).toMatchObject({ status: 403, body: { code: 'not_lead' } });
  });

  test('2.24 any consultant starts one, also where another is the contact person; members and coordinator change it, only lead and coordinator hand it over or dissolve it', async () => {
    const made = await followed();
    const { anna, karim, free, camilla } = made;
    const first = (await start(free, body(made))).body;
    expect(first).toMatchObject({
      lead: { id: anna.id },
      version: 1,
      members: [
        { id: anna.id, school: 'Skole A', here: true },
        { id: karim.id, school: 'Skole B' },
      ],
    });
    const second = await write(karim, first, body(made, { criteria: ['size'], members: [anna.id, karim.id, free.id] }));
    expect(second).toMatchObject({ status: 200, body: { criteria: ['size'], version: 2, can: { edit: true, handOver: false, end: false } } });
    for (const version of [0, 1]) expect(await write(karim, { ...first, version }, body(made))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect(await write(karim, second.body, body(made, { lead: karim.id }))).toMatchObject({ status: 403, body: { code: 'lead_hands_over', fields: [{ path: 'lead' }] } });
    const third = await write(anna, second.body, body(made, { lead: karim.id }));
    expect(third).toMatchObject({ status: 200, body: { lead: { id: karim.id }, members: [{ id: karim.id }, { id: anna.id }] } });
    expect(await write(camilla, third.body, body(made))).toMatchObject({ status: 200, body: { lead: { id: anna.id } } });
    expect(await end(karim, { ...third.body, version: 4 })).toMatchObject({ status: 403 });
    expect(await end(anna, { ...third.body, version: 4 })).toMatchObject({ status: 200, body: { outcome: 'To hold er begyndt.', endedAt: expect.any(String), can: { edit: false } } });
    expect(await write(anna, { id: first.id, version: 5 }, body(made))).toMatchObject({ status: 409, body: { code: 'group_ended' } });
    const story = (await app.request(anna).get(`/api/companies/${made.company.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(story).toEqual(expect.arrayContaining(['working_group.started', 'working_group.lead', 'working_group.ended']));
  });
});

describe('what a group is', () => {
  test('2.24 400 and 422: no criterion, an unknown one, one school only, a lead outside, somebody who is no consultant; 409 for a company that nobody follows', async () => {
    const made = await followed();
    const { anna, signe, karim, dorte, centre } = made;
    for (const over of [{ criteria: [] }, { criteria: ['important'] }, { criteria: ['size', 'size'] }, { members: [] }, { purpose: ' ' }])
      expect((await start(anna, body(made, over))).status).toBe(400);
    expect(await start(anna, body(made, { members: [anna.id, signe.id] }))).toMatchObject({ status: 422, body: { code: 'group_one_school' } });
    expect(await start(anna, body(made, { members: [karim.id, signe.id] }))).toMatchObject({ status: 422, body: { code: 'group_lead_no_member' } });
    expect(await start(anna, body(made, { members: [anna.id, karim.id, dorte.id] }))).toMatchObject({ status: 422, body: { code: 'group_consultants' } });
    const other = await makeCompany(app, [centre]);
    expect(await start(anna, body(made, { company: other.id }))).toMatchObject({ status: 409, body: { code: 'company_not_followed' } });
    expect((await app.request(anna).get('/api/working-groups')).body).toEqual([]);
  });

  test('2.24 one of the centre’s own goes everywhere, so a group of one school with such a member is one', async () => {
    const made = await followed();
    expect(await start(made.anna, body(made, { members: [made.anna.id, made.free.id] }))).toMatchObject({ status: 201, body: { members: [{}, { school: null }] } });
  });

  test('2.24 the database holds at least one criterion and exactly one lead who is a member, whoever writes', async () => {
    const made = await followed();
    const group = (await start(made.anna, body(made))).body;
    await expect(app.owner.query(`update vn.working_group set criteria = '{}' where id = $1`, [group.id])).rejects.toThrow('working_group_criteria');
    await expect(app.owner.query('update vn.working_group set lead_id = null where id = $1', [group.id])).rejects.toThrow('null value');
    await expect(app.owner.query('update vn.working_group set lead_id = $2 where id = $1', [group.id, made.signe.id])).rejects.toThrow('working_group_lead');
    await expect(app.owner.query('delete from vn.working_group_member where group_id = $1 and person_id = $2', [group.id, made.anna.id])).rejects.toThrow('working_group_lead');
  });

  test('2.24 409 for a second group about one company, also of many started at once; 412 for a change that saw an older one', async () => {
    const made = await followed();
    const all = await Promise.all(Array.from({ length: 12 }, (_, at) => start(at % 2 === 0 ? made.anna : made.karim, body(made))));
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)]);
    expect(all.find(({ status }) => status === 409)?.body.code).toBe('group_exists');
    const group = all.find(({ status }) => status === 201)?.body;
    const both = await Promise.all([write(made.anna, group, body(made, { purpose: 'A' })), write(made.karim, group, body(made, { purpose: 'B' }))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(both.find(({ status }) => status === 412)?.body.current).toMatchObject({ version: 2 });
    await end(made.anna, { id: group.id, version: 2 });
    expect((await start(made.karim, body(made))).status).toBe(201);
  });

  test('2.24 a member who leaves the centre stays in the list and is marked; where it is the lead, any member takes the lead over', async () => {
    const made = await followed();
    const { anna, karim, camilla, free } = made;
    const group = (await start(anna, body(made, { members: [anna.id, karim.id, free.id] }))).body;
    expect((await app.request(camilla).get('/api/working-groups?whose=gone')).body).toEqual([]);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-16)' where person_id = $1`, [anna.id]);
    const [found] = (await app.request(camilla).get('/api/working-groups?whose=gone')).body;
    expect(found.members[0]).toMatchObject({ id: anna.id, here: false });
    expect((await app.request(karim).get(`/api/working-groups/${group.id}`)).body.can).toMatchObject({ edit: true, handOver: true });
    expect(await write(karim, group, body(made, { members: [karim.id, free.id, anna.id], lead: karim.id }))).toMatchObject({ status: 200, body: { lead: { id: karim.id } } });
  });

  test('2.24 tasks are the group’s: its lead gives them, and only while it works', async () => {
    const made = await followed();
    const { anna, karim, signe, company } = made;
    const group = (await start(anna, body(made))).body;
    const sent = { company: company.id, what: 'Find lokaler', owner: signe.id, due: '2026-11-30', group: group.id };
    const task = (await app.request(karim).post('/api/tasks', sent)).body;
    expect(task).toMatchObject({ group: group.id, state: 'open', owner: { id: signe.id } });
    expect((await app.request(anna).put(`/api/tasks/${task.id}/owner`, { owner: karim.id }, seen(1))).body).toMatchObject({ owner: { id: karim.id } });
    expect((await app.request(signe).get(`/api/tasks?whose=all&group=${group.id}`)).body).toHaveLength(1);
    expect((await app.request(anna).get(`/api/working-groups/${group.id}`)).body.openTasks).toBe(1);
    await end(anna, group);
    expect(await app.request(karim).post('/api/tasks', sent)).toMatchObject({ status: 409, body: { code: 'group_not_open' } });
  });
});
