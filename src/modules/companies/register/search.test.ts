import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact, manyCompanies } from '../../../../tests/support/companies.ts';
import { somePNumber } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const address = '/api/companies';
const query = (filters: Record<string, string>) => `${address}?${new URLSearchParams(filters)}`;
const named = (answer: { body: { items: { name: string }[] } }): string[] => answer.body.items.map(({ name }) => name);
const found = async (person: TestPerson, search: string, more: Record<string, string> = {}) => named(await app.request(person).get(query({ search, ...more })));

describe('a search finds', () => {
  test('a company by any part of its name, small or capital, Danish letters included', async () => {
    const { anna, centre } = await makeCentre(app);
    for (const name of ['Bjergager Smede & Montage', 'Østerå Maskinfabrik', 'Ærø VÆRFT']) await makeCompany(app, [centre], { name });
    expect(await found(anna, 'ager sme')).toEqual(['Bjergager Smede & Montage']);
    expect(await found(anna, 'SMEDE')).toEqual(['Bjergager Smede & Montage']);
    expect(await found(anna, 'østerå')).toEqual(['Østerå Maskinfabrik']);
    expect(await found(anna, 'værft')).toEqual(['Ærø VÆRFT']);
    expect(await found(anna, 'ØSTERÅ MASKIN')).toEqual(['Østerå Maskinfabrik']);
    expect(await found(anna, 'findes ikke')).toEqual([]);
  });

  test('only where every word is found, in whatever order, in name or address together', async () => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Lund Tømrer', address: 'Havnevej 4', postcode: '7620', town: 'Limvig' });
    await makeCompany(app, [centre], { name: 'Lund Maler', address: 'Havnevej 6', postcode: '7600', town: 'Struer' });
    expect(await found(anna, 'tømrer lund')).toEqual(['Lund Tømrer']);
    expect(await found(anna, 'lund  havnevej')).toEqual(['Lund Maler', 'Lund Tømrer']);
    expect(await found(anna, 'lund limvig 7620')).toEqual(['Lund Tømrer']);
    expect(await found(anna, 'havnevej 6 struer')).toEqual(['Lund Maler']);
    expect(await found(anna, 'lund limvig maler')).toEqual([]);
  });

  test('a company by its number, as people write it', async () => {
    const { anna, centre } = await makeCentre(app);
    const { cvr } = await makeCompany(app, [centre], { name: 'Den søgte' });
    await makeCompany(app, [centre], { name: 'En anden' });
    const spaced = `${cvr.slice(0, 2)} ${cvr.slice(2, 4)} ${cvr.slice(4, 6)} ${cvr.slice(6)}`;
    for (const written of [cvr, spaced, `DK${cvr}`, `dk ${spaced}`, `DK-${cvr}`, ` ${cvr} `]) expect(await found(anna, written), written).toEqual(['Den søgte']);
  });

  test('a company by the number of one of its units', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre], { name: 'Med enhed' });
    const pNumber = somePNumber();
    await app.owner.query(`insert into vn.unit (id, p_number, company_id, name) values (gen_random_uuid(), $1, $2, 'Lager')`, [pNumber, id]);
    for (const written of [pNumber, `${pNumber.slice(0, 4)} ${pNumber.slice(4)}`]) expect(await found(anna, written)).toEqual(['Med enhed']);
  });

  test('a company by its phone, with spaces, with +45 and whichever way it was stored', async () => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Skrevet ud', phone: '+45 00 73 11 37' });
    await makeCompany(app, [centre], { name: 'Skrevet kort', phone: '00731138' });
    for (const written of ['00731137', '00 73 11 37', '+45 00731137', '+45 00 73 11 37', '4500731137', '00-73-11-37']) expect(await found(anna, written), written).toEqual(['Skrevet ud']);
    expect(await found(anna, '+45 00 73 11 38')).toEqual(['Skrevet kort']);
  });

  test('a company by a person there: any words of the name, or the person’s phone', async () => {
    const { anna, centre } = await makeCentre(app);
    const company = await makeCompany(app, [centre], { name: 'Hos Lone' });
    await makeContact(app, centre, company, 'Lone Marie Åkjær', '+45 00 55 66 77');
    for (const written of ['lone', 'ÅKJÆR', 'åkjær lone', 'marie', '00556677', '00 55 66 77', '+45 00556677']) expect(await found(anna, written), written).toEqual(['Hos Lone']);
    expect(await found(anna, 'lone preben')).toEqual([]);
  });

  test('a company once, however many ways it is met', async () => {
    const { anna, centre } = await makeCentre(app);
    const company = await makeCompany(app, [centre], { name: 'Lone og Lone', phone: '00778899' });
    for (const name of ['Lone A', 'Lone B']) await makeContact(app, centre, company, name, '00778899');
    expect(await found(anna, 'lone')).toEqual(['Lone og Lone']);
    expect(await found(anna, '00778899')).toEqual(['Lone og Lone']);
  });

  test('by one or two letters the names that begin with them, whichever way they are written', async () => {
    const { anna, centre } = await makeCentre(app);
    for (const name of ['3F', '3f Vest', 'IP', 'ip-teknik', 'Ip', 'VIP', 'Å', 'Åse', 'A', 'a-kassen', 'Aabølle', 'Abe', 'Øl']) await makeCompany(app, [centre], { name });
    expect((await found(anna, '3f')).sort()).toEqual(['3F', '3f Vest']);
    expect((await found(anna, 'ip')).sort()).toEqual(['IP', 'Ip', 'ip-teknik']);
    expect((await found(anna, 'IP')).sort()).toEqual(['IP', 'Ip', 'ip-teknik']);
    expect((await found(anna, 'a')).sort(), 'aa too, though it stands at the end of the alphabet').toEqual(['A', 'Aabølle', 'Abe', 'a-kassen']);
    expect(await found(anna, 'aa')).toEqual(['Aabølle']);
    expect(await found(anna, 'ø')).toEqual(['Øl']);
    expect((await found(anna, 'å')).sort()).toEqual(['Å', 'Åse']);
  });

  test('everything when nothing is searched for', async () => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], {});
    for (const search of ['', '   ']) expect(await found(anna, search)).toHaveLength(1);
  });

  test('what it finds stands in Danish order', async () => {
    const { anna, centre } = await makeCentre(app);
    const ordered = ['Absalon Smed', 'Zink Smed', 'Ærø Smed', 'Øst Smed', 'Aabølle Smed', 'Åbro Smed'];
    for (const name of ordered.toReversed()) await makeCompany(app, [centre], { name });
    const sorted = await found(anna, 'smed');
    expect([sorted.slice(0, 4), sorted.slice(4).sort()]).toEqual([ordered.slice(0, 4), ordered.slice(4)]);
  });
});

