import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen, walk } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makePerson, openSession } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { metWith, send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();

describe('a draft', () => {
  test('is its writer’s alone: 401, 403, and 404 for a colleague of the same school, the coordinator aside', async () => {
    const { anna, signe, dorte, camilla, company } = await visitors(app);
    const draft = randomUUID();
    expect(await app.request(null).put(`/api/visit-drafts/${draft}`, written(company), seen(0))).toMatchObject({ status: 401 });
    for (const person of [dorte, camilla]) expect(await app.request(person).put(`/api/visit-drafts/${draft}`, written(company), seen(0))).toMatchObject({ status: 403 });
    expect(await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company), seen(0))).toMatchObject({ status: 200, body: { version: 1, company: { id: company.id } } });
    expect(await app.request(signe).get(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 404 });
    expect((await app.request(signe).get('/api/visit-drafts')).body).toEqual([]);
    expect((await app.request(anna).get('/api/visit-drafts')).body).toMatchObject([{ id: draft, visitedOn: '2026-11-17', source: 'written' }]);
    expect(await app.request(signe).delete(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 404 });
    expect(await app.request(anna).delete(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 204 });
    expect(await app.request(anna).delete(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 404 });
  });

  test('2.22 the same draft on two devices: the second sees what the first wrote, and nothing is overwritten', async () => {
    const { anna, company } = await visitors(app);
    const draft = randomUUID();
    await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company, { about: 'Fra telefonen' }), seen(0));
    const second = await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company, { about: 'Fra tavlen' }), seen(0));
    expect(second).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 1, content: { about: 'Fra telefonen' } } } });
    expect(await send(app, anna, draft, written(company, { about: 'Fra tavlen' }), 0)).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect((await app.request(anna).get(`/api/visit-drafts/${draft}`)).body.content.about).toBe('Fra telefonen');
    expect(await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company, { about: 'Begge dele' }), seen(1))).toMatchObject({ status: 200, body: { version: 2 } });
  });

  test('3.04 an offer is refused before a need, in a draft and in a report, and by the database', async () => {
    const { anna, company, centre } = await visitors(app);
    const offer = [{ need: 0, school: null, what: 'Tig-svejsning' }];
    for (const needs of [[], [{ what: '  ', term: 'now' }]]) {
      const content = written(company, { needs, offers: offer });
      const refused = { status: 400, body: { code: 'invalid', fields: [{ path: 'offers', code: 'need_first' }] } };
      expect(await app.request(anna).put(`/api/visit-drafts/${randomUUID()}`, content, seen(0))).toMatchObject(refused);
      expect(await send(app, anna, randomUUID(), content)).toMatchObject(refused);
    }
    const there = await send(app, anna, randomUUID(), written(company, { offers: offer }));
    expect(there.body.offers).toEqual([{ need: there.body.needs[0].id, school: null, what: 'Tig-svejsning' }]);
    await app.owner.query('begin');
    await app.owner.query(`select set_config('app.centre', $1, true)`, [centre.id]);
    await expect(
      app.owner.query('insert into vn.visit_offer (centre_id, report_id, place, need_id, what) values ($1, $2, 9, $3, $4)', [centre.id, there.body.id, randomUUID(), 'Tilbud']),
    ).rejects.toMatchObject({ code: '23503' });
    await app.owner.query('rollback');
  });
});

