import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { agree, book, falseCounters, handover, makeBookable, slotsFor, weeks } from '../../../../tests/support/meetings.ts';
import type { Candidate, TeamWeek } from './contract.ts';

const app = await testApp();
type Profile = { industries?: string[]; products?: string[]; languages?: string[]; area?: string[] };
const profile = (centre: { id: string }, person: TestPerson, over: Profile) =>
  app.owner.query(
    `insert into vn.consultant_profile (centre_id, person_id, school_id, industries, products, assessment, basic_skills, languages, area, employer, version) values ($1, $2, $3, $4, $5, 0, 0, $6, $7, 'school', 1)`,
    [centre.id, person.id, person.schoolId, over.industries ?? [], over.products ?? [], over.languages ?? ['da'], over.area ?? []],
  );

/** A meeting that Anna of school A leads, on Wednesday 18 November at 8, and Karim of school B, who has time too. */
async function led(over: Record<string, unknown> = {}) {
  const people = await makeCentre(app);
  const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: people.centre.id, schoolId: people.centre.schools.b });
  await makeBookable(app, people.centre, [people.anna]);
  const company = await makeCompany(app, [people.centre], { scheme: 'DB25', industry_code: '251100', municipality: '0665' });
  const [slot] = await slotsFor(app, people.camilla, company);
  const booked = await book(app, people.camilla, company, slot?.choice ?? '', { handover: handover(over) });
  expect(booked.status, booked.text).toBe(201);
  await makeBookable(app, people.centre, [karim]);
  return { ...people, karim, company, meeting: booked.body.id as string };
}
const candidates = (by: TestPerson | null, meeting: string) => app.request(by).get(`/api/meetings/${meeting}/candidates`);
const only = async (by: TestPerson, meeting: string, name: string) => ((await candidates(by, meeting)).body as Candidate[]).find((each) => each.name === name);
const give = (by: TestPerson | null, meeting: string, person: string, over: { because?: string; version?: number } = {}) =>
  app.request(by).put(`/api/meetings/${meeting}/lead`, { person, because: over.because ?? 'illness' }, seen(over.version ?? 1));
const absent = (centre: { id: string }, person: TestPerson) =>
  app.owner.query(`insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, $2, $3, '[2026-11-18,2026-11-19)', $3)`, [centre.id, randomUUID(), person.id]);

