import { sql } from 'kysely';
import type { Chore } from '../../../../platform/jobs/house.ts';

/** Row 2.26: what somebody had to do who is no consultant here any more is nobody's, and so on the coordinator's list. */
export const chores: readonly Chore[] = [
  {
    name: 'tasks.of-leavers',
    async run({ tx }) {
      await sql`select vn.free_tasks()`.execute(tx);
    },
  },
];
