import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { testApp } from '../../tests/support/app.ts';
import { makeCentre } from '../../tests/support/factory.ts';
import { routes } from '../app/routes.ts';
import { outageOf } from './db/outages.ts';
import { openFiles } from './files.ts';
import { httpApp } from './http/app.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let room = 100_000;
/** A disk with so much room: what comes first is written, then the system refuses. */
function onFullDisk(file: string) {
  let taken = 0;
  const gate = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      if (taken > room) return done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }));
      done(null, chunk);
    },
  });
  const target = createWriteStream(file, { mode: 0o600 });
  gate.pipe(target);
  gate.once('error', () => target.destroy());
  return gate;
}
const files = await openFiles(folder, onFullDisk);
const app = await testApp();

describe('the disk of the data folder is full', () => {
  test('a file that does not fit leaves no half of itself', async () => {
    const failed = files.keep(randomUUID(), Readable.from(Array.from({ length: 8 }, () => Buffer.alloc(65_536)))).catch((error: unknown) => error);
    expect(outageOf(await failed)).toBe('storage_full');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an upload is answered 503 with words for it and leaves neither a file nor a row; with room again the same file is taken', async () => {
    const { camilla } = await makeCentre(app);
    const told: (string | null)[] = [];
    const server = await httpApp({ ...app.room, files }, routes, (error) => told.push(outageOf(error)));
    // Over a real connection: whoever is still sending must hear the answer, and not that the line was cut.
    const address = await server.listen({ port: 0 });
    const body = `cvr;navn\n${'12345674;Opdigtet Smede\n'.repeat(400_000)}`;
    const send = async () => {
      const answer = await fetch(`${address}/api/company-imports?kind=list&fileName=liste.csv`, { method: 'POST', headers: { cookie: `vejnet=${camilla.token}`, 'content-type': 'text/csv' }, body });
      return { status: answer.status, again: answer.headers.get('retry-after'), body: (await answer.json()) as { code?: string } };
    };
    const before = (await app.owner.query('select count(*)::int n from vn.company_import')).rows[0].n;
    const answer = await send();
    expect([answer.status, answer.body.code, answer.again]).toEqual([503, 'storage_full', '10']);
    expect(told).toEqual(['storage_full']);
    expect(readdirSync(folder)).toEqual([]);
    expect((await app.owner.query('select count(*)::int n from vn.company_import')).rows[0].n).toBe(before);
    room = Number.POSITIVE_INFINITY;
    const taken = await send();
    expect(taken.status).toBe(202);
    expect(readdirSync(folder)).toHaveLength(1);
    await server.close();
  });

  test('nor is the line cut to whoever sends more than a limit allows', async () => {
    const { anna } = await makeCentre(app);
    const server = await httpApp({ ...app.room, files }, routes, (error) => app.faults.push(error));
    const address = await server.listen({ port: 0 });
    const answer = await fetch(`${address}/api/visit-drafts/${randomUUID()}/files?name=lang.pdf`, {
      method: 'POST',
      headers: { cookie: `vejnet=${anna.token}`, 'content-type': 'application/pdf' },
      body: Buffer.alloc(24 * 1_048_576),
    });
    expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ code: 'too_large' })]);
    await server.close();
  });

  test('/dev/full, which is such a disk, is told apart too', async () => {
    if (!existsSync('/dev/full')) return;
    const real = await openFiles(folder, () => createWriteStream('/dev/full'));
    expect(outageOf(await real.keep(randomUUID(), Readable.from(['x'])).catch((error: unknown) => error))).toBe('storage_full');
  });
});
