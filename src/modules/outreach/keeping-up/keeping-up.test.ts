import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { openSession } from '../../../../tests/support/factory.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';
import { monthsBetween, spanOf } from './rules.ts';

const app = await testApp();
const plan = (over: object = {}) => ({ everyMonths: 3, nextOn: '2027-02-10', why: 'De vil vente, til hallen er bygget.', ...over });

test('2.32 whole months between two days, and the spans they fall into', () => {
  expect([monthsBetween('2026-01-31', '2026-02-28'), monthsBetween('2026-01-15', '2027-07-15'), monthsBetween('2026-05-10', '2026-05-09')]).toEqual([0, 18, 0]);
  expect([null, 0, 5, 6, 11, 12, 17, 18].map(spanOf)).toEqual(['not_yet', 'half_year', 'half_year', 'year', 'year', 'year_and_half', 'year_and_half', 'longer']);
});

describe('keeping up with a company', () => {
  test('2.32 401, 403, 404; a company that has not heard from the centre has no plan', async () => {
    const { anna, camilla, dorte, ida, company } = await visitors(app);
    const address = `/api/companies/${company.id}/keep-up`;
    expect(await app.request(null).put(address, plan(), seen(0))).toMatchObject({ status: 401 });
    for (const person of [camilla, dorte]) expect(await app.request(person).put(address, plan(), seen(0))).toMatchObject({ status: 403 });
    expect(await app.request(ida).get(address)).toMatchObject({ status: 404 });
    expect(await app.request(anna).put(address, plan(), seen(0))).toMatchObject({ status: 409, body: { code: 'company_not_met' } });
    expect(await app.request(anna).put(`/api/companies/${company.id}/first-use`, { use: { day: '2026-11-17', what: 'Kursus' } })).toMatchObject({ status: 409 });
  });

  test('2.32 whoever plans it is reminded on the day; asked again or visited meanwhile, the next time is as many months later', async () => {
    const { anna, karim, company } = await visitors(app);
    const address = `/api/companies/${company.id}/keep-up`;
    await send(app, anna, randomUUID(), written(company, { visitedOn: '2026-11-10' }));
    expect(await app.request(anna).put(address, plan({ nextOn: '2026-11-16' }), seen(0))).toMatchObject({ status: 400, body: { fields: [{ path: 'nextOn', code: 'past' }] } });
    expect(await app.request(anna).put(address, plan(), seen(0))).toMatchObject({ status: 200, body: { first: '2026-11-10', plan: { person: { name: 'Anna' }, nextOn: '2027-02-10' }, version: 1 } });
    expect(await app.request(karim).put(address, plan(), seen(0))).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect((await app.request(anna).get('/api/keep-ups')).body).toMatchObject([{ company: { id: company.id }, due: false }]);
    app.clock.set('2027-02-10T09:00:00+01:00');
    const later = { token: await openSession(app, anna) };
    expect((await app.request(later).get('/api/keep-ups')).body).toMatchObject([{ due: true }]);
    expect(await app.request(later).put(`${address}/asked`, undefined, seen(1))).toMatchObject({ status: 200, body: { plan: { nextOn: '2027-05-10' }, version: 2 } });
    app.clock.set('2027-03-31T09:00:00+02:00');
    const visitor = { token: await openSession(app, karim) };
    await send(app, visitor, randomUUID(), written(company, { visitedOn: '2027-03-31' }));
    expect((await app.request(visitor).get(address)).body).toMatchObject({ plan: { person: { name: 'Anna' }, nextOn: '2027-06-30' }, version: 3 });
    expect(await app.request(visitor).delete(address, seen(2))).toMatchObject({ status: 412 });
    expect(await app.request(visitor).delete(address, seen(3))).toMatchObject({ status: 200, body: { plan: null, version: 0 } });
    expect(await app.request(visitor).delete(address, seen(0))).toMatchObject({ status: 404 });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.32 how long it took is shown by the quarter of first hearing: exactly to whoever may open the companies, without small cells to managers', async () => {
    const { anna, camilla, dorte, centre } = await visitors(app);
    const companies = await Promise.all(Array.from({ length: 8 }, () => makeCompany(app, [centre])));
    for (const each of companies) await send(app, anna, randomUUID(), written(each, { visitedOn: '2026-05-10' }));
    const [first, second] = companies;
    const use = (company: { id: string } | undefined, day: string) => app.request(anna).put(`/api/companies/${company?.id}/first-use`, { use: { day, what: 'Truckcertifikat' } });
    expect(await use(first, '2026-11-18')).toMatchObject({ status: 400, body: { fields: [{ path: 'use.day', code: 'ahead' }] } });
    expect(await use(first, '2026-11-10')).toMatchObject({ status: 200, body: { months: 6, firstUse: { what: 'Truckcertifikat' } } });
    await use(second, '2026-06-10');
    const spans = (quarter: { spans: { span: string; companies: number | null }[] }) => Object.fromEntries(quarter.spans.map(({ span, companies: count }) => [span, count]));
    for (const person of [anna, camilla]) {
      const { body } = await app.request(person).get('/api/lead-times');
      expect(body).toMatchObject({ exact: true, quarters: [{ quarter: '2026-04-01', companies: 8 }] });
      expect(spans(body.quarters[0])).toEqual({ half_year: 1, year: 1, year_and_half: 0, longer: 0, not_yet: 6 });
    }
    const { body } = await app.request(dorte).get('/api/lead-times');
    expect(body).toMatchObject({ exact: false, quarters: [{ companies: 8 }] });
    // Two hidden ones of one each could be told from the total: the shown one goes with them.
    expect(spans(body.quarters[0])).toEqual({ half_year: null, year: null, year_and_half: null, longer: null, not_yet: null });
    expect(await app.request(anna).put(`/api/companies/${first?.id}/first-use`, { use: null })).toMatchObject({ status: 200, body: { firstUse: null, months: null } });
  });
});
