import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { cellsOfField, type Market, pairsOf } from './model.ts';

const app = await testApp();
const line = (school: string, field: string, over: object = {}) => ({ school: school as never, field: field as 'digital', industries: [], municipalities: [], version: 1, ...over });
const market: Market[] = [
  { section: 'C', municipality: '0665', companies: 30 },
  { section: 'C', municipality: '0671', companies: 10 },
  { section: 'F', municipality: '0665', companies: 60 },
];

describe('where schools offer the same', () => {
  test('3.09 who offers a field, industry by municipality; a cell with one school or none is seen as such', () => {
    const lines = [line('a', 'digital'), line('b', 'digital', { industries: ['C'], municipalities: ['0665'] }), line('b', 'training')];
    expect(cellsOfField(['a', 'b', 'c'], lines, market, 'digital').map(({ schools }) => schools)).toEqual([['a', 'b'], ['a'], ['a']]);
    expect(cellsOfField(['a', 'b', 'c'], lines, market, 'apprentices').map(({ schools }) => schools)).toEqual([[], [], []]);
  });

  test('3.09 how alike two schools are: companies both have something for, of those that either has; the same both ways, between nothing and all', () => {
    const lines = [line('a', 'digital'), line('b', 'digital', { industries: ['C'] }), line('c', 'training')];
    expect(pairsOf(['a', 'b', 'c', 'd'], lines, market)).toEqual([
      { one: 'a', other: 'b', share: 0.4 },
      { one: 'a', other: 'c', share: 0 },
      { one: 'a', other: 'd', share: 0 },
      { one: 'b', other: 'c', share: 0 },
      { one: 'b', other: 'd', share: 0 },
      { one: 'c', other: 'd', share: 0 },
    ]);
    expect(pairsOf(['a', 'b'], [line('a', 'digital'), line('b', 'digital')], market)).toEqual([{ one: 'a', other: 'b', share: 1 }]);
  });

  test('3.09 from the schools’ own words and the register of the centre, and of no other', async () => {
    const { centre, camilla, anna } = await makeCentre(app);
    const away = await makeCentre(app);
    for (let at = 0; at < 3; at += 1) await makeCompany(app, [centre], { scheme: 'DB25', industry_code: '251100', municipality: '0665', postcode: '7620', town: 'Lemvig' });
    await makeCompany(app, [away.centre], { scheme: 'DB25', industry_code: '251100', municipality: '0101' });
    await app.request(camilla).put(`/api/schools/${centre.schools.a}/provision/digital`, { industries: [], municipalities: [] }, seen(0));
    const answer = await app.request(anna).get('/api/overlap?field=digital');
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.municipalities).toEqual(['0665']);
    expect(answer.body.cells.reduce((sum: number, { companies }: { companies: number }) => sum + companies, 0)).toBe(3);
    for (const { schools } of answer.body.cells) expect(schools).toEqual([centre.schools.a]);
    expect((await app.request(anna).get('/api/overlap?field=other')).status).toBe(400);
    expect((await app.request(anna).get('/api/overlap')).status).toBe(400);
  });
});
