/**
 * npm run bench -- erase [--quick]: one person erased in a centre with a million rows that could name them.
 * Meanwhile somebody else writes to one of the rows that are being emptied, again and again: the longest wait is how long anything was locked.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { jobKinds } from '../src/app/routes.ts';
import { carryOutErasure } from '../src/modules/organisation/data-protection/server/jobs.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/db/connect.ts';
import { openFiles } from '../src/platform/files.ts';
import { openJobs } from '../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../src/platform/keyed-hash.ts';
import { keptMail } from '../src/platform/mail/mailer.ts';
import { openOutside } from '../src/platform/outside.ts';
import { benchDatabase } from './database.ts';

const million = process.argv.includes('--quick') ? 100_000 : 1_000_000;
const { folder, cluster, connect: open, admin: owner, close } = await benchDatabase({ shared_buffers: '256MB' });
const other = await open('admin');
const [region, centre, person, contact, traced] = Array.from({ length: 5 }, () => randomUUID());
const companies = million / 50;
await owner.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await owner.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
await owner.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', 'bench@bench.example', now())`, [person]);
await owner.query(`select set_config('app.centre', $1, false)`, [centre]);
await owner.query(`insert into vn.company (id, cvr, name, source, created_at) select gen_random_uuid(), (10000000 + n)::text, 'Firma ' || n, 'cvr', now() from generate_series(1, $1::int) n`, [
  companies,
]);
await owner.query(`insert into vn.relation (centre_id, company_id, since) select $1, id, now() from vn.company`, [centre]);
await owner.query('create temporary table numbered as select id, row_number() over (order by cvr) - 1 no from vn.company');
await owner.query('create unique index on numbered (no)');
const share = (part: number) => Math.round(million * part);
const rows = (part: number) => `generate_series(1, ${share(part)}) n join numbered c on c.no = n % ${companies}`;
await owner.query(
  `insert into vn.call (centre_id, id, company_id, direction, route, person_id, at, day, outcome, note) select $1, gen_random_uuid(), c.id, 'out', 'consultants', $2, now(), current_date, 'no_answer', 'Talte med nogen om kurser ' || n from ${rows(0.4)}`,
  [centre, person],
);
await owner.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind, data) select $1, gen_random_uuid(), c.id, now(), 'call.made', '{"route": "consultants"}' from ${rows(0.25)}`, [
  centre,
]);
await owner.query(
  `insert into vn.audit (centre_id, id, at, person_id, event, data) select $1, gen_random_uuid(), now(), $2, 'call.recorded', '{"outcome": "no_answer"}' from generate_series(1, ${share(0.25)})`,
  [centre, person],
);
await owner.query(
  `insert into vn.mail (id, centre_id, at, to_address, subject, text, state) select gen_random_uuid(), $1, now(), 'n' || n || '@firma.example', 'Hej', repeat('Kære nogen. ', 40), 'sent' from generate_series(1, ${share(0.1)}) n`,
  [centre],
);
await owner.query(
  `insert into vn.contact (centre_id, id, company_id, name, role, phone, email, basis, source, review_on, created_at) select $1, case when c.no = 0 then $2::uuid else gen_random_uuid() end, c.id, case when c.no = 0 then 'Torben Bæk' else 'Nogen ' || c.no end, 'owner', null, 'k' || c.no || '@firma.example', 'public_task', 'Opkald', '2028-01-01', now() from numbered c`,
  [centre, contact],
);
await owner.query(
  `insert into vn.call (centre_id, id, company_id, direction, route, person_id, at, day, outcome, note) select $1, case when n = 1 then $3::uuid else gen_random_uuid() end, c.id, 'out', 'consultants', $2, now(), current_date, 'no_answer', 'Torben Bæk ringer' from generate_series(1, 500) n join numbered c on c.no = 0`,
  [centre, person, traced],
);
await owner.query('vacuum analyze');

const { db, pool } = connect(cluster.connection('bench', 'app'));
const tools = {
  db,
  pool,
  clock: systemClock,
  mailer: keptMail,
  files: await openFiles(path.join(folder, 'files')),
  url: new URL('http://localhost:3000'),
  keyedHash: await openKeyedHash(folder, 'ab'.repeat(32)),
  outside: openOutside([]),
  intake: null,
};
const jobs = await openJobs(cluster.connection('bench', 'app'), tools, jobKinds, (error) => {
  throw error;
});
const erasure = randomUUID();
const company = (await owner.query('select id from numbered where no = 0')).rows[0].id;
const identity = {
  picked: { contact: [{ centre_id: centre, id: contact }] },
  contacts: [contact],
  person: null,
  names: ['Torben Bæk'],
  emails: ['k0@firma.example'],
  phones: [],
  companies: [company],
};
await owner.query('insert into vn.erasure (centre_id, id, asked_by, asked_at, identity) values ($1, $2, $3, now(), $4)', [centre, erasure, person, JSON.stringify(identity)]);

let longest = 0;
let running = true;
const writing = (async () => {
  await other.query(`select set_config('app.centre', $1, false)`, [centre]);
  while (running) {
    const began = performance.now();
    await other.query('update vn.call set seconds = 1 where centre_id = $1 and id = $2', [centre, traced]);
    longest = Math.max(longest, performance.now() - began);
  }
})();
const began = performance.now();
await carryOutErasure.run({ ...tools, jobs }, { centre: String(centre), person: String(person), erasure });
const took = performance.now() - began;
running = false;
await writing;
const left = (await owner.query(`select count(*)::int n from vn.call where note ~ 'Torben'`)).rows[0].n;
const done = (await owner.query('select state, counts from vn.erasure')).rows[0];
console.log(`erase: ${million} rows, ${JSON.stringify(done.counts)}, ${done.state}, ${left} left; took ${Math.round(took)} ms, longest wait of another writer ${Math.round(longest)} ms`);
await jobs.stop();
await db.destroy();
await other.end();
await close();
if (done.state !== 'done' || left > 0 || longest > 1000) process.exit(1);
