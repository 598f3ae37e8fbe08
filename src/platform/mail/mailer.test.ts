import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { smtpMailer } from './mailer.ts';

interface Received {
  from: string;
  to: string[];
  raw: string;
}
const received: Received[] = [];
let refuse = false;
/** Takes mail from its own login's address only, as many do; and says so when it is told whom to. */
let strict = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'], // no certificate on the way from a test to itself
  onRcptTo(_address, { envelope }, done) {
    const from = envelope.mailFrom ? envelope.mailFrom.address : '';
    done(strict && from !== 'vejnet@skole.example' ? Object.assign(new Error('Sender address rejected: not owned by user'), { responseCode: 553 }) : undefined);
  },
  onData(stream, session, done) {
    let raw = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      raw += chunk;
    });
    stream.on('end', () => {
      if (refuse) return done(new Error('mailbox full'));
      received.push({ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', to: session.envelope.rcptTo.map(({ address }) => address), raw });
      done();
    });
  },
});
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
const { port } = server.server.address() as AddressInfo;
const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, 'Vejnet <vejnet@skole.example>');
beforeEach(() => {
  refuse = false;
  strict = false;
  received.splice(0);
});

/** The parts of a MIME message, decoded. */
function partsOf(raw: string): { type: string; text: string }[] {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const type = (/^content-type: *([^\r]*(?:\r\n[ \t][^\r]*)*)/im.exec(head)?.[1] ?? '').replaceAll(/\r\n[ \t]+/g, ' ');
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  const body = rest.join('\r\n\r\n');
  if (boundary !== undefined)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.trimStart()));
  const coding = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (coding === 'base64') return [{ type, text: Buffer.from(body, 'base64').toString() }];
  if (coding !== 'quoted-printable') return [{ type, text: body }];
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [{ type, text: Buffer.from(bytes, 'latin1').toString() }];
}

describe('mail over SMTP', () => {
  test('delivers sender, addressee, subject and text, Danish letters included', async () => {
    await mailer.send({ to: 'anna@skole.example', subject: 'Din kode på Vejnet', text: 'Hej Åse\n\nÆbler og øl: https://vejnet.example/sign-in#abc\n' });
    expect(received).toEqual([{ from: 'vejnet@skole.example', to: ['anna@skole.example'], raw: expect.any(String) }]);
    const raw = received[0]?.raw ?? '';
    expect(raw).toMatch(/^From: Vejnet <vejnet@skole\.example>\r$/m);
    expect(raw).toMatch(/^To: anna@skole\.example\r$/m);
    expect(raw).toMatch(/^Subject: =\?UTF-8\?Q\?Din_kode_p=C3=A5_Vejnet\?=\r$/m);
    // Said of every mail, so that no program answers, and Vejnet knows its own again.
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(raw).toMatch(/^X-Vejnet: 1\r$/m);
    const [text, ...more] = partsOf(raw);
    expect(more).toEqual([]);
    expect(text?.type).toMatch(/^text\/plain; charset=utf-8/);
    expect(text?.text.replaceAll('\r\n', '\n')).toContain('Hej Åse\n\nÆbler og øl: https://vejnet.example/sign-in#abc\n');
  });

  test('delivers a calendar file along with the text, as an invitation that a calendar can answer', async () => {
    const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'SUMMARY:Besøg på Østerå', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    await mailer.send({ to: 'anna@skole.example', subject: 'Besøg', text: 'Hej', calendar });
    const parts = partsOf(received[0]?.raw ?? '');
    expect(parts.find(({ type }) => type.startsWith('text/plain'))?.text.trim()).toBe('Hej');
    const invitation = parts.find(({ type }) => /^text\/calendar;.*method=REQUEST/.test(type));
    expect(invitation?.text.trimEnd()).toBe(calendar.trimEnd());
  });

  test('the sender on the envelope is where it comes back to, and whom it is from stays; a server that will not have that gets its own', async () => {
    const mail = { to: 'anna@skole.example', subject: 'Hej', text: 'Hej', returnTo: 'retur+abc@vejnet.example' };
    await mailer.send(mail);
    strict = true;
    await mailer.send(mail);
    expect(received.map(({ from }) => from)).toEqual(['retur+abc@vejnet.example', 'vejnet@skole.example']);
    for (const { raw } of received) expect(raw).toMatch(/^From: Vejnet <vejnet@skole\.example>\r$/m);
  });

  test('a line break in subject or address adds no header and no addressee', async () => {
    await mailer.send({ to: 'anna@skole.example', subject: 'Hej\r\nBcc: all@skole.example', text: 'Hej' });
    expect(received[0]?.to).toEqual(['anna@skole.example']);
    expect(received[0]?.raw).not.toMatch(/^Bcc:/im);
  });

  test('a refusal by the server is an error, so that the job tries again', async () => {
    refuse = true;
    await expect(mailer.send({ to: 'anna@skole.example', subject: 'Hej', text: 'Hej' })).rejects.toThrow('mailbox full');
  });

  test('so is a server that is not there', async () => {
    await expect(smtpMailer('smtp://127.0.0.1:1', 'vejnet@skole.example').send({ to: 'anna@skole.example', subject: 'Hej', text: 'Hej' })).rejects.toThrow('ECONNREFUSED');
  });
});
