import type { Role } from '../../../kit/access.ts';

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

/** Why a company may or may not be called, as codes with words in both languages. `not_available` is the one word that schools get, whatever the reason. */
export type CallReason = 'ceased' | 'dissolving' | 'not_available' | 'protected' | 'protected_with_reason' | 'objection' | 'quarantined' | 'taken' | 'no_phone' | 'free';

/** Who may know why: the coordinator's hat, and those who keep the register of public facts. Everybody else sees one word (decisions, blindness). */
export const seesReasons = (roles: readonly Role[]): boolean => roles.includes('coordinator') || roles.includes('register');

interface Standing {
  status: 'active' | 'dissolving' | 'ceased';
  protected: boolean;
  exception: string | null;
  objection: boolean;
  quarantined: boolean;
  phone: string | null;
  /** False where anything at all keeps it from being called: also what a hearing took. */
  available: boolean;
}

/**
 * What may be done right now.
 * Advertising protection holds for every approach that neither a law nor consent covers (CVR-loven §19); a recorded reason opens it.
 * @param reasons whether the reader may know why
 */
export function callAdvice(company: Standing, reasons: boolean): { may: boolean; reasons: CallReason[] } {
  if (company.status === 'ceased') return { may: false, reasons: ['ceased'] };
  if (!reasons) {
    if (!company.available) return { may: false, reasons: ['not_available'] };
  } else {
    const stops: CallReason[] = [];
    if (company.objection) stops.push('objection');
    if (company.protected && company.exception === null) stops.push('protected');
    if (company.quarantined) stops.push('quarantined');
    if (stops.length === 0 && !company.available) stops.push('taken');
    if (stops.length > 0) return { may: false, reasons: stops };
  }
  const found: CallReason[] = [];
  if (company.protected && reasons) found.push('protected_with_reason');
  if (company.status === 'dissolving') found.push('dissolving');
  if (company.phone === null) found.push('no_phone');
  return { may: true, reasons: found.length === 0 ? ['free'] : found };
}
