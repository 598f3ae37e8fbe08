/**
 * npm run bench -- start [--quick]: how long a start takes, what an idle server holds in memory, and what a kill loses.
 * The server is the product's own, as a process of its own on a folder of its own. Fails when an answered call is gone after a kill.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { demoId } from '../demo/ids.ts';
import { buildWeb } from '../scripts/build-web.ts';

const quick = process.argv.includes('--quick');
const kills = quick ? 5 : 20;
const starts = quick ? 3 : 7;
const idleSeconds = quick ? 10 : 60;
const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-bench-'));
chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
const port = 20_000 + (process.pid % 20_000);
const base = `http://localhost:${port}`;

async function start(): Promise<{ server: ChildProcess; ms: number }> {
  const began = performance.now();
  const server = spawn(process.execPath, ['src/app/server.ts', '--demo'], { cwd: root, env: { ...process.env, VEJNET_DATA: folder, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (text) => /ready/.test(String(text)) && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { server, ms: performance.now() - began };
}
const end = (server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') =>
  new Promise<void>((resolve) => {
    server.removeAllListeners('exit');
    server.once('exit', () => resolve());
    server.kill(signal);
  });
const range = (times: number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `median ${at(0.5)} ms (${at(0)}–${at(1)})`;
};
const signIn = async (person: string) => {
  const answer = await fetch(`${base}/api/session/demo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

/** Kibibytes of a process and everything that it started, each page counted once. */
function memory(pid: number): number {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const file = `/proc/${name}/stat`;
    if (!existsSync(file)) continue;
    const parent = Number(
      readFileSync(file, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  return (parents.get(pid) ?? []).reduce((sum, child) => sum + memory(child), own);
}

await buildWeb();
let { server, ms } = await start();
process.once('exit', () => {
  server.kill('SIGKILL'); // nothing outlives a bench that failed; its database follows
  rmSync(folder, { recursive: true, force: true });
});
console.log(`first start, the region built and its first calls made: ${Math.round(ms)} ms`);
await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
console.log(`idle ${idleSeconds} s after it: ${Math.round(memory(server.pid ?? 0) / 1024)} MB, server and database (PSS)`);
const warm: number[] = [];
for (let n = 0; n < starts; n += 1) {
  await end(server, 'SIGTERM');
  ({ server, ms } = await start());
  warm.push(ms);
}
console.log(`start again: ${range(warm)}`);

const campaign = demoId('campaign', 'metal');
const caller = await signIn('bo');
const answered: string[] = [];
const after: number[] = [];
for (let n = 0; n < kills; n += 1) {
  let killed = false;
  const post = async (url: string, body?: object) => {
    const answer = await fetch(base + url, {
      method: 'POST',
      headers: { cookie: caller, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return answer.json();
  };
  const calling = (async () => {
    while (!killed) {
      try {
        const { card } = await post(`/api/calls/campaigns/${campaign}/next`);
        const { call } = await post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: 'no_answer' });
        answered.push(call);
        await post(`/api/calls/${call}/undo`); // so that the queue is never empty
      } catch (error) {
        if (!killed && !(error instanceof TypeError)) throw error;
      }
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 600));
  killed = true;
  await end(server, 'SIGKILL');
  await calling;
  ({ server, ms } = await start());
  after.push(ms);
}
const coordinator = await signIn('camilla');
const kept = new Set<string>();
let next: string | null = '';
while (next !== null) {
  const page: { items: { id: string }[]; next: string | null } = await (
    await fetch(`${base}/api/calls?limit=200${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`, { headers: { cookie: coordinator } })
  ).json();
  for (const { id } of page.items) kept.add(id);
  next = page.next;
}
const lost = answered.filter((call) => !kept.has(call)).length;
await end(server, 'SIGTERM');
console.log(`${kills} kills while calls were written: ${answered.length} answered, ${lost} of them lost; start after a kill: ${range(after)}`);
if (lost > 0 || answered.length === 0) throw new Error('an answered call was lost, or none was made');