describe('a report', () => {
  test('401, 403 for whoever is no consultant, 404 in another centre; a company of another centre is unknown', async () => {
    const { anna, dorte, camilla, ida, company, other } = await visitors(app);
    expect(await app.request(null).post(`/api/visit-drafts/${randomUUID()}/report`, written(company), seen(0))).toMatchObject({ status: 401 });
    for (const person of [dorte, camilla]) expect(await send(app, person, randomUUID(), written(company))).toMatchObject({ status: 403 });
    const foreign = await makeCompany(app, [other]);
    expect(await send(app, anna, randomUUID(), written(foreign))).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    const { body } = await send(app, anna, randomUUID(), written(company));
    expect(await app.request(ida).get(`/api/visit-reports/${body.id}`)).toMatchObject({ status: 404 });
    expect((await app.request(ida).get('/api/visit-reports')).body.items).toEqual([]);
  });

  test('2.22 says what it was about, what was agreed and who does what by when; it is open to every school, and the story has a line', async () => {
    const { anna, karim, emil, camilla, company, centre } = await visitors(app);
    const draft = randomUUID();
    const sent = await send(
      app,
      anna,
      draft,
      written(company, {
        partner: '3F Limvig',
        nextSteps: [{ what: 'Send bud på et hold', owner: karim.id, due: '2026-11-20' }, { what: 'Spørg folkene', owner: null, due: '2026-11-24' }, { what: '  ' }],
      }),
    );
    expect(sent.status, sent.text).toBe(201);
    expect(sent.body).toMatchObject({
      company: { id: company.id },
      by: { name: 'Anna', school: 'Skole A' },
      needs: [{ what: 'Svejsecertifikat', term: 'now', fit: 'shelf', people: 5 }],
      partner: '3F Limvig',
      effort: { minutes: 120, km: 36 },
      tasks: [
        { what: 'Send bud på et hold', owner: { name: 'Karim', school: 'Skole B' }, due: '2026-11-20' },
        { what: 'Spørg folkene', owner: null },
      ],
    });
    for (const person of [karim, emil, camilla])
      expect(await app.request(person).get(`/api/visit-reports/${sent.body.id}`)).toMatchObject({ status: 200, body: { about: 'De mangler svejsere.', effort: null, can: { correct: false } } });
    expect((await app.request(karim).get('/api/visit-reports')).body.items).toMatchObject([{ id: sent.body.id, needs: ['Svejsecertifikat'], about: 'De mangler svejsere.' }]);
    const story = (await app.request(karim).get(`/api/companies/${company.id}/timeline`)).body.items;
    // Both of one moment: their order says nothing.
    expect(story).toHaveLength(2);
    expect(story).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'visit.reported', person: 'Anna', data: { report: sent.body.id } }),
        expect.objectContaining({ kind: 'contact_person.given', person: 'Anna' }),
      ]),
    );
    expect((await app.request(karim).get('/api/tasks')).body).toMatchObject([{ what: 'Send bud på et hold', company: { id: company.id }, report: sent.body.id }]);
    expect(await mailsTo(app, karim.email)).toMatchObject([{ subject: expect.stringContaining('En opgave for dig') }]);
    expect(await app.request(anna).get(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 404 });
    const read = await app.owner.query(`select from vn.access_log where centre_id = $1 and endpoint = 'readReport' and person_id = $2`, [centre.id, karim.id]);
    expect(read.rowCount).toBe(1);
  });

  test('2.22 is sent exactly once, however often and late a device tries, and twenty times at once', async () => {
    const { anna, karim, company } = await visitors(app);
    const draft = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(app, anna, draft, written(company, { nextSteps: [{ what: 'Ring', owner: anna.id, due: '2026-11-19' }] }))));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    app.clock.advance({ days: 9 });
    expect((await send(app, anna, draft, written(company, { about: 'Noget andet' }))).body).toMatchObject({ id: answers[0]?.body.id, about: 'De mangler svejsere.' });
    expect((await app.request(karim).get(`/api/visit-reports?company=${company.id}`)).body.items).toHaveLength(1);
    expect((await app.request(anna).get('/api/tasks')).body).toHaveLength(1);
    expect(await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company), seen(0))).toMatchObject({ status: 409, body: { code: 'draft_sent' } });
    // A colleague's device may have made the same number: it is another draft.
    expect((await send(app, karim, draft, written(company))).body.id).not.toBe(answers[0]?.body.id);
  });

  test('of a meeting is written by whoever went, once, and says that the meeting took place', async () => {
    const all = await visitors(app);
    const { anna, karim, company, centre } = all;
    const { meeting, day } = await metWith(app, all);
    const content = written(company, { meeting, visitedOn: day });
    expect(await send(app, karim, meeting, content)).toMatchObject({ status: 403, body: { code: 'not_your_meeting' } });
    const elsewhere = await makeCompany(app, [centre]);
    expect(await send(app, anna, meeting, { ...content, company: elsewhere.id })).toMatchObject({ status: 400, body: { fields: [{ path: 'company', code: 'other_meeting' }] } });
    const sent = await send(app, anna, meeting, content);
    expect(sent.status, sent.text).toBe(201);
    expect((await app.request(anna).get(`/api/meetings/${meeting}`)).body.state).toBe('done');
    expect(await send(app, anna, randomUUID(), content)).toMatchObject({ status: 409, body: { code: 'meeting_reported', about: { report: sent.body.id } } });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('what is missing is named by its field; a visit that is still ahead cannot be reported', async () => {
    const { anna, karim, company } = await visitors(app);
    const empty = written(null, { about: ' ', agreed: '', needs: [], nextSteps: [{ what: 'Ring', due: null }] });
    expect((await send(app, anna, randomUUID(), empty)).body.fields).toEqual([
      { path: 'company', code: 'required' },
      { path: 'about', code: 'required' },
      { path: 'nextSteps.0.due', code: 'required' },
    ]);
    expect((await send(app, anna, randomUUID(), written(company, { visitedOn: '2026-11-18' }))).body.fields).toEqual([{ path: 'visitedOn', code: 'ahead' }]);
    const stranger = randomUUID();
    expect((await send(app, anna, randomUUID(), written(company, { nextSteps: [{ what: 'Ring', owner: stranger, due: '2026-11-20' }] }))).body.fields).toEqual([
      { path: 'nextSteps.0.owner', code: 'unknown' },
    ]);
    expect((await send(app, anna, randomUUID(), written(company, { offers: [{ need: 0, school: stranger, what: 'Kursus' }] }))).body.fields).toEqual([{ path: 'offers', code: 'unknown' }]);
    expect((await app.request(karim).get(`/api/visit-reports?company=${company.id}`)).body.items).toEqual([]);
  });

  test('2.43 a need says whether an ordinary course fits or one has to be tailored, and a correction keeps it the same need', async () => {
    const { anna, karim, company } = await visitors(app);
    const sent = await send(
      app,
      anna,
      randomUUID(),
      written(company, {
        needs: [
          { what: 'Truckcertifikat', term: 'this_year', fit: 'tailored', people: 2 },
          { what: 'Dansk', term: 'later', fit: null },
        ],
      }),
    );
    const [truck] = sent.body.needs;
    expect((await app.request(karim).get(`/api/companies/${company.id}/needs`)).body).toMatchObject([
      { what: 'Truckcertifikat', fit: 'tailored', term: 'this_year', people: 2, source: sent.body.id },
      { what: 'Dansk', fit: null, term: 'later', people: null },
    ]);
    const content = written(company, { needs: [{ id: truck.id, what: 'Truckcertifikat B', term: 'now', fit: 'shelf', people: 3 }] });
    expect(await app.request(karim).put(`/api/visit-reports/${sent.body.id}`, content, seen(1))).toMatchObject({ status: 403, body: { code: 'not_your_report' } });
    const corrected = await app.request(anna).put(`/api/visit-reports/${sent.body.id}`, content, seen(1));
    expect(corrected.body).toMatchObject({ version: 2, needs: [{ id: truck.id, what: 'Truckcertifikat B', fit: 'shelf' }] });
    expect(await app.request(anna).put(`/api/visit-reports/${sent.body.id}`, content, seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect((await app.request(anna).put(`/api/visit-reports/${sent.body.id}`, written(company, { needs: [{ id: randomUUID(), what: 'Andet', term: 'now' }] }), seen(2))).body.fields).toEqual([
      { path: 'needs.0.id', code: 'unknown' },
    ]);
    expect((await app.request(karim).get('/api/visit-reports?words=certifikat')).body.items).toMatchObject([{ id: sent.body.id }]);
    expect((await app.request(karim).get('/api/visit-reports?words=truckcertifikat%20svejsere')).body.items).toHaveLength(1);
    expect((await app.request(karim).get('/api/visit-reports?words=dansk')).body.items).toEqual([]);
    for (const words of ['%25', '_', 'x%27']) expect((await app.request(karim).get(`/api/visit-reports?words=${words}`)).body.items).toEqual([]);
  });

  test('3.11 every report is guidance of a person, advice to a company, or general consultancy, and the list can be cut by it', async () => {
    const { anna, karim, company } = await visitors(app);
    for (const [at, kind] of ['guidance', 'advice', 'consultancy'].entries())
      expect((await send(app, anna, randomUUID(), written(company, { kind, visitedOn: `2026-11-1${at}` }))).body.kind).toBe(kind);
    expect(await send(app, anna, randomUUID(), written(company, { kind: 'sale' }))).toMatchObject({ status: 400 });
    expect((await app.request(karim).get('/api/visit-reports?kind=guidance')).body.items).toHaveLength(1);
    const rows = await walk<{ visitedOn: string }>(app.request(karim), '/api/visit-reports', 2);
    expect(rows.map(({ visitedOn }) => visitedOn)).toEqual(['2026-11-12', '2026-11-11', '2026-11-10']);
    expect((await app.request(karim).get('/api/visit-reports?from=2026-11-11&to=2026-11-11&topic=certificates&mine=yes')).body.items).toEqual([]);
    expect((await app.request(anna).get('/api/visit-reports?from=2026-11-11&to=2026-11-11&topic=certificates&mine=yes')).body.items).toHaveLength(1);
  });

  test('the school’s note stays in the school: neither the coordinator nor another school sees it, in the answer or in the table', async () => {
    const { anna, signe, dorte, karim, emil, camilla, free, company } = await visitors(app);
    const sent = await send(app, anna, randomUUID(), written(company, { note: 'Vi har haft dem før.' }));
    const address = `/api/visit-reports/${sent.body.id}`;
    for (const person of [anna, signe, dorte]) expect((await app.request(person).get(address)).body.note).toMatchObject({ text: 'Vi har haft dem før.', by: 'Anna' });
    for (const person of [karim, emil, camilla, free]) {
      const answer = await app.request(person).get(address);
      expect(answer.body.note).toBeNull();
      expect(answer.text).not.toContain('haft dem før');
    }
    for (const person of [karim, camilla]) {
      const { rows } = await inside(app, person, (tx) => tx.query('select text from vn.report_note'));
      expect(rows).toEqual([]);
    }
    expect(await app.request(karim).put(`${address}/note`, { text: 'Vores egen.' }, seen(0))).toMatchObject({ status: 200, body: { note: { text: 'Vores egen.' } } });
    expect(await app.request(signe).put(`${address}/note`, { text: 'Rettet.' }, seen(0))).toMatchObject({ status: 412 });
    expect(await app.request(signe).put(`${address}/note`, { text: 'Rettet.' }, seen(1))).toMatchObject({ status: 200, body: { note: { text: 'Rettet.', by: 'Signe' } } });
    expect(await app.request(signe).put(`${address}/note`, { text: '' }, seen(2))).toMatchObject({ status: 200, body: { note: null } });
    expect(await app.request(free).put(`${address}/note`, { text: 'x' }, seen(0))).toMatchObject({ status: 403, body: { code: 'no_school' } });
    expect((await app.request(emil).get(address)).body.note).toMatchObject({ text: 'Vores egen.' });
  });

  test('2.13 a visit made together with a union or another partner says who came along', async () => {
    const { anna, karim, company } = await visitors(app);
    const alone = await send(app, anna, randomUUID(), written(company));
    const together = await send(app, anna, randomUUID(), written(company, { partner: ' 3F Limvig ' }));
    expect((await app.request(karim).get(`/api/visit-reports/${together.body.id}`)).body.partner).toBe('3F Limvig');
    expect((await app.request(karim).get(`/api/visit-reports/${alone.body.id}`)).body.partner).toBeNull();
    expect(await send(app, anna, randomUUID(), written(company, { partner: 'x'.repeat(201) }))).toMatchObject({ status: 400 });
  });

  test('whoever changes school reads the new school’s notes and no longer the old one’s; whoever left reads nothing', async () => {
    const { anna, signe, company, centre } = await visitors(app);
    const sent = await send(app, anna, randomUUID(), written(company, { note: 'Kun for A.' }));
    const address = `/api/visit-reports/${sent.body.id}`;
    await app.owner.query('update vn.membership set school_id = $3 where centre_id = $1 and person_id = $2', [centre.id, signe.id, centre.schools.b]);
    const moved = { token: await openSession(app, { ...signe, schoolId: centre.schools.b }) };
    expect((await app.request(moved).get(address)).body.note).toBeNull();
    expect(await app.request(moved).put(`${address}/note`, { text: 'For B.' }, seen(0))).toMatchObject({ status: 200, body: { note: { text: 'For B.' } } });
    expect((await app.request(anna).get(address)).body.note).toMatchObject({ text: 'Kun for A.' });
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where centre_id = $1 and person_id = $2`, [centre.id, signe.id]);
    expect((await app.request(moved).get(address)).status).toBe(401);
  });

  test('2.33 hours and kilometres count for the company, all people together, and stand beside a name for nobody else', async () => {
    const { anna, karim, camilla, emil, company } = await visitors(app);
    await send(app, anna, randomUUID(), written(company, { minutes: 90, km: 30 }));
    await send(app, karim, randomUUID(), written(company, { minutes: null, km: 12, visitedOn: '2026-11-10' }));
    expect((await app.request(camilla).get(`/api/companies/${company.id}/effort`)).body).toEqual({ calls: 0, visits: 2, minutes: 90, km: 42, first: '2026-11-10' });
    expect(await app.request(emil).get(`/api/companies/${company.id}/effort`)).toMatchObject({ status: 403 });
    expect(await app.request(anna).get(`/api/companies/${randomUUID()}/effort`)).toMatchObject({ status: 404 });
  });
});

describe('barriers', () => {
  test('2.37 what keeps companies from training has eight codes, counted in companies for a quarter that is over', async () => {
    const { anna, camilla, company, centre } = await visitors(app);
    const two = await makeCompany(app, [centre]);
    await send(app, anna, randomUUID(), written(company, { barriers: ['too_few', 'tailoring'] }));
    await send(app, anna, randomUUID(), written(company, { barriers: ['too_few'] }));
    await send(app, anna, randomUUID(), written(two, { barriers: ['too_few'] }));
    expect(await send(app, anna, randomUUID(), written(two, { barriers: ['lazy'] }))).toMatchObject({ status: 400 });
    expect(await app.request(camilla).get('/api/barriers?quarter=2026-11-01')).toMatchObject({ status: 400, body: { fields: [{ path: 'quarter', code: 'not_over' }] } });
    app.clock.set('2027-01-04T09:00:00+01:00');
    const { body } = await app.request({ token: await openSession(app, camilla) }).get('/api/barriers');
    expect(body.quarter).toBe('2026-10-01');
    expect(body.companies).toHaveLength(8);
    expect(body.companies.filter(({ companies }: { companies: number }) => companies > 0)).toEqual([
      { code: 'too_few', companies: 2 },
      { code: 'tailoring', companies: 1 },
    ]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('2.38 what hinders employees is only ever counted: in no report, no list, no table that staff read, and hidden below the threshold', async () => {
    const { anna, camilla, karim, centre } = await visitors(app);
    const companies = await Promise.all(Array.from({ length: 5 }, () => makeCompany(app, [centre])));
    for (const [at, each] of companies.entries()) {
      const sent = await send(app, anna, randomUUID(), written(each, { employeeBarriers: at === 0 ? ['personal', 'economic'] : ['personal'] }));
      expect(sent.text).not.toMatch(/personal|economic/);
      for (const person of [anna, karim, camilla]) expect((await app.request(person).get(`/api/visit-reports/${sent.body.id}`)).text).not.toMatch(/personal|economic/);
    }
    // A second report of one company makes no sixth.
    await send(app, anna, randomUUID(), written(companies[0] ?? null, { employeeBarriers: ['economic'] }));
    expect((await inside(app, anna, (tx) => tx.query('select code from vn.employee_barrier'))).rows).toEqual([]);
    const linked = await app.owner.query(`select column_name from information_schema.columns where table_schema = 'vn' and table_name = 'employee_barrier'`);
    expect(linked.rows.map(({ column_name }) => column_name).sort()).toEqual(['centre_id', 'code', 'company_id', 'quarter']);
    app.clock.set('2027-01-04T09:00:00+01:00');
    for (const person of [anna, camilla])
      expect((await app.request({ token: await openSession(app, person) }).get('/api/barriers')).body.employees).toEqual([
        { code: 'personal', companies: 5 },
        { code: 'economic', companies: null },
        { code: 'practical', companies: null },
        { code: 'surroundings', companies: null },
      ]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});

describe('reports owed', () => {
  test('7.13 a meeting that is over and has no report is on the list of whoever went, of the school’s manager and of the coordinator, and of nobody else', async () => {
    const all = await visitors(app);
    const { anna, karim, dorte, emil, camilla, ida, company } = all;
    const { meeting, day } = await metWith(app, all);
    for (const person of [anna, dorte, camilla])
      expect((await app.request(person).get('/api/owed-reports')).body, person.name).toMatchObject([{ meeting, company: { id: company.id }, by: { name: 'Anna' }, days: 0 }]);
    for (const person of [karim, emil, ida]) expect((await app.request(person).get('/api/owed-reports')).body, person.name).toEqual([]);
    expect((await send(app, anna, meeting, written(company, { meeting, visitedOn: day }))).status).toBe(201);
    for (const person of [anna, dorte, camilla]) expect((await app.request(person).get('/api/owed-reports')).body).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('7.13 the writer is reminded kindly: after two days and after a week, by day, on working days, never more', async () => {
    const all = await visitors(app);
    const { anna } = all;
    const before = (await mailsTo(app, anna.email)).length;
    const { meeting } = await metWith(app, all); // on Wednesday 18 November
    const reminders = async (at: string) => {
      app.clock.set(at);
      await app.sweep();
      return (await mailsTo(app, anna.email)).filter(({ text }) => text.includes(`/phone/reports/${meeting}`)).length;
    };
    expect(before).toBe(0);
    expect(await reminders('2026-11-19T10:00:00+01:00')).toBe(0);
    expect(await reminders('2026-11-20T07:30:00+01:00')).toBe(0);
    expect(await reminders('2026-11-20T10:00:00+01:00')).toBe(1);
    expect(await reminders('2026-11-20T11:00:00+01:00')).toBe(1);
    expect(await reminders('2026-11-22T11:00:00+01:00')).toBe(1);
    expect(await reminders('2026-11-25T11:00:00+01:00')).toBe(2);
    expect(await reminders('2026-12-15T11:00:00+01:00')).toBe(2);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});

describe('files', () => {
  const put = (person: { token: string }, draft: string, name: string, payload: Buffer | string) =>
    app.request(person).raw({ method: 'POST', url: `/api/visit-drafts/${draft}/files?name=${encodeURIComponent(name)}`, headers: { 'content-type': 'application/octet-stream' }, payload });

  test('a photograph is the writer’s until the report is sent, then as open as the report; its bytes come back as they were', async () => {
    const { anna, signe, karim, ida, company } = await visitors(app);
    const draft = randomUUID();
    const bytes = Buffer.from([0xff, 0xd8, 0, 1, 2, 0xfe, 0x80]);
    const added = await put(anna, draft, 'tavle på væg.jpg', bytes);
    expect(added).toMatchObject({ status: 201, body: { name: 'tavle på væg.jpg', bytes: 7 } });
    const file = `/api/visit-files/${added.body.id}`;
    expect(await app.request(signe).get(file)).toMatchObject({ status: 404 });
    const got = await app.request(anna).get(file);
    expect(got.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': expect.stringContaining('tavle%20p%C3%A5%20v%C3%A6g.jpg') });
    const sent = await send(app, anna, draft, written(company));
    expect(sent.body.files).toEqual([added.body]);
    expect(await app.request(karim).get(file)).toMatchObject({ status: 200 });
    const stored = await app.owner.query('select content from vn.visit_file where id = $1', [added.body.id]);
    expect(stored.rows[0].content.equals(bytes)).toBe(true);
    expect(await app.request(ida).get(file)).toMatchObject({ status: 404 });
    expect(await app.request(karim).delete(file)).toMatchObject({ status: 404 });
    expect(await app.request(anna).delete(file)).toMatchObject({ status: 204 });
  });

  test('nothing empty, nothing beyond 10 MB, no eleventh, none to a report that is sent; a thrown-away draft takes its files along', async () => {
    const { anna, karim, company } = await visitors(app);
    const draft = randomUUID();
    expect(await put(anna, draft, 'tom.jpg', '')).toMatchObject({ status: 422, body: { code: 'empty_file' } });
    expect(await put(anna, draft, 'stor.jpg', Buffer.alloc(10_485_761))).toMatchObject({ status: 413, body: { code: 'too_large' } });
    for (let at = 0; at < 10; at += 1) expect((await put(anna, draft, `${at}.jpg`, 'x')).status).toBe(201);
    expect(await put(anna, draft, 'elleve.jpg', 'x')).toMatchObject({ status: 409, body: { code: 'too_many_files' } });
    expect(await put(karim, draft, 'egen.jpg', 'x')).toMatchObject({ status: 201 });
    await app.request(anna).put(`/api/visit-drafts/${draft}`, written(company), seen(0));
    expect((await app.request(anna).get(`/api/visit-drafts/${draft}`)).body.files).toHaveLength(10);
    expect(await app.request(anna).delete(`/api/visit-drafts/${draft}`)).toMatchObject({ status: 204 });
    expect((await app.owner.query('select from vn.visit_file where draft_id = $1', [draft])).rowCount).toBe(1);
    const sent = randomUUID();
    await send(app, anna, sent, written(company));
    expect(await put(anna, sent, 'sent.jpg', 'x')).toMatchObject({ status: 409, body: { code: 'draft_sent' } });
  });
});

describe('what a report chooses among', () => {
  test('3.04 all schools stand alike, the nearest to the company first; colleagues of every school', async () => {
    const { anna, centre, company } = await visitors(app);
    await app.owner.query(`update vn.school set postcode = case when id = $2 then '7620' when id = $3 then '2100' end where centre_id = $1`, [centre.id, centre.schools.c, centre.schools.a]);
    const { body } = await app.request(anna).get(`/api/visit-form?company=${company.id}`);
    expect(body.schools.map(({ name, km }: { name: string; km: number | null }) => [name, km === null ? null : km < 5])).toEqual([
      ['Skole C', true],
      ['Skole A', false],
      ['Skole B', null],
    ]);
    expect(body.colleagues.map(({ name }: { name: string }) => name)).toEqual(['Anna', 'Frida', 'Karim', 'Signe']);
    await makePerson(app, 'Zoe', ['manager'], { centreId: centre.id, schoolId: centre.schools.a });
    expect((await app.request(anna).get('/api/visit-form')).body.colleagues).toHaveLength(4);
  });
});
