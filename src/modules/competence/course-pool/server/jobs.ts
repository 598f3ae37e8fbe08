import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** Row 4.19: who asked is forgotten a year after the answer, and a closed pool after two. */
export const chores: readonly Chore[] = [
  {
    name: 'pools.forget',
    run: async ({ tx }) => {
      await sql`select vn.forget_pools()`.execute(tx);
    },
  },
];
