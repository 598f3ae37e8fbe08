import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { acting, fileAgreement, ownerIn, queuedCampaign } from '../../../../tests/support/queues.ts';
import type { Card } from './contract.ts';
import { outcomes } from './rules.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
type Who = { token: string } | null;
const next = async (by: Who, campaign: string): Promise<Card> => (await app.request(by).post(`/api/calls/campaigns/${campaign}/next`)).body.card;
const end = (by: Who, card: { item: string; leaseNo: number }, outcome: string, over: Record<string, unknown> = {}) =>
  app.request(by).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome, ...over });
const undo = (by: Who, call: string) => app.request(by).post(`/api/calls/${call}/undo`);
const relation = async (company: string) =>
  (await app.owner.query('select quarantined, quarantine_until, objection, callable, phone, refused_numbers from vn.relation where company_id = $1', [company])).rows[0];
const item = async (campaign: string) =>
  (await app.owner.query('select state, closed_because, attempts, available_at, promised, only_for from vn.queue_item where campaign_id = $1', [campaign])).rows[0];
const callsOf = async (company: string) => (await app.owner.query('select * from vn.call where company_id = $1 order by at, id', [company])).rows;
const quarantines = async (company: string) => (await app.owner.query(`select since, until, cause, ended_because from vn.quarantine where company_id = $1 order by since, until`, [company])).rows;

/** One company in a queue, in the agent's hands. */
async function held(options: Parameters<typeof queuedCampaign>[3] = {}) {
  const made = await makeCentre(app);
  await fileAgreement(app, made);
  const { id, cvr } = await makeCompany(app, [made.centre], { phone: '00123456' });
  const campaign = await queuedCampaign(app, made, [id], options);
  return { ...made, company: id, cvr, campaign, card: await next(made.bo, campaign) };
}
async function at<T>(instant: string, work: () => Promise<T>): Promise<T> {
  const start = app.clock.now();
  app.clock.set(instant);
  return work().finally(() => app.clock.set(start.toISOString()));
}

describe('who may', () => {
  test('2.15 401 and 403: nobody, managers and the coordinator record no outcome', async () => {
    const { card, camilla, dorte, company } = await held();
    for (const [person, status] of [
      [null, 401],
      [camilla, 403],
      [dorte, 403],
    ] as const)
      expect((await end(person, card, 'not_now')).status).toBe(status);
    expect(await callsOf(company)).toEqual([]);
  });

  test('2.15 404 in another centre; lease_lost for another caller of this one, and for a lease that never was', async () => {
    const { card, anna, bo, centre, company } = await held();
    const there = await makeCentre(app);
    expect((await end(there.bo, card, 'not_now')).status).toBe(404);
    expect((await end(there.anna, card, 'not_now')).status).toBe(404);
    expect((await end(bo, { ...card, item: randomUUID() as Card['item'] }, 'not_now')).status).toBe(404);
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: centre.id, organisationId: centre.organisation });
    for (const [by, lease] of [
      [mads, 1],
      [anna, 1],
      [bo, 2],
    ] as const)
      expect(await end(by, { ...card, leaseNo: lease }, 'not_now')).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect(await callsOf(company)).toEqual([]);
  });
});

