import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { asJson, bring, companyHit, move } from '../../../../tests/support/company-files.ts';
import { makeCentre, makePerson, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';
import { makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import type { Corner, CornerPage } from './contract.ts';

// Tuesday 17 November 2026.
const app = await testApp();
/** The same product on a database whose guard a test takes away. */
const bare = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));

const body = (company: { id: string }, consultant: { id: string }, over: Record<string, unknown> = {}) => ({
  company: company.id,
  consultant: consultant.id,
  place: 'Kantinen',
  every: 1,
  weekday: 4,
  from: '2026-11-17',
  to: '2026-12-31',
  days: [],
  starts: '11:00',
  ends: '13:00',
  seatMinutes: 20,
  ...over,
});
const single = (...days: string[]) => ({ every: null, weekday: null, from: null, to: null, days });
const without = ({ company: _, ...rest }: ReturnType<typeof body>) => rest;

async function ready(on: TestApp = app) {
  const made = await makeCentre(on);
  const jan = await makePerson(on, 'Jan', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.a });
  const karim = await makePerson(on, 'Karim', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.b });
  const company = await makeCompany(on, [made.centre], { name: 'Bjergager Smede' });
  return { ...made, jan, karim, company };
}
const add = (by: TestPerson | null, sent: object, on: TestApp = app) => on.request(by).post('/api/corners', sent);
const read = (by: TestPerson | null, corner: string) => app.request(by).get(`/api/corners/${corner}`);
const list = async (by: TestPerson): Promise<Corner[]> => (await app.request(by).get('/api/corners')).body;
const write = (by: TestPerson, corner: string, sent: object, version = 1) => app.request(by).put(`/api/corners/${corner}`, sent, seen(version));
const give = (by: TestPerson, corner: string, day: string, person: { id: string }, version = 1) =>
  app.request(by).put(`/api/corners/${corner}/days/${day}/consultant`, { person: person.id }, seen(version));
const cancel = (by: TestPerson, corner: string, day: string, because: string | null, version = 1) => app.request(by).put(`/api/corners/${corner}/days/${day}/cancellation`, { because }, seen(version));
const count = (by: TestPerson, corner: string, day: string, sent: object, version = 1) =>
  app.request(by).put(`/api/corners/${corner}/days/${day}/visits`, { droppedIn: 0, booked: 0, ...sent }, seen(version));

async function added(over: Record<string, unknown> = {}, on: TestApp = app) {
  const made = await ready(on);
  const answer = await add(made.anna, body(made.company, made.anna, over), on);
  expect(answer.status, answer.text).toBe(201);
  return { ...made, corner: answer.body as CornerPage };
}

const addressOf = async (by: TestPerson, corner: string, on: TestApp = app): Promise<string> => {
  const made = await on.request(by).put(`/api/corners/${corner}/address`);
  expect(made.status, made.text).toBe(200);
  return String(made.body.link).split('#')[1] ?? '';
};
/** Each asks from an address of its own, unless one says from which. */
let addresses = 0;
const ask = (url: string, sent: object, from: string | null = null, on: TestApp = app): Promise<Answer> => {
  addresses += 1;
  return on.request(null).raw({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(sent),
    remoteAddress: from ?? `10.1.${addresses >> 8}.${addresses & 255}`,
  });
};
const open = (token: string) => ask('/api/corner', { token });
const take = (token: string, day: string, seat: number, from: string | null = null, on: TestApp = app) => ask('/api/corner/seats', { token, day, seat }, from, on);
const seatOf = (token: string, code: string) => ask('/api/corner/seat', { token, code });
const leave = (token: string, code: string) => ask('/api/corner/seat/cancellation', { token, code });

