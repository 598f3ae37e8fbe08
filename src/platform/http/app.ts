import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { sql } from 'kysely';
import type { Endpoint } from '../../kit/endpoint.ts';
import { Problem, problem } from '../../kit/problem.ts';
import { outageOf } from '../db/outages.ts';
import { fromDatabase } from './database-problems.ts';
import { docsPage } from './docs.ts';
import { type Measured, serveMetrics } from './metrics.ts';
import { answerProblem, mount, type Route, type Spine } from './mount.ts';
import { openapi } from './openapi.ts';
import { read } from './validate.ts';

const malformed = problem('invalid', { fields: [{ path: '', code: 'malformed' }] });
const parserProblems: Record<string, Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: problem('too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem('unsupported_media'),
};

function problemOf(error: FastifyError | Error): Problem | null {
  if (error instanceof Problem) return error;
  const known = parserProblems[(error as FastifyError).code ?? ''];
  if (known !== undefined) return known;
  const status = (error as FastifyError).statusCode;
  if (status !== undefined && status >= 400 && status < 500) return malformed;
  return fromDatabase(error);
}

/**
 * The HTTP server without a port: security headers, every endpoint through the one spine, the contract as a document, health, and figures where `measured` is given.
 * @param onFault told of faults of ours, and of outages of the database and the disk
 */
export async function httpApp(spine: Spine, routes: readonly Route[], onFault: (error: unknown, where: string) => void, measured?: Measured): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded is refused before any route, past the error handler below.
    frameworkErrors: (_error, _request, reply) => void answerProblem(reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }) as unknown as FastifyReply, malformed),
    // Of X-Forwarded-For only what so many proxies of the operator's own wrote is believed; what stands before it anybody can write.
    trustProxy: (_address, hop) => hop < (spine.proxies ?? 0),
  });
  app.removeContentTypeParser('text/plain'); // JSON is the only body there is; a form on another site can send plain text
  const secure = spine.url.protocol === 'https:';
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = problemOf(error);
    if (refusal === null || outageOf(error) !== null) onFault(error, `${request.method} ${request.routeOptions.url ?? ''}`);
    return answerProblem(reply, refusal ?? problem('internal'));
  });
  app.setNotFoundHandler((_request, reply) => answerProblem(reply, problem('not_found')));

  if (measured !== undefined) serveMetrics(app, measured);
  for (const each of routes) if (!each.endpoint.upload) mount(app, spine, each, read);
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload)); // the stream itself; its size is the disk's affair
    for (const each of routes) if (each.endpoint.upload) mount(uploads, spine, each, read);
  });
  const endpoints: Endpoint[] = routes.map((each) => each.endpoint);
  let contract: { document: Record<string, unknown>; text: string } | undefined;
  const made = () => {
    const document = openapi(endpoints, spine.url.origin);
    return { document, text: JSON.stringify(document) };
  };
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send((contract ??= made()).text));
  for (const url of ['/api/docs', '/api/docs/:tag']) {
    app.get(url, async (request, reply) => {
      const found = docsPage((contract ??= made()).document, spine.url.origin, (request.params as { tag?: string }).tag ?? null);
      return found === null ? answerProblem(reply, problem('not_found')) : reply.type('text/html; charset=utf-8').send(found);
    });
  }
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      const found = await sql<{ closed: boolean }>`select current_setting('transaction_read_only')::boolean closed`.execute(spine.db);
      // Reading goes on, so whoever shares out requests goes on sending them; what is short is told beside it.
      const short = (measured?.log?.figures().outages ?? []).filter(({ kind, lately }) => lately && kind !== 'unavailable' && kind !== 'read_only').map(({ kind }) => kind);
      const because = [...(found.rows[0]?.closed === true ? ['read_only'] : []), ...short];
      return because.length === 0 ? { status: 'ready' } : { status: 'limited', because };
    } catch (error) {
      return answerProblem(reply, problem(outageOf(error) ?? 'unavailable'));
    }
  });
  return app;
}
