import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { ableSchools } from './rules.ts';

const app = await testApp();
const write = (by: TestPerson, school: string, field: string, body: object, version = 0) => app.request(by).put(`/api/schools/${school}/provision/${field}`, body, seen(version));
const remove = (by: TestPerson, school: string, field: string, version: number) => app.request(by).delete(`/api/schools/${school}/provision/${field}`, seen(version));
const wide = { industries: [], municipalities: [] };

describe('what schools offer, in outline', () => {
  test('3.09 a school’s manager writes what it teaches, for whom and where; all schools read it', async () => {
    const { centre, emil, anna, dorte } = await makeCentre(app);
    const first = await write(emil, centre.schools.b, 'certificates', { industries: ['C', 'F'], municipalities: ['0665'] });
    expect(first, first.text).toMatchObject({ status: 200, body: { school: centre.schools.b, field: 'certificates', industries: ['C', 'F'], municipalities: ['0665'], version: 1 } });
    expect(await write(emil, centre.schools.b, 'certificates', wide, 1)).toMatchObject({ status: 200, body: { industries: [], version: 2 } });
    expect(await write(emil, centre.schools.b, 'certificates', wide, 1)).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 2 } } });
    const found = (await app.request(anna).get('/api/provision')).body;
    expect(found.lines).toEqual([{ school: centre.schools.b, field: 'certificates', ...wide, version: 2 }]);
    expect(found.schools.map(({ can }: { can: { write: boolean } }) => can.write)).toEqual(found.schools.map(() => false));
    expect((await app.request(dorte).get('/api/provision')).body.schools.filter(({ can }: { can: { write: boolean } }) => can.write)).toEqual([expect.objectContaining({ id: centre.schools.a })]);
    expect(await remove(emil, centre.schools.b, 'certificates', 2)).toMatchObject({ status: 204 });
    expect(await remove(emil, centre.schools.b, 'certificates', 0)).toMatchObject({ status: 404 });
  });

  test('3.09 no manager writes for another school, nobody for another centre; unknown fields, industries and municipalities are refused', async () => {
    const { centre, emil, camilla } = await makeCentre(app);
    const other = await makeCentre(app);
    expect(await write(emil, centre.schools.a, 'digital', wide)).toMatchObject({ status: 403, body: { code: 'provision_not_yours' } });
    expect(await write(emil, other.centre.schools.b, 'digital', wide)).toMatchObject({ status: 404 });
    expect(await write(camilla, centre.schools.a, 'digital', wide)).toMatchObject({ status: 200 });
    for (const [field, body] of [
      ['other', wide],
      ['digital', { ...wide, industries: ['Z'] }],
      ['digital', { ...wide, municipalities: ['9999'] }],
      ['digital', { ...wide, industries: ['C', 'C'] }],
      ['digital', { ...wide, price: 1 }],
    ] as const)
      expect((await write(emil, centre.schools.b, field, body)).status, JSON.stringify([field, body])).toBe(400);
    expect((await app.request(other.emil).get('/api/provision')).body.lines).toEqual([]);
  });

  test('3.09 two who write the same line at once: one of them is told', async () => {
    const { centre, emil, camilla } = await makeCentre(app);
    const answers = await Promise.all([write(emil, centre.schools.b, 'training', wide), write(camilla, centre.schools.b, 'training', { ...wide, industries: ['Q'] })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('3.02 who could answer a need: by field, industry and place; where nobody knows, everybody could', () => {
    const line = (school: string, over: object = {}) => ({ school: school as never, field: 'certificates' as const, industries: [], municipalities: [], ...over });
    const lines = [line('a'), line('b', { industries: ['C'] }), line('c', { municipalities: ['0665'] })];
    const able = (wanted: object) => ableSchools(['a', 'b', 'c', 'd'] as never[], lines, { field: 'certificates', section: 'C', municipality: '0665', ...wanted });
    expect(able({})).toEqual(['a', 'b', 'c']);
    expect(able({ section: 'F' })).toEqual(['a', 'c']);
    expect(able({ municipality: '0671' })).toEqual(['a', 'b']);
    expect(able({ section: null, municipality: null })).toEqual(['a', 'b', 'c']);
    expect(able({ field: 'digital' })).toEqual(['a', 'b', 'c', 'd']);
    expect(able({ field: null })).toEqual(['a', 'b', 'c', 'd']);
  });
});
