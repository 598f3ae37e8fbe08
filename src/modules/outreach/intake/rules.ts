import type { visitTopics } from '../visits/contract.ts';

export interface Header {
  name: string;
  value: string;
}
const valuesOf = (headers: readonly Header[], ...names: readonly string[]) => headers.flatMap(({ name, value }) => (names.includes(name) ? [value.trim()] : []));

/** Everything in a head that names an addressee, whoever put it there. */
export const addresseesOf = (headers: readonly Header[]): string => valuesOf(headers, 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc').join('\n');

/** Written by a program: an answer by itself, a mail that came back, or one of Vejnet's own. */
export const isAutomatic = (headers: readonly Header[]): boolean =>
  valuesOf(headers, 'auto-submitted').some((value) => !/^no\b/i.test(value)) ||
  valuesOf(headers, 'x-vejnet').length > 0 ||
  valuesOf(headers, 'return-path').some((value) => value === '<>' || value === '');

const nobody = /^(no[._-]?reply|do[._-]?not[._-]?reply|ikke[._-]?svar|mailer-daemon|postmaster|bounces?|daemon)([+._-]|@)/i;
/** Whether a mail may be answered at all: only one that a person wrote, and to whom it says it comes from (RFC 3834). */
export function mayBeAnswered(headers: readonly Header[], from: string): boolean {
  const [path] = valuesOf(headers, 'return-path');
  return (
    !isAutomatic(headers) &&
    !nobody.test(from) &&
    valuesOf(headers, 'x-auto-response-suppress').length === 0 &&
    valuesOf(headers, 'precedence').every((value) => !/^(bulk|list|junk)\b/i.test(value)) &&
    headers.every(({ name }) => !name.startsWith('list-')) &&
    // Whoever sends in another's name, or by thousands, bears the return path of a machine.
    (path === undefined || path.replaceAll(/[<>]/g, '').trim().toLowerCase() === from.toLowerCase())
  );
}

const quoteBegins = (lines: readonly string[], at: number): boolean => {
  const line = lines[at]?.trim() ?? '';
  if (/^-{2,}\s*(oprindelig meddelelse|original message|videresendt meddelelse|forwarded message)\s*-{2,}$/i.test(line)) return true;
  return /^\*?(fra|from)\s?:/i.test(line) && lines.slice(at + 1, at + 5).some((next) => /^\s*\*?(sendt|sent|dato|date)\s?:/i.test(next));
};

/** As a DeliveryReport of platform/mail. */
interface Reported {
  final: boolean;
  status: string;
}

/**
 * What an old server writes in words (qmail, say): only that it gave up for good counts, and only where it says so with a number.
 * @param text of a mail of which it is known that a server wrote it
 */
export function readOldReport(text: string): Reported | null {
  const start = text.slice(0, 10_000);
  const status = /(?<![\d.])(5\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(start)?.[1];
  if (status !== undefined) return { final: true, status };
  return /(?<![\d.])55[0-4][ -](?!\d)/.test(start) ? { final: true, status: '5.0.0' } : null;
}

const server = /^(mailer-daemon|postmaster)@/i;
/**
 * What a mail reports about one of ours: a report of delivery (RFC 3464); or, of servers from before it, words of a server that wrote to nobody (an empty return path) and says
 * of itself no more than that a program wrote it. An answer from somebody's holiday is none.
 */
export function reportIn({ headers, from, report, text }: { headers: readonly Header[]; from: string | null; report: Reported | null; text: string }): Reported | null {
  if (valuesOf(headers, 'content-type').some((value) => /^multipart\/report\b/i.test(value))) return report;
  const written =
    from !== null &&
    server.test(from) &&
    valuesOf(headers, 'return-path').some((value) => value === '<>' || value === '') &&
    valuesOf(headers, 'auto-submitted').every((value) => /^auto-generated\b/i.test(value));
  return written ? readOldReport(text) : null;
}

/** What somebody wrote anew: without quoted lines, the signature, and the mail below that was answered or sent on. All of it where nothing would be left. */
export function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const ends = lines.findIndex((line, at) => /^-- ?$/.test(line) || quoteBegins(lines, at));
  const kept = (ends < 0 ? lines : lines.slice(0, ends)).filter((line) => !line.startsWith('>'));
  const own = kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return own === '' ? text.trim() : own;
}

type Topic = (typeof visitTopics)[number];
const keywords: Partial<Record<Topic, RegExp>> = {
  certificates: /certifikat|certificate|svejse|truck|epoxy|stillads/i,
  basic_skills: /ordblind|dansk for|læse|skrive|regne|almen|\bfvu\b|\bavu\b|basic skills/i,
  training: /kursus|kurser|efteruddannelse|opkvalificer|\bamu\b|training|course/i,
  management: /ledelse|ledere|mellemleder|management/i,
  digital: /digital|it-|excel|robot|automati/i,
  apprentices: /lærling|elev\b|elever|praktikplads|apprentice/i,
  experience: /realkompetence|\brkv\b|erfaring|prior learning/i,
  funding: /tilskud|støtte|vejudbetaling|godtgørelse|\bsvu\b|funding|kompetencefond/i,
};
/** Topics that words of a mail point at; only proposed. */
export const topicsIn = (text: string): Topic[] => (Object.entries(keywords) as [Topic, RegExp][]).flatMap(([topic, words]) => (words.test(text) ? [topic] : []));

/** Everything that may be a company number, twenty at most; whether one is says the register, which takes no wrong ones. */
export const cvrsIn = (text: string): string[] => [...new Set([...text.matchAll(/(?<!\d)\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}(?!\d)/g)].map(([found]) => found.replaceAll(/\D/g, '')))].slice(0, 20);

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** Text to look for names in, as `namedIn` wants it. */
export const searchable = (text: string): string => ` ${plain(text.slice(0, 20_000))} `;
/** Whether a company is named, with or without its legal form, also in the genitive. */
export function namedIn(text: string, company: string): boolean {
  const name = plain(company.trimEnd().replace(/[\s,](a\/s|aps|i\/s|k\/s|p\/s|ivs|smba|amba|a\.m\.b\.a\.?)$/i, ''));
  return name.length >= 3 && (text.includes(` ${name} `) || text.includes(` ${name}s `));
}

/** The day that a mail was written on, where the centre is, at most today and at most a year ago; else today. */
export function writtenOn(date: string | null, zone: string, today: string): string {
  const at = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(at) || Math.abs(at) > 4e12) return today;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
  return day > today || at < Date.parse(`${today}T00:00:00Z`) - 365 * 86_400_000 ? today : day;
}
