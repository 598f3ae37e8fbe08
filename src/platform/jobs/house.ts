import { type Actor, inTransaction, visitor } from '../db/transaction.ts';
import { type Context, working } from '../http/context.ts';
import { under } from '../log.ts';
import type { JobKind, JobRoom } from './jobs.ts';

/**
 * Something that becomes due by a centre's clock: a deadline, a reminder, the end of a quarantine. Asked every minute for every centre, each time in a
 * transaction of its own, and finds nothing to do when it has been done.
 */
export interface Chore {
  name: string;
  run(context: Context): Promise<void>;
}

/** The house acts for no person; it may what a coordinator may. */
export const house = (centreId: string, zone: string): Actor => ({ ...visitor, audience: 'staff', centreId, zone, asCoordinator: true, roles: ['coordinator'] });

/** Does something as an actor, in a transaction of its own, with all that a handler has. */
export function asActor<T>(room: Parameters<typeof working>[0] & Pick<JobRoom, 'db'>, actor: Actor, work: (context: Context) => Promise<T>): Promise<T> {
  const now = room.clock.now();
  return inTransaction(room.db, actor, now, false, (tx) =>
    work({
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
    }),
  );
}

/** Runs every chore for every centre; one that fails stops no other, and the first fault is thrown at the end. */
async function runChores(room: JobRoom, chores: readonly Chore[]): Promise<void> {
  const centres = await inTransaction(room.db, visitor, room.clock.now(), true, (tx) => tx.selectFrom('centre').select(['id', 'tz']).orderBy('id').execute());
  const faults: unknown[] = [];
  for (const { id, tz } of centres)
    for (const chore of chores) await under(chore.name, () => asActor(room, house(id, tz), (context) => chore.run(context))).catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}

const name = 'house.minute';
/** The job that does all chores. */
export const houseWork = (chores: readonly Chore[]): JobKind => ({ name, retries: 0, everyMinute: true, run: (room) => runChores(room, chores) });

/** Asks for the chores at once: after a demonstration's clock was moved, much may be due. */
export const askHouse = ({ enqueue }: Pick<Context, 'enqueue'>): Promise<void> => enqueue({ name } as JobKind, {});
