import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeBookable } from '../../../../tests/support/meetings.ts';
import { visitors } from '../../../../tests/support/visits.ts';

const app = await testApp();
const morning = '2026-11-17T09:00:00+01:00';
let mails = 0;

async function ready() {
  await app.owner.query('delete from vn.rate');
  const all = await visitors(app);
  await makeBookable(app, all.centre, [all.anna, all.karim]);
  return all;
}
const signUp = (person: { token: string }, over: object = {}) => {
  mails += 1;
  return app.request(person).post('/api/advisers', { organisation: 'Erhvervshus Prøven', name: 'Mette Lund', email: `mette${mails}@hus.example`, saidYes: true, ...over });
};
async function tokenFor(email: string): Promise<string> {
  return /\/adviser#([\w-]{43})/.exec((await mailsTo(app, email)).at(-1)?.text ?? '')?.[1] ?? '';
}
const open = (token: string) => app.request(null).post('/api/adviser-page', { token });
const handOver = (token: string, over: object = {}) =>
  app.request(null).post('/api/adviser-page/handovers', {
    token,
    companyName: 'Dalgaard Møbler',
    town: 'Limvig',
    personName: 'Lis Dalgaard',
    phone: '00 11 22 33',
    said: 'De vil have styr på spild og mangler folk, der kan læse tegninger.',
    promised: 'At nogen ringer inden jul.',
    agreed: true,
    ...over,
  });
/** A centre with an adviser and the secret that was mailed. */
async function withAdviser() {
  const all = await ready();
  const adviser = (await signUp(all.anna)).body;
  return { ...all, adviser, token: await tokenFor(adviser.email) };
}
const enquiries = async (person: { token: string }) => (await app.request(person).get('/api/enquiries')).body;

describe('signing up', () => {
  test('2.30 401, 403 for a manager; only with consent; once per e-mail address; another centre sees nobody', async () => {
    const { anna, karim, dorte, ida } = await ready();
    expect(await app.request(null).get('/api/advisers')).toMatchObject({ status: 401 });
    expect(await signUp(dorte)).toMatchObject({ status: 403 });
    expect(await signUp(anna, { saidYes: false })).toMatchObject({ status: 400 });
    const made = await signUp(anna);
    expect(made, made.text).toMatchObject({ status: 201, body: { organisation: 'Erhvervshus Prøven', until: '2027-11-17T08:00:00.000Z', expired: false, can: { edit: true } } });
    expect(await signUp(karim, { email: made.body.email.toUpperCase() })).toMatchObject({ status: 409, body: { code: 'adviser_exists' } });
    expect((await app.request(dorte).get('/api/advisers')).body).toMatchObject([{ name: 'Mette Lund', can: { edit: false } }]);
    expect((await app.request(ida).get('/api/advisers')).body).toEqual([]);
    expect(await app.request(ida).post(`/api/advisers/${made.body.id}/link`)).toMatchObject({ status: 404 });
    expect(await app.request(ida).delete(`/api/advisers/${made.body.id}`)).toMatchObject({ status: 404 });
  });

  test('2.30 the secret stands in the mail only; a new link ends the one before, one taken back opens nothing, and after a year it is over', async () => {
    const { anna, adviser, token } = await withAdviser();
    expect(await open(token)).toMatchObject({ status: 200, body: { name: 'Mette Lund', organisation: 'Erhvervshus Prøven', handovers: [] } });
    expect((await app.owner.query('select from vn.adviser where token_hash::text like $1', [`%${token}%`])).rowCount).toBe(0);
    await app.request(anna).post(`/api/advisers/${adviser.id}/link`);
    const second = await tokenFor(adviser.email);
    expect(second).not.toBe(token);
    expect(await open(token)).toMatchObject({ status: 404 });
    expect(await open(second)).toMatchObject({ status: 200 });
    expect(await open('x'.repeat(43))).toMatchObject({ status: 404 });
    expect(await open('short')).toMatchObject({ status: 400 });
    app.clock.set('2027-11-18T09:00:00+01:00');
    expect(await open(second)).toMatchObject({ status: 404 });
    app.clock.set(morning);
    expect(await app.request(anna).delete(`/api/advisers/${adviser.id}`)).toMatchObject({ status: 204 });
    expect(await app.request(anna).delete(`/api/advisers/${adviser.id}`)).toMatchObject({ status: 404 });
    expect(await open(second)).toMatchObject({ status: 404 });
    expect(await handOver(second)).toMatchObject({ status: 404 });
    expect((await app.owner.query('select email from vn.adviser where id = $1', [adviser.id])).rows).toEqual([{ email: null }]);
    expect(await signUp(anna, { email: adviser.email })).toMatchObject({ status: 201 });
  });
});

