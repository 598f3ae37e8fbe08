import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { openSession } from '../../../../tests/support/factory.ts';
import { addressFor, deliver, handOver, intakeKey, mailDrafts, withKey } from '../../../../tests/support/intake.ts';
import { rawMail } from '../../../../tests/support/mailboxes.ts';
import { metWith, send, visitors, written } from '../../../../tests/support/visits.ts';
import { readIntake } from './server/jobs.ts';

const app = await testApp({ intake: withKey });
const closed = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));

/** A mail with files: name, type, bytes. */
function withFiles(head: Record<string, string>, text: string, ...files: [string, Buffer][]): string {
  const parts = files.map(
    ([name, content]) =>
      `--b\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`,
  );
  return rawMail({ ...head, 'Content-Type': 'multipart/mixed; boundary=b' }, `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${parts.join('')}--b--\r\n`);
}

describe('the own address', () => {
  test('is its owner’s: 401, 403, and 404 or a refusal for anybody else’s', async () => {
    const { anna, karim, dorte, camilla } = await visitors(app);
    const path = `/api/people/${anna.id}/intake-address`;
    for (const method of ['get', 'put', 'delete'] as const) {
      expect(await app.request(null)[method](path), method).toMatchObject({ status: 401 });
      for (const person of [dorte, camilla]) expect(await app.request(person)[method](path), method).toMatchObject({ status: 403 });
    }
    expect(await app.request(karim).get(path)).toMatchObject({ status: 404 });
    expect(await app.request(karim).put(path)).toMatchObject({ status: 403, body: { code: 'not_your_address' } });
    expect(await app.request(karim).delete(path)).toMatchObject({ status: 403, body: { code: 'not_your_address' } });
  });

  test('2.22 is shown once, kept as a hash, ends when a new one is made, when it is switched off, and with the role', async () => {
    const { anna } = await visitors(app);
    const path = `/api/people/${anna.id}/intake-address`;
    expect((await app.request(anna).get(path)).body).toEqual({ open: true, since: null });
    const first = await addressFor(app, anna);
    expect(first).toMatch(/^rapport\+[a-z2-7]{32}@vejnet\.example$/);
    const second = await addressFor(app, anna);
    expect(second).not.toBe(first);
    expect((await app.request(anna).get(path)).text).not.toContain(second.slice(8, 40));
    await handOver(app, rawMail({ From: anna.email, To: first }));
    expect(await mailDrafts(app, anna)).toEqual([]);
    await handOver(app, rawMail({ From: anna.email, To: second }));
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    expect(await app.request(anna).delete(path)).toMatchObject({ status: 204 });
    await handOver(app, rawMail({ From: anna.email, To: second }));
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    await addressFor(app, anna);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-16') where person_id = $1`, [anna.id]);
    await app.sweep();
    expect((await app.owner.query('select from vn.intake_address where person_id = $1', [anna.id])).rowCount).toBe(0);
  });

  test('where no mail comes in, that is said, and there is no way in', async () => {
    const { anna } = await visitors(closed);
    const path = `/api/people/${anna.id}/intake-address`;
    expect((await closed.request(anna).get(path)).body).toEqual({ open: false, since: null });
    expect(await closed.request(anna).put(path)).toMatchObject({ status: 409, body: { code: 'intake_closed' } });
    for (const key of ['', intakeKey])
      expect(await closed.request(null).raw({ method: 'POST', url: `/api/intake/mails?key=${key}`, payload: 'x' })).toMatchObject({ status: 404, body: { code: 'no_intake' } });
  });
});

