import type pg from 'pg';
import { demoId } from './ids.ts';

/** school, who wrote it down, group, day, people, leaders, and what may be shown of reading and maths at a threshold of five. */
const groups: [school: string, by: string, name: string, day: string, people: number, leaders: number, reading: (number | null)[], maths: (number | null)[] | null][] = [
  ['f', 'karim', 'Dagholdet på Bjergager Træindustri', '2026-11-11', 20, 2, [5, 6, 9], [8, 5, 7]],
  ['f', 'karim', 'Rengøring, tre hold samlet', '2026-10-28', 34, 1, [9, 12, 13], null],
  ['a', 'anna', 'Truck B, efterårsholdet', '2026-10-14', 16, 0, [null, null, 10], [null, null, null]],
  ['a', 'anna', 'Svejsning, tre på aftenholdet', '2026-11-05', 3, 0, [null, null, null], null],
];

/** Screenings of whole groups, as they are kept. */
export async function screenGroups(client: pg.Client, centre: string): Promise<void> {
  for (const [school, by, name, day, people, leaders, reading, maths] of groups)
    await client.query(
      'insert into vn.screening (centre_id, id, school_id, name, day, people, tested, leaders, reading, maths, threshold, by_id, at) values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, 5, $10, $11)',
      [...[centre, demoId('screening', name), demoId('school', school), name, day, people, leaders, reading, maths, demoId('person', by), `${day}T15:00:00+01:00`]],
    );
}
