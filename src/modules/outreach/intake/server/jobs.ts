import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Intake } from '../../../../platform/config.ts';
import { type Actor, inTransaction, visitor } from '../../../../platform/db/transaction.ts';
import { type Context, centreOf, personOf, working } from '../../../../platform/http/context.ts';
import { asActor, type Chore, house } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobRoom } from '../../../../platform/jobs/jobs.ts';
import { postman } from '../../../../platform/mail/mail.ts';
import { sweepMailbox } from '../../../../platform/mail/mailbox.ts';
import { headOf, type ReadMail } from '../../../../platform/mail/read-mail.ts';
import { readMailApart } from '../../../../platform/mail/read-mail-apart.ts';
import { isIntake, tokenHash, tokensIn } from '../../../../platform/secret-address.ts';
import { mailCameBack } from '../../../organisation/outbox/server/public.ts';
import { answerToken, keepAnswer, meetingOfUid } from '../../meetings/server/public.ts';
import { draftFromMail } from '../../visits/server/public.ts';
import { addresseesOf, isAutomatic, mayBeAnswered, ownWords, reportIn, topicsIn, writtenOn } from '../rules.ts';
import { intakeWords, strangerWords } from '../words.ts';
import { proposals } from './queries.ts';

interface Kept {
  id: string;
  at: string;
  content: Buffer;
  cut: boolean;
  envelope: string | null;
}

/** What makes two deliveries one mail: Message-ID and body. Heads differ by the way they came. */
function printOf(content: Buffer): Buffer {
  const head = headOf(content);
  const number = /^message-id:\s*(<[^<>\s]{1,500}>)/im.exec(head.toString('latin1'))?.[1];
  const hash = createHash('sha256');
  return (number === undefined ? hash.update(content) : hash.update(`${number}\n`).update(content.subarray(head.length - 4))).digest();
}

/**
 * Keeps a mail that came in, and sees to it that it is read, in the caller's transaction.
 * @param place where it lies in a mailbox; null for one that was handed over
 * @returns false where it was here before
 */
export async function keepMail(
  { tx, newId, enqueue }: Pick<Context, 'tx' | 'newId' | 'enqueue'>,
  { content, cut, place, envelope }: { content: Buffer; cut: boolean; place: { mailbox: string; validity: string; uid: number } | null; envelope: string | null },
): Promise<boolean> {
  const id = newId();
  const kept = await sql<{ ok: boolean }>`
    select vn.keep_mail(${id}, ${printOf(content)}, ${place?.mailbox ?? null}, ${place?.validity ?? null}::bigint, ${place?.uid ?? null}::bigint, ${envelope}, ${cut}, ${content}) ok`.execute(tx);
  if (kept.rows[0]?.ok !== true) return false;
  await enqueue(readIntake, { mail: id });
  return true;
}

interface Sender {
  centre_id: string;
  tz: string;
  person_id: string;
  school_id: string | null;
  name: string;
  email: string;
  language: Language;
}

const asPostman = <T>(room: JobRoom, readOnly: boolean, work: Parameters<typeof inTransaction<T>>[4]) => inTransaction(room.db, postman, room.clock.now(), readOnly, work);

/** The consultant to whom one of these secrets belongs and from whom the mail says it is: both, or nobody. */
async function senderOf(room: JobRoom, tokens: readonly string[], from: string): Promise<Sender | null> {
  for (const token of tokens) {
    const found = await asPostman(room, true, (tx) => sql<Sender>`select * from vn.find_intake(${tokenHash(token)}, ${from})`.execute(tx));
    if (found.rows[0] !== undefined) return found.rows[0];
  }
  return null;
}

const line = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 250);

function letterTo(sender: Sender, subject: string) {
  const all = inLanguage(intakeWords, sender.language);
  const w = all.letter;
  // Nobody else reads a draft, and whoever looks through the centre's mail reads its subjects: the mail's own subject stands in the text.
  const write = (context: Context, titled: string, ...told: string[]) =>
    context.post({ to: sender.email, subject: titled, text: [w.hello(sender.name), w.about(line(subject || all.noSubject)), ...told].join('\n\n') });
  return { w, all, write };
}