describe('the way in for mail servers', () => {
  test('is not there without the key, whoever asks; the key is taken from the address or the head', async () => {
    const { anna } = await visitors(app);
    const mail = { method: 'POST' as const, payload: rawMail({ From: anna.email, To: await addressFor(app, anna) }) };
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Bearer ' }, { authorization: `Basic ${intakeKey}` }])
      for (const person of [null, anna]) expect(await app.request(person).raw({ ...mail, url: '/api/intake/mails', headers })).toMatchObject({ status: 404, body: { code: 'no_intake' } });
    expect(await app.request(null).raw({ ...mail, url: `/api/intake/mails?key=${intakeKey}x` })).toMatchObject({ status: 404 });
    expect(await app.request(null).raw({ ...mail, url: '/api/intake/mails', headers: { authorization: `Bearer ${intakeKey}` } })).toMatchObject({ status: 202, body: { kept: true } });
    expect(await app.request(null).raw({ method: 'POST', url: `/api/intake/mails?key=${intakeKey}`, payload: '' })).toMatchObject({ status: 422, body: { code: 'empty_mail' } });
    await app.jobs.drain();
    expect(await mailDrafts(app, anna)).toHaveLength(1);
  });

  test('2.22 the same mail twice, by another way the second time, makes one draft', async () => {
    const { anna } = await visitors(app);
    const mail = rawMail({ From: anna.email, To: await addressFor(app, anna) });
    expect(await handOver(app, mail)).toEqual({ kept: true });
    expect(await handOver(app, `Received: from elsewhere.example\r\n${mail}`)).toEqual({ kept: false });
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    expect(await mailsTo(app, anna.email)).toHaveLength(1);
  });

  test('twenty at once are taken once, and a job that runs again makes nothing again', async () => {
    const { anna } = await visitors(app);
    const mail = rawMail({ From: anna.email, To: await addressFor(app, anna) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request(null).raw({ method: 'POST', url: `/api/intake/mails?key=${intakeKey}`, payload: mail })));
    expect(answers.filter(({ body }) => body.kept)).toHaveLength(1);
    const kept = await app.owner.query(`select id, content from vn.intake_mail where state = 'new'`);
    await app.jobs.drain();
    // As after a crash between the draft and the tick.
    await app.owner.query(`update vn.intake_mail set state = 'new', content = $2 where id = $1`, [kept.rows[0].id, kept.rows[0].content]);
    await readIntake.run(app.room, { mail: kept.rows[0].id });
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    expect(await mailsTo(app, anna.email)).toHaveLength(1);
  });
});

test('a mail at which the product faults is tried again, given up in the end, and stops no other', async () => {
  const { anna } = await visitors(app);
  const To = await addressFor(app, anna);
  await app.owner.query(`create or replace function vn.no_bad() returns trigger language plpgsql as $$ begin if new.subject = 'bad' then raise exception 'bad'; end if; return new; end $$`);
  await app.owner.query('create trigger no_bad before insert on vn.draft_mail for each row execute function vn.no_bad()');
  await deliver(app, rawMail({ From: anna.email, To, Subject: 'bad' }));
  await handOver(app, rawMail({ From: anna.email, To, Subject: 'good' }));
  expect(app.faults.splice(0).map(String)).toEqual([expect.stringContaining('bad')]);
  // Nothing of the bad one stands: no draft without its mail.
  expect(await mailDrafts(app, anna)).toHaveLength(1);
  const waiting = await app.owner.query(`select id from vn.intake_mail where state = 'new'`);
  expect(waiting.rowCount).toBe(1);
  await readIntake.gaveUp?.(app.room, { mail: waiting.rows[0].id });
  expect((await app.owner.query('select state, content is not null kept from vn.intake_mail where id = $1', [waiting.rows[0].id])).rows).toEqual([{ state: 'failed', kept: true }]);
  await app.owner.query('drop trigger no_bad on vn.draft_mail');
  app.clock.advance({ days: 91 });
  await app.sweep();
  expect((await app.owner.query('select from vn.intake_mail')).rowCount).toBe(0);
});

