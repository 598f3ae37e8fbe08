import { expect, test } from 'vitest';
import { withVat } from './money.ts';

test('VAT is added once and rounded to whole øre', () => {
  expect(withVat(100_000, 25)).toBe(125_000);
  expect(withVat(99_999, 25)).toBe(124_999);
  expect(withVat(2, 25)).toBe(3);
  expect(withVat(52_000, 0)).toBe(52_000);
});