describe('2.15 what an outcome means', () => {
  test.each([
    ['wants_contact', 'waiting', null, null, true],
    ['not_now', 'done', 'not_now', '2027-02-17', false],
    ['not_interested', 'done', 'outcome', '2027-05-17', false],
    ['no_answer', 'waiting', null, null, true],
    ['wrong_number', 'done', 'outcome', null, true],
    ['coordinator_needed', 'done', 'outcome', null, true],
  ] as const)('2.15 %s: the item is %s (%s), peace until %s', async (outcome, state, because, until, callable) => {
    const { card, bo, company, campaign } = await held();
    const answer = await end(bo, card, outcome, { note: ' Ring til foråret ', reason: 'time' });
    expect(answer).toMatchObject({
      status: 201,
      body: { outcome, until, nextAt: { no_answer: '2026-11-17T13:00:00.000Z', wants_contact: '2026-11-18T08:00:00.000Z' }[outcome as string] ?? null, undoUntil: '2026-11-17T09:00:10.000Z' },
    });
    expect(await item(campaign)).toMatchObject({ state, closed_because: because });
    expect(await relation(company)).toMatchObject({ callable, quarantined: until !== null });
    expect(await callsOf(company)).toMatchObject([{ id: answer.body.call, outcome, note: 'Ring til foråret', reason: 'time', route: 'call_centre', direction: 'out', person_id: bo.id, seconds: 0 }]);
    expect((await app.owner.query(`select event, data from vn.audit where subject = $1`, [answer.body.call])).rows).toEqual([{ event: 'call.recorded', data: { outcome } }]);
  });

  test('2.15 a company that said not now is not called for three months, by no campaign, and on the day itself it is', async () => {
    const made = await held();
    await end(made.bo, made.card, 'not_now');
    await expect(queuedCampaign(app, made, [made.company])).rejects.toMatchObject({ code: 'VN006' });
    const lifted = (day: string) =>
      at(`${day}T10:00:00+01:00`, async () => {
        await acting(app, made.camilla, (client) => client.query('select vn.lift_quarantines()'));
        await app.sweep();
        return (await relation(made.company)).callable;
      });
    expect(await lifted('2027-02-16')).toBe(false);
    expect(await item(made.campaign)).toMatchObject({ state: 'done' });
    expect(await lifted('2027-02-17')).toBe(true);
    expect(await item(made.campaign)).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  test('2.15 the floors of the source stand whatever a function is handed', async () => {
    const { card, bo } = await held();
    const until = (months: string) =>
      inside(app, bo, (client) =>
        client.query('select * from vn.record_outcome($1, $2, 1, $3)', [randomUUID(), card.item, JSON.stringify({ outcome: 'not_now', until: months, quarantine: randomUUID(), entry: randomUUID() })]),
      );
    await expect(until('2027-02-16')).rejects.toMatchObject({ constraint: 'quarantine_floor' });
    expect((await until('2027-02-17')).rows).toMatchObject([{ result: 'recorded' }]);
  });

  test('2.15 in another campaign’s queue the company is withdrawn at once', async () => {
    const made = await held({ routes: ['call_centre', 'consultants'] });
    const { body } = await app.request(made.anna).post(`/api/companies/${made.company}/calls`, { direction: 'in', outcome: 'not_now' });
    expect(body).toMatchObject({ until: '2027-02-17' });
    expect(await item(made.campaign)).toMatchObject({ state: 'withdrawn', closed_because: 'quarantine' });
    const answer = await end(made.bo, made.card, 'no_answer', { note: 'Optaget' });
    expect(answer, 'who was on the phone meanwhile is recorded all the same').toMatchObject({ status: 201, body: { nextAt: null } });
    expect(await item(made.campaign)).toMatchObject({ state: 'withdrawn', closed_because: 'quarantine' });
    expect((await callsOf(made.company)).map(({ outcome }) => outcome).sort()).toEqual(['no_answer', 'not_now']);
  });

  test('2.15 a later outcome extends the peace, and wants contact ends it', async () => {
    const made = await held();
    await end(made.bo, made.card, 'not_interested');
    const ring = (outcome: string) => app.request(made.anna).post(`/api/companies/${made.company}/calls`, { direction: 'in', outcome });
    await ring('not_now');
    expect(await relation(made.company)).toMatchObject({ quarantined: true, quarantine_until: new Date('2027-05-17T00:00:00') });
    await ring('wants_contact');
    expect(await relation(made.company)).toMatchObject({ quarantined: false, quarantine_until: null });
    expect((await quarantines(made.company)).map(({ ended_because }) => ended_because)).toEqual(['wants_contact', 'wants_contact']);
  });

  test('four attempts nobody answered are the last', async () => {
    const { card, bo, campaign } = await held();
    let now: Card | null = card;
    for (const [instant, attempts, state] of [
      ['2026-11-17T10:00:00+01:00', 1, 'waiting'],
      ['2026-11-17T14:00:00+01:00', 2, 'waiting'],
      ['2026-11-18T09:00:00+01:00', 3, 'waiting'],
      ['2026-11-18T13:00:00+01:00', 4, 'done'],
    ] as const)
      await at(instant, async () => {
        now ??= await next(bo, campaign);
        expect((await end(bo, now as Card, 'no_answer')).status, instant).toBe(201);
        now = null;
        expect(await item(campaign)).toMatchObject({ attempts, state });
      });
    expect(await item(campaign)).toMatchObject({ closed_because: 'attempts' });
  });

  test('a callback is mine at its time, everybody’s half an hour late, and comes before the rest', async () => {
    const made = await held();
    const other = await makeCompany(app, [made.centre], { name: 'Andre', phone: '1' });
    await ownerIn(app, made.centre, `insert into vn.target (centre_id, campaign_id, company_id, facts) values ($1, $2, $3, '{}')`, [made.centre.id, made.campaign, other.id]);
    await app.sweep();
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation });
    expect(await end(made.bo, made.card, 'call_back', { callbackAt: '2026-11-18T09:00:00Z', callbackMine: true })).toMatchObject({ status: 201, body: { nextAt: '2026-11-18T09:00:00.000Z' } });
    await at('2026-11-18T10:29:00+01:00', async () => {
      const card = await next(mads, made.campaign);
      expect(card.name).toBe('Andre');
      await app.request(mads).post(`/api/calls/items/${card.item}/release`, { leaseNo: card.leaseNo });
    });
    await at('2026-11-18T10:30:00+01:00', async () => expect((await next(mads, made.campaign)).name).toBe('Bjergager Smede'));
    await at('2026-11-18T10:41:00+01:00', async () => expect((await next(made.bo, made.campaign)).name).toBe('Bjergager Smede'));
  });

  test.each([
    [{ outcome: 'call_back' }, 'callback_needed'],
    [{ outcome: 'call_back', callbackAt: '2026-11-17T08:00:00Z' }, 'callback_past'],
    [{ outcome: 'call_back', callbackAt: '2026-11-21T10:00:00Z' }, 'callback_closed'],
    [{ outcome: 'call_back', callbackAt: '2027-03-01T10:00:00Z' }, 'callback_far'],
  ])('422: %o', async ({ outcome, ...over }, code) => {
    const { card, bo, company } = await held();
    expect(await end(bo, card, outcome, over)).toMatchObject({ status: 422, body: { code } });
    expect(await callsOf(company)).toEqual([]);
  });

  test.each([
    ['an outcome of its own', { outcome: 'maybe' }],
    ['a field of its own', { outcome: 'not_now', until: '2026-11-18' }],
    ['no lease', { outcome: 'not_now', leaseNo: 0 }],
    ['an address that is none', { outcome: 'not_now', person: { name: 'Inger', role: 'owner', email: 'inger' } }],
    ['half a letter', { outcome: 'not_now', note: '\ud800' }],
  ])('400: %s', async (_what, body) => {
    const { card, bo } = await held();
    expect((await app.request(bo).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: 1, ...body })).status).toBe(400);
  });
});

