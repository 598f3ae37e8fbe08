import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makePerson, type TestPerson } from '../../../../tests/support/factory.ts';

import { send, visitors, written } from '../../../../tests/support/visits.ts';
import { isLate, rightsOver } from './rules.ts';

const app = await testApp();
const bare = await testApp();

/** Anna (school A) found a need on a visit that Karim's school (B) could answer. */
async function found(on = app) {
  const made = await visitors(on);
  const report = await send(on, made.anna, randomUUID(), written(made.company, { needs: [{ what: 'Læsning på dansk', term: 'now', field: 'basic_skills' }] }));
  expect(report.status, report.text).toBe(201);
  return { ...made, need: report.body.needs[0].id as string, a: made.centre.schools.a, b: made.centre.schools.b };
}
type Made = Awaited<ReturnType<typeof found>>;
const body = ({ company, need, b }: Made, over: object = {}) => ({ company: company.id, need, school: b, about: 'Ring til Preben.', companyAgreed: true, ...over });
const refer = (by: TestPerson | null, sent: object, on = app) => on.request(by).post('/api/referrals', sent);
const put = (by: TestPerson, { id, version }: { id: string; version: number }, what: string, sent: object = {}) => app.request(by).put(`/api/referrals/${id}/${what}`, sent, seen(version));
const read = (by: TestPerson, id: string) => app.request(by).get(`/api/referrals/${id}`);

