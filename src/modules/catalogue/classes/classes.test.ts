import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { hoursOf, sessionsOf } from './rules.ts';

const app = await testApp();
const made = async () => {
  const all = await makeCentre(app);
  const course = await app
    .request(all.emil)
    .post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: ['H'], awards: 'certificate', days: 7 });
  expect(course.status, course.text).toBe(201);
  return { ...all, course: course.body.id as string };
};
type Made = Awaited<ReturnType<typeof made>>;
const basic = ({ course, centre }: Made, over: object = {}) => ({
  course,
  school: centre.schools.b,
  starts: '2027-01-11',
  ends: '2027-01-19',
  minimum: 8,
  maximum: 16,
  postcode: '7600',
  town: 'Struer',
  price: 145600,
  ...over,
});
const plan = (it: Made, by: TestPerson, over: object = {}) => app.request(by).post('/api/classes', basic(it, over));

describe('classes of all schools', () => {
  test('4.05 a manager plans a class of the own school; it is tentative, and all schools see it', async () => {
    const it = await made();
    const planned = await plan(it, it.emil, { no: 'æT40011-0111' });
    expect(planned, planned.text).toMatchObject({
      status: 201,
      body: { no: 'æT40011-0111', title: 'Gaffeltruck – certifikat B', state: 'tentative', minimum: 8, maximum: 16, price: 145600, version: 1, can: { edit: true } },
    });
    expect(await plan(it, it.dorte)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await plan(it, it.anna)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    // A school that plans a class of a course runs it.
    expect(await plan(it, it.camilla, { school: it.centre.schools.a })).toMatchObject({ status: 201 });
    expect((await app.request(it.anna).get(`/api/courses/${it.course}`)).body).toMatchObject({ classes: 2, next: '2027-01-11', schools: [{}, {}] });
    expect((await app.request(it.dorte).get('/api/classes')).body.items).toHaveLength(2);
    const other = await makeCentre(app);
    expect((await app.request(other.anna).get('/api/classes')).body.items).toEqual([]);
    expect(await app.request(other.camilla).get(`/api/classes/${planned.body.id}`)).toMatchObject({ status: 404 });
    expect(await app.request(it.emil).delete(`/api/courses/${it.course}/schools/${it.centre.schools.b}`)).toMatchObject({ status: 409, body: { code: 'course_has_classes' } });
  });

  test('4.05 a class number stands for one class; the same one in parallel is refused', async () => {
    const it = await made();
    expect((await Promise.all([1, 2, 3].map(() => plan(it, it.emil, { no: 'K1' })))).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const second = await plan(it, it.emil, { no: 'K2' });
    expect(await app.request(it.emil).put(`/api/classes/${second.body.id}`, basic(it, { no: 'K1' }), seen(1))).toMatchObject({ status: 409, body: { code: 'class_known' } });
    expect(await app.request(it.emil).put(`/api/classes/${second.body.id}`, basic(it, { no: 'K2', maximum: 20 }), seen(1))).toMatchObject({ status: 200, body: { maximum: 20, version: 2 } });
    expect(await app.request(it.emil).put(`/api/classes/${second.body.id}`, basic(it, { no: 'K2' }), seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect(await app.request(it.dorte).put(`/api/classes/${second.body.id}`, basic(it, { no: 'K2' }), seen(2))).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
  });

  test('4.05 impossible classes are refused: minimum above maximum, an end before the start, unknown course, school or form, a price that is none', async () => {
    const it = await made();
    const other = await made();
    for (const [status, over] of [
      [400, { minimum: 17 }],
      [400, { ends: '2027-01-10' }],
      [400, { starts: '2027-02-30' }],
      [400, { decidedBy: '2027-01-12' }],
      [400, { price: -1 }],
      [400, { price: 1.5 }],
      [400, { price: '1040' }],
      [400, { postcode: '76' }],
      [400, { weekdays: [8] }],
      [400, { maximum: 0, minimum: 0 }],
      [422, { course: other.course }],
      [422, { school: other.centre.schools.b }],
      [422, { delivery: 'rocket' }],
    ] as const)
      expect((await plan(it, it.camilla, over)).status, JSON.stringify(over)).toBe(status);
    expect((await app.request(it.anna).get('/api/classes')).body.items).toEqual([]);
  });

  test('4.15 a course is cut into 4 x 4 hours, 3 weeks apart: 16 hours in all (AC20)', async () => {
    const it = await made();
    const split = { meetings: 4, hours: 4, weeksApart: 3, starts: '13:30' };
    const planned = await plan(it, it.emil, { split, delivery: 'split', part: 'shift', ends: '2027-01-11' });
    expect(planned, planned.text).toMatchObject({ status: 201, body: { starts: '2027-01-11', ends: '2027-03-15', hours: 16, part: 'shift', delivery: 'split' } });
    expect(planned.body.sessions).toEqual([
      { no: 1, day: '2027-01-11', starts: '13:30', ends: '17:30' },
      { no: 2, day: '2027-02-01', starts: '13:30', ends: '17:30' },
      { no: 3, day: '2027-02-22', starts: '13:30', ends: '17:30' },
      { no: 4, day: '2027-03-15', starts: '13:30', ends: '17:30' },
    ]);
    expect(await plan(it, it.emil, { split: { ...split, starts: '21:00' } })).toMatchObject({ status: 400, body: { fields: [{ path: 'split.hours', code: 'past_midnight' }] } });
    expect((await plan(it, it.emil, { split: { ...split, meetings: 0 } })).status).toBe(400);
  });

  test('4.15 sessions written one by one keep within the class and do not overlap', async () => {
    const it = await made();
    const at = (day: string, starts: string, ends: string) => ({ day, starts, ends });
    expect(await plan(it, it.emil, { sessions: [at('2027-01-12', '08:00', '12:00'), at('2027-01-11', '08:00', '15:24')] })).toMatchObject({
      status: 201,
      body: { hours: 11.4, sessions: [{ day: '2027-01-11' }, { day: '2027-01-12' }] },
    });
    expect(await plan(it, it.emil, { sessions: [at('2027-01-12', '08:00', '12:00'), at('2027-01-12', '11:59', '15:00')] })).toMatchObject({ status: 422, body: { code: 'sessions_overlap' } });
    expect(await plan(it, it.emil, { sessions: [at('2027-01-20', '08:00', '12:00')] })).toMatchObject({ status: 400, body: { fields: [{ path: 'sessions', code: 'outside' }] } });
    expect((await plan(it, it.emil, { sessions: [at('2027-01-12', '12:00', '08:00')] })).status).toBe(400);
    expect(hoursOf([{ starts: '08:00', ends: '15:24' }])).toBe(7.4);
    expect(sessionsOf({ meetings: 2, hours: 7.4, weeksApart: 4, starts: '08:00' }, '2026-12-28')?.map(({ day, ends }) => [day, ends])).toEqual([
      ['2026-12-28', '15:24'],
      ['2027-01-25', '15:24'],
    ]);
  });

  test('4.01 classes are found by place and distance, by time, field and state; page by page none is lost', async () => {
    const it = await made();
    const places = { '7600': 'Struer', '7620': 'Lemvig', '8000': 'Aarhus C' };
    for (const [postcode, town] of Object.entries(places))
      for (const day of ['2027-01-11', '2027-02-11']) expect((await plan(it, it.emil, { postcode, town, starts: day, ends: day, part: day < '2027-02' ? 'day' : 'evening' })).status).toBe(201);
    const list = async (query: string) => (await app.request(it.anna).get(`/api/classes?${query}`)).body.items as { place: { town: string }; km: number | null; starts: string }[];
    const near = await list('near=7600&km=50');
    expect(new Set(near.map(({ place }) => place.town))).toEqual(new Set(['Struer', 'Lemvig']));
    expect(near.find(({ place }) => place.town === 'Struer')?.km).toBe(0);
    expect((await list('near=7600')).every(({ km }) => km !== null)).toBe(true);
    // A firm’s own postcode lies about where the one before it does.
    expect((await list('near=7601&km=50')).length).toBe(4);
    expect(await list('near=9999&km=5')).toEqual([]);
    expect(await list('part=evening&from=2027-02-01&to=2027-02-28')).toHaveLength(3);
    expect(await list('field=digital')).toEqual([]);
    expect(await list('industry=H&state=tentative')).toHaveLength(6);
    expect(await list('from=2027-03-01')).toEqual([]);
    const ids = new Set<string>();
    for (let cursor = ''; ; ) {
      const { body } = await app.request(it.anna).get(`/api/classes?limit=4${cursor}`);
      for (const { id } of body.items) ids.add(id);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(ids.size).toBe(6);
    expect(await app.request(it.anna).get('/api/classes?cursor=nonsense')).toMatchObject({ status: 400 });
  });

  test('4.05 what is over stays as it was, and a school that has left plans nothing', async () => {
    const it = await made();
    const planned = await plan(it, it.camilla);
    await app.owner.query('update vn.class set starts = $2, ends = $2 where id = $1', [planned.body.id, '2020-01-01']);
    expect((await app.request(it.anna).get('/api/classes')).body.items).toEqual([]);
    expect((await app.request(it.anna).get('/api/classes?from=2019-12-31')).body.items).toHaveLength(1);
    expect(await app.request(it.camilla).put(`/api/classes/${planned.body.id}`, basic(it), seen(1))).toMatchObject({ status: 409, body: { code: 'class_over' } });
  });
});
