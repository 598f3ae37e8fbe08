import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { agree, falseCounters, makeBookable, weeks } from '../../../../tests/support/meetings.ts';
import { fileAgreement, queuedCampaign } from '../../../../tests/support/queues.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
type Card = { item: string; leaseNo: number; name: string };

/** An agent with a company on the phone, and a consultant who has time. */
async function talking(count = 1) {
  const made = await makeCentre(app);
  await fileAgreement(app, made);
  await makeBookable(app, made.centre, [made.anna]);
  const companies: string[] = [];
  for (let n = 0; n < count; n += 1)
    companies.push((await makeCompany(app, [made.centre], { name: `Firma ${n}`, phone: '00123456', address: 'Havnevej 4', postcode: '7620', town: 'Limvig', municipality: '0665' })).id);
  const campaign = await queuedCampaign(app, made, companies);
  const card: Card = (await app.request(made.bo).post(`/api/calls/campaigns/${campaign}/next`)).body.card;
  return { ...made, companies, campaign, card };
}
const person = (over: object = {}) => ({ name: 'Inger Solhøj', role: 'owner', phone: '00 98 76 54', email: `inger-${randomUUID().slice(0, 8)}@firma.example`, language: 'da', ...over });
const slots = (by: { token: string }, card: Card, query = '') => app.request(by).get(`/api/calls/items/${card.item}/slots?leaseNo=${card.leaseNo}${query}`);
const firstSlot = async (by: { token: string }, card: Card): Promise<{ choice: string; start: string }> =>
  (await slots(by, card)).body.days.flatMap((day: { slots: { choice: string; start: string }[] }) => day.slots)[0];
const book = (by: { token: string } | null, card: Card, choice: string, over: object = {}) =>
  app.request(by).post(`/api/calls/items/${card.item}/meeting`, { leaseNo: card.leaseNo, choice, note: 'Certifikater udløber til foråret.', person: person(), ...over });

