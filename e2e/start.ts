import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startServer } from '../src/app/server.ts';
import { readConfig } from '../src/platform/config.ts';
import { openCvr } from './cvr.ts';

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer();
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A calendar elsewhere: one that is there (far beyond every week in which journeys book), and none at other addresses. Reached under two names. */
const calendars = () =>
  new Promise<http.Server>((resolve) => {
    const server = http.createServer((request, response) =>
      request.url === '/there.ics'
        ? response.end('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270920T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n')
        : response.writeHead(404).end(),
    );
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

/** One demonstration of its own for all journeys; the returned function takes it down. */
export default async function start(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-e2e-'));
  chmodSync(folder, 0o711); // started as root, the database runs as another account and must walk in
  const port = await freePort();
  const elsewhere = await calendars();
  const calendarPort = (elsewhere.address() as AddressInfo).port;
  const names = ['127.0.0.1', 'localhost'].map((name) => `${name}:${calendarPort}`);
  const cvr = await openCvr();
  const running = await startServer(readConfig({ VEJNET_DATA: folder, PORT: String(port), VEJNET_INSIDE_HOSTS: names.join(','), VEJNET_CVR_URL: cvr.url.href }, process.cwd(), 'demonstration'));
  process.env.VEJNET_E2E = running.address;
  process.env.VEJNET_E2E_CALENDARS = names.join(',');
  process.env.VEJNET_E2E_CVR = cvr.url.origin;
  return async () => {
    await running.stop();
    elsewhere.close();
    cvr.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
