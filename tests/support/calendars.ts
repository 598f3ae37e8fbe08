import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { readDueCalendars } from '../../src/modules/outreach/own-calendars/server/jobs.ts';
import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';

/** A calendar file with one hour from each of these moments: '20261124T090000Z'. */
export const calendarOf = (...starts: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//DA', ...starts.flatMap((start) => eventAt(start)), 'END:VCALENDAR', ''].join('\r\n');
const eventAt = (start: string, uid: string = randomUUID()) => ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261101T080000Z', 'SUMMARY:Samtale om løn', `DTSTART:${start}`, 'DURATION:PT1H', 'END:VEVENT'];

export interface CalendarServer {
  /** host:port, to be listed as one that may be asked. */
  host: string;
  url: string;
  /** What it answers from now on. */
  answer(handler: http.RequestListener): void;
  seen: http.IncomingMessage[];
}

/** A server of published calendars that a test can make do anything. Closes itself. */
export async function calendarServer(): Promise<CalendarServer> {
  let handler: http.RequestListener = (_request, response) => response.writeHead(404).end();
  const seen: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request);
    handler(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    seen,
    answer: (next) => {
      handler = next;
    },
  };
}

/** Answers with a calendar, and with 304 to whoever has it already. */
export const published =
  (text: string, etag = `"${text.length}"`): http.RequestListener =>
  (request, response) =>
    request.headers['if-none-match'] === etag ? response.writeHead(304, { etag }).end() : response.writeHead(200, { etag, 'content-type': 'text/calendar' }).end(text);

export interface Radicale {
  host: string;
  url: string;
  /** One request as a user; the password is 'hemmelig'. */
  ask(user: string, method: string, where: string, body?: string): Promise<{ status: number; text: string }>;
  /** Makes a calendar and says its address. */
  calendar(user: string, name: string): Promise<string>;
  /** Writes an hour into a calendar of `calendar()` and says where it stands. */
  event(user: string, calendar: string, start: string, uid?: string): Promise<string>;
}

/** Debian's CalDAV server on a free port with a folder of its own. Ends with the test file. */
export async function startRadicale(...users: string[]): Promise<Radicale> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-radicale-'));
  mkdirSync(path.join(folder, 'collections'));
  writeFileSync(path.join(folder, 'users'), users.map((user) => `${user}:hemmelig\n`).join(''));
  writeFileSync(
    path.join(folder, 'config'),
    `[server]\nhosts = 127.0.0.1:0\n[auth]\ntype = htpasswd\nhtpasswd_filename = ${folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = ${folder}/collections\n[logging]\nlevel = info\n`,
  );
  const server = spawn('radicale', ['-C', path.join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit').catch(() => undefined);
  afterAll(async () => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await new Promise<string>((resolve, reject) => {
    server.on('error', () => reject(new Error('The calendar tests need radicale: install it with "apt-get install radicale" and run them again.')));
    server.on('exit', () => reject(new Error('radicale did not start')));
    createInterface(server.stderr).on('line', (line) => {
      const found = /Listening on '?\[?127\.0\.0\.1\]?:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const host = `127.0.0.1:${port}`;
  const url = `http://${host}`;
  const ask: Radicale['ask'] = async (user, method, where, body) => {
    const headers = { authorization: `Basic ${Buffer.from(`${user}:hemmelig`).toString('base64')}` };
    const answer = await fetch(new URL(where, url), { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, text: await answer.text() };
  };
  const ok = async (asked: ReturnType<typeof ask>) => {
    const { status, text } = await asked;
    if (status >= 300) throw new Error(`radicale: ${status} ${text}`);
  };
  return {
    host,
    url,
    ask,
    async calendar(user, name) {
      const where = `/${user}/${randomUUID()}/`;
      await ok(
        ask(
          user,
          'MKCALENDAR',
          where,
          `<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:displayname>${name}</d:displayname><c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>`,
        ),
      );
      return where;
    },
    async event(user, calendar, start, uid: string = randomUUID()) {
      const where = `${calendar}${uid}.ics`;
      await ok(ask(user, 'PUT', where, ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//DA', ...eventAt(start, uid), 'END:VCALENDAR', ''].join('\r\n')));
      return where;
    },
  };
}

/** When somebody's calendars say busy in the two weeks of the tests' clock, as '11-24 09:00'. */
export async function busyTimes(app: TestApp, person: TestPerson, reader: { token: string } = person): Promise<string[]> {
  const answer = await app.request(reader).get(`/api/people/${person.id}/free-busy?from=2026-11-17&to=2026-12-04`);
  return answer.body.filter(({ kind }: { kind: string }) => kind === 'busy').map(({ start }: { start: string }) => start.slice(5, 16).replace('T', ' '));
}

/** What is done once a minute about calendars, done once now; the rest of the house's minute is left out. */
export async function readDue(app: TestApp): Promise<void> {
  await readDueCalendars.run(app.room, {});
  await app.jobs.drain();
}

/** Calendars of earlier tests in the same file are read no more. */
export const forgetCalendars = (app: TestApp) => app.owner.query('delete from vn.calendar_link');

/** Joins a calendar and reads it. */
export async function join(app: TestApp, person: TestPerson, body: object, calendar: string = randomUUID()) {
  const answer = await app.request(person).put(`/api/people/${person.id}/calendars/${calendar}`, body);
  await app.jobs.drain();
  return { answer, calendar };
}

/** The one link of a person. */
export const linkOf = async (app: TestApp, person: TestPerson, calendar: string) =>
  (await app.request(person).get(`/api/people/${person.id}/calendars`)).body.links.find(({ id }: { id: string }) => id === calendar);
