import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { openCampaign } from '../../../../tests/support/campaigns.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makePerson, openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();
type Made = Awaited<ReturnType<typeof visitors>>;
const write = (person: TestPerson | null, school: string, lastDay: string | null, version = 1) => app.request(person).put(`/api/schools/${school}/last-day`, { lastDay }, seen(version));
const at = (moment: string) => app.clock.set(moment);
const start = '2026-11-17T09:00:00+01:00';
const names = (body: { name: string }[]) => body.map(({ name }) => name);

/** Anna of school A follows a company, has a task there, and leads a meeting in the first free hour; Karim of school B could lead it too. */
async function atWork(made: Made) {
  const { anna, camilla, karim, company, centre } = made;
  await makeBookable(app, centre, [anna]);
  await send(app, anna, randomUUID(), written(company, { nextSteps: [{ what: 'Send tilbud', owner: anna.id, due: '2026-12-04' }], note: 'Kun for os.' }));
  const [slot] = await slotsFor(app, camilla, company);
  const { body } = await book(app, camilla, company, slot?.choice ?? '');
  await makeBookable(app, centre, [karim]);
  return { meeting: String(body.id), start: String(body.start) };
}

describe('a school leaves the centre', () => {
  test('401, 403 for a manager, 404 for a school elsewhere; the last day is today at the earliest; 412 for an older sheet', async () => {
    const { centre, anna, dorte, camilla, ida, karen } = await visitors(app);
    const { a, b } = centre.schools;
    expect(await write(null, a, '2026-12-31')).toMatchObject({ status: 401 });
    for (const person of [anna, dorte]) expect(await write(person, a, '2026-12-31')).toMatchObject({ status: 403 });
    expect(await write(ida, a, '2026-12-31')).toMatchObject({ status: 404 });
    expect(await app.request(ida).get(`/api/schools/${a}/left-behind?lastDay=2026-12-31`)).toMatchObject({ status: 404 });
    expect(await write(camilla, a, '2026-11-16')).toMatchObject({ status: 422, body: { code: 'last_day_past' } });
    expect(await write(camilla, a, '2026-11-17')).toMatchObject({ status: 200, body: { lastDay: '2026-11-17', left: false, version: 2, can: { leave: true } } });
    expect(await write(camilla, a, null, 1)).toMatchObject({ status: 412, body: { current: { lastDay: '2026-11-17' } } });
    expect(await write(karen, b, '2026-12-31')).toMatchObject({ status: 200 });
    await expect(inside(app, dorte, (client) => client.query(`update vn.school set left_on = '2026-12-31'`))).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, dorte, (client) => client.query(`select vn.school_leaves($1, '2026-12-31', 2)`, [a]))).rejects.toMatchObject({ code: '42501' });
  });

  test('the figures say beforehand what goes to the coordinator', async () => {
    const made = await visitors(app);
    await atWork(made);
    const { camilla, centre, anna } = made;
    const ask = async (lastDay: string) => (await app.request(camilla).get(`/api/schools/${centre.schools.a}/left-behind?lastDay=${lastDay}`)).body;
    // Anna, Dorte and Signe; the meeting is on the 18th or later.
    expect(await ask('2026-11-17')).toEqual({ people: 3, meetings: 1, companies: 1, tasks: 1, corners: 0, turns: 0 });
    expect(await ask('2026-12-31')).toEqual({ people: 3, meetings: 0, companies: 1, tasks: 1, corners: 0, turns: 0 });
    // Whoever goes on elsewhere takes everything along.
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2026-11-17,)')`, [
      centre.id,
      randomUUID(),
      anna.id,
      centre.schools.b,
    ]);
    expect(await ask('2026-11-17')).toMatchObject({ people: 3, meetings: 0, companies: 0, tasks: 0 });
  });

  test('from the day after nobody is anything there: sessions end, meetings lack a lead, companies a contact person, tasks an owner; reports bear its name and notes stay closed', async () => {
    const made = await visitors(app);
    const { centre, anna, camilla, karim, dorte, company } = made;
    const { meeting } = await atWork(made);
    expect(await write(camilla, centre.schools.a, '2026-11-17')).toMatchObject({ status: 200 });
    // The meeting ahead is without a lead as soon as the day is written.
    expect((await app.request(camilla).get('/api/meetings?whose=leaderless')).body).toMatchObject([{ id: meeting }]);
    expect((await app.request(anna).get('/api/tasks?whose=mine')).status).toBe(200);
    await app.sweep();
    expect((await app.request(anna).get('/api/tasks?whose=mine')).status).toBe(200);
    at('2026-11-18T06:00:00+01:00');
    await app.sweep();
    for (const person of [anna, dorte]) expect((await app.request(person).get('/api/schools')).status).toBe(401);
    expect((await app.owner.query(`select ended_because from vn.session where person_id = $1`, [anna.id])).rows).toEqual([{ ended_because: 'left' }]);
    const request = app.request(camilla);
    expect((await request.get('/api/followed-companies?whose=orphaned')).body).toMatchObject([{ company: { id: company.id }, orphaned: true }]);
    expect((await request.get('/api/tasks?whose=unowned')).body).toMatchObject([{ what: 'Send tilbud', owner: null, state: 'open' }]);
    const reports = (await app.request(karim).get(`/api/visit-reports?company=${company.id}`)).body.items;
    expect(reports).toMatchObject([{ by: { school: 'Skole A' } }]);
    expect((await app.request(karim).get(`/api/visit-reports/${reports[0].id}`)).text).not.toMatch(/Kun for os/);
    expect(names((await request.get('/api/schools')).body)).toEqual(['Skole B', 'Skole C']);
    expect((await request.get('/api/schools?past=true')).body.at(-1)).toMatchObject({ name: 'Skole A', lastDay: '2026-11-17', left: true, can: { leave: false } });
    expect(await write(camilla, centre.schools.a, null, 2)).toMatchObject({ status: 409, body: { code: 'school_has_left' } });
    expect((await app.owner.query(`select event, data from vn.audit where subject = $1 order by at, id`, [centre.schools.a])).rows).toMatchObject([
      { event: 'school.leaves', data: { lastDay: '2026-11-17' } },
      { event: 'school.left' },
    ]);
    await app.sweep();
    expect((await app.owner.query(`select from vn.audit where subject = $1 and event = 'school.left'`, [centre.schools.a])).rowCount).toBe(1);
    at(start);
  });

  test('the rule gives it nothing after its last day, and its agreed share counts no more; other schools’ slots stay', async () => {
    const made = await visitors(app);
    const { centre, anna, karim, camilla } = made;
    await makeBookable(app, centre, [anna, karim]);
    const company = await makeCompany(app, [centre]);
    const shares = async () => (await app.request(camilla).get('/api/assignment-shares')).body.schools.map(({ school, share }: { school: string; share: number }) => [school, share]);
    expect(await shares()).toEqual([
      ['Skole A', 140],
      ['Skole B', 140],
      ['Skole C', 0],
    ]);
    await write(camilla, centre.schools.a, '2026-11-24');
    expect(await shares()).toEqual([
      ['Skole A', 40],
      ['Skole B', 140],
      ['Skole C', 0],
    ]);
    const consultants = async (week: string) =>
      new Set((await slotsFor(app, camilla, company, `?week=${week}`)).filter(({ start }) => start >= '2026-11-24T23:00').map(({ consultant }) => consultant));
    expect(await consultants('2026-11-23')).toEqual(new Set(['Karim']));
    expect(await consultants('2026-11-30')).toEqual(new Set(['Karim']));
    at('2026-11-25T08:00:00+01:00');
    expect(await shares()).toEqual([
      ['Skole B', 140],
      ['Skole C', 0],
    ]);
    expect((await app.request(camilla).get('/api/capacity')).body.rows.map(({ name }: { name: string }) => name)).not.toContain('Skole A');
    at(start);
  });

  test('taken back before it is over, every role is as it was; one that somebody ended meanwhile stays ended', async () => {
    const { centre, anna, signe, camilla, dorte } = await visitors(app);
    const { a } = centre.schools;
    const roles = async () => (await app.owner.query('select person_id, during::text from vn.membership where school_id = $1 order by person_id', [a])).rows;
    const before = await roles();
    await write(camilla, a, '2026-12-31');
    expect((await roles()).map(({ during }) => during)).toEqual(Array(3).fill('[2024-01-01,2027-01-01)'));
    const [membership] = (await app.request(camilla).get(`/api/people/${signe.id}`)).body.memberships;
    expect(membership).toMatchObject({ to: '2026-12-31' });
    expect(await app.request(camilla).post(`/api/people/${signe.id}/memberships/${membership.id}/end`, { lastDay: '2026-12-01' })).toMatchObject({ status: 200 });
    await write(camilla, a, '2026-12-15', 2);
    expect((await app.request(camilla).get(`/api/people/${anna.id}`)).body.memberships).toMatchObject([{ to: '2026-12-15' }]);
    await write(camilla, a, null, 3);
    expect((await roles()).filter(({ person_id }) => person_id !== signe.id)).toEqual(before.filter(({ person_id }) => person_id !== signe.id));
    expect((await app.request(camilla).get(`/api/people/${signe.id}`)).body.memberships).toMatchObject([{ to: '2026-12-01' }]);
    expect((await app.request(dorte).get(`/api/schools/${a}`)).body).toMatchObject({ lastDay: null, version: 4 });
  });

  test('whoever is invited to a school that leaves is there until its last day; to one that has left, nobody', async () => {
    const { centre, camilla } = await visitors(app);
    const { a } = centre.schools;
    await write(camilla, a, '2026-12-31');
    const invite = (from: string) => app.request(camilla).post('/api/people', { name: 'Ny', email: `ny-${randomUUID()}@skole.example`, role: 'consultant', schoolId: a, from });
    expect(await invite('2026-12-01')).toMatchObject({ status: 201, body: { memberships: [{ from: '2026-12-01', to: '2026-12-31' }] } });
    expect(await invite('2027-01-01')).toMatchObject({ status: 422, body: { code: 'unknown_place' } });
  });

  test('a role given and the last day written at once: nobody is anything there afterwards, and nobody waits for ever', async () => {
    const { centre, camilla } = await visitors(app);
    const { a } = centre.schools;
    const people = await Promise.all(Array.from({ length: 20 }, (_, no) => makePerson(app, `Ny${no}`, ['consultant'], { centreId: centre.id, schoolId: centre.schools.b })));
    const give = (person: TestPerson) => app.request(camilla).post(`/api/people/${person.id}/memberships`, { role: 'consultant', schoolId: a, from: '2026-11-17' });
    const known = (await app.request(camilla).get('/api/people?limit=50')).body.items.flatMap(({ id, memberships }: { id: string; memberships: { id: string; schoolId: string }[] }) =>
      memberships.filter(({ schoolId }) => schoolId === a).map((each) => [id, each.id]),
    );
    const end = ([id, membership]: [string, string]) => app.request(camilla).post(`/api/people/${id}/memberships/${membership}/end`, { lastDay: '2027-03-01' });
    const answers = await Promise.all([...people.slice(0, 10).map(give), write(camilla, a, '2026-11-30'), ...known.map(end), ...people.slice(10).map(give)]);
    expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
    expect((await app.owner.query(`select from vn.membership where school_id = $1 and (upper_inf(during) or upper(during) > '2026-12-01')`, [a])).rowCount).toBe(0);
  });

  test('a later hearing does not ask it, and one that is open does not wait for it', async () => {
    const { centre, camilla } = await visitors(app);
    await makeCompany(app, [centre]);
    const heard = async (name: string) => {
      const id = await openCampaign(app, camilla, { name });
      return { id, schools: (await app.owner.query('select school_id from vn.hearing where campaign_id = $1', [id])).rows.map(({ school_id }) => school_id).sort() };
    };
    const { a, b, c } = centre.schools;
    await write(camilla, a, '2026-11-17');
    const open = await heard('Før');
    expect(open.schools).toEqual([a, b, c].sort());
    at('2026-11-18T08:00:00+01:00');
    expect((await heard('Efter')).schools).toEqual([b, c].sort());
    const close = () => app.request(camilla).post(`/api/campaigns/${open.id}/hearing/close`);
    expect((await close()).status).toBe(409);
    await app.owner.query('update vn.hearing set answered_at = $1 where campaign_id = $2 and school_id <> $3', [app.clock.now(), open.id, a]);
    expect((await close()).status).toBe(204);
    at(start);
  });

  test('it hosts no consultant meeting after its last day and can be chosen for none', async () => {
    const { centre, camilla } = await visitors(app);
    const { a, b } = centre.schools;
    const body = { name: 'Tirsdag', every: 1, weekday: 2, starts: '09:00', ends: '11:00', from: '2026-11-17', to: null, schools: [a, b] };
    expect(await app.request(camilla).post('/api/consultant-meeting-series', body)).toMatchObject({ status: 201 });
    await write(camilla, a, '2026-11-30');
    at('2026-11-18T09:00:00+01:00');
    await app.sweep();
    const hosts = (await app.owner.query(`select day::text, host_school_id from vn.consultant_meeting where centre_id = $1 and cancelled_at is null order by day`, [centre.id])).rows;
    expect(hosts.filter(({ day, host_school_id }) => day > '2026-11-30' && host_school_id === a)).toEqual([]);
    expect(hosts.length).toBeGreaterThan(10);
    at('2026-12-01T09:00:00+01:00');
    expect(await app.request({ token: await openSession(app, camilla) }).post('/api/consultant-meeting-series', { ...body, name: 'Anden', schools: [a] })).toMatchObject({
      status: 422,
      body: { code: 'school_unknown' },
    });
    at(start);
  });
});
