import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, someCvr } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { toCursor } from '../../../kit/page.ts';
import { addContact } from '../contacts/contract.ts';

const app = await testApp();
const of = (company: string) => `/api/companies/${company}/timeline`;
interface Entry {
  centre: string;
  company: string;
  at?: string;
  kind?: string;
  school?: string | null;
  person?: string | null;
}
async function write({ centre, company, at = app.clock.now().toISOString(), kind = 'contact.added', school = null, person = null }: Entry): Promise<string> {
  const id = randomUUID();
  await app.owner.query('insert into vn.timeline_entry (centre_id, id, company_id, at, kind, person_id, school_id) values ($1, $2, $3, $4, $5, $6, $7)', [
    centre,
    id,
    company,
    at,
    kind,
    person,
    school,
  ]);
  return id;
}
const kinds = (answer: { body: { items: { kind: string }[] } }) => answer.body.items.map(({ kind }) => kind);

describe('who may', () => {
  test('401 and 403: neither a visitor nor the call agent nor the ministry reads what happened', async () => {
    const { bo, hanne, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect((await app.request(null).get(of(id))).status).toBe(401);
    for (const person of [bo, hanne]) expect((await app.request(person).get(of(id))).status).toBe(403);
  });

  test('7.03 404: the history of a company that only another centre knows is not there; of one that both know each reads its own', async () => {
    const { anna, ida, centre, other } = await makeCentre(app);
    const [alone, both] = [await makeCompany(app, [centre]), await makeCompany(app, [centre, other])];
    for (const company of [alone, both]) await write({ centre: centre.id, company: company.id, kind: 'theirs.only' });
    const foreign = await app.request(ida).get(of(alone.id));
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(ida).get(of(randomUUID()))).text).toBe(foreign.text);
    expect((await app.request(ida).get(of(both.id))).body).toEqual({ items: [], next: null });
    expect(kinds(await app.request(anna).get(of(both.id)))).toEqual(['theirs.only']);
  });
});

