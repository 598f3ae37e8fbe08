import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const morning = '2026-11-17T08:20:00+01:00';
beforeEach(() => app.clock.set(morning));

const facts = { trade: 'Svejsere', forWhom: 'Vindmølletårne', people: 12, earliest: '2027-01-04', learn: 'Svejsning og sikkerhed' };

/** A centre with a jobcentre that needs welders, and a course. */
async function ready() {
  const made = await makeCentre(app);
  const { centre, anna, dorte } = made;
  const jobcentre = await makeCompany(app, [centre], { name: 'Jobcenter Tværby' });
  const course: string = (await app.request(dorte).post('/api/courses', { kind: 'amu', code: '40012', title: 'Svejsning', field: 'certificates', industries: [], awards: 'certificate' })).body.id;
  const need = (await app.request(anna).post('/api/recruitment-needs', { ...facts, jobcentre: jobcentre.id })).body;
  const at = `/api/recruitment-needs/${need.id}`;
  const plan = { course, school: centre.schools.a, weeks: 9, runsAYear: 2, seats: 10, minimum: 8, maximum: 14, starts: '08:00', ends: '15:30' };
  const planned = (by: TestPerson, over: object = {}, version = 1) => app.request(by).put(`${at}/plan`, { ...plan, ...over }, seen(version));
  const run = (by: TestPerson, count: number, version: number) => app.request(by).post(`${at}/runs`, { count }, seen(version));
  const read = async (by: TestPerson) => (await app.request(by).get(at)).body;
  return { ...made, jobcentre, course, need, at, plan, planned, run, read };
}

