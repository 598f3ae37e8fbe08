import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Again, delimiterOf, jsonRecords, looksLikeJson, tableRows, UnreadableFile } from './reading.ts';

/** A file of these bytes that comes in pieces of `size`. */
const file = (content: string | Buffer, size = 65_536): Again => {
  const whole = Buffer.from(content);
  return (from = 0, to = Number.POSITIVE_INFINITY) => {
    const bytes = whole.subarray(from, to === Number.POSITIVE_INFINITY ? undefined : to + 1);
    return Readable.from(
      (function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      })(),
    );
  };
};
/** What was given, and the code of what stopped it. */
async function all<T>(records: AsyncIterable<T>): Promise<{ given: T[]; stopped: string | null }> {
  const given: T[] = [];
  try {
    for await (const each of records) given.push(each);
    return { given, stopped: null };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { given, stopped: error.code };
  }
}
const rows = async (content: string | Buffer, size?: number) => (await all(tableRows(file(content, size)))).given;
const records = (content: string | Buffer, size?: number) => all(jsonRecords(file(content, size)));

describe('tables', () => {
  test.each([
    [';', 'semicolon'],
    [',', 'comma'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('the delimiter "%s" (%s) is found out', async (sign) => {
    expect(await rows(`${['cvr', 'navn', 'by'].join(sign)}\n${['12345674', 'A', 'B'].join(sign)}`)).toEqual([
      ['cvr', 'navn', 'by'],
      ['12345674', 'A', 'B'],
    ]);
  });

  test('signs inside quotes do not count as the delimiter, and one column needs none', () => {
    expect(delimiterOf('"a,b,c,d";e')).toBe(';');
    expect(delimiterOf('navn, by og vej;cvr;p')).toBe(';');
    expect(delimiterOf('cvr')).toBe(';');
  });

  test('empty lines in front and in between are skipped, and do not hide the delimiter', async () =>
    expect(await rows('\n\na,b\n\n1,2\n\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]));

  test('rows of nothing but delimiters, as spreadsheets leave them at the end, are no rows', async () =>
    expect(await rows('a;b\n1;2\n;\n ; \n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]));

  test('a byte order mark is no part of the first heading', async () => expect((await rows('\ufeffcvr;navn\n'))[0]).toEqual(['cvr', 'navn']));

  test('lines end in any of the ways there are, the last one needs no end', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(await rows(['a;b', '1;2', '3;4'].join(end))).toEqual([
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ]);
  });

  test('UTF-8 is read as UTF-8, wherever a piece cuts a letter in two', async () => {
    for (const size of [1, 2, 3, 7])
      expect(await rows('navn;by\nÆrø 😀;Aabølle\n', size)).toEqual([
        ['navn', 'by'],
        ['Ærø 😀', 'Aabølle'],
      ]);
  });

  test('Latin-1, the way Danish spreadsheets write it, is read as Latin-1', async () =>
    expect(await rows(Buffer.from('navn;by\nÆrø Værft;Åbølle\n', 'latin1'))).toEqual([
      ['navn', 'by'],
      ['Ærø Værft', 'Åbølle'],
    ]));

  test('Latin-1 is noticed even when its first letter comes after megabytes', async () => {
    const many = 120_000;
    const content = Buffer.concat([Buffer.from(`navn;by\n${'Bjergager Smede;Limvig\n'.repeat(many)}`), Buffer.from('Østerå;Åby\n', 'latin1')]);
    expect(content.length).toBeGreaterThan(2_500_000);
    const read = await rows(content);
    expect(read).toHaveLength(many + 2);
    expect(read.at(-1)).toEqual(['Østerå', 'Åby']);
  });

  test('quotes are read as quotes, and forgiven where they stand inside a cell', async () => {
    expect(await rows('a;b\n"x;""y""\nz";1\nhan sagde "ja";2\n')).toEqual([
      ['a', 'b'],
      ['x;"y"\nz', '1'],
      ['han sagde "ja"', '2'],
    ]);
  });

  test('rows may be shorter or longer than the headings', async () => expect(await rows('a;b\n1\n1;2;3\n')).toEqual([['a', 'b'], ['1'], ['1', '2', '3']]));

  test('no cell is changed: leading zeros, signs and spaces stay', async () =>
    expect(await rows('kode;x\n011100; +1 \n=1;00\n')).toEqual([
      ['kode', 'x'],
      ['011100', ' +1 '],
      ['=1', '00'],
    ]));

  test('a huge cell stops the reading; the rows of a piece before it were given', async () => {
    const found = await all(tableRows(file(`a;b\n${'1;2\n'.repeat(50_000)}1;${'x'.repeat(1_200_000)}\n3;4\n`)));
    expect(found.stopped).toBe('too_large_record');
    expect(found.given.length).toBeGreaterThan(1);
    expect(found.given.length).toBeLessThanOrEqual(50_001);
  });

  test('a quote that is never closed stops the reading', async () => expect((await all(tableRows(file('a;b\n"1;2\n3;4\n')))).stopped).toBe('csv_broken'));

  test('an empty file has no rows', async () => expect(await rows('')).toEqual([]));

  test('whoever stops early leaves no file open', async () => {
    const opened: Readable[] = [];
    const content = file(`a;b\n${'1;2\n'.repeat(200_000)}`);
    for await (const row of tableRows((from, to) => opened[opened.push(content(from, to)) - 1] as Readable)) if (row[0] === '1') break;
    while (opened.some((stream) => !stream.destroyed)) await new Promise((resolve) => setImmediate(resolve));
    expect(opened.length).toBeGreaterThan(0);
  });

  test('any bytes are read or refused as a table, in pieces of any size, and never otherwise thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        const whole = await all(tableRows(file(Buffer.from(bytes))));
        expect(await all(tableRows(file(Buffer.from(bytes), size)))).toEqual(whole);
      }),
    );
  });
});

describe('JSON', () => {
  const made = [{ a: 1 }, { b: 'æ😀' }, { c: { hits: [1, 2] } }];

  test.each([
    ['{"took":1}', true],
    [' \n\t[1]', true],
    ['\ufeff{"a":1}', true],
    ['cvr;navn', false],
    ['', false],
    ['"text"', false],
  ])('%j looks like JSON: %s', async (content, is) => expect(await looksLikeJson(file(content))).toBe(is));

  test.each([
    ['in hits.hits', JSON.stringify({ took: 3, hits: { total: 3, hits: made } })],
    ['in hits', JSON.stringify({ hits: made })],
    ['in an array', JSON.stringify(made)],
    ['in an array over many lines', JSON.stringify(made, null, 2)],
    ['one per line', made.map((each) => JSON.stringify(each)).join('\n')],
    ['one per line, with an end', `${made.map((each) => JSON.stringify(each)).join('\r\n')}\r\n\n`],
    ['after a byte order mark', `\ufeff${JSON.stringify(made)}`],
    ['after a byte order mark in hits', `\ufeff \n${JSON.stringify({ hits: { hits: made } })}`],
  ])('records are found %s, in pieces of any size', async (_where, content) => {
    for (const size of [3, 7, 65_536]) expect(await records(content, size)).toEqual({ given: made, stopped: null });
  });

  test('a single object is one record', async () => expect(await records('{"Vrvirksomhed":{"cvrNummer":1}}')).toEqual({ given: [{ Vrvirksomhed: { cvrNummer: 1 } }], stopped: null }));

  test.each([
    ['an array', '[{"a":1},{"b":2},{"c":}]'],
    ['hits', '{"hits":{"hits":[{"a":1},{"b":2},{"c" 3}]}}'],
    ['lines', '{"a":1}\n{"b":2}\n{"c":\n{"d":4}'],
  ])('broken in the middle of %s: what came before was given', async (_what, content) => {
    for (const size of [5, 65_536]) expect(await records(content, size)).toEqual({ given: [{ a: 1 }, { b: 2 }], stopped: 'json_broken' });
  });

  test.each([
    ['an array', '[{"a":1},{"b":2}'],
    ['hits', '{"hits":{"hits":[{"a":1},{"b":2}]}'],
    ['lines', '{"a":1}\n{"b":2}\n{"c":"x'],
    ['a line', '{"a":1}\n{"b":2}\n{'],
  ])('a file that ends in the middle of %s is not taken for whole', async (_what, content) => expect(await records(content)).toEqual({ given: [{ a: 1 }, { b: 2 }], stopped: 'json_broken' }));

  test('something after the end is not taken for nothing', async () => {
    for (const size of [4, 65_536]) expect((await records('[{"a":1}]   [{"b":2}]', size)).stopped).toBe('json_broken');
  });

  test.each(['', ' \n ', '[]', '{"hits":{"total":0,"hits":[]}}'])('%j has no records and is not broken', async (content) => expect(await records(content)).toEqual({ given: [], stopped: null }));

  test('what is nested deeper than anything honest is refused before it fills the stack', async () => {
    const nested = (depth: number) => `[{"a":1},${'['.repeat(depth)}${']'.repeat(depth)}]`;
    expect((await records(nested(90))).given).toHaveLength(2);
    for (const depth of [200, 100_000]) expect(await records(nested(depth))).toEqual({ given: [{ a: 1 }], stopped: 'too_large_record' });
    expect((await records(`[${'{"a":'.repeat(100_000)}`)).stopped).toBe('too_large_record');
  });

  test('a record larger than anything honest is refused before it fills the memory', async () => {
    expect((await records(`[{"a":1},{"a":"${'x'.repeat(18_000_000)}"}]`)).stopped).toBe('too_large_record');
    expect((await records(`[{"a":1},{"a":"${'x'.repeat(1_000_000)}"}]`)).given).toHaveLength(2);
  });

  test('any text is read or refused, in pieces of any size, and never otherwise thrown at', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.json()).map((each) => each.join('\n')),
      fc.json().map((each) => each.slice(0, -1)),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (content, size) => {
        expect(await records(content, size)).toEqual(await records(content));
      }),
    );
  });
});

