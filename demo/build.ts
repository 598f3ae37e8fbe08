/** Builds the demonstration region: always the same ids and names, dated from a fixed day. */
import pg from 'pg';
import { type MovableClock, movableClock } from '../src/platform/clock.ts';
import { fill } from './region.ts';

/** A Tuesday with ordinary weeks around it. The demonstration's clock starts in its morning. */
export const anchor = new Date('2026-11-17T08:20:00+01:00');

/**
 * Fills an empty demonstration once, and returns its clock: the machine's, moved so that the first start was the anchor day's morning, or to where its date switch left it.
 * `fresh`: it was filled just now.
 */
export async function buildDemonstration(owner: pg.ClientConfig): Promise<{ clock: MovableClock; fresh: boolean }> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const kind = await client.query<{ kind: string }>('select kind from vn.instance');
    if (kind.rows[0]?.kind !== 'demonstration') throw new Error('only a demonstration may be filled');
    const built = await client.query('select from vn.demonstration_person limit 1');
    if (built.rowCount === 0) {
      await client.query('begin');
      await fill(client, anchor);
      await client.query('update vn.instance set clock_offset_seconds = $1', [Math.round((anchor.getTime() - Date.now()) / 1000)]);
      await client.query('commit');
    }
    const found = await client.query<{ seconds: string }>('select clock_offset_seconds seconds from vn.instance');
    return { clock: movableClock(Number(found.rows[0]?.seconds ?? 0)), fresh: built.rowCount === 0 };
  } finally {
    await client.end();
  }
}
