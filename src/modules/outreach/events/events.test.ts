import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';
import type { EventSheet, Party } from './contract.ts';

const app = await testApp();
const body = (over: Record<string, unknown> = {}) => ({
  kind: 'theme_day',
  title: 'Robotter i små firmaer',
  text: 'Tre firmaer fortæller.',
  place: 'Fjordvej 1',
  day: '2026-11-26',
  starts: '13:00',
  ends: '16:00',
  host: null,
  seats: 10,
  forWhom: 'Ledere',
  open: true,
  ...over,
});
let address = 0;
const ask = (method: 'GET' | 'POST', url: string, payload?: unknown, on: TestApp = app) =>
  on.request(null).raw({
    method,
    url,
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload), headers: { 'content-type': 'application/json' } }),
    remoteAddress: `10.2.${Math.floor(++address / 250) % 250}.${address % 250}`,
  });
const mailOf = (name: string) => `${name}-${randomUUID().slice(0, 8)}@firma.example`;
const signUp = (event: string, over: Record<string, unknown> = {}, on: TestApp = app) =>
  ask('POST', `/api/open-events/${event}/participants`, { companyName: 'Bjergager Smede', person: 'Preben', email: mailOf('preben'), count: 1, ...over }, on);
const add = (person: TestPerson, sent: unknown, on: TestApp = app) => on.request(person).post('/api/events', sent);
const read = async (person: TestPerson, event: string, on: TestApp = app) => (await on.request(person).get(`/api/events/${event}`)).body as EventSheet;
const party = (person: TestPerson, event: string, sent: unknown) => app.request(person).post(`/api/events/${event}/participants`, sent);
const mark = (person: TestPerson, event: string, { id, version, count }: Party, came: boolean | null) =>
  app.request(person).put(`/api/events/${event}/participants/${id}/attendance`, { came, count }, seen(version));
const linkIn = (text: string | undefined) => /event-place#([a-z2-7]{32})/.exec(text ?? '')?.[1] ?? '';
const place = (token: string) => ask('POST', '/api/event-place', { token });
const answer = (token: string, come: boolean, count = 1) => ask('POST', '/api/event-place/answer', { token, come, count });
const story = async (person: TestPerson, company: { id: string }) =>
  ((await app.request(person).get(`/api/companies/${company.id}/timeline`)).body.items as { kind: string }[]).map(({ kind }) => kind);
const statesOf = (sheet: EventSheet) => sheet.participants.map(({ state, count }) => `${state} ${count}`);

async function planned(over: Record<string, unknown> = {}, on: TestApp = app) {
  on.clock.set('2026-11-17T09:00:00+01:00');
  const cast = await makeCentre(on);
  const company = await makeCompany(on, [cast.centre]);
  const added = await add(cast.anna, body(over), on);
  expect(added.status).toBe(201);
  return { ...cast, company, event: added.body as EventSheet };
}
const block = (company: { id: string }) => app.owner.query(`update vn.relation set quarantined = true, quarantine_until = '2027-01-01' where company_id = $1`, [company.id]);

