import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { busyTimes, calendarServer, forgetCalendars, join, linkOf, readDue, startRadicale } from '../../../../tests/support/calendars.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const users = Array.from({ length: 12 }, (_, at) => `user${at}`);
const radicale = await startRadicale(...users);
const liar = await calendarServer();
const app: TestApp = await testApp({ insideHosts: [radicale.host, liar.host] });
beforeEach(async () => {
  await forgetCalendars(app);
  app.clock.set('2026-11-17T09:00:00+01:00');
});
const later = (minutes = 1) => app.clock.advance({ minutes });
let used = 0;

/** A consultant with an account at the real server that has two calendars, and free time to be booked in. */
async function withAccount() {
  const people = await makeCentre(app);
  await makeBookable(app, people.centre, [people.anna]);
  const company = await makeCompany(app, [people.centre]);
  const user = users[used++] ?? '';
  const work = await radicale.calendar(user, 'Arbejde');
  const home = await radicale.calendar(user, 'Privat');
  const { calendar } = await join(app, people.anna, { server: radicale.url, user, password: 'hemmelig' });
  return { ...people, company, user, work, home, calendar };
}
async function choose(person: TestPerson, calendar: string, busy: string[], writes: string | null) {
  const link = await linkOf(app, person, calendar);
  const of = (name: string) => link.calendars.find((each: { name: string }) => each.name === name).id;
  const answer = await app.request(person).put(`/api/people/${person.id}/calendars/${calendar}/choice`, { busy: busy.map(of), writes: writes === null ? null : of(writes) }, seen(link.version));
  await app.jobs.drain();
  return answer;
}
/** The entries of a calendar, as the server itself keeps them. */
async function entries(user: string, calendar: string): Promise<string[]> {
  const { text } = await radicale.ask(user, 'GET', calendar);
  return text.split('BEGIN:VEVENT').slice(1);
}

