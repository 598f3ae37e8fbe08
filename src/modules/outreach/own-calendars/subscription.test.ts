import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { busyTimes, calendarOf, calendarServer, forgetCalendars, join, linkOf, published, readDue } from '../../../../tests/support/calendars.ts';
import { someCompanies } from '../../../../tests/support/campaigns.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { agree, book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import { graceHours, nextRead, readAddress, stateOf } from './rules.ts';
import { readDueCalendars } from './server/jobs.ts';

const server = await calendarServer();
const app = await testApp({ insideHosts: [server.host] });
const start = '2026-11-17T09:00:00+01:00';
beforeEach(async () => {
  await forgetCalendars(app);
  app.clock.set(start);
  server.seen.splice(0);
  server.answer(published(calendarOf('20261124T090000Z')));
});
const later = (minutes: number) => app.clock.set(new Date(app.clock.now().getTime() + minutes * 60_000).toISOString());
/** What was asked for at one address. */
const askedFor = (url: string) => server.seen.filter((request) => request.url === url);
const calendars = (person: { id: string }, rest = '') => `/api/people/${person.id}/calendars${rest}`;
/** Every row about somebody's calendars, as the database keeps it. */
const kept = async (person: TestPerson) =>
  (
    await app.owner.query(
      `select (select jsonb_agg(to_jsonb(l)) from vn.calendar_link l where l.person_id = $1)::text || coalesce((select jsonb_agg(to_jsonb(p)) from vn.calendar_part p where p.person_id = $1)::text, '')
        || coalesce((select jsonb_agg(to_jsonb(b)) from vn.calendar_part_busy b where b.person_id = $1)::text, '') all_of_it`,
      [person.id],
    )
  ).rows[0].all_of_it as string;

