import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, walk } from '../../../../tests/support/ask.ts';
import { deadline, frozenCampaign, heardCampaign, openCampaign, someCompanies } from '../../../../tests/support/campaigns.ts';
import { asTable } from '../../../../tests/support/company-files.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import type { Listed } from './contract.ts';
import { remindNow, resultIsShown } from './rules.ts';

const app = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));

const idsOf = (companies: { id: string }[]) => companies.map(({ id }) => id);
const list = async (person: TestPerson, campaign: string, query = ''): Promise<Listed[]> => (await app.request(person).get(`/api/hearings/${campaign}/companies?limit=200${query}`)).body.items;
const mark = (person: { token: string }, campaign: string, body: object) => app.request(person).post(`/api/hearings/${campaign}/marks`, body);
const sendList = async (person: TestPerson, content: string) => {
  const sent = await app.request(person).raw({ method: 'POST', url: '/api/own-list?fileName=praktik.csv', headers: { 'content-type': 'application/octet-stream' }, payload: content });
  expect(sent.status, sent.text).toBe(202);
  await app.jobs.drain();
  app.clock.advance({ minutes: 1 });
  return (await app.request(person).get('/api/own-list')).body.list;
};

describe('rules', () => {
  test('one reminder, in the days before the deadline and not after it', () => {
    expect(remindNow(deadline, new Date('2026-11-18T10:59:00Z'), 2)).toBe(false);
    expect(remindNow(deadline, new Date('2026-11-18T11:00:00Z'), 2)).toBe(true);
    expect(remindNow(deadline, new Date('2026-11-20T11:00:00Z'), 2)).toBe(false);
  });
  test('3.12 with fewer than three schools a result would name the other one', () => expect([1, 2, 3].map(resultIsShown)).toEqual([false, false, true]));
});

describe('opening', () => {
  test('401, 403, 404, then 409 for a list that is not frozen, a deadline that has passed', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Ager']);
    const id = await frozenCampaign(app, made.camilla);
    const url = `/api/campaigns/${id}/hearing`;
    expect((await app.request(null).post(url, { deadline })).status).toBe(401);
    expect((await app.request(made.dorte).post(url, { deadline })).status).toBe(403);
    expect((await app.request(made.ida).post(url, { deadline })).status).toBe(404);
    expect(await app.request(made.camilla).post(url, { deadline: '2026-11-17T07:00:00Z' })).toMatchObject({ status: 409, body: { code: 'deadline_passed' } });
    expect((await app.request(made.camilla).post(url, { deadline })).status).toBe(204);
    expect(await app.request(made.camilla).post(url, { deadline })).toMatchObject({ status: 409, body: { code: 'campaign_state' } });
  });

  test('2.08 every school gets the list and the deadline by mail: its managers, or its consultants where there is none', async () => {
    const made = await makeCentre(app);
    const cille = await makePerson(app, 'Cille', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.c });
    await someCompanies(app, made, ['Ager', 'Bøgelund']);
    const id = await openCampaign(app, made.camilla);
    for (const person of [made.dorte, made.emil, cille]) {
      const [mail] = await mailsTo(app, person.email);
      expect(mail?.text, person.name).toContain('fredag 20. november kl. 12.00');
      expect(mail?.text).toContain(`/hearings/${id}`);
      expect(mail?.text).toContain('2 firmaer');
      expect((await app.request(person).get('/api/hearings')).body).toMatchObject([{ campaign: id, companies: { all: 2, unseen: 2 }, can: { mark: true, answer: true } }]);
    }
    expect(await mailsTo(app, made.anna.email), 'a consultant of a school with a manager').toEqual([]);
  });

  test('a consultant whom the centre employs answers for no school', async () => {
    const made = await makeCentre(app);
    const maja = await makePerson(app, 'Maja', ['consultant'], { centreId: made.centre.id });
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    expect((await app.request(maja).get('/api/hearings')).body).toEqual([]);
    expect((await app.request(maja).get(`/api/hearings/${id}`)).status).toBe(404);
    expect((await mark(maja, id, { companies: 'matched', mark: 'struck' })).status).toBe(404);
  });
});