describe('planning', () => {
  test('2.41 an event is planned, stands in the public list and can be changed by its maker, the host’s consultants and the coordinator', async () => {
    const { anna, camilla, dorte, centre, ida, event } = await planned();
    expect(event).toMatchObject({ starts: '2026-11-26T12:00:00.000Z', madeBy: 'Anna', seats: 10, link: `http://localhost:3000/event#${event.id}`, participants: [], can: { edit: true, run: true } });
    expect((await ask('GET', '/api/open-events')).body).toContainEqual(expect.objectContaining({ id: event.id, left: 10, waiting: false, state: 'open', centre: centre.name }));
    expect((await read(dorte, event.id)).can).toEqual({ edit: false, run: false });
    const carl = await makePerson(app, 'Carl', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect(await app.request(carl).put(`/api/events/${event.id}`, body(), seen(1))).toMatchObject({ status: 403, body: { code: 'event_not_yours' } });
    expect((await app.request(ida).get(`/api/events/${event.id}`)).status).toBe(404);
    expect(await app.request(camilla).put(`/api/events/${event.id}`, body({ host: centre.schools.b, open: false }), seen(1))).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await ask('GET', '/api/open-events')).body).not.toContainEqual(expect.objectContaining({ id: event.id }));
    expect((await ask('GET', `/api/open-events/${event.id}`)).body).toMatchObject({ host: 'Skole B' });
    expect((await app.request(carl).put(`/api/events/${event.id}`, body({ host: centre.schools.b }), seen(2))).status).toBe(200);
    expect(await app.request(anna).put(`/api/events/${event.id}`, body(), seen(2))).toMatchObject({ status: 412, body: { current: { version: 3 } } });
    expect((await app.request(anna).get('/api/events?when=past')).body).toEqual([]);
    app.clock.set('2026-11-26T17:00:00+01:00');
    expect((await app.request(anna).get('/api/events?when=past')).body).toHaveLength(1);
    expect(await app.request(camilla).put(`/api/events/${event.id}`, body(), seen(3))).toMatchObject({ status: 409, body: { code: 'event_over' } });
  });

  test('2.41 times, seats and hosts that make no sense are refused', async () => {
    const { anna } = await planned();
    for (const [over, path] of [
      [{ ends: '12:00' }, 'ends'],
      [{ seats: 0 }, 'seats'],
      [{ kind: 'party' }, 'kind'],
      [{ title: ' ' }, 'title'],
      [{ host: randomUUID() }, 'host'],
    ] as const)
      expect((await add(anna, body(over))).body.fields[0].path).toBe(path);
  });
});