describe('handing over', () => {
  test('2.30 what is missing or wrong is named: no number and no name, a wrong number, nobody to ask, 5,000 characters, no consent of the company', async () => {
    const { token } = await withAdviser();
    const wrong = async (over: object) => {
      const answer = await handOver(token, over);
      expect(answer.status, answer.text).toBe(400);
      return answer.body.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
    };
    expect(await wrong({ companyName: '' })).toEqual(['companyName required']);
    expect(await wrong({ town: '' })).toEqual(['town required']);
    expect(await wrong({ cvr: '12345678' })).toEqual(['cvr cvr']);
    expect(await wrong({ personName: ' ' })).toEqual(['personName too_small']);
    expect(await wrong({ phone: '' })).toEqual(['phone required']);
    expect(await wrong({ said: 'x'.repeat(5000) })).toEqual(['said too_big']);
    expect(await wrong({ promised: 'x'.repeat(5000) })).toEqual(['promised too_big']);
    expect(await wrong({ agreed: false })).toEqual([expect.stringMatching(/^agreed /)]);
    expect(await wrong({ companyName: '', town: '', personName: '', phone: '', said: '', agreed: false })).toEqual([
      'personName too_small',
      'said too_small',
      expect.stringMatching(/^agreed /),
      'companyName required',
      'town required',
      'phone required',
    ]);
    for (const body of [null, [], 'x']) expect((await app.request(null).post('/api/adviser-page/handovers', body as never)).status).toBe(400);
    expect((await open(token)).body.handovers).toEqual([]);
  });

  test('2.30 a company is handed over through the one entrance, passed on by its rule, with its source and what was promised', async () => {
    const { token, camilla, karim, anna, signe, free, company } = await withAdviser();
    await app.request(karim).put(`/api/companies/${company.id}/contact-person`, { person: karim.id }, seen(0));
    const followed = await handOver(token, { cvr: company.cvr.replace(/(..)/g, '$1 '), companyName: '', town: '' });
    expect(followed, followed.text).toMatchObject({ status: 201, body: { handovers: [{ companyName: `CVR ${company.cvr}`, state: 'received', with: null }] } });
    expect(await handOver(token)).toMatchObject({ status: 201 });
    await app.sweep();
    const found = await enquiries(camilla);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: 'adviser', company: expect.objectContaining({ id: company.id }), because: 'contact_person', owner: expect.objectContaining({ name: 'Karim' }) }),
        expect.objectContaining({
          channel: 'adviser',
          companyName: 'Dalgaard Møbler',
          town: 'Limvig',
          personName: 'Lis Dalgaard',
          adviser: { name: 'Mette Lund', organisation: 'Erhvervshus Prøven', promised: 'At nogen ringer inden jul.' },
          because: expect.stringMatching(/share|draw|centre/),
        }),
      ]),
    );
    const other = found.find(({ companyName }: { companyName: string }) => companyName === 'Dalgaard Møbler').owner.id;
    for (const person of [anna, karim, signe, free].filter(({ id }) => id !== other)) expect(JSON.stringify(await enquiries(person)), person.name).not.toContain('Dalgaard Møbler');
  });

  test('2.30 the adviser sees the own hand-overs go: received, taken up by whom (and gets a mail), contacted, closed; nothing else of the company', async () => {
    const { token, adviser, anna, karim, signe, free, camilla, company } = await withAdviser();
    await handOver(token, { cvr: company.cvr, companyName: 'Det, jeg skrev' });
    const hidden = (await signUp(karim, { name: 'En anden' })).body;
    const otherToken = await tokenFor(hidden.email);
    await app.sweep();
    const [enquiry] = await enquiries(camilla);
    const owner = [anna, karim, signe, free].find(({ id }) => id === enquiry.owner.id) ?? free;
    const others = [anna, karim, signe, free].filter(({ id }) => id !== owner.id);
    const shown = async () => (await open(token)).body.handovers.map(({ state, with: who }: { state: string; with: string | null }) => [state, who]);
    const step = (person: { token: string }, to: string, version: number) => app.request(person).put(`/api/enquiries/${enquiry.id}/step`, { step: to }, seen(version));
    expect(await shown()).toEqual([['received', null]]);
    expect(await step(others[0] ?? free, 'taken', 2)).toMatchObject({ status: 404 });
    expect(await step(owner, 'taken', 1)).toMatchObject({ status: 412 });
    expect(await step(owner, 'taken', 2)).toMatchObject({ status: 200, body: { takenAt: expect.any(String), can: { step: 'contacted' } } });
    expect(await shown()).toEqual([['taken', owner.name]]);
    const mail = (await mailsTo(app, adviser.email)).at(-1);
    expect(mail).toMatchObject({ subject: 'Det, jeg skrev er taget op', text: expect.stringContaining(`${owner.name}, `) });
    // A colleague who gets it has not taken it up yet.
    const colleague = others[0] ?? free;
    await app.request(owner).put(`/api/enquiries/${enquiry.id}/owner`, { person: colleague.id, reason: 'Kender branchen.' }, seen(3));
    expect(await shown()).toEqual([['received', null]]);
    expect(await step(colleague, 'contacted', 4)).toMatchObject({ status: 200, body: { can: { step: null } } });
    expect(await shown()).toEqual([['contacted', colleague.name]]);
    expect((await mailsTo(app, adviser.email)).filter(({ subject }) => subject.includes('taget op'))).toHaveLength(2);
    await app.request(colleague).put(`/api/enquiries/${enquiry.id}/answer`, { answer: 'HEMMELIG AFTALE' }, seen(5));
    expect(await shown()).toEqual([['closed', colleague.name]]);
    // The company's own dealings, another adviser's page.
    await app.request(camilla).post('/api/enquiries', { channel: 'phone', companyName: 'HEMMELIG', phone: '00112233', said: 'HEMMELIG', company: company.id });
    const page = await open(token);
    expect(page.text).not.toMatch(/HEMMELIG|Bjergager|Kender branchen/);
    expect(page.body.handovers).toHaveLength(1);
    expect((await open(otherToken)).body.handovers).toEqual([]);
  });

  test('2.30 the same hand-over twice is one enquiry; the company’s own question, a tip and another adviser’s stay apart but go to the same consultant', async () => {
    const { token, karim, camilla, company } = await withAdviser();
    for (const over of [
      {},
      { companyName: 'dalgaard  møbler ApS', phone: '44 55 66 77' },
      { companyName: 'Dalgaard Møbler', town: 'Ringby', phone: '44 55 66 78' },
      { cvr: company.cvr, companyName: 'Bjergager' },
    ]) {
      expect((await handOver(token, over)).status).toBe(201);
      app.clock.advance({ minutes: 1 });
    }
    const second = await tokenFor((await signUp(karim, { name: 'En anden' })).body.email);
    await handOver(second, { cvr: company.cvr });
    await app.sweep();
    await app.request(camilla).post('/api/enquiries', { channel: 'phone', companyName: 'Bjergager', phone: '00998877', said: 'Hej', company: company.id });
    await app.sweep();
    const found: { companyName: string; channel: string; town: string | null; joined: number; company: object | null; owner: { id: string }; because: string }[] = await enquiries(camilla);
    expect(found.map(({ channel, town, joined }) => [channel, town, joined])).toEqual(
      expect.arrayContaining([
        ['adviser', 'Limvig', 1],
        ['adviser', 'Ringby', 0],
        ['adviser', 'Limvig', 0],
        ['adviser', 'Limvig', 0],
        ['phone', null, 0],
      ]),
    );
    const about = found.filter((each) => each.company !== null);
    expect(about).toHaveLength(3);
    expect(new Set(about.map(({ owner }) => owner.id)).size).toBe(1);
    expect(about.map(({ because }) => because).sort()).toEqual(expect.arrayContaining(['same_company', 'same_company']));
    // What one adviser has handed over twice goes together on the page; the other's is its own.
    const page = (await open(token)).body.handovers;
    expect(page.map(({ joined }: { joined: boolean }) => joined)).toEqual([false, false, true, false]);
    expect((await open(second)).body.handovers).toMatchObject([{ joined: false, state: 'received' }]);
    app.clock.set(morning);
  });

  test('2.30 thirty a day of one adviser and no more, also when they come at once', async () => {
    const { token } = await withAdviser();
    const answers = await Promise.all(Array.from({ length: 36 }, (_, n) => handOver(token, { companyName: `Firma ${n}` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(30);
    expect(answers.find(({ status }) => status !== 201)).toMatchObject({ status: 429, body: { code: 'handovers_too_many' } });
  });
});

test('2.30 an enquiry whose company is named later keeps whoever has it, also where the company has a contact person or an enquiry elsewhere', async () => {
  const { token, anna, karim, camilla, centre } = await withAdviser();
  const named = await makeCompany(app, [centre], { name: 'Dalgaard Møbler ApS' });
  await handOver(token);
  await app.sweep();
  const [before] = await enquiries(camilla);
  const other = before.owner.id === karim.id ? anna : karim;
  await app.request(other).put(`/api/companies/${named.id}/contact-person`, { person: other.id }, seen(0));
  const answer = await app.request(camilla).put(`/api/enquiries/${before.id}/company`, { company: named.id }, seen(2));
  expect(answer).toMatchObject({ status: 200, body: { company: { id: named.id }, owner: { id: before.owner.id }, because: before.because } });
  await app.sweep();
  const [after] = await enquiries(camilla);
  expect(after).toMatchObject({ id: before.id, owner: { id: before.owner.id }, because: before.because, version: 3 });
});
