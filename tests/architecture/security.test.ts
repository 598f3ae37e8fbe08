import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { everyPoint, pointsOf, unborne } from './security.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : null);
const points = pointsOf(read('docs/security.md') ?? '');

describe('what is said of security', () => {
  test('every point of levels 1 and 2 has a line, once', () => {
    expect(points.flatMap(({ ids }) => ids).sort()).toEqual([...everyPoint].sort());
  });

  test('every line has a test that is there, or a reason', () => expect(points.flatMap((point) => unborne(point, read))).toEqual([]));

  test('a line without either, with a file that is gone, and with a test that is not in it are found', () => {
    const files: Record<string, string> = { 'a/one.test.ts': `test('nobody gets in by the window', () => 1);` };
    const found = (line: string) => pointsOf(line).flatMap((point) => unborne(point, (file) => files[file] ?? null));
    expect(found('| 6.1.1 | x | locked well | `a/one.test.ts` “nobody gets in by the window” |')).toEqual([]);
    expect(found('| 6.1.1–3 | x | there is no window | does not apply |')).toEqual([]);
    expect(found('| 6.1.1 | x | locked well | surely |')).toEqual(['6.1.1: names no test and no reason']);
    expect(found('| 6.1.1 | x | | does not apply |')).toEqual(['6.1.1: does not say how it is met']);
    expect(found('| 6.1.1 | x | locked well | `a/two.test.ts` “nobody gets in” |')).toEqual(['6.1.1: a/two.test.ts is not there']);
    expect(found('| 6.1.1–2 | x | locked well | `a/one.test.ts` “by the door” |')).toEqual(['6.1.1, 6.1.2: a/one.test.ts has no test “by the door”']);
  });
});
