import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const address = '/api/profiles';
const of = ({ id }: { id: string }) => `${address}/${id}`;
const profile = (over: Record<string, unknown> = {}) => ({
  industries: ['C'],
  products: ['Svejsecertifikat'],
  assessment: 2,
  basicSkills: 1,
  languages: ['da', 'pl'],
  area: [],
  employer: 'school',
  ...over,
});
const write = (writer: TestPerson, whose: { id: string }, over: Record<string, unknown> = {}, version = 0) => app.request(writer).put(of(whose), profile(over), seen(version));
const found = async (asker: TestPerson, query = '') => (await app.request(asker).get(`${address}${query}`)).body.map(({ name }: { name: string }) => name);

/** Three consultants beside Anna, each good at something else. */
async function staffed() {
  const made = await makeCentre(app);
  const { centre, camilla } = made;
  const consultant = (name: string, schoolId?: string) => makePerson(app, name, ['consultant'], { centreId: centre.id, ...(schoolId === undefined ? {} : { schoolId }) });
  const [birte, aage, oda] = [await consultant('Birte', centre.schools.b), await consultant('Aage', centre.schools.c), await consultant('Oda')];
  const facts: [TestPerson, Record<string, unknown>][] = [
    [made.anna, { industries: ['C', 'F'], languages: ['da', 'pl'], assessment: 3, basicSkills: 0, products: ['Svejsecertifikat', 'Truck'], area: [] }],
    [birte, { industries: ['Q'], languages: ['da', 'en'], assessment: 1, basicSkills: 3, products: ['Førstehjælp'], area: ['0851'] }],
    [aage, { industries: ['C'], languages: ['da', 'en', 'pl'], assessment: 2, basicSkills: 2, products: ['Gaffeltruck'], area: ['0851', '0860'] }],
    [oda, { industries: ['H'], languages: ['da'], assessment: 0, basicSkills: 0, products: [], area: ['0860'], employer: 'centre' }],
  ];
  for (const [person, each] of facts) expect((await write(camilla, person, each)).status).toBe(200);
  return { ...made, birte, aage, oda };
}

describe('who may', () => {
  test('401 for nobody; 403 for the call agent, the ministry, and who only administers', async () => {
    const { anna, bo, hanne, karen } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [bo, 403],
      [hanne, 403],
      [karen, 403],
    ] as const) {
      expect((await app.request(person).get(address)).status).toBe(status);
      expect((await app.request(person).get(of(anna))).status).toBe(status);
      expect((await app.request(person).put(of(anna), profile(), seen(0))).status).toBe(status);
    }
  });

  test('403: a consultant writes the own profile only, a manager those of the own school, the coordinator all', async () => {
    const { anna, dorte, emil, camilla, centre } = await makeCentre(app);
    const colleague = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    for (const stranger of [colleague, emil]) expect(await write(stranger, anna)).toMatchObject({ status: 403, body: { code: 'not_your_profile' } });
    for (const [version, writer] of [anna, dorte, camilla].entries()) expect(await write(writer, anna, {}, version)).toMatchObject({ status: 200, body: { version: version + 1 } });
  });

  test('404: another centre, a person who is no consultant, one who is no longer, and nobody at all', async () => {
    const { anna, camilla, emil, ida } = await makeCentre(app);
    expect(await app.request(ida).get(of(anna))).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await write(ida, anna)).status).toBe(404);
    expect(await found(ida)).toEqual([]);
    for (const person of [emil, { id: randomUUID() }]) expect((await app.request(camilla).get(of(person))).status).toBe(404);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    expect((await app.request(camilla).get(of(anna))).status).toBe(404);
    expect(await found(camilla)).toEqual([]);
  });
});

