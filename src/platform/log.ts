import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from './clock.ts';
import { type Outage, outageOf, outages } from './db/outages.ts';

/** The endpoint, job or chore that is at work, for what is told of it. */
const place = new AsyncLocalStorage<string>();

/** Does `work` under a name; statements that are slow in it are told under that name. */
export const under = <T>(name: string, work: () => T): T => place.run(name, work);

/** What the house tells whoever runs it: lines of JSON on stderr, and figures. No line holds data of persons, what somebody searched for, or a secret. */
export interface Log {
  /** @param where a name of ours: a route's pattern, a kind of job. Never an address that somebody asked for */
  fault(error: unknown, where: string): void;
  /** A statement that was run: its text with $1 for every value, and milliseconds. */
  statement(text: string, milliseconds: number): void;
  figures(): Figures;
}

export interface Figures {
  /** Since the process began; `lately` within the last minute. */
  outages: { kind: Outage; count: number; lately: boolean }[];
  slow: { endpoint: string; count: number }[];
}

/** A minute: how often the same thing is told again while it lasts, and for how long an outage counts as lasting. */
const lasting = 60_000;
const longestText = 2000;

/** What an operator can do about it. */
const advice: Record<Outage, string> = {
  unavailable: 'The database cannot be reached. Requests are answered 503 until it can; look whether PostgreSQL runs.',
  read_only: 'The database takes no changes (a standby, or default_transaction_read_only). Reading goes on, changes are answered 503 until it is writable.',
  storage_full: 'A disk is full or fails: of the database or of the data folder. What needs room is answered 503; make room, nothing has to be started again.',
  overloaded: 'The database had no connection free, took too long, or lost the same race again and again. Such requests are answered 503.',
};

/**
 * Text of an error without what may be somebody's: whatever stands in quotes (PostgreSQL and JSON.parse quote the value), mail addresses, paths and queries
 * of addresses, numbers as long as a phone's, and secrets.
 */
export function withoutData(text: string): string {
  return text
    .slice(0, longestText * 2)
    .replaceAll(/"[^"]*("|$)/g, '"…"')
    .replaceAll(/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?([^\s/?#]*)\S*/gi, '$1://$2/…')
    .replaceAll(/(?<![^\s<>()[\],;:@])[^\s<>()[\],;:@]+@[^\s<>()[\],;:]+/g, '…@…')
    .replaceAll(/\+?\d(?:[ .-]?\d){5,}/g, '…')
    .replaceAll(/(?<![\w-])(?=[\w-]*\d)[\w-]{20,}/g, '…');
}

const words = (value: unknown) => (typeof value === 'string' && /^[\w.-]{1,63}$/.test(value) ? value : undefined);

/** An error as a line tells it. Of PostgreSQL's the fields `detail`, `hint` and `where` are left out, because they hold rows. */
export function described(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: withoutData(String(error)) };
  const { code, constraint, table, column, routine, cause } = error as Error & Record<string, unknown>;
  // A class 42 is a statement of ours that is wrong; what it quotes is a name in it.
  const told = typeof code === 'string' && /^42(?!501)/.test(code) ? error.message : withoutData(error.message);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: `${error.name}: ${told.slice(0, longestText)}`,
    ...Object.fromEntries(Object.entries({ code, constraint, table, column, routine }).flatMap(([key, value]) => (words(value) === undefined ? [] : [[key, value]]))),
    stack: frames.map((line) => line.trim()),
    ...(cause === undefined || depth > 2 ? {} : { cause: described(cause, depth + 1) }),
  };
}

/** A statement's text on one line, without the values that are written into it. */
const bare = (text: string) =>
  text
    .replaceAll(/'(?:[^']|'')*'/g, "'…'")
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestText);

/**
 * @param slowMilliseconds from how long on a statement is told
 * @param monotonic milliseconds that no change of the clock moves
 */
export function openLog(clock: () => Clock, slowMilliseconds: number, write: (line: string) => void, monotonic: () => number = () => performance.now()): Log {
  const told = new Map<string, { at: number; kept: number }>();
  const seen = new Map<Outage, { at: number; count: number }>();
  const slow = new Map<string, number>();

  const line = (fields: Record<string, unknown>) => write(JSON.stringify({ at: clock().now().toISOString(), ...fields }));
  /** Tells once a minute what happens all the time, and how often it was not told. */
  function nowAndThen(key: string, fields: () => Record<string, unknown>): void {
    const now = monotonic();
    const before = told.get(key);
    if (before !== undefined && now - before.at < lasting) {
      before.kept += 1;
      return;
    }
    if (told.size > 1000) told.clear(); // names and statements are ours and not that many
    told.set(key, { at: now, kept: 0 });
    line({ ...fields(), ...(before !== undefined && before.kept > 0 ? { untold: before.kept } : {}) });
  }

  return {
    fault(error, where) {
      const outage = outageOf(error);
      if (outage === null) return line({ where, ...described(error) });
      seen.set(outage, { at: monotonic(), count: (seen.get(outage)?.count ?? 0) + 1 });
      // One cause for all that fails is told once; what is too slow is told for each place.
      nowAndThen(outage === 'overloaded' ? `${outage} ${where}` : outage, () => {
        const { error: text, code } = described(error);
        return { where, outage, advice: advice[outage], error: text, ...(code === undefined ? {} : { code }) };
      });
    },
    statement(text, milliseconds) {
      if (milliseconds < slowMilliseconds) return;
      const endpoint = place.getStore() ?? 'other';
      slow.set(endpoint, (slow.get(endpoint) ?? 0) + 1);
      const statement = bare(text);
      nowAndThen(`slow ${endpoint} ${statement}`, () => ({ where: endpoint, slow: Math.round(milliseconds), statement }));
    },
    figures: () => ({
      outages: outages.map((kind) => {
        const { at, count } = seen.get(kind) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
        return { kind, count, lately: monotonic() - at < lasting };
      }),
      slow: [...slow].map(([endpoint, count]) => ({ endpoint, count })),
    }),
  };
}
