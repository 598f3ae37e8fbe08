import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { seatMovesWords } from '../words.ts';
import { moveById } from './queries.ts';

/** One mail to each manager of the schools that must answer, however many moves there are; no company is named in it. */
export async function tellSchoolsOfMoves(context: Context, moves: readonly string[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const id of moves) {
    const { from, to } = await moveById(context, id);
    for (const { school } of [from, to]) counts.set(school.id, (counts.get(school.id) ?? 0) + 1);
  }
  for (const [school, count] of counts) {
    const readers = await sql<{ name: string; email: string; language: Language }>`select name, email, language from vn.answers_for(${school})`.execute(context.tx);
    for (const { name, email, language } of readers.rows) {
      const w = inLanguage(seatMovesWords, language).letter;
      await context.post({ to: email, subject: w.subject, text: [w.hello(name), w.text(count), w.read(context.address('/seat-moves'))].join('\n\n') });
    }
  }
}

const lapse = async (context: Context) => {
  await sql`select vn.lapse_seat_moves()`.execute(context.tx);
};

export const chores: readonly Chore[] = [{ name: 'seat-moves.lapse', run: lapse }];
