import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { asJson, bring, companyHit, move, period } from '../../../../tests/support/company-files.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
import { book, falseCounters, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import { ownerIn, queuedCampaign } from '../../../../tests/support/queues.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();
type Company = { id: string; cvr: string };
const closing = async (person: TestPerson, { id }: Company) => (await app.request(person).get(`/api/companies/${id}/closing`)).body;
const confirm = (person: TestPerson | null, { id }: Company, version: number) => app.request(person).put(`/api/companies/${id}/closed`, {}, seen(version));
const merge = (person: TestPerson | null, from: { id: string }, into: { id: string }, version: number) =>
  app.request(person).put(`/api/companies/${from.id}/successor`, { successor: into.id }, seen(version));
const listed = async (person: TestPerson) => (await app.request(person).get('/api/closed-companies')).body.map(({ company }: { company: { id: string } }) => company.id);
const relation = async ({ id }: { id: string }) => (await app.owner.query('select *, quarantine_until::text from vn.relation where company_id = $1', [id])).rows[0];
const contactPerson = async (person: TestPerson, { id }: { id: string }) => (await app.request(person).get(`/api/companies/${id}/contact-person`)).body;
const take = async (person: TestPerson, company: { id: string }) => {
  const { version } = await contactPerson(person, company);
  return app.request(person).put(`/api/companies/${company.id}/contact-person`, { person: person.id, note: '' }, seen(version));
};

/** The register's extract says that a company has been dissolved. */
const dissolved = (cvr: string) =>
  asJson(
    companyHit({
      cvr,
      more: { virksomhedsstatus: [{ status: 'OPLØST EFTER FUSION', ...period('2026-10-31') }], livsforloeb: [period('2015-03-01', '2026-10-31')] },
    }),
  );

/** Anna follows a company, has a task and a meeting ahead there; somebody there has its page. */
async function followed() {
  const made = await visitors(app);
  const { anna, camilla, centre, company } = made;
  await makeBookable(app, centre, [anna]);
  await send(app, anna, randomUUID(), written(company, { nextSteps: [{ what: 'Send tilbud', owner: anna.id, due: '2026-12-04' }] }));
  const [slot] = await slotsFor(app, camilla, company);
  const meeting = String((await book(app, camilla, company, slot?.choice ?? '')).body.id);
  const contact = await makeContact(app, centre, company, 'Preben');
  await app.owner.query(`update vn.contact set email = 'preben-side@bjergager.example' where id = $1`, [contact]);
  expect((await app.request(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true })).status).toBe(201);
  return { ...made, meeting };
}

describe('a company that closes', () => {
  test('an import that says so takes it out of the queue at once and ends its page; what waits comes to the contact person and the coordinator, with the reason', async () => {
    const made = await followed();
    const { anna, camilla, karen, karim, company } = made;
    const other = await makeCompany(app, [made.centre], { phone: '00123456' });
    const campaign = await queuedCampaign(app, made, [company.id, other.id]);
    expect(await listed(camilla)).toEqual([]);
    const done = await bring(app, karen, dissolved(company.cvr));
    expect(await relation(company)).toMatchObject({ ceased: true, callable: false, active: true });
    expect((await app.owner.query('select company_id, state, closed_because from vn.queue_item where campaign_id = $1 and company_id = $2', [campaign, company.id])).rows).toEqual([
      { company_id: company.id, state: 'withdrawn', closed_because: 'ceased' },
    ]);
    expect((await app.owner.query('select ended_at from vn.company_page where company_id = $1', [company.id])).rows).toMatchObject([{ ended_at: expect.any(Date) }]);
    for (const person of [anna, camilla]) expect(await listed(person)).toEqual([company.id]);
    expect(await listed(karim)).toEqual([]);
    expect(await closing(anna, company)).toMatchObject({
      ceased: true,
      endedOn: '2026-10-31',
      statusText: 'OPLØST EFTER FUSION',
      open: { followed: true, meetings: 1, tasks: 1 },
      can: { confirm: true, merge: false },
    });
    expect((await closing(karim, company)).can).toEqual({ confirm: false, merge: false });
    expect(await slotsFor(app, camilla, company)).toEqual([]);
    // The register was wrong: undone, it may be called again.
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ state: 'undone' });
    expect(await relation(company)).toMatchObject({ ceased: false, callable: true, active: true });
    expect(await listed(camilla)).toEqual([]);
  });

  test('401, 403 for a manager and for whoever does not follow it, 404 elsewhere, 409 while the register knows nothing of it, 412 for an older sheet', async () => {
    const { anna, karim, dorte, ida, camilla, company } = await followed();
    const { version } = await closing(anna, company);
    expect(await confirm(null, company, version)).toMatchObject({ status: 401 });
    expect(await confirm(dorte, company, version)).toMatchObject({ status: 403 });
    expect(await confirm(ida, company, version)).toMatchObject({ status: 404 });
    expect(await confirm(anna, company, version)).toMatchObject({ status: 409, body: { code: 'company_not_closed' } });
    await app.owner.query('update vn.relation set ceased = true where company_id = $1', [company.id]);
    expect(await confirm(karim, company, version)).toMatchObject({ status: 403, body: { code: 'not_contact_person' } });
    expect(await confirm(camilla, company, version + 1)).toMatchObject({ status: 412, body: { current: { version } } });
  });

  test('once somebody confirms it, nobody follows it, meetings ahead are called off with letters and free their time, tasks wait to be finished, and nothing is gone', async () => {
    const { anna, camilla, centre, company, meeting } = await followed();
    await ownerIn(app, centre, 'update vn.relation set ceased = true where company_id = $1', [company.id]);
    const { version } = await closing(anna, company);
    app.clock.advance({ minutes: 1 });
    const done = await confirm(anna, company, version);
    expect(done, done.text).toMatchObject({ status: 200, body: { open: { followed: false, meetings: 0, tasks: 1 }, can: { confirm: false } } });
    expect((await app.request(camilla).get(`/api/meetings/${meeting}`)).body).toMatchObject({ state: 'cancelled', cancelledBecause: 'company' });
    expect((await mailsTo(app, 'preben@bjergager.example')).at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
    expect(await falseCounters(app)).toEqual([]);
    // The task keeps it on the list until somebody has finished it.
    expect(await listed(anna)).toEqual([company.id]);
    const [task] = (await app.request(anna).get('/api/tasks?whose=mine')).body;
    expect(await app.request(anna).put(`/api/tasks/${task.id}/done`, { done: true }, seen(task.version))).toMatchObject({ status: 200 });
    expect(await listed(anna)).toEqual([]);
    expect((await app.request(anna).get(`/api/companies/${company.id}/timeline`)).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'company.closed', person: 'Anna' })]));
    expect((await contactPerson(anna, company)).before).toMatchObject([{ name: 'Anna' }]);
  });
});

