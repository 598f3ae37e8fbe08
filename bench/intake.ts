/**
 * npm run bench -- intake [--quick]: 1,000 mails, hostile ones among them, out of a real Dovecot into drafts.
 * Fails when one is lost, becomes two drafts, or is published.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { jobKinds } from '../src/app/routes.ts';
import { sweepIntake } from '../src/modules/outreach/intake/server/jobs.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/db/connect.ts';
import { openFiles } from '../src/platform/files.ts';
import { openJobs } from '../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../src/platform/keyed-hash.ts';
import { keptMail } from '../src/platform/mail/mailer.ts';
import { openOutside } from '../src/platform/outside.ts';
import { reportAddress } from '../src/platform/secret-address.ts';
import { mixedMails, startDovecot } from '../tests/support/mailboxes.ts';
import { benchDatabase } from './database.ts';

const count = process.argv.includes('--quick') ? 200 : 1000;
const { folder, cluster, admin, close } = await benchDatabase();
const dovecot = await startDovecot();
const intake = { address: 'rapport@vejnet.example', mailbox: dovecot.mailbox('rapport'), key: null };

const [region, centre] = [randomUUID(), randomUUID()];
await admin.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await admin.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
async function consultant(name: string): Promise<[string, string]> {
  const [id, email] = [randomUUID(), `${name}@skole.example`];
  const token = Array.from(randomBytes(32), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
  await admin.query('insert into vn.person (id, name, email, created_at) values ($1, $2, $3, now())', [id, name, email]);
  await admin.query(`insert into vn.membership (centre_id, id, person_id, role, during) values ($1, $2, $3, 'consultant', '[2020-01-01,)')`, [centre, randomUUID(), id]);
  await admin.query('insert into vn.intake_address values ($1, $2, $3, now())', [centre, id, createHash('sha256').update(token).digest()]);
  return [email, reportAddress(intake, token)];
}
const mails = mixedMails(count, await consultant('anna'), await consultant('karim'));
await dovecot.deliver('rapport', ...mails);

const { db, pool } = connect(cluster.connection('bench', 'app'));
const tools = {
  db,
  pool,
  clock: systemClock,
  mailer: keptMail,
  files: await openFiles(path.join(folder, 'files')),
  url: new URL('http://localhost:3000'),
  keyedHash: await openKeyedHash(folder, undefined),
  outside: openOutside([]),
  intake,
};
const jobs = await openJobs(cluster.connection('bench', 'app'), tools, jobKinds, (error) => console.error(error));
const memory = () => Number(/Pss:\s+(\d+)/.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) / 1024;
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, memory());
}, 200);
const began = performance.now();
const [calm] = [memory()];
while ((await dovecot.listed('rapport', 'INBOX')).length > 0) await sweepIntake.run({ ...tools, jobs }, {});
const swept = performance.now();
await jobs.drain();
const read = performance.now();
clearInterval(watch);

const numbers = await admin.query<{ drafts: number; twice: number; reports: number; waiting: number }>(
  `select count(*)::int drafts, (count(*) - count(distinct id))::int twice, (select count(*)::int from vn.visit_report) reports, (select count(*)::int from vn.intake_mail where state <> 'done') waiting from vn.visit_draft`,
);
const found = numbers.rows[0];
const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
console.log(`${count} mails: fetched and kept in ${seconds(began, swept)} s, read in ${seconds(swept, read)} s; ${calm.toFixed(0)} -> ${peak.toFixed(0)} MB`);
console.log(`${found?.drafts} drafts of ${(count * 6) / 10}, ${found?.twice} twice, ${found?.reports} published, ${found?.waiting} waiting`);
await jobs.stop();
await db.destroy();
await dovecot.stop();
await close();
if (found?.drafts !== (count * 6) / 10 || found.twice !== 0 || found.reports !== 0 || found.waiting !== 0) process.exit(1);
