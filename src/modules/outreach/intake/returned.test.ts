import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { deliver, handOver, withKey } from '../../../../tests/support/intake.ts';
import { rawMail, startDovecot } from '../../../../tests/support/mailboxes.ts';
import { deliveryReport } from '../../../../tests/support/returned-mail.ts';
import { sendMail } from '../../../platform/mail/mail.ts';
import { smtpMailer } from '../../../platform/mail/mailer.ts';
import { sweepIntake } from './server/jobs.ts';

const app = await testApp({ intake: withKey });

/** A mail of a centre to somebody at a company, sent; and a stranger's centre, where somebody bears the same address. */
async function sentMail() {
  const [made, other] = [await makeCentre(app), await makeCentre(app)];
  const to = `inger-${randomUUID()}@solhoj.example`;
  const person = async ({ centre }: typeof made, name: string) => {
    const company = await makeCompany(app, [centre]);
    const contact = await makeContact(app, centre, company, name);
    await app.owner.query('update vn.contact set email = $1 where id = $2', [to.toUpperCase().replace('INGER', 'Inger'), contact]);
    return { company, contact };
  };
  const [inger, away] = [await person(made, 'Inger Solhøj'), await person(other, 'Inger Solhøj')];
  const mail = randomUUID();
  await app.owner.query(`insert into vn.mail (id, centre_id, at, to_address, subject, text) values ($1, $2, $3, $4, 'Besøg', 'Hej')`, [mail, made.centre.id, app.clock.now(), to]);
  await sendMail.run(app.room, { mail });
  const back = app.mails.find((each) => each.to === to)?.returnTo ?? '';
  const seen = async () => (await app.request(made.camilla).get('/api/outbox')).body.items[0];
  const markedAt = async (by: typeof made, { company }: typeof inger) => (await app.request(by.anna).get(`/api/companies/${company.id}/contacts`)).body[0].returnedSince;
  return { ...made, mail, to, back, seen, inger, marked: () => markedAt(made, inger), markedElsewhere: () => markedAt(other, away) };
}

