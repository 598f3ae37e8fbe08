import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';
import type { MeetingSheet, MeetingShown } from './contract.ts';

// Tuesday 17 November 2026.
const app = await testApp();
const bare = await testApp();

const seriesBody = (schools: readonly string[], over: Record<string, unknown> = {}) => ({
  name: 'Konsulentmøde',
  every: 2,
  weekday: 4,
  starts: '09:00',
  ends: '11:30',
  from: '2026-11-19',
  to: null,
  schools,
  ...over,
});
const single = (over: Record<string, unknown> = {}) => ({
  kind: 'ordinary',
  title: 'Ekstra møde',
  day: '2026-11-19',
  starts: '13:00',
  ends: '15:00',
  host: null,
  place: 'Lokale 2',
  tour: '',
  ...over,
});
const coming = async (by: TestPerson, on = app): Promise<MeetingShown[]> => (await on.request(by).get('/api/consultant-meetings')).body;
const sheet = async (by: TestPerson, id: string, on = app): Promise<MeetingSheet> => (await on.request(by).get(`/api/consultant-meetings/${id}`)).body;

/** A meeting of its own, hosted by Karim's school B. */
async function planned(on: TestApp = app, over: Record<string, unknown> = {}) {
  const made = await visitors(on);
  const answer = await on.request(made.camilla).post('/api/consultant-meetings', single({ host: made.centre.schools.b, ...over }));
  expect(answer.status, answer.text).toBe(201);
  return { ...made, meeting: answer.body as MeetingSheet };
}
const at = (meeting: { id: string }, rest = '') => `/api/consultant-meetings/${meeting.id}${rest}`;
const begin = (by: TestPerson, meeting: { id: string }, on = app) => on.request(by).put(at(meeting, '/begun'));
const close = (by: TestPerson, meeting: { id: string }, version = 2, on = app) => on.request(by).put(at(meeting, '/closed'), undefined, seen(version));
const addTask = (by: TestPerson, meeting: { id: string }, company: { id: string }, over: Record<string, unknown> = {}, on = app) =>
  on.request(by).post('/api/tasks', { company: company.id, what: 'Send bud', owner: null, due: '2026-12-01', meeting: meeting.id, ...over });

