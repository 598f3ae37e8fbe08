import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { somePNumber } from '../../../../tests/support/company-files.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const page = (id: string) => `/api/companies/${id}`;
const reason = { kind: 'consent', note: 'Ejeren sagde ja på messen' };
const makeUnit = (company: string, facts: Record<string, unknown>) => {
  const row: Record<string, unknown> = { id: randomUUID(), p_number: somePNumber(), company_id: company, name: 'Lager', ...facts };
  return app.owner.query(
    `insert into vn.unit (${Object.keys(row).join(', ')}) values (${Object.keys(row)
      .map((_, at) => `$${at + 1}`)
      .join(', ')})`,
    Object.values(row),
  );
};

describe('who may', () => {
  test('401 and 403: neither a visitor nor the call agent nor the ministry reads a company or records a reason', async () => {
    const { bo, hanne, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true });
    for (const [person, status] of [
      [null, 401],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      expect((await app.request(person).get(page(id))).status).toBe(status);
      expect((await app.request(person).put(`${page(id)}/exception`, reason)).status).toBe(status);
    }
  });

  test('404: what only another centre knows is not there, and looks like a company that never was', async () => {
    const { ida, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true });
    const foreign = await app.request(ida).get(page(id));
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(ida).get(page(randomUUID()))).text).toBe(foreign.text);
    expect((await app.request(ida).put(`${page(id)}/exception`, reason)).text).toBe(foreign.text);
  });
});

describe('the page of a company', () => {
  test('shows its facts, and when the centre first knew it', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id, cvr } = await makeCompany(app, [centre], {
      name: 'Østerå Maskinfabrik',
      address: 'Åvej 1',
      postcode: '7661',
      town: 'Østerå',
      municipality: '0665',
      phone: '00120000',
      email: 'post@oesteraa.example',
      form: 'Aktieselskab',
      status_text: 'NORMAL',
      started: '1999-05-01',
      scheme: 'DB25',
      industry_code: '011100',
      industry_text: 'Korn',
      size_from: 1000,
      size_to: null,
      size_period: 'month',
      size_as_of: '2026-09-30',
    });
    const [{ formerName, ...listed }] = (await app.request(anna).get('/api/companies')).body.items;
    expect(formerName).toBeNull();
    const shown = (await app.request(anna).get(page(id))).body;
    expect(shown).toEqual({
      ...listed,
      email: 'post@oesteraa.example',
      form: 'Aktieselskab',
      statusText: 'NORMAL',
      started: '1999-05-01',
      ended: null,
      since: app.clock.now().toISOString(),
      units: [],
      past: [],
      exception: null,
      call: { may: true, reasons: ['free'] },
      quarantinedUntil: null,
    });
    expect(shown).toMatchObject({
      cvr,
      municipality: { code: '0665', name: 'Lemvig' },
      industry: { scheme: 'DB25', code: '011100', text: 'Korn' },
      size: { from: 1000, to: null, period: 'month', asOf: '2026-09-30' },
      source: 'cvr',
      vanished: false,
    });
  });

  test('shows its units, the head unit first, each with its own facts and protection', async () => {
    const { camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: false });
    const [first, second] = [somePNumber(), somePNumber()].sort() as [string, string];
    await makeUnit(id, { p_number: first, name: 'Lager', protected: true, status: 'ceased', scheme: 'DB07', industry_code: '521000' });
    await makeUnit(id, { p_number: second, name: 'Hovedkontor', head: true, size_from: 2, size_to: 4, town: 'Limvig' });
    const shown = (await app.request(camilla).get(page(id))).body;
    expect(shown.units).toMatchObject([
      { pNumber: second, name: 'Hovedkontor', head: true, protected: false, available: true, status: 'active', industry: null, size: { from: 2, to: 4 }, town: 'Limvig' },
      { pNumber: first, name: 'Lager', head: false, protected: true, available: false, status: 'ceased', industry: { scheme: 'DB07', code: '521000', text: null }, size: null },
    ]);
    expect(shown.protected, 'a unit’s protection is not the company’s').toBe(false);
  });

  test('shows what was, newest first, from the first day to the last', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (const [valid, value] of [
      ['[1999-05-01,2010-01-01)', 'Første navn'],
      ['[2010-01-01,2020-03-01)', 'Andet navn'],
    ])
      await app.owner.query(`insert into vn.company_past (company_id, fact, valid, value) values ($1, 'name', $2, $3)`, [id, valid, value]);
    expect((await app.request(anna).get(page(id))).body.past).toEqual([
      { fact: 'name', from: '2010-01-01', to: '2020-02-29', value: 'Andet navn' },
      { fact: 'name', from: '1999-05-01', to: '2009-12-31', value: 'Første navn' },
    ]);
  });

  test('the same facts are there for two centres; what each knows itself is not', async () => {
    const { anna, camilla, ida, centre, other } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre, other], { protected: true, phone: '00120000' });
    await app.request(camilla).put(`${page(id)}/exception`, reason);
    const [mine, theirs] = [(await app.request(anna).get(page(id))).body, (await app.request(ida).get(page(id))).body];
    expect(mine.exception).toMatchObject({ kind: 'consent', note: reason.note, by: 'Camilla' });
    expect([theirs.exception, theirs.call]).toEqual([null, { may: false, reasons: ['protected'] }]);
    expect(theirs.name).toBe(mine.name);
  });
});

