import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { roles } from '../../src/kit/access.ts';
import { testApp } from '../support/app.ts';
import { makeCentre } from '../support/factory.ts';
import { clientOf, dropDatabase, scratchDatabase } from '../support/scratch.ts';
import { allTables, separationFaults, tenantTables, withoutCentre } from './rls.ts';

const scratch = await scratchDatabase('live');
const planter = await clientOf(scratch, 'admin');
afterAll(async () => {
  await planter.end();
  await dropDatabase(scratch);
});

const good = (name: string) =>
  `set local role vn_owner; create table vn.${name} (centre_id uuid not null references vn.centre, id uuid not null, school_id uuid, primary key (centre_id, id)); call vn.tenant('vn.${name}', 'true'); reset role;`;
const definer = (name: string, rest: string) => `create function vn.${name}() returns int language sql security definer ${rest} as 'select 1'`;

describe('tenant separation in the database', () => {
  test('every table, function, role and key keeps the rules', async () => {
    expect(await tenantTables(planter)).toEqual(expect.arrayContaining(['membership', 'relation', 'school']));
    expect(await separationFaults(planter)).toEqual([]);
  });

  test('every exception is still a table', async () => {
    expect(await allTables(planter)).toEqual(expect.arrayContaining(Object.keys(withoutCentre)));
  });

  const planted: [string, string, string | null][] = [
    ['a table from the template', good('fine'), null],
    ['a table without a centre', 'create table vn.bad (id uuid primary key)', 'bad: centre_id is not first'],
    ['a centre that is not first in the key', 'create table vn.bad (centre_id uuid, id uuid, primary key (id, centre_id))', 'bad: centre_id is not first'],
    ['a table without row policies', 'create table vn.bad (centre_id uuid, id uuid, primary key (centre_id, id))', 'bad: row level security is not forced'],
    ['policies that do not bind the owner', `${good('bad')} alter table vn.bad no force row level security`, 'bad: row level security is not forced'],
    ['a lost tenant policy', `${good('bad')} drop policy tenant on vn.bad`, 'bad: the restrictive tenant policy is missing'],
    [
      'a tenant policy that lets all through',
      `${good('bad')} drop policy tenant on vn.bad; create policy tenant on vn.bad as restrictive using (true)`,
      'bad: the restrictive tenant policy is missing',
    ],
    [
      'a tenant policy for reading only',
      `${good('bad')} drop policy tenant on vn.bad; create policy tenant on vn.bad as restrictive for select using (centre_id = (select ctx.centre()))`,
      'bad: the restrictive tenant policy is missing',
    ],
    ['a lost gate policy', `${good('bad')} drop policy gate on vn.bad`, 'bad: the gate policy is missing'],
    ['a right of the login itself', `${good('bad')} grant select (id) on vn.bad to vn_app`, 'bad: the application’s login has rights'],
    ['a table that the call agent reads', `${good('bad')} grant select (id) on vn.bad to vn_agent`, 'bad: vn_agent may read it'],
    ['the register read by the call agent', 'grant select on vn.company to vn_agent', 'company: vn_agent may read it'],
    ['sessions read by staff', 'grant select (id) on vn.session to vn_staff', 'session: vn_staff may read it'],
    ['a definer function of the superuser', definer('bad', 'set search_path = vn, pg_temp'), 'bad(): runs with the rights of postgres'],
    ['a definer function without a search path', `${definer('bad', '')}; alter function vn.bad() owner to vn_gate`, 'bad(): has no fixed search_path'],
    ['a definer function for everybody', definer('bad', 'set search_path = vn, pg_temp'), 'bad(): everybody may execute it'],
    ['a sequence', 'create sequence vn.bad', 'bad: a sequence'],
    ['a view with its owner’s rights', 'create view vn.bad as select * from vn.school', 'bad: a view'],
    ['a foreign key to rows that one may not see', `${good('bad')} alter table vn.bad add constraint bad_audit foreign key (centre_id, id) references vn.audit`, 'bad: its foreign key to audit'],
    ['an audience that bypasses policies', 'alter role vn_staff bypassrls', 'vn_staff: is mighty'],
    ['a login that may become the gate', 'grant vn_gate to vn_app', 'vn_app: may become'],
  ];
  // Roles belong to the whole server, so every planted fault is rolled back.
  test.each(planted)('planted: %s', async (_what, statement, complaint) => {
    await planter.query('begin');
    try {
      await planter.query(statement);
      const faults = await separationFaults(planter);
      if (complaint === null) expect(faults).toEqual([]);
      else expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(complaint)]));
    } finally {
      await planter.query('rollback');
    }
  });
});

// Its own database, prepared once for all attacks.
const app = await testApp();

