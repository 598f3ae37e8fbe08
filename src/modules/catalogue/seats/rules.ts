import { shiftDay } from '../../../kit/calendar-day.ts';
import type { SeatState } from './contract.ts';

/** Days before a class begins from which a company may agree to pay so that it runs with too few (row 4.05). */
const supplementDays = 5;

/** Whether the supplement may be agreed on that day. */
export const supplementAllowed = (starts: string, today: string): boolean => today >= shiftDay(starts, -supplementDays);

interface Chances {
  guaranteed: boolean;
  minimum: number;
  /** Sure participants, here and in another system. */
  sure: number;
  /** A company with a sure seat pays the supplement. */
  supplement: boolean;
}
/** How many are missing before a class can be said to run; 0: none. */
export const missingIn = ({ guaranteed, minimum, sure, supplement }: Chances): number => (guaranteed || supplement ? 0 : Math.max(0, minimum - sure));

/** What is still wanted of a class: there, waiting, or asked. */
export const isOpen = (state: SeatState): boolean => state === 'taken' || state === 'waiting' || state === 'offered';
