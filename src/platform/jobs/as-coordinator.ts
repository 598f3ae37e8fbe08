import { type Actor, inTransaction, type Tx, visitor } from '../db/transaction.ts';
import { type Context, working } from '../http/context.ts';
import type { JobRoom } from './jobs.ts';

/** The coordinator who asked for background work, in the centre; null where that is gone. */
export async function coordinatorOf({ db, clock }: JobRoom, { centre, person }: { centre: string; person: string }): Promise<Actor | null> {
  const found = await inTransaction(db, visitor, clock.now(), true, (tx) => tx.selectFrom('centre').select('tz').where('id', '=', centre).executeTakeFirst());
  return found === undefined ? null : { ...visitor, audience: 'staff', centreId: centre, zone: found.tz, personId: person, asCoordinator: true, roles: ['coordinator'] };
}

/** What queries and commands work with, in a job: there is no request, so nothing of one. */
export const contextIn = (room: JobRoom, actor: Actor, now: Date, tx: Tx): Context => ({
  ...working(room, actor, now, tx),
  version: 0,
  upload: null,
  content: null,
  device: '',
  nameDownload: () => undefined,
  setSession: () => undefined,
  browser: null,
  setBrowser: () => undefined,
  moveClock: async () => false,
});