describe('who may', () => {
  test('2.27 series: 401 for nobody, 403 for all but the coordinator, 404 in another centre, 400 and 422 for what does not fit, 409 for a name that is taken', async () => {
    const { anna, bo, dorte, camilla, ida, centre, other } = await visitors(app);
    const url = '/api/consultant-meeting-series';
    const sent = seriesBody([centre.schools.a, centre.schools.b]);
    expect((await app.request(null).post(url, sent)).status).toBe(401);
    for (const person of [anna, bo, dorte]) expect((await app.request(person).post(url, sent)).status).toBe(403);
    for (const over of [{ every: 3 }, { weekday: 6 }, { ends: '08:00' }, { to: '2026-01-01' }, { name: ' ' }, { schools: [centre.schools.a, centre.schools.a] }])
      expect((await app.request(camilla).post(url, { ...sent, ...over })).status).toBe(400);
    expect(await app.request(camilla).post(url, { ...sent, schools: [other.schools.g] })).toMatchObject({ status: 422, body: { code: 'school_unknown' } });
    const series = (await app.request(camilla).post(url, sent)).body;
    expect(await app.request(camilla).post(url, sent)).toMatchObject({ status: 409, body: { code: 'name_of_series_taken' } });
    expect((await app.request(ida).put(`${url}/${series.id}`, seriesBody([]), seen(1))).status).toBe(404);
    expect((await app.request(ida).delete(`${url}/${series.id}`)).status).toBe(404);
    expect((await app.request(ida).get(url)).body).toEqual([]);
    expect(await app.request(camilla).put(`${url}/${series.id}`, sent, seen(7))).toMatchObject({ status: 412 });
    expect((await app.request(dorte).get(url)).body).toMatchObject([{ name: 'Konsulentmøde', can: { edit: false } }]);
  });

  test('2.26 the host’s consultants and the coordinator run a meeting; all consultants suggest, managers read, another centre finds nothing', async () => {
    const { anna, karim, dorte, emil, ida, bo, meeting, company } = await planned();
    expect((await app.request(null).get(at(meeting))).status).toBe(401);
    expect((await app.request(bo).get(at(meeting))).status).toBe(403);
    expect((await app.request(ida).get(at(meeting))).status).toBe(404);
    expect((await app.request(ida).put(at(meeting, '/begun'))).status).toBe(404);
    expect((await sheet(emil, meeting.id)).can).toEqual({ run: false, plan: false, suggest: false });
    expect((await sheet(karim, meeting.id)).can).toEqual({ run: true, plan: false, suggest: true });
    expect((await app.request(anna).post(at(meeting, '/items'), { text: 'Natundervisning', learning: true })).status).toBe(201);
    expect((await app.request(dorte).post(at(meeting, '/items'), { text: 'X' })).status).toBe(403);
    for (const answer of [
      await begin(anna, meeting),
      await close(anna, meeting, 1),
      await app.request(anna).post(at(meeting, '/minutes'), { kind: 'minute', text: 'X' }),
      await app.request(anna).put(at(meeting, `/people/${anna.id}`), { present: true }),
      await addTask(anna, meeting, company),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'not_running_meeting' } });
    const [item] = (await sheet(karim, meeting.id)).items;
    expect(item).toMatchObject({ text: 'Natundervisning', learning: true, by: 'Anna', can: { remove: true } });
    const own = (await app.request(karim).post(at(meeting, '/items'), { text: 'Køreplan' })).body.items.find(({ text }: { text: string }) => text === 'Køreplan');
    expect(await app.request(anna).delete(at(meeting, `/items/${own.id}`))).toMatchObject({ status: 403, body: { code: 'item_not_yours' } });
    expect((await app.request(anna).delete(at(meeting, `/items/${item?.id}`))).status).toBe(204);
  });

  test('2.27 the host says where and what is to be seen; day, time and host are the coordinator’s; whoever was invited is told', async () => {
    const { anna, karim, camilla, meeting, centre } = await planned();
    const facts = { title: 'Ekstra møde', day: '2026-11-19', starts: '13:00', ends: '15:00', host: centre.schools.b, place: 'Svejsehallen', tour: 'De nye kabiner' };
    const write = (by: TestPerson, sent: object, version: number) => app.request(by).put(at(meeting), sent, seen(version));
    expect(await write(anna, facts, 1)).toMatchObject({ status: 403 });
    expect(await write(karim, { ...facts, day: '2026-11-20' }, 1)).toMatchObject({ status: 403, body: { code: 'coordinator_plans' } });
    expect(await write(karim, facts, 1)).toMatchObject({ status: 200, body: { place: 'Svejsehallen', tour: 'De nye kabiner', version: 2 } });
    expect(await write(karim, facts, 1)).toMatchObject({ status: 412 });
    expect(await write(camilla, { ...facts, day: '2026-11-20', host: centre.schools.a }, 2)).toMatchObject({ status: 200, body: { day: '2026-11-20', host: { name: 'Skole A' } } });
    const letters = await mailsTo(app, anna.email);
    expect(letters.map(({ subject }) => subject)).toEqual(['Invitation: Ekstra møde', 'Ændret: Ekstra møde', 'Ændret: Ekstra møde']);
    expect(letters[2]?.calendar).toMatch(/METHOD:REQUEST[\s\S]*DTSTART:20261120T120000Z/);
    expect((await app.request(karim).delete(at(meeting))).status).toBe(403);
    expect((await app.request(camilla).delete(at(meeting))).status).toBe(204);
    expect((await mailsTo(app, anna.email)).at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
    expect(await coming(anna)).toMatchObject([{ id: meeting.id, cancelledAt: expect.any(String) }]);
  });
});

