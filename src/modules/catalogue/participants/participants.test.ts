import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { anotherPage, withPage } from '../../../../tests/support/company-pages.ts';
import { makePerson, staysSignedIn } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import type { OwnCourses, ParticipantList } from './contract.ts';
import { hoursOf } from './rules.ts';

const app = await testApp();

/** A company with two seats in a class of school B that meets three times, and a leader on its page. */
async function made() {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await withPage(app);
  await staysSignedIn(app, it.centre);
  const course = await app.request(it.emil).post('/api/courses', { kind: 'own', title: 'Tegningslæsning', goal: '', field: 'training', industries: [], awards: 'competence' });
  const planned = await app.request(it.emil).post('/api/classes', {
    course: course.body.id,
    school: it.centre.schools.b,
    starts: '2026-12-07',
    ends: '2026-12-07',
    minimum: 1,
    maximum: 10,
    place: 'Værkstedet',
    split: { meetings: 3, hours: 4, weeksApart: 1, starts: '08:00' },
  });
  expect(planned.status, planned.text).toBe(201);
  const id = planned.body.id as string;
  expect((await app.request(it.anna).post(`/api/classes/${id}/seats`, { company: it.company.id, heads: 2 })).status).toBe(201);
  const courses = async () => (await it.ask('courses')).body as OwnCourses;
  const seat = (await courses()).seats[0]?.id;
  const name = (people: { id?: string | undefined; name: string }[]) => it.ask('courses/people', { seat, people });
  const list = (by: { token: string }) => app.request(by).get(`/api/classes/${id}/participants`);
  const mark = (by: { token: string }, no: number, present: string[]) => app.request(by).put(`/api/classes/${id}/sessions/${no}/participants`, { present });
  const people = async () => (await courses()).seats[0]?.people ?? [];
  return { ...it, id, seat, courses, name, list, mark, people };
}