describe('a lost answer', () => {
  test('2.15 the same outcome sent again answers the same call, with or without its key, and thirty times at once', async () => {
    const { card, bo, company } = await held();
    const answers = await Promise.all(Array.from({ length: 30 }, () => end(bo, card, 'not_now')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.call} ${body.until}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201, body: { until: '2027-02-17' } });
    expect([(await callsOf(company)).length, (await quarantines(company)).length]).toEqual([1, 1]);
  });
});

describe('whom they spoke to', () => {
  const inger = { name: 'Inger Solhøj', role: 'owner', phone: '00 12 34 99', email: 'inger@solhoej.example', language: 'pl' };

  test('2.36 becomes a contact of the company, on the ground of a public task', async () => {
    const { card, bo, company, anna } = await held();
    await end(bo, card, 'wants_contact', { person: inger });
    expect((await app.request(anna).get(`/api/companies/${company}/contacts`)).body).toMatchObject([{ ...inger, basis: 'public_task', source: 'Opkald', reviewOn: '2028-11-17' }]);
    const [call] = await callsOf(company);
    expect(call).toMatchObject({ contact_made: true });
  });

  test('2.36 somebody who is known already stays as written', async () => {
    const { card, bo, company, centre } = await held();
    await app.owner.query(
      `insert into vn.contact (centre_id, id, company_id, name, role, phone, basis, source, review_on, created_at) values ($1, $2, $3, 'inger solhøj', 'hr', '1', 'consent', 'Mail', '2027-01-01', now())`,
      [centre.id, randomUUID(), company],
    );
    await end(bo, card, 'wants_contact', { person: { ...inger, email: null } });
    expect((await app.owner.query('select name, role, phone from vn.contact where company_id = $1', [company])).rows).toEqual([{ name: 'inger solhøj', role: 'hr', phone: '1' }]);
    expect(await callsOf(company)).toMatchObject([{ contact_made: false, contact_id: expect.any(String) }]);
  });

  test('a number that was refused is not shown again', async () => {
    const { card, bo, campaign, company } = await held();
    await end(bo, card, 'no_answer', { refuseNumber: true });
    expect((await relation(company)).refused_numbers).toEqual(['00123456']);
    await at('2026-11-17T14:00:00+01:00', async () => {
      expect(await next(bo, campaign)).toBeNull();
      expect((await app.request(bo).get(`/api/calls/campaigns/${campaign}`)).body.reasons).toMatchObject([{ code: 'without_phone', count: 1 }]);
    });
  });
});