describe('regular meetings', () => {
  test('2.27 stand sixteen weeks ahead without holidays, each school hosts in turn, and three weeks before consultants are invited', async () => {
    const { anna, camilla, centre } = await visitors(app);
    expect((await app.request(camilla).post('/api/consultant-meeting-series', seriesBody([centre.schools.a, centre.schools.b, centre.schools.c]))).status).toBe(201);
    const meetings = await coming(anna);
    expect(meetings.map(({ day }) => day)).toEqual(['2026-11-19', '2026-12-03', '2026-12-17', '2026-12-31', '2027-01-14', '2027-01-28', '2027-02-11', '2027-02-25']);
    const hosts = meetings.map(({ host }) => host?.name);
    expect(new Set(hosts.slice(0, 3)).size).toBe(3);
    expect(hosts.slice(3, 6)).toEqual(hosts.slice(0, 3));
    expect(meetings.map(({ invitedAt }) => invitedAt !== null)).toEqual([true, true, false, false, false, false, false, false]);
    expect((await mailsTo(app, anna.email)).map(({ subject }) => subject)).toEqual(['Invitation: Konsulentmøde', 'Invitation: Konsulentmøde']);
    app.clock.set('2026-11-27T09:00:00+01:00');
    await app.sweep();
    await app.sweep();
    expect(await mailsTo(app, anna.email)).toHaveLength(3);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.27 another weekday moves what is ahead, one that was cancelled by hand stays so, and an ended series leaves what was held', async () => {
    const { anna, camilla, centre } = await visitors(app);
    const url = '/api/consultant-meeting-series';
    const series = (await app.request(camilla).post(url, seriesBody([centre.schools.a]))).body;
    const [first, second] = await coming(anna);
    await app.request(camilla).delete(at({ id: second?.id ?? '' }));
    expect((await app.request(camilla).put(`${url}/${series.id}`, seriesBody([centre.schools.b], { starts: '10:00', ends: '12:00' }), seen(1))).status).toBe(200);
    const after = (await coming(anna)).filter(({ cancelledAt }) => cancelledAt === null);
    expect(after.map(({ day }) => day)).not.toContain('2026-12-03');
    expect(after[0]).toMatchObject({ id: first?.id, starts: '2026-11-19T09:00:00.000Z', host: { name: 'Skole B' } });
    expect((await app.request(camilla).put(`${url}/${series.id}`, seriesBody([], { weekday: 3, from: '2026-11-18' }), seen(2))).status).toBe(200);
    const moved = (await coming(anna)).filter(({ cancelledAt }) => cancelledAt === null);
    expect(moved[0]).toMatchObject({ day: '2026-11-18', host: null });
    expect(moved.every(({ day }) => new Date(day).getUTCDay() === 3)).toBe(true);
    await begin(camilla, { id: moved[0]?.id ?? '' });
    expect((await close(camilla, { id: moved[0]?.id ?? '' })).status).toBe(200);
    expect((await app.request(camilla).delete(`${url}/${series.id}`)).status).toBe(204);
    expect((await coming(anna)).filter(({ cancelledAt }) => cancelledAt === null)).toEqual([]);
    expect((await app.request(anna).get('/api/consultant-meetings?when=past')).body).toMatchObject([{ id: moved[0]?.id, series: null }]);
  });

  test.each([
    ['the series moves to another weekday', 200],
    ['the series ends', 204],
    ['the meeting is cancelled', 409],
  ])('2.26 a meeting that is begun in the moment when %s is held', async (what, status) => {
    const { anna, camilla, centre } = await visitors(app);
    const url = '/api/consultant-meeting-series';
    const series = (await app.request(camilla).post(url, seriesBody([centre.schools.a]))).body;
    const [first] = await coming(anna);
    await app.owner.query('begin');
    await app.owner.query('select from vn.consultant_meeting where id = $1 for update', [first?.id]);
    const begun = begin(camilla, { id: first?.id ?? '' });
    await untilWaiting(app, 1);
    const by = app.request(camilla);
    const gone =
      status === 409
        ? by.delete(at({ id: first?.id ?? '' }))
        : status === 204
          ? by.delete(`${url}/${series.id}`)
          : by.put(`${url}/${series.id}`, seriesBody([centre.schools.a], { weekday: 3, from: '2026-11-18' }), seen(1));
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    expect((await begun).status).toBe(200);
    expect((await gone).status, what).toBe(status);
    expect(await sheet(camilla, first?.id ?? '')).toMatchObject({ begunAt: expect.any(String), cancelledAt: null });
  });

  test('2.26 a meeting that gets an item in the moment when its series ends is called off and not forgotten', async () => {
    const { anna, camilla, centre } = await visitors(app);
    const series = (await app.request(camilla).post('/api/consultant-meeting-series', seriesBody([centre.schools.a]))).body;
    const last = (await coming(anna)).at(-1);
    await app.owner.query('begin');
    await app.owner.query('select from vn.consultant_meeting where id = $1 for update', [last?.id]);
    const added = app.request(anna).post(at({ id: last?.id ?? '' }, '/items'), { text: 'Nye støtteregler' });
    await untilWaiting(app, 1);
    const ended = app.request(camilla).delete(`/api/consultant-meeting-series/${series.id}`);
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    expect((await added).status).toBe(201);
    expect((await ended).status).toBe(204);
    expect((await app.owner.query('select cancelled_at is not null cancelled from vn.consultant_meeting where id = $1', [last?.id])).rows).toEqual([{ cancelled: true }]);
  });
});