describe('what happened around a company', () => {
  test('7.03 stands on one line, newest first, with who did it', async () => {
    const { anna, emil, camilla } = await makeCentre(app);
    const company = (await app.request(anna).post('/api/companies', { cvr: someCvr(), name: 'Bjergager' })).body;
    app.clock.advance({ minutes: 1 });
    await app.request(emil).post(`/api/companies/${company.id}/contacts`, addContact.example.body);
    app.clock.advance({ minutes: 1 });
    await app.owner.query('update vn.company set protected = true where id = $1', [company.id]);
    await app.request(camilla).put(`/api/companies/${company.id}/exception`, { kind: 'consent', note: 'Sagt ja' });
    const { items } = (await app.request(anna).get(of(company.id))).body;
    expect(items).toMatchObject([
      { kind: 'exception.recorded', person: 'Camilla', ownSchoolOnly: false, at: app.clock.now().toISOString() },
      { kind: 'contact.added', person: 'Emil', ownSchoolOnly: false },
      { kind: 'company.added', person: 'Anna', ownSchoolOnly: false, data: {} },
    ]);
  });

  test('7.03 is read page by page, every entry once, those of the same moment included', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (let n = 0; n < 23; n += 1) await write({ centre: centre.id, company: id, at: `2026-11-0${1 + Math.floor(n / 5)}T08:00:00.123Z` });
    const whole = (await app.request(anna).get(`${of(id)}?limit=200`)).body.items;
    expect(whole).toHaveLength(23);
    expect(whole.map(({ at }: { at: string }) => at)).toEqual(
      whole
        .map(({ at }: { at: string }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(await walk(app.request(anna), of(id), 4)).toEqual(whole);
  });

  test('an entry that comes meanwhile does not shift the later pages', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (const day of ['01', '02', '03']) await write({ centre: centre.id, company: id, kind: `day.a${day === '01' ? 'a' : day === '02' ? 'b' : 'c'}`, at: `2026-11-${day}T08:00:00Z` });
    const first = await app.request(anna).get(`${of(id)}?limit=2`);
    await write({ centre: centre.id, company: id, kind: 'day.new' });
    expect([kinds(first), kinds(await app.request(anna).get(`${of(id)}?limit=2&cursor=${first.body.next}`))]).toEqual([['day.ac', 'day.ab'], ['day.aa']]);
  });

  test('7.03 what belongs to one school is there for that school alone, and says so; not for another, nor the centre, nor by a fault in a handler', async () => {
    const { anna, emil, camilla, karen, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    await write({ centre: centre.id, company: id, kind: 'for.all', at: '2026-11-01T08:00:00Z' });
    await write({ centre: centre.id, company: id, kind: 'for.anna', at: '2026-11-02T08:00:00Z', school: centre.schools.a, person: anna.id });
    await write({ centre: centre.id, company: id, kind: 'for.emil', at: '2026-11-03T08:00:00Z', school: centre.schools.b, person: emil.id });
    expect((await app.request(anna).get(of(id))).body.items).toMatchObject([
      { kind: 'for.anna', ownSchoolOnly: true, person: 'Anna' },
      { kind: 'for.all', ownSchoolOnly: false, person: null },
    ]);
    expect(kinds(await app.request(emil).get(of(id)))).toEqual(['for.emil', 'for.all']);
    for (const person of [camilla, karen, await makePerson(app, 'Carl', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c })]) {
      expect(kinds(await app.request(person).get(of(id))), person.name).toEqual(['for.all']);
      expect(await inside(app, person, async (client) => (await client.query('select kind from vn.timeline_entry')).rows)).toEqual([{ kind: 'for.all' }]);
    }
  });

  test('a hidden entry leaves no trace in the pages: they are full, and the last one is the last', async () => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    for (let n = 0; n < 12; n += 1)
      await write({ centre: centre.id, company: id, at: `2026-11-01T08:00:${String(n).padStart(2, '0')}Z`, kind: n % 2 ? 'for.emil' : 'for.all', school: n % 2 ? centre.schools.b : null });
    const pages: string[][] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await app.request(anna).get(`${of(id)}?limit=3${next === '' ? '' : `&cursor=${next}`}`);
      pages.push(kinds(page));
      next = page.body.next;
    }
    expect(pages).toEqual([Array(3).fill('for.all'), Array(3).fill('for.all')]);
  });

  test('a name is there only of people of the own centre', async () => {
    const { anna, ida, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    await write({ centre: centre.id, company: id, person: ida.id });
    expect((await app.request(anna).get(of(id))).body.items).toMatchObject([{ person: null }]);
  });

  test.each([
    ['nonsense', 'x'],
    ['another list’s cursor', toCursor(['A', randomUUID()])],
    ['NUL inside', toCursor(['2026-11-01T08:00:00Z\u0000', randomUUID()])],
  ])('a cursor with %s is refused with its field', async (_what, cursor) => {
    const { anna, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    expect(await app.request(anna).get(`${of(id)}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cursor' }] } });
  });
});

describe('what was written stays', () => {
  test('7.03 the database refuses to change or remove an entry, whoever asks, its owner included', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre]);
    await write({ centre: centre.id, company: id });
    for (const statement of [`update vn.timeline_entry set kind = 'not.so'`, 'delete from vn.timeline_entry']) {
      for (const person of [anna, camilla]) await expect(inside(app, person, (client) => client.query(statement))).rejects.toThrow('permission denied');
      await expect(app.owner.query(statement)).rejects.toThrow();
    }
    expect((await app.request(anna).get(of(id))).body.items).toMatchObject([{ kind: 'contact.added' }]);
  });

  test('nobody writes an entry for another school or another centre, not even by a fault in a handler', async () => {
    const { anna, centre, other } = await makeCentre(app);
    const { id } = await makeCompany(app, [centre, other]);
    for (const [centreId, school] of [
      [centre.id, centre.schools.b],
      [other.id, null],
      [other.id, other.schools.g],
    ])
      await expect(
        inside(app, anna, (client) =>
          client.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind, school_id) values ($1, $2, $3, now(), 'a.lie', $4)`, [centreId, randomUUID(), id, school]),
        ),
      ).rejects.toThrow('row-level security');
  });

  test('a change that is refused leaves no entry: it is written in the transaction of the thing itself', async () => {
    const { anna } = await makeCentre(app);
    const sent = { cvr: someCvr(), name: 'Bjergager' };
    const company = (await app.request(anna).post('/api/companies', sent)).body;
    await app.request(anna).post(`/api/companies/${company.id}/contacts`, addContact.example.body);
    expect((await app.request(anna).post(`/api/companies/${company.id}/contacts`, addContact.example.body)).status).toBe(409);
    expect((await app.request(anna).post('/api/companies', sent)).status).toBe(409);
    expect(kinds(await app.request(anna).get(of(company.id))).sort()).toEqual(['company.added', 'contact.added']);
  });
});
