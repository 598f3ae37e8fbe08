import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startServer } from '../src/app/server.ts';
import { readConfig } from '../src/platform/config.ts';

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer();
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** One demonstration of its own for all journeys; the returned function takes it down. */
export default async function start(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-e2e-'));
  chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
  const port = await freePort();
  const running = await startServer(readConfig({ VEJNET_DATA: folder, PORT: String(port) }, process.cwd(), 'demonstration'));
  process.env.VEJNET_E2E = running.address;
  return async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