describe('who may', () => {
  test('2.28 401 for nobody, 403 for those who may not, 404 in another centre and at another school', async () => {
    const { anna, bo, camilla, dorte, emil, hanne, ida, karim, company, corner } = await added();
    expect((await add(null, body(company, anna))).status).toBe(401);
    for (const person of [bo, dorte, hanne]) expect((await add(person, body(company, anna))).status).toBe(403);
    for (const person of [bo, hanne]) expect((await app.request(person).get('/api/corners')).status).toBe(403);
    for (const person of [anna, dorte, camilla]) expect((await list(person)).map(({ id }) => id)).toEqual([corner.id]);
    expect((await list(dorte))[0]).toMatchObject({ can: { edit: false }, company: { name: 'Bjergager Smede' }, school: { name: 'Skole A' } });
    for (const person of [emil, karim, ida]) {
      expect(await list(person)).toEqual([]);
      expect((await read(person, corner.id)).status).toBe(404);
    }
    for (const person of [karim, ida]) {
      expect((await write(person, corner.id, without(body(company, karim)))).status).toBe(404);
      expect((await app.request(person).delete(`/api/corners/${corner.id}`)).status).toBe(404);
      expect((await app.request(person).put(`/api/corners/${corner.id}/address`)).status).toBe(404);
      expect((await give(person, corner.id, '2026-11-19', karim)).status).toBe(404);
      expect((await cancel(person, corner.id, '2026-11-19', 'x')).status).toBe(404);
    }
    expect((await count(karim, corner.id, '2026-11-19', {})).status).toBe(404);
  });

  test('2.28 another school finds the corner in no table, on no timeline and in no answer; it may have its own there', async () => {
    const { anna, emil, karim, camilla, company, corner } = await added();
    for (const person of [emil, karim])
      for (const table of ['corner', 'corner_day', 'corner_topic'])
        expect((await inside(app, person, (client) => client.query(`select from vn.${table}`))).rowCount, `${person.name} ${table}`).toBe(0);
    expect((await inside(app, karim, (client) => client.query('select day from vn.corner_gaps($1)', [corner.id]))).rowCount).toBe(0);
    expect((await inside(app, karim, (client) => client.query('select day from vn.corner_topics($1)', [corner.id]))).rowCount).toBe(0);
    await expect(
      inside(app, karim, (client) => client.query('insert into vn.corner_topic values ($1, $2, $3, $4, 1, $5)', [karim.centreId, corner.id, '2026-11-19', 'other', karim.id])),
    ).rejects.toThrow('row-level security');
    const timeline = async (person: TestPerson) => (await app.request(person).get(`/api/companies/${company.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(await timeline(anna)).toEqual(['corner.added']);
    expect(await timeline(karim)).toEqual([]);
    expect((await add(karim, body(company, karim))).status).toBe(201);
    expect((await list(karim)).map(({ school }) => school.name)).toEqual(['Skole B']);
    expect((await list(camilla)).map(({ school }) => school.name).sort()).toEqual(['Skole A', 'Skole B']);
  });

  test('2.28 a consultant sets one up for the own school only, the coordinator for any; not for an unknown company or somebody of no school', async () => {
    const { anna, camilla, karim, dorte, centre, company } = await ready();
    const unknown = await makeCompany(app, []);
    const maja = await makePerson(app, 'Maja', ['consultant'], { centreId: centre.id });
    expect(await add(anna, body(unknown, anna))).toMatchObject({ status: 422, body: { code: 'company_unknown', fields: [{ path: 'company' }] } });
    for (const stranger of [karim, dorte, maja]) expect(await add(anna, body(company, stranger))).toMatchObject({ status: 422, body: { code: 'not_of_school' } });
    expect(await add(camilla, body(company, maja))).toMatchObject({ status: 422, body: { code: 'not_of_school' } });
    expect(await add(camilla, body(company, karim))).toMatchObject({ status: 201, body: { school: { name: 'Skole B' }, consultant: { name: 'Karim' } } });
  });

  test('2.28 the import that brought a company in can be undone; the company stays where a corner is', async () => {
    const { anna, camilla } = await ready();
    const [kept, gone] = [someCvr(), someCvr()];
    const done = await bring(app, camilla, asJson(companyHit({ cvr: kept }), companyHit({ cvr: gone })));
    const found = async (cvr: string) => (await app.owner.query('select id from vn.company where cvr = $1', [cvr])).rows;
    const corner = await add(anna, body((await found(kept))[0], anna));
    expect(corner.status, corner.text).toBe(201);
    expect(await move(app, camilla, done.id, 'undo')).toMatchObject({ state: 'undone' });
    expect(await found(kept)).toHaveLength(1);
    expect(await found(gone)).toEqual([]);
    expect((await read(anna, corner.body.id)).status).toBe(200);
  });

  test('2.28 400: times the wrong way round, no seat fits, no weekday, no day, days twice, more than a year', async () => {
    const { anna, company } = await ready();
    for (const [over, path] of [
      [{ ends: '10:00' }, 'ends'],
      [{ starts: '03:00' }, 'starts'],
      [{ ends: '11:15' }, 'seatMinutes'],
      [{ seatMinutes: 17 }, 'seatMinutes'],
      [{ weekday: null }, 'weekday'],
      [{ every: 3 }, 'every'],
      [{ to: null }, 'to'],
      [{ to: '2026-11-01' }, 'to'],
      [{ to: '2028-01-01' }, 'to'],
      [single(), 'days'],
      [single('2026-11-26', '2026-11-26'), 'days'],
      [{ days: ['2026-11-26'] }, 'days'],
      [{ place: ' ' }, 'place'],
    ] as const)
      expect(await add(anna, body(company, anna, over)), path).toMatchObject({ status: 400, body: { fields: expect.arrayContaining([expect.objectContaining({ path })]) } });
  });
});

describe('days', () => {
  test('2.28 weekly days skip public holidays; a single day on one is refused by name; none at all is refused', async () => {
    const { corner, anna, company } = await added({ weekday: 5, to: '2027-01-08' });
    expect(corner.ahead.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18', '2027-01-08']);
    expect(await add(anna, body(company, anna, single('2026-12-25', '2026-12-28')))).toMatchObject({ status: 422, body: { code: 'corner_holiday', about: { days: ['2026-12-25'] } } });
    expect(await add(anna, body(company, anna, single('2026-11-16')))).toMatchObject({ status: 422, body: { code: 'corner_without_days' } });
    expect(await add(anna, body(company, anna, { ...single('2026-12-28', '2026-11-23'), seatMinutes: null }))).toMatchObject({
      status: 201,
      body: { days: ['2026-11-23', '2026-12-28'], ahead: [{ day: '2026-11-23', seats: null }, { day: '2026-12-28' }] },
    });
  });

  test('2.28 refused, with the day, where the consultant is away, at a meeting, on a turn or at another corner', async () => {
    const { anna, jan, camilla, centre, company } = await ready();
    const refusedOn = async (days: string[], sent: object) => expect(await add(anna, sent)).toMatchObject({ status: 409, body: { code: 'corner_hindered', about: { days } } });
    await app.owner.query('insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, $2, $3, $4, $3)', [centre.id, randomUUID(), anna.id, '[2026-12-03,2026-12-05)']);
    await refusedOn(['2026-12-03'], body(company, anna));
    const rota = { name: '3F', kind: 'union', place: '', weekday: 1, starts: '09:00', ends: '12:00', from: '2026-11-17', to: '2026-11-30', people: [anna.id] };
    expect((await app.request(camilla).post('/api/rotas', rota)).status).toBe(201);
    await refusedOn(['2026-11-23', '2026-11-30'], body(company, anna, { weekday: 1 }));
    await makeBookable(app, centre, [anna]);
    const slot = (await slotsFor(app, camilla, company, '?week=2026-11-24')).find(({ start }) => start.startsWith('2026-11-24T10'));
    expect((await app.request(camilla).post(`/api/companies/${company.id}/meetings`, { choice: slot?.choice, handover: { said: 'x', place: 'y', contact: { name: 'z' } } })).status).toBe(201);
    await refusedOn(['2026-11-24'], body(company, anna, { weekday: 2 }));
    expect((await add(anna, body(company, anna, { weekday: 3, starts: '09:00', ends: '11:00' }))).status).toBe(201);
    await refusedOn(['2026-11-18', '2026-11-25', '2026-12-02', '2026-12-09', '2026-12-16', '2026-12-23', '2026-12-30'], body(company, anna, { weekday: 3, starts: '10:30', ends: '12:00' }));
    expect((await add(anna, body(company, anna, { weekday: 3, starts: '11:00', ends: '12:00' }))).status, 'one after the other').toBe(201);
    expect((await add(anna, body(company, jan, { weekday: 3, starts: '10:00', ends: '12:00' }))).status, 'a colleague').toBe(201);
  });

  test('2.28 2.16 2.11 nobody is booked for a visit or given a turn while at a corner; cancelled the time is free again; one’s calendar tells it', async () => {
    const { centre, camilla, anna, company, corner } = await added();
    await makeBookable(app, centre, [anna]);
    const onThat = async () => (await slotsFor(app, camilla, company, '?week=2026-11-26')).filter(({ start }) => start.startsWith('2026-11-26')).map(({ start }) => start.slice(11, 16));
    const starts = await onThat();
    expect(starts).not.toEqual([]);
    expect(starts.filter((time) => time > '09:00' && time < '12:00')).toEqual([]);
    const rota = { name: '3F', kind: 'union', place: '', weekday: 4, starts: '09:00', ends: '12:00', from: '2026-11-26', to: '2026-11-26', people: [anna.id] };
    const turns = (await app.request(camilla).post('/api/rotas', rota)).body.turns;
    expect(turns).toMatchObject([{ day: '2026-11-26', person: null }]);
    const secret = (await app.request(anna).put(`/api/people/${anna.id}/calendar-feed`)).body.address;
    const feed = async () => (await app.request(null).get(new URL(secret).pathname)).text;
    expect(await feed()).toContain('Vejledningshjørne: Bjergager Smede');
    expect((await cancel(anna, corner.id, '2026-11-26', 'Kantinen er lukket.')).status).toBe(200);
    expect((await onThat()).filter((time) => time > '09:00' && time < '12:00')).not.toEqual([]);
    expect(await feed()).toContain('STATUS:CANCELLED');
  });

  test('2.28 a colleague of the school covers a day and is told; nobody of another school, nobody who is busy; the main consultant may be hindered later, and it shows', async () => {
    const { anna, jan, karim, centre, company, corner } = await added();
    const day = '2026-11-19';
    expect(await give(anna, corner.id, day, karim)).toMatchObject({ status: 422, body: { code: 'not_of_school' } });
    expect((await give(anna, corner.id, '2026-11-20', jan)).status).toBe(404);
    expect(await give(anna, corner.id, day, jan, 7)).toMatchObject({ status: 412 });
    await app.owner.query('insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, $2, $3, $4, $3)', [centre.id, randomUUID(), anna.id, '[2026-11-18,2026-11-21)']);
    expect((await list(anna))[0]?.ahead.map(({ gap }) => gap).slice(0, 2)).toEqual([true, false]);
    expect(await write(anna, corner.id, without(body(company, anna, { place: 'Mødelokale 2' }))), 'a gap stands in no way of other changes').toMatchObject({ status: 200 });
    const given = await give(anna, corner.id, day, jan);
    expect(given).toMatchObject({ status: 200 });
    expect(given.body.ahead[0]).toMatchObject({ person: { name: 'Jan' }, mine: false, gap: false, version: 2 });
    expect((await mailsTo(app, jan.email)).at(-1)).toMatchObject({ subject: 'Du afløser i vejledningshjørnet: Bjergager Smede', calendar: expect.stringContaining('METHOD:REQUEST') });
    expect(await mailsTo(app, anna.email)).toEqual([]);
    expect(await give(jan, corner.id, day, anna, 2), 'still away').toMatchObject({ status: 409, body: { about: { days: [day] } } });
    expect((await add(jan, body(company, jan, { weekday: 3 }))).status).toBe(201);
    expect(await write(anna, corner.id, without(body(company, anna, { starts: '11:30' })), 2), 'moved, whoever covers goes along').toMatchObject({
      status: 200,
      body: { ahead: [{ person: { name: 'Jan' } }, { person: { name: 'Anna' } }, ...Array(5).fill({})] },
    });
    app.clock.set('2026-11-19T14:00:00+01:00');
    expect(await give(anna, corner.id, day, jan, 3)).toMatchObject({ status: 409, body: { code: 'corner_day_over' } });
  });

  test('2.28 changed days are set anew, but none on which somebody has a seat; two writers see each other', async () => {
    const { anna, jan, company, corner } = await added();
    const token = await addressOf(anna, corner.id);
    expect((await take(token, '2026-11-26', 0)).status).toBe(201);
    for (const over of [{ weekday: 2 }, { starts: '10:00' }, { seatMinutes: 30 }, { to: '2026-11-20' }])
      expect(await write(anna, corner.id, without(body(company, anna, over)))).toMatchObject({ status: 409, body: { code: 'corner_seats_taken', about: { days: ['2026-11-26'] } } });
    const changed = await write(anna, corner.id, without(body(company, jan, { every: 2, from: '2026-11-26', place: 'Hal 2' })));
    expect(changed).toMatchObject({ status: 200, body: { version: 2, place: 'Hal 2', consultant: { name: 'Jan' } } });
    expect((changed.body as CornerPage).ahead.map(({ day, person, seats }) => [day, person.name, seats?.taken])).toEqual([
      ['2026-11-26', 'Jan', 1],
      ['2026-12-10', 'Jan', 0],
      ['2026-12-24', 'Jan', 0],
    ]);
    expect(await write(anna, corner.id, without(body(company, anna)), 1)).toMatchObject({ status: 412, body: { current: { place: 'Hal 2' } } });
    expect((await cancel(anna, corner.id, '2026-11-26', 'Vi flytter.', 2)).status).toBe(200);
    expect(await write(anna, corner.id, without(body(company, jan, { weekday: 2 })), 2)).toMatchObject({ status: 200 });
    expect((await app.request(anna).delete(`/api/corners/${corner.id}`)).status).toBe(204);
    expect((await list(anna))[0]).toMatchObject({ endedOn: '2026-11-17', can: { edit: false }, ahead: [] });
    expect(await write(anna, corner.id, without(body(company, jan)), 4)).toMatchObject({ status: 409, body: { code: 'corner_ended' } });
    expect((await open(token)).body).toMatchObject({ ended: true, days: [] });
  });
});

describe('what employees do', () => {
  test('2.28 the address opens the next days without a name; unknown and renewed ones open nothing, and only a keyed hash is kept', async () => {
    const { anna, corner, centre } = await added();
    const token = await addressOf(anna, corner.id);
    expect(token).toMatch(/^[B-X]{4}-[B-X]{4}-[B-X]{4}$/);
    expect((await list(anna))[0]).toMatchObject({ hasAddress: true });
    expect(JSON.stringify(await list(anna))).not.toContain(token);
    const kept = await app.owner.query('select token_hash from vn.corner where id = $1', [corner.id]);
    expect(kept.rows[0].token_hash).toHaveLength(32);
    const opened = await open(token.toLowerCase().replaceAll('-', ' '));
    expect(opened.body).toMatchObject({ company: 'Bjergager Smede', place: 'Kantinen', centre: centre.name, ended: false, seatMinutes: 20 });
    expect(opened.body.days[0]).toMatchObject({ day: '2026-11-19', consultant: 'Anna', cancelled: null });
    expect(opened.body.days[0].seats).toHaveLength(6);
    expect(opened.body.days).toHaveLength(7);
    expect(await open('BBBB-BBBB-BBBB')).toMatchObject({ status: 410, body: { code: 'corner_gone' } });
    expect(await open('AAAA')).toMatchObject({ status: 400 });
    const anew = await addressOf(anna, corner.id);
    expect((await open(token)).status).toBe(410);
    expect((await open(anew)).status).toBe(200);
  });

  test('2.28 a seat is taken by a code that is shown once and gives it back; the consultant sees a number', async () => {
    const { anna, dorte, corner } = await added();
    const token = await addressOf(anna, corner.id);
    const taken = await take(token, '2026-11-19', 2);
    expect(taken).toMatchObject({ status: 201, body: { day: '2026-11-19', starts: '11:40', ends: '12:00', code: expect.stringMatching(/^[B-X]{4}-[B-X]{4}$/) } });
    const { code } = taken.body;
    expect(await take(token, '2026-11-19', 2)).toMatchObject({ status: 409, body: { code: 'seat_taken' } });
    expect((await open(token)).body.days[0].seats.map(({ free }: { free: boolean }) => free)).toEqual([true, true, false, true, true, true]);
    for (const person of [anna, dorte]) expect((await list(person))[0]?.ahead[0]?.seats).toEqual({ taken: 1, all: 6 });
    await expect(inside(app, anna, (client) => client.query('select code_hash from vn.corner_seat'))).rejects.toThrow('permission denied');
    const columns = (await app.owner.query(`select column_name name from information_schema.columns where table_schema = 'vn' and table_name = 'corner_seat' order by 1`)).rows.map(({ name }) => name);
    expect(columns).toEqual(['centre_id', 'code_hash', 'corner_id', 'day', 'seat']);
    const anew = await addressOf(anna, corner.id);
    expect((await seatOf(anew, code.toLowerCase())).body, 'on a new poster the code still holds').toEqual({ day: '2026-11-19', starts: '11:40', ends: '12:00', cancelled: null, over: false });
    expect((await leave(anew, 'BBBB-BBBB')).status).toBe(404);
    expect((await leave(anew, code)).status).toBe(204);
    expect(await seatOf(anew, code)).toMatchObject({ status: 404, body: { code: 'seat_unknown' } });
    expect((await take(anew, '2026-11-19', 2)).status).toBe(201);
  });

  test('2.28 no seat that is none, over, cancelled, too far ahead or of a drop-in; a cancelled day says why', async () => {
    const { anna, company, corner } = await added({ to: '2027-03-31' });
    const token = await addressOf(anna, corner.id);
    const { code } = (await take(token, '2026-11-26', 5)).body;
    for (const [day, seat] of [
      ['2026-11-19', 6],
      ['2026-11-20', 0],
      ['2027-03-04', 0],
    ] as const)
      expect(await take(token, day, seat), day).toMatchObject({ status: 410, body: { code: 'corner_gone' } });
    expect((await cancel(anna, corner.id, '2026-11-26', 'Kantinen er lukket.')).status).toBe(200);
    expect((await open(token)).body.days[1]).toMatchObject({ day: '2026-11-26', cancelled: 'Kantinen er lukket.', seats: [] });
    expect((await seatOf(token, code)).body).toMatchObject({ cancelled: 'Kantinen er lukket.' });
    expect((await take(token, '2026-11-26', 1)).status).toBe(410);
    expect((await cancel(anna, corner.id, '2026-11-26', null, 2)).status).toBe(200);
    expect((await seatOf(token, code)).body).toMatchObject({ cancelled: null });
    app.clock.set('2026-11-19T11:30:00+01:00');
    expect((await open(token)).body.days[0].seats.map(({ free }: { free: boolean }) => free)).toEqual([false, false, true, true, true, true]);
    expect((await take(token, '2026-11-19', 1)).status).toBe(410);
    expect((await take(token, '2026-11-19', 2)).status).toBe(201);
    app.clock.set('2026-11-26T14:00:00+01:00');
    expect((await seatOf(token, code)).body).toMatchObject({ over: true });
    expect((await leave(token, code)).status).toBe(404);
    const dropIn = (await add(anna, body(company, anna, { weekday: 2, from: '2026-12-01', seatMinutes: null }))).body as CornerPage;
    const second = await addressOf(anna, dropIn.id);
    expect((await open(second)).body.days[0]).toMatchObject({ day: '2026-12-01', seats: [] });
    expect((await take(second, '2026-12-01', 0)).status).toBe(410);
    expect(await seatOf(second, code), 'a code of another corner').toMatchObject({ status: 404 });
  });

  test('2.28 from one address four seats an hour, so that nobody empties a day; guessing codes ends soon', async () => {
    const { anna, corner } = await added();
    const token = await addressOf(anna, corner.id);
    const answers = [];
    for (let seat = 0; seat < 6; seat += 1) answers.push((await take(token, '2026-11-19', seat, '10.9.9.9')).status);
    expect(answers).toEqual([201, 201, 201, 201, 429, 429]);
    expect((await take(token, '2026-11-19', 5, '10.9.9.8')).status).toBe(201);
    const guesses = [];
    for (let at = 0; at < 31; at += 1) guesses.push((await ask('/api/corner/seat', { token, code: 'BBBBBBBB' }, '10.9.9.7')).status);
    expect(guesses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('2.28 of many who want one seat at once', () => {
  async function oneSeat(on: TestApp, many: number): Promise<number[]> {
    const { anna, corner } = await added({}, on);
    const token = await addressOf(anna, corner.id, on);
    await on.owner.query('begin');
    await on.owner.query('select from vn.corner where id = $1 for update', [corner.id]);
    const all = Array.from({ length: many }, () => take(token, '2026-11-19', 0, null, on));
    await untilWaiting(on, 8);
    await on.owner.query('commit');
    return (await Promise.all(all)).map(({ status }) => status);
  }

  test('2.28 exactly one gets it', async () => {
    const answers = await oneSeat(app, 20);
    expect(answers.filter((status) => status === 201)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(19);
  });

  test('2.28 it is the constraint that says so: without it the same attack gives the seat several times', async () => {
    await bare.owner.query('alter table vn.corner_seat drop constraint corner_seat_once');
    expect((await oneSeat(bare, 8)).filter((status) => status === 201).length).toBeGreaterThan(1);
  });

  test('2.28 two corners for one consultant at one time, set up at once: one is refused', async () => {
    const { anna, camilla, company } = await ready();
    await app.owner.query('begin');
    // Both have looked whether the time is free before either writes its days.
    await app.owner.query('lock table vn.corner_day in share mode');
    const both = [add(anna, body(company, anna)), add(camilla, body(company, anna, { starts: '12:00', ends: '14:00' }))];
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    expect((await Promise.all(both)).map(({ status, body: said }) => said.code ?? status).sort()).toEqual([201, 'corner_hindered']);
  });
});

describe('counts without names', () => {
  test('2.28 whoever was there counts, from the beginning of the day; the total is shown to all who may open the corner', async () => {
    const { anna, jan, camilla, dorte, corner } = await added();
    expect(await count(anna, corner.id, '2026-11-19', { droppedIn: 1 })).toMatchObject({ status: 409, body: { code: 'corner_day_ahead' } });
    app.clock.set('2026-11-19T14:00:00+01:00');
    expect((await list(anna))[0]?.uncounted).toEqual(['2026-11-19']);
    expect((await list(dorte))[0]?.uncounted).toEqual([]);
    expect(await count(jan, corner.id, '2026-11-19', {})).toMatchObject({ status: 403, body: { code: 'corner_day_not_yours' } });
    expect((await app.request(dorte).put(`/api/corners/${corner.id}/days/2026-11-19/visits`, { droppedIn: 1, booked: 0 }, seen(1))).status).toBe(403);
    expect((await count(anna, corner.id, '2026-11-18', {})).status).toBe(404);
    for (const [topics, path] of [
      [{ courses: 4 }, 'topics.courses'],
      [{ weather: 1 }, 'topics'],
      [{ other: -1 }, 'topics.other'],
    ] as const)
      expect(await count(anna, corner.id, '2026-11-19', { droppedIn: 2, booked: 1, topics })).toMatchObject({ status: 400, body: { fields: [{ path }] } });
    const sent = { droppedIn: 2, booked: 1, topics: { courses: 3 } };
    expect(await count(anna, corner.id, '2026-11-19', sent)).toMatchObject({ status: 200, body: { visits: 3, uncounted: [] } });
    expect(await count(anna, corner.id, '2026-11-19', sent, 1)).toMatchObject({ status: 412 });
    expect(await count(anna, corner.id, '2026-11-19', { droppedIn: 3, booked: 1 }, 2)).toMatchObject({ status: 200, body: { visits: 4 } });
    for (const person of [dorte, camilla, jan])
      expect((await read(person, corner.id)).body).toMatchObject({ visits: 4, past: [{ day: '2026-11-19', came: { droppedIn: 3, booked: 1 }, topics: null }] });
  });

  test('2.28 what it was about is shown for a day to whoever counted it; to others only added up, by the rule of small cells, hidden and zero alike', async () => {
    const { anna, jan, camilla, dorte, corner } = await added({ from: '2026-11-17', to: '2026-12-31' });
    const topicsFor = async (person: TestPerson) => {
      const page = (await read(person, corner.id)).body as CornerPage;
      return Object.fromEntries(page.topics.map(({ topic, atLeast }) => [topic, atLeast]));
    };
    const nothing = { courses: null, basic_skills: null, recognition: null, job_change: null, other: null };
    expect(await topicsFor(dorte)).toEqual(nothing);
    app.clock.set('2026-11-19T14:00:00+01:00');
    await count(anna, corner.id, '2026-11-19', {
      droppedIn: 8,
      topics: { courses: 4, basic_skills: 7 },
    });
    expect((await read(anna, corner.id)).body.past[0].topics).toEqual({ courses: 4, basic_skills: 7, recognition: 0, job_change: 0, other: 0 });
    for (const person of [dorte, camilla, jan]) {
      expect((await read(person, corner.id)).body.past[0].topics).toBeNull();
      expect(await topicsFor(person)).toEqual({ ...nothing, basic_skills: 5 });
    }
    app.clock.set('2026-11-26T14:00:00+01:00');
    await count(anna, corner.id, '2026-11-26', { droppedIn: 1, topics: { courses: 1 } });
    expect(await topicsFor(dorte), 'the one who came that day stays unknown').toEqual({ ...nothing, basic_skills: 5 });
    app.clock.set('2026-12-03T14:00:00+01:00');
    await count(anna, corner.id, '2026-12-03', { droppedIn: 4 });
    expect(await topicsFor(dorte)).toEqual({ ...nothing, courses: 5, basic_skills: 5 });
    expect(await inside(app, dorte, async (client) => (await client.query('select from vn.corner_topic')).rowCount)).toBe(0);
  });
});
