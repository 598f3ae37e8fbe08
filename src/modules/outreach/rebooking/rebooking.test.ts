import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { agree, book, falseCounters, handover, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();
const anyone = app.request(null);
interface Time {
  choice: string;
  start: string;
  end: string;
  consultant: string;
  same: boolean;
}
const open = (token: string) => anyone.post('/api/meeting-link', { token });
const times = async (token: string, week?: string): Promise<Time[]> => (await anyone.post('/api/meeting-link/times', { token, week })).body.days.flatMap(({ slots }: { slots: Time[] }) => slots);
const move = (token: string, version: number, choice: string | undefined) => anyone.post('/api/meeting-link/moved', { token, version, choice: choice ?? '' });
const cancel = (token: string, version: number) => anyone.post('/api/meeting-link/cancelled', { token, version });
const ring = (token: string, said = '') => anyone.post('/api/meeting-link/ring', { token, said });
const linkIn = ({ text }: { text: string }) => /\/meeting#([a-z2-7]{32})/.exec(text)?.[1] ?? '';

async function two(app_: typeof app) {
  const made = await makeCentre(app_);
  const karim = await makePerson(app_, 'Karim', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.b });
  return { ...made, karim };
}
type Made = Awaited<ReturnType<typeof two>>;

let no = 0;
/** A meeting of a company in somebody's first free hour, and the secret of its invitation. */
async function invited({ centre, camilla }: Made, at = 0) {
  no += 1;
  const email = `kontakt${no}@firma.example`;
  const company = await makeCompany(app, [centre], { name: `Firma ${no}` });
  const slot = (await slotsFor(app, camilla, company))[at];
  const { body } = await book(app, camilla, company, slot?.choice ?? '', { handover: handover({ contact: { ...handover().contact, email } }) });
  const [mail] = await mailsTo(app, email);
  return { meeting: String(body.id), start: String(body.start), company, email, token: linkIn(mail ?? { text: '' }), calendar: mail?.calendar };
}
const brief = async (person: TestPerson, meeting: string) => (await app.request(person).get(`/api/meetings/${meeting}`)).body;

describe('what the link opens', () => {
  test('its own meeting and nothing else: no hand-over, no other meeting; of the secret the database has a hash', async () => {
    const made = await two(app);
    await makeBookable(app, made.centre, [made.anna]);
    const { token, start, meeting, calendar } = await invited(made);
    expect(token).toHaveLength(32);
    expect(calendar?.replaceAll('\r\n ', '')).toContain(token); // it stands in the calendar’s entry too
    const shown = await open(token);
    expect(shown.body).toEqual({
      centre: made.centre.name,
      zone: 'Europe/Copenhagen',
      company: `Firma ${no}`,
      start,
      end: expect.any(String),
      place: 'Havnevej 4, Limvig',
      wishes: 'Gerne om morgenen.',
      who: [{ name: 'Anna', phone: null, email: made.anna.email }],
      askedAt: null,
      version: 1,
    });
    expect(shown.text).not.toMatch(/svejsere/);
    const kept = (await app.owner.query('select l::text from vn.meeting_link l where meeting_id = $1', [meeting])).rows[0]?.l;
    expect(kept).not.toContain(token);
  });

  test('410 for a secret that opens nothing, and once the meeting has begun or is called off; 400 for one of another shape; counted by address', async () => {
    const made = await two(app);
    await makeBookable(app, made.centre, [made.anna]);
    const [first, second] = [await invited(made), await invited(made, 3)];
    expect(await open('a'.repeat(32))).toMatchObject({ status: 410, body: { code: 'meeting_link_gone' } });
    expect(await open('kort')).toMatchObject({ status: 400 });
    expect(await app.request(made.camilla).put(`/api/meetings/${first.meeting}/cancellation`, { because: 'company' }, seen(1))).toMatchObject({ status: 200 });
    for (const answer of [await open(first.token), await move(first.token, 1, 'x'), await cancel(first.token, 1), await ring(first.token)]) expect(answer).toMatchObject({ status: 410 });
    expect((await app.owner.query('select ended_at from vn.meeting_link where meeting_id = $1', [first.meeting])).rows).toMatchObject([{ ended_at: expect.any(Date) }]);
    app.clock.set(second.start);
    expect(await open(second.token)).toMatchObject({ status: 410 });
    app.clock.set('2026-11-17T09:00:00+01:00');
    await app.owner.query('delete from vn.rate');
    const answers = await Promise.all(Array.from({ length: 61 }, () => open('b'.repeat(32))));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    await app.owner.query('delete from vn.rate');
  });
});

