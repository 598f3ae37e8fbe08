import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { buildDemonstration } from '../../demo/build.ts';
import { makeFirstDays } from '../../demo/first-days.ts';
import { buildWeb } from '../../scripts/build-web.ts';
import { problem } from '../kit/problem.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { connect } from '../platform/db/connect.ts';
import { openDatabase } from '../platform/db/open.ts';
import { openFiles } from '../platform/files.ts';
import { httpApp } from '../platform/http/app.ts';
import { answerProblem } from '../platform/http/mount.ts';
import { openJobs } from '../platform/jobs/jobs.ts';
import { openKeyedHash } from '../platform/keyed-hash.ts';
import { openLog } from '../platform/log.ts';
import { keptMail, smtpMailer } from '../platform/mail/mailer.ts';
import { openAccount, openOutside } from '../platform/outside.ts';
import { demonstrationRoutes, jobKinds, routes } from './routes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const publicPages = [
  '/sign-in',
  '/sign-in/back/*',
  '/accessibility',
  '/privacy',
  '/mailbox',
  '/hearing',
  '/ask',
  '/company',
  '/meeting',
  '/adviser',
  '/corner',
  '/corner-poster',
  '/wishes',
  '/wish-paper',
  '/wish-steward',
  '/wish-counts',
  '/pool-ask',
  '/pool-board',
  '/open-events',
  '/find-a-course',
  '/event',
  '/event-place',
  '/class-seat',
];
/** What belongs to the phone page beside its chunks: the worker must lie above the addresses that it serves. */
const phoneFiles = ['phone-worker.js', 'phone.webmanifest', 'phone-icon.svg', 'phone-icon-192.png', 'phone-icon-512.png'];

/** The built pages: one entry for everybody (plain, small), one for the road, one for those who work here; unknown addresses get the latter, which says so in words. */
async function servePages(app: FastifyInstance): Promise<void> {
  const web = path.join(root, 'dist/web');
  if (!existsSync(web)) return;
  await app.register(fastifyStatic, { root: path.join(web, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d', index: false });
  const page = (name: string) => (_request: unknown, reply: FastifyReply) => reply.header('cache-control', 'no-cache').sendFile(name, web);
  for (const address of publicPages) app.get(address, page('public.html'));
  for (const address of ['/phone', '/phone/*']) app.get(address, page('phone.html'));
  for (const name of phoneFiles) app.get(`/${name}`, page(name));
  app.get('/was', (_request, reply) => reply.redirect('/accessibility')); // the short address that the law's statement register points to
  const workplace = page('index.html');
  app.get('/*', (request, reply) => (request.url.startsWith('/api/') ? answerProblem(reply, problem('not_found')) : workplace(request, reply)));
}

export interface Running {
  address: string;
  stop(): Promise<void>;
}

/**
 * Starts everything on `config` and says where it listens.
 * @param onLost told when this server must stop, because another one took its database
 */
export async function startServer(config: Config, onLost?: (error: Error) => void): Promise<Running> {
  const database = await openDatabase(config, 'server', onLost);
  try {
    let clock: Clock = systemClock;
    const log = openLog(
      () => clock,
      config.slowMilliseconds,
      (line) => console.error(line),
    );
    const { db, pool } = connect(database.app, log.statement);
    let prepare: ((app: FastifyInstance) => Promise<void>) | null = null;
    if (config.mode === 'demonstration') {
      if (database.admin === null) throw new ConfigError('A demonstration on your own PostgreSQL needs DATABASE_ADMIN_URL.');
      const demonstration = await buildDemonstration(database.admin);
      clock = demonstration.clock;
      if (demonstration.fresh) prepare = (app) => makeFirstDays(app, demonstration.clock);
    }
    const mailer = config.smtpUrl === null ? keptMail : smtpMailer(config.smtpUrl, config.mailFrom);
    const files = await openFiles(path.join(config.folder, 'files'));
    const keyedHash = await openKeyedHash(config.folder, process.env.VEJNET_KEY);
    const outside = openOutside(config.insideHosts);
    const cvr = config.cvr === null ? {} : { cvr: openAccount(config.cvr) };
    const jobs = await openJobs(database.app, { db, pool, clock, mailer, files, url: config.url, keyedHash, outside, intake: config.intake, ...cvr }, jobKinds, log.fault);
    const mounted = [...routes, ...(config.mode === 'demonstration' ? demonstrationRoutes : [])];
    const app = await httpApp({ db, clock, url: config.url, proxies: config.proxies, jobs, files, keyedHash, outside, intake: config.intake, ...cvr }, mounted, log.fault, {
      pool,
      jobs,
      token: config.metricsToken,
      log,
    });
    await servePages(app);
    await prepare?.(app);
    await jobs.work();
    await app.listen({ host: config.host, port: config.port });
    const listening = app.server.address();
    return {
      // Port 0 is whichever was free.
      address: config.port === 0 && listening !== null && typeof listening === 'object' ? `http://${config.host}:${listening.port}` : config.url.origin,
      async stop() {
        await app.close();
        await jobs.stop();
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
  const running = await startServer(config, (error) => {
    console.error(error.message);
    process.exit(1); // without a word to the database: it is the other server's
  });
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
