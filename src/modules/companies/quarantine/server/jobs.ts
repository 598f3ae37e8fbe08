import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** Row 2.15: a company is callable again on the day that was promised, and not a day before. */
export const chores: Chore[] = [
  {
    name: 'quarantine.lift',
    async run({ tx }) {
      await sql`select vn.lift_quarantines()`.execute(tx);
    },
  },
];
