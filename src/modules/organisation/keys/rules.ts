import { shiftDay } from '../../../kit/calendar-day.ts';

/** Days before its end on which a key in use is told of, and from which it stands on Today. */
export const daysBeforeEnd = 14;

interface Held {
  state: string;
  usedAt: string | null;
  expiresAt: string;
}

/** Keys that are in use and end soon, the first to end first; what nobody used stops nothing. `today` is a calendar day. */
export const runningOut = <K extends Held>(keys: readonly K[], today: string): K[] =>
  keys
    .filter(({ state, usedAt, expiresAt }) => state === 'holds' && usedAt !== null && expiresAt.slice(0, 10) <= shiftDay(today, daysBeforeEnd))
    .sort((one, other) => one.expiresAt.localeCompare(other.expiresAt));
