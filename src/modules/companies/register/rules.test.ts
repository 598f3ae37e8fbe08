import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callAdvice, newestSize, readCvr, readInterval, readPNumber, readStatus, type Size, sizeClasses } from './rules.ts';

const weights = [2, 7, 6, 5, 4, 3, 2];
/** The check digit of seven digits; null where modulus 11 would need a ten. */
function checkDigit(body: string): number | null {
  const rest = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11;
  return rest === 1 ? null : (11 - rest) % 11;
}
const size = (asOf: string, period: Size['period'], from: number): Size => ({ asOf, period, from, to: from });
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

describe('numbers of production units', () => {
  test.each(['1003388394', ' 1003 388 394 ', '10.03.38.83.94'])('"%s" is read, and what was written in between is dropped', (written) => expect(readPNumber(written)?.number).toBe('1003388394'));

  test('a number that fails its check is read all the same, and marked as doubtful', () => {
    const all = Array.from({ length: 10 }, (_, digit) => readPNumber(`199000000${digit}`));
    expect(all.map((read) => read?.number)).toEqual(Array.from({ length: 10 }, (_, digit) => `199000000${digit}`));
    expect(all.filter((read) => read?.doubtful === false).map((read) => read?.number)).toEqual(['1990000006']);
  });

  test.each(['', '123456789', '12345678901', '12345678a0', 'DK1003388394', '１００３３８８３９４', '-1003388394x'])('"%s" is none', (written) => expect(readPNumber(written)).toBeNull());

  test('any text is read without throwing, and what is read is ten digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(readPNumber(written)?.number ?? '1003388394').toMatch(/^\d{10}$/);
      }),
    );
  });
});

describe('intervals of employees', () => {
  test.each([
    ['ANTAL_0_0', 0, 0],
    ['ANTAL_1_1', 1, 1],
    ['ANTAL_2_4', 2, 4],
    ['ANTAL_5_9', 5, 9],
    ['ANTAL_10_19', 10, 19],
    ['ANTAL_20_49', 20, 49],
    ['ANTAL_50_99', 50, 99],
    ['ANTAL_100_199', 100, 199],
    ['ANTAL_200_499', 200, 499],
    ['ANTAL_500_999', 500, 999],
    ['antal_2_4', 2, 4],
    ['10-19', 10, 19],
    [' 10 - 19 ', 10, 19],
    ['10–19', 10, 19],
    ['7', 7, 7],
    ['0', 0, 0],
  ])('%s is from %i to %i', (written, from, to) => expect(readInterval(written)).toEqual({ from, to }));

  test.each(['ANTAL_1000_999999', '1000-999999'])('%s has no upper end', (written) => expect(readInterval(written)).toEqual({ from: 1000, to: null }));

  test.each(['', 'ANTAL_', '19-10', 'mange', '1.5', '-3', '10-19-20', '1234567', 'ANTAL_x_y', '10+'])('"%s" is no interval', (written) => expect(readInterval(written)).toBeNull());

  test('what is read never ends before it begins', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(ANTAL_)?\d{1,6}[-_]\d{1,6}$/)), (written) => {
        const read = readInterval(written);
        expect(read === null || read.to === null || read.from <= read.to).toBe(true);
      }),
    );
  });
});

describe('which count of employees holds', () => {
  test('none where nobody has counted', () => expect(newestSize([])).toBeNull());

  test('the newest wins, whatever its period', () => {
    expect(newestSize([size('2026-09-30', 'month', 3), size('2026-12-31', 'year', 9), size('2026-06-30', 'quarter', 5)])?.from).toBe(9);
    expect(newestSize([size('2025-12-31', 'year', 9), size('2026-06-30', 'quarter', 5), size('2026-09-30', 'month', 3)])?.from).toBe(3);
  });

  test('of the same day the month wins over the quarter and the quarter over the year, in whatever order they come', () => {
    const counts = [size('2025-12-31', 'year', 9), size('2025-12-31', 'month', 3), size('2025-12-31', 'quarter', 5)];
    for (const each of [counts, counts.toReversed(), counts.toSorted((a, b) => a.from - b.from)]) expect(newestSize(each)?.period).toBe('month');
    expect(newestSize(counts.filter(({ period }) => period !== 'month'))?.period).toBe('quarter');
  });
});

