import { sql } from 'kysely';
import { type Actor, inTransaction, type Tx, visitor } from '../db/transaction.ts';
import type { JobKind } from '../jobs/jobs.ts';
import { newToken, returnAddress, tokenHash } from '../secret-address.ts';
import type { Mail } from './mailer.ts';

/** The one actor who reads mail, to send it. */
export const postman: Actor = { ...visitor, audience: 'post' };

/** The three digits of the server that would not have it, or the code of a broken line. Its sentence is not kept: it may name anybody. */
function becauseOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return typeof responseCode === 'number' ? String(responseCode) : typeof code === 'string' ? code.slice(0, 40) : 'unknown';
}

export const sendMail: JobKind<{ mail: string }> = {
  name: 'mail.send',
  retries: 8,
  // An invitation to all consultants of a centre must not take a minute.
  atOnce: 8,
  async run({ db, clock, mailer, intake }, { mail }) {
    const token = newToken();
    // Each sending has a secret of its own: what comes back late from an earlier one says nothing about this one.
    const found = await inTransaction(db, postman, clock.now(), false, (tx) =>
      tx
        .updateTable('mail')
        .set({ return_hash: intake === null ? null : tokenHash(token) })
        .where('id', '=', mail)
        .where('state', '=', 'waiting')
        .returning(['to_address', 'subject', 'text', 'calendar'])
        .executeTakeFirst(),
    );
    // Sent before, or to somebody who said no or was erased meanwhile.
    if (found === undefined) return;
    try {
      await mailer.send({
        to: found.to_address,
        subject: found.subject,
        text: found.text,
        ...(found.calendar === null ? {} : { calendar: found.calendar }),
        ...(intake === null ? {} : { returnTo: returnAddress(intake, token) }),
      });
    } catch (error) {
      await inTransaction(db, postman, clock.now(), false, (tx) =>
        tx
          .updateTable('mail')
          .set({ tries: sql`tries + 1`, failed_because: becauseOf(error) })
          .where('id', '=', mail)
          .execute(),
      );
      throw error;
    }
    // One that came back before this was written stays so.
    await inTransaction(db, postman, clock.now(), false, (tx) =>
      tx.updateTable('mail').set({ state: 'sent', sent_at: clock.now().toISOString() }).where('id', '=', mail).where('state', '=', 'waiting').execute(),
    );
  },
  async gaveUp({ db, clock }, { mail }) {
    await inTransaction(db, postman, clock.now(), false, (tx) => tx.updateTable('mail').set({ state: 'failed' }).where('id', '=', mail).where('state', '=', 'waiting').execute());
  },
};

/** Writes a mail in the transaction of what it is about; if that fails, there is no mail. */
export async function writeMail(tx: Tx, id: string, { to, subject, text, calendar }: Mail): Promise<void> {
  await sql`select vn.post_mail(${id}, ${to}, ${subject}, ${text}, ${calendar ?? null})`.execute(tx);
}
