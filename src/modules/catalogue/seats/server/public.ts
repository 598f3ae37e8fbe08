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

export { tellRescheduled } from './jobs.ts';
export { seatById } from './queries.ts';
