import { sql } from 'kysely';
import { centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { remindNow } from '../rules.ts';
import { close, remind } from './commands.ts';

/** Row 2.08: at its deadline a hearing closes by itself; before it, schools that have not answered are reminded once. */
export const chores: Chore[] = [
  {
    name: 'hearing.close',
    async run(context) {
      const due = await context.tx
        .selectFrom('campaign')
        .select('id')
        .where('centre_id', '=', centreOf(context))
        .where('hearing_deadline', '<=', context.now.toISOString())
        .where('hearing_closed_at', 'is', null)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .execute();
      for (const { id } of due) await close(context, id);
    },
  },
  {
    name: 'hearing.remind',
    async run(context) {
      const waiting = await sql<{ id: string; deadline: string; days: number }>`
        select distinct k.id, k.hearing_deadline deadline, (select reminder_days from vn.outreach_settings()) days from vn.campaign k join vn.hearing h on h.centre_id = k.centre_id and h.campaign_id = k.id
         where k.centre_id = ${centreOf(context)} and k.hearing_closed_at is null and k.ended_at is null and h.answered_at is null and h.reminded_at is null order by k.id`.execute(context.tx);
      for (const { id, deadline, days } of waiting.rows) if (remindNow(deadline, context.now, days)) await remind(context, id);
    },
  },
];
