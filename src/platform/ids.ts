import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Random bytes are fetched for 256 ids at once: asking the system for sixteen at a time took longer than all the rest of making an id. */
const pool = new Uint8Array(256 * 16);
let used = pool.length;
function random(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** A new uuid v7: sorts by the time it was made. PostgreSQL 15 has none of its own, so the application makes them. */
export const newId = (at: Date): string => v7({ msecs: at.getTime(), random: random() });