describe('who may', () => {
  test('401 for nobody, 403 for managers and agents, 404 for another centre and for a colleague who does not go', async () => {
    const { meeting, dorte, bo, ida, karim, anna } = await led();
    for (const [person, status] of [
      [null, 401],
      [dorte, 403],
      [bo, 403],
      [ida, 404],
      [karim, 404],
    ] as const) {
      expect((await candidates(person, meeting)).status).toBe(status);
      expect((await give(person, meeting, karim.id)).status).toBe(status);
    }
    expect((await candidates(anna, meeting)).status).toBe(200);
  });

  test('a colleague of the own school reads the meeting and gives nothing on', async () => {
    const { meeting, centre, karim } = await led();
    const lone = await makePerson(app, 'Lone', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    expect(await candidates(lone, meeting)).toMatchObject({ status: 403, body: { code: 'not_your_meeting' } });
    expect(await give(lone, meeting, karim.id)).toMatchObject({ status: 403, body: { code: 'not_your_meeting' } });
  });
});

describe('who could lead', () => {
  test('2.18 everybody but who leads, in alphabetical order; of what somebody is busy with nothing is told', async () => {
    const { meeting, centre, camilla, karim } = await led();
    const aase = await makePerson(app, 'Åse', ['consultant'], { centreId: centre.id });
    const yrsa = await makePerson(app, 'Yrsa', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c });
    await makeBookable(app, centre, [aase, yrsa]);
    await app.owner.query(`insert into vn.teaching (centre_id, id, person_id, weekday, starts, ends, days) values ($1, $2, $3, 3, '09:15', '11:00', '[2026-08-01,2027-01-01)')`, [
      centre.id,
      randomUUID(),
      yrsa.id,
    ]);
    await absent(centre, aase);
    const answer = await candidates(camilla, meeting);
    expect((answer.body as Candidate[]).map(({ name, school, hindered }) => [name, school, hindered])).toEqual([
      ['Karim', 'Skole B', null],
      ['Yrsa', 'Skole C', 'busy'], // the lesson begins before she could be back
      ['Åse', null, 'absent'],
    ]);
    expect(answer.text).not.toMatch(/09:15|lesson|teach/);
    await agree(app, centre, 'consultant', karim.id, 0);
    expect(await only(camilla, meeting, 'Karim')).toMatchObject({ hindered: 'full' });
  });

  test('2.19 whoever shares neither trade, language nor anything of the wishes with the company is told so; whoever names no trade takes them all', async () => {
    const { meeting, centre, camilla, karim } = await led({ wishes: 'Gerne noget om svejsecertifikater.' });
    await profile(centre, karim, { industries: ['I'], products: ['kokkefag'], area: ['0101'] });
    expect(await only(camilla, meeting, 'Karim')).toMatchObject({ knowsTrade: false, products: [], speaks: null, goesThere: false, nothingInCommon: true });
    const set = (over: string) => app.owner.query(`update vn.consultant_profile set ${over} where person_id = $1`, [karim.id]);
    await set(`products = '{Svejsecertifikat}'`);
    expect(await only(camilla, meeting, 'Karim')).toMatchObject({ products: ['Svejsecertifikat'], nothingInCommon: false });
    await set(`products = '{}', industries = '{C}'`);
    expect(await only(camilla, meeting, 'Karim')).toMatchObject({ knowsTrade: true, nothingInCommon: false });
    await set(`industries = '{}'`);
    expect(await only(camilla, meeting, 'Karim')).toMatchObject({ knowsTrade: false, nothingInCommon: false });
  });

  test('2.19 the language counts where the contact speaks another', async () => {
    const people = await makeCentre(app);
    await makeBookable(app, people.centre, [people.anna]);
    await profile(people.centre, people.anna, { languages: ['da', 'pl'] });
    const company = await makeCompany(app, [people.centre]);
    const [slot] = await slotsFor(app, people.camilla, company, '?language=pl');
    const contact = { name: 'Zofia', language: 'pl' };
    const meeting = (await book(app, people.camilla, company, slot?.choice ?? '', { handover: handover({ contact }) })).body.id;
    const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: people.centre.id, schoolId: people.centre.schools.b });
    await profile(people.centre, karim, { industries: ['I'], languages: ['da'] });
    expect(await only(people.camilla, meeting, 'Karim')).toMatchObject({ speaks: false, nothingInCommon: true, outsideHours: true });
    await app.owner.query(`update vn.consultant_profile set languages = '{pl}' where person_id = $1`, [karim.id]);
    expect(await only(people.camilla, meeting, 'Karim')).toMatchObject({ speaks: true, nothingInCommon: false });
  });
});