describe('the state of a company', () => {
  test.each([
    ['NORMAL', 'active'],
    ['Aktiv', 'active'],
    ['UNDER FRIVILLIG LIKVIDATION', 'dissolving'],
    ['UNDER KONKURS', 'dissolving'],
    ['UNDER TVANGSOPLØSNING', 'dissolving'],
    ['UNDER REKONSTRUKTION', 'dissolving'],
    ['UNDER REASSUMERING', 'dissolving'],
    ['UDEN RETSVIRKNING', 'ceased'],
    ['TVANGSOPLØST', 'ceased'],
    ['SLETTET', 'ceased'],
    ['OPLØST EFTER KONKURS', 'ceased'],
    ['opløst efter fusion', 'ceased'],
    ['OPLØST EFTER grænseoverskridende omdannelse', 'ceased'],
    ['Ophørt', 'ceased'],
    ['', 'active'],
    [null, 'active'],
  ])('"%s" means %s', (text, status) => expect(readStatus(text, null)).toBe(status));

  test('a sole trader has no status: the end of its life decides', () => {
    expect(readStatus(null, '2026-05-31')).toBe('ceased');
    expect(readStatus('NORMAL', '2026-05-31')).toBe('ceased');
  });
});

describe('whether a company may be called', () => {
  const open = { status: 'active', protected: false, exception: null, objection: false, quarantined: false, phone: '00120000', available: true } as const;
  const told = (over: object) => callAdvice({ ...open, ...over }, true);
  const school = (over: object) => callAdvice({ ...open, ...over }, false);
  test('an active one with a phone and nothing in the way is free', () => {
    expect(told({})).toEqual({ may: true, reasons: ['free'] });
    expect(school({})).toEqual({ may: true, reasons: ['free'] });
  });
  test('the coordinator reads why it may not', () => {
    expect(told({ protected: true, available: false })).toEqual({ may: false, reasons: ['protected'] });
    expect(told({ quarantined: true, objection: true, available: false })).toEqual({ may: false, reasons: ['objection', 'quarantined'] });
    expect(told({ available: false })).toEqual({ may: false, reasons: ['taken'] });
  });
  test('3.12 to a school protected, quarantined, objecting and taken are one word', () => {
    for (const over of [{ protected: true }, { quarantined: true }, { objection: true }, {}]) expect(school({ ...over, available: false })).toEqual({ may: false, reasons: ['not_available'] });
  });
  test('a protected one may for a recorded reason; why is told to whoever may know', () => {
    expect(told({ protected: true, exception: 'consent' })).toEqual({ may: true, reasons: ['protected_with_reason'] });
    expect(school({ protected: true, exception: 'consent' })).toEqual({ may: true, reasons: ['free'] });
  });
  test('a ceased one may not, reason or none', () => {
    for (const protectedToo of [true, false]) expect(told({ status: 'ceased', protected: protectedToo, exception: 'consent' })).toEqual({ may: false, reasons: ['ceased'] });
    expect(school({ status: 'ceased', available: false })).toEqual({ may: false, reasons: ['ceased'] });
  });
  test('everything that the caller should know is told at once', () =>
    expect(told({ status: 'dissolving', protected: true, exception: 'consent', phone: null })).toEqual({ may: true, reasons: ['protected_with_reason', 'dissolving', 'no_phone'] }));
});

test('2.01 the segments: below ten is micro, below fifty is what the cooperation is for, and together with the large ones nobody falls between', () => {
  expect(sizeClasses).toEqual({ micro: { from: 0, to: 9 }, small: { from: 10, to: 49 }, sme: { from: 0, to: 49 }, large: { from: 50, to: null } });
  const segmentsOf = (written: string) => {
    const read = readInterval(written);
    return Object.entries(sizeClasses)
      .filter(([, { from, to }]) => read !== null && read.from >= from && (to === null || (read.to !== null && read.to <= to)))
      .map(([name]) => name);
  };
  for (const interval of ['ANTAL_0_0', 'ANTAL_1_1', 'ANTAL_2_4', 'ANTAL_5_9']) expect(segmentsOf(interval), interval).toEqual(['micro', 'sme']);
  for (const interval of ['ANTAL_10_19', 'ANTAL_20_49']) expect(segmentsOf(interval), interval).toEqual(['small', 'sme']);
  for (const interval of ['ANTAL_50_99', 'ANTAL_500_999', 'ANTAL_1000_999999']) expect(segmentsOf(interval), interval).toEqual(['large']);
});
