import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** Row 4.26: initials are forgotten a year after the last day. */
export const chores: readonly Chore[] = [
  {
    name: 'rotation.forget',
    run: async ({ tx }) => {
      await sql`select vn.forget_rotation_people()`.execute(tx);
    },
  },
];
