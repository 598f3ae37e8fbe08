import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeContact } from '../../../../tests/support/companies.ts';
import { book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();
let mails = 0;

/** A company that Anna follows, with a contact there who can be mailed. */
async function followed() {
  const all = await visitors(app);
  const contact = await makeContact(app, all.centre, all.company, 'Preben');
  mails += 1;
  const email = `preben${mails}@bjergager.example`;
  await app.owner.query('update vn.contact set email = $2 where id = $1', [contact, email]);
  await app.request(all.anna).put(`/api/companies/${all.company.id}/contact-person`, { person: all.anna.id }, seen(0));
  return { ...all, contact, email };
}
const invite = (person: { token: string }, company: { id: string }, contact: string, over: object = {}) =>
  app.request(person).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true, ...over });
async function tokenFor(email: string): Promise<string> {
  const mail = (await mailsTo(app, email)).at(-1);
  return /\/company#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}
const open = (token: string) => app.request(null).post('/api/company-page', { token });

test('X.4 401, 403 for a manager, 404 elsewhere; only to whoever said yes, has an address, and works where the centre follows the company', async () => {
  const { anna, dorte, ida, centre, company, contact } = await followed();
  expect(await app.request(null).get(`/api/companies/${company.id}/pages`)).toMatchObject({ status: 401 });
  expect(await invite(dorte, company, contact)).toMatchObject({ status: 403 });
  expect(await invite(ida, company, contact)).toMatchObject({ status: 404 });
  expect(await invite(anna, company, contact, { saidYes: false })).toMatchObject({ status: 400 });
  const silent = await makeContact(app, centre, company, 'Lone');
  expect(await invite(anna, company, silent)).toMatchObject({ status: 422, body: { code: 'contact_without_mail' } });
  await app.request(anna).delete(`/api/companies/${company.id}/contact-person`, seen(1));
  expect(await invite(anna, company, contact)).toMatchObject({ status: 409, body: { code: 'company_not_followed' } });
});

test('X.4 the company sees one contact person, what happens next, what it was told and its own data; nothing of reports, notes, tasks of others, schools or colleagues', async () => {
  const { anna, karim, centre, camilla, company, contact, email } = await followed();
  await makeBookable(app, centre, [anna]);
  const [slot] = await slotsFor(app, camilla, company);
  await book(app, camilla, company, slot?.choice ?? '');
  const secrets = { about: 'HEMMELIG OM', agreed: 'HEMMELIG AFTALE', note: 'HEMMELIG NOTE' };
  await send(
    app,
    anna,
    '01990000-0000-7000-8000-00000000a001',
    written(company, {
      ...secrets,
      nextSteps: [
        { what: 'Spørg folkene', owner: null, due: '2026-11-24' },
        { what: 'HEMMELIG OPGAVE', owner: karim.id, due: '2026-11-20' },
      ],
    }),
  );
  await app.request(anna).post(`/api/companies/${company.id}/told`, { how: 'phone', text: 'Holdet begynder i januar.' });
  await makeContact(app, centre, company, 'HEMMELIG KOLLEGA');
  expect(await invite(anna, company, contact)).toMatchObject({ status: 201, body: { contact: { name: 'Preben' }, noMail: false } });
  const answer = await open(await tokenFor(email));
  expect(answer, answer.text).toMatchObject({
    status: 200,
    body: {
      contactPerson: { name: 'Anna', school: 'Skole A', email: anna.email },
      meetings: [{ start: slot?.start, who: ['Anna'], place: 'Havnevej 4, Limvig' }],
      ours: [{ what: 'Spørg folkene', due: '2026-11-24' }],
      told: [{ text: 'Holdet begynder i januar.', by: 'Anna' }],
      kept: { name: 'Preben', email },
      askedAt: null,
    },
  });
  expect(answer.text).not.toMatch(/HEMMELIG|Svejsecertifikat|too_few/);
  // Whoever stands in is the one the company sees.
  await app.request(anna).put(`/api/companies/${company.id}/deputy`, { person: karim.id, until: '2026-11-30' }, seen(1));
  expect((await open(await tokenFor(email))).body.contactPerson.name).toBe('Karim');
});

test('X.4 a secret opens one page only: a new one ends the one before, one taken back is gone, and after a year it is over', async () => {
  const { anna, company, contact, email } = await followed();
  await invite(anna, company, contact);
  const first = await tokenFor(email);
  await invite(anna, company, contact);
  const second = await tokenFor(email);
  expect(await open(first)).toMatchObject({ status: 410, body: { code: 'page_gone' } });
  expect(await open(second)).toMatchObject({ status: 200 });
  expect(await open('x'.repeat(43))).toMatchObject({ status: 410 });
  expect(await open('short')).toMatchObject({ status: 400 });
  const stored = await app.owner.query('select from vn.company_page where token_hash::text like $1', [`%${second}%`]);
  expect(stored.rowCount).toBe(0);
  expect((await app.request(anna).get(`/api/companies/${company.id}/pages`)).body).toHaveLength(1);
  expect(await app.request(anna).delete(`/api/companies/${company.id}/pages/${contact}`)).toMatchObject({ status: 204 });
  expect(await app.request(anna).delete(`/api/companies/${company.id}/pages/${contact}`)).toMatchObject({ status: 404 });
  expect(await open(second)).toMatchObject({ status: 410 });
  await invite(anna, company, contact);
  const third = await tokenFor(email);
  app.clock.set('2027-11-18T09:00:00+01:00');
  expect(await open(third)).toMatchObject({ status: 410 });
  app.clock.set('2026-11-17T09:00:00+01:00');
});

test('X.4 »please call me« becomes one enquiry of the contact person, however often it is pressed', async () => {
  const { anna, karim, company, contact, email } = await followed();
  await invite(anna, company, contact);
  const token = await tokenFor(email);
  const ask = () => app.request(null).post('/api/company-page/call', { token, said: 'Gerne i morgen.' });
  for (let at = 0; at < 3; at += 1) expect((await ask()).status).toBe(204);
  await app.sweep();
  const [enquiry, ...more] = (await app.request(anna).get('/api/enquiries')).body;
  expect(more).toEqual([]);
  expect(enquiry).toMatchObject({ channel: 'web', because: 'contact_person', personName: 'Preben', email, said: expect.stringContaining('Gerne i morgen.') });
  expect((await app.request(karim).get('/api/enquiries')).body).toEqual([]);
  expect((await open(token)).body.askedAt).not.toBeNull();
  await app.request(anna).put(`/api/enquiries/${enquiry.id}/answer`, { answer: 'Vi har talt sammen.' }, seen(2));
  app.clock.advance({ minutes: 1 });
  expect((await ask()).status).toBe(204);
  await app.sweep();
  expect((await app.request(anna).get('/api/enquiries')).body).toHaveLength(1);
  app.clock.set('2026-11-17T09:00:00+01:00');
});

test('X.4 whoever wants no more mails gets none: no page is mailed again until they say so themselves', async () => {
  const { anna, company, contact, email } = await followed();
  await invite(anna, company, contact);
  const token = await tokenFor(email);
  const mail = (wanted: boolean) => app.request(null).post('/api/company-page/mail', { token, mail: wanted });
  expect((await mail(false)).status).toBe(204);
  expect((await app.request(anna).get(`/api/companies/${company.id}/pages`)).body).toMatchObject([{ noMail: true }]);
  expect(await invite(anna, company, contact)).toMatchObject({ status: 409, body: { code: 'wants_no_mail' } });
  expect((await open(token)).body.noMailAt).not.toBeNull();
  expect((await mail(true)).status).toBe(204);
  expect(await invite(anna, company, contact)).toMatchObject({ status: 201 });
  expect(await mail(true)).toMatchObject({ status: 410 });
});
