import { CompiledQuery, type Kysely } from 'kysely';
import pg from 'pg';
import type { Audience, Role } from '../../kit/access.ts';
import type { Database } from './connect.ts';
import type { DB } from './tables.ts';

/** A transaction in which the database knows who acts. Data functions demand it by type, so none can reach for the pool. */
export type Tx = Kysely<DB> & { readonly inTransaction: unique symbol };

/** Who acts: what the session said, or the platform for background work, which runs as a named actor too. */
export interface Actor {
  audience: Audience;
  personId: string | null;
  centreId: string | null;
  schoolId: string | null;
  organisationId: string | null;
  asCoordinator: boolean;
  roles: readonly Role[];
  sessionId: string | null;
  zone: string;
}

export const visitor: Actor = {
  audience: 'visitor',
  personId: null,
  centreId: null,
  schoolId: null,
  organisationId: null,
  asCoordinator: false,
  roles: [],
  sessionId: null,
  zone: 'Europe/Copenhagen',
};

/** BEGIN and the whole context in one round trip: simple protocol, hence literals. */
export function opening(actor: Actor, now: Date, readOnly: boolean, snapshot = false): string {
  const settings: [string, string][] = [
    ['role', `vn_${actor.audience}`],
    ['app.centre', actor.centreId ?? ''],
    ['app.school', actor.schoolId ?? ''],
    ['app.person', actor.personId ?? ''],
    ['app.roles', actor.roles.join(',')],
    ['app.now', now.toISOString()],
  ];
  return `begin${snapshot ? ' isolation level repeatable read' : ''}${readOnly ? ' read only' : ''}; select ${settings.map(([key, value]) => `set_config('${key}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`;
}

/**
 * Runs `work` in one transaction as `actor`; any error rolls it back. COMMIT is the last thing that happens, so what `work` returned is on disk.
 * @throws whatever `work` throws; PostgreSQL's errors where the database is gone, or takes no changes (25006)
 */
export function inTransaction<T>(db: Database, actor: Actor, now: Date, readOnly: boolean, work: (tx: Tx) => Promise<T>, snapshot = false): Promise<T> {
  return db.connection().execute(async (connection) => {
    await connection.executeQuery(CompiledQuery.raw(opening(actor, now, readOnly, snapshot)));
    let result: T;
    try {
      result = await work(connection as unknown as Tx);
    } catch (error) {
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      // That a reader may not write is ours to mend; that nobody may is the database's state, and bears this code.
      if (readOnly && (error as { code?: unknown } | null)?.code === '25006') throw new Error('a read-only transaction of ours tried to write', { cause: error });
      throw error;
    }
    const ended = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'));
    if (ended.rows[0]?.command === 'ROLLBACK') throw new Error('the transaction had failed before COMMIT');
    return result;
  });
}

/**
 * One row of a log in a transaction of its own as `actor`, in one round trip instead of four. Nobody waits for the disk: a power cut may cost the last of them.
 * @throws PostgreSQL's errors; nothing is written then
 */
export function noteAtOnce(db: Database, actor: Actor, now: Date, table: 'vn.access_log', row: Record<string, string>): Promise<void> {
  // Simple protocol, hence literals.
  const insert = `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row)
    .map((value) => pg.escapeLiteral(value))
    .join(', ')})`;
  return db.connection().execute(async (connection) => {
    try {
      await connection.executeQuery(CompiledQuery.raw(`${opening(actor, now, false)}; set local synchronous_commit = off; ${insert}; commit`));
    } catch (error) {
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      throw error;
    }
  });
}