describe('another time', () => {
  test('2.16 the same consultant first, beside that whom the rule gives it to; the old hour is free at once, the capacity right, and everybody gets a new invitation of the same meeting', async () => {
    const made = await two(app);
    const { anna, karim, centre, camilla } = made;
    await makeBookable(app, centre, [anna], 20, ['08:00', '10:00']);
    const { token, meeting, email, start } = await invited(made);
    await makeBookable(app, centre, [karim], 20, ['09:00', '12:00']);
    const free = await times(token);
    expect(free.filter(({ start: at }) => at === start)).toMatchObject([{ consultant: 'Anna', same: true }]);
    expect(new Set(free.filter(({ same }) => same).map(({ consultant }) => consultant))).toEqual(new Set(['Anna']));
    expect(new Set(free.filter(({ same }) => !same).map(({ consultant }) => consultant))).toEqual(new Set(['Karim']));
    const next = free.find(({ start: at, same }) => same && at.slice(0, 10) > start.slice(0, 10));
    const moved = await move(token, 1, next?.choice);
    expect(moved, moved.text).toMatchObject({ status: 201, body: { start: next?.start, version: 2, who: [{ name: 'Anna' }] } });
    expect(await falseCounters(app)).toEqual([]);
    expect(await brief(camilla, meeting)).toMatchObject({ start: next?.start, state: 'booked', given: [], answer: { answer: 'accepted', current: true } });
    const [, again] = await mailsTo(app, email);
    expect(again?.calendar).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:1/);
    expect(linkIn(again ?? { text: '' })).toBe(token);
    expect((await mailsTo(app, anna.email)).at(-1)).toMatchObject({ subject: expect.stringMatching(/^Ny tid/) });
    const other = await makeCompany(app, [centre]);
    expect((await slotsFor(app, camilla, other)).map((slot) => slot.start)).toContain(start);
    expect((await app.owner.query(`select kind, person_id from vn.timeline_entry where subject = $1 order by id`, [meeting])).rows).toContainEqual({ kind: 'meeting.rebooked', person_id: null });
  });

  test('3.05 where another consultant comes, the rule chose, says why, and keeps what it was told; whoever came before is told that it is off', async () => {
    const made = await two(app);
    const { anna, karim, centre, camilla } = made;
    await makeBookable(app, centre, [anna], 20, ['08:00', '09:00']);
    const { token, meeting } = await invited(made);
    await makeBookable(app, centre, [karim], 20, ['10:00', '12:00']);
    const theirs = (await times(token)).find(({ same }) => !same);
    expect(await move(token, 1, theirs?.choice)).toMatchObject({ status: 201, body: { who: [{ name: 'Karim' }] } });
    expect(await brief(camilla, meeting)).toMatchObject({ staff: [{ name: 'Karim' }], given: [{ was: 'Anna', because: 'rebooked' }] });
    expect((await app.owner.query('select told, given_by from vn.meeting_given where meeting_id = $1', [meeting])).rows).toMatchObject([
      { given_by: null, told: { because: expect.stringMatching(/only|share|draw/), inputs: { lead: 3 } } },
    ]);
    expect((await mailsTo(app, anna.email)).at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
    expect((await mailsTo(app, karim.email)).at(-1)?.calendar).toMatch(/METHOD:REQUEST/);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('two clicks are one: the second is told that it is another meeting by now, and nothing more is done', async () => {
    const made = await two(app);
    await makeBookable(app, made.centre, [made.anna]);
    const { token, meeting, email } = await invited(made);
    const [first, second] = (await times(token)).filter(({ start }) => start > '2026-11-18T10');
    const answers = await Promise.all([move(token, 1, first?.choice), move(token, 1, first?.choice), move(token, 1, second?.choice), cancel(token, 1), cancel(token, 1)]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (const { status, body } of answers.filter(({ status }) => status >= 400))
      expect([status, body.code]).toEqual(body.code === 'meeting_link_gone' ? [410, 'meeting_link_gone'] : [409, 'meeting_changed']);
    expect((await brief(made.camilla, meeting)).version).toBe(2);
    expect(await mailsTo(app, email)).toHaveLength(2);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('twenty companies that want the last free hour: one gets it, the others keep theirs', async () => {
    const made = await two(app);
    const { centre, anna } = made;
    const helpers = await Promise.all(Array.from({ length: 20 }, (_, at) => makePerson(app, `Hjælper${at}`, ['consultant'], { centreId: centre.id, schoolId: centre.schools.b })));
    await makeBookable(app, centre, helpers, 60, ['08:00', '09:00']);
    await app.owner.query('delete from vn.rate');
    const all = [];
    for (let at = 0; at < 20; at += 1) all.push(await invited(made));
    // Anna alone has an hour at noon on one day.
    await makeBookable(app, centre, [anna], 60, ['12:00', '13:00']);
    await app.owner.query(`delete from vn.work_hours where person_id = $1 and weekday <> 5`, [anna.id]);
    await agree(app, centre, 'consultant', anna.id, 1, ['2026-11-16']);
    await agree(app, centre, 'consultant', anna.id, 0, ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']);
    await app.owner.query('delete from vn.rate');
    const choices = await Promise.all(all.map(async ({ token }) => (await times(token, '2026-11-16')).find(({ consultant }) => consultant === 'Anna')?.choice));
    expect(choices.filter((choice) => choice === undefined)).toEqual([]);
    await app.owner.query('delete from vn.rate');
    const answers = await Promise.all(all.map(({ token }, at) => move(token, 1, choices[at])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    for (const { body } of answers.filter(({ status }) => status === 409)) expect(body.code).toBe('time_taken');
    expect((await app.owner.query(`select count(*)::int from vn.meeting where centre_id = $1 and state = 'booked'`, [centre.id])).rows).toEqual([{ count: 20 }]);
    expect(await falseCounters(app)).toEqual([]);
    await app.owner.query('delete from vn.rate');
  });

  test('in a week that is full it may move within the week, and a choice of another kind is refused', async () => {
    const made = await two(app);
    const { centre, anna } = made;
    await makeBookable(app, centre, [anna], 1);
    await agree(app, centre, 'centre', centre.id, 0, ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']);
    const { token, start } = await invited(made);
    const free = await times(token);
    expect(free.length).toBeGreaterThan(3);
    expect((await anyone.post('/api/meeting-link/times', { token })).body.weeks).toEqual(['2026-11-16']);
    expect(await move(token, 1, 'sludder')).toMatchObject({ status: 400 });
    const later = free.find((each) => each.start > start);
    expect(await move(token, 1, later?.choice)).toMatchObject({ status: 201 });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('a colleague who went along to learn comes along where there is time, and stays away where there is none', async () => {
    const made = await two(app);
    const { centre, anna, karim, camilla } = made;
    await makeBookable(app, centre, [anna], 20, ['08:00', '12:00']);
    const { token, meeting, start } = await invited(made);
    await agree(app, centre, 'school', centre.schools.b, 20);
    await agree(app, centre, 'consultant', karim.id, 20);
    expect(await app.request(camilla).put(`/api/meetings/${meeting}/companion`, { person: karim.id }, seen(1))).toMatchObject({ status: 200 });
    const [one, other] = (await times(token)).filter(({ start: at, same }) => same && at.slice(0, 10) > start.slice(0, 10));
    expect(await move(token, 2, one?.choice)).toMatchObject({ status: 201, body: { who: [{ name: 'Anna' }, { name: 'Karim' }] } });
    await app.owner.query(`insert into vn.absence (centre_id, id, person_id, days, written_by) values ($1, gen_random_uuid(), $2, daterange($3::date, $3::date, '[]'), $2)`, [
      centre.id,
      karim.id,
      other?.start.slice(0, 10),
    ]);
    expect(await move(token, 3, other?.choice)).toMatchObject({ status: 201, body: { who: [{ name: 'Anna' }] } });
    expect(await falseCounters(app)).toEqual([]);
  });
});

describe('no time at all', () => {
  test('it calls the meeting off: time and capacity are free, everybody is told, and the link is over', async () => {
    const made = await two(app);
    await makeBookable(app, made.centre, [made.anna]);
    const { token, meeting, email } = await invited(made);
    expect(await cancel(token, 7)).toMatchObject({ status: 409, body: { code: 'meeting_changed' } });
    expect(await cancel(token, 1)).toMatchObject({ status: 204 });
    expect(await brief(made.camilla, meeting)).toMatchObject({ state: 'cancelled', cancelledBecause: 'company' });
    expect((await mailsTo(app, email)).at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
    expect((await mailsTo(app, made.anna.email)).at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
    expect(await open(token)).toMatchObject({ status: 410 });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('it asks to be rung: whoever comes is told once, the meeting stands and says so until it has another time', async () => {
    const made = await two(app);
    const { anna, camilla } = made;
    await makeBookable(app, made.centre, [anna]);
    const { token, meeting } = await invited(made);
    const before = (await mailsTo(app, anna.email)).length;
    expect(await ring(token, 'Vi har travlt.')).toMatchObject({ status: 201, body: { askedAt: expect.any(String), version: 1 } });
    expect(await ring(token, 'Ring i morgen.')).toMatchObject({ status: 201 });
    const mails = (await mailsTo(app, anna.email)).slice(before);
    expect(mails).toMatchObject([{ subject: expect.stringMatching(/beder om at blive ringet op/), text: expect.stringMatching(/Preben Bjergager[\s\S]*Ring i morgen\.|Vi har travlt\./) }]);
    expect(await brief(camilla, meeting)).toMatchObject({ state: 'booked', ring: { said: 'Ring i morgen.' } });
    const next = (await times(token)).find(({ start }) => start > '2026-11-19');
    expect(await move(token, 1, next?.choice)).toMatchObject({ status: 201, body: { askedAt: null } });
    expect(await brief(camilla, meeting)).toMatchObject({ ring: null });
  });
});