describe('recruitment needs of jobcentres', () => {
  test('2.31 a jobcentre’s need becomes a course of nine weeks twice a year: planned as classes by one press, with seats held for it, and the next runs suggested', async () => {
    const { anna, dorte, camilla, need, planned, run, read, jobcentre } = await ready();
    expect(need).toMatchObject({ state: 'open', jobcentre: { name: 'Jobcenter Tværby' }, byLink: false, plan: null, runs: [], next: [], can: { edit: true, plan: false, run: false } });
    expect(await run(dorte, 1, 1)).toMatchObject({ status: 409, body: { code: 'recruitment_unplanned' } });
    expect(await planned(dorte)).toMatchObject({ status: 200, body: { state: 'running', version: 2, next: [{ starts: '2027-01-04', ends: '2027-03-05' }, { starts: '2027-07-05' }] } });
    const both = await run(dorte, 2, 2);
    expect(both, both.text).toMatchObject({
      status: 200,
      body: {
        version: 3,
        coming: '2027-01-04',
        runs: [
          { no: 2, class: { title: 'Svejsning', starts: '2027-07-05', state: 'tentative' }, held: { seats: 10, used: 0, until: '2027-06-28' } },
          { no: 1, class: { starts: '2027-01-04', ends: '2027-03-05' }, held: { seats: 10, used: 0, until: '2026-12-28' } },
        ],
        next: [{ starts: '2028-01-03' }, { starts: '2028-07-03' }],
      },
    });
    const first = both.body.runs[1].class.id;
    const sheet = (await app.request(anna).get(`/api/classes/${first}`)).body;
    expect(sheet).toMatchObject({ minimum: 8, maximum: 14, decidedBy: '2026-12-21', text: facts.learn, sessions: expect.objectContaining({ length: 45 }) });
    expect(sheet.sessions[0]).toMatchObject({ day: '2027-01-04', starts: '08:00', ends: '15:30' });
    expect((await app.request(dorte).get(`/api/classes/${first}/seats`)).body.counts).toMatchObject({ held: 10, free: 4 });
    // The jobcentre’s people take the seats that are held for it, also where nobody else finds one.
    const other = await makeCompany(app, [{ id: anna.centreId ?? '' }]);
    expect((await app.request(anna).post(`/api/classes/${first}/seats`, { company: other.id, heads: 4 })).body).toMatchObject({ result: 'taken' });
    expect((await app.request(anna).post(`/api/classes/${first}/seats`, { company: other.id, heads: 1 })).body).toMatchObject({ result: 'waiting' });
    expect((await app.request(anna).post(`/api/classes/${first}/seats`, { company: jobcentre.id, heads: 6 })).body).toMatchObject({ result: 'taken' });
    expect((await read(camilla)).runs[1].held).toMatchObject({ used: 6 });
    // Whoever may not read the hold sees the class and no seats.
    expect((await read(anna)).runs[1]).toMatchObject({ class: { id: first } });
  });

  test('2.31 stopped with the reason: no more runs, the seats that nobody took are free, and the classes stay', async () => {
    const { dorte, anna, at, planned, run, read, jobcentre } = await ready();
    await planned(dorte);
    const [{ class: held }] = (await run(dorte, 1, 2)).body.runs;
    await app.request(anna).post(`/api/classes/${held.id}/seats`, { company: jobcentre.id, heads: 3 });
    expect((await app.request(anna).put(`${at}/stop`, { because: 'x' }, seen(3))).status).toBe(403);
    expect((await app.request(dorte).put(`${at}/stop`, { because: ' ' }, seen(3))).status).toBe(400);
    const stopped = await app.request(dorte).put(`${at}/stop`, { because: 'Fabrikken ansætter ikke flere' }, seen(3));
    expect(stopped, stopped.text).toMatchObject({
      status: 200,
      body: { state: 'stopped', stopped: { on: '2026-11-17', because: 'Fabrikken ansætter ikke flere' }, next: [], runs: [{ held: null }], can: { edit: false, run: false } },
    });
    expect((await app.request(dorte).get(`/api/classes/${held.id}/seats`)).body).toMatchObject({ state: 'tentative', counts: { taken: 3, held: 0, free: 11 } });
    for (const again of [run(dorte, 1, 4), app.request(dorte).put(at, facts, seen(4)), app.request(dorte).put(`${at}/stop`, { because: 'Igen' }, seen(4))])
      expect(await again).toMatchObject({ status: 409, body: { code: 'recruitment_stopped' } });
    expect((await app.request(anna).get('/api/recruitment-needs?state=stopped')).body).toHaveLength(1);
    expect((await read(anna)).version).toBe(4);
  });

  test('2.31 a school’s manager plans for the own school, the coordinator for all; what cannot be is refused', async () => {
    const { anna, emil, camilla, dorte, ida, centre, other, at, planned, run, need } = await ready();
    expect((await planned(anna)).status).toBe(403);
    expect(await planned(emil)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    for (const [over, status, code] of [
      [{ weeks: 0 }, 400, 'invalid'],
      [{ weeks: 27 }, 400, 'invalid'],
      [{ weeks: 20, runsAYear: 3 }, 400, 'invalid'],
      [{ seats: 15 }, 400, 'invalid'],
      [{ minimum: 15 }, 400, 'invalid'],
      [{ ends: '08:00' }, 400, 'invalid'],
      [{ school: other.schools.g }, 422, 'school_unknown'],
      [{ course: need.id }, 422, 'course_unknown'],
    ] as const)
      expect(await planned(camilla, over), JSON.stringify(over)).toMatchObject({ status, body: { code } });
    expect((await planned(camilla, { school: centre.schools.b })).status).toBe(200);
    expect(await run(dorte, 1, 2)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await planned(dorte, {}, 2)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect((await app.request(ida).get(at)).status).toBe(404);
    expect((await app.request(anna).put(at, { ...facts, people: 6 }, seen(2))).body).toMatchObject({ people: 6, version: 3 });
    const strange = await makeCompany(app, [other]);
    expect(await app.request(anna).post('/api/recruitment-needs', { ...facts, jobcentre: strange.id })).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    await expect(inside(app, anna, (client) => client.query(`insert into vn.recruitment_run values ('${centre.id}', '${need.id}', 9, gen_random_uuid(), gen_random_uuid())`))).rejects.toThrow(
      /row-level security/,
    );
  });

  test('2.31 of twenty presses at once the next run is planned once', async () => {
    const { dorte, planned, run, read } = await ready();
    await planned(dorte);
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(dorte, 1, 2)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    expect((await read(dorte)).runs).toHaveLength(1);
  });

  test('2.31 a jobcentre writes its need behind its own link; its contact person is told once, and any other company has no such thing', async () => {
    const { anna, centre, jobcentre, dorte, planned, run } = await ready();
    await planned(dorte);
    await run(dorte, 1, 2);
    const pageOf = async (company: { id: string }, email: string) => {
      const contact = await makeContact(app, centre, company, 'Rie');
      await app.owner.query('update vn.contact set email = $2 where id = $1', [contact, email]);
      await app.request(anna).put(`/api/companies/${company.id}/contact-person`, { person: anna.id }, seen(0));
      await app.request(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true });
      return /company#([\w-]{43})/.exec((await mailsTo(app, email)).at(-1)?.text ?? '')?.[1] ?? '';
    };
    const token = await pageOf(jobcentre, 'rie@jobcenter.example');
    expect((await app.request(null).post('/api/company-page/recruitment', { token })).body).toMatchObject({
      jobcentre: true,
      needs: [{ trade: 'Svejsere', stopped: false, runs: [{ school: 'Skole A', starts: '2027-01-04', seats: 10, used: 0, held: true }] }],
    });
    expect((await app.request(null).post('/api/company-page/recruitment-needs', { token, ...facts, people: 0 })).status).toBe(400);
    app.clock.set('2026-11-17T09:20:00+01:00');
    const sent = await app.request(null).post('/api/company-page/recruitment-needs', { token, ...facts, trade: 'Buschauffører', people: 8 });
    expect(sent, sent.text).toMatchObject({ status: 200, body: { needs: [{ trade: 'Buschauffører', people: 8, runs: [] }, { trade: 'Svejsere' }] } });
    await app.sweep();
    await app.sweep();
    expect((await mailsTo(app, anna.email)).filter(({ subject }) => subject === 'Jobcenter Tværby har skrevet et behov')).toHaveLength(1);
    expect((await app.request(anna).get('/api/recruitment-needs?state=open')).body).toMatchObject([{ trade: 'Buschauffører', byLink: true }]);
    const plain = await makeCompany(app, [centre], { name: 'Solhøj' });
    const theirs = await pageOf(plain, 'bo@solhoej.example');
    expect((await app.request(null).post('/api/company-page/recruitment', { token: theirs })).body).toEqual({ jobcentre: false, today: '2026-11-17', needs: [] });
    expect(await app.request(null).post('/api/company-page/recruitment-needs', { token: theirs, ...facts })).toMatchObject({ status: 409, body: { code: 'not_a_jobcentre' } });
    expect((await app.request(null).post('/api/company-page/recruitment', { token: 'a'.repeat(43) })).status).toBe(410);
  });
});
