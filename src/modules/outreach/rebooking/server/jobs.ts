import { inTransaction, visitor } from '../../../../platform/db/transaction.ts';
import { asActor, house } from '../../../../platform/jobs/house.ts';
import type { JobKind } from '../../../../platform/jobs/jobs.ts';
import { briefOf, lettersOf, sendLetters, tellFormerLead, tellRing } from '../../meetings/server/public.ts';

interface Payload {
  centre: string;
  meeting: string;
  what: 'moved' | 'cancelled' | 'ring';
  /** How it was before a move: whoever led then and does no longer is told that the meeting is off for them. */
  was: { lead: string; start: string; end: string } | null;
}

/** Writes the letters that follow when a company used its link; as the house, in the words of the meeting as it is by now. */
export const tellRebooked: JobKind<Payload> = {
  name: 'rebooking.tell',
  retries: 5,
  async run(room, { centre, meeting, what, was }) {
    const here = await inTransaction(room.db, visitor, room.clock.now(), true, (tx) => tx.selectFrom('centre').select(['id', 'tz']).where('id', '=', centre).executeTakeFirst());
    if (here === undefined) return;
    await asActor(room, house(here.id, here.tz), async (context) => {
      const now = await briefOf(context, meeting);
      if (what === 'ring') {
        if (now.ring !== null) await tellRing(context, meeting, now.ring.said);
        return;
      }
      await context.audit(what === 'moved' ? 'meeting.rebooked' : 'meeting.cancelled', meeting, what === 'moved' ? { start: now.start } : { because: 'company', byLink: true });
      // Moved and called off meanwhile: whoever called it off has told everybody.
      if (what === 'moved' && now.state !== 'booked') return;
      await sendLetters(context, meeting, what);
      if (was !== null && !now.staff.some(({ id }) => id === was.lead)) await tellFormerLead(context, await lettersOf(context, meeting), was);
    });
  },
};
