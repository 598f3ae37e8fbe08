import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** What was begun and never finished. */
export const chores: readonly Chore[] = [
  {
    name: 'sign-in.forget',
    async run({ tx }) {
      await sql`select vn.forget_attempts()`.execute(tx);
    },
  },
];