describe('giving a meeting on', () => {
  test('2.18 time, capacity and school go to whoever leads now; the reason is kept; everybody is told, and the company whom it meets', async () => {
    const { meeting, anna, karim, camilla, centre, company } = await led();
    const done = await give(camilla, meeting, karim.id);
    expect(done).toMatchObject({ status: 200, body: { version: 2, mode: 'availability', staff: [{ name: 'Karim', school: 'Skole B', learns: false }], given: [{ was: 'Anna', because: 'illness' }] } });
    expect(await falseCounters(app)).toEqual([]);
    const used = await app.owner.query(`select scope, scope_id from vn.capacity where centre_id = $1 and used = 1 and week = $2 order by scope`, [centre.id, weeks[0]]);
    expect(used.rows).toEqual([
      { scope: 'centre', scope_id: centre.id },
      { scope: 'consultant', scope_id: karim.id },
      { scope: 'school', scope_id: centre.schools.b },
    ]);
    const [forKarim, forAnna, forCompany] = [(await mailsTo(app, karim.email)).at(-1), (await mailsTo(app, anna.email)).at(-1), (await mailsTo(app, 'preben@bjergager.example')).at(-1)];
    expect(forKarim).toMatchObject({ subject: expect.stringMatching(/^Ny konsulent: Møde hos /), calendar: expect.stringContaining('METHOD:REQUEST') });
    expect(forAnna).toMatchObject({ subject: expect.stringMatching(/^Givet videre: /), calendar: expect.stringContaining('METHOD:CANCEL') });
    expect(forAnna?.text).not.toContain('svejsere');
    expect(forCompany?.text).toContain('Karim');
    expect(forCompany?.text).not.toContain('Anna');
    expect((await app.request(karim).get(`/api/meetings/${meeting}`)).status).toBe(200);
    expect((await app.request(anna).get(`/api/meetings/${meeting}`)).status).toBe(404);
    const kinds = (await app.request(camilla).get(`/api/companies/${company.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toContain('meeting.given');
    // Anna's hour is free again.
    const other = await makeCompany(app, [centre]);
    expect((await slotsFor(app, camilla, other)).some(({ start, consultant }) => start === '2026-11-18T07:00:00.000Z' && consultant === 'Anna')).toBe(true);
  });

  test('whoever went along to learn may lead, and then learns no longer', async () => {
    const { meeting, anna, karim, camilla } = await led();
    expect((await app.request(anna).put(`/api/meetings/${meeting}/companion`, { person: karim.id }, seen(1))).status).toBe(200);
    expect(await give(anna, meeting, karim.id, { version: 2, because: 'expertise' }), 'another school’s now').toMatchObject({ status: 200, body: null });
    expect((await app.request(camilla).get(`/api/meetings/${meeting}`)).body.staff).toHaveLength(1);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('409: busy, absent, full, leads already, no consultant; nothing is changed and nobody is told', async () => {
    const { meeting, anna, karim, camilla, centre, dorte } = await led();
    const refused = async (person: string, code: string) => expect(await give(camilla, meeting, person)).toMatchObject({ status: 409, body: { code } });
    await refused(anna.id, 'consultant_busy');
    await refused(dorte.id, 'consultant_busy');
    await refused(randomUUID(), 'consultant_busy');
    await agree(app, centre, 'consultant', karim.id, 0);
    await refused(karim.id, 'capacity_full');
    await agree(app, centre, 'consultant', karim.id, 20);
    const company = await makeCompany(app, [centre]);
    const slot = (await slotsFor(app, camilla, company)).find(({ start, consultant }) => start === '2026-11-18T07:30:00.000Z' && consultant === 'Karim');
    expect((await book(app, camilla, company, slot?.choice ?? '')).status).toBe(201);
    await refused(karim.id, 'consultant_busy');
    expect(await mailsTo(app, karim.email)).toHaveLength(1);
    const mads = await makePerson(app, 'Mads', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c });
    await absent(centre, mads);
    await refused(mads.id, 'consultant_busy');
    expect((await app.request(camilla).get(`/api/meetings/${meeting}`)).body).toMatchObject({ version: 1, staff: [{ name: 'Anna' }], given: [] });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('412 seen in an old version, 409 when it is over', async () => {
    const { meeting, karim, camilla } = await led();
    expect(await give(camilla, meeting, karim.id, { version: 7 })).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 1 } } });
    expect(await give(camilla, meeting, karim.id, { because: 'nicer' })).toMatchObject({ status: 400 });
    expect((await app.request(camilla).put(`/api/meetings/${meeting}/cancellation`, { because: 'company' }, seen(1))).status).toBe(200);
    expect(await give(camilla, meeting, karim.id, { version: 2 })).toMatchObject({ status: 409, body: { code: 'meeting_over' } });
  });

  test('2.16 two coordinators at once: one gives it on, the other is shown what it has become; nobody is in two places', async () => {
    const { meeting, karim, camilla, centre } = await led();
    const yrsa = await makePerson(app, 'Yrsa', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c });
    await makeBookable(app, centre, [yrsa]);
    const answers = await Promise.all([karim, yrsa, karim, yrsa].map((person) => give(camilla, meeting, person.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await app.owner.query('select from vn.meeting_staff where meeting_id = $1', [meeting])).rowCount).toBe(1);
    expect(await falseCounters(app)).toEqual([]);
  });
});

describe('when the consultant has left', () => {
  test('2.18 the meetings ahead are on the coordinator’s list until somebody else leads them; who left is told nothing more', async () => {
    const { meeting, anna, karim, camilla, karen, emil, ida } = await led();
    const waiting = async (by: TestPerson) => (await app.request(by).get('/api/meetings?whose=leaderless')).body.map(({ id }: { id: string }) => id);
    expect(await waiting(camilla)).toEqual([]);
    expect((await app.request(karen).post(`/api/people/${anna.id}/leave`, { lastDay: '2026-11-17' })).status).toBeLessThan(300);
    expect(await waiting(camilla)).toEqual([meeting]);
    expect([await waiting(emil), await waiting(ida)]).toEqual([[], []]);
    expect((await app.request(camilla).get(`/api/meetings/${meeting}`)).body).toMatchObject({ leaderless: true, can: { give: true } });
    const before = (await mailsTo(app, anna.email)).length;
    expect(await give(camilla, meeting, karim.id, { because: 'left' })).toMatchObject({ status: 200, body: { leaderless: false, given: [{ because: 'left' }] } });
    expect(await waiting(camilla)).toEqual([]);
    expect(await mailsTo(app, anna.email)).toHaveLength(before);
  });
});

describe('a week of the team', () => {
  const week = (by: TestPerson | null, query = '') => app.request(by).get(`/api/team-week${query}`);
  const named = (answer: { body: TeamWeek }) => answer.body.people.map(({ name }) => name);

  test('2.16 the coordinator sees everybody, a manager the own school, a consultant the own week; agents and other centres nothing of it', async () => {
    const { anna, bo, camilla, dorte, emil, ida, karim } = await led();
    expect((await week(null)).status).toBe(401);
    expect((await week(bo)).status).toBe(403);
    expect(named(await week(camilla))).toEqual(['Anna', 'Karim']);
    expect([named(await week(dorte)), named(await week(emil)), named(await week(anna)), named(await week(karim)), named(await week(ida))]).toEqual([['Anna'], ['Karim'], ['Anna'], ['Karim'], []]);
    for (const none of ['17.11.2026', '2026-02-30', '9999-12-31', '0001-01-01'])
      expect(await week(camilla, `?week=${none}`), none).toMatchObject({ status: 400, body: { fields: [{ path: 'week' }] } });
  });

  test('2.16 any day names its week; meetings with who leads them, holidays, hours, and when somebody is busy, never with what', async () => {
    const { anna, camilla, centre, karim, meeting } = await led();
    await app.owner.query(`insert into vn.teaching (centre_id, id, person_id, weekday, starts, ends, days) values ($1, $2, $3, 5, '09:00', '11:00', '[2026-08-01,2027-01-01)')`, [
      centre.id,
      randomUUID(),
      karim.id,
    ]);
    await absent(centre, karim);
    const { body } = await week(camilla, '?week=2026-11-21');
    expect(body.week).toBe('2026-11-16');
    expect(body.days.map(({ day }: { day: string }) => day)).toHaveLength(7);
    expect(body.people[0]).toMatchObject({
      school: 'Skole A',
      hours: expect.arrayContaining([{ weekday: 1, starts: '08:00', ends: '16:00' }]),
      busy: [],
      meetings: [{ id: meeting, company: 'Bjergager Smede', start: '2026-11-18T07:00:00.000Z', end: '2026-11-18T08:00:00.000Z', state: 'booked', leads: true, mayChange: true, version: 1 }],
    });
    expect(body.people[1].busy).toEqual([
      { start: '2026-11-20T08:00:00.000Z', end: '2026-11-20T10:00:00.000Z', kind: 'busy' },
      { start: '2026-11-17T23:00:00.000Z', end: '2026-11-18T23:00:00.000Z', kind: 'absent' },
    ]);
    expect((await week(camilla, '?week=2026-12-24')).body.days.filter(({ holiday }: { holiday: unknown }) => holiday !== null)).not.toEqual([]);
    expect((await week(anna)).body.people[0].meetings[0]).toMatchObject({ mayChange: true });
    expect((await week(camilla, '?week=2026-11-30')).body.people[0].meetings).toEqual([]);
  });

  test('2.16 a meeting is moved by the moment at which it is to begin, by the same rules as any slot', async () => {
    const { camilla, centre, anna, meeting } = await led();
    const move = (body: object, version = 1) => app.request(camilla).put(`/api/meetings/${meeting}/time`, body, seen(version));
    expect(await move({})).toMatchObject({ status: 400, body: { fields: [{ path: 'choice' }] } });
    expect((await move({ start: 'i morgen' })).status).toBe(400);
    await absent(centre, anna);
    expect(await move({ start: '2026-11-18T09:00:00.000Z' })).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    expect(await move({ start: '2026-11-21T09:00:00.000Z' }), 'a Saturday').toMatchObject({ status: 409 });
    expect(await move({ start: '2026-11-19T09:10:00.000Z' }), 'no slot begins then').toMatchObject({ status: 409 });
    expect(await move({ start: '2026-11-19T09:00:00.000Z' })).toMatchObject({ status: 200, body: { start: '2026-11-19T09:00:00.000Z', staff: [{ name: 'Anna' }], version: 2 } });
  });
});