describe('the closed loop', () => {
  test('3.01 a need found by A is referred, accepted by B, begun and finished; the outcome goes back and A is credited', async () => {
    const made = await found();
    const { anna, karim, emil, dorte, camilla, company, a, b } = made;
    const sent = await refer(anna, body(made));
    expect(sent, sent.text).toMatchObject({
      status: 201,
      body: { state: 'sent', from: { id: a }, to: { id: b }, need: { what: 'Læsning på dansk', field: 'basic_skills' }, owner: null, late: false, can: { answer: false, withdraw: true } },
    });
    expect(await mailsTo(app, emil.email)).toEqual([expect.objectContaining({ subject: expect.stringContaining('Ny henvisning'), text: expect.stringContaining('Skole A') })]);
    expect((await read(emil, sent.body.id)).body.can).toEqual({ answer: true, start: false, end: false, withdraw: false });
    const accepted = await put(emil, sent.body, 'answer', { accept: true, owner: karim.id });
    expect(accepted, accepted.text).toMatchObject({ status: 200, body: { state: 'accepted', owner: { id: karim.id }, can: { start: true, end: true } } });
    expect((await mailsTo(app, anna.email)).map(({ text }) => text).join('\n')).toContain('taget imod din henvisning');
    expect((await mailsTo(app, karim.email)).map(({ subject }) => subject)).toEqual([expect.stringContaining('Du har en henvisning')]);
    const started = await put(karim, accepted.body, 'start');
    expect(started).toMatchObject({ status: 200, body: { state: 'started' } });
    const ended = await put(karim, started.body, 'outcome', { outcome: 'course', note: 'Fire på FVU fra januar.' });
    expect(ended).toMatchObject({ status: 200, body: { state: 'ended', outcome: 'course', can: { answer: false, start: false, end: false, withdraw: false } } });
    expect((await mailsTo(app, anna.email)).at(-1)?.text).toContain('skrevet, hvordan det gik');
    // Back to whoever referred, step by step.
    expect((await read(anna, sent.body.id)).body.story.map(({ state, by, note }: Record<string, string>) => [state, by, note])).toEqual([
      ['sent', 'Anna', ''],
      ['accepted', 'Emil', ''],
      ['started', 'Karim', ''],
      ['ended', 'Karim', 'Fire på FVU fra januar.'],
    ]);
    const pair = { from: { id: a }, to: { id: b }, sent: 1, accepted: 1, declined: 0, started: 1, agreements: 1, ended: 1 };
    for (const reader of [anna, dorte, emil, camilla])
      expect((await app.request(reader).get('/api/referrals/credits')).body.pairs).toEqual([
        expect.objectContaining({ ...pair, from: expect.objectContaining(pair.from), to: expect.objectContaining(pair.to) }),
      ]);
    expect((await app.request(emil).get(`/api/companies/${company.id}/timeline`)).body.items).toContainEqual(expect.objectContaining({ kind: 'referral.ended', ownSchoolOnly: true }));
  });

  test('3.01 a need that was referred cannot be corrected out of its report; what is referred to nobody can', async () => {
    const made = await found();
    const { anna, company, need } = made;
    const [sent] = (await app.request(anna).get(`/api/visit-reports?company=${company.id}`)).body.items;
    const { status } = await refer(anna, body(made));
    expect(status).toBe(201);
    const { meeting: _meeting, ...content } = written(company, {});
    const correct = (needs: object[]) => app.request(anna).put(`/api/visit-reports/${sent.id}`, { ...content, needs }, seen(1));
    expect(await correct([])).toMatchObject({ status: 409, body: { code: 'need_in_use' } });
    const said = { what: 'Læsning på dansk', term: 'now', field: 'basic_skills' };
    expect(await correct([said])).toMatchObject({ status: 409, body: { code: 'need_in_use' } });
    const kept = await correct([{ id: need, ...said }]);
    expect(kept, kept.text).toMatchObject({ status: 200, body: { needs: [{ id: need }] } });
  });

  test('3.01 a referral is declined with a reason, which goes back; the need may then go to the same school again', async () => {
    const made = await found();
    const { anna, emil, dorte } = made;
    const sent = (await refer(anna, body(made))).body;
    expect(await put(emil, sent, 'answer', { accept: false })).toMatchObject({ status: 400, body: { fields: [{ path: 'reason' }] } });
    expect(await put(emil, sent, 'answer', { accept: false, reason: 'Ingen lærere før marts.' })).toMatchObject({ status: 200, body: { state: 'declined', reason: 'Ingen lærere før marts.' } });
    expect((await mailsTo(app, anna.email)).at(-1)?.text).toContain('kan ikke tage imod');
    expect(await put(emil, { ...sent, version: 2 }, 'answer', { accept: true })).toMatchObject({ status: 409, body: { code: 'referral_not_so_far' } });
    const again = await refer(anna, body(made));
    expect(again.status, again.text).toBe(201);
    // Before anybody answers, the school that sent it may take it back, and nobody else.
    expect(await put(emil, again.body, 'withdrawal', { reason: 'x' })).toMatchObject({ status: 403, body: { code: 'referral_not_yours' } });
    expect(await put(dorte, again.body, 'withdrawal', { reason: 'Firmaet venter.' })).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect((await mailsTo(app, emil.email)).at(-1)?.text).toContain('taget tilbage');
    expect((await app.request(anna).get('/api/referrals/credits')).body.pairs).toEqual([expect.objectContaining({ sent: 1, declined: 1 })]);
  });

  test('3.01 a need is with a school once at a time, also when five refer it in the same moment', async () => {
    const made = await found();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refer(made.anna, body(made))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('referral_stands');
  });

  test('3.01 it is the index that says so: without it the same need goes there several times', async () => {
    await bare.owner.query('drop index vn.referral_once');
    const made = await found(bare);
    const answers = await Promise.all(Array.from({ length: 5 }, () => refer(made.anna, body(made), bare)));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(1);
  });

  test('3.01 two who answer in the same moment: one answer counts, the other is told', async () => {
    const made = await found();
    const sent = (await refer(made.anna, body(made))).body;
    const answers = await Promise.all([put(made.emil, sent, 'answer', { accept: true }), put(made.karim, sent, 'answer', { accept: false, reason: 'Ikke nu.' })]);
    const [good, bad] = answers.sort((one, other) => one.status - other.status);
    expect(good?.status).toBe(200);
    expect([409, 412]).toContain(bad?.status);
    expect((await read(made.anna, sent.id)).body.story).toHaveLength(2);
  });

  test('3.01 a need may be written down on the way, and stands on the company for all schools', async () => {
    const made = await found();
    const sent = await refer(made.anna, body(made, { need: null, newNeed: { what: 'Truckcertifikat', field: 'certificates' } }));
    expect(sent, sent.text).toMatchObject({ status: 201, body: { need: { what: 'Truckcertifikat', field: 'certificates' } } });
    expect((await app.request(made.karim).get(`/api/companies/${made.company.id}/needs`)).body.map(({ what }: { what: string }) => what)).toContain('Truckcertifikat');
  });
});

