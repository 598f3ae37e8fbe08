import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** Whoever is no consultant here any more leaves no rating behind (row 2.21). */
export const chores: readonly Chore[] = [
  {
    name: 'abilities.forget',
    async run({ tx }) {
      await sql`select vn.forget_abilities()`.execute(tx);
    },
  },
];
