import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { type Access, audienceOf, type Role } from '../../kit/access.ts';
import type { Endpoint, InputOf, OutputOf } from '../../kit/endpoint.ts';
import { type Problem, problem } from '../../kit/problem.ts';
import { type Clock, canMove } from '../clock.ts';
import type { Intake } from '../config.ts';
import type { Database } from '../db/connect.ts';
import { type Actor, inTransaction, noteAtOnce, type Tx, visitor } from '../db/transaction.ts';
import type { Files } from '../files.ts';
import { newId } from '../ids.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { under } from '../log.ts';
import type { Account, Outside } from '../outside.ts';
import { browserCookie, type Context, deviceOf, sessionCookie, working, writeBrowserCookie, writeSessionCookie } from './context.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name that requests are counted under. */
    endpoint?: string;
  }
}

/** What may be asked about a request before its body is read. */
export interface Knock {
  intake: Intake | null;
  query: Record<string, unknown>;
  authorization: string | undefined;
}

/** An endpoint with the function that answers it. */
export interface Route {
  endpoint: Endpoint;
  handler(context: Context, input: unknown, brought: unknown): Promise<unknown>;
  /** Done before the handler's transaction begins; its answer is handed to the handler. */
  before?: (asking: Asking, input: unknown) => Promise<unknown>;
  /** Throws the problem of one who may not come in: for endpoints that other servers call with a key. */
  admit?: ((knock: Knock) => void) | undefined;
}

/** Ties a handler to its endpoint; both sides are checked by the compiler. */
export const route = <E extends Endpoint>(endpoint: E, handler: (context: Context, input: InputOf<E>) => Promise<OutputOf<E>>, admit?: Route['admit']): Route => ({
  endpoint,
  handler: handler as Route['handler'],
  admit,
});

/** What has to be done before the transaction begins: other servers are asked there, because no transaction waits for them, and what may be used once is used up there. */
export interface Asking extends Spine, Pick<Context, 'browser'> {
  actor: Actor;
}

/** Like `route`, with something done first. */
export const routeAfter = <E extends Endpoint, Brought>(
  endpoint: E,
  before: (asking: Asking, input: InputOf<E>) => Promise<Brought>,
  handler: (context: Context, input: InputOf<E>, brought: Brought) => Promise<OutputOf<E>>,
): Route => ({ endpoint, before: before as Route['before'], handler: handler as Route['handler'] }) as Route;

export interface Spine {
  db: Database;
  clock: Clock;
  /** Public address: origin check and secure cookies follow it. */
  url: URL;
  /** How many proxies stand in front; none where it is not said. */
  proxies?: number;
  jobs: Pick<Jobs, 'enqueue'>;
  files: Files;
  keyedHash: KeyedHash;
  outside: Outside;
  intake: Intake | null;
  /** CVR’s own index; absent where it is not asked. */
  cvr?: Account;
  /** Another than `patienceWithReaders`, for tests. */
  patience?: typeof patienceWithReaders;
}

/** Who asks: a person at a screen, or a machine with a key, which may be for reading only. */
interface Caller {
  actor: Actor;
  key: { writes: boolean } | null;
}

interface Found {
  person_id: string;
  centre_id: string | null;
  tz: string;
  school_id: string | null;
  organisation_id: string | null;
  as_coordinator: boolean;
  roles: Role[];
}
const actorFrom = (row: Found, sessionId: string | null): Actor => ({
  audience: audienceOf(row.roles),
  personId: row.person_id,
  centreId: row.centre_id,
  schoolId: row.school_id,
  organisationId: row.organisation_id,
  asCoordinator: row.as_coordinator,
  roles: row.roles,
  sessionId,
  zone: row.tz,
});
const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** How often one key may ask. The answer's RateLimit and RateLimit-Policy headers say so (draft-ietf-httpapi-ratelimit-headers). */
const keyRate = { count: 600, seconds: 60 };

