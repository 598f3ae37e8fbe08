import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { entriesIn } from '../src/platform/calendar/multistatus.ts';
import { testApp } from './support/app.ts';
import { sendClasses } from './support/class-files.ts';
import { makeCentre } from './support/factory.ts';
import { workbook } from './support/sheets.ts';

/** Company files have theirs in src/modules/companies/imports/more-doors.test.ts. */
const app = await testApp();
const most = 700 * 1_048_576;
const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${`&${at === 0 ? 'a' : `a${at - 1}`};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
const sheet = (inner: string) => ({
  name: 'xl/worksheets/sheet1.xml',
  content: Buffer.from(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${inner}</t></is></c></row></sheetData></worksheet>`),
});

const bomb = workbook([['navn'], ['A']], [{ name: 'xl/sharedStrings.xml', content: Buffer.alloc(200 * 1_048_576, '<si><t>a</t></si>') }]);
const hostile: [string, RegExp, () => Buffer | string][] = [
  ['a bomb of 200 MB', /too_large|not_a_table/, () => bomb],
  ['a cell of 100 MB in a table', /too_large_record/, () => Buffer.concat([Buffer.from('cvr;navn\n12345674;'), Buffer.alloc(100_000_000, 'x')])],
  ['a heading of a million columns', /^(too_large_record|empty)$/, () => `navn${';x'.repeat(1_000_000)}\n`],
  ['entities that grow, in a page of XML', /^(page|not_a_table)$/, () => `${entities}<x>&a8;</x>`],
  [
    'entities in a workbook, its own and a file of this machine',
    /./,
    () => workbook([['navn']], [{ ...sheet(''), content: Buffer.from(`${entities}${sheet('navn &a8; &file;').content.toString()}`) }]),
  ],
  ['a packed file that says it is a table', /^not_a_table$/, () => gzipSync('cvr;navn\n12345674;A\n')],
  ['a PDF that says it is a table', /^not_a_table$/, () => '%PDF-1.7 cvr;navn\n'],
];

describe.each<[string, (content: Buffer | string) => Promise<{ state: string; error: string | null }>]>([
  [
    'a file of classes',
    async (content) => {
      const { camilla } = await makeCentre(app);
      return sendClasses(app, camilla, content, { fileName: 'hold.csv' });
    },
  ],
  [
    'a school’s own list',
    async (content) => {
      const { dorte } = await makeCentre(app);
      const sent = await app.request(dorte).raw({ method: 'POST', url: '/api/own-list?fileName=liste.csv', headers: { 'content-type': 'text/csv' }, payload: content });
      expect(sent.status, sent.text).toBe(202);
      await app.jobs.drain();
      return (await app.request(dorte).get('/api/own-list')).body.list;
    },
  ],
])('%s that means no good, or is not what it is called', (_door, send) => {
  test.each(hostile)('%s is refused, and little is held of it', async (_what, code, content) => {
    const bytes = content();
    const before = process.memoryUsage().rss;
    const read = await send(bytes);
    expect(read).toMatchObject({ state: 'failed', error: expect.stringMatching(code) });
    expect(JSON.stringify(read)).not.toMatch(/root:|aaaa/);
    expect(process.memoryUsage().rss - before).toBeLessThan(most);
  });
});

describe('a calendar server’s answer', () => {
  const answer = (head: string, inner: string) =>
    `${head}<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><response><href>/a/1.ics</href><propstat><prop><c:calendar-data>${inner}</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`;

  test('its entities are opened neither into gigabytes nor into files of this machine', async () => {
    const before = process.memoryUsage().rss;
    const read = await entriesIn(answer(entities, 'BEGIN:VCALENDAR &a8; &file;')).catch(() => null);
    expect(JSON.stringify(read)).not.toMatch(/root:|aaaa/);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_048_576);
    expect(await entriesIn(answer('', 'BEGIN:VCALENDAR &amp; more'))).toEqual(['BEGIN:VCALENDAR & more']);
  });
});

describe('a file of a report', () => {
  test.each([
    ['tavle.html', 'text/html', '<script>alert(1)</script>'],
    ['tavle.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['"; filename=x.html\r\nx-more: 1', 'image/png', '<script>alert(1)</script>'],
    ['../../etc/passwd', 'image/png', 'x'],
  ])('called %j and said to be %s comes back as bytes to save, under a name that leads nowhere', async (name, type, content) => {
    const { anna } = await makeCentre(app);
    const added = await app.request(anna).raw({ method: 'POST', url: `/api/visit-drafts/${randomUUID()}/files?name=${encodeURIComponent(name)}`, headers: { 'content-type': type }, payload: content });
    if (added.status === 400) return; // a name with signs that no name has
    expect(added.status, added.text).toBe(201);
    const got = await app.request(anna).get(`/api/visit-files/${added.body.id}`);
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
    expect(got.headers).not.toHaveProperty('x-more');
    expect(got.text).toBe(content);
  });
});
