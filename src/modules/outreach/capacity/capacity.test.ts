import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { weekState } from './rules.ts';

const app = await testApp();
const address = '/api/capacity';
const week = '2026-11-23';
const cell = (scope: string, id: string, agreed: number, was: number | null = null, of = week) => ({ scope, id, week: of, agreed, was });
const write = (person: { token: string }, ...cells: unknown[]) => app.request(person).put(address, { cells });
const read = async (person: { token: string }) =>
  (await app.request(person).get(`${address}?from=${week}&count=2`)).body.rows.map((row: { scope: string; name: string; weeks: unknown[] }) => [row.scope, row.name, row.weeks[0]]);

describe('2.05 agreed capacity', () => {
  test('401, 403 for the call agent and others, 404 for another school’s and another centre’s', async () => {
    const { bo, karen, dorte, ida, centre, anna } = await makeCentre(app);
    expect((await app.request(null).get(address)).status).toBe(401);
    for (const person of [bo, karen]) expect((await app.request(person).get(address)).status).toBe(403);
    expect((await write(dorte, cell('school', centre.schools.b, 5))).status).toBe(404);
    for (const [scope, id] of [
      ['centre', centre.id],
      ['school', centre.schools.a],
      ['consultant', anna.id],
    ] as const)
      expect((await write(ida, cell(scope, id, 5))).status).toBe(404);
  });

  test('the coordinator agrees for all; a manager for the own school and its consultants, and sees no other figures', async () => {
    const { camilla, dorte, emil, anna, centre } = await makeCentre(app);
    const jan = await makePerson(app, 'Jan', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect((await write(camilla, cell('centre', centre.id, 12), cell('school', centre.schools.a, 5), cell('school', centre.schools.b, 7))).status).toBe(204);
    expect((await write(dorte, cell('school', centre.schools.a, 6, 5), cell('consultant', anna.id, 3))).status).toBe(204);
    expect((await write(dorte, cell('consultant', jan.id, 3))).status).toBe(404);
    const booked = (agreed: number) => ({ week, agreed, used: 0 });
    expect(await read(dorte)).toEqual([
      ['school', 'Skole A', booked(6)],
      ['consultant', 'Anna', booked(3)],
    ]);
    expect(await read(emil)).toEqual([
      ['school', 'Skole B', booked(7)],
      ['consultant', 'Jan', { week, agreed: null, used: 0 }],
    ]);
    expect(await read(anna)).toEqual([['consultant', 'Anna', booked(3)]]);
    expect((await read(camilla)).map(([, name]: [string, string]) => name)).toEqual(['VEU-center Prøven', 'Skole A', 'Skole B', 'Skole C', 'Anna', 'Jan']);
    for (const person of [dorte, emil]) expect((await inside(app, person, (client) => client.query(`select from vn.capacity where scope = 'centre'`))).rowCount).toBe(0);
  });

  test('what somebody else agreed meanwhile refuses the whole, and nothing of it is kept', async () => {
    const { camilla, centre } = await makeCentre(app);
    await write(camilla, cell('centre', centre.id, 12));
    for (const was of [null, 11])
      expect(await write(camilla, cell('school', centre.schools.a, 5), cell('centre', centre.id, 9, was))).toMatchObject({ status: 409, body: { code: 'capacity_changed' } });
    expect((await read(camilla)).slice(0, 2)).toEqual([
      ['centre', 'VEU-center Prøven', { week, agreed: 12, used: 0 }],
      ['school', 'Skole A', { week, agreed: null, used: 0 }],
    ]);
  });

  test.each([
    ['a week that does not begin on Monday', [cell('centre', '01990000-0000-7000-8000-000000000010', 5, null, '2026-11-24')]],
    ['a negative number', [cell('centre', '01990000-0000-7000-8000-000000000010', -1)]],
    ['one cell twice', [cell('centre', '01990000-0000-7000-8000-000000000010', 1), cell('centre', '01990000-0000-7000-8000-000000000010', 2)]],
    ['nothing', []],
  ])('400 for %s', async (_what, cells) => {
    const { camilla } = await makeCentre(app);
    expect((await write(camilla, ...cells)).status).toBe(400);
  });

  test('nobody writes what is used, and a manager agrees for no other school by SQL', async () => {
    const { dorte, camilla, centre } = await makeCentre(app);
    await expect(inside(app, camilla, (client) => client.query('update vn.capacity set used = 0'))).rejects.toMatchObject({ code: '42501' });
    await expect(
      inside(app, dorte, (client) => client.query(`insert into vn.capacity (centre_id, scope, scope_id, week, agreed) values ($1, 'school', $2, $3, 5)`, [centre.id, centre.schools.b, week])),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('whoever calls is told what is left of the coming weeks', async () => {
    const { bo, camilla, centre } = await makeCentre(app);
    await write(camilla, cell('centre', centre.id, 12));
    expect((await app.request(bo).get('/api/capacity/open-weeks')).body.slice(0, 2)).toEqual([
      { week: '2026-11-16', agreed: 0, used: 0 },
      { week, agreed: 12, used: 0 },
    ]);
  });

  test.each([
    [null, 0, 'none'],
    [0, 0, 'none'],
    [0, 2, 'full'],
    [12, 5, 'open'],
    [12, 12, 'full'],
  ] as const)('agreed %s, used %s: %s', (agreed, used, state) => expect(weekState({ agreed, used })).toBe(state));
});
