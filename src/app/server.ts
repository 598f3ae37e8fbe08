import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { buildDemonstration } from '../../demo/build.ts';
import { buildWeb } from '../../scripts/build-web.ts';
import { problem } from '../kit/problem.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { connect } from '../platform/db/connect.ts';
import { openDatabase } from '../platform/db/open.ts';
import { httpApp } from '../platform/http/app.ts';
import { answerProblem } from '../platform/http/mount.ts';
import { demonstrationRoutes, routes } from './routes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const publicPages = ['/sign-in', '/accessibility', '/privacy', '/was'];

/** The built pages: one entry for everybody (plain, small), one for those who work here; unknown addresses get the latter, which says so in words. */
async function servePages(app: FastifyInstance): Promise<void> {
  const web = path.join(root, 'dist/web');
  if (!existsSync(web)) return;
  await app.register(fastifyStatic, { root: path.join(web, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d', index: false });
  const page = (name: string) => (_request: unknown, reply: FastifyReply) => reply.header('cache-control', 'no-cache').sendFile(name, web);
  for (const address of publicPages) app.get(address, page('public.html'));
  const workplace = page('index.html');
  app.get('/*', (request, reply) => (request.url.startsWith('/api/') ? answerProblem(reply, problem('not_found')) : workplace(request, reply)));
}

export interface Running {
  address: string;
  stop(): Promise<void>;
}

/** Starts everything on `config` and says where it listens. */
export async function startServer(config: Config): Promise<Running> {
  const database = await openDatabase(config, 'server');
  try {
    const { db, pool } = connect(database.app);
    let clock: Clock = systemClock;
    if (config.mode === 'demonstration') {
      if (database.admin === null) throw new ConfigError('A demonstration on your own PostgreSQL needs DATABASE_ADMIN_URL.');
      clock = await buildDemonstration(database.admin);
    }
    const app = await httpApp({ db, clock, url: config.url }, [...routes, ...(config.mode === 'demonstration' ? demonstrationRoutes : [])], (error, where) => {
      console.error(JSON.stringify({ at: clock.now().toISOString(), where, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
    });
    await servePages(app);
    await app.listen({ host: config.host, port: config.port });
    return {
      address: config.url.origin,
      async stop() {
        await app.close();
        await db.destroy();
        await pool.end().catch(() => undefined);
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function main(): Promise<void> {
  const mode = process.argv.includes('--demo') ? 'demonstration' : 'live';
  const config = readConfig(process.env, root, mode);
  if (await buildWeb()) console.log('The web was built.');
  const running = await startServer(config);
  console.log(mode === 'demonstration' ? `The demonstration is ready: ${running.address}` : `Vejnet is ready: ${running.address}`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error && ['ConfigError', 'EmbeddedDatabaseError', 'Error'].includes(error.constructor.name) ? error.message : error);
    process.exit(1);
  });
}
