import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Clock } from '../clock.ts';
import type { Intake } from '../config.ts';
import type { Database } from '../db/connect.ts';
import type { Actor, Tx } from '../db/transaction.ts';
import type { Files } from '../files.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { described, under } from '../log.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Account, Outside } from '../outside.ts';

/** What a job has to work with; it opens its own transactions, as a named actor. */
export interface JobTools {
  db: Database;
  clock: Clock;
  mailer: Mailer;
  files: Files;
  pool: pg.Pool;
  /** The public address, for links in mails. */
  url: URL;
  keyedHash: KeyedHash;
  /** The way to servers that people named. */
  outside: Outside;
  /** How mail comes in, or null. */
  intake: Intake | null;
  /** CVR’s own index; absent where it is not asked. */
  cvr?: Account;
}

/** Inside a job more work can be enqueued. */
export interface JobRoom extends JobTools {
  jobs: Pick<Jobs, 'enqueue'>;
}

/** A kind of background work. It may run twice for one payload (a crash between its work and its tick), so it must not mind. */
export interface JobKind<Payload extends object = object> {
  name: string;
  retries: number;
  /** Begins by itself once a minute, on one server of all. */
  everyMinute?: true;
  /** So many side by side; each takes at most one a second. */
  atOnce?: number;
  run(tools: JobRoom, payload: Payload): Promise<void>;
  /** After the last try failed. */
  gaveUp?(tools: JobRoom, payload: Payload): Promise<void>;
}

export interface Jobs {
  /** Enqueues in the transaction of what the job is about: no commit, no job. Payloads hold ids only. */
  enqueue<Payload extends object>(tx: Tx, actor: Actor, kind: JobKind<Payload>, payload: Payload): Promise<void>;
  /** Begins to work in the background. */
  work(): Promise<void>;
  /** Sets the queue right after the database's clock was put back; `work` looks twice a minute. */
  followClock(): Promise<void>;
  /** Works off everything that waits, and returns when nothing does: for tests and commands. */
  drain(): Promise<void>;
  /** Per kind of work how much waits, is under way, and failed for good (kept for a while); up to a minute old, so that asking often costs little. */
  counts(): Promise<{ queue: string; waiting: number; active: number; failed: number }[]>;
  stop(): Promise<void>;
}

/**
 * The queue's own marks are times of the database's clock. Where one lies ahead, that clock was put back: work of every minute would rest, and what waits would
 * wait, until the time is there again. Then all marks are set back by as much. Whoever empties `cron_on` does it, on one server of all.
 */
const followClock = `
with put_back as (update pgboss.version set cron_on = null where cron_on > now() + interval '2 minutes' returning true),
queues as (update pgboss.queue set monitor_on = null, maintain_on = null where exists (select from put_back))
update pgboss.job j set
    singleton_on = null,
    start_after = case when j.state < 'active' then j.start_after - greatest(interval '0', greatest(j.created_on, j.started_on) - now()) else j.start_after end,
    created_on = least(j.created_on, now()),
    started_on = least(j.started_on, now())
  where exists (select from put_back) and (greatest(j.created_on, j.started_on) > now() or j.singleton_on > now() at time zone 'UTC')`;
const followEvery = 30_000;

interface Held {
  id: string;
  data: object;
  retryCount: number;
  retryLimit: number;
}

/**
 * The job queue (pg-boss) in the same database, under a role that owns nothing but the queue.
 * @param onFault told of every failed try
 */
export async function openJobs(connection: pg.ClientConfig, tools: JobTools, kinds: readonly JobKind[], onFault: (error: unknown, job: string) => void): Promise<Jobs> {
  const boss = new PgBoss({ ...(connection as object), options: '-c role=vn_jobs', application_name: 'vejnet-jobs', schema: 'pgboss', createSchema: false, max: 4 } as ConstructorParameters<
    typeof PgBoss
  >[0]);
  let stopped = false; // its connections close a moment after it has stopped, and may still hear that the database went away
  boss.on('error', (error) => {
    // Its workers hand on a bare object with what the error held.
    if (!stopped) onFault(error instanceof Error ? error : Object.assign(new Error(), error), 'queue');
  });
  await boss.start();
  for (const { name, retries } of kinds) await boss.createQueue(name, { retryLimit: retries, retryDelay: 5, retryBackoff: true });

  const enqueue: Jobs['enqueue'] = async (tx, actor, kind, payload) => {
    const run = (text: string, values: unknown[] = []) => tx.executeQuery(CompiledQuery.raw(text, values)) as Promise<{ rows: object[] }>;
    await run(`select set_config('role', 'vn_jobs', true)`);
    await boss.send(kind.name, payload, { db: { executeSql: run } });
    await run(`select set_config('role', $1, true)`, [`vn_${actor.audience}`]);
  };
  const follow = async () => void (await boss.getDb().executeSql(followClock));
  let following: NodeJS.Timeout | undefined;
  const room: JobRoom = { ...tools, jobs: { enqueue } };
  const attempt = async (kind: JobKind, job: Held) => {
    try {
      await under(kind.name, () => kind.run(room, job.data));
    } catch (error) {
      onFault(error, kind.name);
      if (job.retryCount >= job.retryLimit) await kind.gaveUp?.(room, job.data).catch((fault: unknown) => onFault(fault, kind.name));
      // The queue keeps what it is thrown, where no erasure looks: a mail server repeats addresses, and PostgreSQL rows.
      throw Object.assign(new Error(String(described(error).error)), { stack: '' });
    }
  };
  return {
    enqueue,
    followClock: follow,
    async work() {
      following = setInterval(() => void follow().catch((error: unknown) => onFault(error, 'queue')), followEvery).unref();
      for (const kind of kinds) {
        if (kind.everyMinute) await boss.schedule(kind.name, '* * * * *');
        await boss.work(kind.name, { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: kind.atOnce ?? 1, includeMetadata: true }, async ([job]) => {
          if (job !== undefined) await attempt(kind, job as unknown as Held);
        });
      }
    },
    async drain() {
      for (let found = true; found; ) {
        found = false;
        for (const kind of kinds) {
          const [job] = (await boss.fetch(kind.name, { includeMetadata: true })) as unknown as Held[];
          if (job === undefined) continue;
          found = true;
          await attempt(kind, job).then(
            () => boss.complete(kind.name, job.id),
            (error: unknown) => boss.fail(kind.name, job.id, { message: String(error) }),
          );
        }
      }
    },
    counts: () =>
      Promise.all(
        kinds.map(async ({ name }) => {
          const [found] = await boss.getQueueStats(name, { force: true });
          return { queue: name, waiting: found?.queuedCount ?? 0, active: found?.activeCount ?? 0, failed: found?.failedCount ?? 0 };
        }),
      ),
    async stop() {
      clearInterval(following);
      await boss.stop({ graceful: true, timeout: 10_000 });
      stopped = true;
    },
  };
}
