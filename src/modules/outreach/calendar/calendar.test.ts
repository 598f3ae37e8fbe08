import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { hoursFit, lessonFits } from './rules.ts';

const app = await testApp();
const of = (person: { id: string }, what = 'work-time') => `/api/people/${person.id}/${what}`;
const week = { hours: [{ weekday: 1, starts: '08:00', ends: '16:00' }], teaching: [{ weekday: 2, starts: '08:00', ends: '11:00', from: '2026-11-17', to: '2026-12-15' }] };
const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Samtale om løn', 'DTSTART:20261120T080000Z', 'DURATION:PT1H', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

describe('2.16 a consultant’s time', () => {
  test('401, 403 for whoever plans no visits, 404 for a colleague, another school’s manager, another centre, and somebody who is no consultant', async () => {
    const { anna, bo, karen, emil, ida, camilla, dorte, centre } = await makeCentre(app);
    const colleague = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    expect((await app.request(null).get(of(anna))).status).toBe(401);
    for (const person of [bo, karen]) expect((await app.request(person).get(of(anna))).status).toBe(403);
    for (const person of [colleague, emil, ida]) for (const what of ['work-time', 'free-busy?from=2026-11-16&to=2026-11-22']) expect((await app.request(person).get(of(anna, what))).status).toBe(404);
    expect((await app.request(camilla).get(of(dorte))).status).toBe(404);
  });

  test('is written by oneself, in versions, and read back', async () => {
    const { anna, dorte } = await makeCentre(app);
    expect((await app.request(anna).get(of(anna))).body).toMatchObject({ hours: [], teaching: [], absences: [], file: null, version: 0, can: { edit: true } });
    expect(await app.request(anna).put(of(anna), week, seen(0))).toMatchObject({ status: 200, body: { ...week, version: 1 } });
    expect(await app.request(anna).put(of(anna), { hours: [], teaching: [] }, seen(0))).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect((await app.request(dorte).put(of(anna), week, seen(1))).status).toBe(403);
    expect(await app.request(anna).put(of(anna), { hours: [], teaching: [] }, seen(1))).toMatchObject({ status: 200, body: { hours: [], teaching: [], version: 2 } });
  });

  test('what it is filled with is one’s own: a manager and the coordinator see hours, absences, and when somebody is busy', async () => {
    const { anna, dorte, camilla } = await makeCentre(app);
    await app.request(anna).put(of(anna), week, seen(0));
    expect((await app.request(anna).put(of(anna, 'calendar-file'), { fileName: 'løn.ics', text: ics })).status).toBe(200);
    for (const person of [dorte, camilla]) {
      const answer = await app.request(person).get(of(anna));
      expect(answer.body).toMatchObject({ hours: week.hours, teaching: null, file: null, can: { edit: false, absences: true } });
      expect((await app.request(person).get(of(anna, 'free-busy?from=2026-11-16&to=2026-11-25'))).body).toEqual([
        { start: '2026-11-17T07:00:00.000Z', end: '2026-11-17T10:00:00.000Z', kind: 'busy' },
        { start: '2026-11-20T08:00:00.000Z', end: '2026-11-20T09:00:00.000Z', kind: 'busy' },
        { start: '2026-11-24T07:00:00.000Z', end: '2026-11-24T10:00:00.000Z', kind: 'busy' },
      ]);
      for (const table of ['teaching', 'calendar_busy', 'calendar_file']) expect((await inside(app, person, (client) => client.query(`select from vn.${table}`))).rowCount).toBe(0);
    }
    const kept = await app.owner.query(`select to_jsonb(f)::text || to_jsonb(b)::text all_of_it from vn.calendar_file f join vn.calendar_busy b using (centre_id, person_id) where person_id = $1`, [
      anna.id,
    ]);
    expect(kept.rows).toHaveLength(1);
    expect(kept.rows[0].all_of_it).not.toContain('Samtale');
  });

  test('a span that ends before it begins is refused, also where it begins today', async () => {
    const { anna } = await makeCentre(app);
    for (const span of ['from=2026-11-18&to=2026-11-17', 'to=2000-01-01', 'from=2026-11-17&to=1000-01-01'])
      expect(await app.request(anna).get(of(anna, `free-busy?${span}`)), span).toMatchObject({ status: 400, body: { fields: [{ path: 'to', code: 'too_small' }] } });
    expect((await app.request(anna).get(of(anna, 'free-busy?from=2026-11-17&to=2026-11-17'))).status).toBe(200);
  });

  test('a broken calendar file is refused, and what the one before said stands', async () => {
    const { anna } = await makeCentre(app);
    await app.request(anna).put(of(anna, 'calendar-file'), { fileName: 'skema.ics', text: ics });
    expect(await app.request(anna).put(of(anna, 'calendar-file'), { fileName: 'foto.ics', text: 'JFIF' })).toMatchObject({ status: 422, body: { code: 'calendar_broken' } });
    expect(await app.request(anna).put(of(anna, 'calendar-file'), { fileName: 'stor.ics', text: 'x'.repeat(900_001) })).toMatchObject({ status: 422, body: { code: 'calendar_too_large' } });
    expect((await app.request(anna).get(of(anna))).body.file).toEqual({ fileName: 'skema.ics', readAt: '2026-11-17T08:00:00.000Z', until: '2027-11-17', times: 1 });
    expect((await app.request(anna).delete(of(anna, 'calendar-file'))).status).toBe(204);
    expect((await app.owner.query('select from vn.calendar_busy where person_id = $1', [anna.id])).rowCount).toBe(0);
  });

  test('a file with a repetition that no day ever fits is refused, and stops nobody’s work meanwhile', async () => {
    const { anna, dorte } = await makeCentre(app);
    const endless = ics.replace('DURATION:PT1H', 'DURATION:PT1H\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30');
    const sent = app.request(anna).put(of(anna, 'calendar-file'), { fileName: 'skema.ics', text: endless });
    expect(
      await Promise.race([
        sent.then(() => 'the file'),
        app
          .request(dorte)
          .get(of(anna))
          .then(() => 'somebody else'),
      ]),
    ).toBe('somebody else');
    expect(await sent).toMatchObject({ status: 422, body: { code: 'calendar_endless' } });
  });

  test('absence is written and taken back by oneself, the own school’s manager and the coordinator, and by nobody else, in SQL neither', async () => {
    const { anna, dorte, camilla, emil, centre } = await makeCentre(app);
    for (const person of [anna, dorte, camilla]) {
      const added = await app.request(person).post(of(anna, 'absences'), { from: '2026-12-21', to: '2026-12-31' });
      expect(added).toMatchObject({ status: 201, body: { from: '2026-12-21', to: '2026-12-31' } });
      expect((await app.request(anna).get(of(anna))).body.absences).toHaveLength(1);
      expect((await app.request(person).delete(of(anna, `absences/${added.body.id}`))).status).toBe(204);
      expect((await app.request(person).delete(of(anna, `absences/${added.body.id}`))).status).toBe(404);
    }
    expect((await app.request(emil).post(of(anna, 'absences'), { from: '2026-12-21', to: '2026-12-31' })).status).toBe(404);
    expect((await app.request(anna).post(of(anna, 'absences'), { from: '2026-12-21', to: '2026-12-20' })).status).toBe(400);
    await expect(
      inside(app, emil, (client) => client.query(`insert into vn.absence values ($1, gen_random_uuid(), $2, '[2026-12-01,2026-12-02)', $3)`, [centre.id, anna.id, emil.id])),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test.each([
    ['hours that end before they begin', { hours: [{ weekday: 1, starts: '16:00', ends: '08:00' }] }],
    [
      'hours that overlap',
      {
        hours: [
          { weekday: 1, starts: '08:00', ends: '12:00' },
          { weekday: 1, starts: '11:00', ends: '16:00' },
        ],
      },
    ],
    ['an eighth day', { hours: [{ weekday: 8, starts: '08:00', ends: '12:00' }] }],
    ['a time that is none', { hours: [{ weekday: 1, starts: '8', ends: '24:00' }] }],
    ['a single lesson on another weekday', { teaching: [{ weekday: 1, starts: '08:00', ends: '09:00', from: '2026-11-17', to: '2026-11-17' }] }],
    ['a lesson that never ends', { teaching: [{ weekday: 1, starts: '08:00', ends: '09:00', from: '2026-11-17', to: '2036-11-17' }] }],
  ])('400 for %s', async (_what, over) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).put(of(anna), { hours: [], teaching: [], ...over }, seen(0))).toMatchObject({ status: 400 });
  });

  test('the rules say the same', () => {
    expect(hoursFit([])).toBe(true);
    expect(hoursFit([8, 10, 12, 14].map((hour) => ({ weekday: 1, starts: `${String(hour).padStart(2, '0')}:00`, ends: `${hour + 1}:00`.padStart(5, '0') })))).toBe(false);
    expect(lessonFits({ weekday: 2, starts: '08:00', ends: '09:00', from: '2026-11-17', to: '2026-11-17' })).toBe(true);
  });
});