describe('whose mail it is', () => {
  test('2.22 both must be right, the secret and the sender; a forged sender, a wrong secret and somebody else’s address make nothing', async () => {
    const { anna, karim, ida } = await visitors(app);
    const [annas, karims] = [await addressFor(app, anna), await addressFor(app, karim)];
    const wrong = annas.replace(/\+.{4}/, '+aaaa');
    await handOver(app, rawMail({ From: anna.email, To: karims }));
    await handOver(app, rawMail({ From: 'anna@elsewhere.example', To: annas }));
    await handOver(app, rawMail({ From: anna.email, To: wrong }));
    await handOver(app, rawMail({ From: anna.email, To: 'rapport@vejnet.example' }));
    await handOver(app, rawMail({ From: `"${anna.email}" <evil@elsewhere.example>`, To: annas }));
    await handOver(app, rawMail({ From: `${anna.email}, evil@elsewhere.example`, To: annas }));
    await handOver(app, rawMail({ From: anna.email, To: annas }).replace('From:', 'From: evil@elsewhere.example\r\nFrom:'));
    await handOver(app, rawMail({ From: null, Sender: anna.email, 'Reply-To': anna.email, To: annas }));
    await handOver(app, rawMail({ From: ida.email, To: annas }));
    for (const person of [anna, karim]) expect(await mailDrafts(app, person)).toEqual([]);
    const drafts = await app.owner.query(`select from vn.visit_draft where source = 'mail' and person_id = any ($1)`, [[anna.id, karim.id, ida.id]]);
    expect(drafts.rowCount).toBe(0);
  });

  test('the secret may stand in any line of the head that names an addressee, on the envelope, and in capitals', async () => {
    const { anna } = await visitors(app);
    const address = await addressFor(app, anna);
    const heads: Record<string, string>[] = [{ 'Delivered-To': address }, { 'X-Original-To': address }, { Cc: `Rapport <${address.toUpperCase()}>` }, { To: `nogen@x.example, ${address}` }];
    for (const head of heads) await handOver(app, rawMail({ From: `Anna <${anna.email.toUpperCase()}>`, ...head }));
    await handOver(app, rawMail({ From: anna.email, To: 'skjult@x.example' }), `&to=${encodeURIComponent(address)}`);
    expect(await mailDrafts(app, anna)).toHaveLength(5);
    await handOver(app, rawMail({ From: anna.email, Subject: address, To: 'nogen@x.example' }, address));
    expect(await mailDrafts(app, anna)).toHaveLength(5);
  });

  test('a stranger gets one polite answer a day in both languages, which says nothing about anybody', async () => {
    await app.owner.query('delete from vn.rate');
    const { anna } = await visitors(app);
    const address = await addressFor(app, anna);
    await handOver(app, rawMail({ From: 'fremmed@x.example', To: address }));
    await handOver(app, rawMail({ From: 'fremmed@x.example', To: 'rapport@vejnet.example' }));
    const first = await mailsTo(app, 'fremmed@x.example');
    expect(first).toHaveLength(1);
    expect(first[0]?.text).toMatch(/Kun centrets konsulenter[\s\S]*Only the centre’s consultants/);
    await handOver(app, rawMail({ From: 'anden@x.example', To: address.replace(/\+.{4}/, '+aaaa') }));
    expect((await mailsTo(app, 'anden@x.example')).map(({ text, subject }) => text + subject)).toEqual(first.map(({ text, subject }) => text + subject));
    app.clock.advance({ hours: 25 });
    await app.sweep();
    expect((await app.owner.query(`select from vn.rate where key like 'intake%'`)).rowCount).toBe(0);
    await handOver(app, rawMail({ From: 'Fremmed@x.example', To: address }));
    expect(await mailsTo(app, 'Fremmed@x.example')).toHaveLength(1);
    // Nothing of a stranger's mail stays.
    expect((await app.owner.query(`select from vn.intake_mail where content is not null or envelope is not null`)).rowCount).toBe(0);
  });

  test('fifty strangers a day are answered, not more', async () => {
    await app.owner.query('delete from vn.rate');
    const before = app.mails.length;
    for (let each = 0; each < 55; each += 1) await deliver(app, rawMail({ From: `nr-${each}@x.example`, To: 'rapport@vejnet.example' }));
    await app.jobs.drain();
    expect(app.mails.length - before).toBe(50);
  });

  test.each([
    ['an answer by itself', { 'Auto-Submitted': 'auto-replied' }],
    ['one that asks for no answer', { 'X-Auto-Response-Suppress': 'All' }],
    ['bulk', { Precedence: 'bulk' }],
    ['a list', { 'List-Unsubscribe': '<mailto:x@x.example>' }],
    ['a mail that came back', { 'Return-Path': '<>' }],
    ['our own answer', { 'X-Vejnet': '1' }],
    ['another return path', { 'Return-Path': '<bounce-77@bulk.example>' }],
    ['no-reply', { From: 'no-reply@x.example' }],
    ['a mailer daemon', { From: 'MAILER-DAEMON@x.example' }],
    ['ourselves', { From: 'rapport@vejnet.example' }],
    ['no sender', { From: null }],
  ])('%s is never answered', async (_what, head) => {
    await app.owner.query('delete from vn.rate');
    const before = app.mails.length;
    await handOver(app, rawMail({ From: 'kim@x.example', To: 'rapport@vejnet.example', ...(head as Record<string, string | null>) }));
    expect(app.mails.slice(before)).toEqual([]);
  });

  test('a consultant’s own answer by itself, and our own mail that she sends on by a rule, become no draft', async () => {
    const { anna } = await visitors(app);
    const To = await addressFor(app, anna);
    const heads: Record<string, string>[] = [{ 'Auto-Submitted': 'auto-replied' }, { 'X-Vejnet': '1' }, { 'Return-Path': '<>' }];
    for (const head of heads) await handOver(app, rawMail({ From: anna.email, To, ...head }));
    expect(await mailDrafts(app, anna)).toEqual([]);
    expect(await mailsTo(app, anna.email)).toEqual([]);
    await handOver(app, rawMail({ From: anna.email, To, 'Auto-Submitted': 'no' }));
    expect(await mailDrafts(app, anna)).toHaveLength(1);
  });
});

