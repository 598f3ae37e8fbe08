import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { calendarDay } from '../../src/kit/calendar-day.ts';
import { instant, instantAnywhere } from '../../src/kit/instant.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('a moment or a day that the database does not have is refused where it comes in', () => {
  for (const year of ['0000', '0999', '9000', '9999']) {
    for (const shape of [instant, instantAnywhere]) expect(shape.safeParse(`${year}-06-01T00:00:00Z`).error?.issues).toMatchObject([{ params: { code: 'format' } }]);
    expect(calendarDay.safeParse(`${year}-06-01`).success).toBe(false);
  }
  expect([instant.parse('1000-01-01T00:00:00Z'), instantAnywhere.parse('8999-12-31T23:59:59+01:00')]).toHaveLength(2);
});

test('no shape takes moments by itself, and no cursor days', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(500);
  const holding = (text: string, among: string[]) => among.filter((file) => readFileSync(path.join(root, file), 'utf8').includes(text));
  expect(holding('z.iso.datetime(', files)).toEqual(['src/kit/instant.ts']);
  expect(
    holding(
      'z.iso.date(',
      files.filter((file) => file.includes('/server/')),
    ),
  ).toEqual([]);
});
