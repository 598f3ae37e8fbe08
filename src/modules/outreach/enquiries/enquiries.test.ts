import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeBookable } from '../../../../tests/support/meetings.ts';
import { visitors } from '../../../../tests/support/visits.ts';
import { overdue, sameEnquiry } from './rules.ts';

const app = await testApp();
const asked = (over: object = {}) => ({ companyName: 'Bjergager Smede', personName: 'Preben', phone: '00 98 76 54', said: 'Vi vil gerne høre om svejsekurser.', ...over });
const listed = async (person: { token: string }, query = '') => (await app.request(person).get(`/api/enquiries${query}`)).body;

/** A centre whose schools A and B have agreed shares. */
async function ready() {
  const all = await visitors(app);
  await makeBookable(app, all.centre, [all.anna, all.karim]);
  const { key } = (await app.owner.query('select key from vn.centre where id = $1', [all.centre.id])).rows[0];
  return { ...all, key: String(key) };
}

test('2.35 the same company, number or way back makes one enquiry; a name alone does not', () => {
  const one = { company: null, cvr: null, companyName: 'Bjergager Smede A/S', town: null, phone: '+45 00 98 76 54', email: null, channel: 'phone', adviser: null };
  expect(sameEnquiry(one, { ...one, companyName: 'bjergager  smede', phone: '00987654' })).toBe(true);
  expect(sameEnquiry(one, { ...one, phone: '11223344' })).toBe(false);
  expect(sameEnquiry(one, { ...one, companyName: 'En anden' })).toBe(false);
  expect(sameEnquiry({ ...one, cvr: '12345678' }, { ...one, cvr: '12345678', companyName: 'X', phone: null, email: 'a@b.example' })).toBe(true);
  expect(sameEnquiry({ ...one, phone: null, email: 'P@b.example' }, { ...one, phone: null, email: 'p@b.example' })).toBe(true);
  expect([overdue(1, true), overdue(1, false), overdue(2, false)]).toEqual([true, false, true]);
});

describe('the public form', () => {
  test('2.35 a company asks without signing in and learns nothing; the house passes it on, and its owner is told', async () => {
    const { anna, karim, signe, free, camilla, key, ida } = await ready();
    expect((await app.request(null).get('/api/open-centres')).body).toEqual(expect.arrayContaining([{ key, name: 'VEU-center Prøven' }]));
    expect(await app.request(null).post('/api/open-centres/ingen/enquiries', asked())).toMatchObject({ status: 404 });
    expect(await app.request(null).post(`/api/open-centres/${key}/enquiries`, asked({ phone: '' }))).toMatchObject({ status: 400, body: { fields: [{ path: 'phone', code: 'required' }] } });
    const answer = await app.request(null).post(`/api/open-centres/${key}/enquiries`, asked());
    expect([answer.status, answer.text]).toEqual([204, '']);
    await app.sweep();
    const [enquiry] = await listed(camilla);
    expect(enquiry).toMatchObject({ channel: 'web', companyName: 'Bjergager Smede', owner: { school: expect.stringMatching(/Skole [AB]/) }, because: expect.stringMatching(/draw|share|only/) });
    const owner = [anna, karim, signe].find(({ id }) => id === enquiry.owner.id);
    expect(await listed(owner ?? free)).toMatchObject([{ id: enquiry.id, can: { answer: true } }]);
    expect((await mailsTo(app, owner?.email ?? '')).map(({ subject }) => subject)).toEqual(['En henvendelse til dig: Bjergager Smede']);
    for (const person of [anna, karim, signe, free].filter(({ id }) => id !== owner?.id)) expect(await listed(person), person.name).toEqual([]);
    expect(await listed(ida)).toEqual([]);
  });

  test('2.35 what no person fills in is thanked and thrown away; the eleventh from one address in an hour waits', async () => {
    const { camilla, key } = await ready();
    await app.owner.query('delete from vn.rate');
    expect(await app.request(null).post(`/api/open-centres/${key}/enquiries`, asked({ website: 'http://spam.example' }))).toMatchObject({ status: 204 });
    for (let at = 0; at < 9; at += 1) expect((await app.request(null).post(`/api/open-centres/${key}/enquiries`, asked({ companyName: `Firma ${at}` }))).status).toBe(204);
    expect(await app.request(null).post(`/api/open-centres/${key}/enquiries`, asked())).toMatchObject({ status: 429 });
    expect(await listed(camilla)).toHaveLength(9);
  });
});