describe('mail that comes back', () => {
  test('is the mail it was: the outbox says so and why, and its address is marked in that centre alone', async () => {
    const it = await sentMail();
    expect(it.back).toMatch(/^retur\+[a-z2-7]{32}@vejnet\.example$/);
    expect(await it.seen()).toMatchObject({ state: 'sent', failure: null, reportedAt: null });
    const before = app.mails.length;
    await handOver(app, deliveryReport(it.back));
    expect(await it.seen()).toMatchObject({ state: 'returned', failure: 'no_address', reportedAt: '2026-11-17T08:00:00.000Z' });
    expect([await it.marked(), await it.markedElsewhere()]).toEqual(['2026-11-17', null]);
    expect((await app.request(it.camilla).get('/api/outbox?state=returned')).body.items.map(({ id }: { id: string }) => id)).toEqual([it.mail]);
    // Nobody is answered, and of what the server wrote nothing is kept but three numbers.
    expect(app.mails.length).toBe(before);
    expect((await app.owner.query('select m::text said from vn.mail m where id = $1', [it.mail])).rows[0].said).not.toContain('User unknown');
    expect((await app.owner.query('select count(*)::int n from vn.intake_mail where content is not null')).rows).toEqual([{ n: 0 }]);
  });

  test('sent again after the address was mended, it goes to the new one and bears a new secret; the mark is gone, and what comes late from the first time says nothing', async () => {
    const it = await sentMail();
    await handOver(app, deliveryReport(it.back));
    expect(await it.seen()).toMatchObject({ to: it.to, againTo: it.to, correct: { company: it.inger.company.id, contact: it.inger.contact } });
    const [contact] = (await app.request(it.anna).get(`/api/companies/${it.inger.company.id}/contacts`)).body;
    const { id: _id, version, reviewDue: _due, objected: _no, returnedSince: _since, ...facts } = contact;
    const path = `/api/companies/${it.inger.company.id}/contacts/${contact.id}`;
    const same = await app.request(it.anna).put(path, { ...facts, title: 'Ejer' }, { 'if-match': `"${version}"` });
    expect(same.body.returnedSince, same.text).toBe('2026-11-17');
    const now = `ny-${randomUUID()}@solhoj.example`;
    expect((await app.request(it.anna).put(path, { ...facts, email: now }, { 'if-match': `"${same.body.version}"` })).body.returnedSince).toBeNull();
    expect(await it.seen()).toMatchObject({ state: 'returned', to: it.to, againTo: now, correct: null });
    expect(await app.request(it.camilla).post(`/api/outbox/${it.mail}/resend`)).toMatchObject({ status: 202, body: { state: 'waiting', to: now } });
    expect(await it.seen()).toMatchObject({ state: 'waiting', to: now, againTo: null, failure: null, reportedAt: null });
    await app.jobs.drain();
    await handOver(app, deliveryReport(it.back));
    expect(await it.seen()).toMatchObject({ state: 'sent', failure: null });
    expect(new Set(app.mails.filter(({ to }) => to === it.to || to === now).map(({ returnTo }) => returnTo)).size).toBe(2);
    expect(app.mails.filter(({ to }) => to === now)).toHaveLength(1);
  });

  test('its person’s address that comes back too, is taken away, or belongs to somebody who said no, is nobody’s address now', async () => {
    const it = await sentMail();
    await handOver(app, deliveryReport(it.back));
    const set = (what: string) => app.owner.query(`update vn.contact set ${what} where id = $1`, [it.inger.contact]);
    await set(`email = 'anden@solhoj.example'`);
    expect((await it.seen()).againTo).toBe('anden@solhoj.example');
    await set('email_returned_at = now()');
    expect((await it.seen()).againTo).toBe(it.to);
    await set('email = null');
    expect((await it.seen()).againTo).toBe(it.to);
    await set(`email = 'tredje@solhoj.example'`);
    await app.owner.query('insert into vn.contact_objection (centre_id, id, contact_id, at, by_id) values ($1, $2, $3, now(), $4)', [it.centre.id, randomUUID(), it.inger.contact, it.camilla.id]);
    expect(await it.seen()).toMatchObject({ againTo: 'tredje@solhoj.example', failure: 'withheld' });
    expect(await app.request(it.camilla).post(`/api/outbox/${it.mail}/resend`)).toMatchObject({ status: 409, body: { code: 'mail_withheld' } });
  });

  test('pressed twenty times at once while the address is mended, it leaves once', async () => {
    const it = await sentMail();
    await handOver(app, deliveryReport(it.back));
    const now = `ny-${randomUUID()}@solhoj.example`;
    const pressed = await Promise.all([
      app.owner.query('update vn.contact set email = $2 where id = $1', [it.inger.contact, now]),
      ...Array.from({ length: 20 }, () => app.request(it.camilla).post(`/api/outbox/${it.mail}/resend`)),
    ]);
    expect(
      pressed
        .slice(1)
        .map((each) => (each as { status: number }).status)
        .sort(),
    ).toEqual([202, ...Array.from({ length: 19 }, () => 409)]);
    await app.jobs.drain();
    expect(app.mails.filter(({ to }) => to === it.to || to === now)).toHaveLength(2);
  });

  test('late is not lost: told as late, then that it came back, and never the other way about', async () => {
    const it = await sentMail();
    await handOver(app, deliveryReport(it.back, { action: 'delayed', status: '4.4.1' }));
    expect(await it.seen()).toMatchObject({ state: 'sent', failure: 'delayed', reportedAt: expect.any(String) });
    await handOver(app, deliveryReport(it.back, { status: '4.4.7' }));
    expect(await it.seen()).toMatchObject({ state: 'returned', failure: 'expired' });
    await handOver(app, deliveryReport(it.back, { action: 'delayed', status: '4.4.1' }));
    expect(await it.seen()).toMatchObject({ state: 'returned', failure: 'expired' });
    // A server that was away says nothing about the address.
    expect(await it.marked()).toBeNull();
  });

  test('twenty copies of one report, read at once, are one', async () => {
    const it = await sentMail();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => deliver(app, at < 10 ? deliveryReport(it.back) : deliveryReport(it.back, { status: '5.2.2' }))));
    expect(answers.every(({ kept }) => kept)).toBe(true);
    await app.jobs.drain();
    const first = await it.seen();
    expect(first.state).toBe('returned');
    app.clock.set('2026-11-18T09:00:00+01:00');
    await handOver(app, deliveryReport(it.back, { status: '5.7.1' }));
    expect(await it.seen()).toEqual(first);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('without the right secret, or as anything but a server’s report, nothing happens and nobody is answered', async () => {
    const it = await sentMail();
    const before = app.mails.length;
    const strange = it.back.replace(/\+.{4}/, '+aaaa');
    const from = { From: 'mailer-daemon@mx.example', To: it.back, 'Return-Path': '<>' };
    for (const mail of [
      deliveryReport(strange),
      deliveryReport('retur@vejnet.example'),
      deliveryReport(it.back.replace('retur', 'svar')),
      deliveryReport(it.back.replace('vejnet.example', 'vejnet.example.org')),
      rawMail({ From: it.to, To: it.back, 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' }, 'Jeg holder ferie til uge 47. Ring 550 5.1.1.\r\n'),
      rawMail({ From: it.to, To: it.back }, 'Remote host said: 550 5.1.1 no such user\r\n'),
      rawMail({ ...from, 'Auto-Submitted': 'auto-replied' }, 'Remote host said: 550 5.1.1 no such user\r\n'),
      rawMail({ ...from, 'Return-Path': '<boss@x.example>' }, 'Remote host said: 550 5.1.1 no such user\r\n'),
      rawMail(from, 'Vi prøver igen: 451 4.3.2 wait\r\n'),
      rawMail({ ...from, 'Content-Type': 'multipart/report; boundary=b' }, '--b\r\nContent-Type: message/delivery-status\r\n\r\n'),
      rawMail(
        { ...from, 'Content-Type': 'multipart/report; boundary=b' },
        `--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Status: 2.0.0\r\n\r\n'.repeat(20_000)}Action: failed\r\nStatus: 5.1.1\r\n`,
      ),
    ])
      await handOver(app, mail);
    expect(await it.seen()).toMatchObject({ state: 'sent', failure: null, reportedAt: null });
    expect(app.mails.length).toBe(before);
  });

  test('an old server’s words count where it says with a number that it gave up', async () => {
    const it = await sentMail();
    const body = 'Hi. This is the qmail-send program at mx.example.\r\nThis is a permanent error; I have given up.\r\n\r\n<x@y.example>:\r\nRemote host said: 552 5.2.2 mailbox full\r\n';
    await handOver(app, rawMail({ From: 'MAILER-DAEMON@mx.example', To: it.back, 'Return-Path': '<>' }, body));
    expect(await it.seen()).toMatchObject({ state: 'returned', failure: 'full' });
    expect(await it.marked()).toBeNull();
  });

  test('the whole way: out by SMTP with that sender on its envelope, back into a real mailbox, and told', async () => {
    const dovecot = await startDovecot();
    const envelopes: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, { envelope }, done) {
        stream.resume();
        stream.on('end', () => {
          envelopes.push(envelope.mailFrom ? envelope.mailFrom.address : '');
          done();
        });
      },
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const it = await sentMail();
    await app.owner.query(`update vn.mail set state = 'waiting' where id = $1`, [it.mail]);
    const mailer = smtpMailer(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, 'Vejnet <vejnet@vejnet.example>');
    await sendMail.run({ ...app.room, mailer }, { mail: it.mail });
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await dovecot.deliver('rapport', `Delivered-To: ${envelopes[0]}\r\n${deliveryReport('undisclosed-recipients:;')}`);
    await sweepIntake.run({ ...app.room, intake: { ...withKey, mailbox: dovecot.mailbox('rapport') } }, {});
    await app.jobs.drain();
    await dovecot.stop();
    expect(await it.seen()).toMatchObject({ state: 'returned', failure: 'no_address' });
    expect(await it.marked()).toBe('2026-11-17');
  });
});
