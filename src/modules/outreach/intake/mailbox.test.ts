import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
import { addressFor, mailDrafts } from '../../../../tests/support/intake.ts';
import { mixedMails, rawMail, startDovecot, startPost } from '../../../../tests/support/mailboxes.ts';
import { send, visitors } from '../../../../tests/support/visits.ts';
import type { Intake } from '../../../platform/config.ts';
import { sweepMailbox } from '../../../platform/mail/mailbox.ts';
import { sweepIntake } from './server/jobs.ts';

const dovecot = await startDovecot();
afterAll(() => dovecot.stop());
const intake: Intake = { address: 'rapport@vejnet.example', mailbox: dovecot.mailbox('rapport'), key: null };
const app = await testApp({ intake });
const sweepOnly = async () => {
  await sweepIntake.run(app.room, {});
  await app.jobs.drain();
};
beforeEach(() =>
  dovecot.as('rapport', async (client) => {
    for (const folder of ['INBOX', 'Vejnet.Done']) {
      await client.mailboxOpen(folder).then(
        () => client.messageDelete('1:*').catch(() => false),
        () => false,
      );
    }
  }),
);

const reportFrom = async (person: TestPerson, more: Record<string, string> = {}, body = 'De mangler svejsere.\r\n') =>
  rawMail({ From: person.email, To: await addressFor(app, person), ...more }, body);

