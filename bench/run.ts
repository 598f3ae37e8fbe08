/**
 * npm run bench [-- --quick]: what the register does on this machine, server, database and load together.
 * npm run bench -- million [--quick]: the same with 1,000,000 companies and 2,000,000 contacts, and a campaign of them (--quick: 200,000).
 * npm run bench -- calls [--quick]: the call queue instead. npm run bench -- start [--quick]: starts, kills and memory.
 * npm run bench -- staffing [--quick]: plans of visits. npm run bench -- reports [--quick]: a million visit reports.
 * npm run bench -- pooling [--quick]: needs into classes. npm run bench -- catalogue [--quick]: 100,000 classes. npm run bench -- intake [--quick]: mails out of a mailbox.
 * npm run bench -- phone [--quick]: the report on a slow phone. npm run bench -- erase [--quick]: one person erased among a million rows.
 * npm run bench -- restore [--quick]: a gigabyte copied while it is used, restored and started.
 * npm run bench -- fuzz [--quick]: 100,000 random requests to every endpoint per person.
 * Ours and a bare counterpart alternate in one run; medians and ranges over the rounds are printed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { jobKinds } from '../src/app/routes.ts';
import { applyFile, readFile } from '../src/modules/companies/imports/server/jobs.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/db/connect.ts';
import { openFiles } from '../src/platform/files.ts';
import { openJobs } from '../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../src/platform/keyed-hash.ts';
import { keptMail } from '../src/platform/mail/mailer.ts';
import { openOutside } from '../src/platform/outside.ts';
import { measureCampaign } from './campaign.ts';
import { benchDatabase } from './database.ts';
import { writeCsv } from './region.ts';

for (const other of ['files', 'calls', 'start', 'staffing', 'pooling', 'catalogue', 'reports', 'intake', 'phone', 'beside', 'erase', 'restore', 'fuzz'] as const)
  if (process.argv.includes(other)) {
    await import(`./${other}.ts`);
    process.exit(0);
  }
const quick = process.argv.includes('--quick');
const million = process.argv.includes('million');
const companies = million ? (quick ? 200_000 : 1_000_000) : quick ? 20_000 : 100_000;
const rounds = quick || million ? 3 : 7;
const warmUp = quick || million ? 1000 : 5000;
const length = quick || million ? 3000 : 30_000;

const { folder, cluster, admin, close } = await benchDatabase({ shared_buffers: '256MB' });

const ids = { region: randomUUID(), centre: randomUUID(), person: randomUUID(), school: randomUUID() };
const token = randomBytes(32).toString('base64url');
await admin.query(`insert into vn.region values ($1, 'Bench')`, [ids.region]);
await admin.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [ids.centre, ids.region]);
await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', 'bench@bench.example', now())`, [ids.person]);
await admin.query(`select set_config('app.centre', $1, false)`, [ids.centre]);
await admin.query(`insert into vn.school (centre_id, id, name, kind) values ($1, $2, 'Bench', 'other')`, [ids.centre, ids.school]);
for (const role of ['consultant', 'register'])
  await admin.query(`insert into vn.membership values ($1, $2, $3, $4, null, $5, '[2020-01-01,)')`, [ids.centre, randomUUID(), ids.person, role === 'consultant' ? ids.school : null, role]);
await admin.query(`insert into vn.session (id, token_hash, person_id, centre_id, school_id, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, now(), now(), now() + interval '1 day')`, [
  randomUUID(),
  createHash('sha256').update(token).digest(),
  ids.person,
  ids.centre,
  ids.school,
]);

// ---- Import ---------------------------------------------------------------------------------------------------------------------------------
const memory = () => Number(/Pss:\s+(\d+)/.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) / 1024;
const csv = path.join(folder, 'companies.csv');
await writeCsv(csv, companies);
const { db, pool } = connect(cluster.connection('bench', 'app'));
const files = await openFiles(path.join(folder, 'files'));
const tools = {
  db,
  pool,
  clock: systemClock,
  mailer: keptMail,
  files,
  url: new URL('http://localhost:3000'),
  keyedHash: await openKeyedHash(folder, undefined),
  outside: openOutside([]),
  intake: null,
};
const jobs = await openJobs(cluster.connection('bench', 'app'), tools, jobKinds, (error) => console.error(error));

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, memory());
}, 200);
const calm = memory();
async function importOnce(): Promise<{ read: number; apply: number }> {
  const id = randomUUID();
  const file = randomUUID();
  const { bytes } = await files.keep(file, createReadStream(csv));
  await admin.query(`insert into vn.company_import (centre_id, id, kind, file_name, bytes, file, scheme, person_id, created_at) values ($1, $2, 'extract', 'bench.csv', $3, $4, 'DB25', $5, now())`, [
    ids.centre,
    id,
    bytes,
    file,
    ids.person,
  ]);
  const payload = { centre: ids.centre, person: ids.person, import: id };
  const began = performance.now();
  await readFile.run({ ...tools, jobs }, payload);
  const read = performance.now();
  await admin.query(`update vn.company_import set state = 'applying', rows_done = 0 where id = $1`, [id]);
  await applyFile.run({ ...tools, jobs }, payload);
  const done = await admin.query<{ state: string; error: string | null; rows_refused: number }>('select state, error, rows_refused from vn.company_import where id = $1', [id]);
  if (done.rows[0]?.state !== 'done' || done.rows[0].rows_refused !== 0) throw new Error(`the import ended as ${JSON.stringify(done.rows[0])}`);
  return { read: (read - began) / 1000, apply: (performance.now() - read) / 1000 };
}
const say = (line: string) => console.log(line);
const imported = await importOnce();
clearInterval(watch);
const perSecond = companies / (imported.read + imported.apply);

// COPY of the same rows into tables with the same indexes, and nothing else.
await admin.query('create table public.copied (like vn.company including all); create table public.copied_relation (like vn.relation including all)');
const lines = await admin.query<{ text: string }>(`select count(*)::text text from vn.company`);
const dump = path.join(folder, 'company.tsv');
const facts =
  'id, cvr, name, address, postcode, town, phone, source, created_at, status, status_text, scheme, industry_code, industry_text, size_from, size_to, size_as_of, municipality, public_sector, protected';
await pipeline(admin.query(copyTo(`copy (select ${facts} from vn.company) to stdout`)), createWriteStream(dump));
const copyBegan = performance.now();
await pipeline(createReadStream(dump), admin.query(copyFrom(`copy public.copied (${facts}) from stdin`)));
await admin.query('insert into public.copied_relation (centre_id, company_id, since) select $1, id, now() from public.copied', [ids.centre]);
const copied = companies / ((performance.now() - copyBegan) / 1000);
await admin.query('drop table public.copied, public.copied_relation');
say(
  `import ${companies} rows (${lines.rows[0]?.text} companies): read and compare ${imported.read.toFixed(1)} s, apply ${imported.apply.toFixed(1)} s, ${Math.round(perSecond)} rows/s; COPY into the same indexed tables ${Math.round(copied)} rows/s; ratio ${(perSecond / copied).toFixed(2)}; the importer's process ${Math.round(calm)} MB before, ${Math.round(peak)} MB at most`,
);

// As in life, where the commonest of sixty first names is every fifteenth's.
const firstNames = Array.from(
  { length: 60 },
  (_, n) =>
    ['Lone', 'Preben', 'Karsten', 'Birgit', 'Henning'][n] ?? `${['Al', 'Be', 'Ca', 'Do', 'El', 'Fri', 'Gu', 'Ha'][n % 8]}${['mar', 'ina', 'vig', 'tte', 'lof', 'dis', 'rik'][Math.floor(n / 8)]}`,
);
const lastNames = Array.from(
  { length: 60 },
  (_, n) =>
    ['Møller', 'Lund', 'Åkjær', 'Dam', 'Krogh', 'Sand'][n] ??
    `${['Abild', 'Brand', 'Damm', 'Elle', 'Friis', 'Grøn', 'Hede', 'Kvist'][n % 8]}${['sen', 'gaard', 'lund', 'ager', 'rup', 'holt', 'vad'][Math.floor(n / 8)]}`,
);

// ---- Reading --------------------------------------------------------------------------------------------------------------------------------
await admin.query(
  `insert into vn.contact (centre_id, id, company_id, name, role, phone, language, basis, source, review_on, created_at)
   select $1, gen_random_uuid(), r.company_id, ($2::text[])[1 + floor(power(random(), 1.5) * 60)] || ' ' || ($3::text[])[1 + floor(power(random(), 1.5) * 60)] || ' ' || n,
          'owner', '00 12 34 56', 'da', 'public_task', 'bench', '2028-01-01', now() from vn.relation r, generate_series(1, 2) n where r.centre_id = $1`,
  [ids.centre, firstNames, lastNames],
);
const chosen = (await admin.query<{ id: string }>(`select c.id from vn.company c where c.municipality = '0665' and c.industry_code like '25%' order by c.id limit 1`)).rows[0]?.id ?? '';
for (let n = 0; n < 20; n += 1)
  await admin.query(
    `insert into vn.contact (centre_id, id, company_id, name, role, language, basis, source, review_on, created_at) values ($1, gen_random_uuid(), $2, $3, 'employee', 'da', 'public_task', 'bench', '2028-01-01', now())`,
    [ids.centre, chosen, `Medarbejder ${n}`],
  );
await admin.query('vacuum analyze');
await jobs.stop();

const server: ChildProcess = spawn(
  process.execPath,
  [path.join(import.meta.dirname, 'server.ts'), JSON.stringify({ host: cluster.connection('bench', 'app').host, centre: ids.centre, company: chosen, token })],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const address = await new Promise<string>((resolve) => server.stdout?.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { address: string }).address)));

interface Run {
  rate: number;
  p50: number;
  p95: number;
}
const agents = new Map<number, http.Agent>();
function get(url: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: { cookie: `vejnet=${token}` } }, (response) => {
        response.resume();
        response.once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url} ${response.statusCode}`))));
      })
      .once('error', reject);
  });
}
async function load(url: string, connections: number, milliseconds: number): Promise<Run> {
  const agent = agents.get(connections) ?? new http.Agent({ keepAlive: true, maxSockets: connections });
  agents.set(connections, agent);
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        await get(url, agent);
        times.push(performance.now() - began);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rate: times.length / (milliseconds / 1000), p50: at(0.5), p95: at(0.95) };
}
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const range = (values: number[]) => `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`;

const cases: [string, string[], string | null][] = [
  ['list: municipality + industry + size, by name, 50', ['/api/companies?municipality=0665&industry=DB25:25&size=sme'], '/bare/list'],
  ['search: two parts of a name', [`/api/companies?search=${encodeURIComponent('lund tømrer')}`], '/bare/search'],
  ['search: a person', [`/api/companies?search=${encodeURIComponent('lone møller')}`], null],
  ['company page with its contacts', [`/api/companies/${chosen}`, `/api/companies/${chosen}/contacts`], '/bare/company'],
];
for (const [name, ours, bare] of cases) {
  for (const connections of [1, 10]) {
    const [a, b]: [Run[], Run[]] = [[], []];
    for (const url of ours) await load(address + url, connections, warmUp / ours.length);
    if (bare !== null) await load(address + bare, connections, warmUp);
    for (let round = 0; round < rounds; round += 1) {
      const parts: Run[] = [];
      for (const url of ours) parts.push(await load(address + url, connections, length / ours.length));
      // A page of several calls takes their sum.
      a.push({ rate: 1 / parts.reduce((sum, part) => sum + 1 / part.rate, 0), p50: parts.reduce((sum, part) => sum + part.p50, 0), p95: parts.reduce((sum, part) => sum + part.p95, 0) });
      if (bare !== null) b.push(await load(address + bare, connections, length));
    }
    const ratio = bare === null ? '' : `; bare p95 ${range(b.map(({ p95 }) => p95))} ms; ours ${(100 * (median(a.map(({ rate }) => rate)) / median(b.map(({ rate }) => rate)))).toFixed(0)} % of bare`;
    say(
      `${name}, ${connections} connection${connections === 1 ? '' : 's'}: p50 ${range(a.map(({ p50 }) => p50))}, p95 ${range(a.map(({ p95 }) => p95))} ms, ${Math.round(median(a.map(({ rate }) => rate)))}/s${ratio}`,
    );
  }
}
if (million)
  for (const line of await measureCampaign({
    admin,
    tools: { ...tools, jobs },
    centre: ids.centre,
    address,
    folder,
    schools: 20,
    companies: quick ? 1000 : 5000,
    calls: quick ? 200 : 1000,
  }))
    say(line);
server.kill('SIGTERM');
await db.destroy();
await close();