describe('the board', () => {
  test('2.26 the agenda gathers itself for the next meeting: reports of all schools, nobody’s and late tasks, companies without a contact person', async () => {
    const made = await planned();
    const { anna, karim, camilla, company, meeting } = made;
    await send(app, anna, randomUUID(), written(company, { nextSteps: [{ what: 'Ring', owner: karim.id, due: '2026-11-16' }] }));
    await app.request(anna).post('/api/tasks', { company: company.id, what: 'Find en lærer', owner: null, due: '2026-11-30' });
    await app.request(anna).delete(`/api/companies/${company.id}/contact-person`, seen(1));
    const later = (await app.request(camilla).post('/api/consultant-meetings', single({ day: '2026-11-26' }))).body;
    const found = await sheet(karim, meeting.id);
    expect(found.reports).toMatchObject([{ company: { id: company.id }, by: { name: 'Anna', school: 'Skole A' }, needs: [{ what: 'Svejsecertifikat' }], discussedAt: null }]);
    expect(found.tasks).toMatchObject([{ what: 'Ring' }]);
    expect(found.unowned).toMatchObject([{ what: 'Find en lærer' }]);
    expect(found.withoutContact).toMatchObject([{ id: company.id, left: false }]);
    expect(await sheet(karim, later.id)).toMatchObject({ reports: [], unowned: [], late: [], withoutContact: [] });
  });

  test('2.26 report by report: needs become tasks, taken and declined, with a day; a report is on the table once; nothing is nobody’s when it closes', async () => {
    const made = await planned();
    const { anna, karim, signe, camilla, company, meeting } = made;
    const report = (await send(app, anna, randomUUID(), written(company))).body;
    await app.request(anna).post('/api/tasks', { company: company.id, what: 'Find en lærer', owner: null, due: '2026-11-30' });
    expect(await app.request(karim).put(at(meeting, `/reports/${report.id}`))).toMatchObject({ status: 409, body: { code: 'meeting_not_begun' } });
    expect(await close(karim, meeting, 1)).toMatchObject({ status: 409, body: { code: 'meeting_not_begun' } });
    expect(await begin(karim, meeting)).toMatchObject({ status: 200, body: { begunAt: expect.any(String), unowned: [], tasks: [{ what: 'Find en lærer', meeting: meeting.id }] } });
    expect((await begin(karim, meeting)).body.version).toBe(2);
    expect(await app.request(camilla).delete(at(meeting))).toMatchObject({ status: 409, body: { code: 'meeting_has_begun' } });
    expect((await app.request(karim).put(at(meeting, `/reports/${report.id}`))).body.reports).toMatchObject([{ id: report.id, discussedAt: expect.any(String) }]);
    expect((await app.request(karim).put(at(meeting, `/reports/${randomUUID()}`))).status).toBe(404);
    // The need, by one press; given to Signe, who declines in the room; Karim's school takes it.
    const task = (await addTask(karim, meeting, company, { need: report.needs[0].id, report: report.id, what: report.needs[0].what })).body;
    expect(task).toMatchObject({ what: 'Svejsecertifikat', owner: null, need: report.needs[0].id, can: { give: true } });
    expect(await close(karim, meeting)).toMatchObject({ status: 409, body: { code: 'tasks_unowned' } });
    await app.request(karim).put(`/api/tasks/${task.id}/owner`, { owner: signe.id }, seen(1));
    expect(await app.request(karim).put(`/api/tasks/${task.id}/answer`, { accept: false, reason: 'Holdet er fuldt.' }, seen(2))).toMatchObject({ status: 200, body: { state: 'declined' } });
    await app.request(karim).put(`/api/tasks/${task.id}/owner`, { owner: karim.id }, seen(3));
    await app.request(karim).put(`/api/tasks/${task.id}`, { what: 'Byd på svejsecertifikat', due: '2026-12-04' }, seen(4));
    const [rest] = (await sheet(karim, meeting.id)).tasks.filter(({ what }) => what === 'Find en lærer');
    expect(await close(karim, meeting)).toMatchObject({ status: 409, body: { code: 'tasks_unowned' } });
    await app.request(karim).put(`/api/tasks/${rest?.id}/owner`, { owner: signe.id }, seen(rest?.version ?? 0));
    expect(await mailsTo(app, signe.email)).toHaveLength(1); // the invitation: what is shared out in the room is told afterwards
    expect(await close(karim, meeting, 1)).toMatchObject({ status: 412 });
    expect(await close(karim, meeting)).toMatchObject({ status: 200, body: { closedAt: expect.any(String) } });
    expect((await mailsTo(app, signe.email)).at(-1)).toMatchObject({ subject: 'Dine opgaver efter Ekstra møde', text: expect.stringContaining('Find en lærer') });
    expect(await addTask(karim, meeting, company, { owner: karim.id })).toMatchObject({ status: 409, body: { code: 'consultant_meeting_closed' } });
    // Afterwards a task may still be declined: it is nobody's and on the next table.
    const held = (await sheet(signe, meeting.id)).tasks.find(({ id }) => id === rest?.id);
    await app.request(signe).put(`/api/tasks/${rest?.id}/answer`, { accept: false, reason: 'Syg.' }, seen(held?.version ?? 0));
    const next = (await app.request(camilla).post('/api/consultant-meetings', single({ day: '2026-11-26' }))).body;
    expect(await sheet(signe, next.id)).toMatchObject({ reports: [], unowned: [{ id: rest?.id }] });
    await begin(camilla, next);
    expect(await app.request(camilla).put(at(next, `/reports/${report.id}`))).toMatchObject({ status: 409, body: { code: 'discussed_elsewhere' } });
  });

  test('2.26 minutes are saved line by line and change while the meeting is open; once it is closed only a correction is added', async () => {
    const { anna, karim, dorte, meeting, signe } = await planned();
    await begin(karim, meeting);
    const line = (sent: object) => app.request(karim).post(at(meeting, '/minutes'), sent);
    expect(await line({ kind: 'correction', text: 'X' })).toMatchObject({ status: 409, body: { code: 'meeting_still_open' } });
    expect(await line({ kind: 'minute', text: 'X', report: randomUUID() })).toMatchObject({ status: 422, body: { code: 'report_unknown' } });
    const [first] = (await line({ kind: 'decision', text: 'Skole C tager truckkurset.' })).body.minutes;
    const [, second] = (await line({ kind: 'minute', text: 'Vi ses.' })).body.minutes;
    const reword = (version: number) => app.request(karim).put(at(meeting, `/minutes/${first.id}`), { text: 'Skole B tager truckkurset.' }, seen(version));
    expect(await reword(1)).toMatchObject({ status: 200, body: { minutes: [{ text: 'Skole B tager truckkurset.', kind: 'decision', by: 'Karim' }, {}] } });
    expect(await reword(1)).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect((await app.request(karim).delete(at(meeting, `/minutes/${second.id}`))).status).toBe(204);
    expect((await app.request(karim).delete(at(meeting, `/minutes/${second.id}`))).status).toBe(404);
    expect((await app.request(karim).put(at(meeting, `/people/${signe.id}`), { present: true })).body.people).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: signe.id, present: true })]),
    );
    expect((await app.request(karim).put(at(meeting, `/people/${dorte.id}`), { present: true })).status).toBe(404);
    expect((await close(karim, meeting)).status).toBe(200);
    for (const answer of [
      await reword(2),
      await app.request(karim).delete(at(meeting, `/minutes/${first.id}`)),
      await line({ kind: 'minute', text: 'X' }),
      await app.request(karim).put(at(meeting, `/people/${signe.id}`), { present: false }),
      await app.request(anna).post(at(meeting, '/items'), { text: 'X' }),
      await begin(karim, meeting),
      await close(karim, meeting, 3),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'consultant_meeting_closed' } });
    expect(await line({ kind: 'correction', text: 'Det var skole C.' })).toMatchObject({ status: 201, body: { minutes: [{ kind: 'decision' }, { kind: 'correction', text: 'Det var skole C.' }] } });
    expect((await sheet(dorte, meeting.id)).minutes).toHaveLength(2);
    await expect(app.owner.query(`update vn.consultant_meeting_minute set text = 'X' where id = $1`, [first.id])).rejects.toThrow('closed');
    await expect(app.owner.query('update vn.consultant_meeting set closed_at = null, closed_by = null where id = $1', [meeting.id])).rejects.toThrow('closed');
  });
});

