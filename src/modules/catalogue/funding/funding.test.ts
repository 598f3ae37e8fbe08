import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
/** Without the rule that two rates never hold on one day: the attack must succeed here, or it attacks nothing. */
const unguarded = await testApp();
await unguarded.owner.query('alter table vn.funding_rate drop constraint funding_rate_once');

const facts = { kind: 'veu', name: 'VEU-godtgørelse', courseKinds: ['amu'], text: 'For faglærte og ufaglærte.' };
const rate = { amount: 87_100, unit: 'day', from: '2019-01-01', until: '2019-12-31', source: 'Satser 2019' };
const make = async (by: TestPerson, over: object = {}, on: TestApp = app) => (await on.request(by).post('/api/funding', { ...facts, ...over })).body.id as string;
const addRate = (by: TestPerson, id: string, over: object = {}, on: TestApp = app) => on.request(by).post(`/api/funding/${id}/rates`, { ...rate, ...over });

describe('funding with dated rates', () => {
  test('4.27 the coordinator writes funding and its rates; consultants read which holds today, which has run out and which has no day', async () => {
    const { camilla, anna, ida } = await makeCentre(app);
    const id = await make(camilla);
    expect(await addRate(camilla, id)).toMatchObject({ status: 201, body: { rates: [{ amount: 87_100, from: '2019-01-01', until: '2019-12-31', state: 'past' }] } });
    expect(await addRate(camilla, id, { amount: 91_100, from: null, until: null, source: 'amudanmark.dk, uden dato' })).toMatchObject({ status: 201 });
    expect(await addRate(camilla, id, { amount: 95_000, from: '2026-01-01', until: null })).toMatchObject({ status: 201 });
    const read = (await app.request(anna).get('/api/funding')).body;
    expect(read[0].rates.map(({ amount, state }: { amount: number; state: string }) => [amount, state])).toEqual([
      [95_000, 'now'],
      [87_100, 'past'],
      [91_100, 'undated'],
    ]);
    expect((await app.request(anna).get('/api/funding?day=2019-05-01')).body[0].rates[1].state).toBe('now');
    expect((await app.request(ida).get('/api/funding')).body).toEqual([]);
    expect(await app.request(ida).put(`/api/funding/${id}`, facts, seen(1))).toMatchObject({ status: 404 });
    expect(await app.request(camilla).put(`/api/funding/${id}`, { ...facts, retired: true }, seen(1))).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await app.request(camilla).put(`/api/funding/${id}`, facts, seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect((await app.request(anna).get('/api/funding')).body).toEqual([]);
  });

  test('4.27 two rates of one funding never hold on one day, also when both are written at once; the next one begins the day after', async () => {
    const race = async (on: TestApp) => {
      const { camilla } = await makeCentre(on);
      const id = await make(camilla, {}, on);
      const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => addRate(camilla, id, { amount: n, from: `2019-0${n + 1}-01`, until: '2019-12-31' }, on)));
      return answers.map(({ status, body }) => (status === 201 ? 'written' : body.code)).sort();
    };
    expect(await race(app)).toEqual([...Array(5).fill('rate_overlaps'), 'written']);
    expect(await race(unguarded)).toEqual(Array(6).fill('written'));
    const { camilla } = await makeCentre(app);
    const id = await make(camilla);
    const first = (await addRate(camilla, id, { until: null })).body.rates[0];
    expect(await addRate(camilla, id, { from: '2020-01-01', until: null })).toMatchObject({ status: 409, body: { code: 'rate_overlaps' } });
    expect(await app.request(camilla).put(`/api/funding/${id}/rates/${first.id}`, rate, seen(1))).toMatchObject({ status: 200 });
    expect(await app.request(camilla).put(`/api/funding/${id}/rates/${first.id}`, rate, seen(1))).toMatchObject({ status: 412 });
    expect(await addRate(camilla, id, { from: '2020-01-01', until: null })).toMatchObject({ status: 201 });
    expect(await app.request(camilla).delete(`/api/funding/${id}/rates/${first.id}`, seen(2))).toMatchObject({ status: 204 });
    expect(await app.request(camilla).delete(`/api/funding/${id}/rates/${first.id}`, seen(2))).toMatchObject({ status: 404 });
  });

  test('4.27 strange rates and links are refused', async () => {
    const { camilla } = await makeCentre(app);
    const id = await make(camilla);
    for (const over of [{ amount: -1 }, { amount: 1.5 }, { unit: 'percent', amount: 10_001 }, { from: null }, { source: ' ' }, { unit: 'month' }, { from: '1.1.2019' }])
      expect((await addRate(camilla, id, over)).status, JSON.stringify(over)).toBe(400);
    expect(await addRate(camilla, id, { until: '2018-12-31' })).toMatchObject({ status: 422, body: { code: 'rate_backwards' } });
    for (const over of [{ link: 'javascript:alert(1)' }, { courseKinds: ['x'] }, { courseKinds: ['amu', 'amu'] }, { name: '' }])
      expect((await app.request(camilla).post('/api/funding', { ...facts, ...over })).status).toBe(400);
  });

  test('4.27 an example is worked out with the rates of its day, and a day without a rate says so', async () => {
    const { camilla, anna, ida } = await makeCentre(app);
    const [allowance, fee] = [await make(camilla), await make(camilla, { kind: 'fee', name: 'Deltagerbetaling' })];
    await addRate(camilla, allowance);
    await addRate(camilla, fee, { amount: 104_000, unit: 'week' });
    const ask = (day: string, more = '', by = anna) => app.request(by).get(`/api/funding-hint?day=${day}&days=3&persons=2&allowance=${allowance}&fee=${fee}${more}`);
    expect(await ask('2019-12-31')).toMatchObject({
      status: 200,
      body: { allowance: { name: 'VEU-godtgørelse', amount: 522_600, rate: { amount: 87_100, source: 'Satser 2019' } }, fee: { amount: 124_800 }, remains: -397_800 },
    });
    expect((await ask('2020-01-01')).body).toMatchObject({ allowance: { rate: null, amount: null }, fee: { rate: null, amount: null }, remains: null });
    expect((await app.request(anna).get(`/api/funding-hint?day=2019-05-01&days=1&persons=1`)).body).toEqual({ allowance: null, fee: null, remains: null });
    // A fee is no allowance, and nothing of another centre is.
    expect(await app.request(anna).get(`/api/funding-hint?day=2019-05-01&days=1&persons=1&allowance=${fee}`)).toMatchObject({ status: 422, body: { code: 'funding_unknown' } });
    expect(await ask('2019-05-01', '', ida)).toMatchObject({ status: 422 });
    for (const query of ['days=0&persons=1', 'days=1.25&persons=1', 'days=1&persons=0', 'days=1&persons=1.5', 'days=&persons=1'])
      expect((await app.request(anna).get(`/api/funding-hint?day=2019-05-01&${query}`)).status, query).toBe(400);
  });
});
