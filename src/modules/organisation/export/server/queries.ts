import { sql } from 'kysely';
import { refuse } from '../../../../kit/endpoint.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { type ZipEntry, zip } from '../../../../platform/zip.ts';
import { exportData } from '../contract.ts';
import { asText, type Column, csvLine, exportsAtOnce, fieldOf, staysOut } from '../rules.ts';

interface Table {
  name: string;
  columns: Column[];
  key: string[];
  /** The rows that leave, of those that may be read. */
  where: string;
}

/** Of the national register, which belongs to no centre: only what hangs on a company that this centre knows, for the rest would tell whom others know. */
const known: Record<string, string> = {
  company: 'where exists (select from vn.relation r where r.company_id = t.id)',
  unit: 'where exists (select from vn.relation r where r.company_id = t.company_id)',
  company_past: 'where exists (select from vn.relation r where r.company_id = t.company_id)',
  unit_past: 'where exists (select from vn.unit u join vn.relation r on r.company_id = u.company_id where u.id = t.unit_id)',
  centre: 'where t.id = (select ctx.centre())',
};
/** That a company was protected once is a reason not to call it too. */
const whereOf = (name: string, coordinates: boolean) => `${known[name] ?? ''}${name === 'company_past' && !coordinates ? ` and t.fact <> 'protected'` : ''}`;

/** Every table of which the own role may read something, with the columns that it may. */
async function tablesOf({ tx, actor }: Context): Promise<Table[]> {
  const coordinates = actor.roles.includes('coordinator');
  const found = await sql<Omit<Table, 'where'>>`
    select c.relname::text name,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'nullable', not a.attnotnull) order by a.attnum) columns,
      coalesce((select json_agg(k.attname order by x.place) from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality x (number, place)
        join pg_attribute k on k.attrelid = c.oid and k.attnum = x.number where i.indrelid = c.oid and i.indisprimary), '[]') key
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'select')
     where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p')
     group by c.oid, c.relname order by c.relname`.execute(tx);
  return found.rows.map(({ columns, ...table }) => ({
    ...table,
    where: whereOf(table.name, coordinates),
    columns: columns.filter((column) => !staysOut(table.name, column.name, coordinates)),
  }));
}

async function countOf(tx: Tx, { name, where }: Table): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) n from ${sql.raw(`vn."${name}" t ${where}`)}`.execute(tx);
  return found.rows[0]?.n ?? 0;
}

/** The lines of one table by a cursor: a table of any size passes through the memory of a few hundred rows. */
async function* linesOf(tx: Tx, table: Table, onRow: (rows: number) => void): AsyncGenerator<string> {
  const { name, columns, key, where } = table;
  yield csvLine(columns.map((column) => column.name));
  const readable = new Set(columns.map((column) => column.name));
  const order = key.filter((column) => readable.has(column)).map((column) => `t."${column}"`);
  const query = `select ${columns.map((column, at) => `${asText(column)} c${at}`).join(', ')} from vn."${name}" t ${where} ${order.length > 0 ? `order by ${order.join(', ')}` : ''}`;
  // Files of visits are as large as a photograph.
  const batch = columns.some(({ type }) => type === 'bytea') ? 1 : 500;
  await sql.raw(`declare exported no scroll cursor for ${query}`).execute(tx);
  for (;;) {
    const { rows } = await sql.raw<Record<string, string | null>>(`fetch ${batch} from exported`).execute(tx);
    if (rows.length === 0) break;
    onRow(rows.length);
    yield rows.map((row) => csvLine(columns.map((_column, at) => row[`c${at}`] ?? null))).join('');
  }
  await sql.raw('close exported').execute(tx);
}

/** Where what was counted is not what was written, the archive breaks off: half an export must not look like a whole one. */
async function* filesOf(context: Context): AsyncGenerator<ZipEntry> {
  const { tx, now, actor } = context;
  const tables = await tablesOf(context);
  const expected = new Map<string, number>();
  for (const table of tables) expected.set(table.name, await countOf(tx, table));
  const resources: object[] = [];
  for (const table of tables) {
    let written = 0;
    yield {
      name: `data/${table.name}.csv`,
      data: linesOf(tx, table, (rows) => {
        written += rows;
      }),
    };
    if (written !== expected.get(table.name)) throw new Error(`export: ${written} rows of ${table.name} were written and ${expected.get(table.name)} counted`);
    const fields = table.columns.map(fieldOf);
    const primaryKey = table.key.filter((column) => fields.some(({ name }) => name === column));
    resources.push({
      name: table.name.replaceAll('_', '-'),
      path: `data/${table.name}.csv`,
      profile: 'tabular-data-resource',
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      schema: { fields, ...(primaryKey.length === table.key.length && primaryKey.length > 0 ? { primaryKey } : {}), missingValues: [''] },
      expected: expected.get(table.name),
      written,
    });
  }
  const about = { profile: 'tabular-data-package', name: 'vejnet-export', created: now.toISOString(), centre: centreOf(context), school: actor.schoolId, resources };
  async function* text() {
    yield JSON.stringify(about, null, 2);
  }
  yield { name: 'datapackage.json', data: text() };
}

/** Held to the end of the transaction. The last byte leaves a moment before that, so whoever asks again at once waits for it, and no longer than a second and a half. */
async function takesPlace({ tx, actor }: Context): Promise<boolean> {
  const key = (about: string) => sql`hashtextextended(${about}, 0)`;
  await sql`select set_config('lock_timeout', '1500', true)`.execute(tx);
  try {
    await sql`select pg_advisory_xact_lock(${key(`export ${actor.centreId} ${actor.schoolId ?? ''}`)})`.execute(tx);
  } catch (error) {
    if ((error as { code?: unknown }).code === '55P03') return false;
    throw error;
  }
  await sql`select set_config('lock_timeout', '0', true)`.execute(tx);
  for (let slot = 1; slot <= exportsAtOnce; slot += 1)
    if ((await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(${key(`export slot ${slot}`)}) ok`.execute(tx)).rows[0]?.ok === true) return true;
  return false;
}

export async function exported(context: Context): Promise<string> {
  if (!(await takesPlace(context))) throw refuse(exportData, 'export_running');
  context.nameDownload(`vejnet-${context.today}.zip`);
  return zip(filesOf(context), context.now) as unknown as string;
}
