import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import type { Rota } from './contract.ts';

// Tuesday 17 November 2026.
const app = await testApp();
const body = (people: readonly { id: string }[], over: Record<string, unknown> = {}) => ({
  name: '3F Limvig',
  kind: 'union',
  place: 'Havnegade 2',
  weekday: 4,
  starts: '09:00',
  ends: '12:00',
  from: '2026-11-17',
  to: null,
  people: people.map(({ id }) => id),
  ...over,
});
const add = (by: TestPerson | null, sent: object) => app.request(by).post('/api/rotas', sent);
const list = async (by: TestPerson): Promise<Rota[]> => (await app.request(by).get('/api/rotas')).body;
const write = (by: TestPerson, rota: string, sent: object, version = 1) => app.request(by).put(`/api/rotas/${rota}`, sent, seen(version));
const give = (by: TestPerson | null, rota: string, day: string, person: string, version = 1) => app.request(by).put(`/api/rotas/${rota}/turns/${day}`, { person }, seen(version));
const who = ({ turns }: Rota) => turns.map(({ person }) => person?.name ?? null);
const absent = (centre: { id: string }, person: TestPerson, days: string) =>
  app.owner.query('insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, $2, $3, $4, $3)', [centre.id, randomUUID(), person.id, days]);

/** Anna of school A, Karim of B and Esra of C take turns on Thursdays. */
async function taken(over: Record<string, unknown> = {}) {
  const made = await makeCentre(app);
  const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.b });
  const esra = await makePerson(app, 'Esra', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.c });
  const answer = await add(made.camilla, body([made.anna, karim, esra], over));
  expect(answer.status, answer.text).toBe(201);
  return { ...made, karim, esra, rota: answer.body as Rota };
}

describe('who may', () => {
  test('401 for nobody, 403 for everybody but the coordinator, 404 in another centre', async () => {
    const { anna, bo, dorte, emil, ida, hanne, rota } = await taken();
    expect((await add(null, body([anna]))).status).toBe(401);
    for (const person of [anna, bo, dorte, hanne]) expect((await add(person, body([anna]))).status).toBe(403);
    expect((await write(anna, rota.id, body([anna]))).status).toBe(403);
    expect((await write(ida, rota.id, body([ida]))).status).toBe(404);
    expect((await app.request(ida).delete(`/api/rotas/${rota.id}`)).status).toBe(404);
    expect((await give(ida, rota.id, '2026-11-19', ida.id)).status).toBe(404);
    expect(await list(ida)).toEqual([]);
    expect((await app.request(bo).get('/api/rotas')).status).toBe(403);
    expect((await list(emil))[0]).toMatchObject({ name: '3F Limvig', can: { edit: false } });
  });

  test('400 and 422: times the wrong way round, no weekday, nobody, twice the same, somebody who is no consultant; 409 for a name that is taken', async () => {
    const { anna, camilla, dorte, ida } = await taken();
    for (const [over, path] of [
      [{ ends: '08:00' }, 'ends'],
      [{ to: '2026-01-01' }, 'to'],
      [{ to: '9999-12-31' }, 'to'],
      [{ weekday: 6 }, 'weekday'],
      [{ starts: '9' }, 'starts'],
      [{ people: [] }, 'people'],
      [{ people: [anna.id, anna.id] }, 'people'],
      [{ name: ' ' }, 'name'],
    ] as const)
      expect(await add(camilla, body([anna], over)), path).toMatchObject({ status: 400, body: { fields: expect.arrayContaining([expect.objectContaining({ path })]) } });
    for (const stranger of [dorte, ida]) expect(await add(camilla, body([stranger], { name: 'Andet' }))).toMatchObject({ status: 422, body: { code: 'not_a_consultant' } });
    expect(await add(camilla, body([anna]))).toMatchObject({ status: 409, body: { code: 'rota_name_taken' } });
  });
});