test('memory stays flat while 60 MB of JSON go through, and while 60 MB of table do', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const endless = (start: string, piece: string, end: string): Again => {
    const block = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
    return (_from = 0, to = Number.POSITIVE_INFINITY) =>
      Readable.from(
        (function* () {
          yield Buffer.from(start);
          for (let sent = 0; sent < Math.min(60_000_000, to); sent += block.length) yield block;
          yield Buffer.from(end);
        })(),
      );
  };
  const grownBy = async (read: AsyncIterable<unknown>) => {
    collect();
    const before = process.memoryUsage();
    const held = before.heapUsed + before.external;
    let [most, seen] = [0, 0];
    for await (const _each of read) {
      seen += 1;
      if (seen % 5000 !== 0) continue;
      collect();
      const now = process.memoryUsage();
      most = Math.max(most, now.heapUsed + now.external - held);
    }
    expect(seen).toBeGreaterThan(25_000);
    return most / 1_048_576;
  };
  const hit = JSON.stringify({ _source: { Vrvirksomhed: { cvrNummer: 12_345_674, navne: [{ navn: 'Bjergager Smede' }], text: 'x'.repeat(2000) } } });
  expect(await grownBy(jsonRecords(endless(`{"hits":{"hits":[${hit}`, `,${hit}`, ']}}')))).toBeLessThan(40);
  expect(await grownBy(tableRows(endless('cvr;navn;by\n', `12345674;${'Bjergager Smede & Montage '.repeat(80)};Limvig\n`, '')))).toBeLessThan(40);
}, 60_000);
