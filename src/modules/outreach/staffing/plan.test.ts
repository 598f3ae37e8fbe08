import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { agree, book, falseCounters, handover, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import type { Plan } from './contract.ts';

// Tuesday 17 November 2026.
const app = await testApp();
const ask = (by: TestPerson | null, over: Record<string, unknown> = {}) => app.request(by).post('/api/staffing-plans', { week: '2026-11-23', scope: 'missing', ...over });
const done = async (by: TestPerson, over: Record<string, unknown> = {}): Promise<NonNullable<Plan['proposal']> & { id: string }> => {
  const asked = await ask(by, over);
  expect(asked, asked.text).toMatchObject({ status: 202, body: { state: 'waiting', proposal: null } });
  await app.jobs.drain();
  const { body } = await app.request(by).get(`/api/staffing-plans/${asked.body.id}`);
  expect(body.state).toBe('done');
  return { id: body.id, ...body.proposal };
};
const profile = (centre: { id: string }, person: TestPerson, industries: string[], experience = 'experienced', products: string[] = []) =>
  app.owner.query(
    `insert into vn.consultant_profile (centre_id, person_id, school_id, industries, products, assessment, basic_skills, languages, area, employer, experience, version) values ($1, $2, $3, $4, $5, 0, 0, '{da}', '{}', 'school', $6, 1)`,
    [centre.id, person.id, person.schoolId, industries, products, experience],
  );

/** Three schools with a consultant each; `count` meetings of metal companies in week 48, all Anna’s. */
async function week(count: number, over: Record<string, unknown> = {}) {
  const made = await makeCentre(app);
  const { centre } = made;
  const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
  const esra = await makePerson(app, 'Esra', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c });
  await makeBookable(app, centre, [made.anna]);
  const meetings: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const company = await makeCompany(app, [centre], { name: `Firma ${n}`, scheme: 'DB25', industry_code: '251100', postcode: '7620', municipality: '0665' });
    const day = `2026-11-${24 + n}`;
    const slot = (await slotsFor(app, made.camilla, company, `?week=${day}`)).find(({ start }) => start.startsWith(day));
    const booked = await book(app, made.camilla, company, slot?.choice ?? '', { handover: handover(over) });
    expect(booked.status, booked.text).toBe(201);
    meetings.push(booked.body.id);
  }
  await makeBookable(app, centre, [karim, esra]);
  for (const person of [made.anna, karim, esra]) await profile(centre, person, ['C'], 'experienced', person === karim ? ['svejser'] : []);
  return { ...made, karim, esra, meetings };
}
const leave = (by: TestPerson, person: TestPerson) => app.request(by).post(`/api/people/${person.id}/leave`, { lastDay: '2026-11-17' });
const names = ({ items }: NonNullable<Plan['proposal']>) => items.map(({ lead }) => lead?.name ?? null);

describe('who may', () => {
  test('401 for nobody, 403 for everybody but the coordinator, 404 in another centre, 409 for a week that has passed', async () => {
    const { anna, bo, dorte, emil, ida, camilla } = await week(0);
    expect((await ask(null)).status).toBe(401);
    for (const person of [anna, bo, dorte, emil]) expect((await ask(person)).status).toBe(403);
    const { id } = await done(camilla);
    expect((await app.request(ida).get(`/api/staffing-plans/${id}`)).status).toBe(404);
    expect(await ask(camilla, { week: '2026-11-15' })).toMatchObject({ status: 409, body: { code: 'week_over' } });
    expect((await ask(camilla, { scope: 'some' })).status).toBe(400);
  });
});

