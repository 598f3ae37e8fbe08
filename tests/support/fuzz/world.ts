import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { anchor, buildDemonstration } from '../../../demo/build.ts';
import { makeFirstDays } from '../../../demo/first-days.ts';
import { demoId } from '../../../demo/ids.ts';
import { people } from '../../../demo/region.ts';
import { demonstrationRoutes, jobKinds, routes } from '../../../src/app/routes.ts';
import type { Role } from '../../../src/kit/access.ts';
import { connect } from '../../../src/platform/db/connect.ts';
import { openFiles } from '../../../src/platform/files.ts';
import { httpApp } from '../../../src/platform/http/app.ts';
import { type Jobs, openJobs } from '../../../src/platform/jobs/jobs.ts';
import { openKeyedHash } from '../../../src/platform/keyed-hash.ts';
import { keptMail } from '../../../src/platform/mail/mailer.ts';
import { openOutside } from '../../../src/platform/outside.ts';
import { type TestClock, testClock } from '../clock.ts';
import { withKey } from '../intake.ts';

/** Where a database of a name is, for its owner and for the application's login. */
export type Place = (as: 'admin' | 'app') => pg.ClientConfig;

/** Who asks: one of the demonstration's eight, nobody, or a machine with a key. */
export interface Lane {
  name: string;
  personId: string | null;
  centreId: string | null;
  schoolId: string | null;
  organisationId: string | null;
  roles: readonly Role[];
  /** A key in place of a session. */
  key: string | null;
}

export const fjord = demoId('centre', 'fjordegnen');
export const heath = demoId('centre', 'heden');
/** Stands in every text of the second centre; nobody of the first may ever read it. */
export const foreignMark = 'Hedemærke';
/** Stands in texts that people of the first centre write; the second centre's may never read it. */
export const ownMark = 'Fjordmærke';

const laneOf = (key: string): Lane => {
  const person = people.find((each) => each.key === key);
  if (person === undefined) throw new Error(`the demonstration has no ${key}`);
  return {
    name: key,
    personId: demoId('person', key),
    centreId: person.centre === null ? null : demoId('centre', person.centre),
    schoolId: person.school === undefined ? null : demoId('school', person.school),
    organisationId: person.organisation ? demoId('organisation', person.centre ?? '') : null,
    roles: person.roles as Role[],
    key: null,
  };
};
/** The eight of the demonstration, nobody, and a key that stands for the coordinator. */
export const lanes: readonly Lane[] = [
  ...people.filter(({ picked }) => picked).map(({ key }) => laneOf(key)),
  { name: 'nobody', personId: null, centreId: null, schoolId: null, organisationId: null, roles: [], key: null },
  { ...laneOf('camilla'), name: 'key', key: `vejnet_${'k'.repeat(43)}` },
];

export const endpoints = [...routes, ...demonstrationRoutes].map(({ endpoint }) => endpoint);

