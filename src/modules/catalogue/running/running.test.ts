import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, staysSignedIn, type TestPerson } from '../../../../tests/support/factory.ts';
import type { Brief } from './contract.ts';

const app = await testApp();

async function made() {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const all = await makeCentre(app);
  await staysSignedIn(app, all.centre);
  const course = await app.request(all.emil).post('/api/courses', { kind: 'own', title: 'Tegningslæsning', goal: 'Du læser en tegning.', field: 'training', industries: [], awards: 'competence' });
  const planned = await app.request(all.emil).post('/api/classes', {
    course: course.body.id,
    school: all.centre.schools.b,
    starts: '2026-12-07',
    ends: '2026-12-07',
    minimum: 1,
    maximum: 10,
    place: 'Værkstedet',
    split: { meetings: 3, hours: 4, weeksApart: 1, starts: '08:00' },
  });
  expect(planned.status, planned.text).toBe(201);
  const id = planned.body.id as string;
  const company = await makeCompany(app, [all.centre], { name: 'Solhøj Maskinteknik' });
  const email = `preben-${randomUUID().slice(0, 8)}@firma.example`;
  await app.owner.query('update vn.contact set email = $1 where id = $2', [email, await makeContact(app, all.centre, company, 'Preben')]);
  expect((await app.request(all.anna).post(`/api/classes/${id}/seats`, { company: company.id, heads: 2 })).status).toBe(201);
  return { ...all, id, company, email };
}
const brief = (by: TestPerson, id: string) => app.request(by).get(`/api/classes/${id}/brief`);
const mark = (by: TestPerson, id: string, no: number, present: unknown) => app.request(by).put(`/api/classes/${id}/sessions/${no}/attendance`, { present });
const move = async (by: TestPerson, id: string, no: number, over: object = {}, version = 1) =>
  app.request(by).put(`/api/classes/${id}/sessions/${no}`, { day: '2026-12-09', starts: '09:00', ends: '13:00', because: 'Stor ordre', ...over }, seen(version));

describe('a class that runs', () => {
  test('4.17 the teacher’s sheet says how many come from each company and what they said about breaks, and nothing about persons', async () => {
    const it = await made();
    const [seat] = (await app.request(it.emil).get(`/api/classes/${it.id}/seats`)).body.seats;
    await app.request(it.emil).put(`/api/seats/${seat.id}`, { bindingAfter: null, needs: 'Spiser kl. 11', supplement: null }, seen(seat.version));
    const found = await brief(it.emil, it.id);
    expect(found, found.text).toMatchObject({
      status: 200,
      body: { title: 'Tegningslæsning', goal: 'Du læser en tegning.', groups: [{ company: 'Solhøj Maskinteknik', heads: 2, needs: 'Spiser kl. 11' }], can: { mark: true, move: true } },
    });
    expect((found.body as Brief).sessions.map(({ day, starts, ends, begun, present }) => [day, starts, ends, begun, present])).toEqual([
      ['2026-12-07', '08:00', '12:00', false, null],
      ['2026-12-14', '08:00', '12:00', false, null],
      ['2026-12-21', '08:00', '12:00', false, null],
    ]);
    expect(found.text).not.toContain('Preben');
    expect(await brief(it.camilla, it.id)).toMatchObject({ status: 200 });
    for (const other of [it.anna, it.dorte]) expect(await brief(other, it.id)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await brief(it.ida, it.id)).toMatchObject({ status: 404 });
  });

  test('5.27 once a session has begun its school says how many were there; the last one who says it is right', async () => {
    const it = await made();
    expect(await mark(it.emil, it.id, 1, 2)).toMatchObject({ status: 409, body: { code: 'session_not_begun' } });
    app.clock.set('2026-12-07T09:00:00+01:00');
    expect(await mark(it.emil, it.id, 1, 2)).toMatchObject({ status: 200, body: { sessions: [{ begun: true, present: 2 }, { begun: false }, {}] } });
    expect(await mark(it.emil, it.id, 1, 1)).toMatchObject({ status: 200, body: { sessions: [{ present: 1 }, {}, {}] } });
    expect(await mark(it.emil, it.id, 2, 1)).toMatchObject({ status: 409 });
    expect(await mark(it.emil, it.id, 9, 1)).toMatchObject({ status: 404 });
    expect(await mark(it.dorte, it.id, 1, 1)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    for (const bad of [-1, 501, 1.5, 'Preben']) expect((await mark(it.emil, it.id, 1, bad)).status).toBe(400);
    expect((await app.owner.query('select from vn.class_attendance where class_id = $1', [it.id])).rowCount).toBe(1);
  });

  test('5.29 a session moves with its reason; old time and reason are kept, the class follows its sessions, and the companies hear of it', async () => {
    const it = await made();
    expect(await move(it.anna, it.id, 1)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await move(it.dorte, it.id, 1)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect((await move(it.emil, it.id, 1, { because: '' })).status).toBe(400);
    expect((await move(it.emil, it.id, 1, { ends: '08:00' })).status).toBe(400);
    expect((await move(it.emil, it.id, 1, { day: '2026-11-16' })).status).toBe(400);
    expect(await move(it.emil, it.id, 1, { day: '2026-12-14', starts: '11:00' })).toMatchObject({ status: 422, body: { code: 'sessions_overlap' } });
    expect(await move(it.emil, it.id, 1)).toMatchObject({
      status: 200,
      body: {
        starts: '2026-12-09',
        ends: '2026-12-21',
        version: 2,
        moves: [{ was: { day: '2026-12-07', starts: '08:00', ends: '12:00' }, became: { day: '2026-12-09', starts: '09:00', ends: '13:00' }, because: 'Stor ordre' }],
      },
    });
    expect(await move(it.emil, it.id, 3, { day: '2026-12-28' }, 1)).toMatchObject({ status: 412 });
    expect(await move(it.emil, it.id, 3, { day: '2026-12-28' }, 2)).toMatchObject({ status: 200, body: { ends: '2026-12-28', moves: [{}, {}] } });
    const mail = (await mailsTo(app, it.email)).find(({ subject }) => subject === 'Ny tid: Tegningslæsning');
    expect(mail?.text).toContain('onsdag den 9. december 2026 kl. 09.00–13.00');
    expect(mail?.text).toContain('Stor ordre');
    app.clock.set('2026-12-09T10:00:00+01:00');
    expect(await move(it.emil, it.id, 1, { day: '2026-12-10' }, 3)).toMatchObject({ status: 409, body: { code: 'session_begun' } });
  });
});