describe('finding somebody who fits', () => {
  test('2.20 a consultant is found by industry, language, assessment, FVU, a part of a product, and area', async () => {
    const { camilla } = await staffed();
    const finds = Object.fromEntries(
      await Promise.all(
        ['industry=C', 'language=en', 'assessment=2', 'basicSkills=2', 'product=TRUCK', 'product=f%C3%B8rste', 'area=0851', 'industry=C&language=en', 'industry=A'].map(async (query) => [
          query,
          await found(camilla, `?${query}`),
        ]),
      ),
    );
    expect(finds).toEqual({
      'industry=C': ['Anna', 'Aage'],
      'language=en': ['Birte', 'Aage'],
      'assessment=2': ['Anna', 'Aage'],
      'basicSkills=2': ['Birte', 'Aage'],
      'product=TRUCK': ['Anna', 'Aage'],
      'product=f%C3%B8rste': ['Birte'],
      'area=0851': ['Anna', 'Birte', 'Aage'], // Anna covers the whole area of the centre
      'industry=C&language=en': ['Aage'],
      'industry=A': [],
    });
  });

  test('2.20 the list is alphabetical in Danish, never ranked, and has those who wrote nothing yet', async () => {
    const { anna, centre } = await staffed();
    await makePerson(app, 'Ærna', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    expect(await found(anna)).toEqual(['Anna', 'Birte', 'Oda', 'Ærna', 'Aage']);
  });

  test('3.10 a profile says whether a school or the centre employs the consultant: from the place until somebody wrote it', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const own = await makePerson(app, 'Oda', ['consultant'], { centreId: centre.id });
    const employers = async () => Object.fromEntries((await app.request(camilla).get(address)).body.map((each: { name: string; employer: string }) => [each.name, each.employer]));
    expect(await employers()).toEqual({ Anna: 'school', Oda: 'centre' });
    await write(camilla, anna, { employer: 'centre' });
    await write(camilla, own, { employer: 'school' });
    expect(await employers()).toEqual({ Anna: 'centre', Oda: 'school' });
  });

  test('a school’s other consultants and other schools read a profile too, and see whether they may write it', async () => {
    const { anna, emil, dorte } = await staffed();
    expect((await app.request(emil).get(of(anna))).body).toMatchObject({ name: 'Anna', school: 'Skole A', industries: ['C', 'F'], version: 1, can: { edit: false } });
    expect((await app.request(dorte).get(of(anna))).body.can).toEqual({ edit: true });
  });

  test.each(['industry=Z', 'language=xx', 'assessment=4', 'assessment=-1', 'basicSkills=x', 'area=51', 'name=Anna'])('?%s is refused with a clear 400', async (query) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(`${address}?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('writing a profile', () => {
  test('keeps what was written, counts the version, and leaves an audit line', async () => {
    const { anna, centre } = await makeCentre(app);
    expect((await app.request(anna).get(of(anna))).body).toMatchObject({ version: 0, industries: [], products: [], assessment: 0, languages: [] });
    const written = await write(anna, anna, { products: [' Truck '] });
    expect(written).toMatchObject({ status: 200, body: { ...profile({ products: ['Truck'] }), personId: anna.id, schoolId: centre.schools.a, version: 1, can: { edit: true } } });
    expect((await app.request(anna).get(of(anna))).body).toEqual(written.body);
    expect((await app.owner.query(`select person_id from vn.audit where subject = $1 and event = 'profile.written'`, [anna.id])).rows).toEqual([{ person_id: anna.id }]);
  });

  test('428 without the version it saw', async () => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).put(of(anna), profile())).toMatchObject({ status: 428, body: { code: 'version_required' } });
  });

  test('412 with an older version: the answer shows the profile as it is now', async () => {
    const { anna, camilla } = await makeCentre(app);
    await write(anna, anna, { products: ['Først'] });
    for (const version of [0, 2])
      expect(await write(camilla, anna, { products: ['Sidst'] }, version)).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 1, products: ['Først'] } } });
    expect((await app.request(anna).get(of(anna))).body.products).toEqual(['Først']);
  });

  test('412 with a version of a profile that was never written shows that it is not', async () => {
    const { anna } = await makeCentre(app);
    expect(await write(anna, anna, {}, 7)).toMatchObject({ status: 412, body: { current: { version: 0, products: [] } } });
    expect((await app.request(anna).get(of(anna))).body.version).toBe(0);
  });

  test.each([0, 1])('20 writers at once who all saw version %i: one wins, nineteen are shown what the winner wrote', async (version) => {
    const { anna, camilla } = await makeCentre(app);
    if (version === 1) await write(anna, anna);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => write(index % 2 ? anna : camilla, anna, { products: [`Nummer ${index}`] }, version)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
    const won = answers.find(({ status }) => status === 200)?.body;
    for (const { body } of answers.filter(({ status }) => status === 412)) expect(body.current).toMatchObject({ version: version + 1, products: won.products });
  });

  test.each<[string, Record<string, unknown>]>([
    ['an industry that the nomenclature does not have', { industries: ['Z'] }],
    ['an industry twice', { industries: ['C', 'C'] }],
    ['a language that is not on the list', { languages: ['da', 'klingon'] }],
    ['a level beyond the scale', { assessment: 4 }],
    ['a level between the steps', { basicSkills: 1.5 }],
    ['a municipality that is no code', { area: ['Limvig'] }],
    ['an empty product', { products: [' '] }],
    ['a product of 61 characters', { products: ['a'.repeat(61)] }],
    ['41 products', { products: Array.from({ length: 41 }, (_, index) => `P${index}`) }],
    ['an employer that is neither', { employer: 'agency' }],
    ['NUL in a product', { products: ['a\u0000b'] }],
    ['a field of its own', { rank: 1 }],
    ['nothing where a list stands', { languages: null }],
  ])('400 for %s', async (_what, over) => {
    const { anna } = await makeCentre(app);
    expect(await write(anna, anna, over)).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect((await app.request(anna).get(of(anna))).body.version).toBe(0);
  });
});

describe('the database says the same', () => {
  const insert = `insert into vn.consultant_profile (centre_id, person_id, school_id, industries, products, assessment, basic_skills, languages, area, employer, version)
    values (ctx.centre(), $1, $2, '{}', '{}', 0, 0, '{}', '{}', 'school', 1)`;

  test('42501: a consultant writes no colleague’s profile by SQL, and a manager none of another school', async () => {
    const { anna, emil, centre } = await makeCentre(app);
    const colleague = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    for (const writer of [colleague, emil]) await expect(inside(app, writer, (client) => client.query(insert, [anna.id, centre.schools.a]))).rejects.toMatchObject({ code: '42501' });
    expect((await inside(app, anna, (client) => client.query(insert, [anna.id, centre.schools.a]))).rowCount).toBe(1);
  });

  test('42501: nobody deletes a profile', async () => {
    const { anna, camilla } = await makeCentre(app);
    await write(anna, anna);
    await expect(inside(app, camilla, (client) => client.query('delete from vn.consultant_profile'))).rejects.toMatchObject({ code: '42501' });
  });
});