describe('the ten seconds', () => {
  test('404 in another centre and for another person; too late after them', async () => {
    const { card, bo, anna, camilla } = await held();
    const { call } = (await end(bo, card, 'not_now')).body;
    for (const by of [(await makeCentre(app)).bo, anna, camilla]) expect((await undo(by, call)).status).toBe(404);
    await at('2026-11-17T10:00:13+01:00', async () => expect(await undo(bo, call)).toMatchObject({ status: 409, body: { code: 'undo_too_late' } }));
  });

  test('2.15 undone, everything is as it was: peace, contact, number, objection; and the company is back under a new lease', async () => {
    const { card, bo, company, campaign } = await held();
    const { call } = (await end(bo, card, 'not_interested', { objection: true, refuseNumber: true, person: { name: 'Inger', role: 'owner' } })).body;
    expect(await relation(company)).toMatchObject({ objection: true, quarantined: true, callable: false });
    const answer = await undo(bo, call);
    expect(answer).toMatchObject({ status: 200, body: { card: { item: card.item, leaseNo: 2, earlier: [], phone: '00123456' } } });
    expect(await relation(company)).toMatchObject({ objection: false, quarantined: false, quarantine_until: null, callable: true, refused_numbers: [] });
    expect((await app.owner.query('select from vn.contact where company_id = $1', [company])).rowCount).toBe(0);
    expect(await item(campaign)).toMatchObject({ state: 'leased', attempts: 0 });
    expect(await undo(bo, call), 'once').toMatchObject({ status: 409 });
    expect((await end(bo, answer.body.card, 'wants_contact')).status).toBe(201);
    await app.sweep();
    expect((await app.owner.query('select from vn.suppression')).rowCount).toBe(0);
  });

  test('2.15 undone, a peace that it had ended stands again', async () => {
    const made = await held();
    await end(made.bo, made.card, 'not_now');
    const { call } = (await app.request(made.anna).post(`/api/companies/${made.company}/calls`, { direction: 'in', outcome: 'wants_contact' })).body;
    expect((await relation(made.company)).quarantined).toBe(false);
    expect(await undo(made.anna, call)).toMatchObject({ status: 200, body: { card: null } });
    expect(await relation(made.company)).toMatchObject({ quarantined: true, quarantine_until: new Date('2027-02-17T00:00:00') });
  });

  test('what was claimed meanwhile goes back to its place', async () => {
    const made = await held();
    const second = await makeCompany(app, [made.centre], { name: 'Nummer to', phone: '1' });
    await ownerIn(app, made.centre, `insert into vn.target (centre_id, campaign_id, company_id, facts) values ($1, $2, $3, '{}')`, [made.centre.id, made.campaign, second.id]);
    await app.sweep();
    const { call } = (await end(made.bo, made.card, 'not_now')).body;
    expect((await next(made.bo, made.campaign)).name).toBe('Nummer to');
    expect((await undo(made.bo, call)).body.card).toMatchObject({ name: 'Bjergager Smede', leaseNo: 2 });
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation });
    expect((await next(mads, made.campaign)).name).toBe('Nummer to');
  });

  test('a company that was blocked for another reason meanwhile does not come back', async () => {
    const { card, bo, company, centre, campaign } = await held();
    const { call } = (await end(bo, card, 'coordinator_needed')).body;
    await ownerIn(app, centre, 'update vn.relation set objection = true where company_id = $1', [company]);
    expect(await undo(bo, call)).toMatchObject({ status: 200, body: { card: null } });
    expect(await item(campaign)).toMatchObject({ state: 'done' });
  });
});