describe('whether it may be called', () => {
  test.each<[string, Record<string, string | boolean | null>, { may: boolean; reasons: string[] }]>([
    ['free', { phone: '00120000' }, { may: true, reasons: ['free'] }],
    ['protected', { phone: '00120000', protected: true }, { may: false, reasons: ['protected'] }],
    ['ceased', { phone: '00120000', status: 'ceased' }, { may: false, reasons: ['ceased'] }],
    ['ceased and protected', { phone: '00120000', status: 'ceased', protected: true }, { may: false, reasons: ['ceased'] }],
    ['dissolving', { phone: '00120000', status: 'dissolving' }, { may: true, reasons: ['dissolving'] }],
    ['without a phone', { phone: null }, { may: true, reasons: ['no_phone'] }],
  ])('%s', async (_what, facts, advice) => {
    const { camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], facts);
    expect((await app.request(camilla).get(page(id))).body.call).toEqual(advice);
  });

  test('protected with a recorded reason: it may, and the reason is told', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { phone: '00120000', protected: true });
    expect((await app.request(anna).get(page(id))).body.call, 'a school does not learn why').toEqual({ may: false, reasons: ['not_available'] });
    await app.request(camilla).put(`${page(id)}/exception`, reason);
    expect((await app.request(camilla).get(page(id))).body.call).toEqual({ may: true, reasons: ['protected_with_reason'] });
    expect((await app.request(anna).get(page(id))).body.call).toEqual({ may: true, reasons: ['free'] });
  });
});

describe('a reason for approaching a protected company', () => {
  test('is recorded by the coordinator alone: who, when, why, in the audit and on the timeline', async () => {
    const { camilla, anna, dorte, karen, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true, phone: '00120000' });
    for (const person of [anna, dorte, karen]) expect(await app.request(person).put(`${page(id)}/exception`, reason)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await app.request(anna).get(page(id))).body.exception).toBeNull();

    const written = await app.request(camilla).put(`${page(id)}/exception`, { ...reason, note: `  ${reason.note} ` });
    expect(written).toMatchObject({ status: 200, body: { exception: { ...reason, by: 'Camilla', at: app.clock.now().toISOString() }, call: { may: true } } });
    expect((await app.owner.query('select event, person_id, as_coordinator, data from vn.audit where subject = $1', [id])).rows).toEqual([
      { event: 'exception.recorded', person_id: camilla.id, as_coordinator: true, data: { kind: 'consent' } },
    ]);
    expect((await app.request(anna).get(`${page(id)}/timeline`)).body.items).toMatchObject([{ kind: 'exception.recorded', person: 'Camilla', data: reason }]);
  });

  test('can be put in another’s place; the timeline keeps both', async () => {
    const { camilla, anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true });
    await app.request(camilla).put(`${page(id)}/exception`, reason);
    app.clock.advance({ minutes: 5 });
    await app.request(camilla).put(`${page(id)}/exception`, { kind: 'company_asked', note: 'Ringede selv' });
    expect((await app.request(anna).get(page(id))).body.exception).toMatchObject({ kind: 'company_asked', note: 'Ringede selv', at: app.clock.now().toISOString() });
    expect((await app.request(anna).get(`${page(id)}/timeline`)).body.items.map(({ data }: { data: { kind: string } }) => data.kind)).toEqual(['company_asked', 'consent']);
  });

  test('409: a company that is not protected needs none, and nothing is written', async () => {
    const { camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect(await app.request(camilla).put(`${page(id)}/exception`, reason)).toMatchObject({ status: 409, body: { code: 'not_protected' } });
    expect((await app.owner.query('select exception from vn.relation where company_id = $1', [id])).rows).toEqual([{ exception: null }]);
    expect((await app.owner.query('select from vn.audit where subject = $1', [id])).rowCount).toBe(0);
  });

  test.each([
    ['no kind', { note: 'x' }, 'kind'],
    ['another kind', { kind: 'because', note: 'x' }, 'kind'],
    ['no note', { kind: 'consent' }, 'note'],
    ['an empty note', { kind: 'consent', note: '   ' }, 'note'],
    ['a note too long', { kind: 'consent', note: 'a'.repeat(501) }, 'note'],
    ['NUL in the note', { kind: 'consent', note: 'a\u0000' }, 'note'],
  ])('400: %s', async (_what, body, field) => {
    const { camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true });
    expect(await app.request(camilla).put(`${page(id)}/exception`, body)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: field }] } });
  });

  test('even a fault in a handler cannot turn protection off', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { protected: true });
    for (const person of [anna, camilla]) {
      await expect(inside(app, person, (client) => client.query('update vn.relation set protected = false where company_id = $1', [id]))).rejects.toThrow('permission denied');
      await expect(inside(app, person, (client) => client.query('update vn.company set protected = false where id = $1', [id]))).rejects.toThrow('permission denied');
      await expect(inside(app, person, (client) => client.query('delete from vn.relation where company_id = $1', [id]))).rejects.toThrow('permission denied');
    }
  });
});

test('the municipalities stand in Danish order, with their regions', async () => {
  const { anna, karen, bo } = await makeCentre(app);
  const all = (await app.request(anna).get('/api/municipalities')).body;
  expect(all).toHaveLength(99);
  expect(all[0]).toEqual({ code: '0165', name: 'Albertslund', region: '1084' });
  expect(all.slice(-3).map(({ name }: { name: string }) => name)).toEqual(['Aabenraa', 'Aalborg', 'Aarhus']);
  expect((await app.request(karen).get('/api/municipalities')).status).toBe(200);
  expect((await app.request(bo).get('/api/municipalities')).status).toBe(403);
});
