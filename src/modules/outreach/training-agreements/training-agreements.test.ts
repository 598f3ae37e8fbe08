import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { plan } from '../../../../tests/support/campaigns.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { metWith, send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();
const morning = '2026-11-17T08:20:00+01:00';
beforeEach(() => app.clock.set(morning));

/** A centre with a company, a course of every school, a class of school A in it, and a visit that Anna reported. */
async function ready() {
  const made = await visitors(app);
  const { anna, dorte, emil, centre, company } = made;
  const course: string = (await app.request(dorte).post('/api/courses', { kind: 'amu', code: '40012', title: 'Svejsning', field: 'certificates', industries: [], awards: 'certificate' })).body.id;
  const classAt = async (by: TestPerson, school: string, of = course): Promise<string> =>
    (await app.request(by).post('/api/classes', { course: of, school, starts: '2027-01-11', ends: '2027-01-15', minimum: 2, maximum: 12, town: 'Limvig' })).body.id;
  const held = await classAt(dorte, centre.schools.a);
  const elsewhere = await classAt(emil, centre.schools.b);
  const sent = await send(app, anna, randomUUID(), written(company));
  expect(sent.status, sent.text).toBe(201);
  const report: string = sent.body.id;
  const body = (over: object = {}) => ({
    company: company.id,
    school: centre.schools.a,
    source: 'visit',
    report,
    agreedOn: '2026-11-17',
    note: 'MARKAFTALE',
    courses: [{ course, class: held, people: 3, seats: 4 }],
    ...over,
  });
  const add = (by: TestPerson, over: object = {}) => app.request(by).post('/api/training-agreements', body(over));
  /** Makes somebody the company's contact person, whoever was. */
  const follow = async (by: TestPerson, person: TestPerson) => {
    const { body: now } = await app.request(by).get(`/api/companies/${company.id}/contact-person`);
    if (now.person?.id !== person.id) expect((await app.request(by).put(`/api/companies/${company.id}/contact-person`, { person: person.id }, seen(now.version))).status).toBe(200);
  };
  const at = (id: string) => `/api/training-agreements/${id}`;
  const settle = (by: TestPerson, { id, version }: { id: string; version: number }, state: object) => app.request(by).put(`${at(id)}/state`, state, seen(version));
  return { ...made, course, held, elsewhere, report, body, add, at, settle, follow };
}

