import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { makeCourse } from '../../../../tests/support/offers.ts';
import { clientOf } from '../../../../tests/support/scratch.ts';
import { daysOf, faultOf } from './rules.ts';

const app = await testApp();
/** Without the rule that the days add up: the attack must succeed here, or it attacks nothing. */
const unguarded = await testApp();
await unguarded.owner.query('drop trigger t5_holds on vn.programme_item; drop trigger t5_holds on vn.programme');

/** A centre with five AMU goals and an FVU course. */
async function withCourses(on: TestApp = app) {
  const made = await makeCentre(on);
  const goals: string[] = [];
  for (const title of ['Lederen', 'Samtalen', 'Planen', 'Holdet', 'Forandringen']) goals.push(await makeCourse(on, made.centre.id, { title, code: String(41_000 + goals.length) }));
  return { ...made, goals, fvu: await makeCourse(on, made.centre.id, { kind: 'fvu', title: 'FVU-dansk' }) };
}
const glu = (goals: readonly string[], over: object = {}) => ({
  kind: 'composite',
  title: 'GLU',
  days: 13,
  weeks: 26,
  items: [3, 3, 3, 2, 2].map((days, at) => ({ course: goals[at], days, gap: at === 0 ? null : 5 })),
  ...over,
});

describe('programmes', () => {
  test('4.14 five AMU goals with thirteen days over half a year make a programme (AC21); with twelve or fourteen they make none', async () => {
    const { centre, dorte, anna, goals } = await withCourses();
    const add = (body: object) => app.request(dorte).post('/api/programmes', body);
    const made = await add(glu(goals, { schools: [centre.schools.b, centre.schools.a] }));
    expect(made, made.text).toMatchObject({ status: 201, body: { kind: 'composite', days: 13, weeks: 26, school: { name: 'Skole A' }, retiredCourses: 0, can: { edit: true } } });
    expect(made.body.items).toHaveLength(5);
    expect(made.body.schools.map(({ name }: { name: string }) => name)).toEqual(['Skole A', 'Skole B']);
    for (const days of [12, 14, 12.9]) expect(await add(glu(goals, { days })), String(days)).toMatchObject({ status: 422, body: { code: 'programme_days' } });
    expect((await app.request(anna).get('/api/programmes')).body).toMatchObject([{ title: 'GLU', can: { edit: false } }]);
  });

  test('4.11 AMU and FVU, short and long, are combined in an order; a combination of one kind and a composite of two are refused', async () => {
    const { camilla, goals, fvu } = await withCourses();
    const items = [
      { course: fvu, days: 7.5 },
      { course: goals[0], days: 0.5, gap: 2 },
    ];
    const body = { kind: 'combination', title: 'Dansk og truck', days: 8, items };
    const made = await app.request(camilla).post('/api/programmes', body);
    expect(made, made.text).toMatchObject({
      status: 201,
      body: {
        school: null,
        items: [
          { course: { id: fvu, kind: 'fvu' }, days: 7.5, gap: null },
          { course: { kind: 'amu' }, days: 0.5, gap: 2 },
        ],
      },
    });
    expect(await app.request(camilla).post('/api/programmes', { ...body, kind: 'composite' })).toMatchObject({ status: 422, body: { code: 'programme_kinds' } });
    expect(await app.request(camilla).post('/api/programmes', glu(goals, { kind: 'combination' }))).toMatchObject({ status: 422, body: { code: 'programme_kinds' } });
    const turned = await app.request(camilla).put(`/api/programmes/${made.body.id}`, { ...body, items: items.toReversed() }, seen(1));
    expect(turned, turned.text).toMatchObject({ status: 200, body: { version: 2, items: [{ course: { kind: 'amu' } }, { course: { kind: 'fvu' } }] } });
  });

  test('4.14 a programme with a retired course says so; only whoever keeps it and the coordinator change it; nobody else’s courses or schools get in', async () => {
    const { centre, other, dorte, emil, camilla, ida, goals } = await withCourses();
    const { id } = (await app.request(dorte).post('/api/programmes', glu(goals))).body;
    await app.owner.query('update vn.course set retired = true where id = $1', [goals[2]]);
    expect((await app.request(emil).get('/api/programmes')).body[0]).toMatchObject({ retiredCourses: 1, items: [{}, {}, { course: { retired: true } }, {}, {}] });
    expect(await app.request(emil).put(`/api/programmes/${id}`, glu(goals), seen(1))).toMatchObject({ status: 403, body: { code: 'programme_not_yours' } });
    expect(await app.request(ida).put(`/api/programmes/${id}`, glu(goals), seen(1))).toMatchObject({ status: 404 });
    const elsewhere = await makeCourse(app, other.id);
    expect(await app.request(dorte).put(`/api/programmes/${id}`, glu([elsewhere, ...goals.slice(1)]), seen(1))).toMatchObject({ status: 422, body: { code: 'course_not_known' } });
    expect(await app.request(dorte).put(`/api/programmes/${id}`, glu(goals, { schools: [other.schools.g] }), seen(1))).toMatchObject({ status: 422, body: { code: 'school_not_known' } });
    for (const over of [
      { items: [] },
      { items: [{ course: goals[0], days: 13 }] },
      {
        items: [
          { course: goals[0], days: 6.5 },
          { course: goals[0], days: 6.5 },
        ],
      },
      { days: 13.05 },
      { weeks: 0 },
    ])
      expect((await app.request(dorte).put(`/api/programmes/${id}`, glu(goals, over), seen(1))).status, JSON.stringify(over)).toBe(400);
    expect(await app.request(camilla).put(`/api/programmes/${id}`, glu(goals, { retired: true }), seen(1))).toMatchObject({ status: 200, body: { retired: true } });
    expect(await app.request(camilla).put(`/api/programmes/${id}`, glu(goals), seen(1))).toMatchObject({ status: 412 });
    expect((await app.request(camilla).get('/api/programmes')).body).toEqual([]);
    expect(centre.id).not.toBe(other.id);
  });

  test('4.14 two who change days behind the product’s back at once: the days still add up, or nothing is written', async () => {
    // Each takes a day from one part and gives it to another or shortens the programme: alone each half is right for nobody.
    const attack = async (on: TestApp) => {
      const { camilla, goals } = await withCourses(on);
      const { id } = (await on.request(camilla).post('/api/programmes', glu(goals))).body;
      const once = async (work: string) => {
        const client = await clientOf(on.database, 'admin');
        try {
          await client.query('begin');
          await client.query(`select set_config('app.centre', $1, true)`, [camilla.centreId]);
          await client.query(work, [id]);
          await client.query('commit');
          return 'written';
        } catch (error) {
          await client.query('rollback');
          return (error as { code: string }).code;
        } finally {
          await client.end();
        }
      };
      const results = await Promise.all([
        once('update vn.programme_item set days = days + 1 where programme_id = $1 and no = 1'),
        once('update vn.programme_item set days = days - 1 where programme_id = $1 and no = 2'),
        once('update vn.programme set days = 12 where id = $1'),
        once('delete from vn.programme_item where programme_id = $1 and no = 3'),
      ]);
      const sum = await on.owner.query('select p.days, sum(i.days) of_items from vn.programme p join vn.programme_item i on i.programme_id = p.id where p.id = $1 group by p.days', [id]);
      return { results, holds: Number(sum.rows[0].days) === Number(sum.rows[0].of_items) };
    };
    expect(await attack(app)).toEqual({ results: Array(4).fill('VN441'), holds: true });
    expect(await attack(unguarded)).toMatchObject({ results: Array(4).fill('written'), holds: false });
    const { goals, centre } = await withCourses();
    const straight = app.owner.query(
      `do $$ begin perform set_config('app.centre', '${centre.id}', true); insert into vn.programme (centre_id, id, kind, title, days) values ('${centre.id}', '${randomUUID()}', 'composite', 'Tom', 3); end $$`,
    );
    await expect(straight).rejects.toMatchObject({ code: 'VN443' });
    expect(goals).toHaveLength(5);
  });

  test('4.14 days with one decimal add up exactly', () => {
    expect(daysOf([{ days: 0.1 }, { days: 0.2 }])).toBe(0.3);
    const items = [
      { days: 0.1, kind: 'amu' as const },
      { days: 0.2, kind: 'amu' as const },
    ];
    expect(faultOf({ kind: 'composite', days: 0.3, items })).toBeNull();
    expect(faultOf({ kind: 'composite', days: 0.4, items })).toBe('programme_days');
    expect(faultOf({ kind: 'combination', days: 0.3, items })).toBe('programme_kinds');
  });
});
