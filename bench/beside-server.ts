/** The product with its background work, in a process of its own; told on its input to plan visits, to plan classes, or to link calendars of so many people. Says on its output when it listens and when it is done. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { jobKinds, routes } from '../src/app/routes.ts';
import { sealedFor } from '../src/modules/outreach/own-calendars/server/jobs.ts';
import { callApart } from '../src/platform/apart.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/db/connect.ts';
import { openFiles } from '../src/platform/files.ts';
import { httpApp } from '../src/platform/http/app.ts';
import { openJobs } from '../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../src/platform/keyed-hash.ts';
import { keptMail } from '../src/platform/mail/mailer.ts';
import { openOutside } from '../src/platform/outside.ts';
import { seal } from '../src/platform/sealed.ts';
import { dense, needsToPool } from './pools.ts';
import { visitsToStaff } from './visits.ts';

const { connection, admin, folder, calendars, centre, people, quick } = JSON.parse(process.argv[2] ?? '{}') as {
  connection: pg.ClientConfig;
  admin: pg.ClientConfig;
  folder: string;
  calendars: string;
  centre: string;
  people: string[];
  quick: boolean;
};
const { db, pool } = connect(connection);
const keyedHash = await openKeyedHash(folder, undefined);
const tools = {
  db,
  pool,
  clock: systemClock,
  mailer: keptMail,
  files: await openFiles(path.join(folder, 'files')),
  url: new URL('http://localhost:3000'),
  keyedHash,
  outside: openOutside([new URL(calendars).host]),
  intake: null,
};
const jobs = await openJobs(connection, tools, jobKinds, (error) => console.error(error));
const app = await httpApp({ ...tools, jobs }, routes, (error) => console.error(error));
await jobs.work();
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const told: Record<string, () => Promise<void>> = {
  async plan() {
    await callApart(
      new URL('../src/modules/outreach/staffing/server/jobs.ts', import.meta.url).href,
      'planStaffing',
      [visitsToStaff({ visits: 625, consultants: 38, schools: 6, weeks: 4 }, 1000), { seed: 1, seconds: 30 }],
      120_000,
    );
  },
  async pool() {
    await callApart(new URL('../src/modules/idea-bank/plans/server/jobs.ts', import.meta.url).href, 'workOutApart', [needsToPool(dense, 1000), [], { seed: 1, seconds: quick ? 10 : 60 }], 180_000);
  },
  async calendars() {
    const client = new pg.Client(admin);
    await client.connect();
    await client.query(`select set_config('app.centre', $1, false)`, [centre]);
    for (const [at, person_id] of people.entries()) {
      const link = { centre_id: centre, person_id, id: randomUUID() };
      await client.query(`insert into vn.calendar_link (centre_id, person_id, id, kind, host, sealed, made_at, due_at) values ($1, $2, $3, 'address', 'bench', $4, now(), now())`, [
        ...Object.values(link),
        seal(keyedHash, JSON.stringify({ address: `${calendars}/${at}.ics` }), sealedFor(link)),
      ]);
      await client.query(`insert into vn.calendar_part (centre_id, person_id, link_id, id, name, busy) values ($1, $2, $3, $4, 'Bench', true)`, [...Object.values(link), randomUUID()]);
    }
    await client.end();
  },
};
say({ address: await app.listen({ host: 'localhost', port: 0 }) });
for await (const line of createInterface({ input: process.stdin })) {
  await told[line]?.();
  say({ done: line });
}
process.exit(0);
