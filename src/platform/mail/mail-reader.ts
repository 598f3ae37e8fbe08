import { parentPort } from 'node:worker_threads';
import { type MailAnswer, type MailTask, readMail } from './read-mail.ts';

/** The thread that read-mail-apart.ts starts. Whatever the library stumbles over, the mail is not what it should be. */
parentPort?.on('message', (task: MailTask) => {
  void readMail(task)
    .catch((): MailAnswer => ({ refused: 'mail_broken' }))
    .then((answer) => parentPort?.postMessage(answer));
});
