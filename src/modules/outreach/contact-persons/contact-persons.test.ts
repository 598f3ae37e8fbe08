import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { openSession } from '../../../../tests/support/factory.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();
type Company = { id: string };
const of = ({ id }: Company) => `/api/companies/${id}/contact-person`;
const give = (person: { token: string }, company: Company, to: { id: string }, version: number, over: object = {}) => app.request(person).put(of(company), { person: to.id, ...over }, seen(version));

describe('2.23 the one fixed contact person', () => {
  test('2.23 401, 403 for a manager, 404 for a company that the centre does not know', async () => {
    const { anna, karim, dorte, ida, company } = await visitors(app);
    expect(await app.request(null).get(of(company))).toMatchObject({ status: 401 });
    expect(await give(dorte, company, karim, 0)).toMatchObject({ status: 403 });
    expect(await app.request(ida).get(of(company))).toMatchObject({ status: 404 });
    expect(await give(anna, { id: randomUUID() }, anna, 0)).toMatchObject({ status: 404 });
  });

  test('2.23 whoever visits a company first follows it; the next visitor does not take it over', async () => {
    const { anna, karim, company } = await visitors(app);
    expect((await app.request(anna).get(of(company))).body).toMatchObject({ person: null, silentDays: null, can: { take: true, tell: false } });
    await send(app, anna, randomUUID(), written(company));
    await send(app, karim, randomUUID(), written(company));
    expect((await app.request(karim).get(of(company))).body).toMatchObject({ person: { name: 'Anna', school: 'Skole A' }, silentDays: 0, can: { take: false, give: false, tell: true } });
    expect((await app.request(anna).get('/api/followed-companies')).body).toMatchObject([{ company: { id: company.id }, silent: false, orphaned: false }]);
    expect((await app.request(karim).get('/api/followed-companies')).body).toEqual([]);
  });

  test('2.23 a hand-over bears a note, is told to the company, and stands in its story; only contact person, deputy and coordinator hand over', async () => {
    const { anna, karim, signe, camilla, dorte, company, centre } = await visitors(app);
    const reachable = await makeContact(app, centre, company, 'Preben');
    await app.owner.query(`update vn.contact set email = 'preben@bjergager.example' where id = $1`, [reachable]);
    const silent = await makeContact(app, centre, company, 'Lone');
    expect(await give(anna, company, anna, 0)).toMatchObject({ status: 200, body: { person: { name: 'Anna' }, version: 1 } });
    expect(await give(signe, company, signe, 1)).toMatchObject({ status: 403, body: { code: 'not_contact_person' } });
    expect(await give(anna, company, dorte, 1)).toMatchObject({ status: 422, body: { code: 'not_consulting' } });
    expect(await give(anna, company, karim, 0)).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect(await give(anna, company, karim, 1, { tell: [silent] })).toMatchObject({ status: 422, body: { code: 'contact_without_mail' } });
    app.clock.advance({ days: 1 });
    const given = await give(anna, company, karim, 1, { note: 'Ring om formiddagen.', tell: [reachable] });
    expect(given, given.text).toMatchObject({ status: 200, body: { person: { name: 'Karim' }, note: 'Ring om formiddagen.', before: [{ name: 'Anna' }], can: { give: false } } });
    expect(await mailsTo(app, 'preben@bjergager.example')).toMatchObject([{ text: expect.stringMatching(/Karim fra Skole B/) }]);
    expect((await app.request(camilla).get(`/api/companies/${company.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['contact_person.given', 'contact_person.given']);
    expect(await give(camilla, company, anna, 2)).toMatchObject({ status: 200 });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.23 two hundred hand-overs at once: one contact person, a history without two at a time, and no company that is followed by nobody', async () => {
    const { anna, karim, signe, camilla, company } = await visitors(app);
    await give(anna, company, anna, 0);
    for (let round = 0; round < 4; round += 1) {
      app.clock.advance({ minutes: 1 });
      const { version } = (await app.request(camilla).get(of(company))).body;
      const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => give(camilla, company, [anna, karim, signe][(at + round) % 3] ?? anna, version)));
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      // Whoever had it already changes nothing; of the others exactly one came first.
      expect((await app.request(camilla).get(of(company))).body.version).toBe(version + 1);
    }
    const overlaps = await app.owner.query(
      `select from vn.contact_person_past a join vn.contact_person_past b on a.company_id = b.company_id and a.during && b.during and a.during <> b.during where a.company_id = $1`,
      [company.id],
    );
    expect(overlaps.rowCount).toBe(0);
    await expect(app.owner.query('update vn.relation set contact_person = null where company_id = $1', [company.id])).rejects.toMatchObject({ constraint: 'relation_contact_person' });
    await expect(app.owner.query('update vn.relation set active = false where company_id = $1', [company.id])).rejects.toMatchObject({ constraint: 'relation_contact_person' });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.23 a deputy stands in until a day and may hand over; then the house ends it', async () => {
    const { anna, karim, signe, company } = await visitors(app);
    await give(anna, company, anna, 0);
    const put = (person: { token: string }, body: object, version: number) => app.request(person).put(`/api/companies/${company.id}/deputy`, body, seen(version));
    expect(await put(anna, { person: karim.id, until: null }, 1)).toMatchObject({ status: 400 });
    expect(await put(anna, { person: karim.id, until: '2026-11-16' }, 1)).toMatchObject({ status: 400, body: { fields: [{ path: 'until', code: 'past' }] } });
    expect(await put(anna, { person: anna.id, until: '2026-11-20' }, 1)).toMatchObject({ status: 422 });
    expect(await put(karim, { person: karim.id, until: '2026-11-20' }, 1)).toMatchObject({ status: 403 });
    expect(await put(anna, { person: karim.id, until: '2026-11-20' }, 1)).toMatchObject({ status: 200, body: { deputy: { name: 'Karim', until: '2026-11-20' }, version: 2 } });
    expect((await app.request(karim).get('/api/followed-companies')).body).toMatchObject([{ company: { id: company.id } }]);
    app.clock.set('2026-11-21T09:00:00+01:00');
    await app.sweep();
    expect((await app.request(anna).get(of(company))).body).toMatchObject({ deputy: null, version: 3 });
    app.clock.set('2026-11-17T09:00:00+01:00');
    await put(anna, { person: karim.id, until: '2026-11-20' }, 3);
    expect(await give(karim, company, signe, 4)).toMatchObject({ status: 200, body: { person: { name: 'Signe' }, deputy: null } });
  });

  test('2.23 a consultant who leaves with open companies: they come onto the coordinator’s list and to nobody by themselves', async () => {
    const { anna, karim, camilla, company, centre } = await visitors(app);
    await give(anna, company, anna, 0);
    expect((await app.request(camilla).get('/api/followed-companies?whose=orphaned')).body).toEqual([]);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where centre_id = $1 and person_id = $2`, [centre.id, anna.id]);
    expect((await app.request(camilla).get('/api/followed-companies?whose=orphaned')).body).toMatchObject([{ company: { id: company.id }, person: { name: 'Anna' }, orphaned: true }]);
    expect(await give(camilla, company, karim, 1)).toMatchObject({ status: 200 });
    expect((await app.request(camilla).get('/api/followed-companies?whose=orphaned')).body).toEqual([]);
  });

  test('the centre lets a company be; its story says so, and anybody may take it again', async () => {
    const { anna, karim, company } = await visitors(app);
    await give(anna, company, anna, 0);
    const letBe = (person: { token: string }, version: number) => app.request(person).delete(of(company), seen(version));
    expect(await letBe(karim, 1)).toMatchObject({ status: 403, body: { code: 'not_contact_person' } });
    expect(await letBe(anna, 1)).toMatchObject({ status: 200, body: { person: null, silentDays: null, can: { take: true } } });
    expect(await give(karim, company, karim, 2)).toMatchObject({ status: 200, body: { person: { name: 'Karim' } } });
  });
});

describe('2.25 the company is kept informed', () => {
  test('2.25 what it was told is written down, and the days of silence begin anew', async () => {
    const { anna, karim, camilla, company } = await visitors(app);
    const tell = (person: { token: string }, body: object = { how: 'phone', text: 'Holdet begynder i januar.' }) => app.request(person).post(`/api/companies/${company.id}/told`, body);
    expect(await tell(anna)).toMatchObject({ status: 409, body: { code: 'company_not_followed' } });
    expect(await tell(camilla)).toMatchObject({ status: 403 });
    await give(anna, company, anna, 0);
    app.clock.advance({ days: 9 });
    expect((await app.request(anna).get(of(company))).body.silentDays).toBe(9);
    expect(await tell(karim)).toMatchObject({ status: 201, body: { silentDays: 0, told: [{ by: 'Karim', how: 'phone', text: 'Holdet begynder i januar.' }] } });
    expect(await tell(karim, { how: 'phone', text: ' ' })).toMatchObject({ status: 400 });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.25 after so many days without a word the contact person is reminded of all such companies in one mail, by day, and again only after as many days', async () => {
    const { anna, karim, company, centre, camilla } = await visitors(app);
    const second = await makeCompany(app, [centre], { name: 'Åkjær Tømrer' });
    for (const each of [company, second]) await give(anna, each, anna, 0);
    await app.request(camilla).put('/api/outreach-settings', { ...(await settingsOf(camilla)), silenceDays: 14 }, seen(0));
    const reminders = async (at: string, person = anna) => {
      app.clock.set(at);
      await app.sweep();
      return (await mailsTo(app, person.email)).filter(({ text }) => text.includes('/followed'));
    };
    expect(await reminders('2026-11-30T10:00:00+01:00')).toHaveLength(0);
    expect(await reminders('2026-12-01T07:00:00+01:00')).toHaveLength(0);
    const [mail, ...more] = await reminders('2026-12-01T10:00:00+01:00');
    expect(more).toEqual([]);
    expect(mail?.text).toMatch(/Bjergager Smede[\s\S]*Åkjær Tømrer/);
    expect(await reminders('2026-12-02T10:00:00+01:00')).toHaveLength(1);
    const session = { token: await openSession(app, anna) };
    expect((await app.request(session).get('/api/followed-companies')).body.map(({ silent }: { silent: boolean }) => silent)).toEqual([true, true]);
    // A deputy is reminded instead.
    await app.request(session).put(`/api/companies/${company.id}/deputy`, { person: karim.id, until: '2026-12-31' }, seen(1));
    expect(await reminders('2026-12-16T10:00:00+01:00', karim)).toHaveLength(1);
    expect(await reminders('2026-12-16T11:00:00+01:00')).toHaveLength(2);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});

async function settingsOf(person: { token: string }): Promise<object> {
  const { version: _version, can: _can, ...settings } = (await app.request(person).get('/api/outreach-settings')).body;
  return settings;
}

describe('2.25 an address that mail comes back from', () => {
  const listed = async (person: { token: string }, whose = 'mine') => (await app.request(person).get(`/api/returned-addresses?whose=${whose}`)).body;

  test('2.25 is a thing to do for the contact person and the deputy, for the coordinator while nobody follows the company, and for nobody once it is mended', async () => {
    const { anna, karim, camilla, dorte, ida, company, centre } = await visitors(app);
    for (const [who, status] of [
      [null, 401],
      [dorte, 403],
    ] as const)
      expect((await app.request(who).get('/api/returned-addresses')).status).toBe(status);
    const inger = await makeContact(app, centre, company, 'Inger');
    const objects = await makeContact(app, centre, company, 'Preben');
    await app.owner.query(`update vn.contact set email = lower(name) || '@solhoj.example' where id = any($1)`, [[inger, objects]]);
    await app.owner.query(`update vn.contact set email_returned_at = $2 where id = any($1)`, [[inger, objects], app.clock.now()]);
    expect((await app.request(karim).post(`/api/companies/${company.id}/contacts/${objects}/objection`, { reason: '' })).status).toBe(204);
    const one = [{ company: { id: company.id, name: 'Bjergager Smede' }, contact: { id: inger, name: 'Inger', email: 'inger@solhoj.example' }, since: '2026-11-17' }];
    expect([await listed(anna), await listed(karim), await listed(camilla, 'unowned'), await listed(ida, 'unowned')]).toEqual([[], [], one, []]);
    await give(anna, company, anna, 0);
    expect([await listed(anna), await listed(karim), await listed(camilla, 'unowned')]).toEqual([one, [], []]);
    await app.request(anna).put(`/api/companies/${company.id}/deputy`, { person: karim.id, until: '2026-12-04' }, seen(1));
    expect([await listed(anna), await listed(karim)]).toEqual([one, one]);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1 and role = 'consultant'`, [anna.id]);
    expect(await listed(camilla, 'unowned')).toEqual(one);
    const path = `/api/companies/${company.id}/contacts/${inger}`;
    const [{ id: _id, version, reviewDue: _due, objected: _no, returnedSince, ...facts }] = (await app.request(karim).get(`/api/companies/${company.id}/contacts`)).body;
    expect(returnedSince).toBe('2026-11-17');
    expect(await app.request(karim).put(path, { ...facts, email: 'inger@ny.example' }, seen(version))).toMatchObject({ status: 200, body: { returnedSince: null } });
    expect([await listed(karim), await listed(camilla, 'unowned')]).toEqual([[], []]);
  });
});
