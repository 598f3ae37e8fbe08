import { inTransaction } from '../../../../platform/db/transaction.ts';
import { working } from '../../../../platform/http/context.ts';
import type { Asking } from '../../../../platform/http/mount.ts';

/** Stands in the log before the first byte leaves, whether all of it arrives or not: the export itself only reads. */
export function noteExport(asking: Asking): Promise<void> {
  const now = asking.clock.now();
  return inTransaction(asking.db, asking.actor, now, false, (tx) => working(asking, asking.actor, now, tx).audit('data.exported', asking.actor.schoolId ?? asking.actor.centreId));
}