describe('signing up', () => {
  test('2.41 a company signs up without signing in: confirmation with a calendar file, reminder the day before, cancelled by the link', async () => {
    const { anna, company, event } = await planned();
    const email = mailOf('preben');
    expect(await signUp(event.id, { email, cvr: company.cvr, count: 3 })).toMatchObject({ status: 201, body: { place: 'signed_up' } });
    await app.sweep();
    const [confirmed] = await mailsTo(app, email);
    expect(confirmed).toMatchObject({
      subject: 'Du er tilmeldt: Robotter i små firmaer',
      calendar: expect.stringContaining('METHOD:REQUEST'),
      text: expect.stringContaining('torsdag den 26. november 2026 kl. 13.00–16.00'),
    });
    expect((await read(anna, event.id)).participants).toMatchObject([{ company: { id: company.id }, person: 'Preben', count: 3, state: 'signed_up', no: 1 }]);
    app.clock.set('2026-11-25T07:00:00+01:00');
    await app.sweep();
    expect(await mailsTo(app, email)).toHaveLength(1);
    app.clock.set('2026-11-25T08:30:00+01:00');
    await app.sweep();
    await app.sweep();
    expect((await mailsTo(app, email)).map(({ subject }) => subject)).toEqual(['Du er tilmeldt: Robotter i små firmaer', 'I morgen: Robotter i små firmaer']);
    const token = linkIn(confirmed?.text);
    expect((await place(token)).body).toMatchObject({ company: 'Bjergager Smede', place: 'signed_up', count: 3, event: { left: 7 } });
    expect(await answer(token, false)).toMatchObject({ status: 200, body: { place: 'cancelled', event: { left: 10 } } });
    await app.sweep();
    expect((await mailsTo(app, email)).at(-1)).toMatchObject({ subject: 'Du er meldt fra: Robotter i små firmaer', calendar: expect.stringContaining('METHOD:CANCEL') });
    const uids = app.mails.filter(({ to }) => to === email).flatMap(({ calendar }) => /UID:(\S+)/.exec(calendar ?? '')?.[1] ?? []);
    expect(new Set(uids).size).toBe(1);
    expect((await place('a'.repeat(32))).status).toBe(404);
  });

  test('2.41 the same address is the same party and keeps its place; whoever asks again is told again, and learns nothing of others', async () => {
    const { anna, event } = await planned();
    const email = mailOf('preben');
    for (const over of [
      { email, count: 2 },
      { email: email.toUpperCase(), count: 5, companyName: 'Another' },
    ])
      expect(await signUp(event.id, over)).toMatchObject({ status: 201, body: { place: 'signed_up' } });
    const sheet = await read(anna, event.id);
    expect(sheet.participants).toMatchObject([{ count: 2, companyName: 'Bjergager Smede' }]);
    await app.sweep();
    await signUp(event.id, { email });
    await app.sweep();
    expect((await mailsTo(app, email)).map(({ subject }) => subject)).toEqual(Array(2).fill('Du er tilmeldt: Robotter i små firmaer'));
    expect((await signUp(event.id, { website: 'x' })).status).toBe(201);
    expect((await read(anna, event.id)).participants).toHaveLength(1);
  });

  test('2.41 a full event puts people on the waiting list; whoever cancels lets them move up in order, nobody passes', async () => {
    const { anna, event } = await planned({ seats: 4 });
    const emails = ['a', 'b', 'c', 'd'].map(mailOf);
    for (const [at, count] of [3, 2, 1, 1].entries()) await signUp(event.id, { email: emails[at], count });
    expect(statesOf(await read(anna, event.id))).toEqual(['signed_up 3', 'waiting 2', 'waiting 1', 'waiting 1']);
    expect(await signUp(event.id, { count: 5 })).toMatchObject({ status: 422, body: { code: 'event_too_many' } });
    await app.sweep();
    expect((await mailsTo(app, emails[1] ?? '')).at(-1)?.subject).toBe('På venteliste: Robotter i små firmaer');
    await answer(linkIn((await mailsTo(app, emails[0] ?? ''))[0]?.text), false);
    expect(statesOf(await read(anna, event.id))).toEqual(['cancelled 3', 'signed_up 2', 'signed_up 1', 'signed_up 1']);
    await app.sweep();
    expect((await mailsTo(app, emails[1] ?? '')).at(-1)).toMatchObject({ subject: 'Nu er der plads: Robotter i små firmaer', calendar: expect.stringContaining('METHOD:REQUEST') });
    expect((await answer(linkIn((await mailsTo(app, emails[0] ?? ''))[0]?.text), true, 1)).body).toMatchObject({ place: 'waiting', count: 1 });
    const now = await read(anna, event.id);
    expect(await app.request(anna).put(`/api/events/${event.id}`, body({ seats: 3 }), seen(now.version))).toMatchObject({ status: 409, body: { code: 'event_seats_taken' } });
    expect((await app.request(anna).put(`/api/events/${event.id}`, body({ seats: null }), seen(now.version))).status).toBe(200);
    expect((await read(anna, event.id)).counts).toMatchObject({ signedUp: 5, waiting: 0 });
  });

  test('2.41 whoever comes is told of another day, and of a cancellation with its reason; afterwards nobody signs up', async () => {
    const { anna, event } = await planned();
    const email = mailOf('preben');
    await signUp(event.id, { email, language: 'en' });
    await app.sweep();
    expect((await app.request(anna).put(`/api/events/${event.id}`, body({ title: 'Robotter og os' }), seen(1))).status).toBe(200);
    await app.sweep();
    expect(await mailsTo(app, email), 'a new title is no reason for a mail').toHaveLength(1);
    expect((await app.request(anna).put(`/api/events/${event.id}`, body({ day: '2026-11-27' }), seen(2))).status).toBe(200);
    await app.sweep();
    expect((await mailsTo(app, email)).at(-1)).toMatchObject({ subject: 'New time or place: Robotter i små firmaer', calendar: expect.stringContaining('SEQUENCE:2') });
    expect((await app.request(anna).put(`/api/events/${event.id}/cancellation`, { because: 'For få kan den dag.' }, seen(3))).status).toBe(200);
    await app.sweep();
    expect((await mailsTo(app, email)).at(-1)).toMatchObject({
      subject: 'Called off: Robotter i små firmaer',
      calendar: expect.stringContaining('METHOD:CANCEL'),
      text: expect.stringContaining('For få kan den dag.'),
    });
    expect(await signUp(event.id)).toMatchObject({ status: 409, body: { code: 'event_over' } });
    expect((await ask('GET', `/api/open-events/${event.id}`)).body).toMatchObject({ state: 'cancelled', cancelledBecause: 'For få kan den dag.' });
    expect((await signUp(randomUUID())).status).toBe(404);
  });

  test('2.41 after the event has begun nobody signs up', async () => {
    const { event } = await planned();
    app.clock.set('2026-11-26T13:00:00+01:00');
    expect((await signUp(event.id)).status).toBe(409);
  });
});

