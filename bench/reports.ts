/**
 * npm run bench -- reports [--quick]: company page, Today and search over HTTP with a million visit reports in ten centres.
 * The clock of every request runs from sending it to having read the answer; one connection, one after the other.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { benchDatabase } from './database.ts';

const quick = process.argv.includes('--quick');
const centres = 10;
const reports = quick ? 20_000 : 1_000_000;
const companies = reports / 20;
const asked = quick ? 150 : 600;

const { cluster, admin, close } = await benchDatabase({ shared_buffers: '512MB' });
const region = randomUUID();
await admin.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await admin.query(
  `insert into vn.company (id, cvr, name, town, municipality, postcode, source, created_at)
   select gen_random_uuid(), lpad((10000000 + n)::text, 8, '0'), 'Firma ' || n, 'Limvig', '0665', '7620', 'cvr', now() from generate_series(1, $1::int) n`,
  [companies],
);
const words = ['svejsning', 'truckcertifikat', 'dansk', 'regning', 'hygiejne', 'lean', 'kran', 'førstehjælp', 'ledelse', 'digitalt', 'elever', 'natholdet', 'lageret', 'værkføreren'];
const token = randomBytes(32).toString('base64url');
let mine = { centre: '', person: '' };
for (let at = 0; at < centres; at += 1) {
  const [centre, school] = [randomUUID(), randomUUID()];
  const people = Array.from({ length: 40 }, () => randomUUID());
  await admin.query(`select set_config('app.centre', $1, false)`, [centre]);
  await admin.query('insert into vn.centre (id, key, region_id, name) values ($1, $2, $3, $2)', [centre, `bench-${at}`, region]);
  await admin.query(`insert into vn.school (centre_id, id, name, kind, postcode) values ($1, $2, 'Bench', 'other', '7620')`, [centre, school]);
  for (const person of people) {
    await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', $2, now())`, [person, `${person}@bench.example`]);
    await admin.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, gen_random_uuid(), $2, $3, 'consultant', '[2020-01-01,)')`, [centre, person, school]);
  }
  await admin.query('insert into vn.relation (centre_id, company_id, since) select $1, id, now() from vn.company', [centre]);
  await admin.query(
    `with numbered as (select id, row_number() over () at from vn.company), made as (
       insert into vn.visit_report (centre_id, id, company_id, person_id, school_id, draft_id, visited_on, kind, about, agreed, topics, barriers, people, minutes, km, sent_at)
       select $1, gen_random_uuid(), k.id, ($2::uuid[])[1 + n % 40], $3, gen_random_uuid(), current_date - (n % 1000)::int, 'advice',
         'De mangler ' || ($4::text[])[1 + n % 14] || ' og taler om ' || ($4::text[])[1 + (n / 14) % 14] || ' til foråret, sag ' || n, 'Et bud inden fredag.', '{certificates}', '{too_few}', '[]', 90, 30, now() - (n % 1000) * interval '1 day'
         from generate_series(1, $5::int) n join numbered k on k.at = 1 + n % $6::int
       returning centre_id, id, company_id, person_id, about, agreed, visited_on),
     needed as (insert into vn.need (centre_id, id, company_id, what, term, source_id, place, noted_by, noted_at) select centre_id, gen_random_uuid(), company_id, 'Kursus', 'now', id, 0, person_id, visited_on from made),
     done as (insert into vn.task (centre_id, id, company_id, report_id, what, owner_id, state, due, made_by, made_at, done_at, done_by)
       select centre_id, gen_random_uuid(), company_id, id, 'Send et bud', person_id, case when visited_on < current_date - 10 then 'done' else 'accepted' end, visited_on + 3, person_id, visited_on, case when visited_on < current_date - 10 then visited_on::timestamptz end, case when visited_on < current_date - 10 then person_id end from made)
     insert into vn.report_search (centre_id, report_id, words) select centre_id, id, lower(about || agreed) from made`,
    [centre, people, school, words, reports / centres, companies],
  );
  if (at === 0) {
    mine = { centre, person: people[0] ?? '' };
    await admin.query(
      `insert into vn.session (id, token_hash, person_id, centre_id, school_id, as_coordinator, created_at, seen_at, expires_at) values (gen_random_uuid(), $1, $2, $3, $4, false, now(), now(), now() + interval '1 day')`,
      [createHash('sha256').update(token).digest(), mine.person, centre, school],
    );
  }
}
await admin.query('vacuum analyze');
const ids = (await admin.query<{ id: string }>('select id from vn.company order by random() limit $1', [asked])).rows.map(({ id }) => id);
console.log(`${reports} reports of ${companies} companies in ${centres} centres`);

const server = spawn(process.execPath, [path.join(import.meta.dirname, 'server.ts'), JSON.stringify({ host: cluster.connection('bench', 'app').host, centre: mine.centre, company: ids[0], token })], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { address } = await new Promise<{ address: string }>((resolve) => server.stdout.once('data', (data: Buffer) => resolve(JSON.parse(String(data)))));
const get = async (url: string) => {
  const answer = await fetch(`${address}${url}`, { headers: { cookie: `vejnet=${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status} ${text}`);
};
const timed = async (urls: readonly string[]) => {
  const began = performance.now();
  for (const url of urls) await get(url);
  return performance.now() - began;
};
const share = (times: number[], of: number) => ([...times].sort((a, b) => a - b)[Math.floor(times.length * of)] ?? 0).toFixed(1);
const report = async (what: string, pages: (at: number) => string[], count = asked) => {
  for (let at = 0; at < Math.min(30, count); at += 1) await timed(pages(at));
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) times.push(await timed(pages(at)));
  console.log(`${what}: p50 ${share(times, 0.5)} p95 ${share(times, 0.95)} ms`);
};
const company = (at: number) => ids[at % ids.length] ?? '';
await report('company page, its reports', (at) => [`/api/visit-reports?company=${company(at)}&limit=3`]);
await report('company page, everything of visits one after the other', (at) => [
  `/api/companies/${company(at)}`,
  `/api/companies/${company(at)}/needs`,
  `/api/visit-reports?company=${company(at)}&limit=3`,
  `/api/companies/${company(at)}/effort`,
]);
await report('Today of a consultant, everything one after the other', () => ['/api/meetings?whose=mine', '/api/owed-reports', '/api/tasks', '/api/visit-drafts', '/api/keep-ups']);
await report('list of reports, the newest 50', () => ['/api/visit-reports']);
await report('words in reports, common', (at) => [`/api/visit-reports?words=${encodeURIComponent(words[at % words.length] ?? '')}`], asked / 5);
await report('words in reports, inside a longer one', () => ['/api/visit-reports?words=certifikat'], asked / 5);
await report('words in reports, no hit', () => ['/api/visit-reports?words=findesikke'], asked / 5);
server.kill();
await close();
