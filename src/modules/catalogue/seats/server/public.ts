import { sql } from 'kysely';
import type { Context } from '../../../../platform/http/context.ts';

interface Wanted {
  class: string;
  company: string;
  heads: number;
  /** The need of the pool that it answers. */
  need: string | null;
  /** Take a place in the line where there are not enough seats. */
  wait: boolean;
}
/**
 * Takes seats for a company in a class (row 4.03), in the transaction that asks.
 * @returns gone: cancelled, begun, or none of this centre's
 */
export async function takeSeats(context: Context, { class: id, company, heads, need, wait }: Wanted): Promise<'taken' | 'waiting' | 'full' | 'gone'> {
  const found = await sql<{ result: 'taken' | 'waiting' | 'full' | 'gone' }>`select vn.take_seats(${id}, ${context.newId()}, ${company}, ${heads}, ${need}, ${wait}) result`.execute(context.tx);
  return found.rows[0]?.result ?? 'gone';
}

/**
 * Holds seats of a class for companies until a day (row 2.29), in the transaction that asks; only for whoever leads the class's school.
 * @returns the hold; null where there are too few seats, somebody waits for them, or the class takes nobody any more
 */
export async function holdSeats(context: Context, it: { class: string; name: string; companies: readonly string[]; seats: number; until: string }): Promise<string | null> {
  const id = context.newId();
  const done = await sql<{ result: string }>`select vn.hold_seats(${it.class}, ${id}, ${it.name}, ${sql.val(it.companies)}::uuid[], ${it.seats}, ${it.until}::date) result`.execute(context.tx);
  return done.rows[0]?.result === 'done' ? id : null;
}

export { tellRescheduled } from './jobs.ts';
export { seatById } from './queries.ts';
