import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { makeClass, makeCourse } from '../../../../tests/support/offers.ts';
import { shownOf } from './rules.ts';

const app = await testApp();
const group = { name: 'Natholdet', day: '2026-11-10', people: 20, tested: 20, leaders: 0, reading: { very_badly: 5, badly: 6, well: 9 } };
const three = { name: 'Lageret', day: '2026-11-10', people: 3, tested: 3, reading: { very_badly: 2, badly: 1, well: 0 } };

describe('screening of whole groups', () => {
  test('4.12 of a group of 20 of whom 5 read very badly the school reads 25 %; of a group of 3 nothing, and nothing of it is kept', async () => {
    const { centre, anna } = await makeCentre(app);
    const add = (body: object) => app.request(anna).post('/api/screenings', { school: centre.schools.a, ...body });
    const first = await add({ ...group, leaders: 2, maths: { very_badly: 12, badly: 8, well: 0 } });
    expect(first, first.text).toMatchObject({
      status: 201,
      body: { people: 20, leaders: 2, threshold: 5, reading: [{ result: 'very_badly', count: 5, percent: 25 }, { percent: 30 }, { percent: 45 }] },
    });
    expect(first.body.maths.map(({ count }: { count: number | null }) => count)).toEqual([12, null, null]);
    const small = await add(three);
    expect(small.body.reading.map(({ count }: { count: number | null }) => count)).toEqual([null, null, null]);
    const { rows } = await app.owner.query(`select to_jsonb(s)::text it from vn.screening s where name = 'Lageret'`);
    expect(rows[0].it).toContain('"reading": [null, null, null]');
  });

  test('4.13 a screening of a few is refused, by the database too; leaders may join and are only counted', async () => {
    const { centre, anna } = await makeCentre(app);
    const add = (body: object) => app.request(anna).post('/api/screenings', { school: centre.schools.a, ...group, ...body });
    expect(await add({ tested: 4, reading: { very_badly: 4, badly: 0, well: 0 } })).toMatchObject({ status: 422, body: { code: 'not_the_whole_group' } });
    expect(await add({ tested: 21 })).toMatchObject({ status: 422, body: { code: 'not_the_whole_group' } });
    expect(await add({ leaders: 3 })).toMatchObject({ status: 201, body: { people: 20, leaders: 3 } });
    const straight = (people: number, tested: number, reading: string) =>
      inside(app, anna, (client) =>
        client.query(
          `insert into vn.screening (centre_id, id, school_id, name, day, people, tested, leaders, reading, threshold, by_id, at) values ($1, gen_random_uuid(), $2, 'x', '2026-11-10', $3, $4, 0, $5, 5, $6, now())`,
          [centre.id, centre.schools.a, people, tested, reading, anna.id],
        ),
      );
    await expect(straight(20, 4, '{NULL,NULL,NULL}')).rejects.toMatchObject({ constraint: 'screening_whole_group' });
    await expect(straight(20, 20, '{4,NULL,12}')).rejects.toMatchObject({ constraint: 'screening_shown' });
    expect((await straight(20, 20, '{5,NULL,NULL}')).rowCount).toBe(1);
  });

  test('4.12 figures that are no group, days to come, other schools and their classes are refused', async () => {
    const { centre, other, anna, camilla } = await makeCentre(app);
    const course = await makeCourse(app, centre.id);
    const made = (school: string) => makeClass(app, { centre: centre.id, course, school, starts: '2026-11-09', ends: '2026-11-11' });
    const add = (body: object, by = anna) => app.request(by).post('/api/screenings', { school: centre.schools.a, ...group, ...body });
    for (const body of [
      { people: 0, tested: 0 },
      { people: -1, tested: -1 },
      { people: 20.5, tested: 20.5 },
      { reading: { very_badly: 5, badly: 6, well: 8 } },
      { reading: { very_badly: -5, badly: 16, well: 9 } },
      { reading: { very_badly: 5, badly: 15 } },
      { maths: { very_badly: 1, badly: 1, well: 1 } },
      { leaders: -1 },
      { name: ' ' },
      { day: '2026-11-18' },
      { school: other.schools.g },
      { people: '20' },
    ])
      expect((await add(body)).status, JSON.stringify(body)).toBe(400);
    expect(await add({ school: centre.schools.b })).toMatchObject({ status: 403, body: { code: 'screening_not_yours' } });
    expect(await add({ class: await made(centre.schools.b) })).toMatchObject({ status: 422, body: { code: 'class_not_known' } });
    expect(await add({ class: await made(centre.schools.a) })).toMatchObject({ status: 201, body: { class: { title: 'Mødeledelse' } } });
    expect((await add({ school: centre.schools.b }, camilla)).status).toBe(201);
  });

  test('4.12 the own school and the coordinator read it; what is put together nobody reads, until its quarter is over', async () => {
    const { centre, anna, dorte, emil, camilla, ida } = await makeCentre(app);
    const add = (body: object) => app.request(anna).post('/api/screenings', { school: centre.schools.a, ...body });
    await add(group);
    for (let at = 0; at < 6; at += 1) await add({ ...three, reading: { very_badly: 1, badly: 1, well: 1 } });
    for (const [reader, count] of [
      [anna, 7],
      [dorte, 7],
      [camilla, 7],
      [emil, 0],
      [ida, 0],
    ] as const)
      expect((await app.request(reader).get('/api/screenings')).body, reader.name).toHaveLength(count);
    const totals = async () => (await app.request(camilla).get('/api/screening-totals')).body.reading;
    expect(await totals()).toMatchObject({ groups: 7, people: 38, hidden: 18, counts: [{ atLeast: 5 }, { atLeast: 6 }, { atLeast: 9 }] });
    expect((await app.request(dorte).get('/api/screening-totals')).status).toBe(403);
    expect((await inside(app, camilla, (client) => client.query('select centre_id from vn.screening_rest'))).rowCount).toBe(0);
    await expect(inside(app, camilla, (client) => client.query('select counts from vn.screening_rest'))).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, camilla, (client) => client.query('select * from vn.screenings_to_count()'))).rejects.toMatchObject({ code: '42501' });
    await app.sweep();
    expect(await totals()).toMatchObject({ hidden: 18 });
    app.clock.set('2027-01-04T09:00:00+01:00');
    await app.sweep();
    app.clock.set('2026-11-17T09:00:00+01:00');
    expect(await totals()).toMatchObject({ people: 38, hidden: 0, counts: [{ atLeast: 11 }, { atLeast: 12 }, { atLeast: 15 }] });
    expect((await app.owner.query('select from vn.screening_rest where centre_id = $1', [centre.id])).rowCount).toBe(0);
  });

  test('4.12 tested backwards: whoever knows the rule, the threshold and the size of the group cannot tell a hidden figure, nor that it is nought or everybody', () => {
    for (const threshold of [3, 5])
      for (let people = 1; people <= 26; people += 1) {
        const seen = new Map<string, number[][]>();
        for (let a = 0; a <= people; a += 1)
          for (let b = 0; a + b <= people; b += 1) {
            const counts = [a, b, people - a - b];
            const display = JSON.stringify(shownOf(counts, threshold));
            seen.set(display, [...(seen.get(display) ?? []), counts]);
          }
        for (const [display, all] of seen)
          for (const [at, cell] of (JSON.parse(display) as (number | null)[]).entries()) {
            const possible = all.map((counts) => counts[at] ?? 0);
            if (cell === null) {
              expect(new Set(possible).size, `${people} ${threshold} ${display}`).toBeGreaterThan(1);
              expect(Math.max(...possible), `${people} ${threshold} ${display}`).toBeGreaterThan(0);
            } else {
              expect(possible.every((each) => each === cell)).toBe(true);
              expect(cell).toBeGreaterThanOrEqual(threshold);
              expect(people - cell).toBeGreaterThanOrEqual(threshold);
            }
          }
      }
  });
});
