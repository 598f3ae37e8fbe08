import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { fast } from '../../scripts/fast-server.ts';
import { jobKinds } from '../../src/app/routes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { connect } from '../../src/platform/db/connect.ts';
import { type EmbeddedDatabase, openEmbedded } from '../../src/platform/db/embedded.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openFiles } from '../../src/platform/files.ts';
import { openJobs } from '../../src/platform/jobs/jobs.ts';
import { keptMail } from '../../src/platform/mail/mailer.ts';
import { openOutside } from '../../src/platform/outside.ts';

const migrations = path.resolve(import.meta.dirname, '../../migrations');

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the one test database server's socket. */
    socket: string;
  }
}

/** The queue makes its own tables at its first start: once, in the template. */
async function prepareQueue(connection: pg.ClientConfig): Promise<void> {
  const { db, pool } = connect(connection);
  const refuse = (error: unknown) => {
    throw error;
  };
  const jobs = await openJobs(
    connection,
    {
      db,
      pool,
      clock: systemClock,
      mailer: keptMail,
      files: await openFiles(path.join(os.tmpdir(), 'vejnet-no-files')),
      url: new URL('http://localhost:3000'),
      keyedHash: () => Buffer.alloc(32),
      outside: openOutside([]),
      intake: null,
    },
    jobKinds,
    refuse,
  );
  await jobs.stop();
  await db.destroy();
}

/** The packaged server in a folder of its own; or the one whose socket's folder VEJNET_TEST_SOCKET names, where `postgres` is let in unasked (npm run test:pg15). */
async function testServer(): Promise<Pick<EmbeddedDatabase, 'connection' | 'close'>> {
  const socket = process.env.VEJNET_TEST_SOCKET;
  if (socket !== undefined) return { connection: (database, as) => ({ host: socket, database, user: as === 'admin' ? 'postgres' : 'vn_app' }), close: async () => undefined };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-test-'));
  chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
  const cluster = await openEmbedded(folder, fast);
  const close = async () => {
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { connection: cluster.connection, close };
}

/** One database server for the whole run, with a migrated template of each kind: a test file gets its own copy in milliseconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await testServer();
  const owner = new pg.Client(cluster.connection('postgres', 'admin'));
  await owner.connect();
  await owner.query('create database template_live');
  await migrate(cluster.connection('template_live', 'admin'), migrations, 'live');
  await prepareQueue(cluster.connection('template_live', 'app'));
  await owner.query('create database template_demonstration template template_live');
  await owner.end();
  const demonstration = new pg.Client(cluster.connection('template_demonstration', 'admin'));
  await demonstration.connect();
  await demonstration.query(`update vn.instance set kind = 'demonstration'`);
  await demonstration.end();
  project.provide('socket', String(cluster.connection('postgres', 'admin').host));
  return () => cluster.close();
}
