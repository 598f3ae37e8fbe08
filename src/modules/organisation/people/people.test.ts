import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { toCursor } from '../../../kit/page.ts';

const app = await testApp();
const address = '/api/people';
const named = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name);
const logged = async (person: { id: string }) => (await app.owner.query('select endpoint, about from vn.access_log where person_id = $1 order by id', [person.id])).rows;

describe('who may', () => {
  test('401: nobody lists or reads people', async () => {
    const { anna } = await makeCentre(app);
    for (const url of [address, `${address}/${anna.id}`]) expect(await app.request(null).get(url)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  test('403: the call agent and the ministry see nobody, not even themselves', async () => {
    const { bo, hanne } = await makeCentre(app);
    for (const person of [bo, hanne]) for (const url of [address, `${address}/${person.id}`]) expect(await app.request(person).get(url)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('404: a person of another centre is not there, by id neither, and looks like a person who never was', async () => {
    const { anna, ida } = await makeCentre(app);
    const foreign = await app.request(ida).get(`${address}/${anna.id}`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(ida).get(`${address}/${randomUUID()}`)).text).toBe(foreign.text);
  });

  test('another centre’s people are never in the list, whatever is searched for', async () => {
    const { anna, ida, centre } = await makeCentre(app);
    expect(named(await app.request(ida).get(address))).toEqual(['Ida']);
    for (const query of ['search=Anna', `search=${encodeURIComponent(anna.email)}`, 'past=true', 'role=manager', `school=${centre.schools.a}`, 'search=%25'])
      expect(named(await app.request(ida).get(`${address}?${query}`)), query).not.toContain('Anna');
  });

  test('of a person who works in two centres, each sees only what that person is there', async () => {
    const { anna, ida, karen, other } = await makeCentre(app);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2025-01-01,)')`, [
      other.id,
      randomUUID(),
      anna.id,
      other.schools.g,
    ]);
    expect((await app.request(ida).get(`${address}/${anna.id}`)).body.memberships).toEqual([expect.objectContaining({ place: 'Skole G', from: '2025-01-01' })]);
    expect((await app.request(karen).get(`${address}/${anna.id}`)).body.memberships).toEqual([expect.objectContaining({ place: 'Skole A', from: '2024-01-01' })]);
  });
});

describe('a person', () => {
  test('is shown with what she is here, from when to when, and what the asker may do about it', async () => {
    const { anna, karen, emil, centre } = await makeCentre(app);
    const shown = (end: boolean, leave: boolean, endSessions: boolean) => ({
      id: anna.id,
      name: 'Anna',
      email: anna.email,
      phone: null,
      language: 'da',
      memberships: [{ id: expect.any(String), role: 'consultant', schoolId: centre.schools.a, organisationId: null, place: 'Skole A', from: '2024-01-01', to: null, state: 'now', can: { end } }],
      can: { leave, endSessions },
    });
    expect((await app.request(karen).get(`${address}/${anna.id}`)).body).toEqual(shown(true, true, true));
    expect((await app.request(emil).get(`${address}/${anna.id}`)).body).toEqual(shown(false, false, false));
  });

  test('a manager may end the own school’s roles, but letting somebody leave is for the centre', async () => {
    const { anna, dorte } = await makeCentre(app);
    expect((await app.request(dorte).get(`${address}/${anna.id}`)).body).toMatchObject({ memberships: [{ can: { end: true } }], can: { leave: false } });
  });

  test('a call agent’s place is the outside organisation', async () => {
    const { bo, camilla, centre } = await makeCentre(app);
    expect((await app.request(camilla).get(`${address}/${bo.id}`)).body.memberships).toEqual([
      expect.objectContaining({ role: 'agent', organisationId: centre.organisation, schoolId: null, place: 'Ringbro' }),
    ]);
  });
});

describe('the list', () => {
  test('stands in Danish order: æ, ø and å last, aa with å', async () => {
    const { karen, centre } = await makeCentre(app);
    for (const name of ['Åse', 'Østen', 'Zenia', 'Aage', 'Ærna', 'Absalon']) await makePerson(app, name, ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect(named(await app.request(karen).get(address))).toEqual(['Absalon', 'Anna', 'Bo', 'Camilla', 'Dorte', 'Emil', 'Karen', 'Zenia', 'Ærna', 'Østen', 'Aage', 'Åse']);
  });

  test('pages show everybody exactly once and in order, equal names included', async () => {
    const { karen, centre } = await makeCentre(app);
    for (const name of ['Ens', 'Ens', 'ens', 'Ens', 'Åge', '"Citat", %20']) await makePerson(app, name, ['consultant'], { centreId: centre.id });
    const whole = (await app.request(karen).get(`${address}?limit=200`)).body.items;
    expect(whole).toHaveLength(12);
    expect(await walk(app.request(karen), address, 5)).toEqual(whole);
  });

  test('a search finds a part of a name or an address, small or capital', async () => {
    const { karen, anna } = await makeCentre(app);
    expect(named(await app.request(karen).get(`${address}?search=ORT`))).toEqual(['Dorte']);
    expect(named(await app.request(karen).get(`${address}?search=${anna.email.slice(0, 13)}`))).toEqual(['Anna']);
    expect(named(await app.request(karen).get(`${address}?search=nobody`))).toEqual([]);
  });

  test.each(['%25', '_', '\\', "'", '%25%25'])('"%s" in a search is a sign like any other', async (sign) => {
    const { karen, centre } = await makeCentre(app);
    await makePerson(app, `Tegn ${decodeURIComponent(sign)}`, ['consultant'], { centreId: centre.id });
    expect(named(await app.request(karen).get(`${address}?search=${encodeURIComponent(decodeURIComponent(sign))}`))).toEqual([`Tegn ${decodeURIComponent(sign)}`]);
  });

  test('can be narrowed to a role and to a school', async () => {
    const { karen, centre } = await makeCentre(app);
    expect(named(await app.request(karen).get(`${address}?role=manager`))).toEqual(['Dorte', 'Emil']);
    expect(named(await app.request(karen).get(`${address}?school=${centre.schools.a}`))).toEqual(['Anna', 'Dorte']);
    expect(named(await app.request(karen).get(`${address}?role=manager&school=${centre.schools.a}`))).toEqual(['Dorte']);
    expect(named(await app.request(karen).get(`${address}?role=manager&school=${centre.schools.c}`))).toEqual([]);
  });

  test('whoever is nothing here any more is listed only when asked for; who begins later is listed', async () => {
    const { karen, anna, emil } = await makeCentre(app);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    await app.owner.query(`update vn.membership set during = '[2027-01-01,)' where person_id = $1`, [emil.id]);
    expect(named(await app.request(karen).get(address))).toEqual(['Bo', 'Camilla', 'Dorte', 'Emil', 'Karen']);
    const all = (await app.request(karen).get(`${address}?past=true`)).body.items;
    expect(all.find(({ name }: { name: string }) => name === 'Anna').memberships).toEqual([expect.objectContaining({ state: 'past', to: '2026-11-16', can: { end: false } })]);
    expect(all.find(({ name }: { name: string }) => name === 'Emil').memberships).toEqual([expect.objectContaining({ state: 'ahead', from: '2027-01-01', can: { end: true } })]);
  });

  test.each([
    ['nonsense', 'x'],
    ['another list’s cursor', toCursor([1, 2])],
    ['an id that is none', toCursor(['A', 'x'])],
    ['NUL inside', toCursor(['a\u0000', '01990000-0000-7000-8000-000000000101'])],
  ])('a cursor with %s is refused with its field', async (_what, cursor) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).get(`${address}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cursor' }] } });
  });

  test.each(['limit=0', 'limit=201', 'role=ministry', 'role=boss', 'school=x', 'past=perhaps', 'name=Anna', `search=${'a'.repeat(101)}`])('?%s is refused with a clear 400', async (query) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).get(`${address}?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('the log of reading', () => {
  test('a search leaves who searched, when and for what', async () => {
    const { dorte } = await makeCentre(app);
    await app.request(dorte).get(`${address}?search=Anna`);
    const found = await app.owner.query('select at, person_id, endpoint, about from vn.access_log where person_id = $1', [dorte.id]);
    expect(found.rows).toEqual([{ at: app.clock.now(), person_id: dorte.id, endpoint: 'listPeople', about: { query: expect.objectContaining({ search: 'Anna' }) } }]);
  });

  test('reading a person leaves whom', async () => {
    const { dorte, anna } = await makeCentre(app);
    await app.request(dorte).get(`${address}/${anna.id}`);
    expect(await logged(dorte)).toEqual([{ endpoint: 'readPerson', about: { params: { person: anna.id } } }]);
  });

  test('a reading that was refused leaves no line', async () => {
    const { ida, bo, anna } = await makeCentre(app);
    for (const person of [ida, bo]) {
      await app.request(person).get(`${address}/${anna.id}`);
      expect(await logged(person)).toEqual([]);
    }
  });
});