/** A key in the head of a request -> who acts. Null where there is none of ours; one that is unknown, ended or expired is refused even where anyone may come in. */
async function callerByKey(spine: Spine, request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> {
  const token = /^bearer +(vejnet_[\w-]{43})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return null;
  const found = await sql<Found & { writes: boolean; remaining: number; resets: number }>`
    select * from vn.open_api_key(${hashOf(token)}, ${spine.clock.now().toISOString()}, ${keyRate.count}, ${keyRate.seconds})`.execute(spine.db);
  const row = found.rows[0];
  if (row === undefined) throw problem('unauthenticated');
  reply.header('ratelimit-policy', `"key";q=${keyRate.count};w=${keyRate.seconds}`).header('ratelimit', `"key";r=${Math.max(0, row.remaining)};t=${row.resets}`);
  if (row.remaining < 0) throw problem('too_many_requests', { about: { seconds: row.resets } });
  return { actor: actorFrom(row, null), key: { writes: row.writes } };
}

/** What a key never may, whoever it stands for. */
function permitKey(endpoint: Endpoint, key: Caller['key']): void {
  if (key === null) return;
  if (endpoint.bySession === true) throw problem('key_not_enough');
  if (!key.writes && endpoint.method !== 'GET') throw problem('key_reads_only');
}

/** Session -> who acts. No cookie, an unknown, ended or expired one, and a person who is nothing here any more are all "nobody". */
async function actorOf(spine: Spine, request: FastifyRequest): Promise<Actor | null> {
  const token = request.cookies[sessionCookie(spine.url.protocol === 'https:')];
  if (token === undefined || token.length > 200) return null;
  const found = await sql<Found & { session_id: string }>`select * from vn.open_session(${hashOf(token)}, ${spine.clock.now().toISOString()})`.execute(spine.db);
  const row = found.rows[0];
  return row === undefined ? null : actorFrom(row, row.session_id);
}

function permit(access: Access, actor: Actor | null): Actor {
  if (access === 'anyone') return actor ?? visitor;
  if (actor === null) throw problem('unauthenticated');
  if (access !== 'signed-in' && !access.some((role) => actor.roles.includes(role))) throw problem('forbidden');
  return actor;
}

/** A browser says where a request comes from; another site's is refused, and one that says nothing (a script, an old browser) is let in. */
function ownOrigin(spine: Spine, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw problem('foreign_origin');
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== spine.url.origin) throw problem('foreign_origin');
}

function versionOf(endpoint: Endpoint, request: FastifyRequest): number {
  if (endpoint.edits !== true) return 0;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '');
  if (match?.[1] === undefined) throw problem('version_required');
  return Number(match[1]);
}

function keyOf(endpoint: Endpoint, request: FastifyRequest, actor: Actor): string | null {
  const key = request.headers['idempotency-key'];
  if (endpoint.method !== 'POST' || typeof key !== 'string' || actor.personId === null || endpoint.access === 'anyone') return null; // signing in sets a cookie each time
  if (key.length < 1 || key.length > 200) throw problem('invalid', { fields: [{ path: 'Idempotency-Key', code: 'format' }] });
  return key;
}

interface Answer {
  status: number;
  text: string | null;
}

/** Counted in a statement of its own, so that a refused request counts too. */
async function withinLimits(spine: Spine, endpoint: Endpoint, request: FastifyRequest, body: unknown): Promise<void> {
  for (const { count, seconds, by } of endpoint.limits ?? []) {
    const email = (body as { email?: unknown } | undefined)?.email;
    if (by === 'email' && typeof email !== 'string') continue;
    // Neither who asked nor what stands in the table in clear: employees answer without a name.
    const key = spine.keyedHash(`rate ${endpoint.name} ${by === 'address' ? request.ip : String(email).toLowerCase()}`).toString('base64url');
    const taken = await sql<{ ok: boolean }>`select vn.take_rate(${key}, ${count}, ${seconds}, ${spine.clock.now().toISOString()}) ok`.execute(spine.db);
    if (taken.rows[0]?.ok !== true) throw problem('too_many_requests', { about: { seconds } });
  }
}

/** Reading a person's data leaves a line, in a short transaction of its own: the request's was read-only. A reader need not wait for the disk. */
async function logAccess(spine: Spine, endpoint: Endpoint, actor: Actor, about: unknown): Promise<void> {
  if (endpoint.logsAccess !== true || actor.centreId === null || actor.personId === null) return;
  const now = spine.clock.now();
  await noteAtOnce(spine.db, actor, now, 'vn.access_log', {
    centre_id: actor.centreId,
    id: newId(now),
    at: now.toISOString(),
    person_id: actor.personId,
    endpoint: endpoint.name,
    about: JSON.stringify(about),
  });
}