describe('training agreements', () => {
  test('4.21 an agreement springs from a visit and names company, school, courses, people, seats and day; its seats are counted from the classes, and it is kept once they were taken', async () => {
    const { anna, add, at, settle, held, company, course, report } = await ready();
    const made = await add(anna);
    expect(made, made.text).toMatchObject({
      status: 201,
      body: {
        state: 'agreed',
        source: 'visit',
        report: { id: report, visitedOn: '2026-11-17' },
        campaign: null,
        by: 'Anna',
        taken: [0],
        courses: [{ course: { title: 'Svejsning' }, class: { id: held }, people: 3, seats: 4 }],
      },
    });
    expect(await settle(anna, made.body, { state: 'kept' })).toMatchObject({ status: 422, body: { code: 'agreement_unproven' } });
    await app.request(anna).post(`/api/classes/${held}/seats`, { company: company.id, heads: 3 });
    // One without a class counts the seats in whichever class of the course at that school.
    const open = await add(anna, { source: 'call', report: null, courses: [{ course, people: 1, seats: 1 }] });
    expect(open.body).toMatchObject({ source: 'call', report: null, taken: [3] });
    expect((await app.request(anna).get(at(made.body.id))).body.taken).toEqual([3]);
    const kept = await settle(anna, made.body, { state: 'kept' });
    expect(kept).toMatchObject({ status: 200, body: { state: 'kept', stateOn: '2026-11-17', version: 2, can: { edit: false, keep: false, fall: true } } });
    expect(await settle(anna, kept.body, { state: 'kept', word: 'Igen' })).toMatchObject({ status: 409, body: { code: 'agreement_settled' } });
    expect((await settle(anna, kept.body, { state: 'fallen', because: ' ' })).status).toBe(400);
    expect(await settle(anna, kept.body, { state: 'fallen', because: 'Stor ordre' })).toMatchObject({ status: 200, body: { state: 'fallen', fallenBecause: 'Stor ordre', can: { fall: false } } });
    expect((await app.request(anna).get(`/api/training-agreements?report=${report}`)).body).toMatchObject([{ id: made.body.id }]);
    expect((await app.request(anna).get(`/api/companies/${company.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)).toContain('agreement.made');
  });

  test('4.21 without a visit it says so: a meeting or a call, which may name the campaign; nothing that is not so is taken', async () => {
    const { anna, add, body, course, elsewhere, centre, other, company } = await ready();
    const strange = await makeCompany(app, [other]);
    const unknown = randomUUID();
    for (const [over, status, code] of [
      [{ report: null }, 400, 'invalid'],
      [{ source: 'call' }, 400, 'invalid'],
      [{ courses: [] }, 400, 'invalid'],
      [{ courses: [{ course, people: 0, seats: 1 }] }, 400, 'invalid'],
      [{ courses: [{ course, people: 1, seats: 1001 }] }, 400, 'invalid'],
      [{ agreedOn: '2026-11-18' }, 422, 'agreement_day'],
      [{ agreedOn: '2026-11-16' }, 422, 'agreement_report'],
      [{ company: strange.id }, 422, 'company_unknown'],
      [{ school: other.schools.g }, 422, 'school_unknown'],
      [{ report: unknown }, 422, 'agreement_report'],
      [{ source: 'call', report: null, campaign: unknown }, 422, 'agreement_campaign'],
      [{ courses: [{ course: unknown, people: 1, seats: 1 }] }, 422, 'course_unknown'],
      [{ courses: [{ course, class: elsewhere, people: 1, seats: 1 }] }, 422, 'class_elsewhere'],
    ] as const)
      expect(await add(anna, over), JSON.stringify(over)).toMatchObject({ status, body: { code } });
    const second = await makeCompany(app, [centre]);
    expect(await add(anna, { company: second.id })).toMatchObject({ status: 422, body: { code: 'agreement_report' } });
    expect(await add(anna, { source: 'meeting', report: null })).toMatchObject({ status: 201, body: { source: 'meeting', report: null } });
    expect(body().company).toBe(company.id);
  });

  test('4.21 an agreement is read by its school, whoever made it, the company’s contact person and the coordinator; for anybody else it is not there', async () => {
    const { anna, signe, dorte, emil, karim, free, camilla, ida, add, at, centre, company, settle, follow } = await ready();
    const { body } = await add(anna, { school: centre.schools.b, courses: [{ course: (await app.request(anna).get('/api/course-choices?search=svejs')).body[0].id, people: 1, seats: 1 }] });
    const reads = async (who: TestPerson) => [
      (await app.request(who).get(at(body.id))).status,
      (await app.request(who).get('/api/training-agreements')).body.length,
      (await app.request(who).get(`${at(body.id)}/agreement.pdf`)).status,
    ];
    for (const who of [anna, emil, karim, camilla]) expect(await reads(who), who.name).toEqual([200, 1, 200]);
    for (const who of [signe, dorte, free, ida]) expect(await reads(who), who.name).toEqual([404, 0, 404]);
    expect((await settle(signe, body, { state: 'fallen', because: 'Nej' })).status).toBe(404);
    await follow(camilla, signe);
    expect(await reads(signe)).toEqual([200, 1, 200]);
    // Nobody tells the story of another school’s agreement.
    expect((await app.request(dorte).get(`/api/companies/${company.id}/timeline`)).text).not.toContain('agreement.made');
    // The wall stands in the database: somebody else’s agreement cannot be written, counted or made to be another’s.
    await expect(inside(app, dorte, (client) => client.query(`select * from vn.agreement_seats('${body.id}')`))).resolves.toMatchObject({ rowCount: 0 });
    await expect(inside(app, dorte, (client) => client.query(`update vn.training_agreement set note = '' where id = '${body.id}'`))).resolves.toMatchObject({ rowCount: 0 });
    await expect(inside(app, emil, (client) => client.query(`update vn.training_agreement set made_by = '${emil.id}' where id = '${body.id}'`))).rejects.toThrow(/permission denied/);
  });

  test('4.21 agreements are counted per month and campaign against the goal of the year; per school only for its manager and the coordinator, and nothing per consultant', async () => {
    const made = await ready();
    const { anna, karim, dorte, emil, camilla, add, settle, centre, follow, body } = made;
    const campaign: string = (await app.request(camilla).post('/api/campaigns', { ...plan, name: 'Metal' })).body.id;
    const first = await add(anna);
    const fallen = await add(anna);
    await settle(anna, fallen.body, { state: 'fallen', because: 'Travlt' });
    await add(karim, { school: centre.schools.b, source: 'meeting', report: null, agreedOn: '2026-10-05', courses: [{ course: body().courses[0]?.course, people: 1, seats: 1 }] });
    await app.owner.query('update vn.training_agreement set campaign_id = $2 where id = $1', [first.body.id, campaign]);
    const read = (who: TestPerson) => app.request(who).get('/api/training-agreement-figures?year=2026');
    expect((await app.request(camilla).put('/api/training-agreement-goals/2026', { goal: 40 }, seen(0))).body).toEqual({ goal: 40, version: 1 });
    expect(await app.request(camilla).put('/api/training-agreement-goals/2026', { goal: 50 }, seen(0))).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', current: { goal: 40, version: 1 } },
    });
    const all = (await read(camilla)).body;
    expect(all).toMatchObject({
      year: 2026,
      goal: { goal: 40 },
      measured: 2,
      school: null,
      months: [
        { month: 10, agreed: 1, kept: 0, fallen: 0 },
        { month: 11, agreed: 1, kept: 0, fallen: 1 },
      ],
      campaigns: [
        { campaign: { name: 'Metal' }, agreed: 1, kept: 0, fallen: 0 },
        { campaign: null, agreed: 1, kept: 0, fallen: 1 },
      ],
      schools: [
        { school: { name: 'Skole A' }, agreed: 1, fallen: 1 },
        { school: { name: 'Skole B' }, agreed: 1, fallen: 0 },
      ],
    });
    expect((await read(dorte)).body).toMatchObject({
      goal: { goal: 40 },
      measured: null,
      school: { name: 'Skole A' },
      months: [{ month: 11 }],
      schools: [{ school: { name: 'Skole A' } }],
      can: { setGoal: false },
    });
    // Emil is the contact person of the company and reads its agreements; the figures stay his school’s.
    await follow(camilla, karim);
    expect((await read(emil)).body).toMatchObject({ measured: null, months: [{ month: 10, agreed: 1, kept: 0, fallen: 0 }] });
    expect((await read(anna)).status).toBe(403);
    for (const who of [camilla, dorte]) expect((await read(who)).text).not.toContain('Anna');
    expect((await app.request(dorte).put('/api/training-agreement-goals/2026', { goal: 1 }, seen(1))).status).toBe(403);
  });

  test('4.21 an agreement about the visit of a campaign’s call counts for that campaign, whoever writes it down', async () => {
    const made = await visitors(app);
    const { anna, centre, company, camilla, dorte } = made;
    const { meeting, day } = await metWith(app, made);
    const campaign: string = (await app.request(camilla).post('/api/campaigns', { ...plan, name: 'Metal' })).body.id;
    const call = randomUUID();
    await app.owner.query(
      `insert into vn.call (centre_id, id, company_id, campaign_id, direction, route, person_id, at, day, outcome) values ($1, $2, $3, $4, 'out', 'call_centre', $5, $6, '2026-11-17', 'wants_contact')`,
      [centre.id, call, company.id, campaign, camilla.id, morning],
    );
    await app.owner.query('update vn.campaign set frozen_at = $2, hearing_opened_at = $2, hearing_deadline = $2 where id = $1', [campaign, morning]);
    await app.owner.query('update vn.meeting set call_id = $2 where id = $1', [meeting, call]);
    const report = (await send(app, anna, meeting, written(company, { meeting, visitedOn: day }))).body.id;
    const course = (await app.request(dorte).post('/api/courses', { kind: 'own', title: 'Ledelse', field: 'management', industries: [], awards: 'certificate' })).body;
    const agreed = await app
      .request(anna)
      .post('/api/training-agreements', { company: company.id, school: centre.schools.a, source: 'visit', report, agreedOn: day, courses: [{ course: course.id, people: 1, seats: 1 }] });
    expect(agreed, `${agreed.text} ${JSON.stringify(course)}`).toMatchObject({ status: 201 });
    const { rows } = await app.owner.query('select campaign_id from vn.training_agreement where id = $1', [agreed.body.id]);
    expect(rows).toEqual([{ campaign_id: campaign }]);
  });

  test('4.21 corrected while it is agreed, by the version that was seen; of twenty who settle it at once one is heard', async () => {
    const { anna, add, at, body } = await ready();
    const made = (await add(anna)).body;
    const facts = { agreedOn: '2026-11-17', note: 'Rettet', courses: [...body().courses, { ...body().courses[0], class: null, people: 1, seats: 1 }] };
    const edited = await app.request(anna).put(at(made.id), facts, seen(1));
    expect(edited, edited.text).toMatchObject({ status: 200, body: { note: 'Rettet', version: 2, courses: [{ people: 3 }, { people: 1, class: null }] } });
    expect(await app.request(anna).put(at(made.id), facts, seen(1))).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 2 } } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => app.request(anna).put(`${at(made.id)}/state`, n % 2 === 0 ? { state: 'fallen', because: 'Travlt' } : { state: 'kept', word: 'De var der' }, seen(2))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  test('4.21 the list as a table and an agreement as PDF; a cell that begins like a formula is text', async () => {
    const { anna, add, at } = await ready();
    const made = (await add(anna, { note: '' })).body;
    await app.request(anna).put(`${at(made.id)}/state`, { state: 'fallen', because: '=HYPERLINK(1)' }, seen(1));
    const csv = await app.request(anna).get('/api/training-agreements.csv?year=2026');
    expect(csv.text).toContain(`2026-11-17;Bjergager Smede;Skole A;AMU 40012 Svejsning;2027-01-11;3;4;Faldet;'=HYPERLINK(1);Besøg;2026-11-17;`);
    expect((await app.request(anna).get('/api/training-agreements.csv?year=2025')).text.trim().split('\n')).toHaveLength(1);
    const pdf = await app.request(anna).get(`${at(made.id)}/agreement.pdf`);
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
  });

  test('4.21 X.5 behind its link a company reads what it has agreed, without note or anybody of the schools', async () => {
    const { anna, add, centre, company, follow } = await ready();
    await add(anna);
    const contact = await makeContact(app, centre, company, 'Preben');
    await app.owner.query('update vn.contact set email = $2 where id = $1', [contact, 'preben@bjergager.example']);
    await follow(anna, anna);
    await app.request(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true });
    await app.jobs.drain();
    const token = /company#([\w-]{43})/.exec(app.mails.findLast(({ to }) => to === 'preben@bjergager.example')?.text ?? '')?.[1] ?? '';
    const own = await app.request(null).post('/api/company-page/agreements', { token });
    expect(own, own.text).toMatchObject({
      status: 200,
      body: [{ school: 'Skole A', state: 'agreed', agreedOn: '2026-11-17', courses: [{ title: 'Svejsning', starts: '2027-01-11', people: 3, seats: 4 }] }],
    });
    for (const hidden of ['MARKAFTALE', 'Anna']) expect(own.text).not.toContain(hidden);
    expect((await app.request(null).post('/api/company-page/agreements', { token: 'a'.repeat(43) })).status).toBe(410);
  });
});
