import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzz, newTally } from './support/fuzz/run.ts';
import { lanes, makeWorld, type Place, type Server, serve } from './support/fuzz/world.ts';
import { connectionTo, dropDatabase, scratchDatabase } from './support/scratch.ts';

/** The small one of `npm run bench -- fuzz`: the same requests at every run, as far as the ids of the run allow. */
const each = 150;
const tally = newTally();
let server: Server;
let database = '';
const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-files-'));

beforeAll(async () => {
  database = await scratchDatabase('demonstration');
  const place: Place = (as) => connectionTo(database, as);
  await makeWorld(place, folder);
  server = await serve(place, folder);
}, 120_000);
afterAll(async () => {
  await server.close();
  await dropDatabase(database);
  rmSync(folder, { recursive: true, force: true });
});

describe('random requests to every endpoint', () => {
  test('as each of eight persons, nobody and a key: no fault, no answer outside the contract, no row of somebody else’s', async () => {
    await fuzz(server, each, 20_261_117, tally);
    expect([...tally.findings.values()]).toEqual([]);
    expect(tally.requests).toBe(each * lanes.length);
  }, 180_000);

  test('they get past the checks: many endpoints did what was asked', () => {
    const reached = [...tally.answered.values()].filter(({ good }) => good > 0).length;
    expect(reached).toBeGreaterThan(200);
    for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 412]) expect(tally.statuses.get(status), String(status)).toBeGreaterThan(0);
  });
});
