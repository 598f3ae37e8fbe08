import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { makeClass, makeCourse } from '../../../../tests/support/offers.ts';
import type { StandIn } from './contract.ts';

const app = await testApp();

test('4.03 a teacher falls ill: who is free on all days of the class and teaches it, the own school’s first, then who is lent, then who can be', async () => {
  const { centre, dorte, emil, camilla, anna } = await makeCentre(app);
  const { a, b } = centre.schools;
  const course = await makeCourse(app, centre.id, { title: 'Gaffeltruck B' });
  const there = await makeClass(app, { centre: centre.id, course, school: b, starts: '2027-01-11', ends: '2027-01-19', weekdays: [] });
  const add = async (by: typeof emil, school: string, name: string, over: object = {}) => {
    const added = await app.request(by).post('/api/teachers', { school, name, fields: ['management'], courses: [], daysAWeek: 5, lendable: { from: '2026-11-01', to: '2027-06-30' }, ...over });
    expect(added.status, added.text).toBe(201);
    return added.body.id as string;
  };
  const ill = await add(emil, b, 'Ole Syg');
  expect((await app.request(emil).post(`/api/teachers/${ill}/classes`, { class: there })).status).toBe(201);
  await app.request(emil).post(`/api/teachers/${ill}/absences`, { from: '2027-01-10' });
  await add(emil, b, 'Bo Felt');
  await add(emil, b, 'Åse Kursus', { courses: [course], fields: [] });
  await add(emil, b, 'Kim Andet', { fields: ['digital'] });
  const busy = await add(emil, b, 'Tom Optaget');
  await app.request(emil).post(`/api/teachers/${busy}/own-uses`, { what: 'Grundforløb', first: '2027-01-15', last: '2027-01-15', weekdays: [5] });
  await add(emil, b, 'Ud Gået', { retired: true });
  const lent = await add(dorte, a, 'Lis Lånt');
  const loan = await app.request(emil).post(`/api/teachers/${lent}/loans`, { school: b, first: '2027-01-11', last: '2027-01-22', weekdays: [1, 2, 3, 4, 5] });
  expect((await app.request(dorte).put(`/api/teacher-loans/${loan.body.id}/answer`, { agree: true }, seen(1))).status).toBe(200);
  await add(dorte, a, 'Ada Kan');
  await add(dorte, a, 'Per Ikke', { daysAWeek: 0, lendable: null });
  await add(dorte, a, 'Eva Kort', { lendable: { from: '2026-11-01', to: '2027-01-15' } });

  const asked = await app.request(emil).get(`/api/classes/${there}/stand-ins`);
  expect(asked.status, asked.text).toBe(200);
  expect((asked.body as StandIn[]).map(({ teacher, way }) => `${teacher.name}: ${way}`)).toEqual(['Åse Kursus: own', 'Bo Felt: own', 'Lis Lånt: lent', 'Ada Kan: ask']);
  expect((await app.request(camilla).get(`/api/classes/${there}/stand-ins`)).body).toEqual(asked.body);
  expect((await app.request(anna).get(`/api/classes/${there}/stand-ins`)).status).toBe(403);
  const other = await makeCentre(app);
  expect((await app.request(other.camilla).get(`/api/classes/${there}/stand-ins`)).status).toBe(404);
});