describe('a company that goes on in another', () => {
  test('401, 403 for all but the coordinator, 404 elsewhere; never into itself, an unknown one, or one that is closed or has gone on itself; once', async () => {
    const { anna, dorte, ida, camilla, centre, other, company } = await visitors(app);
    const b = await makeCompany(app, [centre]);
    expect(await merge(null, company, b, 0)).toMatchObject({ status: 401 });
    for (const person of [anna, dorte]) expect(await merge(person, company, b, 0)).toMatchObject({ status: 403 });
    expect(await merge(ida, company, b, 0)).toMatchObject({ status: 404 });
    expect(await merge(camilla, company, company, 0)).toMatchObject({ status: 422, body: { code: 'same_company' } });
    expect(await merge(camilla, company, await makeCompany(app, [other]), 0)).toMatchObject({ status: 422, body: { code: 'successor_unknown' } });
    expect(await merge(camilla, company, await makeCompany(app, [centre], { status: 'ceased' }), 0)).toMatchObject({ status: 422, body: { code: 'successor_closed' } });
    expect(await merge(camilla, company, b, 7)).toMatchObject({ status: 412 });
    expect(await merge(camilla, company, b, 0)).toMatchObject({ status: 200, body: { successor: { id: b.id }, can: { merge: false } } });
    expect(await merge(camilla, company, b, 1)).toMatchObject({ status: 409, body: { code: 'merged_already' } });
    expect(await merge(camilla, b, company, 0)).toMatchObject({ status: 422, body: { code: 'successor_closed' } });
  });

  test('contact person, open tasks, needs and meetings go along, the story stays and is linked; the old one is never called, followed or booked again', async () => {
    const made = await followed();
    const { anna, camilla, centre, company, meeting } = made;
    const b = await makeCompany(app, [centre], { name: 'Fjordens Stål', phone: '00129999' });
    app.clock.advance({ minutes: 5 });
    const done = await merge(camilla, company, b, (await closing(camilla, company)).version);
    expect(done, done.text).toMatchObject({ status: 200, body: { successor: { id: b.id, name: 'Fjordens Stål' }, open: { followed: false, meetings: 0, tasks: 0 } } });
    expect(await contactPerson(anna, b)).toMatchObject({ person: { name: 'Anna' }, can: { letBe: true } });
    expect(await contactPerson(anna, company)).toMatchObject({ person: null, before: [{ name: 'Anna' }], can: { take: false, give: false } });
    const [task] = (await app.request(anna).get('/api/tasks?whose=mine')).body;
    expect(task).toMatchObject({ what: 'Send tilbud', company: { id: b.id } });
    expect((await app.request(anna).get(`/api/tasks/${task.id}`)).body.story.map(({ kind }: { kind: string }) => kind)).toEqual(['made', 'carried']);
    expect((await app.request(anna).get(`/api/companies/${b.id}/needs`)).body).toMatchObject([{ what: 'Svejsecertifikat' }]);
    expect((await app.request(anna).get(`/api/meetings/${meeting}`)).body).toMatchObject({ state: 'booked', company: { id: b.id } });
    expect((await closing(anna, b)).cameFrom).toEqual([{ id: company.id, name: 'Bjergager Smede' }]);
    expect((await app.request(anna).get(`/api/visit-reports?company=${company.id}`)).body.items).toHaveLength(1);
    const story = async ({ id }: { id: string }) => (await app.request(anna).get(`/api/companies/${id}/timeline`)).body.items[0];
    expect(await story(company)).toMatchObject({ kind: 'company.merged', data: { company: 'Fjordens Stål' } });
    expect(await story(b)).toMatchObject({ kind: 'company.took_over', data: { company: 'Bjergager Smede' } });
    expect((await app.owner.query(`select data from vn.audit where event = 'company.merged' and subject = $1`, [company.id])).rows).toMatchObject([
      { data: { successor: b.id, contactPerson: 1, tasks: 1, needs: 1, meetings: 1 } },
    ]);
    // Never again, whatever the register says later.
    expect(await relation(company)).toMatchObject({ callable: false });
    expect(await take(anna, company)).toMatchObject({ status: 409, body: { code: 'company_gone_on' } });
    expect(await slotsFor(app, anna, company)).toEqual([]);
    await expect(ownerIn(app, centre, `insert into vn.target (centre_id, campaign_id, company_id, facts) values ($1, $2, $3, '{}')`, [centre.id, randomUUID(), company.id])).rejects.toThrow();
    // A late report about the old one makes nobody its contact person.
    expect(await send(app, anna, randomUUID(), written(company))).toMatchObject({ status: 201 });
    expect(await contactPerson(anna, company)).toMatchObject({ person: null });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('the other keeps its own contact person; the longer quarantine holds and falls with its call; an objection goes along and is lifted with the first', async () => {
    const { anna, karim, camilla, centre, company } = await visitors(app);
    const b = await makeCompany(app, [centre], { phone: '00129998' });
    await take(anna, company);
    await take(karim, b);
    const call = async (at: { id: string }, body: object) => (await app.request(camilla).post(`/api/companies/${at.id}/calls`, { direction: 'in', ...body })).body;
    const first = await call(company, { outcome: 'not_interested', objection: true });
    await call(b, { outcome: 'not_now' });
    expect(await relation(b)).toMatchObject({ quarantine_until: '2027-02-17', objection: false });
    expect(await merge(camilla, company, b, (await closing(camilla, company)).version)).toMatchObject({ status: 200 });
    expect(await relation(b)).toMatchObject({ active: true, contact_person: karim.id, quarantine_until: '2027-05-17', quarantined: true, objection: true, callable: false });
    expect(await app.request(camilla).post(`/api/calls/${first.call}/lifting`, { reason: 'Ejeren skriver, at vi gerne må.' })).toMatchObject({ status: 201 });
    expect(await relation(b)).toMatchObject({ objection: false });
    expect(await app.request(camilla).post(`/api/calls/${first.call}/corrections`, { outcome: 'wants_contact', reason: 'Forkert tast' })).toMatchObject({ status: 201 });
    expect(await relation(b)).toMatchObject({ quarantine_until: '2027-02-17', quarantined: true });
  });

  test('merged from many sides at once, and taken at the same time: one contact person, no circle, no deadlock', async () => {
    const { anna, karim, camilla, centre } = await visitors(app);
    const companies = await Promise.all(Array.from({ length: 8 }, () => makeCompany(app, [centre])));
    for (const [at, company] of companies.entries()) await take(at % 2 === 0 ? anna : karim, company);
    const pairs = companies.flatMap((from) => companies.filter((into) => into !== from).map((into) => [from, into] as const));
    const answers = await Promise.all([...pairs.map(([from, into]) => merge(camilla, from, into, 1)), ...companies.flatMap((company) => [take(anna, company), take(karim, company)])]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const rows = (await app.owner.query('select company_id, successor_id, active from vn.relation where company_id = any ($1)', [companies.map(({ id }) => id)])).rows;
    // Somebody is left to go on in, and whoever goes on leads there in the end.
    const next = new Map(rows.map(({ company_id, successor_id }) => [company_id, successor_id]));
    for (const { id } of companies) {
      let at: string | null | undefined = id;
      for (let step = 0; step <= companies.length && at != null; step += 1) at = next.get(at);
      expect(at).toBeNull();
    }
    expect(rows.filter(({ successor_id, active }) => (successor_id !== null) === active)).toEqual([]);
    await expect(app.owner.query('update vn.relation set successor_id = company_id, merged_at = now(), merged_by = $2 where company_id = $1', [companies[0]?.id, camilla.id])).rejects.toMatchObject({
      constraint: expect.stringMatching(/relation_(merged|gone_on)/),
    });
  });
});
