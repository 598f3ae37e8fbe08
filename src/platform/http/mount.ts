import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { type Access, audienceOf, type Role } from '../../kit/access.ts';
import type { Endpoint, InputOf, OutputOf } from '../../kit/endpoint.ts';
import { Problem, problem } from '../../kit/problem.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../db/transaction.ts';
import { newId } from '../ids.ts';
import { type Context, deviceOf, sessionCookie, writeSessionCookie } from './context.ts';

/** An endpoint with the function that answers it. */
export interface Route {
  endpoint: Endpoint;
  handler(context: Context, input: unknown): Promise<unknown>;
}

/** Ties a handler to its endpoint; both sides are checked by the compiler. */
export const route = <E extends Endpoint>(endpoint: E, handler: (context: Context, input: InputOf<E>) => Promise<OutputOf<E>>): Route => ({ endpoint, handler: handler as Route['handler'] });

export interface Spine {
  db: Database;
  clock: Clock;
  /** Public address: origin check and secure cookies follow it. */
  url: URL;
}

const dayIn = (zone: string, now: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);

/** Session -> who acts. No cookie, an unknown, ended or expired one, and a person who is nothing here any more are all "nobody". */
async function actorOf(spine: Spine, request: FastifyRequest): Promise<Actor | null> {
  const token = request.cookies[sessionCookie(spine.url.protocol === 'https:')];
  if (token === undefined || token.length > 200) return null;
  const hash = createHash('sha256').update(token).digest();
  const found = await sql<{ session_id: string; person_id: string; centre_id: string | null; tz: string; school_id: string | null; organisation_id: string | null; as_coordinator: boolean; roles: Role[] }>`
    select * from vn.open_session(${hash}, ${spine.clock.now().toISOString()})`.execute(spine.db);
  const row = found.rows[0];
  if (row === undefined) return null;
  return {
    audience: audienceOf(row.roles),
    personId: row.person_id,
    centreId: row.centre_id,
    schoolId: row.school_id,
    organisationId: row.organisation_id,
    asCoordinator: row.as_coordinator,
    roles: row.roles,
    sessionId: row.session_id,
    zone: row.tz,
  };
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
  if (endpoint.method !== 'POST' || typeof key !== 'string' || actor.personId === null) return null;
  if (key.length < 1 || key.length > 200) throw problem('invalid', { fields: [{ path: 'Idempotency-Key', code: 'format' }] });
  return key;
}

interface Answer {
  status: number;
  text: string | null;
}

/** The kept answer of an earlier request with the same key; claims the key when there is none. */
async function earlierAnswer(tx: Tx, key: string, hash: string): Promise<Answer | null> {
  const found = await sql<{ status: number | null; answer: string | null; hash_differs: boolean }>`select * from vn.claim_idempotency(${key}, ${hash})`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) return null;
  if (row.hash_differs || row.status === null) throw problem('idempotency_key_reused');
  return { status: row.status, text: row.answer };
}

function contextFor(spine: Spine, endpoint: Endpoint, request: FastifyRequest, actor: Actor, now: Date, tx: Tx, onSession: (token: string | null) => void): Context {
  return {
    tx,
    actor,
    now,
    today: dayIn(actor.zone, now),
    version: versionOf(endpoint, request),
    device: deviceOf(request),
    newId: () => newId(spine.clock.now()),
    setSession: onSession,
    async audit(event, subject, data = {}) {
      if (actor.centreId === null) return; // outside a centre there is only the reader of published figures, who changes nothing
      await tx
        .insertInto('audit')
        .values({ centre_id: actor.centreId, id: newId(spine.clock.now()), at: now.toISOString(), person_id: actor.personId, as_coordinator: actor.asCoordinator, event, subject, data: JSON.stringify(data) })
        .execute();
    },
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
export function mount(app: FastifyInstance, spine: Spine, { endpoint, handler }: Route, read: (shape: Endpoint['body'], value: unknown) => unknown): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  app.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    // Before the body is read: whoever may not ask does not get to send.
    onRequest: async (request) => {
      if (endpoint.method !== 'GET') ownOrigin(spine, request);
      actors.set(request, permit(endpoint.access, await actorOf(spine, request)));
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = actors.get(request);
      if (actor === undefined) throw new Error('no actor');
      const input = { params: read(endpoint.params, request.params), query: read(endpoint.query, request.query), body: read(endpoint.body, request.body) };
      const key = keyOf(endpoint, request, actor);
      const now = spine.clock.now();
      let token: string | null | undefined;
      const answer = await inTransaction<Answer>(spine.db, actor, now, endpoint.method === 'GET', async (tx) => {
        if (key !== null) {
          const hash = createHash('sha256').update(`${endpoint.name} ${JSON.stringify(input)}`).digest('base64url');
          const earlier = await earlierAnswer(tx, key, hash);
          if (earlier !== null) return earlier;
        }
        const context = contextFor(spine, endpoint, request, actor, now, tx, (value) => {
          token = value;
        });
        const text = checked(endpoint, await handler(context, input));
        if (key !== null) await sql`select vn.keep_answer(${key}, ${endpoint.status}, ${text})`.execute(tx);
        return { status: endpoint.status, text };
      });
      if (token !== undefined) writeSessionCookie(reply, token, spine.url.protocol === 'https:');
      reply.code(answer.status);
      if (answer.text === null) return reply.send();
      return reply.type('application/json; charset=utf-8').send(answer.text);
    },
  });
}

/** Every refusal in one shape (RFC 9457); a fault of ours says only that it is one. */
export function answerProblem(reply: FastifyReply, refusal: Problem): FastifyReply {
  if (refusal.status === 503) reply.header('retry-after', '10');
  return reply.code(refusal.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(refusal.body()));
}
