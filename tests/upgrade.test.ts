import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../src/kit/access.ts';
import { readConfig } from '../src/platform/config.ts';
import { migrate, migrationsIn } from '../src/platform/db/migrate.ts';
import { sqlFor, steads } from '../src/platform/db/older-servers.ts';
import { openDatabase } from '../src/platform/db/open.ts';
import { testApp } from './support/app.ts';
import { catalogueOf } from './support/catalogue.ts';
import { openSession } from './support/factory.ts';
import { fillOlder } from './support/older-data.ts';
import { clientOf, connectionTo, dropDatabase, scratchDatabase } from './support/scratch.ts';

const root = path.resolve(import.meta.dirname, '..');
const all = migrationsIn(path.join(root, 'migrations'));

/** A folder with migrations of one's own choice. */
function folderOf(chosen: readonly { name: string; sql: string }[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-migrations-'));
  for (const { name, sql } of chosen) writeFileSync(path.join(folder, name), sql);
  return folder;
}

async function migrated(chosen: readonly { name: string; sql: string }[]): Promise<{ database: string; owner: pg.Client }> {
  const folder = folderOf(chosen);
  const database = await scratchDatabase('empty');
  await migrate(connectionTo(database, 'admin'), folder, 'live');
  rmSync(folder, { recursive: true, force: true });
  return { database, owner: await clientOf(database, 'admin') };
}

/** What today's migrations make of nothing: the template of all tests. */
let fresh: string[];
beforeAll(async () => {
  const database = await scratchDatabase('live');
  const owner = await clientOf(database, 'admin');
  fresh = await catalogueOf(owner);
  await owner.end();
  await dropDatabase(database);
});

/** All tables' rows, counted as the owner sees them. */
async function counted(owner: pg.Client): Promise<Record<string, number>> {
  const tables = await owner.query<{ name: string }>(`select tablename name from pg_tables where schemaname = 'vn' order by 1`);
  const counts: Record<string, number> = {};
  for (const { name } of tables.rows) counts[name] = (await owner.query(`select count(*)::int n from vn."${name}"`)).rows[0].n;
  return counts;
}

/** Written later than its date says: an older version had none of it. */
const writtenLater = /-20261125-80-/;
const ofThen = all.filter(({ name }) => !writtenLater.test(name));
const whenVisitsWereAll = ofThen.filter(({ name }) => /-20261121-|-20261125-/.test(name));
const beforeWaysIn = ofThen.filter(({ name }) => !name.includes('-20261201-'));

describe.each([
  ['of visits alone', whenVisitsWereAll],
  ['of before the last month', beforeWaysIn],
])('a version %s, with what a centre had in it', async (_which, migrations) => {
  const { database, owner } = await migrated(migrations);
  const closed = migrations === whenVisitsWereAll;
  const was = await fillOlder(owner, closed);
  const before = await counted(owner);
  // As `npm start` does on one's own server: the owner's login runs what is missing.
  const url = (user: string) => `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(connectionTo(database, 'admin').host))}`;
  const opened = await openDatabase(readConfig({ DATABASE_URL: url('vn_app'), DATABASE_ADMIN_URL: url('postgres') }, root, 'live'), 'server');
  await opened.close();
  const app = await testApp({ database, now: '2026-11-17T10:00:00+01:00' });
  const person = async (id: string, name: string, roles: readonly Role[], place: { schoolId?: string; organisationId?: string } = {}) => {
    const it = { id, name, email: '', centreId: was.centre, schoolId: place.schoolId ?? null, organisationId: place.organisationId ?? null, roles };
    return { ...it, token: await openSession(app, it) };
  };
  const anna = await person(was.anna, 'anna', ['consultant'], { schoolId: was.schools[0] });
  const bo = await person(was.bo, 'bo', ['agent'], { organisationId: was.organisation });
  const camilla = await person(was.camilla, 'camilla', ['coordinator']);
  const [smith, , mill] = was.companies;
  afterAll(() => owner.end());

  test('is brought up to date with every row it had, and is of the shape that a new one has', async () => {
    expect((await owner.query('select name from public.vejnet_migration order by name')).rows.map(({ name }) => name)).toEqual(all.map(({ name }) => name).toSorted());
    const after = await counted(owner);
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toBeGreaterThanOrEqual(rows);
    expect(await catalogueOf(owner)).toEqual(fresh);
  });

  test('lets its people read and do what they may, and nobody else', async () => {
    const company = await app.request(anna).get(`/api/companies/${smith}`);
    expect(company.body).toMatchObject({ id: smith, name: 'Ålborghus Smedje' });
    expect((await app.request(anna).get(`/api/companies/${smith}/contacts`)).body).toMatchObject([{ name: 'Preben Æbeltoft', returnedSince: null }]);
    expect((await app.request(anna).get('/api/visit-reports?words=aluminium')).status).toBe(200);
    expect((await app.request(anna).get(`/api/visit-reports/${was.report}`)).body).toMatchObject({ about: 'De svejser aluminium på værftet.' });
    expect((await app.request(anna).get(`/api/meetings/${was.meeting}`)).body).toMatchObject({ id: was.meeting });
    for (const url of ['/api/companies', `/api/companies/${mill}`, `/api/companies/${smith}/timeline`, '/api/schools', '/api/visit-reports', '/api/session', '/api/teams'])
      expect([url, (await app.request(anna).get(url)).status]).toEqual([url, 200]);
    for (const url of ['/api/campaigns', `/api/campaigns/${was.campaign}`, `/api/campaigns/${was.campaign}/progress`, '/api/people', '/api/outbox', '/api/calls', '/api/contact-duties?duty=untold'])
      expect([url, (await app.request(camilla).get(url)).status]).toEqual([url, 200]);
    expect((await app.request(bo).get(`/api/companies/${smith}`)).status).toBe(403);
    expect((await app.request(null).get(`/api/companies/${smith}`)).status).toBe(401);
    const next = await app.request(bo).post(`/api/calls/campaigns/${was.campaign}/next`);
    expect([next.status, next.text]).toEqual([200, expect.stringContaining('Sønder Snedkeri')]);
    // A company that has closed waits no longer, though it did.
    expect((await owner.query('select state, closed_because from vn.queue_item where company_id = $1', [mill])).rows).toEqual(closed ? [{ state: 'withdrawn', closed_because: 'ceased' }] : []);
  });

  test('and goes on: its mail comes back, its company is followed, its register grows', async () => {
    await app.sweep();
    expect((await app.request(camilla).get('/api/outbox')).body.items).toMatchObject([{ id: was.mail, state: 'sent', failure: null }]);
    const facts = { name: 'Lone Dam', role: 'hr', title: '', phone: null, email: 'lone@smedjen.example', language: 'da', basis: 'public_task', source: 'Besøg', reviewOn: '2028-11-17' };
    expect((await app.request(anna).post(`/api/companies/${smith}/contacts`, facts)).status).toBe(201);
  });
});

describe('servers that lack what a landed migration says', () => {
  test('run something that comes to the same: every such statement stands in its migration once, and the shape is the same in the end', async () => {
    for (const { migration, from } of steads) expect(readFileSync(path.join(root, 'migrations', migration), 'utf8').split(from), migration).toHaveLength(2);
    const { database, owner } = await migrated(all.map(({ name, sql }) => ({ name, sql: sqlFor(15, name, sql) })));
    const shape = await catalogueOf(owner);
    await owner.end();
    await dropDatabase(database);
    expect(shape).toEqual(fresh);
  });

  test('newer ones run the migration as it landed', () => {
    for (const { name, sql } of all) expect(sqlFor(18, name, sql)).toBe(sql);
  });
});