describe('the coordinator’s list', () => {
  const list = (by: Who, query = '') => app.request(by).get(`/api/calls${query}`);
  const correct = (by: Who, call: string, outcome: string, over = {}) => app.request(by).post(`/api/calls/${call}/corrections`, { outcome, reason: 'Forkert tast', ...over });
  const decide = (by: Who, call: string, body: Record<string, unknown>) => app.request(by).post(`/api/calls/${call}/decision`, body);

  test('401, 403 for agents and managers, 404 in another centre', async () => {
    const { card, bo, dorte, anna } = await held();
    const { call } = (await end(bo, card, 'wrong_number')).body;
    const { camilla: foreign } = await makeCentre(app);
    for (const [by, status] of [
      [null, 401],
      [bo, 403],
      [dorte, 403],
      [anna, 403],
      [foreign, 404],
    ] as const) {
      expect((await correct(by, call, 'not_now')).status).toBe(status);
      expect((await decide(by, call, { requeue: true })).status).toBe(status);
    }
    expect((await list(foreign)).body.items).toEqual([]);
    expect((await list(bo)).status).toBe(403);
  });

  test('holds every call with who, what and the campaign; a consultant sees the own ones only', async () => {
    const { card, bo, camilla, anna, campaign, company, centre } = await held();
    await end(bo, card, 'not_now', { note: 'Til foråret', reason: 'internal' });
    expect((await list(camilla)).body.items).toMatchObject([
      {
        company: { id: company, name: 'Bjergager Smede' },
        campaign: { id: campaign },
        person: 'Bo',
        outcome: 'not_now',
        reason: 'internal',
        note: 'Til foråret',
        can: { correct: true, decide: false },
      },
    ]);
    expect((await list(anna)).body.items).toEqual([]);
    expect((await inside(app, anna, (client) => client.query('select from vn.call'))).rowCount).toBe(0);
    const [own] = [await app.request(anna).post(`/api/companies/${company}/calls`, { direction: 'in', outcome: 'no_answer' })];
    expect((await list(anna)).body.items).toMatchObject([{ id: own?.body.call, person: 'Anna', can: { correct: false } }]);
    const berit = await makePerson(app, 'Berit', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect((await list(berit)).body.items).toEqual([]);
    for (const [query, count] of [
      [`?campaign=${campaign}`, 1],
      ['?outcome=not_now', 1],
      ['?from=2026-11-18', 0],
      ['?to=2026-11-17', 2],
      ['?open=true', 0],
      ['?limit=1', 1],
    ] as const)
      expect((await list(camilla, query)).body.items, query).toHaveLength(count);
    const page = (await list(camilla, '?limit=1')).body;
    expect((await list(camilla, `?limit=1&cursor=${page.next}`)).body.items).toHaveLength(1);
  });

  test('2.15 a correction counts the peace again from the day of the call, keeps what stood before, and is audited', async () => {
    const { card, bo, camilla, company } = await held();
    const { call } = (await end(bo, card, 'not_interested')).body;
    await at('2026-11-20T10:00:00+01:00', async () => {
      expect(await correct(camilla, call, 'not_now')).toMatchObject({
        status: 201,
        body: { outcome: 'not_now', corrections: [{ was: 'not_interested', became: 'not_now', reason: 'Forkert tast', at: '2026-11-20T09:00:00.000Z', by: 'Camilla' }] },
      });
      expect(await relation(company)).toMatchObject({ quarantined: true, quarantine_until: new Date('2027-02-17T00:00:00') });
      expect(await correct(camilla, call, 'not_now')).toMatchObject({ status: 409, body: { code: 'outcome_same' } });
      app.clock.advance({ minutes: 1 });
      await correct(camilla, call, 'wants_contact');
      expect((await relation(company)).quarantined).toBe(false);
    });
    expect((await quarantines(company)).map(({ cause, ended_because }) => `${cause} ${ended_because}`)).toEqual(['not_now corrected', 'not_interested corrected']);
    expect((await app.owner.query(`select data from vn.audit where subject = $1 and event = 'call.corrected' order by at, id`, [call])).rows).toEqual([
      { data: { was: 'not_interested', became: 'not_now' } },
      { data: { was: 'not_now', became: 'wants_contact' } },
    ]);
    await expect(app.owner.query('delete from vn.call_correction')).rejects.toMatchObject({ code: 'VN009' });
  });

  test('corrected to no answer, the company comes into the queue again', async () => {
    const { card, bo, camilla, campaign } = await held();
    const { call } = (await end(bo, card, 'not_interested')).body;
    await correct(camilla, call, 'no_answer');
    expect(await item(campaign)).toMatchObject({ state: 'waiting', attempts: 1, available_at: new Date('2026-11-17T13:00:00.000Z') });
  });

  test('a call that was undone is not corrected', async () => {
    const { card, bo, camilla } = await held();
    const { call } = (await end(bo, card, 'not_now')).body;
    await undo(bo, call);
    expect(await correct(camilla, call, 'not_interested')).toMatchObject({ status: 409, body: { code: 'call_undone' } });
  });

  test('wrong numbers and what needs the coordinator wait for a decision: back in the queue with another number, or closed with a reason', async () => {
    const { card, bo, camilla, campaign, company } = await held();
    const { call } = (await end(bo, card, 'wrong_number')).body;
    expect((await list(camilla, '?open=true')).body.items).toMatchObject([{ id: call, can: { decide: true, requeue: true } }]);
    expect(await decide(camilla, call, { requeue: false })).toMatchObject({ status: 422, body: { code: 'reason_needed' } });
    expect(await decide(camilla, call, { requeue: true, phone: '00 99 99 99' })).toMatchObject({ status: 201, body: { decision: { kind: 'requeued', note: null }, can: { decide: false } } });
    expect(await decide(camilla, call, { requeue: true })).toMatchObject({ status: 409, body: { code: 'decided_already' } });
    expect((await list(camilla, '?open=true')).body.items).toEqual([]);
    const again = await next(bo, campaign);
    expect(again).toMatchObject({ phone: '00 99 99 99', leaseNo: 2 });
    const second = (await end(bo, again, 'coordinator_needed', { note: 'Vil tale med skolen' })).body.call;
    expect(await decide(camilla, second, { requeue: false, note: 'Skolen ringer selv' })).toMatchObject({ status: 201, body: { decision: { kind: 'closed', note: 'Skolen ringer selv' } } });
    expect(await item(campaign)).toMatchObject({ state: 'done' });
    expect((await relation(company)).phone).toBe('00 99 99 99');
  });

  test('a company that was blocked meanwhile is not put back', async () => {
    const { card, bo, camilla, company, centre } = await held();
    const { call } = (await end(bo, card, 'wrong_number')).body;
    await ownerIn(app, centre, 'update vn.relation set objection = true where company_id = $1', [company]);
    expect(await decide(camilla, call, { requeue: true, phone: '1234' })).toMatchObject({ status: 409, body: { code: 'not_available' } });
    expect(await relation(company)).toMatchObject({ phone: null });
  });
});

describe('calls outside a campaign', () => {
  const record = (by: Who, company: string, over: Record<string, unknown> = {}) => app.request(by).post(`/api/companies/${company}/calls`, { direction: 'out', outcome: 'no_answer', ...over });
  const told = (answer: { status: number; body: { code?: string } }) => `${answer.status} ${answer.body.code}`;

  test('401, 403, and 404 for a company that the centre does not know', async () => {
    const { company, bo, dorte, ida } = await held();
    expect([(await record(null, company)).status, (await record(bo, company)).status, (await record(dorte, company)).status, (await record(ida, company)).status]).toEqual([401, 403, 403, 404]);
  });

  test('2.15 a company that may not be called is not available, in one word whatever the reason; only the coordinator calls', async () => {
    const made = await makeCentre(app);
    const berit = await makePerson(app, 'Berit', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.b });
    const blocked: Record<string, string> = {};
    for (const reason of ['quarantine', 'objection', 'protected', 'struck']) blocked[reason] = (await makeCompany(app, [made.centre], { name: reason, phone: '1' })).id;
    await queuedCampaign(app, made, [blocked.struck ?? ''], { struck: [blocked.struck ?? ''] });
    await record(made.anna, blocked.quarantine ?? '', { outcome: 'not_now' });
    await record(made.anna, blocked.objection ?? '', { objection: true });
    await ownerIn(app, made.centre, 'update vn.relation set protected = true where company_id = $1', [blocked.protected]);
    for (const [reason, company] of Object.entries(blocked)) {
      const answer = await record(berit, company);
      expect(told(answer), reason).toBe('409 not_available');
      expect(answer.body).toEqual((await record(berit, blocked.quarantine ?? '')).body);
      expect((await record(made.camilla, company)).status, reason).toBe(201);
      expect((await record(berit, company, { direction: 'in' })).status, 'who rings itself is never refused').toBe(201);
    }
    expect((await record(made.anna, blocked.struck ?? '')).status, 'a school may ring whom it struck itself').toBe(201);
  });

  test('2.02 every contact carries its route', async () => {
    const { company, anna, camilla } = await held();
    for (const route of ['call_centre', 'consultants', 'other_actors', 'company_network']) await record(camilla, company, { route });
    await record(anna, company, { direction: 'in' });
    expect((await callsOf(company)).map(({ route }) => route).sort()).toEqual(['call_centre', 'company_network', 'consultants', 'consultants', 'other_actors']);
    expect((await app.request(anna).get(`/api/companies/${company}/timeline`)).body.items.filter(({ kind }: { kind: string }) => kind === 'call.received')).toMatchObject([
      { kind: 'call.received', person: 'Anna', data: { route: 'consultants', direction: 'in' } },
    ]);
  });

  test('2.15 the story of a company tells no school how a call ended', async () => {
    const texts: string[] = [];
    for (const outcome of outcomes) {
      const { card, bo, anna, company } = await held();
      await end(bo, card, outcome, outcome === 'call_back' ? { callbackAt: '2026-11-18T10:00:00Z', note: 'Hemmelig' } : { note: 'Hemmelig' });
      const { items } = (await app.request(anna).get(`/api/companies/${company}/timeline`)).body;
      texts.push(JSON.stringify(items.map(({ id: _id, ...entry }: { id: string }) => entry)));
    }
    expect(new Set(texts).size).toBe(1);
  });
});

