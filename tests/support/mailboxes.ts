import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';

export interface Dovecot {
  port: number;
  /** Where a user's mailbox is, as VEJNET_INTAKE_IMAP says it; the password is 'hemmelig'. */
  mailbox(user: string): URL;
  /** Speaks with the server as a mail program. */
  as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T>;
  /** Puts mails into INBOX. */
  deliver(user: string, ...mails: (string | Buffer)[]): Promise<void>;
  /** What is in a folder, with its flags. */
  listed(user: string, folder: string): Promise<{ uid: number; seen: boolean }[]>;
  /** Where a user's mails lie on the disk. */
  folder(user: string): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Debian's IMAP server on a free port with a folder of its own; Dovecot cannot choose a port itself, and gives mail to no root. */
async function start(folder: string, port: number): Promise<() => Promise<void>> {
  const root = process.getuid?.() === 0;
  const [uid, gid] = root ? [65534, 65534] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  if (root) {
    chmodSync(folder, 0o755);
    chownSync(home, uid, gid);
  }
  const me = os.userInfo().username;
  const account = root ? '' : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}\n`;
  writeFileSync(
    path.join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
${account}service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
  ${root ? '' : 'chroot ='}
}
service anvil {
  ${root ? '' : 'chroot ='}
}
passdb {
  driver = static
  args = password=hemmelig
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}/%u
}
`,
  );
  const server = spawn('dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const ended = once(server, 'exit').catch(() => undefined);
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.on('error', () => reject(new Error('The tests of incoming mail need dovecot: install it with "apt-get install dovecot-imapd" and run them again.')));
    server.on('exit', () => reject(new Error(`dovecot did not start: ${said.join('\n')}`)));
    createInterface(server.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('starting up for imap')) resolve();
    });
  });
  return async () => {
    server.kill();
    await ended;
  };
}

export async function startDovecot(): Promise<Dovecot> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-dovecot-'));
  let stopServer: (() => Promise<void>) | null = null;
  let port = 0;
  // Another program may take the port between asking for one and using it.
  for (let attempt = 1; stopServer === null; attempt += 1) {
    port = await freePort();
    stopServer = await start(folder, port).catch((error: unknown) => {
      if (attempt === 3) throw error;
      return null;
    });
  }
  const stop = stopServer;
  const as: Dovecot['as'] = async (user, work) => {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user, pass: 'hemmelig' }, logger: false, disableAutoIdle: true });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  return {
    port,
    as,
    mailbox: (user) => new URL(`imap://${user}:hemmelig@127.0.0.1:${port}`),
    folder: (user) => path.join(folder, 'home', user, 'Maildir'),
    deliver: (user, ...mails) =>
      as(user, async (client) => {
        for (const mail of mails) await client.append('INBOX', mail);
      }),
    listed: (user, name) =>
      as(user, async (client) => {
        await client.mailboxOpen(name);
        return (await client.fetchAll('1:*', { uid: true, flags: true }).catch(() => [])).map(({ uid, flags }) => ({ uid, seen: flags?.has('\\Seen') ?? false }));
      }),
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Post {
  /** Sends as a mail program does, over SMTP. */
  send(mail: Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0]): Promise<void>;
  stop(): Promise<void>;
}

/** A mail server that takes mails over SMTP and puts them into a mailbox, with the lines that servers add. */
export async function startPost(dovecot: Dovecot, user: string): Promise<Post> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'], // no certificate on the way from a test to itself
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const head = `Return-Path: <${from}>\r\nDelivered-To: ${session.envelope.rcptTo[0]?.address ?? ''}\r\nReceived: from localhost by post.example; Tue, 17 Nov 2026 09:00:00 +0100\r\n`;
        dovecot.deliver(user, Buffer.concat([Buffer.from(head), ...pieces])).then(() => done(), done);
      });
    },
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const transport = nodemailer.createTransport(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  return {
    send: async (mail) => void (await transport.sendMail(mail)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

let written = 0;
/** A mail as a program writes it: head lines over the usual ones, and a body. */
export function rawMail(head: Record<string, string | null>, body = 'De mangler svejsere.\r\n'): string {
  const lines = {
    'Message-ID': `<mail-${++written}@skole.example>`,
    Date: 'Tue, 17 Nov 2026 08:30:00 +0100',
    Subject: '=?utf-8?Q?Bes=C3=B8g?=',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...head,
  };
  return `${Object.entries(lines)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;
}

/**
 * So many mails of two consultants and their addresses: of ten, five are the first one's reports, one is the second one's, and four are a wrong address, a stranger's,
 * a thousand parts inside one another, and no mail at all.
 */
export function mixedMails(count: number, [anna, annas]: readonly [string, string], [karim, karims]: readonly [string, string]): (string | Buffer)[] {
  const nested = Array.from({ length: 1000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('');
  return Array.from({ length: count }, (_, at) => {
    const body = `Besøg nummer ${at}.\r\n`;
    switch (at % 10) {
      case 1:
        return rawMail({ From: anna, To: karims }, body);
      case 3:
        return rawMail({ From: `fremmed-${at}@x.example`, To: karims, 'Auto-Submitted': 'auto-replied' }, body);
      case 5:
        return rawMail({ From: karim, To: karims, 'Content-Type': null }, '').trimEnd().concat('\r\n', nested);
      case 7:
        return Buffer.concat([Buffer.from(rawMail({ From: karim, To: karims, 'Content-Type': 'text/plain; charset=x-nothing' }, body)), Buffer.from([0, 255, 254, 128])]);
      case 9:
        return Buffer.from([0, 1, 2, 3, ...Buffer.from(String(at))]);
      default:
        return rawMail({ From: anna, To: annas }, body);
    }
  });
}
