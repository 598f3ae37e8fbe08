/**
 * npm run bench -- restore [--quick]: a database of a gigabyte is copied by the product's own command while it runs, restored into an empty folder and started;
 * beside it, the same files by cp -r. Fails when a table has other rows than before.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/db/open.ts';

const root = path.resolve(import.meta.dirname, '..');
const wanted = (process.argv.includes('--quick') ? 0.1 : 1) * 2 ** 30;
const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-bench-'));
chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
const [first, second, backup] = ['first', 'second', 'backup'].map((name) => path.join(folder, name)) as [string, string, string];
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Milliseconds of a command as an operator types it. */
function command(data: string, ...words: string[]): number {
  const began = performance.now();
  const done = spawnSync(process.execPath, [path.join(root, 'src/app/cli.ts'), ...words], { env: { ...process.env, VEJNET_DATA: data }, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return performance.now() - began;
}
const open = (data: string) => openDatabase(readConfig({ VEJNET_DATA: data }, root, 'live'), 'server');
async function clientOf(connection: pg.ClientConfig | null): Promise<pg.Client> {
  const client = new pg.Client(connection ?? {});
  await client.connect();
  return client;
}
async function counted(owner: pg.Client): Promise<string> {
  const tables = await owner.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) name from pg_tables where schemaname in ('vn', 'public') order by 1`);
  const counts: string[] = [];
  for (const { name } of tables.rows) counts.push(`${name} ${(await owner.query(`select count(*) n from ${name}`)).rows[0].n}`);
  return counts.join('\n');
}

const database = await open(first);
const owner = await clientOf(database.admin);
const [region, centre] = [randomUUID(), randomUUID()];
await owner.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await owner.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
await owner.query(`select set_config('app.centre', $1, false)`, [centre]);
// Made anew in pieces, with every index and trigger: companies of a register, and mails about them.
let size = 0;
for (let from = 0; size < wanted; from += 20_000) {
  await owner.query(
    `with made as (
       insert into vn.company (id, cvr, name, address, postcode, town, municipality, source, created_at, scheme, industry_code, size_from, size_to)
       select gen_random_uuid(), lpad((10000000 + n)::text, 8, '0'), 'Firma ' || md5(n::text), 'Vej ' || n, '7620', 'Limvig', '0665', 'cvr', now(), 'DB25', lpad((10000 + n % 97 * 100)::text, 6, '0'), 5, 9
         from generate_series($2::int, $2::int + 19999) n returning id)
     insert into vn.relation (centre_id, company_id, since) select $1, id, now() from made`,
    [centre, from],
  );
  await owner.query(
    `insert into vn.mail (id, centre_id, at, to_address, subject, text, state) select gen_random_uuid(), $1, now(), 'a' || n || '@firma.example', 'Besøg ' || n,
       (select string_agg(md5((n * 40 + k)::text), ' ') from generate_series(1, 40) k), 'sent' from generate_series($2::int, $2::int + 19999) n`,
    [centre, from],
  );
  size = Number((await owner.query('select pg_database_size(current_database()) size')).rows[0].size);
}
await owner.query('vacuum analyze');
await owner.query('checkpoint');
const rows = await counted(owner);
const sizeOf = (place: string) => Number(execFileSync('du', ['-sb', realpathSync(place)], { encoding: 'utf8' }).split('\t')[0]) / 1e6;
console.log(`the database: ${(size / 1e6).toFixed(0)} MB, its folder ${sizeOf(path.join(first, 'postgres')).toFixed(0)} MB with the log of changes`);

const copied = (from: string, to: string): number => {
  const began = performance.now();
  // A file that PostgreSQL takes away meanwhile makes cp complain; what is measured is the copying.
  spawnSync('cp', ['-r', `${realpathSync(from)}/.`, to]);
  return performance.now() - began;
};
const bare = [copied(path.join(first, 'postgres'), path.join(folder, 'bare'))];
const backedUp = command(first, 'backup', backup);
console.log(`backup while it runs: ${(backedUp / 1000).toFixed(1)} s, ${sizeOf(backup).toFixed(0)} MB; cp -r of the data folder ${((bare[0] ?? 0) / 1000).toFixed(1)} s`);
await owner.end();
await database.close();

const restored = command(second, 'restore', backup);
const began = performance.now();
const again = await open(second);
const started = performance.now() - began;
bare.push(copied(path.join(backup, 'postgres'), path.join(folder, 'bare-again')));
console.log(`restore into an empty folder: ${(restored / 1000).toFixed(1)} s, and ${(started / 1000).toFixed(1)} s until it answers; cp -r of the backup ${((bare[1] ?? 0) / 1000).toFixed(1)} s`);
const client = await clientOf(again.admin);
const same = (await counted(client)) === rows;
await client.end();
await again.close();
if (!same) throw new Error('a table has other rows than before');
console.log(`every one of ${rows.split('\n').length} tables has the rows it had`);