describe('signs in a search are signs like any other', () => {
  test.each(['%', '_', '\\', '100%', '%%%', '___', '\\\\\\', "'", "' or 1=1 --", '"', '.*', '(a|b)+', '[a-z]', '$1', '{{x}}', '^$', ';', '<b>', '😀', '\u202e'])('%s', async (sign) => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Uden tegn' });
    await makeCompany(app, [centre], { name: `${sign} er navnet` });
    expect(await found(anna, sign)).toEqual([`${sign} er navnet`]);
    expect(await found(anna, `${sign} er`)).toEqual([`${sign} er navnet`]);
  });

  test.each(['+', '-', '.', '+45', 'DK', '00000000', '1234567890123456789012345678901234567890', 'a b', '٣٤٥'])('"%s" finds nothing and is no fault', async (search) => {
    const { anna, centre } = await makeCentre(app);
    await makeCompany(app, [centre], { name: 'Bjergager' });
    expect(await found(anna, search)).toEqual([]);
  });

  test.each([
    ['101 letters', 'a'.repeat(101)],
    ['NUL', 'a\u0000'],
  ])('%s is refused', async (_what, search) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(query({ search }))).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'search' }] } });
  });
});

describe('a search looks at 500 hits', () => {
  test('and says when there were more, on every page and when the filters leave nothing', async () => {
    const { anna, centre } = await makeCentre(app);
    const name = `'Fuglsang ' || n`;
    await manyCompanies(app, centre, 100_000, 100_500, name);
    const within = await app.request(anna).get(query({ search: 'fuglsang', limit: '200' }));
    expect([within.body.capped, within.body.items.length]).toEqual([false, 200]);
    expect(await walk(app.request(anna), query({ search: 'fuglsang' }), 200)).toHaveLength(500);
    await manyCompanies(app, centre, 100_500, 100_600, name);
    const first = await app.request(anna).get(query({ search: 'fuglsang', limit: '200' }));
    const second = await app.request(anna).get(query({ search: 'fuglsang', limit: '200', cursor: first.body.next }));
    expect([first.body.capped, second.body.capped]).toEqual([true, true]);
    expect((await app.request(anna).get(query({ search: 'fuglsang', municipality: '0101' }))).body).toEqual({ items: [], next: null, capped: true });
    expect((await app.request(anna).get(query({ search: 'ingen her' }))).body.capped).toBe(false);
  });
});