describe('marks', () => {
  test('2.08 a school strikes, keeps, and takes back; answers what changed, and says that it is through', async () => {
    const made = await makeCentre(app);
    const [a, b] = await someCompanies(app, made, ['Ager', 'Bøgelund', 'Cirkel']);
    if (!a || !b) throw new Error('companies');
    const id = await openCampaign(app, made.camilla);
    expect((await mark(made.dorte, id, { companies: [a.id], mark: 'struck', reason: 'course', knownBy: 'Jens' })).body).toEqual({ changed: [a.id] });
    expect((await mark(made.dorte, id, { companies: [a.id], mark: 'struck', reason: 'course', knownBy: 'Jens' })).body, 'the same again changes nothing').toEqual({ changed: [] });
    await mark(made.anna, id, { companies: [b.id], mark: 'kept' });
    expect((await list(made.anna, id)).map(({ name, mark: said, reason, knownBy }) => [name, said, reason, knownBy])).toEqual([
      ['Ager', 'struck', 'course', 'Jens'],
      ['Bøgelund', 'kept', null, null],
      ['Cirkel', null, null, null],
    ]);
    expect(await list(made.dorte, id, '&show=unseen')).toMatchObject([{ name: 'Cirkel' }]);
    expect(await list(made.dorte, id, '&show=struck&search=ager')).toHaveLength(1);
    expect((await mark(made.dorte, id, { companies: [a.id], mark: 'none' })).body).toEqual({ changed: [a.id] });
    expect((await app.request(made.dorte).post(`/api/hearings/${id}/answer`)).body).toMatchObject({
      answeredAt: app.clock.now().toISOString(),
      companies: { struck: 0, kept: 1, unseen: 2 },
      can: { mark: true, answer: false },
    });
    expect((await mark(made.dorte, id, { companies: [a.id], mark: 'struck' })).status, 'until the close marks may still change').toBe(200);
  });

  test('a company that is not on the list is not marked, and one of another centre neither', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    const [later] = await someCompanies(app, made, ['Senere']);
    expect((await mark(made.dorte, id, { companies: [later?.id], mark: 'struck' })).body).toEqual({ changed: [] });
    for (const companies of [[], ['x'], 'all']) expect((await mark(made.dorte, id, { companies, mark: 'struck' })).status).toBe(400);
  });

  test('twenty people of one school strike the same companies at once: one mark each, and nobody is told of a fault', async () => {
    const made = await makeCentre(app);
    const companies = idsOf(await someCompanies(app, made, ['Ager', 'Bøgelund', 'Cirkel', 'Dam']));
    const id = await openCampaign(app, made.camilla);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => mark(at % 2 ? made.dorte : made.anna, id, { companies: at % 3 ? companies : [...companies].reverse(), mark: 'struck' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await app.request(made.dorte).get(`/api/hearings/${id}`)).body.companies).toMatchObject({ struck: 4, unseen: 0 });
  });

  test('pages of a list that has marks and matches show everything once', async () => {
    const made = await makeCentre(app);
    const companies = await someCompanies(
      app,
      made,
      Array.from({ length: 23 }, (_, at) => `Firma ${at % 5}`),
    );
    const id = await openCampaign(app, made.camilla);
    await sendList(made.dorte, asTable('cvr', ...companies.slice(0, 6).map(({ cvr }) => cvr)));
    await mark(made.dorte, id, { companies: idsOf(companies.slice(3, 9)), mark: 'kept' });
    const whole = await list(made.dorte, id);
    expect(whole).toHaveLength(23);
    expect(await walk(app.request(made.dorte), `/api/hearings/${id}/companies`, 4)).toEqual(whole);
  });
});

