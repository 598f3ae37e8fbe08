import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { sendMail } from '../../../platform/mail/mail.ts';
import { failureOf } from './rules.ts';

const app = await testApp();
const invite = async (by: TestPerson, email: string) =>
  expect((await app.request(by).post('/api/people', { name: 'Gry', email, role: 'register', schoolId: null, organisationId: null, from: '2026-11-17', to: null })).status).toBe(201);
const list = async (by: TestPerson, query = '') => (await app.request(by).get(`/api/outbox${query}`)).body.items;
const refusing = (error: object) => ({ ...app.room, mailer: { send: async () => Promise.reject(Object.assign(new Error('no'), error)) } });

describe('the mail that a centre wrote', () => {
  test('is listed with whether it left, without its text; other centres’ is not there', async () => {
    const { karen, camilla, ida } = await makeCentre(app);
    await invite(karen, `${randomUUID()}@skole.example`);
    expect(await list(camilla)).toMatchObject([{ state: 'waiting', tries: 0, failure: null, sentAt: null }]);
    await app.jobs.drain();
    const [mail] = await list(camilla);
    expect(mail).toMatchObject({ state: 'sent', sentAt: '2026-11-17T08:00:00.000Z' });
    expect(Object.keys(mail).sort()).toEqual(['at', 'failure', 'id', 'sentAt', 'state', 'subject', 'to', 'tries']);
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
    [null, null],
  ])('%s means %s', (because, meaning) => expect(failureOf(because)).toBe(meaning));
});
