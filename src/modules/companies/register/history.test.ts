import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { asJson, asTable, bring, companyHit, move, period, register, somePNumber, unitHit } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { shiftDay } from '../../../kit/calendar-day.ts';

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

/** A workshop that the roofer called otherwise, that lay elsewhere, and whose industry was coded anew. */
const workshop = (pNumber: string, cvr: string) =>
  unitHit(pNumber, {
    cvr,
    name: 'Tage på Havnen',
    industry: [
      { branchekode: '439100', branchetekst: 'Tagdækningsvirksomhed', ...period('2015-03-01', '2024-12-31') },
      { branchekode: '434100', branchetekst: 'Tagdækning', ...period('2025-01-01') },
    ],
    more: {
      navne: [
        { navn: 'Limvig Tagpap, værkstedet', ...period('2015-03-01', '2019-06-30') },
        { navn: 'Tage på Havnen', ...period('2019-07-01') },
      ],
      beliggenhedsadresse: [
        { vejnavn: 'Gammelgade', husnummerFra: 9, postnummer: 7600, postdistrikt: 'Struer', kommune: { kommuneKode: 671 }, ...period('2015-03-01', '2018-04-30') },
        { vejnavn: 'Kajen', husnummerFra: 2, postnummer: 7620, postdistrikt: 'Lemvig', kommune: { kommuneKode: 665 }, ...period('2018-05-01') },
      ],
      // CVR says no such thing of a unit; what a file says all the same is no fact of one.
      virksomhedsstatus: [{ status: 'UNDER KONKURS', ...period('2016-01-01', '2016-12-31') }],
    },
  });

describe('names, addresses and industries of before, of production units', () => {
  test('X.2 AC23 the periods of an extract are kept unit by unit with their days; the company’s own past and search know nothing of them', async () => {
    const { karen, anna, ida } = await makeCentre(app);
    const [cvr, first, second] = [someCvr(), ...[somePNumber(), somePNumber()].sort()] as [string, string, string];
    await bring(app, karen, asJson(companyHit({ cvr }), workshop(first, cvr), unitHit(second, { cvr })));
    const page = await past(anna, cvr);
    expect(page.past).toEqual([]);
    const units = Object.fromEntries(page.units.map(({ pNumber, past: was }: { pNumber: string; past: unknown }) => [pNumber, was]));
    expect(units).toEqual({
      [first]: [
        { fact: 'industry', from: '2015-03-01', to: '2024-12-31', value: 'DB07 439100 Tagdækningsvirksomhed' },
        { fact: 'name', from: '2015-03-01', to: '2019-06-30', value: 'Limvig Tagpap, værkstedet' },
        { fact: 'address', from: '2015-03-01', to: '2018-04-30', value: 'Gammelgade 9, 7600 Struer' },
      ].sort((one, other) => other.from.localeCompare(one.from) || other.fact.localeCompare(one.fact)),
      [second]: [],
    });
    expect(await found(anna, 'tagpap, værkstedet')).toEqual([]);
    expect((await app.request(ida).get(`/api/companies/${page.id}`)).status, 'another centre').toBe(404);
  });

  test('X.2 a file without periods notes what it changes, once and until today; one with periods says it better; each undo takes its own away and no other', async () => {
    const { karen, anna } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    const flat = (name: string, street: string) =>
      JSON.stringify({ vat: Number(cvr), name: 'Vestkystens Tage', productionunits: [{ pno: Number(pNumber), name, address: street, zipcode: '7620', city: 'Lemvig', employees: '5-9' }] });
    const was = async () => (await past(anna, cvr)).units[0].past;
    const today = () => app.clock.now().toISOString().slice(0, 10);
    const states = [await register(app)];
    const done: string[] = [];
    const bringNext = async (content: string) => {
      done.push((await bring(app, karen, content)).id);
      states.push(await register(app));
      app.clock.advance({ days: 2 });
    };
    const first = today();
    await bringNext(flat('Værksted', 'Kajen 1'));
    expect(await was()).toEqual([]);
    const second = today();
    await bringNext(flat('Lager', 'Kajen 1'));
    expect(await was()).toEqual([{ fact: 'name', from: first, to: shiftDay(second, -1), value: 'Værksted' }]);
    const third = today();
    await bringNext(flat('Lager', 'Kajen 3'));
    await bringNext(flat('Lager', 'Kajen 3'));
    expect(await was()).toEqual([
      { fact: 'address', from: second, to: shiftDay(third, -1), value: 'Kajen 1, 7620 Lemvig' },
      { fact: 'name', from: first, to: shiftDay(second, -1), value: 'Værksted' },
    ]);
    await bringNext(asJson(companyHit({ cvr }), workshop(pNumber, cvr)));
    const all = (await was()).map(({ fact, value }: { fact: string; value: string }) => `${fact} ${value}`);
    expect(all).toEqual(expect.arrayContaining(['name Lager', 'name Limvig Tagpap, værkstedet', 'name Værksted', 'address Kajen 3, 7620 Lemvig', 'industry DB07 439100 Tagdækningsvirksomhed']));
    expect(new Set(all).size).toBe(all.length);
    for (const id of done.toReversed()) {
      states.pop();
      expect(await move(app, karen, id, 'undo')).toMatchObject({ state: 'undone', rows: { kept: 0 } });
      expect(await register(app)).toEqual(states.at(-1));
    }
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('X.2 what a later file has written since stays with its past when an earlier one is undone', async () => {
    const { karen, anna } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    await bring(app, karen, asJson(companyHit({ cvr })));
    const made = await bring(app, karen, asJson(workshop(pNumber, cvr)));
    app.clock.advance({ days: 5 });
    await bring(app, karen, asJson(unitHit(pNumber, { cvr, name: 'Nyt navn' })));
    const told = (await past(anna, cvr)).units;
    expect(told[0].past.length).toBeGreaterThan(3);
    expect(await move(app, karen, made.id, 'undo')).toMatchObject({ state: 'undone', rows: { kept: 1 } });
    expect((await past(anna, cvr)).units).toEqual(told);
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
