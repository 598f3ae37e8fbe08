import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { addContact, contactRoles, lawfulBases } from './contract.ts';

const app = await testApp();
const example = addContact.example.body as Record<string, unknown>;
const at = (company: string, contact?: string) => `/api/companies/${company}/contacts${contact === undefined ? '' : `/${contact}`}`;
const row = async (id: string) => (await app.owner.query('select * from vn.contact where id = $1', [id])).rows[0];
const searched = async (id: string) => (await app.owner.query('select name, phone from vn.contact_search where contact_id = $1', [id])).rows;

describe('who may', () => {
  test('401 and 403: neither a visitor nor the call agent nor the ministry sees or writes people at companies', async () => {
    const { bo, hanne, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const contact = await makeContact(app, centre, { id }, 'Lone');
    for (const [person, status] of [
      [null, 401],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      const by = app.request(person);
      expect([await by.get(at(id)), await by.post(at(id), example), await by.put(at(id, contact), example, seen(1)), await by.delete(at(id, contact))].map((answer) => answer.status)).toEqual(
        Array(4).fill(status),
      );
    }
  });

  test('404: another centre’s people are not there, at a company that both know neither, and nothing happens to them', async () => {
    const { ida, anna, centre, other } = await makeCentre(app);
    for (const company of [await makeCompany(app, [centre]), await makeCompany(app, [centre, other])]) {
      const contact = await makeContact(app, centre, company, 'Lone');
      const before = await row(contact);
      expect([await app.request(ida).put(at(company.id, contact), example, seen(1)), await app.request(ida).delete(at(company.id, contact))].map(({ status }) => status)).toEqual([404, 404]);
      expect(await row(contact)).toEqual(before);
      expect((await app.request(anna).get(at(company.id))).body).toHaveLength(1);
    }
    const [alone, both] = [await makeCompany(app, [centre]), await makeCompany(app, [centre, other])];
    await makeContact(app, centre, both, 'Lone');
    expect([(await app.request(ida).get(at(alone.id))).status, (await app.request(ida).post(at(alone.id), example)).status]).toEqual([404, 404]);
    expect(await app.request(ida).get(at(both.id))).toMatchObject({ status: 200, body: [] });
  });

  test('404: a person is found only under the own company', async () => {
    const { anna, centre } = await makeCentre(app);
    const [right, wrong] = [await makeCompany(app, [centre]), await makeCompany(app, [centre])];
    const contact = await makeContact(app, centre, right, 'Lone');
    expect([(await app.request(anna).put(at(wrong.id, contact), example, seen(1))).status, (await app.request(anna).delete(at(wrong.id, contact))).status]).toEqual([404, 404]);
    expect(await row(contact)).toMatchObject({ name: 'Lone', version: 1 });
  });

  test('even a fault in a handler reaches neither another centre’s people nor the table they are searched in', async () => {
    const { ida, anna, centre } = await makeCentre(app);
    const company = await makeCompany(app, [centre]);
    await makeContact(app, centre, company, 'Lone');
    expect(await inside(app, ida, async (client) => [(await client.query('select * from vn.contact')).rows, (await client.query('delete from vn.contact returning id')).rows])).toEqual([[], []]);
    for (const person of [ida, anna]) await expect(inside(app, person, (client) => client.query('select * from vn.contact_search'))).rejects.toThrow('permission denied');
  });
});

describe('a person at a company', () => {
  test.each(contactRoles)('2.39 has a role, so that one knows who decides: %s', async (role) => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect(await app.request(anna).post(at(id), { ...example, role })).toMatchObject({ status: 201, body: { role } });
    expect((await app.request(anna).get(at(id))).body).toMatchObject([{ role }]);
  });

  test('2.39 without a role, or with one that there is not, nobody is kept', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const { role: _role, ...without } = example;
    expect(await app.request(anna).post(at(id), without)).toMatchObject({ status: 400, body: { fields: [{ path: 'role' }] } });
    expect(await app.request(anna).post(at(id), { ...example, role: 'boss' })).toMatchObject({ status: 400, body: { fields: [{ path: 'role' }] } });
  });

  test('is given back as written, and everybody in the centre sees it; an audit line and a line on the timeline say who added it', async () => {
    const { anna, emil, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const added = await app.request(anna).post(at(id), { ...example, name: '  Preben Åkjær ', email: '', title: '' });
    expect(added).toMatchObject({ status: 201, body: { ...example, name: 'Preben Åkjær', email: null, title: '', reviewDue: false, version: 1 } });
    expect((await app.request(emil).get(at(id))).body).toEqual([added.body]);
    expect((await app.owner.query('select event, person_id, data from vn.audit where subject = $1', [added.body.id])).rows).toEqual([
      { event: 'contact.added', person_id: anna.id, data: { company: id } },
    ]);
    const { items } = (await app.request(emil).get(`/api/companies/${id}/timeline`)).body;
    expect(items).toMatchObject([{ kind: 'contact.added', person: 'Anna', data: { role: 'owner' } }]);
    expect(JSON.stringify(items), 'the timeline outlives the person, so it bears no name').not.toContain('Preben');
  });

  test.each(lawfulBases)('is kept on a ground that the law knows: %s', async (basis) => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect((await app.request(anna).post(at(id), { ...example, basis })).body.basis).toBe(basis);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no lawful ground', { basis: undefined }, 'basis'],
    ['another ground', { basis: 'because' }, 'basis'],
    ['no source', { source: ' ' }, 'source'],
    ['no day to ask again', { reviewOn: undefined }, 'reviewOn'],
    ['a day that is none', { reviewOn: '2026-02-30' }, 'reviewOn'],
    ['no name', { name: ' ' }, 'name'],
    ['a name too long', { name: 'a'.repeat(201) }, 'name'],
    ['NUL in the name', { name: 'a\u0000' }, 'name'],
    ['an address that is none', { email: 'preben' }, 'email'],
    ['a language that is none', { language: 'dansk' }, 'language'],
    ['more than asked', { cpr: '0101010101' }, ''],
  ])('400: %s', async (_what, over, field) => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const refused = await app.request(anna).post(at(id), { ...example, ...over });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(refused.body.fields.map(({ path }: { path: string }) => path)).toContain(field);
    expect((await app.request(anna).get(at(id))).body).toEqual([]);
  });

  test('is due for a review from the day on that was named', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const due = async () => (await app.request(anna).get(at(id))).body[0].reviewDue;
    await app.request(anna).post(at(id), { ...example, reviewOn: '2026-11-18' });
    expect(await due()).toBe(false);
    app.clock.advance({ hours: 14, minutes: 59 });
    expect(await due(), 'a minute before midnight in Denmark').toBe(false);
    app.clock.advance({ minutes: 1 });
    expect(await due()).toBe(true);
    app.clock.advance({ hours: -15 });
  });

  test('is the same person with the same name and address at the same company, and is not kept twice', async () => {
    const { anna, centre } = await makeCentre(app);
    const [{ id }, elsewhere] = [await makeCompany(app, [centre]), await makeCompany(app, [centre])];
    const statuses = await Promise.all(Array.from({ length: 8 }, () => app.request(anna).post(at(id), example)));
    expect(statuses.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    expect(await app.request(anna).post(at(id), { ...example, name: String(example.name).toUpperCase(), email: String(example.email).toUpperCase() })).toMatchObject({
      status: 409,
      body: { code: 'contact_known' },
    });
    expect((await app.request(anna).post(at(id), { ...example, email: '' })).status).toBe(201);
    expect((await app.request(anna).post(at(elsewhere.id), example)).status).toBe(201);
    const second = (await app.request(anna).post(at(id), { ...example, name: 'En anden' })).body;
    expect(await app.request(anna).put(at(id, second.id), example, seen(1))).toMatchObject({ status: 409, body: { code: 'contact_known' } });
  });

  test('the names stand in Danish order; even the 201st can be added, changed and removed', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (const name of ['Åse', 'Østen', 'Zenia', 'Absalon', 'Ærna']) await makeContact(app, centre, { id }, name);
    expect((await app.request(anna).get(at(id))).body.map(({ name }: { name: string }) => name)).toEqual(['Absalon', 'Zenia', 'Ærna', 'Østen', 'Åse']);
    await app.owner.query(
      `insert into vn.contact (centre_id, id, company_id, name, role, basis, source, review_on, created_at) select $1, gen_random_uuid(), $2, 'Bente ' || n, 'employee', 'public_task', 'x', '2028-01-01', $3 from generate_series(1, 200) n`,
      [centre.id, id, app.clock.now()],
    );
    const last = await app.request(anna).post(at(id), { ...example, name: 'Åååse' });
    expect(last.status).toBe(201);
    expect((await app.request(anna).put(at(id, last.body.id), { ...example, name: 'Åååge' }, seen(1))).body.name).toBe('Åååge');
    expect((await app.request(anna).delete(at(id, last.body.id))).status).toBe(204);
  });
});

