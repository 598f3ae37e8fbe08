import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact, manyCompanies } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { expectNoGrowth } from '../../../../tests/support/pages.ts';

const app = await testApp();
const address = '/api/companies';
const named = async (person: TestPerson, filters: Record<string, string>): Promise<string[]> =>
  (await app.request(person).get(`${address}?${new URLSearchParams(filters)}`)).body.items.map(({ name }: { name: string }) => name);

describe('segments', () => {
  test('2.01 micro is below ten, small from ten to below fifty, sme both of them, large from fifty; who has no known size is in none', async () => {
    const { anna, centre } = await makeCentre(app);
    const sizes: [string, number, number | null][] = [
      ['0', 0, 0],
      ['1', 1, 1],
      ['2-4', 2, 4],
      ['5-9', 5, 9],
      ['10-19', 10, 19],
      ['20-49', 20, 49],
      ['50-99', 50, 99],
      ['1000 og flere', 1000, null],
    ];
    for (const [name, size_from, size_to] of sizes) await makeCompany(app, [centre], { name, size_from, size_to });
    await makeCompany(app, [centre], { name: 'ukendt' });
    const segment = async (size: string) => (await named(anna, { size })).sort();
    expect(await segment('micro')).toEqual(['0', '1', '2-4', '5-9']);
    expect(await segment('small')).toEqual(['10-19', '20-49']);
    expect(await segment('sme')).toEqual(['0', '1', '10-19', '2-4', '20-49', '5-9']);
    expect(await segment('large')).toEqual(['1000 og flere', '50-99']);
    expect(await named(anna, {})).toHaveLength(9);
  });

  test('2.34 public workplaces can be chosen by themselves, and left out', async () => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Limvig Kommune', public_sector: true });
    await makeCompany(app, [centre], { name: 'Bjergager Smede' });
    expect(await named(anna, { sector: 'public' })).toEqual(['Limvig Kommune']);
    expect(await named(anna, { sector: 'private' })).toEqual(['Bjergager Smede']);
    expect(await named(anna, { sector: 'public', search: 'smede' })).toEqual([]);
  });
});