describe('a week is planned', () => {
  test('2.18 3.05 meetings that nobody leads are given to those who can, spread over their schools, each with its reason; nothing has changed until it is accepted', async () => {
    const { anna, karen, camilla, meetings } = await week(4, { said: 'De vil høre om kurser.' });
    expect(await done(camilla), 'nobody is missing').toMatchObject({ proven: true, items: [] });
    await leave(karen, anna);
    const plan = await done(camilla);
    expect(plan).toMatchObject({ proven: true, gap: 0 });
    expect(plan.items.map(({ meeting }) => meeting.id)).toEqual(meetings);
    expect(names(plan).sort()).toEqual(['Esra', 'Esra', 'Karim', 'Karim']);
    for (const item of plan.items)
      expect(item).toMatchObject({ now: { lead: null, companion: null }, changes: true, because: expect.arrayContaining([{ code: 'knows_trade' }]), warnings: [], reasons: [] });
    expect((await app.request(camilla).get('/api/meetings?whose=leaderless')).body).toHaveLength(4);
    for (const { meeting, version, lead } of plan.items)
      expect((await app.request(camilla).put(`/api/meetings/${meeting.id}/lead`, { person: lead?.id, because: 'plan' }, seen(version))).status).toBe(200);
    expect((await app.request(camilla).get('/api/meetings?whose=leaderless')).body).toEqual([]);
    const after = (await app.request(camilla).get(`/api/staffing-plans/${plan.id}`)).body.proposal;
    expect(after.items.every(({ changes }: { changes: boolean }) => !changes)).toBe(true);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.18 changed by hand: what is pinned stays, who is excluded does not go, and the rest is planned around it', async () => {
    const { anna, karen, camilla, karim, esra, meetings } = await week(2);
    await leave(karen, anna);
    const [first = ''] = meetings;
    for (const lead of [karim, esra]) {
      const plan = await done(camilla, { pins: [{ meeting: first, lead: lead.id }] });
      expect(plan.items[0]).toMatchObject({ lead: { id: lead.id }, because: expect.arrayContaining([{ code: 'chosen_by_hand' }]) });
    }
    expect(names(await done(camilla, { excluded: [{ person: karim.id, meeting: null }] }))).toEqual(['Esra', 'Esra']);
    expect((await ask(camilla, { pins: [{ meeting: first }, { meeting: first }] })).status).toBe(400);
  });

  test('2.18 meetings and people of another centre are no choice, and are answered as if they were none', async () => {
    const { camilla, karim, meetings } = await week(1);
    const there = await week(1);
    const [own = '', other = ''] = [meetings[0], there.meetings[0]];
    for (const [path, choice] of [
      ['pins.1', { pins: [{ meeting: own, lead: karim.id }, { meeting: other }] }],
      ['pins.0', { pins: [{ meeting: own, lead: there.karim.id }] }],
      ['pins.0', { pins: [{ meeting: own, companion: there.karim.id }] }],
      ['excluded.0', { excluded: [{ person: there.karim.id, meeting: null }] }],
      ['excluded.0', { excluded: [{ person: karim.id, meeting: other }] }],
      ['excluded.0', { excluded: [{ person: karim.id, meeting: randomUUID() }] }],
    ] as const)
      expect(await ask(camilla, choice)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path, code: 'unknown' }] } });
    expect((await ask(camilla, { pins: [{ meeting: own, lead: karim.id, companion: null }], excluded: [{ person: karim.id, meeting: own }] })).status).toBe(202);
  });

  test('2.16 2.19 who cannot at that time is not sent, and when nobody can it says what keeps them away', async () => {
    const { anna, karen, camilla, karim, esra, centre } = await week(1);
    await leave(karen, anna);
    await app.owner.query(`insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, gen_random_uuid(), $2, '[2026-11-24,2026-11-25)', $2)`, [centre.id, karim.id]);
    expect(names(await done(camilla))).toEqual(['Esra']);
    await agree(app, centre, 'consultant', esra.id, 0);
    const plan = await done(camilla);
    expect(plan.items).toMatchObject([{ lead: null, changes: false, reasons: expect.arrayContaining([{ code: 'consultant_full', consultants: 1 }]) }]);
  });

  test('2.18 when every meeting may change, whom the company expects stays where nothing speaks against it; a newcomer comes along where learning is the aim', async () => {
    const { anna, camilla, karim, esra, meetings, centre } = await week(2, { said: 'De mangler en svejser.' });
    const plan = await done(camilla, { scope: 'all' });
    expect(plan.items.map(({ now }) => now.lead?.name)).toEqual(['Anna', 'Anna']);
    expect(names(plan)).toEqual(['Anna', 'Anna']);
    expect(plan.items.every(({ changes }) => !changes)).toBe(true);
    await app.owner.query(`update vn.consultant_profile set experience = 'newcomer' where centre_id = $1 and person_id = $2`, [centre.id, esra.id]);
    expect((await app.request(anna).put(`/api/meetings/${meetings[0]}/companion`, { person: karim.id }, seen(1))).status).toBe(200);
    const [item] = (await done(camilla, { scope: 'all' })).items;
    expect(item).toMatchObject({ lead: { name: 'Anna' }, companion: { name: 'Esra' }, now: { companion: { name: 'Karim' } }, changes: true });
  });
});
