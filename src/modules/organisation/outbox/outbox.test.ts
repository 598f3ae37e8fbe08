import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { sendMail } from '../../../platform/mail/mail.ts';
import { failureOf, returnedBecause } from './rules.ts';

const app = await testApp();
const invite = async (by: TestPerson, email: string) =>
  expect((await app.request(by).post('/api/people', { name: 'Gry', email, role: 'register', schoolId: null, organisationId: null, from: '2026-11-17', to: null })).status).toBe(201);
const list = async (by: TestPerson, query = '') => (await app.request(by).get(`/api/outbox${query}`)).body.items;
const refusing = (error: object) => ({ ...app.room, mailer: { send: async () => Promise.reject(Object.assign(new Error('no'), error)) } });

describe('the mail that a centre wrote', () => {
  test('is listed with whether it left, without its text; other centres’ is not there', async () => {
    const { karen, camilla, ida } = await makeCentre(app);
    await invite(karen, `${randomUUID()}@skole.example`);
    expect(await list(camilla)).toMatchObject([{ state: 'waiting', tries: 0, failure: null, sentAt: null, againTo: null, correct: null }]);
    await app.jobs.drain();
    const [mail] = await list(camilla);
    expect(mail).toMatchObject({ state: 'sent', sentAt: '2026-11-17T08:00:00.000Z' });
    expect(Object.keys(mail).sort()).toEqual(['againTo', 'at', 'correct', 'failure', 'id', 'reportedAt', 'sentAt', 'state', 'subject', 'to', 'tries']);
    expect(await list(ida)).toEqual([]);
    expect((await app.request(ida).post(`/api/outbox/${mail.id}/resend`)).status).toBe(404);
    expect(await app.request(camilla).post(`/api/outbox/${mail.id}/resend`)).toMatchObject({ status: 409, body: { code: 'mail_not_failed' } });
    expect(await list(camilla, '?state=failed')).toEqual([]);
  });

  test('one that failed says why and is sent again, once, however often one presses', async () => {
    const { karen, camilla } = await makeCentre(app);
    const to = `${randomUUID()}@skole.example`;
    await invite(karen, to);
    const [{ id }] = await list(camilla);
    await expect(sendMail.run(refusing({ responseCode: 550, response: `550 no ${to} here` }), { mail: id })).rejects.toThrow();
    await sendMail.gaveUp?.(app.room, { mail: id });
    expect(await list(camilla)).toMatchObject([{ state: 'failed', tries: 1, failure: 'refused' }]);
    expect((await app.owner.query('select failed_because from vn.mail where id = $1', [id])).rows).toEqual([{ failed_because: '550' }]);
    await app.jobs.drain(); // what was enqueued when it was written finds it failed, and leaves it
    expect(app.mails.filter((mail) => mail.to === to)).toEqual([]);
    const pressed = await Promise.all(Array.from({ length: 4 }, () => app.request(camilla).post(`/api/outbox/${id}/resend`)));
    expect(pressed.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    await app.jobs.drain();
    expect(app.mails.filter((mail) => mail.to === to)).toHaveLength(1);
    expect(await list(camilla)).toMatchObject([{ state: 'sent' }]);
  });

  test('to somebody who said no meanwhile, or was erased, nothing is sent again', async () => {
    const { camilla, centre } = await makeCentre(app);
    const company = await makeCompany(app, [centre]);
    const contact = await makeContact(app, centre, company, 'Inger Solhøj');
    const to = `${randomUUID()}@solhoj.example`;
    await app.owner.query('update vn.contact set email = $1 where id = $2', [to, contact]);
    const ids = [randomUUID(), randomUUID()];
    for (const [at, address] of [to, 'slettet@slettet.invalid'].entries())
      await app.owner.query(`insert into vn.mail (id, centre_id, at, to_address, subject, text, state) values ($1, $2, now(), $3, 'Besøg', 'x', 'failed')`, [ids[at], centre.id, address]);
    const objection = `insert into vn.contact_objection (centre_id, id, contact_id, at, by_id) values ($1, $2, $3, now(), $4)`;
    await app.owner.query(objection, [centre.id, randomUUID(), contact, camilla.id]);
    expect((await list(camilla)).map(({ failure }: { failure: string }) => failure)).toEqual(['withheld', 'withheld']);
    for (const id of ids) expect(await app.request(camilla).post(`/api/outbox/${id}/resend`)).toMatchObject({ status: 409, body: { code: 'mail_withheld' } });
    await app.jobs.drain();
    expect(app.mails.filter((mail) => mail.to === to || mail.to.endsWith('slettet.invalid'))).toEqual([]);
  });

  test('a code that signs in stands in no list', async () => {
    const { karen, anna } = await makeCentre(app);
    const asked = await app.request(null).post('/api/sign-in', { email: anna.email });
    expect(asked.status).toBe(202);
    expect((await list(karen)).map(({ to }: { to: string }) => to)).not.toContain(anna.email);
    await app.owner.query(`insert into vn.mail (id, centre_id, at, to_address, subject, text) values ($1, $2, now(), 'a@b.example', 'Din kode er 314159, den 24. november', 'x')`, [
      randomUUID(),
      karen.centreId,
    ]);
    expect((await list(karen))[0].subject).toBe('Din kode er …, den 24. november');
  });

  test.each([
    ['550', 'refused'],
    ['451', 'busy'],
    ['ECONNECTION', 'unreachable'],
    ['EAUTH', 'unreachable'],
    ['EENVELOPE', 'other'],
    ['withheld', 'withheld'],
    [null, null],
  ])('%s means %s', (because, meaning) => expect(failureOf(because)).toBe(meaning));

  test.each([
    ['5.1.1', 'no_address'],
    ['5.1.10', 'no_address'],
    ['5.4.4', 'no_address'],
    ['5.1.8', 'given_back'],
    ['5.2.2', 'full'],
    ['4.2.2', 'full'],
    ['5.3.4', 'too_large'],
    ['4.4.7', 'expired'],
    ['5.7.26', 'blocked'],
    ['5.0.0', 'given_back'],
  ])('a mail given back with %s means %s', (status, meaning) => expect(returnedBecause(status)).toBe(meaning));
});