describe('own lists', () => {
  test('2.09 a school’s list matches by CVR number, by P-number, and by name with postcode where it gives no number', async () => {
    const made = await makeCentre(app);
    const [byCvr, byUnit, byName, otherTown] = await someCompanies(app, made, ['Ager Møbler', 'Bøgelund Døre', 'Cirkel & Søn ApS', 'Dam Byg'], { postcode: '7620' });
    if (!byCvr || !byUnit || !byName || !otherTown) throw new Error('companies');
    await app.owner.query(`insert into vn.unit (id, p_number, company_id, name) values (gen_random_uuid(), '1003388394', $1, 'Lager')`, [byUnit.id]);
    const id = await openCampaign(app, made.camilla);
    const read = await sendList(
      made.dorte,
      asTable(
        'CVR-nr;P-nummer;Navn;Postnr;Bemærkning;Kontaktperson',
        `DK ${byCvr.cvr};;;;Kursus i maj;Jens`,
        ';1003388394;;;;',
        ';;CIRKEL OG SØN A/S;7620;;',
        ';;Dam Byg;8000;;',
        '12345678;;Forkert;;;',
        ';;;;Kun en note;',
      ),
    );
    expect(read).toMatchObject({ state: 'done', rows: { read: 6, refused: 2 } });
    expect((await list(made.dorte, id, '&show=matched')).map(({ name, match }) => [name, match])).toEqual([
      ['Ager Møbler', { how: 'cvr', note: 'Kursus i maj', knownBy: 'Jens' }],
      ['Bøgelund Døre', { how: 'p_number', note: null, knownBy: null }],
      ['Cirkel & Søn ApS', { how: 'name', note: null, knownBy: null }],
    ]);
    expect((await app.request(made.dorte).get(`/api/hearings/${id}`)).body.companies.matched).toBe(3);
    // "All" strikes what a number makes sure of; a name is only a guess that somebody must look at.
    expect((await mark(made.dorte, id, { companies: 'matched', mark: 'struck', reason: 'course' })).body.changed.sort()).toEqual([byCvr.id, byUnit.id].sort());
    const refused = await app.request(made.dorte).get('/api/own-list/refused.csv');
    expect(refused.text).toContain('5;cvr_check;12345678');
    expect(refused.text).toContain('6;nothing_to_match');
  });

  test('2.09 a refused row of any length is handed back as cells, as far as it is kept', async () => {
    const made = await makeCentre(app);
    const long = `12345678;${'"'.repeat(2)}${'å'.repeat(1500)};${'🙂'.repeat(1500)};x`;
    expect(await sendList(made.dorte, `CVR;Navn;Bemærkning;Andet\n${long}\n12345678;${'y'.repeat(70_000)}\n`)).toMatchObject({ rows: { read: 2, refused: 2 } });
    const refused = await app.request(made.dorte).get('/api/own-list/refused.csv');
    expect(refused.status).toBe(200);
    expect(refused.text).toContain('1;cvr_check;12345678');
    expect(refused.text).toContain('2;cvr_check;12345678;yyy');
    expect(refused.text.length).toBeLessThan(5000);
  });

  test('2.09 a newer list takes the place of the older; one that cannot be read says so and leaves the older alone', async () => {
    const made = await makeCentre(app);
    const [a, b] = await someCompanies(app, made, ['Ager', 'Bøgelund']);
    const id = await openCampaign(app, made.camilla);
    await sendList(made.dorte, asTable('cvr', a?.cvr ?? ''));
    await sendList(made.dorte, asTable('cvr', b?.cvr ?? ''));
    expect(await list(made.dorte, id, '&show=matched')).toMatchObject([{ name: 'Bøgelund' }]);
    expect(await sendList(made.dorte, asTable('farve', 'blå'))).toMatchObject({ state: 'failed', error: 'no_columns' });
    expect(await list(made.dorte, id, '&show=matched')).toMatchObject([{ name: 'Bøgelund' }]);
    expect((await app.request(made.dorte).raw({ method: 'POST', url: '/api/own-list', headers: { 'content-type': 'application/octet-stream' }, payload: '' })).body).toMatchObject({
      code: 'file_empty',
    });
    expect((await app.request(made.dorte).delete('/api/own-list')).status).toBe(204);
    expect(await list(made.dorte, id, '&show=matched')).toEqual([]);
    expect((await app.request(made.dorte).get('/api/own-list')).body).toEqual({ list: null });
  });

  test('3.13 nobody outside the school reads its list: not the competitor, not the coordinator, not by SQL', async () => {
    const made = await makeCentre(app);
    const [a] = await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    await sendList(made.dorte, asTable('cvr', a?.cvr ?? ''));
    expect(await list(made.emil, id, '&show=matched')).toEqual([]);
    expect((await app.request(made.emil).get('/api/own-list')).body).toEqual({ list: null });
    for (const person of [made.emil, made.camilla, made.karen])
      for (const table of ['own_list', 'own_company']) expect((await inside(app, person, (client) => client.query(`select from vn.${table}`))).rowCount, `${person.name} ${table}`).toBe(0);
    expect((await inside(app, made.dorte, (client) => client.query('select from vn.own_company'))).rowCount).toBe(1);
  });
});

