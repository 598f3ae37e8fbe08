/**
 * What keeps the house from working and is nobody's mistake in it: the database is out of reach, takes no changes, has no room, or has too much to do.
 * Each passes, or an operator ends it; whoever asked is told to come back.
 */
export const outages = ['unavailable', 'read_only', 'storage_full', 'overloaded'] as const;
export type Outage = (typeof outages)[number];

const byCode: Record<string, Outage> = {
  // Of the socket. ENOENT is a missing file otherwise, so it counts only where it was met on the way there.
  ...Object.fromEntries(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map((code) => [code, 'unavailable'] as const)),
  // Of PostgreSQL: connections that were lost, a server that shuts down or starts up, a database that was dropped.
  ...Object.fromEntries(['57P01', '57P02', '57P03', '57P04', '08000', '08001', '08003', '08004', '08006'].map((code) => [code, 'unavailable'] as const)),
  '25006': 'read_only', // a standby, or an operator's maintenance
  // disk_full, io_error; the same of the folder of files.
  ...Object.fromEntries(['53100', '58030', 'ENOSPC', 'EDQUOT'].map((code) => [code, 'storage_full'] as const)),
  // No connection or memory left; a statement, or the wait for a lock, took too long; a race that was lost each time it was run.
  ...Object.fromEntries(['53200', '53300', '57014', '55P03', '40P01', '40001'].map((code) => [code, 'overloaded'] as const)),
};
const noneFree = /timeout exceeded when trying to connect/i;
const lostConnection = /Connection terminated|Client has encountered a connection error|not queryable|Cannot use a pool after calling end/i;

/** Which outage an error tells of, or null where it is a fault of ours. */
export function outageOf(error: unknown): Outage | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') {
    const found = byCode[code] ?? (code === 'ENOENT' && syscall === 'connect' ? 'unavailable' : undefined);
    if (found !== undefined) return found;
  }
  if (noneFree.test(error.message)) return 'overloaded';
  return lostConnection.test(error.message) ? 'unavailable' : null;
}
