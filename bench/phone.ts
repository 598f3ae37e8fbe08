/**
 * npm run bench -- phone [--quick]: how long until a report can be typed on a slow phone: 1.6 Mbit/s, 150 ms there and back, a processor four times slower.
 * The first visit ever, and again with the worker. The server is the product's own, as a process of its own on a folder of its own.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { buildWeb } from '../scripts/build-web.ts';

const rounds = process.argv.includes('--quick') ? 3 : 9;
const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-bench-'));
chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
const port = 20_000 + (process.pid % 20_000);
const base = `http://localhost:${port}`;

await buildWeb();
const server = spawn(process.execPath, ['src/app/server.ts', '--demo'], { cwd: root, env: { ...process.env, VEJNET_DATA: folder, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise<void>((resolve, reject) => {
  server.stdout.on('data', (text) => /ready/.test(String(text)) && resolve());
  server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

/** Milliseconds from the press on a link until the field for the report is there. */
async function ready(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const began = performance.now();
  await page.goto(`${base}${address}`, { waitUntil: 'commit' });
  await page.locator('textarea').first().waitFor();
  const took = performance.now() - began;
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.close();
  return took;
}
const range = (times: number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `median ${at(0.5)} ms (${at(0)}–${at(1)})`;
};

const times: Record<string, number[]> = {
  'without a meeting, first visit': [],
  'without a meeting, again with the worker': [],
  'of a meeting, first visit': [],
  'of a meeting, again with the worker': [],
};
for (let round = 0; round < rounds; round += 1)
  for (const kind of ['without a meeting', 'of a meeting'] as const) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    await context.request.post(`${base}/api/session/demo`, { data: { person: 'anna' } });
    const [meeting] = (await (await context.request.get(`${base}/api/meetings?whose=mine`)).json()) as { id: string }[];
    const address = `/phone/reports/${kind === 'of a meeting' ? meeting?.id : 'new'}`;
    for (const visit of ['first visit', 'again with the worker']) times[`${kind}, ${visit}`]?.push(await ready(context, address));
    await context.close();
  }
for (const [name, each] of Object.entries(times)) console.log(`report ${name}: ${range(each)}`);

await browser.close();
server.removeAllListeners('exit');
await new Promise<void>((resolve) => {
  server.once('exit', () => resolve());
  server.kill('SIGTERM');
});
rmSync(folder, { recursive: true, force: true });
