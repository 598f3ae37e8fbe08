import { expect, test } from 'vitest';
import { employees } from './figures.ts';

test.each([
  ['da', 0, 0, 'Ingen ansatte'],
  ['da', 1, 1, '1 ansat'],
  ['da', 10, 19, '10–19 ansatte'],
  ['da', 1000, null, '1.000+ ansatte'],
  ['en', 0, 0, 'No employees'],
  ['en', 1, 1, '1 employee'],
  ['en', 2, 4, '2–4 employees'],
] as const)('in %s %s to %s is said as people say it', (language, from, to, said) => {
  expect(employees(language, { from, to })).toBe(said);
});
