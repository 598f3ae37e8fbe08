import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anchor, buildDemonstration } from '../../../../demo/build.ts';
import { demoId } from '../../../../demo/ids.ts';
import { fill } from '../../../../demo/region.ts';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, openSession } from '../../../../tests/support/factory.ts';
import { connectionTo } from '../../../../tests/support/scratch.ts';
import { demonstrationRoutes, routes } from '../../../app/routes.ts';
import { movableClock } from '../../../platform/clock.ts';

const demonstration = await testApp({ kind: 'demonstration' });
await demonstration.owner.query('begin');
await fill(demonstration.owner, anchor);
await demonstration.owner.query('commit');
// With the demonstration's endpoints mounted all the same: a wrong mount alone must not open a real centre.
const live = await testApp({ kind: 'live', routes: [...routes, ...demonstrationRoutes] });

const nobody = { person: null, centre: null, hat: null, hats: [], agreementHolds: null, servesAnotherCentre: null };
const tokenIn = (answer: { cookies: { name: string; value: string }[] }) => ({ token: answer.cookies.find((each) => each.name === 'vejnet')?.value ?? '' });

describe('the session', () => {
  test('nobody is signed in without a cookie, and that is an answer, not a refusal', async () => {
    expect(await live.request(null).get('/api/session')).toMatchObject({ status: 200, body: { ...nobody, demonstration: false, today: '2026-11-17' } });
  });

  test.each(['', 'x', 'a'.repeat(201), "' or 1=1 --", '%00', 'ø'])('a cookie that is no session of ours is nobody: "%s"', async (token) => {
    expect(await live.request({ token: encodeURIComponent(token) }).get('/api/session')).toMatchObject({ status: 200, body: nobody });
    expect((await live.request({ token: encodeURIComponent(token) }).delete('/api/session')).status).toBe(401);
  });

  test('tells who, where, under which hat and on which day of the centre', async () => {
    const { anna, centre } = await makeCentre(live);
    const hat = { schoolId: centre.schools.a, organisationId: null, asCoordinator: false, place: 'Skole A', roles: ['consultant'] };
    expect((await live.request(anna).get('/api/session')).body).toEqual({
      person: { id: anna.id, name: 'Anna', email: anna.email, language: 'da' },
      centre: { id: centre.id, name: centre.name, zone: 'Europe/Copenhagen' },
      hat,
      hats: [hat],
      demonstration: false,
      today: '2026-11-17',
      agreementHolds: null,
      servesAnotherCentre: null,
    });
  });

  test('the day is the centre’s, not the server’s', async () => {
    const app = await testAppAt('2026-11-17T23:30:00Z');
    expect(app.body.today).toBe('2026-11-18');
  });

  test('the ministry’s reader belongs to no centre', async () => {
    const { hanne } = await makeCentre(live);
    expect((await live.request(hanne).get('/api/session')).body).toMatchObject({ person: { id: hanne.id }, centre: null, hat: { place: null, roles: ['ministry'] } });
  });

  test('signing out ends the session that asked, clears its cookie, and leaves the person’s other sessions', async () => {
    const { anna } = await makeCentre(live);
    const elsewhere = { token: await openSession(live, anna) };
    const out = await live.request(anna).delete('/api/session');
    expect(out).toMatchObject({ status: 200, body: { alsoAt: null } });
    expect(out.cookies).toEqual([expect.objectContaining({ name: 'vejnet', value: '' })]);
    expect((await live.request(anna).delete('/api/session')).status).toBe(401);
    expect((await live.request(elsewhere).get('/api/session')).body.person.id).toBe(anna.id);
    const kept = await live.owner.query('select ended_because from vn.session where person_id = $1 and ended_at is not null', [anna.id]);
    expect(kept.rows).toEqual([{ ended_because: 'signed_out' }]);
  });

  test('a session that was not used for fourteen days has ended; one in use goes on', async () => {
    const app = live;
    const { anna, emil } = await makeCentre(app);
    const start = app.clock.now();
    app.clock.advance({ days: 13 });
    expect((await app.request(anna).get('/api/session')).body.person.id).toBe(anna.id);
    app.clock.advance({ days: 2 });
    expect((await app.request(anna).get('/api/session')).body.person.id).toBe(anna.id);
    expect((await app.request(emil).get('/api/companies')).status).toBe(401);
    expect((await app.request(emil).get('/api/session')).body).toMatchObject(nobody);
    app.clock.set(start.toISOString());
  });

  test('401 from the day a membership ends, the last day included before it', async () => {
    const { anna } = await makeCentre(live);
    await live.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-18)' where person_id = $1`, [anna.id]);
    expect((await live.request(anna).get('/api/companies')).status).toBe(200);
    const start = live.clock.now();
    live.clock.set('2026-11-18T00:00:01+01:00');
    expect((await live.request(anna).get('/api/companies')).status).toBe(401);
    expect((await live.request(anna).get('/api/session')).body).toMatchObject(nobody);
    live.clock.set(start.toISOString());
  });

  test('a coordinator’s hat falls off with the role; the session does not live on with the other roles', async () => {
    const { camilla } = await makeCentre(live);
    await live.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-01)' where person_id = $1 and role = 'coordinator'`, [camilla.id]);
    expect((await live.request(camilla).get('/api/companies')).status).toBe(401);
  });

  test('only the hash of a token is kept', async () => {
    const { anna } = await makeCentre(live);
    const kept = await live.owner.query('select token_hash, session::text whole from vn.session session where person_id = $1', [anna.id]);
    expect(kept.rows[0].token_hash).toEqual(createHash('sha256').update(anna.token).digest());
    expect(kept.rows[0].whole).not.toContain(anna.token);
  });
});

