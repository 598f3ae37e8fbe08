import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { instantOf } from '../../../../kit/local-time.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { firstDay } from '../model.ts';
import { sendLetters } from './public.ts';
import { isHoliday } from './queries.ts';

/** A hold that nobody made a booking of gives its time and capacity back. */
const lapseHolds: Chore = {
  name: 'meetings.lapse-holds',
  async run({ tx }) {
    await sql`select vn.lapse_holds()`.execute(tx);
  },
};

/** On the working day before, from 7 in the morning, whoever goes and whoever is visited are reminded; not of what was booked the same day. */
const remind: Chore = {
  name: 'meetings.remind',
  async run(context) {
    const { actor, today, now, tx } = context;
    if (now.getTime() < instantOf(actor.zone, today, '07:00')) return;
    const next = firstDay({ zone: actor.zone, today, now, isHoliday });
    const until = new Date(instantOf(actor.zone, shiftDay(next, 1), '00:00')).toISOString();
    const madeBefore = new Date(instantOf(actor.zone, today, '00:00')).toISOString();
    const due = await sql<{ id: string }>`select id from vn.remind_meetings(${now.toISOString()}, ${until}, ${madeBefore}) id`.execute(tx);
    for (const { id } of due.rows) await sendLetters(context, id, 'reminder');
  },
};

export const chores: Chore[] = [lapseHolds, remind];
