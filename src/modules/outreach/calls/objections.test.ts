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
});