export interface Server {
  app: FastifyInstance;
  jobs: Jobs;
  clock: TestClock;
  owner: pg.Pool;
  faults: { error: unknown; where: string }[];
  /** What is done once a minute, and the background work that waits. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** Plans take the seconds that they are given, so here they are left undone: what they answer is fuzzed where they are tested. */
const idle = new Set(['plan-week', 'work-out-plan']);
const kinds = jobKinds.map((kind) => (idle.has(kind.name) ? { ...kind, run: async () => undefined } : kind));

/** The product on a database, with its clock standing on the demonstration's morning and no way out of the house. */
export async function serve(place: Place, folder: string): Promise<Server> {
  const { db, pool } = connect(place('app'));
  const clock = testClock(anchor.toISOString());
  const faults: Server['faults'] = [];
  const onFault = (error: unknown, where: string) => void faults.push({ error, where });
  const nowhere = openOutside([], async () => []);
  const tools = {
    db,
    pool,
    clock,
    mailer: keptMail,
    files: await openFiles(folder),
    url: new URL('http://localhost:3000'),
    keyedHash: await openKeyedHash(folder, 'ab'.repeat(32)),
    outside: nowhere,
    intake: withKey,
  };
  const jobs = await openJobs(place('app'), tools, kinds, onFault);
  const app = await httpApp({ ...tools, jobs }, [...routes, ...demonstrationRoutes], onFault);
  const owner = new pg.Pool({ ...place('admin'), max: 4 });
  owner.on('error', () => undefined);
  return {
    ...{ app, jobs, clock, owner, faults },
    async sweep() {
      for (const kind of kinds) if (kind.everyMinute) await kind.run({ ...tools, jobs }, {});
      await jobs.drain();
    },
    async close() {
      await app.close();
      await jobs.stop();
      await db.destroy();
      await owner.end();
    },
  };
}

const anId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const twinOf = (id: string) =>
  createHash('sha256')
    .update(`twin ${id}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-7$3-8$4-$5');

/** Tables with whether they are a centre's, their columns that may be written, those of plain text, and those that hold ids. */
async function tablesOf(owner: pg.Pool | pg.PoolClient): Promise<{ name: string; tenant: boolean; columns: string[]; texts: string[]; ids: string[] }[]> {
  const found = await owner.query<{ name: string; columns: string[]; texts: string[]; ids: string[] }>(`
    select c.relname name, array_agg(a.attname::text) columns,
           coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'text'::regtype), '{}') texts,
           coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'uuid'::regtype), '{}') ids
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by 1 order by 1`);
  return found.rows.map((row) => ({ ...row, tenant: row.columns.includes('centre_id') }));
}
/** What is about sessions and requests, not about the centre. */
const passing = new Set(['session', 'idempotency', 'sign_in_token', 'sign_in_attempt', 'rate', 'access_log']);

/** Writes past triggers and keys, as nobody else may. */
async function unguarded(owner: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await owner.connect();
  await client.query('set session_replication_role = replica');
  try {
    await work(client);
  } finally {
    await client.query('set session_replication_role = origin');
    client.release();
  }
}

/** Gives the second centre a row for each row of the first: other ids, other people, the same companies, and the mark in every text that may be written freely. */
async function twin(owner: pg.PoolClient): Promise<void> {
  const tables = await tablesOf(owner);
  const shared = new Set<string>();
  for (const { name, tenant, columns } of tables)
    if (!tenant && name !== 'person' && columns.includes('id')) for (const { id } of (await owner.query<{ id: string }>(`select id::text from vn.${name}`)).rows) shared.add(id);
  const other = (id: string) => (id === fjord ? heath : shared.has(id) ? id : twinOf(id));
  for (const { name, tenant, columns, texts } of tables) {
    if (passing.has(name) || name === 'centre' || (!tenant && name !== 'person')) continue;
    const from = tenant ? `vn.${name} t where t.centre_id = '${fjord}'` : `vn.person t where t.id in (select person_id from vn.membership where centre_id = '${fjord}')`;
    const rows = (await owner.query<{ row: string }>(`select to_jsonb(t)::text row from ${from}`)).rows.map(({ row }) => JSON.parse(row.replaceAll(anId, other)) as Record<string, unknown>);
    if (rows.length === 0) continue;
    for (const row of rows) {
      for (const [key, value] of Object.entries(row)) if (typeof value === 'string' && value.startsWith('\\x')) row[key] = `\\x${createHash('sha256').update(`${key}${value}`).digest('hex')}`;
      if (name === 'person') row.email = `heden-${String(row.email)}`;
    }
    const marked = (chosen: readonly string[]) =>
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, chosen.includes(key) && typeof value === 'string' && value.includes(' ') ? `${value} ${foreignMark}` : value])),
      );
    const insert = (list: readonly object[]) =>
      owner.query(
        `insert into vn.${name} (${columns.map((each) => `"${each}"`)}) select ${columns.map((each) => `"${each}"`)} from jsonb_populate_recordset(null::vn.${name}, $1) on conflict do nothing`,
        [JSON.stringify(list)],
      );
    // A column that takes no mark (a closed list of words, a length that is used up) goes without.
    const free: string[] = [];
    for (const text of texts) {
      await owner.query('begin');
      await insert(marked([text])).then(
        () => free.push(text),
        () => undefined,
      );
      await owner.query('rollback');
    }
    await insert(marked(free));
  }
  await owner.query(`update vn.school set name = name || $2 where centre_id = $1 and position($3 in name) = 0`, [heath, ` ${foreignMark}`, foreignMark]);
}

/** What one school or one person writes for itself, with a word that only they may ever read (docs/who-reads.md); whoever looks after data protection finds it by a name. */
export const secrets = [
  { word: 'Skolenote', table: 'report_note', column: 'text', readers: ['anna', 'dorte', 'karen'], whose: `school_id = '${demoId('school', 'a')}'` },
  { word: 'Kladdeord', table: 'visit_draft', column: 'content', readers: ['anna', 'karen'], whose: `person_id = '${demoId('person', 'anna')}'` },
  { word: 'Kenderord', table: 'hearing_mark', column: 'known_by', readers: ['anna', 'dorte', 'karen', 'nobody'], whose: `school_id = '${demoId('school', 'a')}'` },
] as const;

/** Fills a demonstration's database: the region and its first days, and a second centre with as much in it. */
export async function makeWorld(place: Place, folder: string): Promise<void> {
  await buildDemonstration(place('admin'));
  const server = await serve(place, folder);
  const { owner } = server;
  await makeFirstDays(server.app, server.clock);
  await server.jobs.drain();
  for (const file of (await readdir(folder)).filter((each) => /^[0-9a-f-]{36}$/.test(each))) await copyFile(path.join(folder, file), path.join(folder, file.replace(anId, twinOf)));
  await unguarded(owner, async (client) => {
    await twin(client);
    for (const { word, table, column, whose } of secrets) if (column !== 'content') await client.query(`update vn.${table} set ${column} = ${column} || ' ${word}' where ${whose} and ${column} <> ''`);
  });
  const key = lanes.find((lane) => lane.key !== null);
  await owner.query(
    `insert into vn.api_key (centre_id, id, person_id, made_by, name, token_hash, beginning, as_coordinator, writes, created_at, expires_at) values ($1, $2, $3, $3, 'Fuzz', $4, 'vejnet_kkkkk', true, true, $5, $6)`,
    [
      key?.centreId,
      randomUUID(),
      key?.personId,
      createHash('sha256')
        .update(key?.key ?? '')
        .digest(),
      anchor,
      new Date(anchor.getTime() + 300 * 86_400_000),
    ],
  );
  if (server.faults.length > 0) throw new Error(`the demonstration met a fault: ${String(server.faults[0]?.error)}`);
  await server.close();
}

/** A session as signing in opens it. */
export async function enter({ owner, clock }: Server, lane: Lane): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  await owner.query(
    `insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    [
      randomUUID(),
      createHash('sha256').update(token).digest(),
      lane.personId,
      lane.centreId,
      lane.schoolId,
      lane.organisationId,
      lane.roles.includes('coordinator'),
      now,
      new Date(now.getTime() + 14 * 86_400_000),
    ],
  );
  return token;
}

