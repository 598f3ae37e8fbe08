/**
 * npm run bench -- beside [--quick]: what a consultant's Today takes while nothing else goes on, while visits are planned, while classes are (2,000 dense needs), and while 1,000 own calendars are read.
 * One connection, everything of Today one after the other; they take turns, medians of the rounds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { benchDatabase } from './database.ts';

const quick = process.argv.includes('--quick');
/** The house looks once a minute which calendars are due. */
const minute = 75;
const [linked, seconds, rounds] = quick ? [100, 5, 1] : [1000, 20, 3];

const { folder, cluster, admin, close } = await benchDatabase();
const [region, centre, school] = [randomUUID(), randomUUID(), randomUUID()];
const token = randomBytes(32).toString('base64url');
await admin.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await admin.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
await admin.query(`select set_config('app.centre', $1, false)`, [centre]);
await admin.query(`insert into vn.school (centre_id, id, name, kind, postcode) values ($1, $2, 'Bench', 'other', '7620')`, [centre, school]);
const people = Array.from({ length: linked }, () => randomUUID());
for (const person of people) {
  await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', $2, now())`, [person, `${person}@bench.example`]);
  await admin.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, gen_random_uuid(), $2, $3, 'consultant', '[2020-01-01,)')`, [centre, person, school]);
}
await admin.query(
  `insert into vn.session (id, token_hash, person_id, centre_id, school_id, as_coordinator, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, false, now(), now(), now() + interval '14 days')`,
  [randomUUID(), createHash('sha256').update(token).digest(), people[0], centre, school],
);

// A calendar of 300 events, another at every reading: nothing is spared by a mark that has not changed.
let readings = 0;
const calendars = http.createServer((_request, response) => {
  readings += 1;
  const event = (at: number) => {
    const day = new Date(Date.now() + ((at + readings) % 120) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    return `BEGIN:VEVENT\r\nUID:${at}-${readings}\r\nDTSTAMP:20261101T080000Z\r\nDTSTART:${day}T${String(7 + (at % 9)).padStart(2, '0')}0000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n`;
  };
  response
    .writeHead(200, { 'content-type': 'text/calendar' })
    .end(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//DA\r\n${Array.from({ length: 300 }, (_, at) => event(at)).join('')}END:VCALENDAR\r\n`);
});
await once(calendars.listen(0, '127.0.0.1'), 'listening');

const settings = {
  connection: cluster.connection('bench', 'app'),
  admin: cluster.connection('bench', 'admin'),
  folder,
  calendars: `http://127.0.0.1:${(calendars.address() as AddressInfo).port}`,
  centre,
  people,
  quick,
};
const server: ChildProcess = spawn(process.execPath, [path.join(import.meta.dirname, 'beside-server.ts'), JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'inherit'] });
const said = createInterface({ input: server.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await said.next()).value ?? '{}') as { address?: string; done?: string };
const { address = '' } = await next();
const tell = async (what: string) => {
  server.stdin?.write(`${what}\n`);
  await next();
};

const today = [
  '/api/meetings?whose=mine',
  '/api/owed-reports',
  '/api/tasks',
  '/api/visit-drafts',
  '/api/keep-ups',
  '/api/enquiries?whose=mine',
  '/api/referrals?way=in&state=open',
  '/api/corners',
  '/api/rotas',
];
let slowest = 0;
const one = async (url: string) => {
  const began = performance.now();
  const answer = await fetch(`${address}${url}`, { headers: { cookie: `vejnet=${token}` } });
  await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  slowest = Math.max(slowest, performance.now() - began);
};
/** The p95 of Today in milliseconds, until the work beside it is over or the time is. */
async function measure(until: Promise<unknown> | null, forSeconds = seconds): Promise<{ p95: number; slowest: number; count: number }> {
  const times: number[] = [];
  let over = false;
  void until?.then(() => {
    over = true;
  });
  slowest = 0;
  const end = performance.now() + forSeconds * 1000;
  while (!over && performance.now() < end) {
    const began = performance.now();
    for (const url of today) await one(url);
    times.push(performance.now() - began);
  }
  await until;
  return { p95: times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0, slowest, count: times.length };
}
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const found: Record<'idle' | 'planning' | 'pooling' | 'calendars', { p95: number; slowest: number }[]> = { idle: [], planning: [], pooling: [], calendars: [] };

await measure(null); // warm
for (let round = 0; round < rounds; round += 1) {
  found.idle.push(await measure(null));
  found.planning.push(await measure(tell('plan')));
  found.pooling.push(await measure(tell('pool'), 120));
}
await tell('calendars');
for (let round = 0; round < rounds; round += 1) {
  await admin.query('update vn.calendar_link set due_at = now()');
  const before = readings;
  found.calendars.push(await measure(null, minute));
  console.log(`round ${round + 1}: ${readings - before} calendars were read in ${minute} s`);
}
const idle = median(found.idle.map(({ p95 }) => p95));
for (const [what, each] of Object.entries(found)) {
  const p95 = median(each.map((one) => one.p95));
  console.log(`Today, ${what}: p95 ${p95.toFixed(1)} ms, ${(p95 / idle).toFixed(2)} of idle; slowest request ${Math.max(...each.map((one) => one.slowest)).toFixed(0)} ms`);
}
server.stdin?.end();
await once(server, 'exit');
calendars.close();
await close();
