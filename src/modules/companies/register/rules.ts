const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/**
 * A company number: eight digits whose weighted sum (2 7 6 5 4 3 2 1) divides by eleven; spaces, dots, dashes and "DK" in front are how people write it.
 * Source: Erhvervsstyrelsen, modulus 11 for CVR numbers. Remainder 1 would need a check digit of 10: such numbers do not exist.
 * @returns the eight digits, or null when it is no company number
 */
export function readCvr(written: string): string | null {
  const digits = written.trim().replace(/^DK/i, '').replaceAll(/[\s.\-\u00a0]/g, '');
  if (!/^\d{8}$/.test(digits) || digits === '00000000') return null;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return sum % 11 === 0 ? digits : null;
}