describe('2.16 a subscription to one’s own calendar', () => {
  test('401, 403 for whoever is no consultant, nothing of a colleague’s, and only the owner joins, reads and leaves', async () => {
    const { anna, bo, camilla, centre } = await makeCentre(app);
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const { calendar } = await join(app, anna, { address: `${server.url}/a.ics` });
    expect((await app.request(null).get(calendars(anna))).status).toBe(401);
    for (const person of [bo, camilla]) expect((await app.request(person).get(calendars(anna))).status).toBe(403);
    expect((await app.request(birte).get(calendars(anna))).status).toBe(404);
    for (const asked of [
      app.request(birte).put(calendars(anna, `/${randomUUID()}`), { address: `${server.url}/b.ics` }),
      app.request(birte).put(calendars(anna, `/${calendar}/choice`), { busy: [], writes: null }, { 'if-match': '"1"' }),
      app.request(birte).post(calendars(anna, `/${calendar}/read`)),
      app.request(birte).delete(calendars(anna, `/${calendar}`)),
    ])
      expect(await asked).toMatchObject({ status: 403, body: { code: 'not_your_calendar' } });
    // The same id under the own name is another calendar, and says nothing about hers.
    expect((await app.request(birte).post(calendars(birte, `/${calendar}/read`))).status).toBe(404);
    expect((await app.request(birte).delete(calendars(birte, `/${calendar}`))).status).toBe(404);
    for (const person of [birte, camilla])
      for (const table of ['calendar_link', 'calendar_part', 'calendar_part_busy']) expect((await inside(app, person, (client) => client.query(`select from vn.${table}`))).rowCount).toBe(0);
    await expect(inside(app, camilla, (client) => client.query('select * from vn.take_due_calendars()'))).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, camilla, (client) => client.query('select * from vn.forget_calendars()'))).rejects.toMatchObject({ code: '42501' });
  });

  test('makes its owner busy, and keeps no title, place, person or address', async () => {
    const { anna, dorte } = await makeCentre(app);
    const { answer, calendar } = await join(app, anna, { address: `${server.url}/private-4711/basic.ics` });
    expect(answer).toMatchObject({ status: 200, body: { links: [{ id: calendar, kind: 'address', host: server.host, state: 'waiting', user: null }], feed: null } });
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', times: 1, problem: null, readAt: '2026-11-17T08:00:00.000Z' });
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    expect(await busyTimes(app, anna, dorte), 'the own school’s manager sees when').toEqual(['11-24 09:00']);
    expect(await kept(anna)).not.toMatch(/Samtale|private-4711|basic\.ics/);
    const log = await app.owner.query('select data::text from vn.audit where person_id = $1', [anna.id]);
    expect(JSON.stringify(log.rows)).not.toMatch(/private-4711|127\.0\.0\.1/);
  });

  test('2.11 a turn whose invitation was accepted stands in it, and costs nobody the turn', async () => {
    const { anna, camilla } = await makeCentre(app);
    const body = { name: '3F', kind: 'union', place: '', weekday: 4, starts: '09:00', ends: '12:00', from: '2026-11-17', to: null, people: [anna.id] };
    const { id } = (await app.request(camilla).post('/api/rotas', body)).body;
    const turn = (await app.owner.query('select id from vn.rota_turn where rota_id = $1 and day = $2', [id, '2026-11-19'])).rows[0].id;
    server.answer(published(calendarOf('20261119T080000Z').replace(/UID:.*/, `UID:${turn}@localhost`)));
    const { calendar } = await join(app, anna, { address: `${server.url}/turns.ics` });
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', times: 0 });
    app.clock.set('2026-11-18T09:00:00+01:00');
    await app.sweep();
    expect((await app.request(anna).get('/api/rotas')).body[0].turns[0]).toMatchObject({ day: '2026-11-19', mine: true });
    // Something else in the own calendar does cost it.
    server.answer(published(calendarOf('20261126T080000Z')));
    later(10);
    await app.sweep();
    await app.jobs.drain();
    app.clock.set('2026-11-19T09:00:00+01:00');
    await app.sweep();
    expect((await app.request(anna).get('/api/rotas')).body[0].turns.find(({ day }: { day: string }) => day === '2026-11-26')).toMatchObject({ person: null });
  });

  test('a change in the own calendar shows as busy within a minute, and what has not changed is not sent again', async () => {
    const { anna } = await makeCentre(app);
    const { calendar } = await join(app, anna, { address: `${server.url}/changes.ics` });
    later(1);
    await readDue(app);
    expect(askedFor('/changes.ics')).toHaveLength(2);
    expect(askedFor('/changes.ics')[1]?.headers['if-none-match']).toBe(`"${calendarOf('20261124T090000Z').length}"`);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', readAt: '2026-11-17T08:01:00.000Z', times: 1 });
    await readDue(app);
    expect(askedFor('/changes.ics'), 'at most once a minute').toHaveLength(2);
    server.answer(published(calendarOf('20261124T090000Z', '20261125T120000Z')));
    later(1);
    await readDue(app);
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00', '11-25 12:00']);
  });

  test('a server that tells no changes apart is asked every five minutes', async () => {
    const { anna } = await makeCentre(app);
    server.answer((_request, response) => response.end(calendarOf('20261124T090000Z')));
    await join(app, anna, { address: `${server.url}/silent.ics` });
    for (let minute = 1; minute <= 5; minute += 1) {
      later(1);
      await readDue(app);
      expect(askedFor('/silent.ics')).toHaveLength(minute < 5 ? 1 : 2);
    }
  });

  test('a series without an end is worked out anew while the days pass, though the server says that nothing changed', async () => {
    const { anna } = await makeCentre(app);
    server.answer(published(calendarOf('20261123T090000Z').replace('DURATION:PT1H', 'DURATION:PT1H\r\nRRULE:FREQ=WEEKLY')));
    const { calendar } = await join(app, anna, { address: `${server.url}/a.ics` });
    const until = async () => (await app.owner.query('select until::text from vn.calendar_part where link_id = $1', [calendar])).rows[0].until;
    expect(await until()).toBe('2027-11-17');
    app.clock.set('2027-02-01T09:00:00+01:00');
    await readDue(app);
    expect(await until()).toBe('2028-02-01');
  });

  test('is read from webcal addresses and after redirects; another address replaces the first, and the fifth is the last', async () => {
    const { anna } = await makeCentre(app);
    expect(readAddress(' webcal://kalender.example/a.ics ')).toBe('https://kalender.example/a.ics');
    expect(readAddress('kalender.example/a.ics')).toBe('https://kalender.example/a.ics');
    server.answer((request, response) => (request.url === '/a.ics' ? response.writeHead(302, { location: '/b.ics' }).end() : published(calendarOf('20261124T090000Z'))(request, response)));
    const { calendar } = await join(app, anna, { address: `${server.url}/a.ics` });
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    server.answer(published(calendarOf('20261126T090000Z')));
    await join(app, anna, { address: `${server.url}/c.ics` }, calendar);
    expect(await busyTimes(app, anna)).toEqual(['11-26 09:00']);
    expect((await join(app, anna, { server: server.url, user: 'anna', password: 'x' }, calendar)).answer).toMatchObject({ status: 422, body: { code: 'calendar_other_kind' } });
    for (let more = 2; more <= 5; more += 1) expect((await join(app, anna, { address: `${server.url}/${more}.ics` })).answer.status).toBe(200);
    expect((await join(app, anna, { address: `${server.url}/6.ics` })).answer).toMatchObject({ status: 422, body: { code: 'calendar_enough' } });
    expect((await app.request(anna).delete(calendars(anna, `/${calendar}`))).status).toBe(204);
    expect(await busyTimes(app, anna), 'the others say the same').toEqual(['11-26 09:00', '11-26 09:00', '11-26 09:00', '11-26 09:00']);
  });

  test.each([
    ['http://127.0.0.1/a.ics', 'calendar_inside'],
    ['webcal://10.0.0.1/a.ics', 'calendar_inside'],
    ['https://[::1]/a.ics', 'calendar_inside'],
    ['https://169.254.169.254/latest', 'calendar_inside'],
    ['https://kalender.example:8443/a.ics', 'calendar_inside'],
    ['https://anna:hemmelig@kalender.example/a.ics', 'calendar_address'],
    ['file:///etc/passwd', 'calendar_address'],
    ['https://', 'calendar_address'],
  ])('%s is refused at once', async (address, code) => {
    const { anna } = await makeCentre(app);
    const { answer, calendar } = await join(app, anna, { address });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.text).not.toContain('hemmelig');
    expect(await linkOf(app, anna, calendar)).toBeUndefined();
  });

  const series = (rule: string) => calendarOf('20261124T090000Z').replace('DURATION:PT1H', `DURATION:PT1H\r\nRRULE:${rule}`);
  const says =
    (status: number, headers: http.OutgoingHttpHeaders, body: string | Buffer = ''): http.RequestListener =>
    (_request, response) =>
      response.writeHead(status, headers).end(body);
  test.each<[string, http.RequestListener]>([
    ['calendar_refused', says(401, {})],
    ['calendar_refused', says(403, {})],
    ['calendar_gone', says(404, {})],
    ['calendar_gone', says(410, {})],
    ['calendar_ill', says(500, {}, 'Hemmelig')],
    ['calendar_ill', says(429, {})],
    ['calendar_ill', says(304, {})],
    ['calendar_page', says(200, { 'content-type': 'text/html' }, '\n<!DOCTYPE html><title>Hemmelig</title>')],
    ['calendar_broken', says(200, {}, 'Hemmelig')],
    ['calendar_broken', says(200, {}, calendarOf('20261124T090000Z').slice(0, 90))],
    ['calendar_too_large', says(200, {}, `BEGIN:VCALENDAR\r\n${'X-A:b\r\n'.repeat(200_000)}`)],
    ['calendar_too_large', says(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(100_000_000)))],
    ['calendar_too_many', says(200, {}, `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\nDTSTART:20261124T090000Z\r\nEND:VEVENT\r\n'.repeat(6_000)}END:VCALENDAR`)],
    ['calendar_garbled', says(200, { 'content-encoding': 'br' }, 'x')],
    ['calendar_inside', says(302, { location: 'http://127.0.0.1:1/' })],
    ['calendar_inside', says(302, { location: 'http://10.0.0.1/' })],
    ['calendar_redirects', says(302, { location: '/a.ics' })],
    ['calendar_unreachable', (request) => void request.socket.destroy()],
  ])('a server’s bad answer is called %s, and what was read before stands', async (problem, bad) => {
    const { anna } = await makeCentre(app);
    const { calendar } = await join(app, anna, { address: `${server.url}/a.ics` });
    server.answer(bad);
    app.clock.set('2026-11-17T09:01:00+01:00');
    await app.request(anna).post(calendars(anna, `/${calendar}/read`));
    await app.jobs.drain();
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem, failingSince: '2026-11-17T08:01:00.000Z', times: 1 });
    expect(await busyTimes(app, anna)).toEqual(['11-24 09:00']);
    expect(await kept(anna)).not.toContain('Hemmelig');
  });

  test('a repetition that never comes holds up no other calendar', async () => {
    const { anna, centre } = await makeCentre(app);
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    server.answer((request, response) => response.end(request.url === '/a.ics' ? series('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30') : calendarOf('20261125T090000Z')));
    const { calendar } = await join(app, anna, { address: `${server.url}/a.ics` });
    await join(app, birte, { address: `${server.url}/b.ics` });
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem: 'calendar_endless' });
    expect(await busyTimes(app, birte)).toEqual(['11-25 09:00']);
  }, 20_000);

  test('a zone that nobody knows is read where the centre is', async () => {
    const { anna } = await makeCentre(app);
    server.answer(says(200, {}, calendarOf('20261124T090000Z').replace('DTSTART:20261124T090000Z', 'DTSTART;TZID=Mars/Olympus:20261124T090000')));
    await join(app, anna, { address: `${server.url}/a.ics` });
    expect(await busyTimes(app, anna)).toEqual(['11-24 08:00']);
  });
});

