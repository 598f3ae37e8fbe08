import { sql } from 'kysely';
import { type Actor, inTransaction, type Tx, visitor } from '../db/transaction.ts';
import type { JobKind } from '../jobs/jobs.ts';
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
  async run({ db, clock, mailer }, { mail }) {
    const found = await inTransaction(db, postman, clock.now(), true, (tx) =>
      tx.selectFrom('mail').select(['to_address', 'subject', 'text', 'calendar', 'state']).where('id', '=', mail).executeTakeFirst(),
    );
    // Sent before, or to somebody who said no or was erased meanwhile.
    if (found === undefined || found.state !== 'waiting') return;
    try {
      await mailer.send({ to: found.to_address, subject: found.subject, text: found.text, ...(found.calendar === null ? {} : { calendar: found.calendar }) });
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
    await inTransaction(db, postman, clock.now(), false, (tx) => tx.updateTable('mail').set({ state: 'sent', sent_at: clock.now().toISOString() }).where('id', '=', mail).execute());
  },
  async gaveUp({ db, clock }, { mail }) {
    await inTransaction(db, postman, clock.now(), false, (tx) => tx.updateTable('mail').set({ state: 'failed' }).where('id', '=', mail).where('state', '=', 'waiting').execute());
  },
};

/** Writes a mail in the transaction of what it is about; if that fails, there is no mail. */
export async function writeMail(tx: Tx, id: string, { to, subject, text, calendar }: Mail): Promise<void> {
  await sql`select vn.post_mail(${id}, ${to}, ${subject}, ${text}, ${calendar ?? null})`.execute(tx);
}
