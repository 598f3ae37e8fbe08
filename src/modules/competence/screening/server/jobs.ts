import { sql } from 'kysely';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { shownOf } from '../rules.ts';

/** Row 4.12: of groups too small to be shown, those of a quarter that is over are counted once, together; what may not be shown even then is forgotten. */
async function count({ tx }: Context): Promise<void> {
  const due = await sql<{ quarter: string; subject: string; counts: number[]; threshold: number }>`select quarter::text, subject, counts, threshold from vn.screenings_to_count()`.execute(tx);
  for (const { quarter, subject, counts, threshold } of due.rows) {
    const people = counts.reduce((sum, each) => sum + each, 0);
    await sql`select vn.count_screenings(${quarter}::date, ${subject}, ${people}, ${sql.val(shownOf(counts, threshold))}::int[], ${threshold})`.execute(tx);
  }
}

export const chores: readonly Chore[] = [{ name: 'screenings.count', run: count }];