describe('who of a company takes its seats', () => {
  test('X.5 the leader names people for the company’s seats, never more than seats, and corrects them; nobody names for another company', async () => {
    const { name, courses, ask, seat } = await made();
    expect((await courses()).seats).toMatchObject([{ title: 'Tegningslæsning', heads: 2, state: 'taken', classState: 'tentative', sessions: 3, people: [] }]);
    expect(await name([{ name: 'Ove' }, { name: 'Lis' }, { name: 'Kaj' }])).toMatchObject({ status: 409, body: { code: 'too_many_people' } });
    const named = (await name([{ name: ' Ove Lund ' }, { name: 'Lis' }])).body as OwnCourses;
    const [ove, lis] = named.seats[0]?.people ?? [];
    expect([ove?.name, lis?.name].toSorted()).toEqual(['Lis', 'Ove Lund']);
    const kept = named.seats[0]?.people.find((each) => each.name === 'Ove Lund');
    expect((await name([{ id: kept?.id, name: 'Ove Lund Hansen' }])).body.seats[0].people).toEqual([{ id: kept?.id, name: 'Ove Lund Hansen', attended: 0 }]);
    const stranger = await made();
    expect(await stranger.ask('courses/people', { seat, people: [{ name: 'x' }] })).toMatchObject({ status: 404, body: { code: 'own_seat_unknown' } });
    expect(await stranger.name([{ id: kept?.id, name: 'x' }])).toMatchObject({ status: 404 });
    expect(await ask('courses/people', { seat: randomUUID(), people: [] })).toMatchObject({ status: 404 });
  });

  test('X.5 twenty name at once: still never more than seats', async () => {
    const { name, people } = await made();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => name([{ name: `A${at}` }, { name: `B${at}` }])));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await people()).toHaveLength(2);
  });

  test('X.5 names are read by the company and the school that runs the class: other schools, the contact person, the coordinator and a shop steward see how many', async () => {
    const it = await made();
    await it.name([{ name: 'Ove Lund' }]);
    const steward = await anotherPage(app, it, { role: 'shop_steward' });
    const seen = (await steward.ask('courses')).body as OwnCourses;
    expect([seen.leader, seen.seats[0]?.heads, seen.seats[0]?.people]).toEqual([false, 2, []]);
    expect(await steward.ask('courses/people', { seat: it.seat, people: [] })).toMatchObject({ status: 410 });
    expect(await steward.ask('courses/certificates.pdf', { seat: it.seat })).toMatchObject({ status: 404 });
    const bente = await makePerson(app, 'Bente', ['consultant'], { centreId: it.centre.id, schoolId: it.centre.schools.b });
    for (const reader of [it.emil, bente, it.karim])
      expect(await it.list(reader)).toMatchObject({ status: 200, body: { companies: [{ heads: 2, people: [{ name: 'Ove Lund', attended: [] }] }], can: { certificates: false } } });
    for (const other of [it.anna, it.dorte]) expect(await it.list(other)).toMatchObject({ status: 403, body: { code: 'participants_not_yours' } });
    for (const other of [it.camilla, it.free]) expect((await it.list(other)).status).toBe(403);
    expect((await app.request(null).get(`/api/classes/${it.id}/participants`)).status).toBe(401);
    expect((await app.request(it.camilla).get(`/api/classes/${it.id}/brief`)).text).not.toContain('Ove');
    // Anna follows the company, and Camilla wears the coordinator's hat: the rows are closed to both.
    for (const who of [it.anna, it.camilla, it.dorte]) expect((await inside(app, who, (client) => client.query('select name from vn.seat_participant'))).rowCount).toBe(0);
    expect((await inside(app, it.emil, (client) => client.query('select name from vn.seat_participant'))).rowCount).toBe(1);
    await expect(inside(app, it.emil, (client) => client.query('update vn.seat_participant set name = $1', ['x']))).rejects.toMatchObject({ code: '42501' });
    expect((await app.owner.query(`select from vn.access_log where endpoint = 'listParticipants' and person_id = $1`, [it.emil.id])).rowCount).toBe(1);
  });

  test('X.5 the school says who was there; certificates name them with their sessions, for the school and the company; whoever was there stays', async () => {
    const it = await made();
    await it.name([{ name: 'Ærø Lund' }, { name: 'Lis' }]);
    const [first, second] = ((await it.list(it.emil)).body as ParticipantList).companies[0]?.people.toSorted((a, b) => a.name.localeCompare(b.name)) ?? [];
    const ids = { aero: (first?.name === 'Lis' ? second : first)?.id ?? '', lis: (first?.name === 'Lis' ? first : second)?.id ?? '' };
    expect(await it.mark(it.emil, 1, [ids.aero])).toMatchObject({ status: 409, body: { code: 'session_ahead' } });
    expect(await app.request(it.emil).get(`/api/classes/${it.id}/certificates.pdf`)).toMatchObject({ status: 404, body: { code: 'no_certificates' } });
    expect(await it.ask('courses/certificates.pdf', { seat: it.seat })).toMatchObject({ status: 404 });
    app.clock.set('2026-12-15T09:00:00+01:00');
    expect(await it.mark(it.emil, 1, [randomUUID()])).toMatchObject({ status: 400 });
    expect((await it.mark(it.emil, 4, [])).status).toBe(404);
    expect(await it.mark(it.dorte, 1, [])).toMatchObject({ status: 403 });
    expect((await it.mark(it.emil, 1, [ids.aero, ids.lis])).status).toBe(200);
    expect((await it.mark(it.emil, 1, [ids.aero])).status).toBe(200);
    expect(await it.mark(it.emil, 2, [ids.aero])).toMatchObject({ status: 200, body: { can: { certificates: true } } });
    expect((await it.people()).find(({ id }) => id === ids.aero)).toMatchObject({ attended: 2 });
    expect((await it.people()).find(({ id }) => id === ids.lis)).toMatchObject({ attended: 0 });
    expect(await it.name([{ id: ids.aero, name: 'En anden' }])).toMatchObject({ status: 409, body: { code: 'person_attended' } });
    expect(await it.name([])).toMatchObject({ status: 409 });
    expect((await it.name([{ id: ids.aero, name: 'Ærø Lund' }])).status).toBe(200);
    const own = await it.ask('courses/certificates.pdf', { seat: it.seat, language: 'en' });
    const school = await app.request(it.emil).get(`/api/classes/${it.id}/certificates.pdf`);
    for (const { status, text, headers } of [own, school]) {
      expect([status, headers['content-type'], text.slice(0, 5), text.trimEnd().slice(-5)]).toEqual([200, 'application/pdf', '%PDF-', '%%EOF']);
      expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    }
    expect((await app.request(it.dorte).get(`/api/classes/${it.id}/certificates.pdf`)).status).toBe(403);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('X.5 hours of a certificate are those of the sessions somebody was at', () => {
    const session = (starts: string, ends: string) => ({ starts, ends });
    expect(hoursOf([session('2026-12-07T07:00:00Z', '2026-12-07T11:00:00Z'), session('2026-12-14T07:00:00+00:00', '2026-12-14T14:24:00+00:00')])).toBe(11.5);
    expect(hoursOf([])).toBe(0);
  });

  test('X.5 where two schools said yes to a move, the names go along: the new school reads them, the old one no more', async () => {
    const it = await made();
    await it.name([{ name: 'Ove Lund' }]);
    const { course } = (await app.request(it.camilla).get(`/api/classes/${it.id}`)).body;
    const planned = await app
      .request(it.dorte)
      .post('/api/classes', { course: course.id, school: it.centre.schools.a, starts: '2026-12-14', ends: '2026-12-14', minimum: 1, maximum: 10, place: 'Værkstedet' });
    const asked = await app.request(it.camilla).post(`/api/seats/${it.seat}/moves`, { to: planned.body.id });
    expect(asked, asked.text).toMatchObject({ status: 201, body: { state: 'asked' } });
    for (const [version, by] of [it.emil, it.dorte].entries()) expect((await app.request(by).put(`/api/seat-moves/${asked.body.id}/answer`, { agree: true }, seen(version + 1))).status).toBe(200);
    const { seats } = await it.courses();
    expect(seats.filter(({ state }) => state === 'taken')).toMatchObject([{ heads: 2, people: [{ name: 'Ove Lund' }] }]);
    expect(await app.request(it.dorte).get(`/api/classes/${planned.body.id}/participants`)).toMatchObject({ status: 200, body: { companies: [{ people: [{ name: 'Ove Lund' }] }] } });
    expect(JSON.stringify((await it.list(it.emil)).body)).not.toContain('Ove Lund');
  });

  test('X.5 people come along when the company is moved to another class; names go when the seat is given back, and six months after the class', async () => {
    const it = await made();
    await it.name([{ name: 'Ove Lund' }]);
    const names = async () =>
      (await app.owner.query('select t.seat_id from vn.seat_participant t join vn.seat s on s.centre_id = t.centre_id and s.id = t.seat_id where s.company_id = $1', [it.company.id])).rows.map(
        (row) => row.seat_id,
      );
    app.clock.set('2027-06-20T09:00:00+02:00');
    await app.sweep();
    expect(await names()).toEqual([it.seat]);
    app.clock.set('2027-06-22T09:00:00+02:00');
    await app.sweep();
    expect(await names()).toEqual([]);
    const again = await made();
    await again.name([{ name: 'Ove Lund' }]);
    const of = async () =>
      (await app.owner.query('select t.seat_id from vn.seat_participant t join vn.seat s on s.centre_id = t.centre_id and s.id = t.seat_id where s.company_id = $1', [again.company.id])).rows.map(
        (row) => row.seat_id,
      );
    await app.owner.query(`insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, made_at) values ($1, $2, $3, $4, 2, 99, 'taken', now())`, [
      again.centre.id,
      '01990000-0000-7000-8000-00000000f001',
      again.id,
      again.company.id,
    ]);
    await app.owner.query(
      `begin; select set_config('app.centre', '${again.centre.id}', true); update vn.seat set moved_from = '${again.seat}' where id = '01990000-0000-7000-8000-00000000f001'; commit`,
    );
    expect(await of()).toEqual(['01990000-0000-7000-8000-00000000f001']);
    await app.owner.query(`update vn.seat set state = 'withdrawn', withdrawn_at = now(), withdrawn_because = 'x' where id = $1`, ['01990000-0000-7000-8000-00000000f001']);
    await app.sweep();
    expect(await of()).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