describe('the draft', () => {
  test('2.22 has what was written, without what it quotes, its day, its files; nothing is published, and its sender is told', async () => {
    const { anna, karim, company } = await visitors(app);
    const To = await addressFor(app, anna);
    const mail = withFiles(
      { From: anna.email, To, Date: 'Mon, 16 Nov 2026 23:30:00 +0000', Subject: 'Svejsecertifikat' },
      'De mangler svejsere. Æblegård.\r\n> Kan du komme?\r\n\r\n-- \r\nAnna Holm',
      ['tavle.jpg', Buffer.from('et billede')],
      ['tom.txt', Buffer.alloc(0)],
    );
    await handOver(app, mail);
    const [draft] = await mailDrafts(app, anna);
    expect(draft).toMatchObject({
      source: 'mail',
      company: null,
      content: { about: 'De mangler svejsere. Æblegård.', visitedOn: '2026-11-17', company: null, meeting: null, topics: [] },
      files: [{ name: 'tavle.jpg', bytes: 10 }],
    });
    expect(await mailsTo(app, anna.email)).toMatchObject([
      { subject: 'Kladden er klar', text: expect.stringMatching(new RegExp(`Din mail: Svejsecertifikat[\\s\\S]*http://localhost:3000/phone/reports/${draft.id}[\\s\\S]*tom\\.txt \\(tom\\)`)) },
    ]);
    expect((await app.request(karim).get('/api/visit-reports')).body.items).toEqual([]);
    expect((await app.owner.query(`select from vn.mail where subject like '%Svejsecertifikat%'`)).rowCount, 'nor does whoever looks through the centre’s mail read what a draft is about').toBe(0);
    const shown = await app.request(anna).get(`/api/intake-mails/${draft.id}`);
    expect(shown.body).toMatchObject({
      from: anna.email,
      subject: 'Svejsecertifikat',
      text: expect.stringContaining('> Kan du komme?'),
      suggestions: { companies: [], topics: ['certificates'] },
      refused: [{ name: 'tom.txt', why: 'empty' }],
      original: true,
    });
    // Sent, it is a report like any other; the mail stays its writer's.
    const sent = await send(app, anna, draft.id, { ...draft.content, company: company.id }, draft.version);
    expect(sent.status, sent.text).toBe(201);
    expect(sent.body.files).toMatchObject([{ name: 'tavle.jpg' }]);
    await app.sweep();
    const original = await app.request(anna).get(`/api/intake-mails/${draft.id}/original`);
    expect(original).toMatchObject({ status: 200, text: mail, headers: { 'content-type': 'message/rfc822' } });
    app.clock.advance({ days: 91 });
    await app.sweep();
    const later = { token: await openSession(app, anna) };
    expect((await app.request(later).get(`/api/intake-mails/${draft.id}`)).body).toMatchObject({ text: '', original: false });
    expect(await app.request(later).get(`/api/intake-mails/${draft.id}/original`)).toMatchObject({ status: 404 });
  });

  test('and its mail are its sender’s alone: 401, 403, 404 for colleagues and other centres; a draft thrown away takes the mail along', async () => {
    const { anna, signe, camilla, dorte, ida } = await visitors(app);
    await handOver(app, rawMail({ From: anna.email, To: await addressFor(app, anna) }));
    const [draft] = await mailDrafts(app, anna);
    for (const path of [`/api/intake-mails/${draft.id}`, `/api/intake-mails/${draft.id}/original`]) {
      expect(await app.request(null).get(path)).toMatchObject({ status: 401 });
      for (const person of [camilla, dorte, ida]) expect(await app.request(person).get(path)).toMatchObject({ status: 403 });
      expect(await app.request(signe).get(path)).toMatchObject({ status: 404 });
    }
    await app.request(anna).delete(`/api/visit-drafts/${draft.id}`);
    await app.sweep();
    expect(await app.request(anna).get(`/api/intake-mails/${draft.id}`)).toMatchObject({ status: 404 });
  });

  test('2.22 companies are proposed for a number, a meeting or an earlier report, with the reason, and never for a domain', async () => {
    const all = await visitors(app);
    const { anna, karim, company, centre, other } = all;
    const numbered = await makeCompany(app, [centre], { name: 'Nordhavn Maskiner A/S' });
    const foreign = await makeCompany(app, [other], { name: 'Fremmed ApS' });
    const before = await makeCompany(app, [centre], { name: 'Krogens Tømmer ApS' });
    await makeCompany(app, [centre], { name: 'Domænet A/S' });
    await app.owner.query(`update vn.company set name = 'Bjergager Smede I/S' where id = $1`, [company.id]);
    const { meeting } = await metWith(app, all);
    await send(app, anna, crypto.randomUUID(), written(before));
    const cvr = async (id: string) => (await app.owner.query('select cvr from vn.company where id = $1', [id])).rows[0].cvr as string;
    const number = await cvr(numbered.id);
    const text = `Talte med Bjergager Smedes folk. Krogens Tømmer vil også. CVR ${number.slice(0, 2)} ${number.slice(2, 4)} ${number.slice(4, 6)} ${number.slice(6)}, og ${await cvr(foreign.id)}, og 12345678. info@domaenet.example`;
    await handOver(app, rawMail({ From: anna.email, To: await addressFor(app, anna) }, text));
    const [draft] = await mailDrafts(app, anna);
    expect(draft.content).toMatchObject({ company: null, meeting: null });
    expect((await app.request(anna).get(`/api/intake-mails/${draft.id}`)).body.suggestions.companies).toEqual([
      { id: numbered.id, name: 'Nordhavn Maskiner A/S', town: null, why: 'cvr', meeting: null },
      { id: company.id, name: 'Bjergager Smede I/S', town: 'Lemvig', why: 'meeting', meeting },
      { id: before.id, name: 'Krogens Tømmer ApS', town: null, why: 'name', meeting: null },
    ]);
    // A colleague who has met nobody is only told of the number.
    await handOver(app, rawMail({ From: karim.email, To: await addressFor(app, karim) }, text));
    const [karims] = await mailDrafts(app, karim);
    expect((await app.request(karim).get(`/api/intake-mails/${karims.id}`)).body.suggestions.companies).toMatchObject([{ id: numbered.id, why: 'cvr' }]);
  });

  test('a day ahead, a century ago, or none is today', async () => {
    const { anna } = await visitors(app);
    const To = await addressFor(app, anna);
    for (const day of ['Thu, 17 Nov 2044 08:00:00 +0100', 'Thu, 17 Nov 1944 08:00:00 +0100', 'i går', null]) await handOver(app, rawMail({ From: anna.email, To, Date: day }));
    expect((await mailDrafts(app, anna)).map(({ content }) => content.visitedOn)).toEqual(Array(4).fill('2026-11-17'));
  });
});

