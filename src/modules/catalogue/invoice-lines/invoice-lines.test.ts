import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, staysSignedIn } from '../../../../tests/support/factory.ts';
import type { InvoiceLines } from './contract.ts';

const app = await testApp();

test('4.06 4.07 what a school has to invoice leaves as lines with VAT: classes that run and have begun, and cards sold; nothing of other schools', async () => {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await makeCentre(app);
  await staysSignedIn(app, it.centre);
  const { a, b } = it.centre.schools;
  const course = (await app.request(it.emil).post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck B', field: 'certificates', industries: [], awards: 'certificate', days: 7 })).body
    .id as string;
  const company = await makeCompany(app, [it.centre], { name: '=Bjergager; Smede', postcode: '7620', town: 'Lemvig' });
  const plan = async (over: object, heads = 3) => {
    const planned = await app
      .request(it.camilla)
      .post('/api/classes', { course, school: b, starts: '2026-11-23', ends: '2026-11-27', minimum: 2, maximum: 10, town: 'Struer', price: 145_650, ...over });
    expect(planned.status, planned.text).toBe(201);
    const took = await app.request(it.camilla).post(`/api/classes/${planned.body.id}/seats`, { company: company.id, heads });
    expect(took.status, took.text).toBe(201);
    return planned.body.id as string;
  };
  const confirm = async (id: string) => {
    const { version } = (await app.request(it.camilla).get(`/api/classes/${id}`)).body;
    const done = await app.request(it.camilla).put(`/api/classes/${id}/state`, { state: 'confirmed' }, seen(version));
    expect(done.status, done.text).toBe(200);
  };
  const runs = await plan({ supplement: 20_000, supplementFor: 'Materialer' });
  await confirm(runs);
  await confirm(await plan({ school: a, starts: '2026-11-24', price: null }));
  await plan({ starts: '2026-11-25' }); // nobody has said that it runs
  await confirm(await plan({ starts: '2026-12-07', ends: '2026-12-11' })); // not begun yet
  const sold = await app.request(it.emil).post('/api/punch-cards', {
    company: company.id,
    school: b,
    name: 'Klippekort',
    units: 3,
    price: 100_001,
    vat: 25,
    freeBecause: null,
    validFrom: '2026-11-01',
    validTo: '2027-10-31',
    schools: [],
  });
  expect(sold.status, sold.text).toBe(201);
  app.clock.set('2026-11-30T09:00:00+01:00');

  const read = async (by: typeof it.emil, query = '') => (await app.request(by).get(`/api/invoice-lines${query}`)).body as InvoiceLines;
  const own = await read(it.emil);
  expect(own).toMatchObject({ from: '2026-11-01', to: '2026-11-30', amount: 3 * 145_650 + 3 * 20_000 + 100_001, withVat: 3 * 145_650 + 3 * 20_000 + 125_001, unpriced: 0, more: false });
  expect(own.lines.map(({ kind, quantity, each, vat, withVat }) => [kind, quantity, each, vat, withVat])).toEqual(
    [
      ['punch_card', 1, 100_001, 25, 125_001],
      ['seat', 3, 145_650, 0, 436_950],
      ['class_supplement', 3, 20_000, 0, 60_000],
    ].sort((x, y) => own.lines.findIndex(({ kind }) => kind === x[0]) - own.lines.findIndex(({ kind }) => kind === y[0])),
  );
  // The other school's class has no price: it is named, and in no sum.
  expect(await read(it.dorte)).toMatchObject({ lines: [{ kind: 'seat', each: null, amount: null, withVat: null }], amount: 0, unpriced: 1 });
  expect((await read(it.camilla)).lines).toHaveLength(4);
  expect((await read(it.camilla, `?school=${a}`)).lines).toHaveLength(1);
  // A manager asks for another school and gets the own one.
  expect((await read(it.dorte, `?school=${b}`)).lines).toHaveLength(1);
  // The same line has the same key whichever period it is read in.
  expect((await read(it.emil, '?from=2026-11-23&to=2026-11-23')).lines.map(({ key }) => key)).toEqual(own.lines.filter(({ day }) => day === '2026-11-23').map(({ key }) => key));

  const file = await app.request(it.emil).get('/api/invoice-lines.csv');
  expect(file.status).toBe(200);
  // A name that begins like a formula is text in every spreadsheet.
  expect(file.text).toContain(`"'=Bjergager; Smede"`);
  expect(file.text).toContain('Deltagerbetaling;3;1456,50;4369,50;0;0,00;4369,50;DKK');
  expect(file.text).toContain('Klippekort;1;1000,01;1000,01;25;250,00;1250,01;DKK');
  expect(await app.request(it.emil).get('/api/invoice-lines?from=2026-12-01&to=2026-11-01')).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
  const other = await makeCentre(app);
  expect((await read(other.camilla)).lines).toEqual([]);
});

test('4.06 where there are more lines than a page shows, the sums and the file have them all', async () => {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await makeCentre(app);
  const course = (await app.request(it.emil).post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck B', field: 'certificates', industries: [], awards: 'certificate', days: 7 })).body
    .id as string;
  const company = await makeCompany(app, [it.centre]);
  const planned = await app
    .request(it.emil)
    .post('/api/classes', { course, school: it.centre.schools.b, starts: '2026-11-16', ends: '2026-11-27', minimum: 1, maximum: 500, town: 'Struer', price: 100, guaranteed: true });
  await app.owner.query(
    `insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, made_at) select $1, gen_random_uuid(), $2, $3, 1, n, 'taken', now() from generate_series(1, 2001) n`,
    [it.centre.id, planned.body.id, company.id],
  );
  const read = (await app.request(it.emil).get('/api/invoice-lines')).body as InvoiceLines;
  expect(read).toMatchObject({ more: true, count: 2001, amount: 200_100, withVat: 200_100 });
  expect(read.lines).toHaveLength(2000);
  expect((await app.request(it.emil).get('/api/invoice-lines.csv')).text.trim().split('\n')).toHaveLength(2002);
});
