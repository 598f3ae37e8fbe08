import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { somePNumber } from '../../../../tests/support/company-files.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { closeHearing, fileAgreement, ownerIn, queuedCampaign } from '../../../../tests/support/queues.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
const next = (by: { token: string } | null, campaign: string) => app.request(by).post(`/api/calls/campaigns/${campaign}/next`);
const state = (by: { token: string } | null, campaign: string) => app.request(by).get(`/api/calls/campaigns/${campaign}`);
const end = (by: { token: string } | null, card: { item: string; leaseNo: number }, outcome: string, over: Record<string, unknown> = {}) =>
  app.request(by).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome, ...over });
const items = async (campaign: string) => (await app.owner.query('select company_id, state, closed_because from vn.queue_item where campaign_id = $1 order by available_at, id', [campaign])).rows;
const codes = (answer: { body: { reasons?: { code: string }[]; queue?: { reasons: { code: string }[] } } }) => (answer.body.queue ?? answer.body).reasons?.map(({ code }) => code);

/** A centre where an agent may call these companies. */
async function ready(count: number, options: Parameters<typeof queuedCampaign>[3] = {}, facts: Record<string, string | number | boolean> = {}) {
  const made = await makeCentre(app);
  await fileAgreement(app, made);
  const companies: string[] = [];
  for (let n = 0; n < count; n += 1) companies.push((await makeCompany(app, [made.centre], { name: `Firma ${n}`, phone: '00123456', town: 'Limvig', ...facts })).id);
  return { ...made, companies, campaign: await queuedCampaign(app, made, companies, options) };
}
/** Another day, for as long as `work` lasts. */
async function at<T>(instant: string, work: () => Promise<T>): Promise<T> {
  const start = app.clock.now();
  app.clock.set(instant);
  return work().finally(() => app.clock.set(start.toISOString()));
}
const agentOf = (made: { centre: { id: string; organisation: string } }, name = 'Mads') => makePerson(app, name, ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation });

describe('who may take a company from the queue', () => {
  test('2.42 401 for nobody; 403 for managers, administrators and the coordinator, who do not call', async () => {
    const { campaign, camilla, dorte, karen, hanne } = await ready(1);
    for (const [person, status] of [
      [null, 401],
      [camilla, 403],
      [dorte, 403],
      [karen, 403],
      [hanne, 403],
    ] as const)
      expect((await next(person, campaign)).status).toBe(status);
  });

  test('2.42 404: a campaign of another centre, one of another route, one nobody was asked about yet, and none', async () => {
    const { campaign, anna, bo } = await ready(1);
    const there = await ready(1, { routes: ['consultants'] });
    expect((await next(there.bo, campaign)).status).toBe(404);
    expect((await next(anna, campaign)).status).toBe(404);
    expect((await next(there.bo, there.campaign)).status).toBe(404);
    expect((await next(there.anna, there.campaign)).body.card).toMatchObject({ name: 'Firma 0', company: there.companies[0] });
    expect((await next(bo, randomUUID())).status).toBe(404);
    const early = await ready(0);
    await app.owner.query('update vn.campaign set hearing_opened_at = null, hearing_deadline = null, hearing_closed_at = null where id = $1', [early.campaign]);
    expect((await next(early.bo, early.campaign)).status).toBe(404);
  });

  test('2.42 without a processor agreement in force there is no queue, whatever was filed elsewhere', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre], { phone: '00123456' });
    const campaign = await queuedCampaign(app, made, [company.id]);
    const other = await makeCentre(app);
    await fileAgreement(app, other);
    expect(await next(made.bo, campaign)).toMatchObject({ status: 200, body: { card: null, queue: { state: 'no_agreement', ready: 0 } } });
    expect((await app.request(made.bo).get('/api/calls/campaigns')).body).toMatchObject([{ state: 'no_agreement', reasons: [{ code: 'no_agreement' }] }]);
    await fileAgreement(app, made);
    expect((await next(made.bo, campaign)).body.card.name).toBe('Bjergager Smede');
  });

  test('2.42 an agreement of another organisation does not help, even by SQL', async () => {
    const { campaign, bo, other } = await ready(1);
    const claimed = (organisation: string | null) => inside(app, bo, async (client) => (await client.query('select vn.claim_next($1, $2) item', [campaign, organisation])).rows[0].item);
    expect([await claimed(other.organisation), await claimed(null)]).toEqual([null, null]);
    expect(await claimed(bo.organisationId)).not.toBeNull();
  });
});

