/** What a price is with VAT, in øre, rounded to the nearest. @param vat percent */
export const withVat = (ore: number, vat: number): number => Math.round((ore * (100 + vat)) / 100);

/**
 * Kroner as people write them: "1250", "1.250", "1.250,50", "1250,5 kr.". Thousands are parted by a full stop or a space, øre by a comma.
 * @returns øre; null when it is no amount, or a negative one
 */
export function readKroner(written: string): number | null {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/^(dkk|kr\.?)\s*/, '')
    .replace(/\s*(dkk|kr\.?)$/, '');
  const found = /^(\d{1,3}(?:[.\s\u00a0]\d{3})+|\d{1,9})(?:,(\d{1,2}))?$/.exec(text);
  if (found === null) return null;
  return Number((found[1] ?? '').replaceAll(/[.\s\u00a0]/g, '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}
