import type pg from 'pg';
import { demoId } from './ids.ts';

/** Which of the planned classes (demo/catalogue.ts, by their place in the list), how it stands, and its seats in the order of taking. */
const classes: { at: number; state: 'tentative' | 'confirmed' | 'cancelled'; because: string | null; seats: [heads: number, state: string, needs?: string][] }[] = [
  // Runs.
  {
    at: 0,
    state: 'confirmed',
    because: null,
    seats: [
      [3, 'taken', 'Møder først kl. 8, fordi de åbner lageret'],
      [2, 'taken'],
    ],
  },
  // Called off, with other classes of the same course a week away.
  {
    at: 1,
    state: 'cancelled',
    because: 'For få tilmeldte til, at holdet kan køre',
    seats: [
      [2, 'cancelled'],
      [1, 'cancelled'],
    ],
  },
  // Full: one gave its seats back, the first in the line has an offer, two wait.
  {
    at: 30,
    state: 'tentative',
    because: null,
    seats: [
      [2, 'taken', 'Spiser frokost kl. 11, de har nattevagt bagefter'],
      [2, 'withdrawn'],
      [2, 'offered'],
      [3, 'waiting'],
      [1, 'waiting'],
    ],
  },
  // Two half-filled classes of one course at two schools: a proposal puts their people together.
  {
    at: 22,
    state: 'tentative',
    because: null,
    seats: [
      [2, 'taken'],
      [1, 'taken'],
    ],
  },
  {
    at: 23,
    state: 'tentative',
    because: null,
    seats: [
      [2, 'taken'],
      [2, 'taken'],
    ],
  },
  // Asked to move to the other school's class, when the coordinator comes (demo/first-days.ts).
  {
    at: 18,
    state: 'tentative',
    because: null,
    seats: [
      [2, 'taken'],
      [1, 'taken'],
    ],
  },
];

/** Seats of the demonstration. Whoever has an offer is written to at the first minute; the others know how they stand. */
export async function fillSeats(client: pg.Client, centre: string, anchor: Date): Promise<void> {
  const companies = await client.query<{ id: string }>(
    `select k.id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = $1 and r.callable and not r.ceased and k.town <> '' order by k.cvr offset 70 limit 20`,
    [centre],
  );
  let next = 0;
  for (const { at, state, because, seats } of classes) {
    const id = demoId('class', at);
    await client.query('update vn.class set state = $3, cancelled_because = $4 where centre_id = $1 and id = $2', [centre, id, state, because]);
    for (const [no, [heads, is, needs = '']] of seats.entries()) {
      const told = is === 'offered' ? null : is === 'taken' && state === 'confirmed' ? 'confirmed' : is;
      await client.query(
        `insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, made_by, made_at, offered_until, withdrawn_at, withdrawn_because, needs, told)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          centre,
          demoId('seat', `${at} ${no}`),
          id,
          companies.rows[next]?.id,
          heads,
          no + 1,
          is,
          demoId('person', ['anna', 'bjarke'][no % 2] ?? 'anna'),
          new Date(anchor.getTime() - (40 - no) * 3_600_000).toISOString(),
          is === 'offered' ? new Date(anchor.getTime() + 46 * 3_600_000).toISOString() : null,
          is === 'withdrawn' ? new Date(anchor.getTime() - 2 * 3_600_000).toISOString() : null,
          is === 'withdrawn' ? 'Vi kan ikke undvære så mange den uge' : null,
          needs,
          told,
        ],
      );
      next += 1;
    }
    const there = (...of: string[]) => seats.filter(([, is]) => of.includes(is)).reduce((sum, [heads]) => sum + heads, 0);
    await client.query('update vn.class set taken = $3, last_no = $4 where centre_id = $1 and id = $2', [centre, id, there('taken', 'offered'), seats.length]);
  }
}