describe('2.42 the card', () => {
  test('2.42 holds what is said on the phone, and neither company number nor contacts nor the company’s id', async () => {
    const { bo, campaign, companies } = await ready(1, {}, { size_from: 10, size_to: 19, industry_text: 'Metalkonstruktioner', scheme: 'DB25', industry_code: '251100' });
    const { body } = await next(bo, campaign);
    expect(body.card).toEqual({
      item: expect.any(String),
      leaseNo: 1,
      leaseUntil: '2026-11-17T09:10:00.000Z',
      claimedAt: '2026-11-17T09:00:00.000Z',
      campaign: { id: campaign, name: `Metal ${campaign}`, goal: 'Tale om uddannelse', why: 'Ingen skole har kontakt' },
      company: null,
      name: 'Firma 0',
      town: 'Limvig',
      phone: '00123456',
      industry: 'Metalkonstruktioner',
      size: { from: 10, to: 19 },
      facts: { size: 'small' },
      introductions: [],
      scripts: { da: 'Goddag, jeg ringer for alle skolerne.' },
      attempts: 0,
      earlier: [],
      consequences: expect.arrayContaining([
        { outcome: 'not_now', until: '2027-02-17', nextAt: null },
        { outcome: 'not_interested', until: '2027-05-17', nextAt: null },
        { outcome: 'no_answer', until: null, nextAt: '2026-11-17T13:00:00.000Z' },
      ]),
    });
    expect(JSON.stringify(body)).not.toContain(companies[0]);
  });

  test('2.42 by SQL an agent reads the card it holds and no other', async () => {
    const made = await ready(1);
    const { card } = (await next(made.bo, made.campaign)).body;
    const mads = await agentOf(made);
    const read = (by: TestPerson) => inside(app, by, async (client) => (await client.query('select name from vn.call_card($1)', [card.item])).rowCount);
    expect([await read(made.bo), await read(mads), await read((await makeCentre(app)).bo)]).toEqual([1, 0, 0]);
    for (const statement of [
      'select from vn.queue_item',
      'select from vn.call',
      'select from vn.suppression',
      `select vn.suppressed('{}')`,
      'select vn.fill_queues()',
      `select vn.number_of('${card.item}', null)`,
    ])
      await expect(
        inside(app, made.bo, (client) => client.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' });
  });

  test('2.42 what it tells of earlier calls is the day and the outcome, never the note', async () => {
    const { bo, campaign } = await ready(1);
    await end(bo, (await next(bo, campaign)).body.card, 'no_answer', { note: 'Hemmelig' });
    await at('2026-11-17T14:30:00+01:00', async () => {
      const answer = await next(bo, campaign);
      expect(answer.body.card).toMatchObject({ earlier: [{ day: '2026-11-17', outcome: 'no_answer' }], attempts: 1, leaseNo: 2 });
      expect(answer.text).not.toContain('Hemmelig');
    });
  });

  test('2.42 a consultant is not told what others heard', async () => {
    const { bo, anna, campaign, centre } = await ready(1, { routes: ['call_centre', 'consultants'] });
    await end(bo, (await next(bo, campaign)).body.card, 'no_answer');
    await at('2026-11-17T14:30:00+01:00', async () => {
      expect((await next(anna, campaign)).body.card.earlier).toEqual([]);
      expect((await app.request(anna).get('/api/calls')).body.items).toEqual([]);
    });
    expect(centre.id).toBe(anna.centreId);
  });
});

describe('the order', () => {
  test('the first in is the first out, and nobody gets what another holds', async () => {
    const made = await ready(3);
    await app.owner.query(`update vn.queue_item set available_at = available_at - (array[1, 3, 2])[1 + array_position($2::uuid[], company_id) - 1] * interval '1 minute' where campaign_id = $1`, [
      made.campaign,
      made.companies,
    ]);
    const names: string[] = [];
    for (const by of [made.bo, await agentOf(made), await agentOf(made), await agentOf(made)]) names.push((await next(by, made.campaign)).body.card?.name);
    expect(names).toEqual(['Firma 1', 'Firma 2', 'Firma 0', undefined]);
  });

  test('two tabs show one company, under one lease', async () => {
    const { bo, campaign } = await ready(3);
    const cards = await Promise.all(Array.from({ length: 6 }, () => next(bo, campaign)));
    expect(new Set(cards.map(({ body }) => `${body.card.item} ${body.card.leaseNo}`)).size).toBe(1);
  });

  test('a lease that lapses goes to the next, and one that is renewed does not', async () => {
    const made = await ready(1);
    const mads = await agentOf(made);
    const { card } = (await next(made.bo, made.campaign)).body;
    app.clock.advance({ minutes: 9 });
    expect((await next(mads, made.campaign)).body.card).toBeNull();
    expect(await app.request(made.bo).post(`/api/calls/items/${card.item}/renew`, { leaseNo: 1 })).toMatchObject({ status: 200, body: { leaseUntil: '2026-11-17T09:19:00.000Z' } });
    app.clock.advance({ minutes: 9 });
    expect((await next(mads, made.campaign)).body.card).toBeNull();
    app.clock.advance({ minutes: 1 });
    expect((await next(mads, made.campaign)).body.card).toMatchObject({ item: card.item, leaseNo: 2 });
    expect(await app.request(made.bo).post(`/api/calls/items/${card.item}/renew`, { leaseNo: 1 })).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect(await end(made.bo, card, 'not_now', { note: 'For sent' })).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect((await end(mads, { ...card, leaseNo: 2 }, 'wants_contact')).status).toBe(201);
    app.clock.set('2026-11-17T10:00:00+01:00');
  });

  test('a company that is given back stands where it stood', async () => {
    const made = await ready(2);
    const { card } = (await next(made.bo, made.campaign)).body;
    expect((await app.request(made.bo).post(`/api/calls/items/${card.item}/release`, { leaseNo: 1 })).status).toBe(204);
    expect((await next(await agentOf(made), made.campaign)).body.card.name).toBe(card.name);
    expect((await app.request(made.bo).post(`/api/calls/items/${card.item}/release`, { leaseNo: 1 })).body.code).toBe('lease_lost');
  });
});

describe('behind three gates', () => {
  test('2.15 a queue is filled when the hearing closes, and not before: nobody struck, nobody in peace', async () => {
    const made = await makeCentre(app);
    await fileAgreement(app, made);
    const [free, struck, later] = [await makeCompany(app, [made.centre], { phone: '1' }), await makeCompany(app, [made.centre]), await makeCompany(app, [made.centre])];
    const campaign = await queuedCampaign(app, made, [free.id, struck.id, later.id], { struck: [struck.id], close: false });
    await ownerIn(app, made.centre, 'update vn.relation set objection = true where company_id = $1', [later.id]);
    expect(await items(campaign)).toEqual([]);
    expect(codes(await next(made.bo, campaign))).toEqual(['hearing']);
    expect((await state(made.bo, campaign)).body.reasons).toEqual([{ code: 'hearing', count: 3, at: null }]);
    expect(await closeHearing(app, made.camilla, campaign)).toBe(false);
    await app.owner.query('update vn.hearing set answered_at = $2, answered_by = $3 where campaign_id = $1', [campaign, app.clock.now(), made.camilla.id]);
    expect(await closeHearing(app, made.camilla, campaign)).toBe(true);
    expect(await items(campaign)).toEqual([{ company_id: free.id, state: 'waiting', closed_because: null }]);
  });

  test.each([
    ['struck', 'gate_strike', `update vn.target set struck = true where company_id = $1`],
    ['without a hearing', 'gate_hearing', 'update vn.campaign set hearing_closed_at = null where id = (select campaign_id from vn.target where company_id = $1)'],
    ['blocked', 'gate_company', 'update vn.relation set objection = true where company_id = $1'],
  ])('2.15 not even the owner keeps a company %s in a queue', async (_what, constraint, statement) => {
    const { companies, centre } = await ready(1);
    if (constraint === 'gate_company') await app.owner.query('alter table vn.relation disable trigger t2_gate');
    try {
      await expect(ownerIn(app, centre, statement, companies)).rejects.toMatchObject({ constraint });
    } finally {
      if (constraint === 'gate_company') await app.owner.query('alter table vn.relation enable trigger t2_gate');
    }
  });

  test('2.15 a company is never in two queues, and comes into the second when the first has let it go', async () => {
    const made = await ready(1);
    const second = await queuedCampaign(app, made, made.companies);
    expect(await items(second)).toEqual([]);
    await end(made.bo, (await next(made.bo, made.campaign)).body.card, 'coordinator_needed');
    await app.sweep();
    expect(await items(second)).toMatchObject([{ state: 'waiting' }]);
  });

  test('a campaign that ends has no queue', async () => {
    const { campaign, bo, centre } = await ready(2);
    await ownerIn(app, centre, 'update vn.campaign set ended_at = now() where id = $1', [campaign]);
    expect((await items(campaign)).map((item) => item.closed_because)).toEqual(['campaign', 'campaign']);
    expect(codes(await next(bo, campaign))).toEqual(['ended']);
    expect((await app.request(bo).get('/api/calls/campaigns')).body).toEqual([]);
  });

  test.each([
    ['protected since', 'update vn.company set protected = true where id = $1', 'protected'],
    ['ceased since', `update vn.company set status = 'ceased' where id = $1`, 'ceased'],
    ['without a number', 'update vn.company set phone = null where id = $1', 'no_phone'],
  ])('a company that is %s is passed over and leaves the queue', async (_what, statement, because) => {
    const { companies, campaign, bo } = await ready(1);
    await app.owner.query(statement, companies);
    expect((await next(bo, campaign)).body.card).toBeNull();
    expect(await items(campaign)).toMatchObject([{ state: 'withdrawn', closed_because: because }]);
  });

  test('a production unit that became protected is passed over too', async () => {
    const { companies, campaign, bo } = await ready(1);
    const unit = randomUUID();
    await app.owner.query(`insert into vn.unit (id, p_number, company_id, name, protected) values ($1, $2, $3, 'Afdeling', true)`, [unit, somePNumber(), companies[0]]);
    await app.owner.query('update vn.target set unit_id = $1 where campaign_id = $2', [unit, campaign]);
    expect((await next(bo, campaign)).body.card).toBeNull();
    expect(await items(campaign)).toMatchObject([{ closed_because: 'protected' }]);
  });
});

describe('why the queue is empty', () => {
  test('outside the hours and on other days nobody gets a company, and it says when it begins', async () => {
    const { campaign, bo } = await ready(1);
    for (const [instant, begins] of [
      ['2026-11-18T08:59:00+01:00', '2026-11-18T08:00:00.000Z'],
      ['2026-11-17T16:00:00+01:00', '2026-11-18T08:00:00.000Z'],
      ['2026-11-21T11:00:00+01:00', '2026-11-23T08:00:00.000Z'],
      ['2026-11-29T17:00:00+01:00', '2026-11-30T08:00:00.000Z'],
    ] as const)
      await at(instant, async () => {
        const answer = await next(bo, campaign);
        expect(answer.body).toMatchObject({ card: null, queue: { reasons: [{ code: 'closed', at: begins }] } });
      });
  });

  test('paused by the coordinator', async () => {
    const { campaign, bo } = await ready(1);
    await app.owner.query('update vn.campaign set paused = true where id = $1', [campaign]);
    expect(codes(await next(bo, campaign))).toEqual(['paused']);
  });

  test('2.15 all that waits is counted, everybody together: peace with its first day, the next attempt, callbacks, others', async () => {
    const made = await ready(5);
    const [mads, eva] = [await agentOf(made), await agentOf(made, 'Eva')];
    await end(made.bo, (await next(made.bo, made.campaign)).body.card, 'not_now');
    await end(made.bo, (await next(made.bo, made.campaign)).body.card, 'not_interested');
    await end(made.bo, (await next(made.bo, made.campaign)).body.card, 'no_answer');
    await end(made.bo, (await next(made.bo, made.campaign)).body.card, 'call_back', { callbackAt: '2026-11-18T10:00:00Z' });
    await next(mads, made.campaign);
    const answer = await next(eva, made.campaign);
    expect(answer.body).toMatchObject({
      card: null,
      queue: {
        ready: 0,
        callsToday: 4,
        reasons: [
          { code: 'promised', count: 1, at: '2026-11-18T10:00:00.000Z' },
          { code: 'later', count: 1, at: '2026-11-17T13:00:00.000Z' },
          { code: 'leased', count: 1, at: '2026-11-17T09:10:00.000Z' },
          { code: 'resting', count: 2, at: '2027-02-17' },
        ],
      },
    });
    expect((await state(made.camilla, made.campaign)).body.reasons).toHaveLength(4);
  });

  test('2.15 a consultant is not told how many schools have answered', async () => {
    const made = await makeCentre(app);
    const campaign = await queuedCampaign(app, made, [(await makeCompany(app, [made.centre])).id], { routes: ['consultants'], close: false });
    expect((await state(made.anna, campaign)).body.reasons).toEqual([{ code: 'hearing', count: null, at: null }]);
    expect((await state(made.camilla, campaign)).body.reasons).toEqual([{ code: 'hearing', count: 3, at: null }]);
  });

  test('2.15 a consultant is not told how many are left in peace', async () => {
    const { anna, campaign } = await ready(1, { routes: ['consultants'] });
    await end(anna, (await next(anna, campaign)).body.card, 'not_now');
    expect(codes(await next(anna, campaign))).toEqual(['all_done']);
  });
});