describe('of many who sign up at once', () => {
  async function rush(on: TestApp, many: number) {
    const { anna, event } = await planned({ seats: 7 }, on);
    await on.owner.query('begin');
    await on.owner.query('select from vn.event where id = $1 for update', [event.id]);
    const all = Array.from({ length: many }, (_, at) => signUp(event.id, { count: 1 + (at % 3) }, on));
    await untilWaiting(on, 8);
    await on.owner.query('commit');
    await Promise.all(all);
    return read(anna, event.id, on);
  }

  test('2.41 seats are never exceeded, and the line is in the order of the numbers that were handed out', async () => {
    const { participants, counts } = await rush(app, 24);
    expect(participants).toHaveLength(24);
    expect(participants.map(({ no }) => no)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
    expect(counts.signedUp).toBeLessThanOrEqual(7);
    const firstWaiting = participants.findIndex(({ state }) => state === 'waiting');
    expect(
      participants.slice(firstWaiting).every(({ state }) => state === 'waiting'),
      'nobody passes whoever waits',
    ).toBe(true);
    expect(counts.signedUp + (participants[firstWaiting]?.count ?? 0)).toBeGreaterThan(7);
  });

  test('2.41 signing up and cancelling at random leave no seat empty that somebody waits for, and none taken twice', async () => {
    const { anna, event } = await planned({ seats: 5 });
    const emails = Array.from({ length: 16 }, (_, at) => mailOf(`p${at}`));
    await Promise.all(emails.map((email) => signUp(event.id, { email })));
    await app.sweep();
    const tokens = await Promise.all(emails.map(async (email) => linkIn((await mailsTo(app, email))[0]?.text)));
    await Promise.all(tokens.flatMap((token, at) => (at % 2 === 0 ? [answer(token, false)] : [answer(token, false).then(() => answer(token, true)), signUp(event.id)])));
    const { participants, counts } = await read(anna, event.id);
    expect(counts.signedUp).toBe(5);
    const line = participants.filter(({ state }) => state === 'signed_up' || state === 'waiting');
    expect(line.map(({ state }) => state)).toEqual([...Array(5).fill('signed_up'), ...Array(line.length - 5).fill('waiting')]);
  });

  test('2.41 one address that signs up twenty times at once is one party', async () => {
    const { anna, event } = await planned();
    const email = mailOf('preben');
    await app.owner.query('delete from vn.rate');
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => signUp(event.id, { email })))).map(({ status }) => status);
    expect(statuses).toEqual(Array(10).fill(201));
    expect((await read(anna, event.id)).participants).toHaveLength(1);
  });
});

