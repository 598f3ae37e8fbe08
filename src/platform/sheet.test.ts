import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { workbook, zip } from '../../tests/support/sheets.ts';
import type { Again } from './reading.ts';
import { sheetRows } from './sheet.ts';

const again =
  (bytes: Buffer): Again =>
  (from = 0, to = Number.POSITIVE_INFINITY) =>
    Readable.from([bytes.subarray(from, to === Number.POSITIVE_INFINITY ? undefined : to + 1)]);
const read = async (bytes: Buffer, sheet: string | null = null) => (await sheetRows(again(bytes), sheet)).rows;

test('a sheet is read as text: days as days, numbers with a point, empty rows left out', async () => {
  const rows = await read(
    workbook([
      ['kviknummer', 'startdato', 'pris'],
      ['40017ØST & CO', { day: '2027-01-11' }, 436.5],
      [null, null, null],
      ['2', { day: '2027-02-01' }, 12345678901],
    ]),
  );
  expect(rows).toEqual([
    ['kviknummer', 'startdato', 'pris'],
    ['40017ØST & CO', '2027-01-11', '436.5'],
    ['2', '2027-02-01', '12345678901'],
  ]);
});

test.each([
  ['that says how large it is when unpacked', undefined],
  ['that lies about it', 1000],
])('a bomb %s is given up and leaves the memory alone', async (_name, says) => {
  const bomb = { name: 'xl/sharedStrings.xml', content: Buffer.alloc(200 * 1_048_576, '<si><t>a</t></si>'), ...(says === undefined ? {} : { says }) };
  const packed = workbook([['a'], ['b']], [bomb]);
  expect(packed.length).toBeLessThan(1_048_576);
  const before = process.memoryUsage().rss;
  if (says === undefined) await expect(read(packed)).rejects.toMatchObject({ code: 'too_large' });
  else await read(packed).catch((error: { code: string }) => expect(error.code).toBe('sheet_broken'));
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
});

test('a bomb that unpacks into more objects than may be is given up with its thread, and the next file is read', async () => {
  const rows = Buffer.from(`<worksheet><sheetData>${'<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(3_000_000)}</sheetData></worksheet>`);
  await expect(read(workbook([['a']], [{ name: 'xl/worksheets/sheet1.xml', content: rows }]))).rejects.toMatchObject({ code: expect.stringMatching(/too_large|too_many_rows|sheet_broken/) });
  expect(await read(workbook([['a'], ['b']]))).toEqual([['a'], ['b']]);
}, 60_000);

test.each([
  ['nothing but its first four bytes', Buffer.from('PK\u0003\u0004')],
  ['a packed file that is no workbook', zip([{ name: 'a.txt', content: Buffer.from('a') }])],
  ['a workbook cut in the middle', workbook([['a'], ['b']]).subarray(0, 900)],
  ['six hundred parts', zip(Array.from({ length: 600 }, (_, at) => ({ name: `xl/${at}.xml`, content: Buffer.from('a') })))],
])('%s is said to be broken', async (_name, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: expect.stringMatching(/sheet_broken|too_large/) });
});

test('a file that is no workbook is called broken, not too large', async () => {
  for (const bytes of [Buffer.from('PK\u0003\u0004nonsense'), Buffer.alloc(40)]) await expect(read(bytes)).rejects.toMatchObject({ code: 'sheet_broken' });
});