/** The kept answer of an earlier request with the same key; claims the key when there is none. */
async function earlierAnswer(tx: Tx, key: string, hash: string): Promise<Answer | null> {
  const found = await sql<{ status: number | null; answer: string | null; hash_differs: boolean }>`select * from vn.claim_idempotency(${key}, ${hash})`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) return null;
  if (row.hash_differs || row.status === null) throw problem('idempotency_key_reused');
  return { status: row.status, text: row.answer };
}

const browserOf = ({ url }: Spine, request: FastifyRequest): string | null => request.cookies[browserCookie(url.protocol === 'https:')] ?? null;

interface Aside {
  upload: Context['upload'];
  content: Context['content'];
  reply: FastifyReply;
  onSession(token: string | null): void;
  onClock(offset: number): void;
}

function contextFor(spine: Spine, endpoint: Endpoint, request: FastifyRequest, actor: Actor, now: Date, tx: Tx, { upload, content, reply, onSession, onClock }: Aside): Context {
  return {
    ...working(spine, actor, now, tx),
    version: versionOf(endpoint, request),
    device: deviceOf(request),
    setSession: onSession,
    browser: browserOf(spine, request),
    setBrowser: (value) => writeBrowserCookie(reply, value, spine.url.protocol === 'https:'),
    async moveClock(instant) {
      if (!canMove(spine.clock)) return false;
      const offset = spine.clock.offsetTo(instant);
      const moved = await sql<{ ok: boolean }>`select vn.move_clock(${offset}) ok`.execute(tx);
      if (moved.rows[0]?.ok !== true) return false;
      onClock(offset);
      return true;
    },
    upload,
    content,
    nameDownload: (name) => void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`),
  };
}

/** Whether the answer is what the contract promises; anything else is a fault of ours and is rolled back. */
function checked(endpoint: Endpoint, output: unknown): string | null {
  if (endpoint.status === 204) return null;
  const result = endpoint.output.safeParse(output);
  if (!result.success) throw new Error(`${endpoint.name} answered outside its contract: ${result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`);
  return JSON.stringify(result.data);
}

/**
 * The spine of every request: session -> permission -> validate -> BEGIN + actor -> handler -> check the answer -> COMMIT.
 * Answers 401 before 403 before 404, and the answer is sent only after COMMIT.
 */
export function mount(app: FastifyInstance, spine: Spine, { endpoint, handler, admit, before }: Route, read: (shape: Endpoint['body'], value: unknown) => unknown): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  app.route({
    method: endpoint.method,
    config: { endpoint: endpoint.name },
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    // Before the body is read: whoever may not ask does not get to send.
    onRequest: (request, reply) =>
      under(endpoint.name, async () => {
        const machine = await callerByKey(spine, request, reply);
        // A key is not sent along by a browser of its own accord, so another site gains nothing by it.
        if (endpoint.method !== 'GET' && machine === null) ownOrigin(spine, request);
        actors.set(request, permit(endpoint.access, machine === null ? await actorOf(spine, request) : machine.actor));
        permitKey(endpoint, machine?.key ?? null);
        admit?.({ intake: spine.intake, query: request.query as Record<string, unknown>, authorization: request.headers.authorization });
      }),
    handler: (request: FastifyRequest, reply: FastifyReply) =>
      under(endpoint.name, async () => {
        const actor = actors.get(request);
        if (actor === undefined) throw new Error('no actor');
        const input = { params: read(endpoint.params, request.params), query: read(endpoint.query, request.query), body: endpoint.upload ? undefined : read(endpoint.body, request.body) };
        await withinLimits(spine, endpoint, request, input.body);
        const key = keyOf(endpoint, request, actor);
        const brought = await before?.({ ...spine, actor, browser: browserOf(spine, request) }, input);
        const now = spine.clock.now();
        const content = endpoint.uploadBytes === undefined ? null : await takeContent(request, endpoint.uploadBytes);
        const upload = endpoint.upload && content === null ? await keepUpload(spine, request) : null;
        let token: string | null | undefined;
        let offset: number | undefined;
        const aside: Aside = {
          upload,
          content,
          reply,
          onSession: (value) => {
            token = value;
          },
          onClock: (value) => {
            offset = value;
          },
        };
        try {
          const answer = await untilNoDeadlock(() =>
            inTransaction<Answer>(
              spine.db,
              actor,
              now,
              endpoint.method === 'GET',
              async (tx) => {
                if (key !== null) {
                  // Under another hat the same request is another one: what was answered to the one is not for the other to read.
                  const { centreId, schoolId, organisationId, asCoordinator } = actor;
                  const hash = createHash('sha256')
                    .update(`${endpoint.name} ${JSON.stringify([input, centreId, schoolId, organisationId, asCoordinator])}`)
                    .update(content ?? '')
                    .digest('base64url');
                  const earlier = await earlierAnswer(tx, key, hash);
                  if (earlier !== null) {
                    if (upload !== null) await spine.files.remove(upload.file);
                    return earlier;
                  }
                }
                const output = await handler(contextFor(spine, endpoint, request, actor, now, tx, aside), input, brought);
                if (endpoint.download !== undefined) return streamOut(reply, endpoint.download, output as AsyncIterable<string | Uint8Array>, spine.patience);
                const text = checked(endpoint, output);
                if (key !== null && endpoint.answersSecret !== true) await sql`select vn.keep_answer(${key}, ${endpoint.status}, ${text})`.execute(tx);
                return { status: endpoint.status, text };
              },
              endpoint.snapshot,
            ),
          );
          if (offset !== undefined && canMove(spine.clock)) spine.clock.move(offset);
          await logAccess(spine, endpoint, actor, { params: input.params, query: input.query });
          if (endpoint.download !== undefined) return reply;
          if (token !== undefined) writeSessionCookie(reply, token, spine.url.protocol === 'https:');
          reply.code(answer.status);
          if (answer.text === null) return reply.send();
          return reply.type('application/json; charset=utf-8').send(answer.text);
        } catch (error) {
          if (upload !== null) await spine.files.remove(upload.file);
          throw error;
        }
      }),
  });
}

/** VN006: a company came to be blocked between being drawn and being written onto a list. */
const lostRace = new Set(['40P01', '40001', 'VN006']);

/** PostgreSQL ends one of two transactions that wait for each other; nothing of it has happened, so it is simply done again. */
async function untilNoDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 4 || !lostRace.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}

/** A broken upload leaves nothing behind; a whole one waits for whoever reads it. */
async function keepUpload(spine: Spine, request: FastifyRequest): Promise<{ file: string; bytes: number }> {
  const file = newId(spine.clock.now());
  const { bytes } = await spine.files.keep(file, request.body instanceof Readable ? request.body : Readable.from([]));
  return { file, bytes };
}

/** A small file, whole; what comes beyond the limit is not kept. */
async function takeContent(request: FastifyRequest, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  if (request.body instanceof Readable)
    for await (const piece of request.body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > most) break;
      pieces.push(piece);
    }
  if (bytes > most) {
    (request.body as Readable).resume(); // who is still sending must come to its end to hear the answer
    throw problem('too_large');
  }
  return Buffer.concat(pieces);
}

/** Milliseconds that whoever fetches a file may take nothing of it, and may take for all of it: a connection of the database waits along, and there are twenty. */
const patienceWithReaders = { still: 30_000, whole: 30 * 60_000 };

/** Rows are fetched while the file goes out, so the transaction stays open until the last one is sent, or its reader hangs up or is hung up on. */
async function streamOut(reply: FastifyReply, type: string, rows: AsyncIterable<string | Uint8Array>, patience = patienceWithReaders): Promise<Answer> {
  let waiting: NodeJS.Timeout | undefined;
  const hangUp = () => {
    reply.raw.destroy();
    source.destroy();
  };
  async function* paced() {
    for await (const piece of rows) {
      waiting = setTimeout(hangUp, patience.still);
      yield piece;
      clearTimeout(waiting);
    }
  }
  const source = Readable.from(paced());
  const whole = setTimeout(hangUp, patience.whole);
  try {
    reply.type(type).send(source);
    await finished(source);
  } catch (error) {
    // One of the two hung up. It is rolled back, and nobody is there to be told; what failed here has an error of its own.
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw problem('unavailable');
  } finally {
    clearTimeout(waiting);
    clearTimeout(whole);
  }
  return { status: 200, text: null };
}

/** Every refusal in one shape (RFC 9457); a fault of ours says only that it is one. */
export function answerProblem(reply: FastifyReply, refusal: Problem): FastifyReply {
  if (refusal.status === 429) reply.header('retry-after', String(refusal.details.about?.seconds ?? 60));
  if (refusal.status === 503) reply.header('retry-after', '10');
  return reply.code(refusal.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(refusal.body()));
}