describe('who is invited', () => {
  test('2.41 a company in quarantine is never invited by us, and never refused when it signs itself up', async () => {
    const { anna, company, centre, event } = await planned();
    const invite = { mode: 'invite', company: company.id, person: 'Preben', email: mailOf('preben') };
    await block(company);
    expect(await party(anna, event.id, invite)).toMatchObject({ status: 409, body: { code: 'not_available_for_events' } });
    const guarded = await makeCompany(app, [centre], { protected: true });
    expect((await party(anna, event.id, { ...invite, company: guarded.id, email: mailOf('x') })).body).toMatchObject({ code: 'not_available_for_events' });
    expect(await signUp(event.id, { cvr: company.cvr })).toMatchObject({ status: 201, body: { place: 'signed_up' } });
    expect((await party(anna, event.id, { ...invite, mode: 'sign_up' })).status, 'it rang and asked').toBe(201);
    expect((await read(anna, event.id)).participants.map(({ company: of }) => of?.id)).toEqual([company.id, company.id]);
  });

  test('2.41 an invitation bears a link of its own that says yes or no; one left in peace before the mail left gets none', async () => {
    const { anna, centre, company, event } = await planned();
    const second = await makeCompany(app, [centre]);
    const [email, other] = [mailOf('preben'), mailOf('else')];
    expect((await party(anna, event.id, { mode: 'invite', company: company.id, person: 'Preben', email, count: 2 })).status).toBe(201);
    expect((await party(anna, event.id, { mode: 'invite', company: second.id, person: 'Else', email: other })).status).toBe(201);
    await block(second);
    await app.sweep();
    expect(await mailsTo(app, other)).toEqual([]);
    const [mail] = await mailsTo(app, email);
    expect(mail).toMatchObject({ subject: 'Invitation: Robotter i små firmaer' });
    expect(mail?.calendar ?? null).toBeNull();
    expect(await party(anna, event.id, { mode: 'invite', company: company.id, email })).toMatchObject({ status: 409, body: { code: 'participant_known' } });
    const token = linkIn(mail?.text);
    expect((await answer(token, false)).body).toMatchObject({ place: 'declined' });
    expect((await answer(token, true, 2)).body).toMatchObject({ place: 'signed_up', count: 2 });
    await app.sweep();
    expect((await mailsTo(app, email)).map(({ subject }) => subject)).toEqual(['Invitation: Robotter i små firmaer', 'Du er tilmeldt: Robotter i små firmaer']);
    expect((await party(anna, event.id, { mode: 'invite', company: company.id })).body.fields[0].path).toBe('email');
  });
});

