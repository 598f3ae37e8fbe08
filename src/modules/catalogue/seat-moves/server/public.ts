import { sql } from 'kysely';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { answerBy } from '../rules.ts';

/**
 * Asks for the seats of a company to move to another class, in the transaction that asks (row 4.03).
 * @returns done: both classes are one school’s · asked: both schools must say yes · full, gone: it stays where it is
 */
export async function askMove(context: Context, seat: string, to: string): Promise<{ result: 'done' | 'asked' | 'full' | 'gone'; id: string }> {
  const id = context.newId();
  const days = await sql<{ from: string; to: string }>`
    select f.starts::text "from", t.starts::text "to" from vn.seat s join vn.class f on f.centre_id = s.centre_id and f.id = s.class_id join vn.class t on t.centre_id = s.centre_id and t.id = ${to}
     where s.centre_id = ${centreOf(context)} and s.id = ${seat}`.execute(context.tx);
  const [there] = days.rows;
  const until = there === undefined ? null : answerBy(context.today, there.from, there.to);
  if (until === null || until < context.today) return { result: 'gone', id };
  const done = await sql<{ result: 'done' | 'asked' | 'full' | 'gone' }>`select vn.ask_seat_move(${id}, ${seat}, ${context.newId()}, ${to}, ${until}::date) result`.execute(context.tx);
  const result = done.rows[0]?.result ?? 'gone';
  if (result === 'done' || result === 'asked') await context.audit(result === 'done' ? 'class.seat_moved' : 'class.seat_move_asked', seat, { to });
  return { result, id };
}

export { tellSchoolsOfMoves } from './jobs.ts';
