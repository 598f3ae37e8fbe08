import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inLanguage } from '../../../kit/words.ts';
import { relationRows, relationScale } from './contract.ts';
import { farApart, placedOf } from './rules.ts';
import { relationsWords } from './words.ts';

const app = await testApp();
const none = Array<number | null>(17).fill(null);
const only = (placed: Record<number, number>) => none.map((_, row) => placed[row] ?? null);

async function partners() {
  const made = await makeCentre(app);
  const { centre, anna } = made;
  const company = await makeCompany(app, [centre]);
  const added = await app.request(anna).post('/api/partnerships', { company: company.id, validFrom: '2026-12-01', validTo: '2027-11-30', reviewOn: '2027-06-01' });
  const id: string = added.body.id;
  const token = randomBytes(32).toString('base64url');
  const contact = await makeContact(app, centre, company, 'Preben');
  await app.owner.query(
    `insert into vn.company_page (centre_id, id, company_id, contact_id, token_hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + interval '1 year')`,
    [centre.id, randomUUID(), company.id, contact, createHash('sha256').update(token).digest(), anna.id, app.clock.now()],
  );
  const place = (scores: unknown, by = anna) => app.request(by).post(`/api/partnerships/${id}/relation`, { scores });
  const own = {
    read: () => app.request(null).post('/api/company-page/relation', { token }),
    place: (scores: unknown, partnership = id) => app.request(null).post('/api/company-page/relation/place', { token, partnership, scores }),
  };
  const read = async (by = anna) => app.request(by).get(`/api/partnerships/${id}/relation`);
  return { ...made, id, place, own, read };
}

describe('relation between buyer and partner', () => {
  test('4.10 AC13 the table has exactly 17 rows with both poles in both languages, none of them twice', () => {
    expect(relationRows).toBe(17);
    for (const language of ['da', 'en'] as const) {
      const { rows, scale, poles } = inLanguage(relationsWords, language);
      expect(rows).toHaveLength(17);
      for (const row of rows) expect(row.map((pole) => pole.trim().length > 0)).toEqual([true, true]);
      expect(new Set(rows.flat()).size).toBe(34);
      expect(scale).toHaveLength(relationScale.length);
      expect(new Set(scale).size).toBe(5);
      expect(poles).toHaveLength(2);
    }
    expect(
      inLanguage(relationsWords, 'da')
        .rows.flat()
        .filter((pole) => inLanguage(relationsWords, 'en').rows.flat().includes(pole)),
    ).toEqual([]);
  });

  test('4.10 company and consultant each place the relation, side by side, with history; rows left out count as left out', async () => {
    const { anna, place, own, read } = await partners();
    expect((await read()).body).toEqual({ views: [], can: { place: true } });
    expect(await place(only({ 0: 4, 16: 1 }))).toMatchObject({ status: 201, body: { views: [{ side: 'centre', placed: 2, by: 'Anna', scores: only({ 0: 4, 16: 1 }) }] } });
    app.clock.advance({ minutes: 1 });
    expect(await own.place(only({ 0: 1, 5: 3 }))).toMatchObject({
      status: 200,
      body: [
        {
          views: [
            { side: 'company', placed: 2 },
            { side: 'centre', placed: 2 },
          ],
        },
      ],
    });
    app.clock.set('2026-11-27T09:00:00+01:00');
    expect((await place(none.map((_, row) => (row % 5) + 1))).status).toBe(201);
    const { views } = (await read()).body;
    expect(views.map(({ side, placed, by }: Record<string, unknown>) => [side, placed, by])).toEqual([
      ['centre', 17, 'Anna'],
      ['company', 2, null],
      ['centre', 2, 'Anna'],
    ]);
    // The company reads the same and no name of whoever placed it.
    const shown = await own.read();
    expect(shown.body[0].views).toHaveLength(3);
    expect(shown.text).not.toContain(anna.name);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.10 only 17 rows from 1 to 5 are taken, and at least one; what was placed stands', async () => {
    const { place, own, centre } = await partners();
    for (const bad of [none, none.slice(1), [...none, 3], only({ 0: 0 }), only({ 0: 6 }), only({ 0: 2.5 }), only({ 0: -1 }), Array(17).fill('3'), null]) {
      expect((await place(bad)).status, JSON.stringify(bad)).toBe(400);
      expect((await own.place(bad)).status, JSON.stringify(bad)).toBe(400);
    }
    expect((await own.place(only({ 0: 3 }), randomUUID())).body).toMatchObject({ code: 'partnership_unknown' });
    expect((await place(only({ 0: 3 }))).status).toBe(201);
    await expect(app.owner.query('update vn.relation_view set scores = scores where centre_id = $1', [centre.id])).rejects.toThrow();
    await expect(
      app.owner.query(
        `insert into vn.relation_view (centre_id, id, partnership_id, side, at, scores) select centre_id, gen_random_uuid(), partnership_id, 'company', at, array_fill(6::smallint, array[17]) from vn.relation_view where centre_id = $1`,
        [centre.id],
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test('4.10 a manager reads and places nothing; a school that takes no part finds nothing', async () => {
    const { centre, dorte, emil, camilla, place, read } = await partners();
    expect(await read(dorte)).toMatchObject({ status: 200, body: { can: { place: false } } });
    expect((await place(only({ 0: 3 }), dorte)).status).toBe(403);
    expect((await place(only({ 0: 3 }), camilla)).status).toBe(201);
    expect((await read(emil)).status).toBe(404);
    const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect((await place(only({ 0: 3 }), karim)).status).toBe(404);
  });

  test('4.10 rows are far apart only where both have placed them', () => {
    expect(farApart(only({ 0: 1, 1: 5, 2: 3 }), only({ 0: 3, 1: 4, 3: 1 }))).toEqual([0]);
    expect(farApart(undefined, only({ 0: 3 }))).toEqual([]);
    expect(placedOf(only({ 0: 3, 16: 1 }))).toBe(2);
  });
});
