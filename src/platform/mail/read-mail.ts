import PostalMime, { addressParser } from 'postal-mime';
import { type CalendarAnswer, readAnswer } from '../calendar/ics.ts';
import { type DeliveryReport, readReport } from './delivery-report.ts';
import { textOfHtml } from './html-text.ts';

/** Bytes of a whole mail, of its head, of one file in it; files; letters of text; bytes of a report of delivery. Quarter of a megabyte of head holds any real one. */
export const mailLimits = { bytes: 26_214_400, head: 262_144, file: 10_485_760, files: 20, letters: 100_000, report: 65_536 } as const;

export interface MailTask {
  raw: Uint8Array;
  /** Where times without a zone are meant. */
  zone: string;
}
export interface ReadMail {
  /** Names in small letters; values as they came. */
  headers: { name: string; value: string }[];
  /** The one address that it says it is from; null where there is none or more. */
  from: string | null;
  subject: string;
  date: string | null;
  text: string;
  files: { name: string; content: Uint8Array }[];
  refused: { name: string; why: 'too_large' | 'too_many' | 'empty' }[];
  answers: CalendarAnswer[];
  /** What a mail server reports about a mail that it could not deliver (yet); null for every other mail. */
  report: DeliveryReport | null;
}
export type MailAnswer = ReadMail | { refused: 'mail_broken' };

/** What the database takes: no NUL, no half of a pair. */
const clean = (text: string, most: number) => text.replaceAll('\0', '').toWellFormed().slice(0, most).toWellFormed();

/** The head of a mail, with the empty line after it: enough to know whose it is, without looking at anything it carries. */
export function headOf(raw: Buffer): Buffer {
  const start = raw.subarray(0, mailLimits.head);
  const ends = [start.indexOf('\r\n\r\n'), start.indexOf('\n\n')].filter((at) => at >= 0);
  return Buffer.concat([ends.length === 0 ? start : start.subarray(0, Math.min(...ends)), Buffer.from('\r\n\r\n')]);
}

function oneAddress(values: readonly string[]): string | null {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) return null;
  const found = addressParser(value.slice(0, 2000), { flatten: true });
  const address = found[0]?.address?.trim() ?? '';
  return found.length === 1 && address.length <= 320 && /^[^\s@<>",;]+@[^\s@<>",;]+$/.test(address) ? address : null;
}

/** @throws whatever the library stumbles over */
export async function readMail({ raw, zone }: MailTask): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 30, maxHeadersSize: 2 * mailLimits.head, maxRfc822NestingDepth: 2 });
  const headers = mail.headers.slice(0, 500).map(({ key, value }) => ({ name: key, value: clean(value, 10_000) }));
  const read: ReadMail = {
    headers,
    from: oneAddress(headers.flatMap(({ name, value }) => (name === 'from' ? [value] : []))),
    subject: clean(mail.subject ?? '', 500)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    date: mail.date ?? null,
    text: clean((mail.text ?? '').trim() === '' && mail.html !== undefined ? textOfHtml(mail.html.slice(0, 2_000_000)) : (mail.text ?? ''), mailLimits.letters).replaceAll('\r\n', '\n'),
    files: [],
    refused: [],
    answers: [],
    report: null,
  };
  for (const [at, { filename, mimeType, content }] of mail.attachments.entries()) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name with control characters is what this is about
    const name = clean((filename ?? '').replaceAll(/[/\\\u0000-\u001f\u007f]+/g, ' ').trim(), 200).trim() || `${at + 1}${mimeType === 'message/rfc822' ? '.eml' : ''}`;
    if (/^message\/(global-)?delivery-status$/.test(mimeType)) read.report ??= readReport(Buffer.from(bytes.subarray(0, mailLimits.report)).toString('latin1'));
    if (mimeType === 'text/calendar' || mimeType === 'application/ics') {
      const answer = bytes.length <= 200_000 ? readAnswer(Buffer.from(bytes).toString('utf8'), zone) : null;
      if (answer !== null) {
        if (read.answers.length < 5) read.answers.push(answer);
        continue;
      }
    }
    const why = bytes.length === 0 ? 'empty' : bytes.length > mailLimits.file ? 'too_large' : read.files.length >= mailLimits.files ? 'too_many' : null;
    if (why === null) read.files.push({ name, content: bytes });
    else if (read.refused.length < 50) read.refused.push({ name, why });
  }
  return read;
}
