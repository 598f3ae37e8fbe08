import { readerApart } from '../apart.ts';
import type { MailAnswer, MailTask, ReadMail } from './read-mail.ts';

const ask = readerApart<MailTask, MailAnswer>(new URL('./mail-reader.ts', import.meta.url));

/**
 * Reads a mail as `readMail` does, in a thread beside the server: one that is built to hang or to fill the memory is given up with the thread.
 * @returns null for a mail that cannot be read
 */
export async function readMailApart(task: MailTask, milliseconds = 10_000): Promise<ReadMail | null> {
  const answer = await ask(task, milliseconds);
  return typeof answer === 'string' || !('headers' in answer) ? null : answer;
}
