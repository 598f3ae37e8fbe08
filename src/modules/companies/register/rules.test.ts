import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCvr } from './rules.ts';

const weights = [2, 7, 6, 5, 4, 3, 2];
/** The check digit of seven digits; null where modulus 11 would need a ten. */
function checkDigit(body: string): number | null {
  const rest = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11;
  return rest === 1 ? null : (11 - rest) % 11;
}
const sevenDigits = fc.integer({ min: 1, max: 9_999_999 }).map((number) => String(number).padStart(7, '0'));
const validNumber = sevenDigits.filter((body) => checkDigit(body) !== null).map((body) => `${body}${checkDigit(body)}`);

describe('company numbers', () => {
  test.each(['13748136', '12345674'])('%s is a company number', (number) => expect(readCvr(number)).toBe(number));

  test.each(['12345678', '00000000', '1234567', '123456740', '1234567a', '', ' ', 'DK', '１２３４５６７４', '-12345674.5'])('"%s" is no company number', (written) =>
    expect(readCvr(written)).toBeNull(),
  );

  test.each(['DK12345674', 'dk 12345674', ' 12 34 56 74 ', '12.34.56.74', '1234-5674', '12\u00a034\u00a056\u00a074', 'DK-12345674'])('"%s" is read as people write it', (written) =>
    expect(readCvr(written)).toBe('12345674'),
  );

  test('a leading zero is kept', () => {
    expect(checkDigit('0123456')).not.toBeNull();
    expect(readCvr(`0123456${checkDigit('0123456')}`)).toBe(`0123456${checkDigit('0123456')}`);
  });

  test('of the ten possible last digits exactly one makes a company number, or none', () => {
    fc.assert(
      fc.property(sevenDigits, (body) => {
        const accepted = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).filter((number) => readCvr(number) !== null);
        const digit = checkDigit(body);
        expect(accepted).toEqual(digit === null ? [] : [`${body}${digit}`]);
      }),
    );
  });

  test('one mistyped digit or two neighbours swapped are noticed', () => {
    fc.assert(
      fc.property(validNumber, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        const digits = [...number];
        const mistyped = digits.with(place, String((Number(digits[place]) + by) % 10)).join('');
        expect(readCvr(mistyped)).toBeNull();
        const [one = '', two = ''] = [digits[place], digits[(place + 1) % 8]];
        if (place < 7 && one !== two)
          expect(
            readCvr(
              digits
                .with(place, two)
                .with(place + 1, one)
                .join(''),
            ),
          ).toBeNull();
      }),
    );
  });

  test('any text is read without throwing, and what is read is eight digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(readCvr(written) ?? '12345674').toMatch(/^\d{8}$/);
      }),
    );
  });
});