describe('passing on', () => {
  test('2.35 a company with a contact person is passed to that person, in holidays to the deputy', async () => {
    const { anna, karim, camilla, company } = await ready();
    await app.request(karim).put(`/api/companies/${company.id}/contact-person`, { person: karim.id }, seen(0));
    const taken = await app.request(anna).post('/api/enquiries', { channel: 'phone', ...asked(), company: company.id });
    expect(taken, taken.text).toMatchObject({ status: 201, body: { owner: null, company: { id: company.id } } });
    await app.sweep();
    expect(await listed(karim)).toMatchObject([{ id: taken.body.id, because: 'contact_person', owner: { name: 'Karim' } }]);
    await app.request(karim).put(`/api/companies/${company.id}/deputy`, { person: anna.id, until: '2026-11-30' }, seen(1));
    await app.request(karim).put(`/api/enquiries/${taken.body.id}/answer`, { answer: 'Vi har talt sammen.' }, seen(2));
    await app.request(camilla).post('/api/enquiries', { channel: 'walk_in', ...asked(), company: company.id });
    await app.sweep();
    expect(await listed(anna, '?whose=mine')).toMatchObject([{ because: 'contact_person', owner: { name: 'Anna' } }]);
  });

  test('2.35 otherwise schools share by the published rule, and what it was told is kept', async () => {
    const { camilla, centre } = await ready();
    for (let at = 0; at < 8; at += 1) {
      await app.request(camilla).post('/api/enquiries', { channel: 'mail', ...asked({ companyName: `Firma ${at}`, phone: `0011220${at}` }) });
      await app.sweep();
    }
    const found = await app.owner.query('select school_id, count(*)::int count from vn.enquiry where centre_id = $1 group by 1', [centre.id]);
    expect(found.rows.map(({ count }) => count)).toEqual([4, 4]);
    const told = await app.owner.query('select seed, told from vn.enquiry where centre_id = $1 order by received_at, id limit 1', [centre.id]);
    expect(told.rows[0]).toMatchObject({ seed: expect.any(String), told: { window: 13, lead: 3, schools: expect.any(Array) } });
  });

  test('2.35 two who ask the same are one enquiry; a tip stays apart from a question', async () => {
    const { camilla, company, anna } = await ready();
    const cvr = (await app.owner.query('select cvr from vn.company where id = $1', [company.id])).rows[0].cvr;
    for (const body of [
      { channel: 'phone', ...asked({ cvr }) },
      { channel: 'mail', ...asked({ cvr, phone: '', email: 'preben@bjergager.example' }) },
      { channel: 'tip', ...asked({ cvr, source: '3F Limvig', reason: 'downturn' }) },
    ]) {
      expect((await app.request(camilla).post('/api/enquiries', body)).status).toBe(201);
      app.clock.advance({ minutes: 1 });
    }
    await app.sweep();
    app.clock.set('2026-11-17T09:00:00+01:00');
    const found: { channel: string; joined: number }[] = await listed(camilla);
    expect(found.map(({ channel, joined }) => [channel, joined])).toEqual([
      ['phone', 1],
      ['tip', 0],
    ]);
    expect(anna.name).toBe('Anna');
  });

  test('2.35 passed on by hand with a reason; whoever gave it away sees it no longer; an answer closes it', async () => {
    const { anna, karim, signe, emil, camilla } = await ready();
    const taken = await app.request(camilla).post('/api/enquiries', { channel: 'phone', ...asked() });
    await app.sweep();
    const address = `/api/enquiries/${taken.body.id}`;
    const [enquiry] = await listed(camilla);
    const owner = [anna, karim, signe].find(({ id }) => id === enquiry.owner.id) ?? anna;
    const to = owner.id === karim.id ? anna : karim;
    expect(await app.request(owner).put(`${address}/owner`, { person: to.id, reason: ' ' }, seen(2))).toMatchObject({ status: 400 });
    expect(await app.request(owner).put(`${address}/owner`, { person: emil.id, reason: 'Leder' }, seen(2))).toMatchObject({ status: 422, body: { code: 'not_consulting' } });
    expect(await app.request(to).put(`${address}/owner`, { person: to.id, reason: 'Jeg vil' }, seen(2))).toMatchObject({ status: 404 });
    expect(await app.request(owner).put(`${address}/owner`, { person: to.id, reason: 'Kender branchen.' }, seen(1))).toMatchObject({ status: 412 });
    const passed = await app.request(owner).put(`${address}/owner`, { person: to.id, reason: 'Kender branchen.' }, seen(2));
    expect([passed.status, passed.body]).toEqual([200, null]);
    expect(await app.request(owner).put(`${address}/answer`, { answer: 'x' }, seen(3))).toMatchObject({ status: 404 });
    expect(await listed(to)).toMatchObject([{ because: 'by_hand', byHandReason: 'Kender branchen.' }]);
    expect(await app.request(to).put(`${address}/answer`, { answer: 'Vi har aftalt et besøg.' }, seen(3))).toMatchObject({
      status: 200,
      body: { answered: { answer: 'Vi har aftalt et besøg.' }, can: { answer: false } },
    });
    expect(await listed(to)).toEqual([]);
    expect(await listed(to, '?state=answered')).toHaveLength(1);
  });

  test('2.35 with nobody there today it waits with the coordinator and goes on when somebody comes', async () => {
    const { camilla, centre, anna, karim, signe, free } = await ready();
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where centre_id = $1 and role = 'consultant'`, [centre.id]);
    await app.request(camilla).post('/api/enquiries', { channel: 'phone', ...asked() });
    await app.sweep();
    expect(await listed(camilla)).toMatchObject([{ owner: null, can: { pass: true } }]);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,)' where centre_id = $1 and person_id = any ($2)`, [centre.id, [anna.id, karim.id, signe.id, free.id]]);
    await app.sweep();
    expect(await listed(camilla)).toMatchObject([{ owner: { id: expect.any(String) } }]);
  });
});

