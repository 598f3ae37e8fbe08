import { describe, expect, test } from 'vitest';
import { readKroner, withVat } from './money.ts';

describe('kroner', () => {
  test.each([
    ['1250', 125_000],
    ['1.250', 125_000],
    ['1 250', 125_000],
    ['1.250,5', 125_050],
    ['1.250,50 kr.', 125_050],
    ['kr. 12,05', 1205],
    ['0', 0],
    ['0,10', 10],
  ])('"%s" is read', (written, ore) => expect(readKroner(written)).toBe(ore));
  test.each(['', '-5', '1,250.50', '12.5', '1.25', '1,234', 'gratis', '12,', '1e5'])('"%s" is no amount', (written) => expect(readKroner(written)).toBeNull());
  test('VAT is added once and rounded to whole øre', () => {
    expect(withVat(100_000, 25)).toBe(125_000);
    expect(withVat(99_999, 25)).toBe(124_999);
    expect(withVat(2, 25)).toBe(3);
    expect(withVat(52_000, 0)).toBe(52_000);
  });
});