describe('who may, and what is refused', () => {
  test('3.01 two schools and the coordinator read a referral; a third school finds it in no list, no story and no figure', async () => {
    const made = await found();
    const { anna, camilla, centre, company, ida } = made;
    const c = randomUUID();
    await app.owner.query(`insert into vn.school (centre_id, id, name, kind, town) values ($1, $2, 'Skole D', 'technical', 'Limvig')`, [centre.id, c]);
    const third = await makePerson(app, 'Tea', ['consultant', 'manager'], { centreId: centre.id, schoolId: c });
    const sent = (await refer(anna, body(made))).body;
    expect((await read(camilla, sent.id)).status).toBe(200);
    for (const person of [third, ida, made.free]) {
      expect((await read(person, sent.id)).status, person.name).toBe(404);
      expect((await app.request(person).get('/api/referrals')).body, person.name).toEqual([]);
      expect((await app.request(person).get('/api/referrals/credits')).body.pairs, person.name).toEqual([]);
    }
    expect(JSON.stringify((await app.request(third).get(`/api/companies/${company.id}/timeline`)).body)).not.toContain('referral');
    expect((await put(third, sent, 'answer', { accept: true })).status).toBe(404);
    expect(await refer(third, body(made, { school: made.a }))).toMatchObject({ status: 201 });
  });

  test('3.01 whoever changes school reads the new school’s referrals and no longer the old one’s', async () => {
    const made = await found();
    const sent = (await refer(made.anna, body(made))).body;
    await app.owner.query('update vn.session set school_id = null where person_id = $1', [made.anna.id]);
    await app.owner.query('update vn.membership set school_id = null where person_id = $1', [made.anna.id]);
    expect((await read(made.anna, sent.id)).status).toBe(404);
    expect((await read(made.signe, sent.id)).body).toMatchObject({ sentBy: { name: 'Anna' }, can: { withdraw: true } });
    // News goes to whoever answers for the school now.
    await put(made.karim, sent, 'answer', { accept: true });
    expect((await mailsTo(app, made.dorte.email)).at(-1)?.text).toContain('taget imod');
    expect(await mailsTo(app, made.anna.email)).toEqual([]);
  });

  test('3.01 refused: the own school, an unknown one, another company’s need, no yes from the company, two needs or none, too long a text', async () => {
    const made = await found();
    const other = await found();
    const { anna, a } = made;
    expect(await refer(anna, body(made, { school: a }))).toMatchObject({ status: 422, body: { code: 'referral_own_school' } });
    expect(await refer(anna, body(made, { need: other.need }))).toMatchObject({ status: 422, body: { code: 'need_not_theirs' } });
    for (const over of [
      { school: randomUUID() },
      { school: other.b },
      { company: other.company.id },
      { companyAgreed: false },
      { companyAgreed: undefined },
      { need: null },
      { newNeed: { what: 'Truck', field: 'certificates' } },
      { need: null, newNeed: { what: 'Truck', field: 'money' } },
      { about: '' },
      { about: 'x'.repeat(1001) },
      { credit: made.b },
    ])
      expect((await refer(anna, body(made, over))).status, JSON.stringify(over)).toBe(400);
    const sent = (await refer(anna, body(made))).body;
    expect(await put(made.emil, sent, 'answer', { accept: true, owner: anna.id })).toMatchObject({ status: 422, body: { code: 'owner_elsewhere' } });
    expect(await put(made.emil, sent, 'start')).toMatchObject({ status: 409, body: { code: 'referral_not_so_far' } });
    expect(await put(anna, sent, 'answer', { accept: true })).toMatchObject({ status: 403, body: { code: 'referral_not_yours' } });
    expect(await put(made.emil, sent, 'outcome', { outcome: 'won' })).toMatchObject({ status: 400 });
    expect(await app.request(anna).get('/api/referrals/credits?from=2026-12-31&to=2026-01-01')).toMatchObject({ status: 422, body: { code: 'period_backwards' } });
  });

  test('3.01 the coordinator refers for the centre, and ends what nobody can end any more', async () => {
    const made = await found();
    const sent = await refer(made.camilla, body(made));
    expect(sent, sent.text).toMatchObject({ status: 201, body: { from: null } });
    const accepted = (await put(made.karim, sent.body, 'answer', { accept: true })).body;
    expect(await put(made.karim, accepted, 'withdrawal', { reason: 'x' })).toMatchObject({ status: 403 });
    expect(await put(made.camilla, accepted, 'withdrawal', { reason: 'Skolen er gået ud af centret.' })).toMatchObject({ status: 200, body: { state: 'withdrawn', owner: null } });
  });

  test('3.01 a company that goes on in another takes its open referrals along with their needs; finished ones stay where they were', async () => {
    const made = await found();
    const { anna, emil, camilla, company, centre } = made;
    const declined = (await refer(anna, body(made))).body;
    await put(emil, declined, 'answer', { accept: false, reason: 'Ikke nu.' });
    const sent = (await refer(anna, body(made))).body;
    const into = await makeCompany(app, [centre], { name: 'Efterfølger' });
    const merged = await app.request(camilla).put(`/api/companies/${company.id}/successor`, { successor: into.id }, seen(1));
    expect(merged.status, merged.text).toBe(200);
    expect((await read(anna, sent.id)).body).toMatchObject({ company: { id: into.id, name: 'Efterfølger' }, state: 'sent' });
    expect((await read(anna, declined.id)).body.company.id).toBe(company.id);
    expect(await put(emil, sent, 'answer', { accept: true })).toMatchObject({ status: 200, body: { company: { id: into.id } } });
  });

  test('3.01 steps are kept by the database and changed by nobody', async () => {
    const made = await found();
    const sent = (await refer(made.anna, body(made))).body;
    await expect(app.owner.query('update vn.referral_event set note = $2 where referral_id = $1', [sent.id, 'x'])).rejects.toThrow();
    await expect(app.owner.query('update vn.referral set to_school = from_school where id = $1', [sent.id])).rejects.toThrow();
  });
});

