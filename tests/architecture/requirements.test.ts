import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { idsIn, rowsOf, unguarded } from './requirements.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : null);
const rows = rowsOf(read('docs/requirements.md') ?? '');

describe('requirements', () => {
  test('every row of the sources is listed, once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(206);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(new Set(rows.map(({ state }) => state.split(':')[0]))).toEqual(new Set(['done', 'partly', 'open']));
  });

  test('a row that is called done, wholly or partly, is guarded by a test that bears its id', () => expect(rows.flatMap((row) => unguarded(row, read))).toEqual([]));

  test('a row without a test, with one that is gone, and with one that does not bear its id are found', () => {
    const files: Record<string, string> = { 'a/one.test.ts': `test('2.15 peace for three months', () => 1);`, 'a/two.test.ts': `test.each([[1]])('2.150 not this one', () => 1); // 2.16` };
    const found = (line: string) => rowsOf(line).flatMap((row) => unguarded(row, (file) => files[file] ?? null));
    expect(found('| 2.15 | x | `y` | `a/one.test.ts` | done |')).toEqual([]);
    expect(found('| 2.15 | x | `y` | `a/two.test.ts`, `one.test.ts` | done |')).toEqual([]);
    expect(found('| 2.15 | x | `y` | – | done |')).toEqual(['2.15 names no test']);
    expect(found('| 2.15 | x | `y` | `a/gone.test.ts` | partly |')).toEqual(['2.15: a/gone.test.ts is not there']);
    expect(found('| 2.16 | x | `y` | `a/two.test.ts` | done |')).toEqual(['2.16: no test bears its id']);
    expect(found('| 2.16 | x | `y` | – | open |')).toEqual([]);
    expect([...idsIn(`test.each([\n  ['a', 1],\n] as const)('2.39 has a role: %s', f); describe('X.1 3.05 both', f)`)]).toEqual(['2.39', 'X.1', '3.05']);
  });
});
