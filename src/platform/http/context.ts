import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Intake } from '../config.ts';
import type { Actor, Tx } from '../db/transaction.ts';
import { newId } from '../ids.ts';
import type { JobKind, Jobs } from '../jobs/jobs.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { sendMail, writeMail } from '../mail/mail.ts';
import type { Mail } from '../mail/mailer.ts';
import type { Account, Outside, OutsideFault } from '../outside.ts';

/** What a handler works with: its transaction, who acts, and the injected time. */
export interface Context {
  tx: Tx;
  actor: Actor;
  now: Date;
  /** The centre's day, 'YYYY-MM-DD'. */
  today: string;
  /** The version an edit saw (If-Match); only set on endpoints that declare `edits`. */
  version: number;
  /** The file that came in; only on endpoints that declare `upload`. */
  upload: { file: string; bytes: number } | null;
  /** The file that came in, whole; only on endpoints that declare `uploadBytes`. */
  content: Buffer | null;
  /** Names the file that goes out; only on endpoints that declare `download`. */
  nameDownload(name: string): void;
  /** A short name of the browser, for the list of one's sessions. */
  device: string;
  newId(): string;
  /** Writes a line of the audit log in the same transaction. */
  audit(event: string, subject: string | null, data?: Record<string, unknown>): Promise<void>;
  /** Writes a mail in the same transaction; it leaves after COMMIT. */
  post(mail: Mail): Promise<void>;
  /** Enqueues background work in the same transaction. */
  enqueue<Payload extends object>(kind: JobKind<Payload>, payload: Payload): Promise<void>;
  /** What only this installation can seal and open again (platform/sealed.ts). */
  keyedHash: KeyedHash;
  /** How mail comes in, or null. */
  intake: Intake | null;
  /** Whether CVR’s own index may be asked. */
  cvr: boolean;
  /** Why an address that a person named can never be asked, or null. Asking is a job's work: no transaction waits for another server. */
  refusal(address: string, withPassword: boolean): OutsideFault | null;
  /** The public address of a page, for mails. */
  address(path: string): string;
  /** Moves a demonstration's clock, its open sessions with it; the server follows once the transaction has committed. False where there is none to move. */
  moveClock(instant: Date): Promise<boolean>;
  /** Sets or clears the session cookie once the transaction has committed. */
  setSession(token: string | null): void;
  /** What this browser was given by `setBrowser`, or null. */
  browser: string | null;
  /** Gives this browser something to be known by when it comes back from a provider or brings the code of a mail, or takes it away. */
  setBrowser(token: string | null): void;
}

const dayIn = (zone: string, now: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);

/** What a request and the house's own work have in common: one transaction of one actor at one instant. */
export function working(
  { clock, url, jobs, keyedHash, outside, intake, cvr }: { clock: Clock; url: URL; jobs: Pick<Jobs, 'enqueue'>; keyedHash: KeyedHash; outside: Outside; intake: Intake | null; cvr?: Account },
  actor: Actor,
  now: Date,
  tx: Tx,
): Pick<Context, 'tx' | 'actor' | 'now' | 'today' | 'newId' | 'keyedHash' | 'intake' | 'cvr' | 'refusal' | 'address' | 'enqueue' | 'post' | 'audit'> {
  return {
    tx,
    actor,
    now,
    today: dayIn(actor.zone, now),
    newId: () => newId(clock.now()),
    keyedHash,
    intake,
    cvr: cvr !== undefined,
    refusal: outside.refusal,
    address: (path) => new URL(path, url).href,
    enqueue: (kind, payload) => jobs.enqueue(tx, actor, kind, payload),
    async post(mail) {
      if (mail.to.endsWith('@machine.invalid')) return; // the person that a machine's key stands for reads no mail
      const id = newId(clock.now());
      await writeMail(tx, id, mail);
      await jobs.enqueue(tx, actor, sendMail, { mail: id });
    },
    async audit(event, subject, data = {}) {
      if (actor.centreId === null) return; // outside a centre there is only the reader of published figures, who changes nothing
      await tx
        .insertInto('audit')
        .values({
          centre_id: actor.centreId,
          id: newId(clock.now()),
          at: now.toISOString(),
          person_id: actor.personId,
          as_coordinator: actor.asCoordinator,
          event,
          subject,
          data: JSON.stringify(data),
        })
        .execute();
    },
  };
}

/** A context inside a centre: endpoints whose access names roles of a centre always have one. */
export function centreOf(context: Context): string {
  if (context.actor.centreId === null) throw new Error('this endpoint needs a centre');
  return context.actor.centreId;
}

/** Likewise for the person. */
export function personOf(context: Context): string {
  if (context.actor.personId === null) throw new Error('this endpoint needs a person');
  return context.actor.personId;
}

/** 'Chrome, Windows' is enough to recognise one's own session; the full header is not kept. */
export function deviceOf(request: FastifyRequest): string {
  const agent = request.headers['user-agent'] ?? '';
  const browser =
    [/Edg\//, /Firefox\//, /Chrome\//, /Safari\//]
      .find((known) => known.test(agent))
      ?.source.replace('\\/', '')
      .replace('Edg', 'Edge') ?? '';
  const system = [/Android/, /iPhone|iPad/, /Windows/, /Mac OS/, /Linux/].map((known) => known.exec(agent)?.[0]).find((found) => found !== undefined) ?? '';
  return [browser, system].filter((part) => part !== '').join(', ');
}

export const sessionCookie = (secure: boolean) => (secure ? '__Host-vejnet' : 'vejnet');

export function writeSessionCookie(reply: FastifyReply, token: string | null, secure: boolean): void {
  const name = sessionCookie(secure);
  if (token === null) reply.clearCookie(name, { path: '/', secure, httpOnly: true, sameSite: 'lax' });
  else reply.setCookie(name, token, { path: '/', secure, httpOnly: true, sameSite: 'lax', maxAge: 30 * 24 * 3600 }); // the longest that a centre may allow; the server knows when it is over
}

export const browserCookie = (secure: boolean) => (secure ? '__Host-vejnet-browser' : 'vejnet-browser');

/** Only our own page sends it along, so it may be strict; it lives as long as what was begun: ten minutes, at a provider and by mail alike. */
export function writeBrowserCookie(reply: FastifyReply, token: string | null, secure: boolean): void {
  const name = browserCookie(secure);
  if (token === null) reply.clearCookie(name, { path: '/', secure, httpOnly: true, sameSite: 'strict' });
  else reply.setCookie(name, token, { path: '/', secure, httpOnly: true, sameSite: 'strict', maxAge: 600 });
}
