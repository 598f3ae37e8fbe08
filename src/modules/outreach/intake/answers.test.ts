import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { handOver, withKey } from '../../../../tests/support/intake.ts';
import { rawMail } from '../../../../tests/support/mailboxes.ts';
import { book, falseCounters, handover, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';
import { visitors } from '../../../../tests/support/visits.ts';

const app = await testApp({ intake: withKey });
const closed = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));

/** What an invitation says to calendars. */
function invitationIn(mail: { calendar?: string } | undefined) {
  const text = (mail?.calendar ?? '').replaceAll(/\r?\n /g, '');
  const value = (name: string) => new RegExp(`^${name}[^:\r\n]*:(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  return { uid: value('UID'), organiser: value('ORGANIZER').replace(/^mailto:/i, ''), sequence: Number(value('SEQUENCE')), start: value('DTSTART'), method: value('METHOD') };
}
type Invitation = ReturnType<typeof invitationIn>;

const contactOf = (number: string) => `preben-${number}@bjergager.example`;

/** A meeting that is booked, and the last invitations of both sides. */
async function booked() {
  const all = await visitors(app);
  const { anna, camilla, company, centre } = all;
  await makeBookable(app, centre, [anna]);
  const email = contactOf(company.id.slice(0, 8));
  const [slot] = await slotsFor(app, camilla, company);
  const answer = await book(app, camilla, company, slot?.choice ?? '', { handover: handover({ contact: { ...handover().contact, email } }) });
  expect(answer.status, answer.text).toBe(201);
  const last = async (address: string) => invitationIn((await mailsTo(app, address)).filter(({ calendar }) => calendar !== undefined).at(-1));
  const read = async () => (await app.request(anna).get(`/api/meetings/${answer.body.id}`)).body;
  return { ...all, meeting: answer.body.id as string, email, last, read, told: async () => (await mailsTo(app, anna.email)).filter(({ subject }) => subject.startsWith('Svar fra')) };
}

/** An answer as calendar programs send it. */
function replyTo(it: Invitation, from: string, answer: string, over: { method?: string; start?: string; uid?: string; sequence?: number; attendee?: string; to?: string } = {}): string {
  const method = over.method ?? 'REPLY';
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Andre//Kalender//DA',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${over.uid ?? it.uid}`,
    `SEQUENCE:${over.sequence ?? it.sequence}`,
    'DTSTAMP:20261117T090000Z',
    `DTSTART:${over.start ?? it.start}`,
    `ORGANIZER:mailto:${it.organiser}`,
    `ATTENDEE;PARTSTAT=${answer};CN=Preben:mailto:${over.attendee ?? from}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  return rawMail(
    { From: from, To: over.to ?? it.organiser, 'Content-Type': 'multipart/alternative; boundary=c', 'Auto-Submitted': 'auto-replied' },
    `--c\r\nContent-Type: text/plain\r\n\r\nSvar\r\n--c\r\nContent-Type: text/calendar; method=${method}; charset=utf-8\r\n\r\n${lines}--c--\r\n`,
  );
}

describe('an answer to an invitation', () => {
  test('goes to a secret address of that meeting, another one for the company than for whoever goes; without intake to the centre', async () => {
    const { anna, email, last } = await booked();
    const [annas, prebens] = [await last(anna.email), await last(email)];
    expect(prebens.organiser).toMatch(/^svar\+[a-z2-7]{32}@vejnet\.example$/);
    expect(annas.organiser).toMatch(/^svar\+[a-z2-7]{32}@vejnet\.example$/);
    expect(annas.organiser).not.toBe(prebens.organiser);
    const there = await visitors(closed);
    await makeBookable(closed, there.centre, [there.anna]);
    const [slot] = await slotsFor(closed, there.camilla, there.company);
    await book(closed, there.camilla, there.company, slot?.choice ?? '');
    expect(invitationIn((await mailsTo(closed, there.anna.email))[0]).organiser).not.toContain('svar+');
  });

  test('2.16 that the contact accepts or may come stands with the meeting, and whoever leads is told once', async () => {
    const { email, last, read, told } = await booked();
    expect(await read()).toMatchObject({ answer: null, staffAnswers: [] });
    const invitation = await last(email);
    await handOver(app, replyTo(invitation, email, 'ACCEPTED'));
    await handOver(app, replyTo(invitation, email.toUpperCase(), 'ACCEPTED', { attendee: email }));
    expect(await read()).toMatchObject({ state: 'booked', answer: { answer: 'accepted', current: true, proposedStart: null } });
    expect(await told()).toMatchObject([{ text: expect.stringContaining('Preben Bjergager har sagt ja.') }]);
    await handOver(app, replyTo(invitation, email, 'TENTATIVE'));
    expect(await read()).toMatchObject({ answer: { answer: 'tentative' } });
    expect(await told()).toHaveLength(2);
  });

  test('2.16 that the contact declines calls the meeting off: time and capacity are free again, and the letters go out', async () => {
    const { anna, camilla, company, email, last, read, told } = await booked();
    const before = await slotsFor(app, camilla, company);
    await handOver(app, replyTo(await last(email), email, 'DECLINED'));
    expect(await read()).toMatchObject({ state: 'cancelled', cancelledBecause: 'company', answer: { answer: 'declined', current: true } });
    expect(await told()).toMatchObject([{ text: expect.stringContaining('Mødet er aflyst.') }]);
    for (const address of [anna.email, email]) expect((await last(address)).method).toBe('CANCEL');
    expect((await slotsFor(app, camilla, company)).length).toBeGreaterThan(before.length);
    expect(await falseCounters(app)).toEqual([]);
    // Again, it changes nothing and tells nobody.
    const letters = app.mails.length;
    await handOver(app, replyTo(await last(email), email, 'DECLINED', { sequence: 0 }));
    expect(app.mails).toHaveLength(letters);
  });

  test('another time that is proposed only informs', async () => {
    const { email, last, read, told } = await booked();
    await handOver(app, replyTo(await last(email), email, 'TENTATIVE', { method: 'COUNTER', start: '20261203T090000Z' }));
    expect(await read()).toMatchObject({ state: 'booked', answer: { answer: 'proposed', proposedStart: '2026-12-03T09:00:00.000Z' } });
    expect((await told())[0]?.text).toMatch(/foreslår en anden tid: torsdag (den )?3\. december 2026/);
  });

  test('to an invitation before the last one is kept and changes nothing', async () => {
    const { anna, camilla, company, email, last, read, meeting } = await booked();
    const first = await last(email);
    const [, other] = await slotsFor(app, camilla, company, `?meeting=${meeting}`);
    expect(await app.request(anna).put(`/api/meetings/${meeting}/time`, { choice: other?.choice }, seen((await read()).version))).toMatchObject({ status: 200 });
    await handOver(app, replyTo(first, email, 'DECLINED'));
    expect(await read()).toMatchObject({ state: 'booked', answer: { answer: 'declined', current: false } });
    await handOver(app, replyTo(await last(email), email, 'ACCEPTED'));
    await handOver(app, replyTo(first, email, 'DECLINED'));
    expect(await read()).toMatchObject({ state: 'booked', answer: { answer: 'accepted', current: true } });
  });

  test('of whoever goes only stands on the page', async () => {
    const { anna, last, read } = await booked();
    await handOver(app, replyTo(await last(anna.email), anna.email, 'DECLINED'));
    expect(await read()).toMatchObject({ state: 'booked', answer: null, staffAnswers: [{ id: anna.id, answer: 'declined' }] });
  });

  test('a meeting that has begun is not called off', async () => {
    const { email, last, read } = await booked();
    const invitation = await last(email);
    app.clock.set((await read()).start);
    await handOver(app, replyTo(invitation, email, 'DECLINED'));
    expect((await app.owner.query(`select state from vn.meeting where id = $1`, [invitation.uid.split('@')[0]])).rows).toEqual([{ state: 'booked' }]);
  });

  test('is believed only with the secret of that meeting and side, about that meeting, from who was invited', async () => {
    const { anna, karim, email, last, read } = await booked();
    const another = await booked();
    const [annas, prebens] = [await last(anna.email), await last(email)];
    const theirs = await another.last(another.email);
    const unbelieved = [
      replyTo(prebens, email, 'DECLINED', { to: 'rapport@vejnet.example' }),
      replyTo(prebens, email, 'DECLINED', { to: `svar+${'a'.repeat(32)}@vejnet.example` }),
      replyTo(prebens, email, 'DECLINED', { to: annas.organiser }), // the other side's
      replyTo(prebens, email, 'DECLINED', { to: theirs.organiser }), // another meeting's
      replyTo(theirs, email, 'DECLINED', { uid: prebens.uid }),
      replyTo(prebens, email, 'DECLINED', { uid: theirs.uid }),
      replyTo(prebens, email, 'DECLINED', { uid: prebens.uid.replace('@', '@x.') }),
      replyTo(prebens, email, 'DECLINED', { uid: "x' or 1=1" }),
      replyTo(prebens, 'evil@elsewhere.example', 'DECLINED'),
      replyTo(prebens, 'evil@elsewhere.example', 'DECLINED', { attendee: email }),
      replyTo(prebens, email, 'DECLINED', { attendee: 'evil@elsewhere.example' }),
      replyTo(prebens, anna.email, 'DECLINED'),
      replyTo(annas, karim.email, 'DECLINED'),
      replyTo(prebens, email, 'DECLINED', { method: 'REQUEST' }),
      replyTo(prebens, email, 'NEEDS-ACTION'),
      replyTo(prebens, email, 'DECLINED').replace('BEGIN:VEVENT', 'BEGIN:VEV'),
    ];
    for (const mail of unbelieved) await handOver(app, mail);
    expect(await read()).toMatchObject({ state: 'booked', answer: null, staffAnswers: [] });
    expect(await another.read()).toMatchObject({ state: 'booked', answer: null, staffAnswers: [] });
    await handOver(app, replyTo(prebens, email, 'DECLINED'));
    expect(await read()).toMatchObject({ state: 'cancelled' });
  });

  test('is seen by whoever sees the meeting, and by no other centre', async () => {
    const { email, last, meeting, camilla, ida, other } = await booked();
    await handOver(app, replyTo(await last(email), email, 'ACCEPTED'));
    expect((await app.request(camilla).get(`/api/meetings/${meeting}`)).body).toMatchObject({ answer: { answer: 'accepted' } });
    await makeCompany(app, [other]);
    expect(await app.request(ida).get(`/api/meetings/${meeting}`)).toMatchObject({ status: 404 });
  });
});