describe('forwarding', () => {
  const open = (path: string, body: object) => app.request(null).post(`/api/forwarded-hearing${path}`, body);

  test('2.09 a colleague strikes by link without signing in; the school sees whose it is, and taking the link back ends it', async () => {
    const made = await makeCentre(app);
    const [a, b] = await someCompanies(app, made, ['Ager', 'Bøgelund']);
    if (!a || !b) throw new Error('companies');
    const id = await openCampaign(app, made.camilla);
    const sent = (await app.request(made.dorte).post(`/api/hearings/${id}/forwards`, { name: 'Jens, autoværkstedet', email: 'jens@skole.example' }, { 'idempotency-key': randomUUID() })).body;
    expect((await app.owner.query('select from vn.idempotency where answer like $1', [`%${sent.link.split('#')[1]}%`])).rowCount, 'the link is kept nowhere').toBe(0);
    const token = sent.link.split('#')[1];
    const [mail] = await mailsTo(app, 'jens@skole.example');
    expect(mail?.text).toContain(sent.link);
    expect((await open('', { token })).body).toMatchObject({ colleague: 'Jens, autoværkstedet', school: 'Skole A', companies: 2, struck: 0 });
    expect((await open('/companies', { token, search: 'bøge' })).body.items).toMatchObject([{ id: b.id, struck: false }]);
    expect((await open('/marks', { token, company: b.id, struck: true })).status).toBe(204);
    expect(await list(made.dorte, id, '&show=struck')).toMatchObject([{ name: 'Bøgelund', knownBy: 'Jens, autoværkstedet', reason: 'other' }]);
    expect((await app.request(made.dorte).get(`/api/hearings/${id}/forwards`)).body).toMatchObject([{ name: 'Jens, autoværkstedet', by: 'Dorte', struck: 1 }]);
    // What somebody else struck is not the colleague's to take back.
    await mark(made.dorte, id, { companies: [a.id], mark: 'struck' });
    await open('/marks', { token, company: a.id, struck: false });
    await open('/marks', { token, company: b.id, struck: false });
    expect(await list(made.dorte, id, '&show=struck')).toMatchObject([{ name: 'Ager' }]);
    expect((await app.request(made.emil).get(`/api/hearings/${id}/forwards`)).body, 'another school’s links').toEqual([]);
    expect((await app.request(made.emil).delete(`/api/hearings/${id}/forwards/${sent.id}`)).status).toBe(404);
    expect((await app.request(made.dorte).delete(`/api/hearings/${id}/forwards/${sent.id}`)).status).toBe(204);
    for (const [path, more] of [
      ['', {}],
      ['/companies', {}],
      ['/marks', { company: b.id, struck: true }],
    ] as const)
      expect(await open(path, { token, ...more }), path).toMatchObject({ status: 410, body: { code: 'link_spent' } });
  });

  test('2.09 a link tells nothing of other schools, opens no other hearing, and ends with the hearing', async () => {
    const made = await makeCentre(app);
    const [a] = await someCompanies(app, made, ['Ager', 'Bøgelund']);
    const id = await openCampaign(app, made.camilla);
    const token = (await app.request(made.dorte).post(`/api/hearings/${id}/forwards`, { name: 'Jens' })).body.link.split('#')[1];
    const before = (await open('/companies', { token })).text;
    await mark(made.emil, id, { companies: [a?.id], mark: 'struck' });
    expect((await open('/companies', { token })).text).toBe(before);
    expect((await open('', { token })).body.struck).toBe(0);
    expect((await open('', { token: `${token.slice(0, -1)}x` })).status).toBe(410);
    expect((await open('', { token: 'x' })).status).toBe(400);
    app.clock.set('2026-11-20T12:00:00+01:00');
    expect((await open('', { token })).status).toBe(410);
  });
});