describe('2.26 closing and adding what nobody has, at once', () => {
  /** All wait for the meeting's row; then the database lets one after the other. */
  async function attack(on: TestApp, closeFirst: boolean, declining = true) {
    const { karim, company, meeting, signe } = await planned(on);
    await begin(karim, meeting, on);
    const offered = (await addTask(karim, meeting, company, { owner: signe.id }, on)).body;
    await on.owner.query('begin');
    await on.owner.query('select from vn.consultant_meeting where id = $1 for update', [meeting.id]);
    const closing = () => close(karim, meeting, 2, on);
    const adding = () => [
      ...Array.from({ length: 6 }, () => addTask(karim, meeting, company, {}, on)),
      ...(declining ? [on.request(signe).put(`/api/tasks/${offered.id}/answer`, { accept: false, reason: 'Nej.' }, seen(1))] : []),
    ];
    const waiting: Promise<{ status: number }>[] = [];
    if (closeFirst) {
      waiting.push(closing());
      await untilWaiting(on, 1);
      waiting.push(...adding());
    } else {
      waiting.push(...adding());
      await untilWaiting(on, 6);
      waiting.push(closing());
    }
    await untilWaiting(on, declining ? 8 : 7);
    await on.owner.query('commit');
    await Promise.all(waiting);
    const { rows } = await on.owner.query(
      `select m.closed_at is not null closed, (select count(*)::int from vn.task t where t.centre_id = m.centre_id and t.consultant_meeting_id = m.id and t.owner_id is null and not t.by_company
          and not exists (select from vn.task_event e where e.centre_id = t.centre_id and e.task_id = t.id and e.kind = 'declined')) unowned
         from vn.consultant_meeting m where m.id = $1`,
      [meeting.id],
    );
    return rows[0] as { closed: boolean; unowned: number };
  }

  test('2.26 whichever comes first, a closed meeting has no task that nobody has', async () => {
    for (const closeFirst of [true, false, true]) {
      const { closed, unowned } = await attack(app, closeFirst);
      expect(closed ? unowned : 0).toBe(0);
    }
  });

  test('2.26 it is the database that says so: without its guard the same attack leaves tasks that nobody has', async () => {
    await bare.owner.query('alter table vn.task disable trigger t1_meets');
    expect(await attack(bare, true, false)).toMatchObject({ closed: true, unowned: 6 });
  });
});
