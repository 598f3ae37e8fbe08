import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testClock } from '../../tests/support/clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { described, openLog, under, withoutData } from './log.ts';

/** A log whose minutes pass when a test says so. */
function openTestLog(slowMilliseconds = 500) {
  const lines: Record<string, unknown>[] = [];
  const time = { at: 0 };
  const log = openLog(
    () => testClock('2026-11-17T09:00:00+01:00'),
    slowMilliseconds,
    (line) => lines.push(JSON.parse(line)),
    () => time.at,
  );
  return { log, lines, time };
}
const refused = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('what a line tells of an error', () => {
  test('of PostgreSQL’s: code, names of the database’s own things and the place in the source, but no row', () => {
    const error = Object.assign(new Error('invalid input syntax for type integer: "Inger Solhøj"'), {
      code: '22P02',
      constraint: 'person_email',
      table: 'person',
      detail: 'Failing row contains (Inger Solhøj, 12 34 56 78).',
      where: 'COPY staging, line 7: "Inger Solhøj"',
      hint: 'Ask Inger Solhøj',
    });
    const told = described(error);
    expect(told).toMatchObject({ error: 'Error: invalid input syntax for type integer: "…"', code: '22P02', constraint: 'person_email', table: 'person' });
    expect(told.stack).toEqual(expect.arrayContaining([expect.stringMatching(/^at .*log\.test\.ts/)]));
    expect(JSON.stringify(told)).not.toMatch(/Solhøj|12 34/);
  });

  test('a statement of ours that is wrong is told with the names it is wrong about', () => {
    expect(described(refused('42703', 'column "colour" does not exist')).error).toBe('Error: column "colour" does not exist');
  });

  test('causes too, and neither forever nor with what they hold', () => {
    const ring = new Error('outer');
    ring.cause = ring;
    expect(JSON.stringify(described(ring)).match(/outer/g)).toHaveLength(4);
    expect(JSON.stringify(described(new Error('outer', { cause: new Error('could not reach per@firma.example') })))).not.toContain('per@');
  });

  test.each([
    [`Can't send mail - all recipients were rejected: 550 5.1.1 <per@firma.example>: unknown`, 'per@firma.example'],
    ['request to https://user:hemmeligt@kalender.example/feed/abc?q=Solh%C3%B8j failed', 'hemmeligt|feed|Solh'],
    [`Unexpected token 'S', "Solhøj svej"... is not valid JSON`, 'Solhøj'],
    [`Unexpected end of "Solhøj`, 'Solhøj'],
    ['called +45 12 34 56 78 and 1234-5678', '12 34|1234'],
    ['session hP3xJ9v0aQm2Zk7LrT5wY8uE1cB6nD4s is gone', 'hP3x'],
  ])('%s', (text, secret) => expect(withoutData(text)).not.toMatch(secret));

  test('what remains is still of use', () => {
    expect(withoutData('request to https://kalender.example/feed/abc failed after 3 tries')).toBe('request to https://kalender.example/… failed after 3 tries');
    expect(withoutData('readSession answered outside its contract: items.0.name Invalid input')).toBe('readSession answered outside its contract: items.0.name Invalid input');
  });

  test('a message of megabytes is cut, in no time', () => {
    expect(withoutData('a'.repeat(5_000_000)).length).toBeLessThan(5000);
  });
});

describe('an outage', () => {
  test('is told once a minute with what to do about it and how often it was not told, whatever fails by it', () => {
    const { log, lines, time } = openTestLog();
    for (let second = 0; second < 150; second += 1, time.at += 1000) for (const where of ['POST /api/teams', 'queue', 'house.minute']) log.fault(refused('25006'), where);
    expect(lines).toEqual([
      { at: '2026-11-17T08:00:00.000Z', where: 'POST /api/teams', outage: 'read_only', code: '25006', error: 'Error: x', advice: expect.stringContaining('takes no changes') },
      expect.objectContaining({ outage: 'read_only', untold: 179 }),
      expect.objectContaining({ outage: 'read_only', untold: 179 }),
    ]);
    expect(log.figures().outages).toContainEqual({ kind: 'read_only', count: 450, lately: true });
    time.at += 60_000;
    expect(log.figures().outages).toContainEqual({ kind: 'read_only', count: 450, lately: false });
  });

  test('of one kind hides none of another, and what is too slow is told for each place', () => {
    const { log, lines } = openTestLog();
    log.fault(refused('53100'), 'POST /api/teams');
    log.fault(refused('ENOSPC'), 'POST /api/imports');
    log.fault(refused('57014'), 'GET /api/companies');
    log.fault(refused('57014'), 'GET /api/meetings');
    expect(lines.map(({ outage, where }) => `${outage} ${where}`)).toEqual(['storage_full POST /api/teams', 'overloaded GET /api/companies', 'overloaded GET /api/meetings']);
  });

  test('a fault of ours is told every time', () => {
    const { log, lines } = openTestLog();
    for (let n = 0; n < 5; n += 1) log.fault(new Error('ours'), 'POST /api/teams');
    expect(lines).toHaveLength(5);
  });
});

describe('a slow statement', () => {
  test('is told with endpoint, duration and text without values, once a minute for each, and counted each time', () => {
    const { log, lines, time } = openTestLog(500);
    const text = `select *\n  from vn.company where name = $1 and note <> 'Inger ''Solhøj'''  limit 5`;
    under('listCompanies', () => {
      log.statement(text, 499.9);
      for (let n = 0; n < 4; n += 1) log.statement(text, 1234.5);
    });
    time.at += 60_000;
    under('listCompanies', () => log.statement(text, 600));
    const statement = `select * from vn.company where name = $1 and note <> '…' limit 5`;
    expect(lines).toEqual([
      { at: '2026-11-17T08:00:00.000Z', where: 'listCompanies', slow: 1235, statement },
      { at: '2026-11-17T08:00:00.000Z', where: 'listCompanies', slow: 600, statement, untold: 3 },
    ]);
    expect(log.figures().slow).toEqual([{ endpoint: 'listCompanies', count: 5 }]);
  });

  test('the setting says from when on, and nonsense is refused at the start', () => {
    expect(readConfig({}, '/', 'live').slowMilliseconds).toBe(500);
    expect(readConfig({ VEJNET_SLOW_MS: '50' }, '/', 'live').slowMilliseconds).toBe(50);
    for (const wrong of ['0', '-1', 'soon', '1.5']) expect(() => readConfig({ VEJNET_SLOW_MS: wrong }, '/', 'live')).toThrow(ConfigError);
    expect(readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')).toContain('VEJNET_SLOW_MS');
  });
});