describe('a real mailbox', () => {
  test('2.22 a report sent by real SMTP and read out of real IMAP becomes a report that its writer confirmed', async () => {
    const post = await startPost(dovecot, 'rapport');
    const { anna, karim, company } = await visitors(app);
    await post.send({
      from: `Anna <${anna.email}>`,
      to: await addressFor(app, anna),
      subject: 'Besøg på værftet',
      text: `De mangler svejsere. Æblegård ønsker tilskud.\n\n-- \nAnna`,
      attachments: [{ filename: 'tavle på væg.jpg', content: Buffer.from('et billede') }],
    });
    await post.stop();
    await app.sweep();
    const [draft] = await mailDrafts(app, anna);
    expect(draft).toMatchObject({ company: null, content: { about: 'De mangler svejsere. Æblegård ønsker tilskud.' }, files: [{ name: 'tavle på væg.jpg' }] });
    expect((await app.request(karim).get('/api/visit-reports')).body.items).toEqual([]);
    expect((await mailsTo(app, anna.email))[0]?.text).toContain(`/phone/reports/${draft.id}`);
    expect((await app.request(anna).get(`/api/intake-mails/${draft.id}`)).body.suggestions.topics).toEqual(['certificates', 'funding']);
    const sent = await send(app, anna, draft.id, { ...draft.content, company: company.id }, draft.version);
    expect(sent.status, sent.text).toBe(201);
    expect((await app.request(karim).get('/api/visit-reports')).body.items).toMatchObject([{ id: sent.body.id }]);
    expect(await dovecot.listed('rapport', 'INBOX')).toEqual([]);
    expect(await dovecot.listed('rapport', 'Vejnet.Done')).toMatchObject([{ seen: true }]);
  });

  test('two servers at once, and a crash between keeping a mail and marking it, take it once', async () => {
    const { anna } = await visitors(app);
    await dovecot.deliver('rapport', await reportFrom(anna), await reportFrom(anna), await reportFrom(anna));
    await Promise.all([sweepIntake.run(app.room, {}), sweepIntake.run(app.room, {})]);
    await app.jobs.drain();
    // The first two addresses ended when the third was made.
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    const mail = await reportFrom(anna);
    await dovecot.deliver('rapport', mail);
    // Kept, and then the connection is lost before the mail is marked.
    const dies = sweepMailbox(dovecot.mailbox('rapport'), {
      milliseconds: 5000,
      giveUp: async () => false,
      async keep() {
        await sweepIntake.run(app.room, {});
        await dovecot.as('rapport', async (client) => {
          await client.mailboxOpen('Vejnet.Done');
          await client.messageMove('*', 'INBOX');
          await client.mailboxOpen('INBOX');
          await client.messageFlagsRemove('*', ['\\Seen']);
        });
        throw new Error('a crash');
      },
    });
    expect((await dies).map(String)).toEqual(['Error: a crash']);
    // Two servers that move the same mails may leave one behind: marked, it is not looked at again.
    const unread = async () => (await dovecot.listed('rapport', 'INBOX')).filter(({ seen }) => !seen);
    expect(await unread()).toHaveLength(1);
    await sweepOnly();
    expect(await mailDrafts(app, anna)).toHaveLength(2);
    expect(await unread()).toEqual([]);
  });

  test('where the folder cannot be made, mails are marked and stay', async () => {
    const { anna } = await visitors(app);
    const stiff = dovecot.mailbox('stiff');
    await dovecot.deliver('stiff', await reportFrom(anna));
    writeFileSync(path.join(dovecot.folder('stiff'), '.Vejnet'), 'no folder');
    writeFileSync(path.join(dovecot.folder('stiff'), '.Vejnet.Done'), 'no folder');
    await sweepIntake.run({ ...app.room, intake: { ...intake, mailbox: stiff } }, {});
    await app.jobs.drain();
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    expect(await dovecot.listed('stiff', 'INBOX')).toMatchObject([{ seen: true }]);
  });

  test('a mail that faults is tried three times and then left alone; it stops no other, and each time is told', async () => {
    const { anna } = await visitors(app);
    const To = await addressFor(app, anna);
    const [bad, good] = [rawMail({ From: anna.email, To, 'X-Bad': '1' }), rawMail({ From: anna.email, To })];
    await app.owner.query(
      `create or replace function vn.no_bad() returns trigger language plpgsql as $$ begin if position('X-Bad' in encode(new.content, 'escape')) > 0 then raise exception 'bad'; end if; return new; end $$`,
    );
    await app.owner.query('create trigger no_bad before insert on vn.intake_mail for each row execute function vn.no_bad()');
    await dovecot.deliver('rapport', bad, good);
    for (let each = 1; each <= 3; each += 1) {
      await expect(sweepIntake.run(app.room, {})).rejects.toThrow('bad');
      expect((await dovecot.listed('rapport', 'INBOX')).map(({ seen }) => seen)).toEqual([each === 3]);
    }
    await sweepOnly();
    expect(await mailDrafts(app, anna)).toHaveLength(1);
    // Somebody marks it as unread after the fault was mended: it is taken.
    await app.owner.query('drop trigger no_bad on vn.intake_mail');
    await dovecot.as('rapport', async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsRemove('*', ['\\Seen']);
    });
    await sweepOnly();
    expect(await mailDrafts(app, anna)).toHaveLength(2);
    expect((await app.owner.query(`select from vn.intake_mail where state = 'stuck'`)).rowCount).toBe(0);
  });

  test('a mailbox that is not there or refuses the password is told of and tried again; nothing crashes', async () => {
    const wrong = new URL(dovecot.mailbox('rapport'));
    wrong.password = 'forkert';
    await expect(sweepIntake.run({ ...app.room, intake: { ...intake, mailbox: wrong } }, {})).rejects.toThrow();
    await expect(sweepIntake.run({ ...app.room, intake: { ...intake, mailbox: new URL('imap://a:b@127.0.0.1:1') } }, {})).rejects.toThrow();
  });

  test('2.22 sixty mails, hostile ones among them: none lost, none twice, none published', async () => {
    const { anna, karim } = await visitors(app);
    const [annas, karims] = [await addressFor(app, anna), await addressFor(app, karim)];
    const mails = mixedMails(60, [anna.email, annas], [karim.email, karims]);
    await dovecot.deliver('rapport', ...mails);
    await sweepOnly();
    await dovecot.deliver('rapport', ...mails.slice(0, 10));
    await sweepOnly();
    const texts = (await mailDrafts(app, anna)).map(({ content }) => Number(/nummer (\d+)/.exec(content.about)?.[1])).sort((a, b) => a - b);
    expect(texts).toEqual(Array.from({ length: 60 }, (_, at) => at).filter((at) => at % 2 === 0));
    expect(await mailDrafts(app, karim)).toHaveLength(6);
    expect((await app.request(anna).get('/api/visit-reports')).body.items).toEqual([]);
    expect((await app.owner.query(`select from vn.intake_mail where state in ('new', 'stuck', 'failed')`)).rowCount).toBe(0);
    expect(await dovecot.listed('rapport', 'INBOX')).toEqual([]);
    expect(await dovecot.listed('rapport', 'Vejnet.Done')).toHaveLength(70);
  });
});