describe('filters', () => {
  test('AC23 an industry is a scheme and the first digits of a code: the same digits of the other scheme are another industry', async () => {
    const { anna, centre } = await makeCentre(app);
    for (const [name, scheme, industry_code] of [
      ['Tagdækker', 'DB07', '439100'],
      ['Murer', 'DB25', '439100'],
      ['Smed', 'DB25', '251100'],
      ['Korn', 'DB25', '011100'],
    ] as const)
      await makeCompany(app, [centre], { name, scheme, industry_code });
    await makeCompany(app, [centre], { name: 'Uoplyst' });
    const found = (industry: string) => named(anna, { industry });
    expect(await found('DB07:439100')).toEqual(['Tagdækker']);
    expect(await found('DB25:439100')).toEqual(['Murer']);
    expect(await found('DB07:4')).toEqual(['Tagdækker']);
    expect(await found('DB25:4')).toEqual(['Murer']);
    expect(await found('DB25:25')).toEqual(['Smed']);
    expect(await found('DB25:01')).toEqual(['Korn']);
    expect(await found('DB25:1')).toEqual([]);
    expect(await found('DB07:25')).toEqual([]);
  });

  test('a municipality is the address’s own', async () => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'I Lemvig', municipality: '0665', postcode: '7600' });
    await makeCompany(app, [centre], { name: 'I Struer', municipality: '0671', postcode: '7600' });
    expect(await named(anna, { municipality: '0665' })).toEqual(['I Lemvig']);
    const [lemvig] = (await app.request(anna).get(`${address}?municipality=0665`)).body.items;
    expect(lemvig.municipality).toEqual({ code: '0665', name: 'Lemvig' });
  });

  test('protected ones can be chosen and left out', async () => {
    const { camilla, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Beskyttet', protected: true });
    await makeCompany(app, [centre], { name: 'Åben' });
    expect(await named(camilla, { protected: 'true' })).toEqual(['Beskyttet']);
    expect(await named(camilla, { protected: 'false' })).toEqual(['Åben']);
    expect(await named(camilla, {})).toEqual(['Beskyttet', 'Åben']);
  });

  test('3.12 whether one is protected is not for schools to filter by: it would tell why a company is not available', async () => {
    const { anna, dorte, karen, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Beskyttet', protected: true });
    for (const person of [anna, dorte]) expect(await app.request(person).get(`${address}?protected=true`)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await app.request(anna).get(address)).body.items).toMatchObject([{ name: 'Beskyttet', protected: null }]);
    expect((await app.request(karen).get(address)).body.items).toMatchObject([{ name: 'Beskyttet', protected: true }]);
  });

  test('ceased ones are hidden unless asked for; those that are dissolving are there', async () => {
    const { anna, centre } = await makeCentre(app);
    for (const status of ['active', 'dissolving', 'ceased']) await makeCompany(app, [centre], { name: status, status });
    expect(await named(anna, {})).toEqual(['active', 'dissolving']);
    expect(await named(anna, { status: 'all' })).toEqual(['active', 'ceased', 'dissolving']);
    expect(await named(anna, { search: 'ceased' })).toEqual([]);
    expect(await named(anna, { search: 'ceased', status: 'all' })).toEqual(['ceased']);
  });

  test('all hold at once', async () => {
    const { camilla, centre } = await makeCentre(app);
    const right = { municipality: '0665', scheme: 'DB25', industry_code: '251100', size_from: 5, size_to: 9 };
    await makeCompany(app, [centre], { name: 'Den rette', ...right });
    for (const [name, other] of Object.entries<Record<string, string | number | boolean>>({
      Sted: { municipality: '0671' },
      Branche: { industry_code: '282900' },
      Nomenklatur: { scheme: 'DB07' },
      Størrelse: { size_from: 50, size_to: 99 },
      Offentlig: { public_sector: true },
      Beskyttet: { protected: true },
      Ophørt: { status: 'ceased' },
    }))
      await makeCompany(app, [centre], { name, ...right, ...other });
    expect(await named(camilla, { municipality: '0665', industry: 'DB25:25', size: 'sme', sector: 'private', protected: 'false' })).toEqual(['Den rette']);
  });

  test.each([
    'municipality=665',
    'municipality=Lemvig',
    'industry=25',
    'industry=DB25:',
    'industry=DB19:25',
    'industry=DB25:25%25',
    'industry=DB25:1234567',
    'size=tiny',
    'sector=both',
    'protected=maybe',
    'status=ceased',
    'sort=name',
  ])('?%s is refused with a clear 400', async (filter) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(`${address}?${filter}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('pages through a filtered list show everything once and in order, filters of a search included', async () => {
    const { camilla, centre } = await makeCentre(app);
    await manyCompanies(app, centre, 0, 120, `case when n % 10 = 0 then 'Ens Smede' else 'Smede ' || n % 50 end`);
    for (const filter of ['municipality=0665', 'industry=DB25:01&size=micro', 'search=smede&municipality=0671', 'protected=false&sector=private']) {
      const whole = (await app.request(camilla).get(`${address}?${filter}&limit=200`)).body.items;
      expect(whole.length, filter).toBeGreaterThan(20);
      expect(await walk(app.request(camilla), `${address}?${filter}`, 7), filter).toEqual(whole);
      expect(new Set(whole.map(({ id }: { id: string }) => id)).size).toBe(whole.length);
    }
  });
});

test('twice as many companies cost a list or a search at most 1.2 times the pages', async () => {
  const { anna, camilla, centre } = await makeCentre(app);
  const wanted = `case when n % 1000 < 5 and n < 1004000 then 'Sjældent Navn ' || n else 'Firma ' || md5(n::text) end`;
  for (let n = 0; n < 5; n += 1) await makeContact(app, centre, await makeCompany(app, [centre], { name: `Bq Hos Lone ${n}` }), `Lone Sjælden ${n}`, `0042424${n}`);
  const asked = (filters: Record<string, string>, by = anna) => ({ by, url: `${address}?${new URLSearchParams(filters)}` });
  await expectNoGrowth(
    app,
    {
      list: asked({}),
      'next page': { by: anna, url: async () => `${address}?cursor=${(await app.request(anna).get(`${address}?limit=50`)).body.next}` },
      place: asked({ municipality: '0665' }),
      'place, industry and size': asked({ municipality: '0665', industry: 'DB25:01', size: 'sme' }),
      'public ones of a place without any': asked({ municipality: '0665', sector: 'public' }),
      'large ones of an industry without any': asked({ industry: 'DB25:01', size: 'large' }),
      words: asked({ search: 'sjældent navn' }),
      'former name': asked({ search: 'forhenværende rar' }),
      person: asked({ search: 'lone sjælden' }),
      phone: asked({ search: '+45 00 42 42 41' }),
      letters: asked({ search: 'bq' }),
      'one company': { by: camilla, url: `${address}/${(await makeCompany(app, [centre])).id}` },
    },
    async (half) => {
      await manyCompanies(app, centre, 1_000_000 + half * 4000, 1_004_000 + half * 4000, wanted);
      await app.owner.query(
        `insert into vn.company_past (company_id, fact, valid, value) select id, 'name', '[2015-01-01,2020-01-01)', case when name like 'Sjældent%' and cvr < '51004000' then 'Forhenværende Rar ' || name else 'Før ' || md5(cvr) end from vn.company on conflict do nothing`,
      );
    },
  );
}, 60_000);
