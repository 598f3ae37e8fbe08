import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { fileAgreement, queuedCampaign } from '../../../../tests/support/queues.ts';

// Its own database: the house goes through every centre that a test made.
const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
const next = async (by: { token: string }, campaign: string) => (await app.request(by).post(`/api/calls/campaigns/${campaign}/next`)).body.card;
const end = (by: { token: string }, card: { item: string; leaseNo: number }, outcome: string, over: Record<string, unknown> = {}) =>
  app.request(by).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome, ...over });
const item = async (campaign: string) => (await app.owner.query('select state, closed_because from vn.queue_item where campaign_id = $1', [campaign])).rows[0];

describe('never call us', () => {
  const objecting = async (company: string) => (await app.owner.query('select centre_id, objection from vn.relation where company_id = $1', [company])).rows;

  test('2.15 holds at once in this centre, soon in every other, and for whoever comes to know the company later', async () => {
    const made = await makeCentre(app);
    await fileAgreement(app, made);
    const there = await makeCentre(app);
    const company = await makeCompany(app, [made.centre, there.centre], { phone: '1' });
    const [here, elsewhere] = [await queuedCampaign(app, made, [company.id]), await queuedCampaign(app, there, [company.id])];
    expect(elsewhere).not.toBe(here);
    await end(made.bo, await next(made.bo, here), 'not_interested', { objection: true });
    expect((await objecting(company.id)).filter(({ objection }) => objection)).toHaveLength(1);
    await app.sweep();
    expect((await app.owner.query('select from vn.suppression')).rowCount, 'while it can be undone it stays here').toBe(0);
    app.clock.advance({ minutes: 1 });
    await app.sweep();
    await app.jobs.drain();
    expect((await objecting(company.id)).map(({ objection }) => objection)).toEqual([true, true]);
    expect(await item(elsewhere)).toMatchObject({ state: 'withdrawn', closed_because: 'objection' });
    const kept = (await app.owner.query('select * from vn.suppression')).rows;
    expect(kept).toMatchObject([{ cause: 'objection', times: 1 }]);
    expect(kept[0].hash).toHaveLength(32);
    expect(JSON.stringify(kept)).not.toContain(company.cvr);
    const late = await makeCentre(app);
    await app.owner.query('insert into vn.relation (centre_id, company_id, since) values ($1, $2, now())', [late.centre.id, company.id]);
    await app.sweep();
    await app.jobs.drain();
    expect((await objecting(company.id)).map(({ objection }) => objection)).toEqual([true, true, true]);
    await app.sweep();
    await app.jobs.drain();
    expect((await app.owner.query('select times from vn.suppression')).rows).toEqual([{ times: 1 }]);
    app.clock.set('2026-11-17T10:00:00+01:00');
  });

  test('2.15 lifted by the coordinator with a reason it ends here at once and elsewhere soon; what another centre was told holds on', async () => {
    const [made, there] = [await makeCentre(app), await makeCentre(app)];
    for (const each of [made, there]) await fileAgreement(app, each);
    const company = await makeCompany(app, [made.centre, there.centre], { phone: '1' });
    const [here, elsewhere] = [await queuedCampaign(app, made, [company.id]), await queuedCampaign(app, there, [company.id])];
    const held = [await next(made.bo, here), await next(there.bo, elsewhere)];
    const call = (await end(made.bo, held[0], 'not_interested', { objection: true })).body.call;
    const carried = async () => {
      app.clock.advance({ minutes: 1 });
      await app.sweep();
      await app.jobs.drain();
      return Object.fromEntries((await objecting(company.id)).map(({ centre_id, objection }) => [centre_id === made.centre.id ? 'here' : 'there', objection]));
    };
    const lift = (by: { token: string } | null, id: string, reason: unknown = 'Ejeren skriver, at vi gerne må.') => app.request(by).post(`/api/calls/${id}/lifting`, { reason });
    try {
      expect((await lift(null, call)).status).toBe(401);
      for (const who of [made.bo, made.anna, made.dorte]) expect((await lift(who, call)).status).toBe(403);
      expect((await lift(there.camilla, call)).status).toBe(404);
      expect(await lift(made.camilla, call, ' ')).toMatchObject({ status: 400, body: { fields: [{ path: 'reason' }] } });
      const told = (await app.request(made.camilla).get('/api/calls')).body.items[0];
      expect(told).toMatchObject({ objection: { lifted: null }, can: { lift: true } });
      expect(await carried()).toEqual({ here: true, there: true });
      expect(await lift(made.camilla, call)).toMatchObject({ status: 201, body: { objection: { lifted: { reason: 'Ejeren skriver, at vi gerne må.', by: 'Camilla' } }, can: { lift: false } } });
      expect((await objecting(company.id)).find(({ centre_id }) => centre_id === made.centre.id)).toMatchObject({ objection: false });
      expect(await lift(made.camilla, call)).toMatchObject({ status: 409, body: { code: 'objection_none' } });
      expect(await carried()).toEqual({ here: false, there: false });
      const hashes = (await app.owner.query('select times from vn.suppression')).rowCount;

      const again = (await app.request(made.camilla).post(`/api/companies/${company.id}/calls`, { direction: 'in', outcome: 'not_interested', objection: true })).body.call;
      expect((await app.request(there.camilla).post(`/api/companies/${company.id}/calls`, { direction: 'in', outcome: 'not_interested', objection: true })).status).toBe(201);
      expect(await carried()).toEqual({ here: true, there: true });
      expect((await app.owner.query('select times from vn.suppression order by times desc')).rows[0]).toEqual({ times: 2 });
      await lift(made.camilla, again);
      expect(await carried(), 'the other centre was told too').toEqual({ here: true, there: true });
      expect((await app.owner.query('select from vn.suppression')).rowCount).toBe((hashes ?? 0) + 1);
    } finally {
      app.clock.set('2026-11-17T10:00:00+01:00');
    }
  });

  test('lifted before it was carried anywhere it never leaves the centre; undone there is nothing to lift', async () => {
    const made = await makeCentre(app);
    const there = await makeCentre(app);
    const company = await makeCompany(app, [made.centre, there.centre], { phone: '1' });
    const ring = async () => (await app.request(made.camilla).post(`/api/companies/${company.id}/calls`, { direction: 'in', outcome: 'not_interested', objection: true })).body.call;
    const undone = await ring();
    expect((await app.request(made.camilla).post(`/api/calls/${undone}/undo`)).status).toBe(200);
    expect(await app.request(made.camilla).post(`/api/calls/${undone}/lifting`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'objection_none' } });
    const call = await ring();
    expect((await app.request(made.camilla).post(`/api/calls/${call}/lifting`, { reason: 'Det var et andet firma.' })).status).toBe(201);
    app.clock.advance({ minutes: 1 });
    try {
      await app.sweep();
      await app.jobs.drain();
      expect((await objecting(company.id)).map(({ objection }) => objection)).toEqual([false, false]);
    } finally {
      app.clock.set('2026-11-17T10:00:00+01:00');
    }
  });
});