describe('hats', () => {
  test('a consultant at two schools has two, and only one is worn', async () => {
    const { centre } = await makeCentre(live);
    const both = await makePerson(live, 'Gry', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    await live.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      centre.id,
      randomUUID(),
      both.id,
      centre.schools.b,
    ]);
    const { body } = await live.request(both).get('/api/session');
    expect(body.hats.map((hat: { place: string }) => hat.place).sort()).toEqual(['Skole A', 'Skole B']);
    expect(body.hat).toMatchObject({ schoolId: centre.schools.a, place: 'Skole A' });
  });

  test('a coordinator who also teaches wears one or the other, never both', async () => {
    const { centre } = await makeCentre(live);
    const person = await makePerson(live, 'Liv', ['consultant'], { centreId: centre.id, schoolId: centre.schools.c });
    await live.owner.query(`insert into vn.membership (centre_id, id, person_id, role, during) values ($1, $2, $3, 'coordinator', '[2024-01-01,)')`, [centre.id, randomUUID(), person.id]);
    const { body } = await live.request(person).get('/api/session');
    expect(body.hat).toMatchObject({ asCoordinator: false, roles: ['consultant'] });
    expect(body.hats).toEqual([expect.objectContaining({ asCoordinator: false, roles: ['consultant'] }), expect.objectContaining({ asCoordinator: true, place: null, roles: ['coordinator'] })]);
  });

  test('a coordinator’s roles of the centre are worn with the coordinator’s hat', async () => {
    const { camilla } = await makeCentre(live);
    expect((await live.request(camilla).get('/api/session')).body.hats).toEqual([{ schoolId: null, organisationId: null, asCoordinator: true, place: null, roles: ['coordinator', 'register'] }]);
  });

  test('a role that is over, or not begun, is no hat', async () => {
    const { anna, centre } = await makeCentre(live);
    for (const during of ['[2024-01-01,2026-11-17)', '[2026-11-18,)'])
      await live.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', $5)`, [
        centre.id,
        randomUUID(),
        anna.id,
        centre.schools.b,
        during,
      ]);
    expect((await live.request(anna).get('/api/session')).body.hats).toHaveLength(1);
  });
});

