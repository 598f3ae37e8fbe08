/** Eight or ten digits whose weighted sum divides by eleven. */
function dividesByEleven(digits: string, weights: readonly number[]): boolean {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11 === 0;
}

const withoutMarks = (written: string) => written.trim().replaceAll(/[\s.\-\u00a0]/g, '');

/**
 * A company number: eight digits whose weighted sum (2 7 6 5 4 3 2 1) divides by eleven; spaces, dots, dashes and "DK" in front are how people write it.
 * Source: Erhvervsstyrelsen, modulus 11 for CVR numbers. Remainder 1 would need a check digit of 10: such numbers do not exist.
 * @returns the eight digits, or null when it is no company number
 */
export function readCvr(written: string): string | null {
  const digits = withoutMarks(written.trim().replace(/^DK/i, ''));
  if (!/^\d{8}$/.test(digits) || digits === '00000000') return null;
  return dividesByEleven(digits, [2, 7, 6, 5, 4, 3, 2, 1]) ? digits : null;
}

/**
 * A production unit's number: ten digits. The check (4 3 2 7 6 5 4 3 2 1, modulus 11) only warns, because one series was handed out with wrong weights.
 * Source: Erhvervsstyrelsen, the same page.
 */
export function readPNumber(written: string): { number: string; doubtful: boolean } | null {
  const digits = withoutMarks(written);
  return /^\d{10}$/.test(digits) ? { number: digits, doubtful: !dividesByEleven(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) } : null;
}

export interface Interval {
  from: number;
  /** Null where the interval has no upper end. */
  to: number | null;
}

/** CVR's intervals of employees: ANTAL_2_4, ANTAL_1000_999999, and "2-4", "10 - 19", "7" as lists write them. */
export function readInterval(written: string): Interval | null {
  const match = /^(?:ANTAL_)?(\d{1,6})(?:\s*[_–-]\s*(\d{1,6}))?$/i.exec(written.trim());
  if (match?.[1] === undefined) return null;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (to < from) return null;
  return { from, to: to >= 999_999 ? null : to };
}

export type SizePeriod = 'month' | 'quarter' | 'year';
export interface Size extends Interval {
  period: SizePeriod;
  /** The last day of the period it was counted for. */
  asOf: string;
}

/** The newest count wins; of the same day the finer one: month before quarter before year. */
export function newestSize(counts: readonly Size[]): Size | null {
  const rank: Record<SizePeriod, number> = { month: 2, quarter: 1, year: 0 };
  return counts.reduce<Size | null>((best, next) => (best === null || next.asOf > best.asOf || (next.asOf === best.asOf && rank[next.period] > rank[best.period]) ? next : best), null);
}

/** Segments of first rank (row 2.01): below 10 is the hardest to reach, 0–49 is what the cooperation is for. */
export const sizeClasses = { micro: { from: 0, to: 9 }, small: { from: 10, to: 49 }, sme: { from: 0, to: 49 }, large: { from: 50, to: null } } as const;

/** CVR's words for a company's state; a sole trader has none, and its life decides. */
export function readStatus(text: string | null, ended: string | null): 'active' | 'dissolving' | 'ceased' {
  const word = (text ?? '').trim().toUpperCase();
  if (ended !== null || /^(SLETTET|TVANGSOPLØST|OPLØST|OPHØRT|UDEN RETSVIRKNING)/.test(word)) return 'ceased';
  return /^UNDER /.test(word) ? 'dissolving' : 'active';
}

/** Why a company may or may not be called, as codes with words in both languages. */
export type CallReason = 'ceased' | 'dissolving' | 'protected' | 'protected_with_reason' | 'no_phone' | 'free';

/**
 * What may be done right now, as far as the register and the centre's own relation say.
 * Advertising protection holds for every approach that neither a law nor consent covers (CVR-loven §19); a recorded reason opens it.
 */
export function callAdvice(company: { status: 'active' | 'dissolving' | 'ceased'; protected: boolean; exception: string | null; phone: string | null }): { may: boolean; reasons: CallReason[] } {
  if (company.status === 'ceased') return { may: false, reasons: ['ceased'] };
  if (company.protected && company.exception === null) return { may: false, reasons: ['protected'] };
  const reasons: CallReason[] = [];
  if (company.protected) reasons.push('protected_with_reason');
  if (company.status === 'dissolving') reasons.push('dissolving');
  if (company.phone === null) reasons.push('no_phone');
  return { may: true, reasons: reasons.length === 0 ? ['free'] : reasons };
}