describe('attacked from inside', async () => {
  const { centre, other, anna } = await makeCentre(app);
  const names = await tenantTables(app.owner);
  // The attack is on the policies alone: whatever else could refuse a row steps aside in this database, so that any table can be filled.
  await app.owner.query(`do $$ declare c record; begin
    for c in select conrelid::regclass t, conname from pg_constraint where connamespace = 'vn'::regnamespace and contype in ('f', 'c', 'x') loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop;
    for c in select oid::regclass t from pg_class where relnamespace = 'vn'::regnamespace and relkind in ('r', 'p') and relname <> 'audit' loop execute format('alter table %s disable trigger user', c.t); end loop; end $$`);
  for (const table of names) for (const id of [centre.id, other.id]) await app.owner.query(await anyRow(table, id));
  const login = await clientOf(app.database, 'app');
  afterAll(() => login.end());

  /** Runs as an audience inside the first centre, with every role there is, and rolls back. */
  async function inside<T>(client: pg.Client, role: string, work: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      await client.query(
        `select set_config('role', $1, true), set_config('app.centre', $2, true), set_config('app.school', $3, true), set_config('app.person', $4, true), set_config('app.roles', $5, true)`,
        [role, centre.id, centre.schools.a, anna.id, roles.join(',')],
      );
      return await work();
    } finally {
      await client.query('rollback');
    }
  }

  /** A row of a centre with something of the right type in every column that demands a value. */
  async function anyRow(table: string, centreId: string): Promise<string> {
    const { rows } = await app.owner.query<{ name: string; type: string; category: string }>(
      `select quote_ident(a.attname) name, format_type(a.atttypid, null) type, t.typcategory category from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname <> 'centre_id' and a.attnotnull and not a.atthasdef`,
      [`vn.${table}`],
    );
    const value = ({ type, category }: { type: string; category: string }) =>
      type === 'uuid'
        ? `'${randomUUID()}'`
        : type === 'bytea'
          ? `'\\x${randomUUID().replaceAll('-', '')}'`
          : type === 'jsonb' || category === 'A' || type.endsWith('multirange')
            ? `'{}'`
            : type === 'time without time zone'
              ? `'09:00'`
              : category === 'D'
                ? `'2026-11-17'::${type}`
                : category === 'N'
                  ? '1'
                  : category === 'B'
                    ? 'true'
                    : category === 'R'
                      ? `'empty'`
                      : `'x'`;
    return `insert into vn.${table} (${['centre_id', ...rows.map((row) => row.name)].join(', ')}) values (${[`'${centreId}'`, ...rows.map(value)].join(', ')})`;
  }

  /** The other centre's row, written out again as a new one. */
  async function foreignRow(table: string): Promise<{ columns: string; row: unknown }> {
    const columns = await app.owner.query(
      `select string_agg(quote_ident(attname), ', ') list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [`vn.${table}`],
    );
    const found = await app.owner.query(`select to_jsonb(t) "row" from vn.${table} t where centre_id = $1 limit 1`, [other.id]);
    expect(found.rows, `the test must put a row of the other centre into ${table}`).toHaveLength(1);
    return { columns: columns.rows[0].list, row: found.rows[0].row };
  }

  test.each(names)('%s: staff and the gate, inside one centre, see no row of another', async (table) => {
    await foreignRow(table);
    for (const [client, role] of [
      [login, 'vn_staff'],
      [app.owner, 'vn_gate'],
      [app.owner, 'vn_owner'],
    ] as const) {
      const seen = await inside(client, role, async () => (await client.query(`select distinct centre_id from vn.${table}`)).rows);
      expect(
        seen.filter((row) => row.centre_id !== centre.id),
        role,
      ).toEqual([]);
    }
  });

  test.each(names)('%s: nobody inside one centre writes a row into another (42501)', async (table) => {
    const { columns, row } = await foreignRow(table);
    for (const [client, role] of [
      [login, 'vn_staff'],
      [app.owner, 'vn_gate'],
      [app.owner, 'vn_owner'],
    ] as const)
      await expect(
        inside(client, role, () => client.query(`insert into vn.${table} (${columns}) select ${columns} from jsonb_populate_record(null::vn.${table}, $1)`, [row])),
        role,
      ).rejects.toMatchObject({ code: '42501' });
  });

  test.each(names)('%s: without a centre nothing is seen; the login itself, the call agent and a visitor are refused', async (table) => {
    await expect(login.query(`select from vn.${table}`)).rejects.toMatchObject({ code: '42501' });
    for (const role of ['vn_agent', 'vn_visitor', 'vn_ministry'])
      await expect(
        inside(login, role, () => login.query(`select from vn.${table}`)),
        role,
      ).rejects.toMatchObject({ code: '42501' });
    await app.owner.query('begin');
    await app.owner.query('set local role vn_gate');
    expect((await app.owner.query(`select from vn.${table}`)).rowCount).toBe(0);
    await app.owner.query('rollback');
  });

  test('the login becomes no owner and no gate', async () => {
    for (const role of ['vn_owner', 'vn_gate', 'postgres'])
      await expect(
        inside(login, role, async () => undefined),
        role,
      ).rejects.toMatchObject({ code: '42501' });
  });

  test('the audit log is append-only, for its owner too', async () => {
    await expect(inside(app.owner, 'postgres', () => app.owner.query('delete from vn.audit'))).rejects.toMatchObject({ code: 'VN009' });
    await expect(inside(app.owner, 'postgres', () => app.owner.query(`update vn.audit set event = 'x'`))).rejects.toMatchObject({ code: 'VN009' });
  });
});
