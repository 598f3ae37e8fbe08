/**
 * npm run bench -- fuzz [--quick] [--each=n] [--seed=n] [--minutes=n]: random requests to every endpoint as each of the demonstration's eight persons, nobody and a key (tests/support/fuzz).
 * Each round has a fresh copy of the same region. Fails when any answer was a fault, stood outside the contract, or told a row of somebody else's.
 */
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { fuzz, newTally } from '../tests/support/fuzz/run.ts';
import { endpoints, lanes, makeWorld, serve } from '../tests/support/fuzz/world.ts';

const said = (name: string, otherwise: number) => Number(process.argv.find((each) => each.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
const each = said('each', process.argv.includes('--quick') ? 2000 : 100_000);
const seed = said('seed', 1 + (Date.now() % 1_000_000));
const minutes = said('minutes', 90);
const round = 2000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-bench-'));
chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
const cluster = await openEmbedded(folder, { shared_buffers: '256MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
const place = (database: string) => (as: 'admin' | 'app') => cluster.connection(database, as);
const owner = new pg.Client(place('postgres')('admin'));
await owner.connect();
await owner.query('create database world');
await migrate(place('world')('admin'), path.resolve(import.meta.dirname, '../migrations'), 'demonstration');
const files = path.join(folder, 'files');
await makeWorld(place('world'), files);

const tally = newTally();
const began = performance.now();
let done = 0;
let told = 0;
for (let no = 0; done < each && performance.now() - began < minutes * 60_000; no += 1) {
  const name = `round_${no}`;
  await owner.query(`create database ${name} template world`);
  const ownFiles = path.join(folder, name);
  cpSync(files, ownFiles, { recursive: true });
  const server = await serve(place(name), ownFiles);
  const count = Math.min(round, each - done);
  await fuzz(server, count, seed + no, tally);
  await server.close();
  await owner.query(`drop database ${name} with (force)`);
  rmSync(ownFiles, { recursive: true, force: true });
  done += count;
  const seconds = (performance.now() - began) / 1000;
  for (const { endpoint, lane, fault, request, answer } of [...tally.findings.values()].slice(told))
    console.log(`\nFINDING ${endpoint}: ${fault} (as ${lane}, seed ${seed + no})\n  ${request}\n  ${answer}`);
  told = tally.findings.size;
  console.log(`${done} requests per person, ${Math.round(tally.requests / seconds)} a second, ${tally.findings.size} findings`);
}
await owner.end();
await cluster.close();
rmSync(folder, { recursive: true, force: true });

const reached = endpoints.filter(({ name }) => (tally.answered.get(name)?.good ?? 0) > 0);
const never = endpoints.filter(({ name }) => (tally.answered.get(name)?.good ?? 0) === 0);
const top = (refusals: Map<string, number>) =>
  [...refusals]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 4)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');
console.log(`seed ${seed}: ${tally.requests} requests as ${lanes.length} (${lanes.map(({ name }) => name).join(', ')}) in ${Math.round((performance.now() - began) / 1000)} s`);
console.log(
  `answers: ${[...tally.statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status} ${count}`)
    .join(', ')}`,
);
console.log(`401: ${[...tally.refused].map(([name, count]) => `${name} ${count}`).join(', ')}`);
console.log(`${reached.length} of ${endpoints.length} endpoints did what was asked at least once; never: ${never.map(({ name }) => name).join(', ')}`);
if (process.argv.includes('--refusals')) for (const { name } of never) console.log(`  ${name}: ${top(tally.answered.get(name)?.refusals ?? new Map())}`);
for (const { endpoint, fault, count } of [...tally.findings.values()].sort((one, other) => other.count - one.count)) console.log(`${count} times ${endpoint}: ${fault}`);
console.log(`\n${tally.findings.size} findings`);
process.exit(tally.findings.size === 0 ? 0 : 1);