describe('from the talk to the consultant’s calendar', () => {
  test('401, 403, 404; and a company that somebody else holds by now is lost', async () => {
    const { camilla, dorte, ida, bo, card, centre } = await talking();
    const { choice } = await firstSlot(bo, card);
    expect((await book(null, card, choice)).status).toBe(401);
    for (const who of [camilla, dorte]) expect((await book(who, card, choice)).status).toBe(403);
    expect((await slots(ida, card)).status).toBe(403);
    const there = await talking();
    expect((await slots(there.bo, card)).status).toBe(404);
    expect((await book(there.bo, card, choice)).status).toBe(404);
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: centre.id, organisationId: centre.organisation });
    expect(await slots(mads, card)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect(await book(mads, card, choice)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect(await book(bo, { ...card, leaseNo: card.leaseNo + 1 }, choice)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
  });

  test('2.16 2.40 one press records the call and books the meeting, with the note as hand-over and invitations to both', async () => {
    const { anna, bo, camilla, card, companies, campaign } = await talking();
    const slot = await firstSlot(bo, card);
    const who = person();
    const done = await book(bo, card, slot.choice, { person: who });
    expect(done).toMatchObject({ status: 201, body: { recorded: { outcome: 'wants_contact', until: null }, meeting: { start: slot.start, consultant: 'Anna' } } });
    const brief = (await app.request(anna).get(`/api/meetings/${done.body.meeting.id}`)).body;
    expect(brief).toMatchObject({
      said: 'Certifikater udløber til foråret.',
      place: 'Havnevej 4, 7620 Limvig',
      contact: { name: who.name, email: who.email, language: 'da' },
      bookedBy: 'Bo',
      company: { name: 'Firma 0' },
    });
    for (const address of [anna.email, who.email]) expect((await mailsTo(app, address)).at(-1)?.calendar, address).toContain('METHOD:REQUEST');
    const kinds = (await app.request(camilla).get(`/api/companies/${companies[0]}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['call.made', 'meeting.booked']));
    expect((await app.request(camilla).get(`/api/campaigns/${campaign}/progress`)).body.stations.map(({ companies: n }: { companies: number }) => n)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.40 without a note, or without somebody to meet, there is no meeting and no call', async () => {
    const { bo, card, centre } = await talking();
    const { choice } = await firstSlot(bo, card);
    for (const [over, path] of [
      [{ note: ' ' }, 'note'],
      [{ person: person({ name: '' }) }, 'person.name'],
      [{ person: undefined }, 'person'],
      [{ choice: '' }, 'choice'],
    ] as const)
      expect(await book(bo, card, choice, over), path).toMatchObject({ status: 400, body: { fields: [{ path }] } });
    expect((await app.owner.query('select from vn.call where centre_id = $1', [centre.id])).rowCount).toBe(0);
  });

  test('2.16 a time that somebody took a moment ago: nothing is recorded, the company is still one’s own, and another time can be booked', async () => {
    const { bo, card, centre, campaign } = await talking(2);
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: centre.id, organisationId: centre.organisation });
    const other: Card = (await app.request(mads).post(`/api/calls/campaigns/${campaign}/next`)).body.card;
    const { choice } = await firstSlot(bo, card);
    expect((await book(mads, other, choice)).status).toBe(201);
    expect(await book(bo, card, choice)).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    expect((await app.owner.query('select from vn.call where centre_id = $1', [centre.id])).rowCount).toBe(1);
    expect((await app.request(bo).post(`/api/calls/campaigns/${campaign}/next`)).body.card).toMatchObject({ item: card.item, leaseNo: card.leaseNo });
    expect((await book(bo, card, (await firstSlot(bo, card)).choice)).status).toBe(201);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('the same request twice is one call and one meeting, with the same key or without', async () => {
    const { bo, card, centre } = await talking();
    const { choice } = await firstSlot(bo, card);
    const body = { leaseNo: card.leaseNo, choice, note: 'Aftalt', person: person() };
    const send = (headers: Record<string, string> = {}) => app.request(bo).post(`/api/calls/items/${card.item}/meeting`, body, headers);
    const [first, again] = [await send({ 'idempotency-key': 'one' }), await send({ 'idempotency-key': 'one' })];
    expect(again.body).toEqual(first.body);
    expect(await send()).toMatchObject({ status: 201, body: { recorded: { call: first.body.recorded.call }, meeting: null } });
    expect((await app.owner.query('select from vn.meeting where centre_id = $1', [centre.id])).rowCount).toBe(1);
  });

  test('2.16 two agents never book the same hour: twenty at once, each with a company, for one consultant', async () => {
    const { centre, companies, campaign, bo, card } = await talking(20);
    const talks: [{ token: string }, Card][] = [[bo, card]];
    for (let n = 1; n < companies.length; n += 1) {
      const agent = await makePerson(app, `Agent${n}`, ['agent'], { centreId: centre.id, organisationId: centre.organisation });
      talks.push([agent, (await app.request(agent).post(`/api/calls/campaigns/${campaign}/next`)).body.card]);
    }
    expect(new Set(talks.map(([, each]) => each.item)).size).toBe(20);
    const { choice } = await firstSlot(bo, card);
    const answers = await Promise.all(talks.map(([agent, each]) => book(agent, each, choice)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'slot_taken')).toHaveLength(19);
    expect((await app.owner.query('select from vn.call where centre_id = $1', [centre.id])).rowCount, 'whoever lost recorded nothing').toBe(1);
    expect(await falseCounters(app)).toEqual([]);
  });
});

describe('taken back', () => {
  test('2.15 undone within ten seconds the meeting goes with the call: time and capacity are free, and whoever was invited is told', async () => {
    const { anna, bo, card, centre } = await talking();
    const slot = await firstSlot(bo, card);
    const who = person();
    const { recorded, meeting } = (await book(bo, card, slot.choice, { person: who })).body;
    await app.jobs.drain();
    app.clock.advance({ minutes: 0 });
    const undone = await app.request(bo).post(`/api/calls/${recorded.call}/undo`);
    expect(undone).toMatchObject({ status: 200, body: { card: { item: card.item } } });
    expect((await app.owner.query('select state, cancelled_because from vn.meeting where centre_id = $1 and id = $2', [centre.id, meeting.id])).rows).toEqual([
      { state: 'cancelled', cancelled_because: 'mistake' },
    ]);
    for (const address of [anna.email, who.email]) expect((await mailsTo(app, address)).at(-1)?.calendar, address).toContain('METHOD:CANCEL');
    expect((await firstSlot(bo, undone.body.card)).start).toBe(slot.start);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.15 undone while the next company is on its way: the one talked with comes back, whoever is first, and no other is held beside it', async () => {
    const { bo, campaign, centre, ...made } = await talking(12);
    let { card } = made;
    for (let round = 0; round < 10; round += 1) {
      const recorded = (await app.request(bo).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: 'not_now' })).body;
      const [, undone] = await Promise.all([app.request(bo).post(`/api/calls/campaigns/${campaign}/next`), app.request(bo).post(`/api/calls/${recorded.call}/undo`)]);
      expect(undone, undone.text).toMatchObject({ status: 200, body: { card: { item: card.item } } });
      card = undone.body.card;
    }
    expect((await app.owner.query(`select id from vn.queue_item where centre_id = $1 and state = 'leased'`, [centre.id])).rows).toEqual([{ id: card.item }]);
  });

  test('corrected by the coordinator into another outcome it goes too; an agent cannot take somebody else’s away', async () => {
    const { bo, camilla, card, centre } = await talking();
    const { recorded, meeting } = (await book(bo, card, (await firstSlot(bo, card)).choice)).body;
    expect((await inside(app, bo, (client) => client.query('select vn.drop_meeting_of($1, gen_random_uuid()) dropped', [recorded.call]))).rows).toEqual([{ dropped: null }]);
    expect((await app.request(camilla).post(`/api/calls/${recorded.call}/corrections`, { outcome: 'not_now', reason: 'De ringede selv' })).status).toBeLessThan(300);
    expect((await app.owner.query('select state from vn.meeting where centre_id = $1 and id = $2', [centre.id, meeting.id])).rows).toEqual([{ state: 'cancelled' }]);
    expect(await falseCounters(app)).toEqual([]);
  });
});

describe('2.05 no more is promised than can be visited', () => {
  test('2.05 when all that was agreed is used, nobody is called; when there is room again, calls go on by themselves', async () => {
    const { bo, card, centre, campaign } = await talking(3);
    await book(bo, card, (await firstSlot(bo, card)).choice);
    await agree(app, centre, 'centre', centre.id, 1, [weeks[0] ?? '']);
    await agree(app, centre, 'centre', centre.id, 0, weeks.slice(1));
    const full = await app.request(bo).post(`/api/calls/campaigns/${campaign}/next`);
    expect(full.body).toMatchObject({ card: null, queue: { reasons: [{ code: 'full' }] } });
    await agree(app, centre, 'centre', centre.id, 2, weeks.slice(1, 2));
    expect((await app.request(bo).post(`/api/calls/campaigns/${campaign}/next`)).body.card).toMatchObject({ name: expect.any(String) });
  });

  test('2.05 a company that wants a visit and got no time is called again before all others, on the next day of calling and when there is room', async () => {
    const { bo, card, centre, campaign } = await talking(3);
    const next = () => app.request(bo).post(`/api/calls/campaigns/${campaign}/next`);
    const recorded = await app.request(bo).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: 'wants_contact', note: 'Kun om fredagen.' });
    expect(recorded).toMatchObject({ status: 201, body: { nextAt: '2026-11-18T08:00:00.000Z' } });
    const other = (await next()).body.card;
    expect(other.name).not.toBe(card.name);
    await app.request(bo).post(`/api/calls/items/${other.item}/outcome`, { leaseNo: other.leaseNo, outcome: 'not_now' });
    await agree(app, centre, 'centre', centre.id, 0, weeks.slice(1));
    await agree(app, centre, 'centre', centre.id, 1, [weeks[0] ?? '']);
    const last = (await next()).body.card;
    expect(await book(bo, last, (await firstSlot(bo, last)).choice)).toMatchObject({ status: 201, body: { recorded: { nextAt: null } } });
    const start = app.clock.now();
    app.clock.set('2026-11-18T09:30:00+01:00');
    try {
      expect((await next()).body).toMatchObject({ card: null, queue: { reasons: [{ code: 'full' }] } });
      await agree(app, centre, 'centre', centre.id, 2, weeks.slice(1, 2));
      const again = (await next()).body.card;
      expect(again).toMatchObject({ name: card.name, earlier: [{ outcome: 'wants_contact' }] });
      expect((await book(bo, again, (await firstSlot(bo, again)).choice)).status).toBe(201);
      expect((await next()).body.card).toBeNull();
    } finally {
      app.clock.set(start.toISOString());
    }
  });

  test('2.05 a company that somebody else booked a meeting with is called no more, unless it is on the phone just now', async () => {
    const { anna, bo, camilla, card, companies, campaign } = await talking(2);
    const handover = { said: 'Vil vise rundt.', place: 'Havnevej 4', contact: { name: 'Inger Solhøj' } };
    for (const company of companies) {
      const { days } = (await app.request(anna).get(`/api/companies/${company}/slots`)).body;
      const { choice } = days.flatMap((day: { slots: { choice: string }[] }) => day.slots)[0];
      expect((await app.request(anna).post(`/api/companies/${company}/meetings`, { choice, handover })).status).toBe(201);
    }
    expect((await app.request(bo).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: 'wants_contact' })).body.nextAt).toBeNull();
    const { body } = await app.request(bo).post(`/api/calls/campaigns/${campaign}/next`);
    expect(body).toMatchObject({ card: null, queue: { reasons: [{ code: 'all_done' }] } });
    expect((await app.request(camilla).get(`/api/calls/campaigns/${campaign}`)).body.ready).toBe(0);
  });

  test('2.05 a week that fills up while one is talking is refused, and nothing is recorded', async () => {
    const { bo, card, centre } = await talking();
    const { choice } = await firstSlot(bo, card);
    await agree(app, centre, 'centre', centre.id, 0);
    expect(await book(bo, card, choice)).toMatchObject({ status: 409, body: { code: 'capacity_full' } });
    expect((await app.owner.query('select from vn.call where centre_id = $1', [centre.id])).rowCount).toBe(0);
  });
});

describe('what the call agent is told', () => {
  test('2.42 of a slot: when, a choice, a name and one reason, nothing else; no company by its id, and no table of it may be read', async () => {
    const { bo, card, companies } = await talking();
    const answer = await slots(bo, card);
    expect(Object.keys(answer.body.days.flatMap((day: { slots: object[] }) => day.slots)[0]).sort()).toEqual(['choice', 'consultant', 'end', 'start', 'why']);
    expect(answer.text).not.toContain('Skole');
    expect(answer.text).not.toContain(companies[0]);
    expect((await app.request(bo).get(`/api/companies/${companies[0]}/slots`)).status).toBe(403);
    for (const table of ['meeting', 'meeting_staff', 'capacity', 'work_hours', 'teaching', 'absence', 'calendar_busy', 'assignment', 'postcode', 'queue_item', 'call'])
      await expect(
        inside(app, bo, (client) => client.query(`select from vn.${table}`)),
        table,
      ).rejects.toMatchObject({ code: '42501' });
  });
});