describe('the demonstration', () => {
  test('lists the persons one may be, with place and roles', async () => {
    const { body } = await demonstration.request(null).get('/api/demonstration/people');
    expect(body.map((each: { key: string }) => each.key)).toEqual(['anna', 'bo', 'camilla', 'dorte', 'emil', 'hanne', 'ida', 'karen']);
    expect(body[0]).toEqual({ key: 'anna', name: 'Anna Holm', place: 'Fjordegnens Erhvervsskole', roles: ['consultant'] });
    expect(body.find((each: { key: string }) => each.key === 'camilla')).toMatchObject({ place: 'VEU-center Fjordegnen', roles: ['coordinator', 'register'] });
    expect(body.find((each: { key: string }) => each.key === 'hanne')).toMatchObject({ roles: ['ministry'] });
  });

  test.each(['anna', 'bo', 'camilla', 'dorte', 'emil', 'hanne', 'ida', 'karen'])('%s may be picked and is then signed in', async (key) => {
    const signedIn = await demonstration.request(null).post('/api/session/demo', { person: key });
    expect(signedIn).toMatchObject({ status: 200, body: { person: key } });
    expect(signedIn.cookies).toEqual([expect.objectContaining({ name: 'vejnet', httpOnly: true, sameSite: 'Lax', path: '/' })]);
    expect((await demonstration.request(tokenIn(signedIn)).get('/api/session')).body).toMatchObject({ person: { id: demoId('person', key) }, demonstration: true });
  });

  test('switching the person does not need signing out first', async () => {
    const anna = tokenIn(await demonstration.request(null).post('/api/session/demo', { person: 'anna' }));
    const camilla = tokenIn(await demonstration.request(anna).post('/api/session/demo', { person: 'camilla' }, { 'idempotency-key': randomUUID() }));
    expect((await demonstration.request(camilla).get('/api/session')).body.person.name).toBe('Camilla Lund');
  });

  test('an unknown person is refused with 404', async () => {
    expect(await demonstration.request(null).post('/api/session/demo', { person: 'nobody' })).toMatchObject({ status: 404, body: { code: 'unknown_person' } });
  });

  test('a browser is remembered by a short name, not by its whole header', async () => {
    await demonstration.request(null).post('/api/session/demo', { person: 'emil' }, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36' });
    const found = await demonstration.owner.query('select device from vn.session where person_id = $1', [demoId('person', 'emil')]);
    expect(found.rows.map((row) => row.device)).toContain('Chrome, Windows');
  });

  test('a real centre has no such persons, even where somebody filled the table and mounted the endpoints', async () => {
    const { anna } = await makeCentre(live);
    await live.owner.query(`insert into vn.demonstration_person values ('anna', $1, 0)`, [anna.id]);
    expect((await live.request(null).get('/api/demonstration/people')).body).toEqual([]);
    expect((await live.request(null).post('/api/session/demo', { person: 'anna' })).status).toBe(404);
  });

  test('outside a demonstration its endpoints do not exist', async () => {
    const paths = routes.map((each) => each.endpoint.path);
    for (const each of demonstrationRoutes) expect(paths).not.toContain(each.endpoint.path);
  });
});

describe('the demonstration’s clock', () => {
  const sessionOf = async (person: string) => tokenIn(await demonstration.request(null).post('/api/session/demo', { person }));
  const clock = async () => (await demonstration.request(null).get('/api/demonstration/clock')).body;
  async function moved(work: () => Promise<void>) {
    const { day, time } = await clock();
    await work().finally(async () => demonstration.request(await sessionOf('karen')).put('/api/demonstration/clock', { day, time }));
  }

  test('401 for nobody, 404 in a real centre even where the endpoint was mounted', async () => {
    expect((await demonstration.request(null).put('/api/demonstration/clock', { day: '2026-11-18' })).status).toBe(401);
    const { karen } = await makeCentre(live);
    const before = live.clock.now();
    expect(await live.request(karen).put('/api/demonstration/clock', { day: '2026-11-18' })).toMatchObject({ status: 404, body: { code: 'no_demonstration' } });
    expect(live.clock.now()).toEqual(before);
  });

  test.each([{}, { day: '17.11.2026' }, { day: '2026-02-30' }, { day: '1999-12-31' }, { day: '9999-12-31' }, { day: '2026-11-18', time: '24:00' }, { day: '2026-11-18', time: '9:00' }])(
    '400 for %j, and the clock stands',
    async (body) => {
      const before = await clock();
      expect(await demonstration.request(await sessionOf('anna')).put('/api/demonstration/clock', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
      expect(await clock()).toEqual(before);
    },
  );

  test('moves every answer at once, keeps the time of day when none is given, and leaves everybody signed in', async () => {
    const [anna, bo] = [await sessionOf('anna'), await sessionOf('bo')];
    await moved(async () => {
      const answer = await demonstration.request(bo).put('/api/demonstration/clock', { day: '2027-03-29' });
      expect(answer).toMatchObject({ status: 200, body: { day: '2027-03-29', time: '09:00' } }); // summer time began the day before
      expect(await clock()).toEqual({ day: '2027-03-29', time: '09:00' });
      expect((await demonstration.request(anna).get('/api/session')).body).toMatchObject({ person: { name: 'Anna Holm' }, today: '2027-03-29' });
    });
  });

  test('goes back too; nobody waits for a limit that was counted in the future', async () => {
    const anna = await sessionOf('anna');
    await moved(async () => {
      for (let n = 0; n < 6; n += 1) await demonstration.request(null).post('/api/sign-in', { email: 'anna@fjordegnen.example' });
      expect((await demonstration.request(null).post('/api/sign-in', { email: 'anna@fjordegnen.example' })).status).toBe(429);
      expect((await demonstration.request(anna).put('/api/demonstration/clock', { day: '2026-11-02', time: '23:59' })).body).toEqual({ day: '2026-11-02', time: '23:59' });
      expect((await demonstration.request(anna).get('/api/session')).body.today).toBe('2026-11-02');
      expect((await demonstration.request(null).post('/api/sign-in', { email: 'anna@fjordegnen.example' })).status).toBe(202);
    });
  });

  test('is where it was left after a restart', async () => {
    await moved(async () => {
      await demonstration.request(await sessionOf('anna')).put('/api/demonstration/clock', { day: '2026-12-24', time: '18:00' });
      const kept = await demonstration.owner.query<{ seconds: number }>('select clock_offset_seconds::int seconds from vn.instance');
      expect(kept.rows[0]?.seconds).toBe(demonstration.clock.offsetTo(demonstration.clock.now()));
      const { clock: restarted } = await buildDemonstration(connectionTo(demonstration.database, 'admin'));
      expect(restarted.offsetTo(restarted.now())).toBe(kept.rows[0]?.seconds);
    });
  });

  test('the machine’s clock moved by seconds, the past included', () => {
    const clock = movableClock(0);
    const wanted = new Date('2020-02-29T12:00:00Z');
    clock.move(clock.offsetTo(wanted));
    expect(Math.abs(clock.now().getTime() - wanted.getTime())).toBeLessThan(10_000);
  });
});

async function testAppAt(instant: string) {
  const before = live.clock.now();
  live.clock.set(instant);
  const answer = await live.request(null).get('/api/session');
  live.clock.set(before.toISOString());
  return answer;
}