describe('mails as they come', () => {
  test.each([
    ['iso-8859-1', Buffer.from('Møde på Ærø', 'latin1'), 'text/plain; charset=iso-8859-1', '8bit', 'Møde på Ærø'],
    ['windows-1252', Buffer.from([0x4d, 0xf8, 0x64, 0x65, 0x20, 0x80, 0x35]), 'text/plain; charset=windows-1252', '8bit', 'Møde €5'],
    ['quoted-printable', Buffer.from('M=C3=B8de p=C3=A5 =C3=86r=C3=B8'), 'text/plain; charset=utf-8', 'quoted-printable', 'Møde på Ærø'],
    ['a charset nobody knows', Buffer.from('M+APg-de'), 'text/plain; charset=utf-7', '7bit', expect.stringContaining('de')],
    ['broken base64', Buffer.from('TcO4ZGU*!!='), 'text/plain; charset=utf-8', 'base64', expect.any(String)],
    [
      'a page only',
      Buffer.from('<style>p{}</style><p>Møde p&aring; &#198;r&oslash;<script>alert(1)</script></p><blockquote>Hej</blockquote><img src="http://x.example/y">'),
      'text/html; charset=utf-8',
      '8bit',
      'Møde på Ærø',
    ],
    ['NUL and half a pair', Buffer.from('a\0b=ED=A0=80c'), 'text/plain; charset=utf-8', 'quoted-printable', expect.stringMatching(/^ab/)],
  ])('2.22 %s is read', async (_what, body, type, coding, about) => {
    const { anna } = await visitors(app);
    const head = rawMail({ From: anna.email, To: await addressFor(app, anna), 'Content-Type': type, 'Content-Transfer-Encoding': coding, Subject: null }, '');
    await handOver(app, Buffer.concat([Buffer.from(head), body]));
    const [draft] = await mailDrafts(app, anna);
    expect(draft.content.about).toEqual(about);
    expect((await mailsTo(app, anna.email))[0]?.text).toContain('Din mail: (uden emne)');
  });

  test('files beyond ten megabytes or the twentieth are named and not taken', async () => {
    const { anna } = await visitors(app);
    const files = Array.from({ length: 22 }, (_, at): [string, Buffer] => [`../nr\\${at}.txt`, Buffer.from(String(at))]);
    await handOver(app, withFiles({ From: anna.email, To: await addressFor(app, anna) }, 'Her', ['film.mov', Buffer.alloc(10_485_761)], ...files));
    const [draft] = await mailDrafts(app, anna);
    expect(draft.files).toHaveLength(20);
    expect(draft.files[0].name).not.toMatch(/[/\\]/);
    const { refused } = (await app.request(anna).get(`/api/intake-mails/${draft.id}`)).body;
    expect(refused.map(({ why }: { why: string }) => why)).toEqual(['too_large', 'too_many', 'too_many']);
  });

  test('over 25 MB is not kept, and a known sender is told; a stranger hears what strangers hear', async () => {
    await app.owner.query('delete from vn.rate');
    const { anna } = await visitors(app);
    const To = await addressFor(app, anna);
    const large = 'x'.repeat(26_300_000);
    await handOver(app, rawMail({ From: anna.email, To }, large));
    await handOver(app, rawMail({ From: 'stor@x.example', To }, large));
    expect(await mailDrafts(app, anna)).toEqual([]);
    expect(await mailsTo(app, anna.email)).toMatchObject([{ text: expect.stringContaining('25 MB') }]);
    expect(await mailsTo(app, 'stor@x.example')).toMatchObject([{ text: expect.stringContaining('Kun centrets konsulenter') }]);
    expect(await app.request(null).raw({ method: 'POST', url: `/api/intake/mails?key=${intakeKey}`, payload: Buffer.alloc(52_428_801) })).toMatchObject({ status: 413 });
  });

  test('a thousand parts inside one another end in a refusal that its sender is told', async () => {
    const { anna } = await visitors(app);
    const To = await addressFor(app, anna);
    const depth = (head: string) =>
      Array.from({ length: 1000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`)
        .join('')
        .replace(/^/, head);
    await handOver(app, depth(rawMail({ From: anna.email, To, 'Content-Type': null }, '').trimEnd().concat('\r\n')));
    const letters = Array.from({ length: 1000 }, () => 'Content-Type: message/rfc822\r\n\r\n').join('');
    await handOver(app, rawMail({ From: anna.email, To, 'Content-Type': null }, '').trimEnd().concat('\r\n', letters, 'Subject: inderst\r\n\r\nHej'));
    const told = (await mailsTo(app, anna.email)).map(({ subject }) => subject);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(expect.stringContaining('blev ikke til en kladde'));
  });
});
