import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** A school whose last day is over is gone: sessions under its hat end, once. */
async function endGone(context: Parameters<Chore['run']>[0]): Promise<void> {
  const gone = await sql<{ school_id: string; sessions: number }>`select * from vn.schools_gone()`.execute(context.tx);
  for (const { school_id, sessions } of gone.rows) await context.audit('school.left', school_id, { sessions });
}

export const chores: readonly Chore[] = [{ name: 'schools.leave', run: endGone }];