describe('taking turns', () => {
  test('2.11 eight weeks are given at once: every Thursday but on holidays, each in turn; nobody’s number is told', async () => {
    const { rota, anna } = await taken();
    expect(rota.turns.map(({ day }) => day)).toEqual(['2026-11-19', '2026-11-26', '2026-12-03', '2026-12-10', '2026-12-17', '2026-12-24', '2026-12-31', '2027-01-07']);
    expect(new Set(who(rota).slice(0, 3))).toEqual(new Set(['Anna', 'Karim', 'Esra']));
    expect(who(rota).slice(3, 6)).toEqual(who(rota).slice(0, 3));
    const [own] = await list(anna);
    expect(own?.turns.filter(({ mine }) => mine)).toHaveLength(who(rota).filter((name) => name === 'Anna').length);
    expect(own?.turns.every(({ mine, can }) => can.give === mine)).toBe(true);
    const holidays = await taken({ weekday: 5, name: 'Jobcentret', kind: 'job_centre' });
    expect(holidays.rota.turns.map(({ day }) => day)).not.toContain('2026-12-25');
    expect(holidays.rota.turns.map(({ day }) => day)).not.toContain('2027-01-01');
  });

  test('2.11 whoever is away has no turn then; a day on which all are away is nobody’s, and anybody of the rota may take it', async () => {
    const made = await makeCentre(app);
    const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.b });
    await absent(made.centre, made.anna, '[2026-11-18,2026-11-21)');
    await absent(made.centre, karim, '[2026-11-25,2026-11-28)');
    await absent(made.centre, made.anna, '[2026-12-03,2026-12-04)');
    await absent(made.centre, karim, '[2026-12-03,2026-12-04)');
    const { id, ...rota } = (await add(made.camilla, body([made.anna, karim]))).body as Rota;
    expect(who({ id, ...rota }).slice(0, 3)).toEqual(['Karim', 'Anna', null]);
    expect((await list(made.anna))[0]?.turns[2]).toMatchObject({ person: null, can: { give: false, take: true } });
    expect(await give(made.anna, id, '2026-12-03', made.anna.id)).toMatchObject({ status: 409, body: { code: 'turn_hindered' } });
    await app.owner.query('delete from vn.absence where person_id = $1', [made.anna.id]);
    expect(await give(made.anna, id, '2026-12-03', karim.id), 'only for oneself').toMatchObject({ status: 409 });
    expect(await give(made.anna, id, '2026-12-03', made.anna.id)).toMatchObject({ status: 200 });
    expect(who((await list(made.anna))[0] as Rota)[2]).toBe('Anna');
    expect(await mailsTo(app, made.anna.email)).toEqual([]);
  });

  test('2.11 whoever has the turn gives it to a colleague, who is told with a calendar file; nobody else’s can be given, and none to a stranger', async () => {
    const { rota, anna, karim, esra, camilla, centre } = await taken();
    const [first] = rota.turns;
    const holder = [anna, karim, esra].find(({ id }) => id === first?.person?.id) ?? anna;
    const [other, third] = [anna, karim, esra].filter(({ id }) => id !== holder.id) as [TestPerson, TestPerson];
    const day = first?.day ?? '';
    expect((await give(null, rota.id, day, other.id)).status).toBe(401);
    expect(await give(third, rota.id, day, third.id)).toMatchObject({ status: 403, body: { code: 'turn_not_yours' } });
    const stranger = await makePerson(app, 'Lone', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    expect(await give(holder, rota.id, day, stranger.id)).toMatchObject({ status: 422, body: { code: 'not_in_rota' } });
    expect((await give(holder, rota.id, '2026-11-20', other.id)).status).toBe(404);
    expect(await give(holder, rota.id, day, other.id, 7)).toMatchObject({ status: 412 });
    const given = await give(holder, rota.id, day, other.id);
    expect(given).toMatchObject({ status: 200 });
    expect(given.body.turns[0]).toMatchObject({ person: { id: other.id }, mine: false, can: { give: false } });
    expect((await mailsTo(app, other.email)).at(-1)).toMatchObject({ subject: 'Din tur: 3F Limvig', calendar: expect.stringContaining('METHOD:REQUEST') });
    expect((await mailsTo(app, holder.email)).at(-1)).toMatchObject({ subject: 'Givet videre: 3F Limvig', calendar: expect.stringContaining('METHOD:CANCEL') });
    expect(await give(camilla, rota.id, day, third.id, 2)).toMatchObject({ status: 200 });
    const secret = (await app.request(third).put(`/api/people/${third.id}/calendar-feed`)).body.address;
    const feed = (await app.request(null).get(new URL(secret).pathname)).text;
    const uid = /UID:(\S+)/.exec((await mailsTo(app, third.email)).at(-1)?.calendar ?? '')?.[1] ?? 'none';
    expect(feed).toContain('Vagt: 3F Limvig');
    expect(feed).toContain(uid);
  });

  test('2.11 somebody who goes on leave after all is replaced the next day, whoever comes in is told; the rest of the plan stands', async () => {
    const { rota, anna, karim, esra, centre } = await taken();
    const next = rota.turns[1];
    const holder = [anna, karim, esra].find(({ id }) => id === next?.person?.id) ?? anna;
    await absent(centre, holder, `[${next?.day},2026-11-28)`);
    const start = app.clock.now();
    app.clock.set('2026-11-18T06:00:00+01:00');
    try {
      await app.sweep();
      const [now] = await list(anna);
      expect(now?.turns[1]?.person).not.toBeNull();
      expect(now?.turns[1]?.person?.id).not.toBe(holder.id);
      expect(now?.turns.filter((_, at) => at !== 1).map(({ person }) => person?.id)).toEqual(rota.turns.filter((_, at) => at !== 1).map(({ person }) => person?.id));
      const comes = [anna, karim, esra].find(({ id }) => id === now?.turns[1]?.person?.id) ?? anna;
      expect(await mailsTo(app, comes.email)).toHaveLength(1);
      await app.sweep();
      expect(await mailsTo(app, comes.email)).toHaveLength(1);
    } finally {
      app.clock.set(start.toISOString());
    }
  });

  test('2.11 another weekday gives new days; whoever is taken out loses the turns ahead; ended there are none', async () => {
    const { rota, anna, karim, camilla } = await taken();
    const moved = await write(camilla, rota.id, body([anna, karim], { weekday: 2, starts: '13:00', ends: '15:30' }));
    expect(moved).toMatchObject({ status: 200, body: { version: 2, weekday: 2 } });
    const turns = (moved.body as Rota).turns;
    expect(turns.map(({ day }) => day).slice(0, 2)).toEqual(['2026-11-24', '2026-12-01']);
    expect(new Set(turns.map(({ person }) => person?.name))).toEqual(new Set(['Anna', 'Karim']));
    expect(await write(camilla, rota.id, body([anna]), 1)).toMatchObject({ status: 412 });
    expect((await app.request(camilla).delete(`/api/rotas/${rota.id}`)).status).toBe(204);
    expect(await list(camilla)).toEqual([]);
  });

  test('2.11 2.16 nobody is booked for a visit while having a turn, and has no turn while at a visit', async () => {
    const { centre, camilla, anna, rota } = await taken();
    await makeBookable(app, centre, [anna]);
    const day = rota.turns.find(({ person }) => person?.id === anna.id)?.day ?? '';
    const company = await makeCompany(app, [centre]);
    const starts = (await slotsFor(app, camilla, company, `?week=${day}`)).filter(({ start }) => start.startsWith(day)).map(({ start }) => start.slice(11, 16));
    expect(starts).not.toEqual([]);
    expect(starts.filter((time) => time >= '07:30' && time < '11:30')).toEqual([]);
    const slot = (await slotsFor(app, camilla, company, '?week=2026-11-24')).find(({ start }) => start.startsWith('2026-11-24T09'));
    expect((await app.request(camilla).post(`/api/companies/${company.id}/meetings`, { choice: slot?.choice, handover: { said: 'x', place: 'y', contact: { name: 'z' } } })).status).toBe(201);
    const there = (await add(camilla, body([anna], { name: 'Jobcentret', weekday: 2 }))).body as Rota;
    expect(who(there)[0]).toBeNull();
    expect(who(there)[1]).toBe('Anna');
  });
});