describe('who came', () => {
  test('2.41 whoever came has a line in the company’s story and has heard from the centre; a mark taken back is another line', async () => {
    const { anna, company, event } = await planned();
    await signUp(event.id, { cvr: company.cvr, count: 2 });
    const [first] = (await read(anna, event.id)).participants as [Party];
    expect(await mark(anna, event.id, first, true)).toMatchObject({ status: 409, body: { code: 'event_not_begun' } });
    app.clock.set('2026-11-26T15:00:00+01:00');
    await app.owner.query(`update vn.relation set active = true, contact_person = $2, contact_since = '2026-09-01', contact_by = $2, told_at = '2026-09-01' where company_id = $1`, [
      company.id,
      anna.id,
    ]);
    const marked = (await mark(anna, event.id, first, true)).body as EventSheet;
    expect(marked).toMatchObject({ counts: { attended: 2 }, participants: [{ state: 'attended' }] });
    expect((await story(anna, company))[0]).toBe('event.attended');
    expect((await app.request(anna).get(`/api/companies/${company.id}/contact-person`)).body).toMatchObject({ silentDays: 0 });
    expect((await app.request(anna).get(`/api/companies/${company.id}/keep-up`)).body).toMatchObject({ first: '2026-11-26' });
    expect(await mark(anna, event.id, first, false)).toMatchObject({ status: 412 });
    app.clock.set('2026-11-26T15:05:00+01:00');
    const back = (await mark(anna, event.id, marked.participants[0] as Party, false)).body as EventSheet;
    expect(back.participants).toMatchObject([{ state: 'absent' }]);
    expect((await story(anna, company)).slice(0, 2)).toEqual(['event.not_attended', 'event.attended']);
    await mark(anna, event.id, back.participants[0] as Party, null);
    expect(await story(anna, company)).toHaveLength(2);
    await expect(inside(app, anna, (client) => client.query(`update vn.event_party set state = 'attended'`))).rejects.toThrow('permission denied');
    await expect(inside(app, anna, (client) => client.query('update vn.timeline_entry set kind = kind'))).rejects.toThrow();
  });

  test('2.41 two parties of one company are one line; a company named afterwards gets its line then', async () => {
    const { anna, company, event } = await planned();
    await signUp(event.id, { cvr: company.cvr });
    await signUp(event.id, { cvr: company.cvr });
    await signUp(event.id, { companyName: 'Solhøj', cvr: null });
    app.clock.set('2026-11-26T15:00:00+01:00');
    for (const { id } of (await read(anna, event.id)).participants) {
      const now = (await read(anna, event.id)).participants.find((each) => each.id === id) as Party;
      expect((await mark(anna, event.id, now, true)).status).toBe(200);
    }
    expect(await story(anna, company)).toEqual(['event.attended']);
    const other = await makeCompany(app, [{ id: anna.centreId ?? '' }]);
    const unknown = (await read(anna, event.id)).participants[2] as Party;
    const named = (to: string, version: number) => app.request(anna).put(`/api/events/${event.id}/participants/${unknown.id}/company`, { company: to }, seen(version));
    expect(await named(randomUUID(), unknown.version)).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect((await named(other.id, unknown.version)).status).toBe(200);
    expect(await story(anna, other)).toEqual(['event.attended']);
    expect((await named(company.id, unknown.version)).status).toBe(412);
    app.clock.set('2026-11-26T15:05:00+01:00');
    expect((await named(company.id, unknown.version + 1)).status).toBe(200);
    expect((await story(anna, other))[0]).toBe('event.not_attended');
    expect(await story(anna, company)).toEqual(['event.attended']);
  });

  test('2.41 two who mark two parties of one company at once write its line once', async () => {
    const { anna, camilla, company, event } = await planned();
    await signUp(event.id, { cvr: company.cvr });
    await signUp(event.id, { cvr: company.cvr });
    app.clock.set('2026-11-26T15:00:00+01:00');
    const [one, two] = (await read(anna, event.id)).participants as [Party, Party];
    await app.owner.query('begin');
    await app.owner.query('select from vn.event where id = $1 for update', [event.id]);
    const both = [mark(anna, event.id, one, true), mark(camilla, event.id, two, true)];
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await story(anna, company)).toEqual(['event.attended']);
  });

  test('2.41 whoever turned up unannounced is added once it has begun; one follow-up task for each company that came, for its contact person', async () => {
    const { anna, camilla, centre, company, event } = await planned({ seats: 1 });
    const jan = await makePerson(app, 'Jan', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    const second = await makeCompany(app, [centre], { name: 'Solhøj' });
    await app.owner.query(`update vn.relation set active = true, contact_person = $2, contact_since = '2026-09-01', contact_by = $2, told_at = '2026-09-01' where company_id = $1`, [
      company.id,
      jan.id,
    ]);
    expect(await party(anna, event.id, { mode: 'came', company: company.id })).toMatchObject({ status: 409, body: { code: 'event_not_begun' } });
    const tasks = (owner: string | null) => app.request(camilla).post(`/api/events/${event.id}/tasks`, { what: 'Ring og hør', due: '2026-12-10', owner });
    expect(await tasks(null)).toMatchObject({ status: 409, body: { code: 'event_nobody_came' } });
    app.clock.set('2026-11-26T15:00:00+01:00');
    for (const { id } of [company, second]) expect((await party(anna, event.id, { mode: 'came', company: id, person: 'Per', count: 3 })).status).toBe(201);
    expect((await read(anna, event.id)).counts).toMatchObject({ attended: 6 });
    expect(await story(anna, second)).toEqual(['event.attended']);
    expect((await tasks(null)).body).toEqual({ tasks: 2 });
    const listed = (await app.request(anna).get('/api/tasks?whose=all')).body;
    expect(listed.map(({ company: of, owner }: { company: { id: string }; owner: { name: string } | null }) => [of.id, owner?.name ?? null])).toEqual(
      expect.arrayContaining([
        [company.id, 'Jan'],
        [second.id, null],
      ]),
    );
    expect((await mailsTo(app, jan.email)).at(-1)).toMatchObject({ subject: 'En opgave for dig', text: expect.stringContaining('Ring og hør') });
    expect(await tasks(randomUUID())).toMatchObject({ status: 422, body: { code: 'owner_not_consulting' } });
  });

  test('2.41 a year later names and addresses are forgotten, and that the company was there stays', async () => {
    const { anna, company, event } = await planned();
    const email = mailOf('preben');
    await signUp(event.id, { cvr: company.cvr, email });
    app.clock.set('2027-12-04T09:00:00+01:00');
    await app.sweep();
    const later = { ...anna, token: await openSession(app, anna) };
    expect((await read(later, event.id)).participants).toMatchObject([{ person: '', email: null, company: { id: company.id }, count: 1 }]);
  });
});
