import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { asTable, bring } from '../../../../tests/support/company-files.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';

const app = await testApp();

test('a file brings nobody back whom the centre has erased, by address or number, and says so; others and another centre come', async () => {
  const { karen, anna, centre, ida, other } = await makeCentre(app);
  const company = await makeCompany(app, [centre, other]);
  const facts = { name: 'Torben Bæk', role: 'leader', language: 'da', basis: 'public_task', source: 'Opkald', reviewOn: '2028-11-17', phone: '00 98 76 54', email: 'torben@firma.example' };
  const contact = (await app.request(anna).post(`/api/companies/${company.id}/contacts`, facts)).body.id;
  await app.request(karen).post('/api/data-protection/erasures', { refs: [`contact/${contact}`], sure: true });
  await app.jobs.drain();

  const file = asTable('CVR;Navn;Kontaktperson;Kontakt e-mail;Kontakt telefon', `${company.cvr};Firma;T. Bæk;TORBEN@firma.example;`, `${company.cvr};Firma;Torben B;;+45 00987654`);
  const named = async (id: string) => (await app.owner.query('select name from vn.contact where centre_id = $1 order by name', [id])).rows.map(({ name }) => name);
  const sent = await bring(app, karen, asTable('CVR;Navn;Kontaktperson;Kontakt e-mail;Kontakt telefon', `${company.cvr};Firma;T. Bæk;TORBEN@firma.example;`), { kind: 'list' });
  expect([sent.state, sent.rows.erased, JSON.stringify(sent.samples).includes('TORBEN')]).toEqual(['done', 1, false]);
  expect((await bring(app, karen, asTable('CVR;Navn;Kontaktperson;Kontakt e-mail;Kontakt telefon', `${company.cvr};Firma;Torben B;;+45 00987654`), { kind: 'list' })).rows.erased).toBe(1);
  expect(await named(centre.id)).toEqual([]);
  const one = await bring(app, karen, asTable('CVR;Navn;Kontaktperson;Kontakt e-mail', `${company.cvr};Firma;Lise Lind;lise@firma.example`), { kind: 'list' });
  expect([one.rows.erased, await named(centre.id)]).toEqual([0, ['Lise Lind']]);
  await bring(app, ida, file, { kind: 'list' });
  expect(await named(other.id)).toContain('Torben B');
});
