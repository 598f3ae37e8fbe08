import type pg from 'pg';
import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';
import { clientOf } from './scratch.ts';

/** What a fault in a handler could do: SQL of any kind as the application's login, in the context of a person's request. Rolled back. */
export async function inside<T>(app: TestApp, person: TestPerson, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await clientOf(app.database, 'app');
  const audience = person.roles.includes('agent') ? 'agent' : person.roles.includes('ministry') ? 'ministry' : 'staff';
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('app.centre', $2, true), set_config('app.school', $3, true), set_config('app.person', $4, true), set_config('app.roles', $5, true), set_config('app.now', $6, true)`,
      [`vn_${audience}`, person.centreId ?? '', person.schoolId ?? '', person.id, person.roles.join(','), app.clock.now().toISOString()],
    );
    return await work(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

/** Returns when so many requests wait for a row or a lock that somebody else holds: both sides of a race are then at the line. */
export async function untilWaiting(app: TestApp, count: number): Promise<void> {
  const watcher = await clientOf(app.database, 'admin');
  try {
    for (let waiting = 0; waiting < count; ) {
      const found = await watcher.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      waiting = found.rowCount ?? 0;
    }
  } finally {
    await watcher.end();
  }
}
