import { ImapFlow } from 'imapflow';
import { mailLimits } from './read-mail.ts';

/** A mail as it lies in a mailbox. */
export interface FoundMail {
  /** The mailbox counts anew under another validity. */
  validity: string;
  uid: number;
  bytes: number;
  content: Buffer;
  /** Too large: only its beginning was fetched. */
  cut: boolean;
}

export interface Sweeping {
  /** Keeps a mail for good; it is marked as read only after this. */
  keep(mail: FoundMail): Promise<void>;
  /** After a mail could not be fetched or kept: whether it was tried often enough. */
  giveUp(mail: { validity: string; uid: number }): Promise<boolean>;
  /** For all of it together; what is left waits for the next time. */
  milliseconds: number;
}

const done = ['Vejnet', 'Done'];

/**
 * Goes once through the unread mails of an IMAP mailbox: each is kept, then marked as read and put into Vejnet/Done, where that folder can be made.
 * A mail that faults stops no other.
 * @returns faults of single mails
 * @throws where the mailbox cannot be reached or is lost on the way; what was kept stays kept
 */
export async function sweepMailbox(mailbox: URL, { keep, giveUp, milliseconds }: Sweeping): Promise<unknown[]> {
  const until = performance.now() + milliseconds;
  const secure = mailbox.protocol === 'imaps:';
  const client = new ImapFlow({
    host: mailbox.hostname.replace(/^\[|\]$/g, ''),
    port: mailbox.port === '' ? (secure ? 993 : 143) : Number(mailbox.port),
    secure,
    auth: { user: decodeURIComponent(mailbox.username), pass: decodeURIComponent(mailbox.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    maxLiteralSize: mailLimits.bytes + 1_048_576,
  });
  const faults: unknown[] = [];
  // A connection that breaks is told of twice: here, and to whoever waits for an answer.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { uidValidity } = await client.mailboxOpen('INBOX');
    const validity = String(uidValidity);
    const kept: number[] = [];
    for (const uid of (await client.search({ seen: false }, { uid: true })) || []) {
      if (performance.now() > until) break;
      try {
        const found = await client.fetchOne(String(uid), { size: true }, { uid: true });
        if (!found) continue; // another server was here
        const bytes = found.size ?? 0;
        const cut = bytes > mailLimits.bytes;
        const fetched = await client.fetchOne(String(uid), { source: cut ? { start: 0, maxLength: mailLimits.head } : true }, { uid: true });
        if (!fetched || fetched.source === undefined) continue;
        await keep({ validity, uid, bytes, content: fetched.source, cut });
      } catch (error) {
        if (!client.usable) throw error;
        faults.push(error);
        // Marked, it is not tried again; it stays where somebody finds it.
        if (await giveUp({ validity, uid })) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
        continue;
      }
      await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      kept.push(uid);
    }
    if (kept.length > 0) {
      const folder = await client.mailboxCreate(done).catch(() => null);
      // Marked as read they are not looked at again, so a folder that cannot be made harms nothing.
      if (folder !== null) await client.messageMove(kept.join(','), folder.path, { uid: true }).catch(() => undefined);
    }
    await client.logout();
    return faults;
  } finally {
    client.close();
  }
}
