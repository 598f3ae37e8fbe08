import { shiftDay } from '../../../kit/calendar-day.ts';
import { drawn } from '../../../kit/lot.ts';
import { weekdayOf } from '../../../kit/week.ts';

/** How far ahead turns are given, in weeks. */
export const weeksAhead = 8;

/** The days of a weekly place between two days, both included; none on a public holiday (row 2.11). */
export function rotaDays(weekday: number, from: string, to: string, isHoliday: (day: string) => boolean): string[] {
  const days: string[] = [];
  for (let day = shiftDay(from, (weekday - weekdayOf(from) + 7) % 7); day <= to; day = shiftDay(day, 7)) if (!isHoliday(day)) days.push(day);
  return days;
}

export interface Turn {
  day: string;
  /** Null: nobody of the rota could. */
  person: string | null;
}

/**
 * Gives each free day to whoever of the able has waited longest: since the last turn, or since coming into the rota. So a newcomer neither begins at once nor
 * last, and whoever was hindered is next. Equals are drawn by the seed. Given turns stand.
 * @param days days that need somebody
 * @param given turns before and between them
 */
export function planTurns(days: readonly string[], people: readonly { id: string; since: string }[], given: readonly Turn[], hindered: (person: string, day: string) => boolean, seed: string): Turn[] {
  const turns = [...given];
  const planned: Turn[] = [];
  for (const day of [...days].sort()) {
    const able = people.filter(({ id, since }) => since <= day && !hindered(id, day));
    // A turn ahead of this day counts too: whoever has it does not stand first in between.
    const waited = ({ id, since }: { id: string; since: string }) => turns.filter(({ person }) => person === id).reduce((last, turn) => (turn.day > last ? turn.day : last), since);
    const [next] = [...able].sort((a, b) => waited(a).localeCompare(waited(b)) || drawn(`${seed} ${day} ${a.id}`) - drawn(`${seed} ${day} ${b.id}`) || a.id.localeCompare(b.id));
    const turn = { day, person: next?.id ?? null };
    turns.push(turn);
    planned.push(turn);
  }
  return planned;
}