describe('2.33 effort', () => {
  test('2.33 a call keeps the seconds from the claim to the outcome, and no endpoint tells them per person', async () => {
    const { card, bo, camilla, company } = await held();
    app.clock.advance({ minutes: 3 });
    await end(bo, card, 'not_now');
    expect(await callsOf(company)).toMatchObject([{ seconds: 180 }]);
    expect((await app.request(camilla).get('/api/calls')).text).not.toContain('seconds');
    app.clock.set('2026-11-17T10:00:00+01:00');
  });
});

test('2.15 the first caller’s database role can undo, correct and decide nothing that is not its own', async () => {
  const made = await held();
  const { call } = (await end(made.bo, made.card, 'wrong_number')).body;
  const by = (person: TestPerson, statement: string, values: unknown[]) => inside(app, person, async (client) => (await client.query(statement, values)).rows[0]);
  const mads = await makePerson(app, 'Mads', ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation });
  expect(await by(mads, 'select * from vn.undo_call($1, $2, 999)', [call, randomUUID()])).toMatchObject({ result: 'not_found' });
  for (const person of [made.bo, made.anna]) {
    await expect(by(person, 'select vn.correct_call($1, $2, $3, $4)', [call, randomUUID(), 'x', '{"outcome":"not_now"}'])).rejects.toMatchObject({ code: '42501' });
    await expect(by(person, 'select vn.decide_call($1, true, null, null)', [call])).rejects.toMatchObject({ code: '42501' });
  }
  await expect(by(made.anna, `update vn.call set outcome = 'not_now' where id = $1`, [call])).rejects.toMatchObject({ code: '42501' });
});
