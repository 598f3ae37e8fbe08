import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { beside, clockRules, kinds, register } from '../../src/modules/organisation/data-protection/model.ts';
import { dataProtectionWords } from '../../src/modules/organisation/data-protection/words.ts';
import { testApp } from '../support/app.ts';
import { rightsFaults, undeclared } from './personal-data.ts';

const app = await testApp();

describe('the register of personal data', () => {
  test('names every column of the database in which somebody may stand, or says why nobody does', async () => expect(await undeclared(app.owner)).toEqual([]));

  test('a new table with a name in it is found until it is declared', async () => {
    await app.owner.query('begin');
    await app.owner.query('create table vn.planted (id uuid primary key, neighbour text)');
    expect(await undeclared(app.owner)).toEqual(['planted.neighbour: may tell of a person, and is in no register']);
    await app.owner.query('rollback');
  });

  test('names tables, keys and columns that are there, and the SQL in it is understood', async () => {
    for (const table of register) {
      for (const said of [...table.key, ...Object.keys(table.columns)].map((column) => `t."${column}"`).concat([table.company ?? 'null', table.at ?? 'null']))
        await app.owner.query(`explain select ${said} from vn."${table.table}" t`);
      const key = await app.owner.query(
        `select array_agg(a.attname::text order by a.attname) key from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indisprimary and i.indrelid = $1::regclass`,
        [`vn.${table.table}`],
      );
      expect(key.rows[0].key, table.table).toEqual(['centre_id', ...table.key].toSorted());
    }
    for (const rule of clockRules) for (const said of [rule.since, rule.there, rule.company ?? 'null']) await app.owner.query(`explain select ${said} from vn."${rule.table}" t`);
    for (const [table, { columns }] of Object.entries(beside)) await app.owner.query(`explain select ${columns.map((column) => `"${column}"`).join(', ')} from vn."${table}"`);
  });

  test('the audience that erases may empty exactly what the register says', async () => expect(await rightsFaults(app.owner)).toEqual([]));

  test('each kind of data has a row in docs/privacy.md, with how long it is kept', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/privacy.md'), 'utf8');
    for (const kind of kinds) {
      const months = clockRules.filter((rule) => rule.kind === kind).map((rule) => rule.months);
      const tables = [
        ...new Set([...register.filter((each) => each.kind === kind).map(({ table }) => table), ...Object.entries(beside).flatMap(([table, each]) => (each.kind === kind ? [table] : []))]),
      ];
      expect(text).toContain(`| ${dataProtectionWords.en.kinds[kind]} | ${tables.map((table) => `\`${table}\``).join(', ') || '–'} | ${months.length === 0 ? '–' : months.join(', ')} |`);
    }
  });
});