describe('2.16 one’s own CalDAV account, on a real server', () => {
  test('shows its calendars by name once the password was right, and counts none before one is chosen', async () => {
    const { anna, calendar, work, user } = await withAccount();
    await radicale.event(user, work, '20261124T090000Z');
    const link = await linkOf(app, anna, calendar);
    expect(link).toMatchObject({ kind: 'account', user, host: radicale.host, state: 'choose', problem: null });
    expect(link.calendars.map(({ name, busy, writes }: Record<string, unknown>) => [name, busy, writes])).toEqual([
      ['Arbejde', false, false],
      ['Privat', false, false],
    ]);
    expect(await busyTimes(app, anna)).toEqual([]);
  });

  test('a change in the own calendar shows as busy within a minute: written, moved, and deleted', async () => {
    const { anna, calendar, work, home, user } = await withAccount();
    await radicale.event(user, home, '20261123T090000Z');
    expect(await choose(anna, calendar, ['Arbejde'], null)).toMatchObject({ status: 200 });
    expect(await busyTimes(app, anna), 'only what was chosen').toEqual([]);
    const id = randomUUID();
    const where = await radicale.event(user, work, '20261124T090000Z', id);
    later();
    await readDue(app);
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    await radicale.event(user, work, '20261125T100000Z', id);
    later();
    await readDue(app);
    expect(await busyTimes(app, anna)).toEqual(['11-25 10:00']);
    await radicale.ask(user, 'DELETE', where);
    later();
    await readDue(app);
    expect(await busyTimes(app, anna)).toEqual([]);
    const kept = await app.owner.query(
      `select to_jsonb(l)::text || (select jsonb_agg(to_jsonb(b))::text from vn.calendar_part p left join vn.calendar_part_busy b on b.part_id = p.id where p.link_id = l.id) all_of_it from vn.calendar_link l where l.id = $1`,
      [calendar],
    );
    expect(kept.rows[0].all_of_it).not.toMatch(/Samtale|hemmelig/);
  });

  test('a meeting stands in the own calendar under its one number, moves, is cancelled there, and is never counted as busy beside itself', async () => {
    const { anna, camilla, calendar, company, work, user } = await withAccount();
    await choose(anna, calendar, ['Arbejde'], 'Arbejde');
    const [first] = await slotsFor(app, camilla, company, '?week=2026-11-23');
    const booked = await book(app, camilla, company, first?.choice ?? '');
    expect(booked.status).toBe(201);
    const { id } = booked.body;
    later();
    await readDue(app);
    let [entry, ...more] = await entries(user, work);
    expect(more).toEqual([]);
    expect(entry).toContain(`UID:${id}@localhost`);
    expect(entry).toContain('LOCATION:Havnevej 4\\, Limvig');
    expect(entry).toMatch(/SUMMARY:Møde hos/);
    expect(entry, 'nobody’s name, and nobody to write to').not.toMatch(/Preben|ATTENDEE|ORGANIZER|svejsere/);
    later();
    await readDue(app);
    expect(await busyTimes(app, anna), 'read back, but known').toEqual([]);

    const slots = await slotsFor(app, camilla, company, `?week=2026-11-30&meeting=${id}`);
    expect((await app.request(camilla).put(`/api/meetings/${id}/time`, { choice: slots[0]?.choice }, seen(1))).status).toBe(200);
    later();
    await readDue(app);
    [entry, ...more] = await entries(user, work);
    expect(more).toEqual([]);
    expect(entry).toContain(`DTSTART:${slots[0]?.start.replaceAll(/[-:]|\.000/g, '')}`);
    expect(entry).toContain('SEQUENCE:1');

    await app.request(camilla).put(`/api/meetings/${id}/cancellation`, { because: 'company' }, seen(2));
    const cancelled = await app.owner.query('select state from vn.meeting where id = $1', [id]);
    expect(cancelled.rows).toEqual([{ state: 'cancelled' }]);
    later();
    await readDue(app);
    expect(await entries(user, work)).toEqual([]);
    expect((await app.owner.query('select from vn.calendar_copy where meeting_id = $1', [id])).rowCount).toBe(0);
  });

  test('where an accepted invitation put the meeting there already, it is the same entry and not a second one', async () => {
    const { anna, camilla, calendar, company, work, user } = await withAccount();
    const [slot] = await slotsFor(app, camilla, company, '?week=2026-11-23');
    const { id } = (await book(app, camilla, company, slot?.choice ?? '')).body;
    const uid = `${id}@localhost`;
    const accepted = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:x',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20261101T080000Z',
      'DTSTART:20261124T090000Z',
      'DURATION:PT1H',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ];
    expect((await radicale.ask(user, 'PUT', `${work}accepted-by-mail.ics`, accepted.join('\r\n'))).status).toBeLessThan(300);
    await choose(anna, calendar, ['Arbejde'], 'Arbejde');
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', problem: null });
    expect(await entries(user, work)).toHaveLength(1);
    expect(await busyTimes(app, anna)).toEqual([]);
  });

  test('choosing another calendar moves the coming meetings there; past ones stay where they are', async () => {
    const { anna, camilla, calendar, company, work, home, user } = await withAccount();
    await choose(anna, calendar, [], 'Arbejde');
    const [slot] = await slotsFor(app, camilla, company, '?week=2026-11-23');
    await book(app, camilla, company, slot?.choice ?? '');
    later();
    await readDue(app);
    expect([(await entries(user, work)).length, (await entries(user, home)).length]).toEqual([1, 0]);
    await choose(anna, calendar, [], 'Privat');
    expect([(await entries(user, work)).length, (await entries(user, home)).length]).toEqual([0, 1]);
    app.clock.set('2026-11-28T09:00:00+01:00');
    await choose(anna, calendar, [], null);
    expect([(await entries(user, work)).length, (await entries(user, home)).length]).toEqual([0, 1]);
  });

  test('a wrong password, a server that is none, and a calendar that is gone are said plainly, and mended by their owner', async () => {
    const { anna, calendar, work, user } = await withAccount();
    await choose(anna, calendar, ['Arbejde'], null);
    await join(app, anna, { server: radicale.url, user, password: 'forkert' }, calendar);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem: 'calendar_refused' });
    const mended = await join(app, anna, { server: radicale.url, user, password: 'hemmelig' }, calendar);
    expect(mended.answer.text).not.toMatch(/hemmelig|forkert/);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', problem: null });
    await radicale.ask(user, 'DELETE', work);
    later();
    await readDue(app);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem: 'calendar_gone' });

    for (const [status, body, problem] of [
      [200, '<html>Hemmelig</html>', 'calendar_no_account'],
      [404, 'Hemmelig', 'calendar_no_account'],
      [403, 'Hemmelig', 'calendar_refused'],
    ] as const) {
      liar.answer((_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body));
      const tried = await join(app, anna, { server: liar.url, user: 'anna', password: 'hemmelig' });
      expect(await linkOf(app, anna, tried.calendar)).toMatchObject({ problem, calendars: [] });
      await app.request(anna).delete(`/api/people/${anna.id}/calendars/${tried.calendar}`);
    }
    liar.answer((_request, response) => response.writeHead(301, { location: 'http://10.0.0.1/dav/' }).end());
    const led = await join(app, anna, { server: liar.url, user: 'anna', password: 'hemmelig' });
    expect(await linkOf(app, anna, led.calendar)).toMatchObject({ problem: 'calendar_inside' });
    // A server that names calendars elsewhere: the way there is guarded too.
    liar.answer((_request, response) =>
      response
        .writeHead(207, { 'content-type': 'application/xml' })
        .end(
          '<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><response><href>/</href><propstat><prop><current-user-principal><href>/</href></current-user-principal><c:calendar-home-set><href>http://169.254.169.254/</href></c:calendar-home-set></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>',
        ),
    );
    const elsewhere = await join(app, anna, { server: liar.url, user: 'anna', password: 'hemmelig' });
    expect(await linkOf(app, anna, elsewhere.calendar)).toMatchObject({ problem: 'calendar_inside' });
  });

  test('a server that answers with something else than entries makes nobody free, and one that answers with a million tags holds up nobody', async () => {
    const { anna } = await makeCentre(app);
    const calendars = `<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><response><href>/a/</href><propstat><prop><current-user-principal><href>/a/</href></current-user-principal><c:calendar-home-set><href>/a/</href></c:calendar-home-set><resourcetype><collection/><c:calendar/></resourcetype><displayname>Arbejde</displayname></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`;
    const entry =
      '<response><href>/a/1.ics</href><propstat><prop><c:calendar-data>BEGIN:VCALENDAR&#13;\nBEGIN:VEVENT&#13;\nUID:1&#13;\nDTSTART:20261124T090000Z&#13;\nDURATION:PT1H&#13;\nEND:VEVENT&#13;\nEND:VCALENDAR</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>';
    const entries = (inner: string) => `<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${inner}</multistatus>`;
    let [status, report] = [207, entries(entry)];
    let properties = calendars;
    liar.answer((request, response) =>
      request.method === 'REPORT' ? response.writeHead(status, { 'content-type': 'application/xml' }).end(report) : response.writeHead(207, { 'content-type': 'application/xml' }).end(properties),
    );
    const { calendar } = await join(app, anna, { server: liar.url, user: 'anna', password: 'hemmelig' });
    await choose(anna, calendar, ['Arbejde'], null);
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    for (const [code, text, problem] of [
      [200, entries(''), 'calendar_garbled'],
      [200, '<html>Hemmelig</html>', 'calendar_garbled'],
      [207, entries(entry).slice(0, -20), 'calendar_garbled'],
      [207, `Hemmelig </multistatus>`, 'calendar_broken'],
      [507, 'Hemmelig', 'calendar_ill'],
    ] as const) {
      [status, report] = [code, text];
      await app.request(anna).post(`/api/people/${anna.id}/calendars/${calendar}/read`);
      await app.jobs.drain();
      expect((await linkOf(app, anna, calendar)).problem).toMatch(problem);
      expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    }
    // A million nodes: given up for time or memory, or, where the machine is quick enough, read to its end and found empty. The server is not held up either way.
    [status, report] = [207, entries('x<a/>'.repeat(700_000))];
    await app.request(anna).post(`/api/people/${anna.id}/calendars/${calendar}/read`);
    let answered = 0;
    const drained = app.jobs.drain().then(() => true);
    while (
      !(await Promise.race([
        drained,
        app
          .request(anna)
          .get('/api/session')
          .then(() => false),
      ]))
    )
      answered += 1;
    expect(answered).toBeGreaterThan(0);
    const { problem } = await linkOf(app, anna, calendar);
    expect([null, 'calendar_endless', 'calendar_too_large']).toContain(problem);
    expect(await busyTimes(app, anna)).toEqual(problem === null ? [] : ['11-24 09:00']);
    properties = entries('<a/>'.repeat(20_000));
    await app.request(anna).post(`/api/people/${anna.id}/calendars/${calendar}/read`);
    await app.jobs.drain();
    expect((await linkOf(app, anna, calendar)).problem).toBe('calendar_too_large');
    [status, report, properties] = [207, entries(''), calendars];
    await app.request(anna).post(`/api/people/${anna.id}/calendars/${calendar}/read`);
    await app.jobs.drain();
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', times: 0 });
    expect(await busyTimes(app, anna)).toEqual([]);
  }, 30_000);

  test('another account on the same link begins anew: none of its passwords goes to calendars of the one before', async () => {
    const { anna, calendar, user, work } = await withAccount();
    await radicale.event(user, work, '20261124T090000Z');
    await choose(anna, calendar, ['Arbejde'], null);
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    const other = users[used++] ?? '';
    await radicale.calendar(other, 'Vagter');
    await join(app, anna, { server: radicale.url, user: other, password: 'hemmelig' }, calendar);
    expect((await linkOf(app, anna, calendar)).calendars.map(({ name }: { name: string }) => name)).toEqual(['Vagter']);
    expect(await busyTimes(app, anna)).toEqual([]);
  });

  test('a password needs an encrypted line, is kept sealed, and can be opened neither with the database alone nor by another installation', async () => {
    const { anna, calendar } = await withAccount();
    expect((await join(app, anna, { server: 'http://kalender.example', user: 'anna', password: 'hemmelig' })).answer).toMatchObject({ status: 422, body: { code: 'calendar_insecure' } });
    const row = (await app.owner.query('select sealed from vn.calendar_link where id = $1', [calendar])).rows[0];
    expect(row.sealed.toString('latin1')).not.toMatch(/hemmelig|127\.0\.0\.1/);
    expect((await app.request(anna).get(`/api/people/${anna.id}/calendars`)).text).not.toContain('hemmelig');
    expect((await app.owner.query('select from vn.idempotency where person_id = $1', [anna.id])).rowCount, 'no answer and no hash of a request with a password is kept').toBe(0);
    await app.owner.query('update vn.calendar_link set sealed = $2 where id = $1', [calendar, Buffer.from(row.sealed).reverse()]);
    later();
    await readDue(app);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem: 'calendar_locked' });
  });

  test('an older choice does not overwrite a newer one, and calendars of somebody else are no choice', async () => {
    const { anna, calendar } = await withAccount();
    const link = await linkOf(app, anna, calendar);
    const put = (body: object, version: number) => app.request(anna).put(`/api/people/${anna.id}/calendars/${calendar}/choice`, body, seen(version));
    expect(await put({ busy: [randomUUID()], writes: null }, link.version)).toMatchObject({ status: 422, body: { code: 'calendar_unknown' } });
    expect((await put({ busy: [link.calendars[0].id], writes: null }, link.version)).status).toBe(200);
    expect(await put({ busy: [], writes: null }, link.version)).toMatchObject({ status: 412, body: { current: { version: link.version + 1 } } });
  });
});