async function makeDraft(room: JobRoom, sender: Sender, { id, at, content, cut }: Kept, head: ReadMail): Promise<void> {
  // Its rights were read a moment ago: vn.find_intake answers for nobody who is no consultant today.
  const actor: Actor = { ...visitor, audience: 'staff', centreId: sender.centre_id, zone: sender.tz, personId: sender.person_id, schoolId: sender.school_id, roles: ['consultant'] };
  const { w, all, write } = letterTo(sender, head.subject);
  const mail = cut ? null : await readMailApart({ raw: content, zone: sender.tz });
  if (mail === null) return asActor(room, actor, (context) => write(context, w.failedSubject, cut ? w.tooLarge : w.unreadable));
  await asActor(room, actor, async (context) => {
    const about = ownWords(mail.text).slice(0, 4000).toWellFormed();
    if (!(await draftFromMail(context, id, { about, visitedOn: writtenOn(mail.date, sender.tz, context.today) }, mail.files))) return;
    const said = `${mail.subject}\n${mail.text}`;
    await context.tx
      .insertInto('draft_mail')
      .values({
        centre_id: centreOf(context),
        person_id: personOf(context),
        draft_id: id,
        received_at: at,
        from_address: mail.from ?? sender.email,
        subject: mail.subject,
        text: mail.text,
        companies: JSON.stringify(await proposals(context, said)),
        topics: topicsIn(`${mail.subject}\n${about}`),
        refused: JSON.stringify(mail.refused),
        content,
      })
      .execute();
    const refused = mail.refused.map(({ name, why }) => `- ${name} (${all.refused[why]})`);
    await write(context, w.readySubject, w.ready, w.open(context.address(`/phone/reports/${id}`)), ...(refused.length === 0 ? [] : [w.files(refused.join('\n'))]));
  });
}

/** Answers of invited people: believed where the address is the one that invitation gave that side, the meeting is the one it is about, and the sender was invited. */
async function takeAnswers(room: JobRoom, tokens: readonly string[], { content }: Kept, from: string): Promise<boolean> {
  const mail = await readMailApart({ raw: content, zone: visitor.zone });
  let believed = false;
  for (const { uid, sequence, attendees, proposed } of mail?.answers ?? []) {
    const meeting = meetingOfUid(uid, room.url.href);
    const side = meeting === null ? undefined : (['contact', 'staff'] as const).find((each) => tokens.includes(answerToken(room, meeting, each)));
    const answer = proposed === null ? attendees.find(({ email }) => email.toLowerCase() === from.toLowerCase())?.answer : 'proposed';
    if (meeting === null || side === undefined || answer === undefined) continue;
    const centres = await asPostman(room, true, (tx) => sql<{ centre_id: string; tz: string }>`select * from vn.centre_of_meeting(${meeting})`.execute(tx));
    for (const { centre_id, tz } of centres.rows)
      believed = (await asActor(room, house(centre_id, tz), (context) => keepAnswer(context, { meeting, contact: side === 'contact', from, answer, sequence, proposed }))) || believed;
  }
  return believed;
}

/** What a mail server reports about a mail of ours. Whatever else comes to such an address – an answer that somebody's program wrote, say – is nothing, and is answered by nobody. */
async function takeReturned(room: JobRoom, tokens: readonly string[], { content, cut }: Kept): Promise<void> {
  const mail = cut ? null : await readMailApart({ raw: content, zone: visitor.zone });
  const report = mail === null ? null : reportIn(mail);
  if (report === null) return;
  for (const token of tokens) await asPostman(room, false, (tx) => mailCameBack(tx, token, report));
}

/** One polite answer per address and day, fifty in all; the same whoever or whatever there is. Of the address only a keyed hash is kept for the day. */
async function answerStranger(room: JobRoom, intake: Intake, { headers, from }: ReadMail): Promise<void> {
  if (from === null || isIntake(intake, from) || !mayBeAnswered(headers, from)) return;
  const now = room.clock.now().toISOString();
  const take = async (key: string, count: number) => (await sql<{ ok: boolean }>`select vn.take_rate(${key}, ${count}, 86400, ${now}) ok`.execute(room.db)).rows[0]?.ok === true;
  if (!(await take(`intake.stranger ${room.keyedHash(`mail from ${from.toLowerCase()}`).toString('hex')}`, 1)) || !(await take('intake.strangers', 50))) return;
  const { da, en } = strangerWords;
  await inTransaction(room.db, visitor, room.clock.now(), false, (tx) =>
    working(room, visitor, room.clock.now(), tx).post({ to: from, subject: `${da.subject} / ${en.subject}`, text: `${da.text}\n\n${en.text}` }),
  );
}