describe('another centre’s', () => {
  test('companies are never found, by no part, number, phone or unit, and look like companies that never were', async () => {
    const { ida, centre, other } = await makeCentre(app);
    const company = await makeCompany(app, [centre], { name: 'Hemmelig Smede', address: 'Skjulvej 1', phone: '00912345' });
    await makeCompany(app, [other], { name: 'Idas egen' });
    const pNumber = somePNumber();
    await app.owner.query(`insert into vn.unit (id, p_number, company_id, name) values (gen_random_uuid(), $1, $2, 'Lager')`, [pNumber, company.id]);
    const nothing = (await app.request(ida).get(query({ search: someCvr() }))).text;
    for (const search of ['hemmelig', 'skjulvej', 'he', company.cvr, `DK${company.cvr}`, pNumber, '00912345', '+45 00 91 23 45'])
      expect((await app.request(ida).get(query({ search }))).text, search).toBe(nothing);
    expect(named(await app.request(ida).get(address))).toEqual(['Idas egen']);
    expect((await app.request(ida).get(`${address}/${company.id}`)).status).toBe(404);
  });

  test('contacts are never found, not even at a company that both centres know', async () => {
    const { anna, ida, centre, other } = await makeCentre(app);
    const shared = await makeCompany(app, [centre, other], { name: 'Kendt af begge' });
    await makeContact(app, centre, shared, 'Lone Fortrolig', '00246813');
    for (const search of ['lone', 'fortrolig lone', '00246813', '+45 00246813']) {
      expect(await found(anna, search), search).toEqual(['Kendt af begge']);
      expect((await app.request(ida).get(query({ search }))).body, search).toEqual({ items: [], next: null, capped: false });
    }
  });

  test('companies and contacts do not count towards the 500, nor push own ones out', async () => {
    const { ida, anna, centre, other } = await makeCentre(app);
    await manyCompanies(app, centre, 200_000, 200_700, `'Enghave ' || n`);
    const [{ company_id }] = (await app.owner.query('select company_id from vn.relation where centre_id = $1 limit 1', [centre.id])).rows;
    await app.owner.query(
      `insert into vn.contact (centre_id, id, company_id, name, role, basis, source, review_on, created_at) select $1, gen_random_uuid(), $2, 'Enghave ' || n, 'owner', 'public_task', 'x', '2028-01-01', $3 from generate_series(1, 700) n`,
      [centre.id, company_id, app.clock.now()],
    );
    await makeCompany(app, [other], { name: 'Enghave hos Ida' });
    const mine = await makeCompany(app, [other], { name: 'Hos en der hedder det' });
    await makeContact(app, other, mine, 'Enghave Idasen');
    expect((await app.request(ida).get(query({ search: 'enghave' }))).body).toMatchObject({ items: [{ name: 'Enghave hos Ida' }, { name: 'Hos en der hedder det' }], next: null, capped: false });
    expect((await app.request(anna).get(query({ search: 'enghave' }))).body.capped).toBe(true);
  });
});
