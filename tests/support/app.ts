import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type pg from 'pg';
import { afterAll, expect } from 'vitest';
import { demonstrationRoutes, jobKinds, routes as liveRoutes } from '../../src/app/routes.ts';
import type { Intake } from '../../src/platform/config.ts';
import { connect, type Database } from '../../src/platform/db/connect.ts';
import { outageOf } from '../../src/platform/db/outages.ts';
import { type Files, openFiles } from '../../src/platform/files.ts';
import { httpApp } from '../../src/platform/http/app.ts';
import type { Route } from '../../src/platform/http/mount.ts';
import { type JobRoom, type Jobs, openJobs } from '../../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../../src/platform/keyed-hash.ts';
import { openLog } from '../../src/platform/log.ts';
import type { Mail } from '../../src/platform/mail/mailer.ts';
import { type Account, openOutside } from '../../src/platform/outside.ts';
import { type TestClock, testClock } from './clock.ts';
import { clientOf, connectionTo, dropDatabase, scratchDatabase } from './scratch.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test states what it expects to find here
  body: any;
  text: string;
  /** The answer as it came, for files. */
  bytes: Buffer;
  headers: Record<string, string | string[] | number | undefined>;
  cookies: { name: string; value: string }[];
}

type Headers = Record<string, string>;
export interface Requests {
  get(url: string, headers?: Headers): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  put(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  patch(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  delete(url: string, headers?: Headers): Promise<Answer>;
  /** Exactly these bytes, for what no honest client sends. */
  raw(options: InjectOptions): Promise<Answer>;
}

export interface TestApp {
  request(person: { token: string } | null): Requests;
  clock: TestClock;
  db: Database;
  /** What a job has to work with, for one that a test runs by hand. */
  room: JobRoom;
  /** Background work waits until a test drains it. */
  jobs: Jobs;
  /** What is done every minute, done once now, and the background work that follows from it. */
  sweep(): Promise<void>;
  /** Uploads that wait for a job. */
  files: Files;
  /** What left by mail, once the jobs were drained. */
  mails: Mail[];
  /** The superuser's connection: sees and writes everything, to prepare and to look. */
  owner: pg.Client;
  database: string;
  /** Another server of the same installation: own connections and own queue, the same database, files and clock. */
  second(): Promise<Pick<TestApp, 'request' | 'jobs'>>;
  /** What the product called a fault of its own. A test that provokes one takes it out; the file fails when any is left. */
  faults: unknown[];
  /** What the log told, line by line. */
  lines: string[];
}

function requestsTo(app: FastifyInstance, person: { token: string } | null): Requests {
  const send = async (options: InjectOptions): Promise<Answer> => {
    const headers = { ...(person === null ? {} : { cookie: `vejnet=${person.token}` }), ...options.headers };
    const answer = await app.inject({ ...options, headers });
    // Like a browser: a new token takes the place of the old one. One that is taken away is still tried, to see that it opens nothing.
    const given = answer.cookies.find(({ name }) => name === 'vejnet')?.value ?? '';
    if (person !== null && given !== '') person.token = given;
    const isJson = /json/.test(String(answer.headers['content-type'] ?? ''));
    return { status: answer.statusCode, body: isJson ? answer.json() : null, text: answer.body, bytes: answer.rawPayload, headers: answer.headers, cookies: answer.cookies };
  };
  const withBody =
    (method: 'POST' | 'PUT' | 'PATCH') =>
    (url: string, body?: unknown, headers: Headers = {}) =>
      send({ method, url, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return {
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    delete: (url, headers = {}) => send({ method: 'DELETE', url, headers }),
    raw: send,
  };
}

/** What a reader of /metrics on another machine must know. */
export const metricsToken = 'read-the-figures';

/**
 * The whole server without a port, on a database of this test file's own. Call it once at the top of the file: it closes itself afterwards
 * and fails the file when the product reported a fault that no test expected.
 * `database`: one that was made already, instead of a copy of the template; it is dropped at the end too.
 */
export async function testApp(
  options: {
    kind?: 'live' | 'demonstration';
    routes?: readonly Route[];
    now?: string;
    insideHosts?: readonly string[];
    intake?: Intake;
    cvr?: Account;
    slowMilliseconds?: number;
    database?: string;
  } = {},
): Promise<TestApp> {
  const kind = options.kind ?? 'live';
  const database = options.database ?? (await scratchDatabase(kind));
  const clock = testClock(options.now ?? '2026-11-17T09:00:00+01:00');
  const faults: unknown[] = [];
  const lines: string[] = [];
  const log = openLog(
    () => clock,
    options.slowMilliseconds ?? 5000,
    (line) => lines.push(line),
  );
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-files-'));
  const files = await openFiles(folder);
  const owner = await clientOf(database, 'admin');
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const url = new URL('http://localhost:3000');
  const keyedHash = await openKeyedHash(folder, 'ab'.repeat(32));
  const outside = openOutside(options.insideHosts ?? []);
  const intake = options.intake ?? null;
  const cvr = options.cvr === undefined ? {} : { cvr: options.cvr };
  // What the database or the disk did is no fault of the product; the log tells it.
  const onFault = (error: unknown, where: string) => {
    log.fault(error, where);
    if (outageOf(error) === null) faults.push(error);
  };
  const routes = options.routes ?? [...liveRoutes, ...(kind === 'demonstration' ? demonstrationRoutes : [])];
  const ends: (() => Promise<unknown>)[] = [];
  const serve = async () => {
    const { db, pool } = connect(connectionTo(database, 'app'), log.statement);
    const tools = { db, pool, clock, mailer, files, url, keyedHash, outside, intake, ...cvr };
    const jobs = await openJobs(connectionTo(database, 'app'), tools, jobKinds, onFault);
    const app = await httpApp({ ...tools, jobs }, routes, onFault, { pool, jobs, token: metricsToken, log });
    ends.push(async () => {
      await app.close();
      await jobs.stop();
      await db.destroy();
    });
    return { app, tools, jobs };
  };
  const { app, tools, jobs } = await serve();
  const { db } = tools;
  afterAll(async () => {
    for (const end of ends) await end();
    await owner.end();
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
    expect(faults, 'faults that no test expected').toEqual([]);
  });
  const room = { ...tools, jobs };
  const sweep = async () => {
    for (const kind of jobKinds) if (kind.everyMinute) await kind.run(room, {});
    await jobs.drain();
  };
  const second = async () => {
    const other = await serve();
    return { request: (person: { token: string } | null) => requestsTo(other.app, person), jobs: other.jobs };
  };
  return { request: (person) => requestsTo(app, person), second, clock, db, room, jobs, sweep, files, mails, owner, database, faults, lines };
}