async function take(room: JobRoom, intake: Intake, kept: Kept): Promise<void> {
  // The head says whose it is; what a stranger's mail carries is not even looked at.
  const head = await readMailApart({ raw: headOf(kept.content), zone: visitor.zone });
  if (head === null) return;
  const tokens = tokensIn(intake, `${addresseesOf(head.headers)}\n${kept.envelope ?? ''}`);
  const { from } = head;
  if (tokens.returns.length > 0) return takeReturned(room, tokens.returns, kept);
  if (from !== null && tokens.answers.length > 0 && !kept.cut && (await takeAnswers(room, tokens.answers, kept, from))) return;
  const sender = from === null ? null : await senderOf(room, tokens.reports, from);
  if (sender === null) await answerStranger(room, intake, head);
  else if (!isAutomatic(head.headers)) await makeDraft(room, sender, kept, head);
}

/** One mail: a draft, an answer to an invitation, one of ours that came back, or a stranger's. Afterwards nothing of it is left here but that it came. */
export const readIntake: JobKind<{ mail: string }> = {
  name: 'intake.read',
  retries: 2,
  async run(room, { mail }) {
    const { intake } = room;
    const found = await asPostman(room, true, (tx) =>
      tx.selectFrom('intake_mail').select(['id', 'at', 'content', 'cut', 'envelope']).where('id', '=', mail).where('state', '=', 'new').where('content', 'is not', null).executeTakeFirst(),
    );
    if (found === undefined || intake === null) return;
    await take(room, intake, found as Kept);
    await asPostman(room, false, (tx) => tx.updateTable('intake_mail').set({ state: 'done', content: null, envelope: null }).where('id', '=', mail).execute());
  },
  async gaveUp(room, { mail }) {
    await asPostman(room, false, (tx) => tx.updateTable('intake_mail').set({ state: 'failed' }).where('id', '=', mail).where('state', '=', 'new').execute());
  },
};

/** So often a mail is fetched before it is left alone. */
const triesAtMost = 3;

/** The mailbox, once a minute; and whatever came in 90 days ago is forgotten. */
export const sweepIntake: JobKind = {
  name: 'intake.sweep',
  retries: 0,
  everyMinute: true,
  async run(room) {
    const { intake } = room;
    if (intake === null) return;
    const before = new Date(room.clock.now().getTime() - 90 * 86_400_000).toISOString();
    await asPostman(room, false, (tx) => tx.deleteFrom('intake_mail').where('at', '<', before).execute());
    // Counters of a day ago and more say nothing any longer; whom an answer went to is forgotten with them.
    await sql`select vn.forget_rates(${new Date(room.clock.now().getTime() - 86_400_000).toISOString()})`.execute(room.db);
    if (intake.mailbox === null) return;
    const mailbox = `${decodeURIComponent(intake.mailbox.username)}@${intake.mailbox.host}`;
    const faults = await sweepMailbox(intake.mailbox, {
      milliseconds: 45_000,
      async keep({ content, cut, ...place }) {
        await asPostman(room, false, (tx) => keepMail(working(room, postman, room.clock.now(), tx), { content: cut ? headOf(content) : content, cut, place: { mailbox, ...place }, envelope: null }));
      },
      async giveUp({ validity, uid }) {
        const at = room.clock.now().toISOString();
        const counted = await asPostman(room, false, (tx) =>
          sql<{ tries: number }>`
            insert into vn.intake_mail as i (id, at, print, mailbox, validity, uid, cut, state, tries)
              values (${working(room, postman, room.clock.now(), tx).newId()}, ${at}, ${tokenHash(`${mailbox} ${validity} ${uid}`)}, ${mailbox}, ${validity}::bigint, ${uid}, false, 'stuck', 1)
              on conflict (mailbox, validity, uid) do update set tries = i.tries + 1 where i.state = 'stuck' returning tries`.execute(tx),
        );
        return (counted.rows[0]?.tries ?? triesAtMost) >= triesAtMost;
      },
    });
    if (faults.length > 0) throw faults[0];
  },
};

export const chores: readonly Chore[] = [
  {
    name: 'intake.forget',
    async run({ tx }) {
      await sql`select vn.forget_intake()`.execute(tx);
    },
  },
];
