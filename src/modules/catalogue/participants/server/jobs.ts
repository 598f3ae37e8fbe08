import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { keptMonths } from '../rules.ts';

/** Row X.5: names of participants are forgotten some months after their class. */
export const chores: readonly Chore[] = [
  {
    name: 'participants.forget',
    run: async ({ tx }) => {
      await sql`select vn.forget_participants(${keptMonths})`.execute(tx);
    },
  },
];