describe('closing', () => {
  test('2.08 before the deadline a hearing closes only when every school has answered; at the deadline the house closes it by itself', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    const close = () => app.request(made.camilla).post(`/api/campaigns/${id}/hearing/close`);
    expect(await close()).toMatchObject({ status: 409, body: { code: 'hearing_open' } });
    app.clock.set('2026-11-20T11:59:00+01:00');
    await app.sweep();
    expect((await app.request(made.camilla).get(`/api/campaigns/${id}`)).body.state).toBe('hearing');
    app.clock.set('2026-11-20T12:00:00+01:00');
    await app.sweep();
    expect((await app.request(made.camilla).get(`/api/campaigns/${id}`)).body).toMatchObject({ state: 'calling', hearingClosedAt: app.clock.now().toISOString() });
    expect(await mailsTo(app, made.camilla.email)).toMatchObject([{ subject: 'Høringen er lukket: Metal på egnen' }]);
    expect((await app.owner.query(`select person_id, as_coordinator from vn.audit where event = 'hearing.closed' and subject = $1`, [id])).rows).toEqual([{ person_id: null, as_coordinator: true }]);
  });

  test('2.08 all schools through: the coordinator may close early', async () => {
    const made = await makeCentre(app);
    const cille = await makePerson(app, 'Cille', ['manager'], { centreId: made.centre.id, schoolId: made.centre.schools.c });
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    for (const person of [made.dorte, made.emil, cille]) await app.request(person).post(`/api/hearings/${id}/answer`);
    expect((await app.request(made.camilla).get(`/api/campaigns/${id}`)).body.can.closeHearing).toBe(true);
    expect((await app.request(made.camilla).post(`/api/campaigns/${id}/hearing/close`)).status).toBe(204);
  });

  test('after the deadline nothing is struck any more, swept or not, from any door', async () => {
    const made = await makeCentre(app);
    const [a] = await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    app.clock.set('2026-11-20T12:00:00+01:00');
    expect(await mark(made.dorte, id, { companies: [a?.id], mark: 'struck' })).toMatchObject({ status: 409, body: { code: 'hearing_closed' } });
    await expect(
      inside(app, made.dorte, (client) =>
        client.query(`insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, at, person_id) values ($1, $2, $3, $4, true, 'other', now(), $5)`, [
          made.centre.id,
          id,
          a?.id,
          made.centre.schools.a,
          made.dorte.id,
        ]),
      ),
    ).rejects.toMatchObject({ code: 'VN003' });
  });

  test('2.08 schools that have not answered are reminded once by the house, and again when the coordinator asks', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    await app.request(made.dorte).post(`/api/hearings/${id}/answer`);
    app.clock.set('2026-11-18T12:00:00+01:00');
    await app.sweep();
    await app.sweep();
    const reminders = async (person: TestPerson) => (await mailsTo(app, person.email)).filter(({ subject }) => subject.startsWith('Husk')).length;
    expect([await reminders(made.dorte), await reminders(made.emil)]).toEqual([0, 1]);
    expect((await app.request(made.camilla).post(`/api/campaigns/${id}/hearing/reminders`)).body).toEqual({ schools: 2 });
    expect(await reminders(made.emil)).toBe(2);
  });

  test('3.13 the coordinator sees who struck what; what no school works with is one number that all see', async () => {
    const made = await makeCentre(app);
    const companies = idsOf(
      await someCompanies(
        app,
        made,
        Array.from({ length: 8 }, (_, at) => `Firma ${at}`),
      ),
    );
    const id = await heardCampaign(app, made.camilla, [
      [made.dorte, companies.slice(0, 2)],
      [made.emil, companies.slice(1, 3)],
    ]);
    const answers = (await app.request(made.camilla).get(`/api/campaigns/${id}/hearing`)).body;
    expect(answers.companies).toEqual({ all: 8, struck: 3, left: 5 });
    expect(answers.schools.map(({ school, struck }: { school: string; struck: number }) => [school, struck])).toEqual([
      ['Skole A', 2],
      ['Skole B', 2],
      ['Skole C', 0],
    ]);
    const { items } = (await app.request(made.camilla).get(`/api/campaigns/${id}/targets?show=struck`)).body;
    expect(items.map(({ name, struckBy }: { name: string; struckBy: { school: string }[] }) => [name, struckBy.map(({ school }) => school)])).toEqual([
      ['Firma 0', ['Skole A']],
      ['Firma 1', ['Skole A', 'Skole B']],
      ['Firma 2', ['Skole B']],
    ]);
    for (const person of [made.dorte, made.emil]) expect((await app.request(person).get(`/api/hearings/${id}`)).body.unworked).toBe(5);
  });
});