describe('changing', () => {
  test('needs the version that was seen, and gives the next', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const contact = (await app.request(anna).post(at(id), example)).body;
    expect(await app.request(anna).put(at(id, contact.id), example)).toMatchObject({ status: 428, body: { code: 'version_required' } });
    const changed = await app.request(anna).put(at(id, contact.id), { ...example, role: 'middle_manager', title: 'Værkfører' }, seen(1));
    expect(changed).toMatchObject({ status: 200, body: { id: contact.id, role: 'middle_manager', title: 'Værkfører', version: 2 } });
    expect((await app.owner.query(`select event from vn.audit where subject = $1 and event = 'contact.written'`, [contact.id])).rowCount).toBe(1);
  });

  test('412: whoever saw an older version gets the newer one to look at, and writes nothing', async () => {
    const { anna, emil, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const contact = (await app.request(anna).post(at(id), example)).body;
    const newer = (await app.request(emil).put(at(id, contact.id), { ...example, title: 'Emils' }, seen(1))).body;
    expect(await app.request(anna).put(at(id, contact.id), { ...example, title: 'Annas' }, seen(1))).toMatchObject({ status: 412, body: { code: 'version_conflict', current: newer } });
    expect((await row(contact.id)).title).toBe('Emils');
  });

  test('20 changes of the same version at once: one is written', async () => {
    const { anna, emil, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const contact = await makeContact(app, centre, { id }, 'Lone');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => app.request(n % 2 ? anna : emil).put(at(id, contact), { ...example, title: `Nr. ${n}` }, seen(1))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
    expect((await row(contact)).version).toBe(2);
  });
});

describe('removing', () => {
  test('is for good: nothing of the person is left, but that somebody was removed and by whom', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    const contact = (await app.request(anna).post(at(id), { ...example, name: 'Forsvundne Frida' })).body;
    expect(await app.request(anna).delete(at(id, contact.id))).toMatchObject({ status: 204 });
    expect((await app.request(anna).get(at(id))).body).toEqual([]);
    expect(await row(contact.id)).toBeUndefined();
    expect(await searched(contact.id)).toEqual([]);
    expect((await app.owner.query(`select person_id, data from vn.audit where subject = $1 and event = 'contact.removed'`, [contact.id])).rows).toEqual([
      { person_id: anna.id, data: { company: id } },
    ]);
    for (const table of ['audit', 'timeline_entry', 'access_log']) expect((await app.owner.query(`select from vn.${table} t where to_jsonb(t)::text like '%Frida%'`)).rowCount, table).toBe(0);
    expect((await app.request(anna).delete(at(id, contact.id))).status).toBe(404);
  });

  test('404: somebody who never was', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect(await app.request(anna).delete(at(id, randomUUID()))).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

test('a person is searched by the name and number of today: both follow a change, and go when the person goes', async () => {
  const { anna, centre } = await makeCentre(app);
  const { id } = await makeCompany(app, [centre], { name: 'Et sted' });
  const contact = (await app.request(anna).post(at(id), { ...example, name: 'Lone Gammel', phone: '+45 00 11 11 11' })).body;
  const found = async (search: string) => (await app.request(anna).get(`/api/companies?search=${encodeURIComponent(search)}`)).body.items.length;
  expect([await found('lone gammel'), await found('00111111')]).toEqual([1, 1]);
  await app.request(anna).put(at(id, contact.id), { ...example, name: 'Lone Nygift', phone: '00 22 22 22' }, seen(1));
  expect([await found('lone gammel'), await found('00111111'), await found('nygift'), await found('+45 00222222')]).toEqual([0, 0, 1, 1]);
  await app.request(anna).put(at(id, contact.id), { ...example, name: 'Lone Nygift', phone: '' }, seen(2));
  expect(await searched(contact.id)).toEqual([{ name: 'lone nygift', phone: null }]);
  expect(await found('00222222')).toBe(0);
  await app.request(anna).delete(at(id, contact.id));
  expect(await found('nygift')).toBe(0);
});

describe('the log of reading', () => {
  test('says who looked at whose people, when and with which endpoint', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    await makeContact(app, centre, { id }, 'Lone');
    await app.request(anna).get(at(id));
    expect((await app.owner.query('select at, endpoint, about from vn.access_log where person_id = $1', [anna.id])).rows).toEqual([
      { at: app.clock.now(), endpoint: 'listContacts', about: { params: { company: id } } },
    ]);
  });

  test('has no line of a reading that was refused', async () => {
    const { ida, bo, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (const person of [ida, bo]) {
      await app.request(person).get(at(id));
      expect((await app.owner.query('select from vn.access_log where person_id = $1', [person.id])).rowCount).toBe(0);
    }
  });
});