/** Gives back what a request took from everybody: places and roles, the clock, open ways in, and what was counted against limits. */
export async function restore({ owner, clock }: Server): Promise<void> {
  // The same day stays: a role that was ended keeps its last one.
  if (Math.abs(clock.now().getTime() - anchor.getTime()) > 6 * 3_600_000) clock.set(anchor.toISOString());
  await unguarded(owner, async (client) => {
    await client.query('delete from vn.rate');
    const day = anchor.toISOString().slice(0, 10);
    for (const { personId, centreId, schoolId, organisationId, roles } of lanes)
      for (const role of personId === null || centreId === null ? [] : roles) {
        const key = [centreId, personId, role];
        const there = await client.query('select from vn.membership where centre_id = $1 and person_id = $2 and role = $3 and during @> $4::date and upper_inf(during)', [...key, day]);
        if (there.rowCount !== 0) continue;
        await client.query('delete from vn.membership where centre_id = $1 and person_id = $2 and role = $3', key);
        await client.query(`insert into vn.membership (centre_id, id, person_id, school_id, organisation_id, role, during) values ($1, $2, $3, $4, $5, $6, '[2024-01-01,)')`, [
          ...[centreId, randomUUID(), personId, schoolId, organisationId, role],
        ]);
      }
    await client.query('update vn.school set left_on = null, gone_at = null where left_on is not null');
    await client.query('update vn.api_key set ended_at = null, ended_by = null where token_hash = $1', [
      createHash('sha256')
        .update(lanes.at(-1)?.key ?? '')
        .digest(),
    ]);
  });
}

/** A row that there is: whose, and which ids stand in it. */
export interface Row {
  table: string;
  id: string;
  centre: string | null;
  refs: string;
}

/** A reader of the newest rows of every table that has an id. */
export async function rowReader(owner: pg.Pool): Promise<() => Promise<Row[]>> {
  const tables = (await tablesOf(owner)).filter(({ name, ids }) => ids.includes('id') && name !== 'idempotency' && name !== 'access_log');
  const centreOf = (tenant: boolean, name: string) =>
    name === 'centre'
      ? 't.id'
      : name === 'person'
        ? '(select case when count(distinct m.centre_id) = 1 then (min(m.centre_id::text))::uuid end from vn.membership m where m.person_id = t.id)'
        : tenant
          ? 't.centre_id'
          : 'null::uuid';
  const text = tables.map(
    ({ name, tenant, ids }) =>
      `(select '${name}' "table", t.id::text, (${centreOf(tenant, name)})::text centre, concat_ws(' ', ${ids.map((each) => `t."${each}"`)}) refs from vn.${name} t order by t.id desc limit ${name === 'company' || name === 'unit' ? 120 : 250})`,
  );
  return async () => (await owner.query<Row>(text.join(' union all '))).rows;
}
