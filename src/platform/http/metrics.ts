import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { problem } from '../../kit/problem.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';

/** Whose figures are shown, and what a reader who is not on this machine must know; null lets nobody else in. */
export interface Measured {
  pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;
  jobs: Pick<Jobs, 'counts'>;
  token: string | null;
  /** Where outages and slow statements are counted. */
  log?: Pick<Log, 'figures'>;
}

/** Upper ends of the histogram's parts, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** How often the event loop's delay is sampled, milliseconds; a sample that is on time reads as this much. */
const resolution = 10;

interface Durations {
  /** Requests at most as long as each bound, and no longer than the one before. */
  within: number[];
  count: number;
  seconds: number;
}

const isLoopback = (address: string) => address === '::1' || (isIPv4(address.replace(/^::ffff:/, '')) && address.replace(/^::ffff:/, '').startsWith('127.'));
const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** This machine, or whoever knows the token. A proxy on this machine brings strangers, and says so in a header. */
function mayRead(request: FastifyRequest, token: string | null): boolean {
  const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => request.headers[name] !== undefined);
  if (!forwarded && isLoopback(request.socket.remoteAddress ?? '')) return true;
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token !== null && given !== undefined && timingSafeEqual(hashOf(given), hashOf(token));
}

type Sample = [labels: Record<string, string | number>, value: number];

/** One figure in Prometheus' text format (version 0.0.4). Labels are names of ours, which hold nothing that needs escaping. */
function figure(name: string, type: 'counter' | 'gauge' | 'histogram', help: string, samples: readonly (Sample | [...Sample, suffix: string])[]): string {
  const lines = samples.map(([labels, value, suffix = '']) => {
    const inside = Object.entries(labels).map(([label, each]) => `${label}="${each}"`);
    return `${name}${suffix}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** Counts every request by the name of its endpoint, and shows the figures at /metrics. */
export function serveMetrics(app: FastifyInstance, { pool, jobs, token, log }: Measured): void {
  const answers = new Map<string, { endpoint: string; status: number; count: number }>();
  const durations = new Map<string, Durations>();
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();

  app.addHook('onResponse', async (request, reply) => {
    const endpoint = request.routeOptions.config.endpoint ?? 'other';
    const seconds = reply.elapsedTime / 1000;
    const key = `${endpoint} ${reply.statusCode}`;
    const answer = answers.get(key) ?? { endpoint, status: reply.statusCode, count: 0 };
    answer.count += 1;
    answers.set(key, answer);
    const duration = durations.get(endpoint) ?? { within: bounds.map(() => 0), count: 0, seconds: 0 };
    const part = bounds.findIndex((bound) => seconds <= bound);
    if (part >= 0) duration.within[part] = (duration.within[part] ?? 0) + 1;
    duration.count += 1;
    duration.seconds += seconds;
    durations.set(endpoint, duration);
  });
  app.addHook('onClose', async () => void delay.disable());

  const histogram = (): [...Sample, string][] =>
    [...durations].flatMap(([endpoint, { within, count, seconds }]) => {
      let sum = 0;
      return [
        ...bounds.map((le, part): [...Sample, string] => [{ endpoint, le }, (sum += within[part] ?? 0), '_bucket']),
        [{ endpoint, le: '+Inf' }, count, '_bucket'],
        [{ endpoint }, seconds, '_sum'],
        [{ endpoint }, count, '_count'],
      ];
    });
  /** Seconds that a sample came late, at this share of them, since somebody last asked. */
  const late = (percent: number) => Math.max(0, delay.percentile(percent) / 1e9 - resolution / 1000);

  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, token)) {
      reply.header('www-authenticate', 'Bearer');
      throw problem('unauthenticated');
    }
    const queues = await jobs.counts().catch(() => null); // without a database the rest is wanted all the more
    const { outages, slow } = log?.figures() ?? { outages: [], slow: [] };
    const { rss, heapUsed } = process.memoryUsage();
    const text = [
      figure(
        'vejnet_requests_total',
        'counter',
        'Answered requests.',
        [...answers.values()].map(({ endpoint, status, count }) => [{ endpoint, status }, count]),
      ),
      figure('vejnet_request_duration_seconds', 'histogram', 'From the request to the end of its answer.', histogram()),
      figure('vejnet_database_up', 'gauge', 'Whether the database answers.', [[{}, queues === null ? 0 : 1]]),
      figure('vejnet_database_connections', 'gauge', 'Connections of the server to its database.', [
        [{ state: 'busy' }, pool.totalCount - pool.idleCount],
        [{ state: 'idle' }, pool.idleCount],
      ]),
      figure('vejnet_database_waiting', 'gauge', 'Requests that wait for a connection.', [[{}, pool.waitingCount]]),
      figure(
        'vejnet_outages_total',
        'counter',
        'Requests and background work that the database or the disk kept from being done.',
        outages.map(({ kind, count }): Sample => [{ kind }, count]),
      ),
      figure(
        'vejnet_slow_statements_total',
        'counter',
        'Statements that took VEJNET_SLOW_MS or longer, by endpoint, job or chore.',
        slow.map(({ endpoint, count }): Sample => [{ endpoint }, count]),
      ),
      figure(
        'vejnet_jobs',
        'gauge',
        'Background work, counted at most a minute ago.',
        (queues ?? []).flatMap(({ queue, waiting, active, failed }): Sample[] => [
          [{ queue, state: 'waiting' }, waiting],
          [{ queue, state: 'active' }, active],
          [{ queue, state: 'failed' }, failed],
        ]),
      ),
      figure(
        'vejnet_event_loop_delay_seconds',
        'gauge',
        'How late the event loop came, since the last reading.',
        [50, 99, 100].map((percent) => [{ quantile: percent / 100 }, late(percent)]),
      ),
      figure('vejnet_memory_bytes', 'gauge', 'Memory of the server process.', [
        [{ kind: 'resident' }, rss],
        [{ kind: 'heap' }, heapUsed],
      ]),
      figure('vejnet_uptime_seconds', 'gauge', 'Since the server process began.', [[{}, process.uptime()]]),
    ].join('');
    delay.reset();
    return reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
