import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { asJson, asTable, bring, companyHit, move, period } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const found = async (person: TestPerson, search: string) =>
  (await app.request(person).get(`/api/companies?${new URLSearchParams({ search })}`)).body.items.map(({ name, formerName }: { name: string; formerName: string | null }) => [name, formerName]);
const past = async (person: TestPerson, cvr: string) => {
  const [{ id }] = (await app.owner.query('select id from vn.company where cvr = $1', [cvr])).rows;
  return (await app.request(person).get(`/api/companies/${id}`)).body;
};

/** A roofer that was called otherwise, lay elsewhere, and whose industry was coded anew on 1 January 2025. */
const roofer = (cvr: string, more: object = {}) =>
  companyHit({
    cvr,
    name: 'Vestkystens Tage',
    industry: [
      { branchekode: '439100', branchetekst: 'Tagdækningsvirksomhed', ...period('2015-03-01', '2024-12-31') },
      { branchekode: '434100', branchetekst: 'Tagdækning', ...period('2025-01-01') },
    ],
    more: {
      navne: [
        { navn: 'Limvig Tagpap', ...period('2015-03-01', '2019-06-30') },
        { navn: 'Vestkystens Tage', ...period('2019-07-01') },
      ],
      beliggenhedsadresse: [
        { vejnavn: 'Gammelgade', husnummerFra: 7, postnummer: 7600, postdistrikt: 'Struer', kommune: { kommuneKode: 671 }, ...period('2015-03-01', '2018-04-30') },
        { vejnavn: 'Havnevej', husnummerFra: 4, postnummer: 7620, postdistrikt: 'Lemvig', kommune: { kommuneKode: 665 }, ...period('2018-05-01') },
      ],
      ...more,
    },
  });

describe('names, addresses and industries of before', () => {
  test('X.2 AC23 the periods of an extract are kept with their days, and DB07 439100 never becomes DB25 439100', async () => {
    const { karen, anna } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(roofer(cvr)));
    const page = await past(anna, cvr);
    expect(page.industry).toEqual({ scheme: 'DB25', code: '434100', text: 'Tagdækning' });
    expect(page.past).toHaveLength(3);
    expect(page.past).toEqual(
      expect.arrayContaining([
        { fact: 'industry', from: '2015-03-01', to: '2024-12-31', value: 'DB07 439100 Tagdækningsvirksomhed' },
        { fact: 'name', from: '2015-03-01', to: '2019-06-30', value: 'Limvig Tagpap' },
        { fact: 'address', from: '2015-03-01', to: '2018-04-30', value: 'Gammelgade 7, 7600 Struer' },
      ]),
    );
    expect((await app.owner.query(`select scheme, code from vn.industry where code = '439100'`)).rows.filter(({ scheme }) => scheme === 'DB25')).toEqual([]);
  });

  test('X.2 a later file that changes a name notes the old one once: by its own periods where it has them, else until the day of the change', async () => {
    const { karen, anna } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr, name: 'Limvig Tagpap' })));
    app.clock.advance({ days: 10 });
    const changed = await bring(app, karen, asJson(roofer(cvr)));
    expect((await past(anna, cvr)).past.filter(({ fact }: { fact: string }) => fact === 'name')).toEqual([{ fact: 'name', from: '2015-03-01', to: '2019-06-30', value: 'Limvig Tagpap' }]);
    const addresses = async () => (await past(anna, cvr)).past.filter(({ fact }: { fact: string }) => fact === 'address');
    const before = await addresses();
    app.clock.advance({ days: 10 });
    const table = await bring(app, karen, asTable('cvr;navn;adresse', `${cvr};Tagene ved Havet;Havnevej 4`));
    const names = (await past(anna, cvr)).past.filter(({ fact }: { fact: string }) => fact === 'name');
    expect(names.map(({ value }: { value: string }) => value)).toEqual(['Vestkystens Tage', 'Limvig Tagpap']);
    // The table maps no postcode: the address is the same, and no line says otherwise.
    expect(await addresses()).toEqual(before);
    await move(app, karen, table.id, 'undo');
    expect((await past(anna, cvr)).past.filter(({ fact }: { fact: string }) => fact === 'name')).toHaveLength(1);
    await move(app, karen, changed.id, 'undo');
    expect((await past(anna, cvr)).past).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});

describe('a search', () => {
  test('X.2 finds a company by a name it had, with that name beside it; what is so today comes without', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    await bring(app, karen, asJson(roofer(someCvr())));
    await makeCompany(app, [centre], { name: 'Limvig Tagpap af 2020' });
    expect(await found(anna, 'limvig tagpap')).toEqual([
      ['Limvig Tagpap af 2020', null],
      ['Vestkystens Tage', 'Limvig Tagpap'],
    ]);
    expect(await found(anna, 'tagpap lemvig')).toEqual([['Vestkystens Tage', 'Limvig Tagpap']]);
    expect(await found(anna, 'vestkystens')).toEqual([['Vestkystens Tage', null]]);
  });

  test('X.2 another centre’s company is not found by its former name either', async () => {
    const { karen, ida, anna, centre } = await makeCentre(app);
    const cvr = someCvr();
    await bring(
      app,
      karen,
      asJson(
        roofer(cvr, {
          navne: [
            { navn: 'Kun Hos Os', ...period('2015-03-01', '2019-06-30') },
            { navn: 'Nyt', ...period('2019-07-01') },
          ],
        }),
      ),
    );
    expect((await app.owner.query('select count(*)::int n from vn.relation r where r.centre_id = $1', [centre.id])).rows).toEqual([{ n: 1 }]);
    expect(await found(anna, 'kun hos os')).toEqual([['Nyt', 'Kun Hos Os']]);
    expect(await found(ida, 'kun hos os')).toEqual([]);
  });
});