describe('tips', () => {
  test('2.12 a tip about a company in trouble keeps who gave it and why, and becomes somebody’s task', async () => {
    const { anna, camilla, centre } = await ready();
    const troubled = await makeCompany(app, [centre], { name: 'Dalgaard Møbler' });
    const tip = { channel: 'tip', companyName: 'Dalgaard Møbler', said: 'De sender folk hjem hver fredag.', company: troubled.id, urgent: true };
    expect(await app.request(anna).post('/api/enquiries', tip)).toMatchObject({ status: 400, body: { fields: [{ path: 'source', code: 'required' }] } });
    const given = await app.request(anna).post('/api/enquiries', { ...tip, source: '3F Limvig', reason: 'downturn' });
    expect(given, given.text).toMatchObject({ status: 201, body: { tip: { source: '3F Limvig', reason: 'downturn' }, urgent: true, phone: null } });
    await app.sweep();
    expect(await listed(camilla)).toMatchObject([{ tip: { source: '3F Limvig' }, owner: { id: expect.any(String) } }]);
  });

  test('2.35 whoever has an enquiry is reminded once, an urgent one after a working day, others after two', async () => {
    const { anna, camilla, company } = await ready();
    await app.request(anna).put(`/api/companies/${company.id}/contact-person`, { person: anna.id }, seen(0));
    await app.request(camilla).post('/api/enquiries', { channel: 'phone', ...asked(), company: company.id });
    await app.sweep();
    const reminders = async (at: string) => {
      app.clock.set(at);
      await app.sweep();
      return (await mailsTo(app, anna.email)).filter(({ subject }) => subject.startsWith('Venter på svar')).length;
    };
    expect(await reminders('2026-11-18T10:00:00+01:00')).toBe(0);
    expect(await reminders('2026-11-19T10:00:00+01:00')).toBe(1);
    expect(await reminders('2026-11-25T10:00:00+01:00')).toBe(1);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