describe('2.16 a calendar that cannot be read', () => {
  /** Fails from 9:01 on; the clock stands at the given time after everything due was tried. */
  async function failing(person: TestPerson, until: string[], where = '/a.ics'): Promise<string> {
    const { calendar } = await join(app, person, { address: `${server.url}${where}` });
    server.answer((_request, response) => response.writeHead(410).end());
    later(1);
    await readDue(app);
    for (const time of until) {
      app.clock.set(`2026-11-17T${time}:00+01:00`);
      await readDue(app);
    }
    return calendar;
  }
  const brokenFor = async (person: { token: string }) => (await app.request(person).get('/api/broken-calendars')).body;

  test('counts as busy after two hours: its owner is offered to nobody, is told on the page and by one mail, the coordinator sees who, and nobody else is stopped', async () => {
    const { anna, bo, camilla, dorte, ida, centre } = await makeCentre(app);
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    await makeBookable(app, centre, [anna, birte]);
    const [company] = await someCompanies(app, { camilla, centre } as never, ['Ager']);
    if (company === undefined) throw new Error('no company');
    const offered = async () => new Set((await slotsFor(app, camilla, company, '?week=2026-11-23')).map(({ consultant }) => consultant));
    const calendar = await failing(anna, ['10:59']);
    expect(await offered()).toEqual(new Set(['Anna', 'Birte']));
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'failing', problem: 'calendar_gone' });
    expect(await brokenFor(camilla)).toEqual([]);

    app.clock.set('2026-11-17T11:01:00+01:00');
    expect(await offered(), 'from that minute, whether anybody tried again or not').toEqual(new Set(['Birte']));
    for (const time of ['11:30', '12:30']) {
      app.clock.set(`2026-11-17T${time}:00+01:00`);
      await readDue(app);
    }
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'broken', failingSince: '2026-11-17T08:01:00.000Z', times: 1 });
    expect(app.mails.filter(({ to }) => to === anna.email)).toMatchObject([{ subject: 'Din kalender kan ikke læses' }]);
    expect(app.mails.find(({ to }) => to === anna.email)?.text).not.toContain('a.ics');
    expect(await brokenFor(camilla)).toEqual([{ personId: anna.id, name: 'Anna', school: 'Skole A', since: '2026-11-17T08:01:00.000Z' }]);
    expect(await brokenFor(ida), 'another centre').toEqual([]);
    expect((await app.request(null).get('/api/broken-calendars')).status).toBe(401);
    for (const person of [anna, bo, dorte]) expect((await app.request(person).get('/api/broken-calendars')).status).toBe(403);

    server.answer(published(calendarOf('20261124T090000Z')));
    later(30);
    await readDue(app);
    expect(await linkOf(app, anna, calendar)).toMatchObject({ state: 'good', problem: null, failingSince: null });
    expect(await offered()).toEqual(new Set(['Anna', 'Birte']));
    expect(await brokenFor(camilla)).toEqual([]);
  });

  test('2.18 nobody takes along a colleague who is busy in the own calendar, or whose calendar is broken', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    await makeBookable(app, centre, [anna]);
    await agree(app, centre, 'school', centre.schools.b, 20);
    await agree(app, centre, 'consultant', birte.id, 20);
    const [company] = await someCompanies(app, { camilla, centre } as never, ['Ager']);
    if (company === undefined) throw new Error('no company');
    const slot = (await slotsFor(app, camilla, company, '?week=2026-11-23')).find(({ start }) => start === '2026-11-24T09:00:00.000Z');
    const { id } = (await book(app, camilla, company, slot?.choice ?? '')).body;
    const takeAlong = (version: number) => app.request(anna).put(`/api/meetings/${id}/companion`, { person: birte.id }, { 'if-match': `"${version}"` });
    const { calendar } = await join(app, birte, { address: `${server.url}/a.ics` });
    expect(await takeAlong(1)).toMatchObject({ status: 409, body: { code: 'companion_busy' } });
    server.answer((_request, response) => response.writeHead(404).end());
    await join(app, birte, { address: `${server.url}/b.ics` }, calendar);
    await app.owner.query('delete from vn.calendar_part_busy where person_id = $1', [birte.id]);
    app.clock.set('2026-11-17T11:00:00+01:00');
    expect(await takeAlong(1)).toMatchObject({ status: 409, body: { code: 'companion_busy' } });
    await app.request(birte).delete(calendars(birte, `/${calendar}`));
    expect((await takeAlong(1)).status).toBe(200);
  });

  test('ends when its owner removes it', async () => {
    const { anna, camilla } = await makeCentre(app);
    const calendar = await failing(anna, ['11:30']);
    expect(await brokenFor(camilla)).toHaveLength(1);
    expect((await busyTimes(app, anna)).length).toBeGreaterThan(0);
    expect((await app.request(anna).delete(calendars(anna, `/${calendar}`))).status).toBe(204);
    expect(await brokenFor(camilla)).toEqual([]);
    expect(await busyTimes(app, anna)).toEqual([]);
  });

  test('is asked ever less often, up to half an hour, and at once when its owner asks', async () => {
    expect([1, 2, 3, 4, 5, 20].map((failures) => Math.ceil(nextRead(failures, true) / 60))).toEqual([2, 4, 8, 16, 30, 30]);
    expect([nextRead(0, true), nextRead(0, false)].map((seconds) => Math.ceil(seconds / 60))).toEqual([1, 5]);
    const { anna } = await makeCentre(app);
    const calendar = await failing(anna, [], '/dead.ics');
    const before = askedFor('/dead.ics').length;
    later(1);
    await readDue(app);
    expect(askedFor('/dead.ics')).toHaveLength(before);
    expect((await app.request(anna).post(calendars(anna, `/${calendar}/read`))).status).toBe(202);
    await app.jobs.drain();
    expect(askedFor('/dead.ics')).toHaveLength(before + 1);
  });

  test('whoever is no consultant any more leaves no calendar, no busy time and no secret address behind', async () => {
    const { anna } = await makeCentre(app);
    await join(app, anna, { address: `${server.url}/former.ics` });
    await app.request(anna).put(`/api/people/${anna.id}/calendar-feed`);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    server.seen.splice(0);
    later(1);
    await app.sweep();
    expect(askedFor('/former.ics')).toEqual([]);
    for (const table of ['calendar_link', 'calendar_part_busy', 'calendar_feed']) expect((await app.owner.query(`select from vn.${table} where person_id = $1`, [anna.id])).rowCount).toBe(0);
  });

  test('is looked for once a minute', () => expect(readDueCalendars.everyMinute).toBe(true));

  test('the rules say the same, and so does the database', async () => {
    expect((await app.owner.query('select extract(epoch from vn.calendar_grace())::int / 3600 hours')).rows).toEqual([{ hours: graceHours }]);
    const now = new Date('2026-11-17T10:00:00Z');
    const it = { kind: 'address' as const, failingSince: null, readAt: null, chosen: true };
    expect(stateOf(it, now)).toBe('waiting');
    expect(stateOf({ ...it, readAt: now }, now)).toBe('good');
    expect(stateOf({ ...it, readAt: now, chosen: false }, now)).toBe('choose');
    expect(stateOf({ ...it, failingSince: new Date('2026-11-17T08:00:01Z') }, now)).toBe('failing');
    expect(stateOf({ ...it, failingSince: new Date('2026-11-17T08:00:00Z') }, now)).toBe('broken');
  });
});