describe('reminders', () => {
  test('3.01 whoever has to answer is reminded once after five working days, whoever has it after thirty days without news', async () => {
    const made = await found();
    app.clock.set('2026-11-17T09:00:00Z');
    const sent = (await refer(made.anna, body(made))).body;
    const about = async (person: TestPerson, subject: string) => (await mailsTo(app, person.email)).filter((mail) => mail.subject.includes(subject)).length;
    app.clock.set('2026-11-24T09:00:00Z');
    await app.sweep();
    expect(await about(made.emil, 'venter på svar')).toBe(0);
    app.clock.set('2026-11-25T05:00:00Z'); // before office hours
    await app.sweep();
    expect(await about(made.emil, 'venter på svar')).toBe(0);
    app.clock.set('2026-11-25T09:00:00Z');
    await app.sweep();
    await app.sweep();
    expect(await about(made.emil, 'venter på svar')).toBe(1);
    expect((await app.request(made.emil).get('/api/referrals?way=in&state=open')).body).toEqual([expect.objectContaining({ id: sent.id, late: true })]);
    await put(made.emil, sent, 'answer', { accept: true, owner: made.karim.id });
    app.clock.set('2026-12-28T09:00:00Z');
    await app.sweep();
    expect(await about(made.karim, 'venter på svar')).toBe(1);
    app.clock.set('2026-11-17T09:00:00Z');
  });

  test('3.01 where the school that got it leaves the centre, the referral goes back to whoever sent it, and no new one goes there', async () => {
    const made = await found();
    app.clock.set('2026-11-17T09:00:00Z');
    const sent = (await refer(made.anna, body(made))).body;
    await app.owner.query(`update vn.school set left_on = '2026-11-16' where id = $1`, [made.b]);
    await app.sweep();
    expect((await read(made.anna, sent.id)).body).toMatchObject({ state: 'withdrawn', reason: 'Skolen er ikke med i centret længere.' });
    expect((await mailsTo(app, made.anna.email)).at(-1)?.text).toContain('taget tilbage');
    expect((await refer(made.anna, body(made))).status).toBe(400);
    expect((await app.request(made.anna).get('/api/provision')).body.schools.map(({ id }: { id: string }) => id)).not.toContain(made.b);
  });

  test('3.01 late is: more than five working days without an answer, more than thirty days without news', () => {
    expect(isLate('sent', { days: 40, workingDays: 5 })).toBe(false);
    expect(isLate('sent', { days: 8, workingDays: 6 })).toBe(true);
    expect(isLate('started', { days: 30, workingDays: 21 })).toBe(false);
    expect(isLate('accepted', { days: 31, workingDays: 22 })).toBe(true);
    expect(isLate('ended', { days: 400, workingDays: 300 })).toBe(false);
  });

  test('3.01 every right in every state: only the school that got it answers, only the one that gave it takes it back, the coordinator only ends what is open', () => {
    const states = ['sent', 'accepted', 'started', 'ended', 'declined', 'withdrawn'] as const;
    const may = (schoolId: string | null, roles: readonly ('consultant' | 'manager' | 'coordinator')[]) =>
      states.map((state) => Object.entries(rightsOver({ schoolId, roles }, { state, from: 'a', to: 'b' })).flatMap(([right, ok]) => (ok ? [right] : [])));
    expect(may('b', ['consultant'])).toEqual([['answer'], ['start', 'end'], ['end'], [], [], []]);
    expect(may('a', ['manager'])).toEqual([['withdraw'], [], [], [], [], []]);
    expect(may('c', ['consultant', 'manager'])).toEqual([[], [], [], [], [], []]);
    expect(may(null, ['coordinator'])).toEqual([['withdraw'], ['withdraw'], ['withdraw'], [], [], []]);
  });
});
