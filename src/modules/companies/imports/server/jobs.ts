import { type RawBuilder, sql } from 'kysely';
import { copyInto, copyLine } from '../../../../platform/db/copy.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/ids.ts';
import type { JobKind, JobTools } from '../../../../platform/jobs/jobs.ts';
import { type Again, jsonRecords, UnreadableFile } from '../../../../platform/reading.ts';
import { openTable, readableKind } from '../../../../platform/table-file.ts';
import { erasedHere } from '../../../organisation/data-protection/server/public.ts';
import { type ColumnField, fromColumns, fromCvrHit, fromFlat, guessMapping, isFlat, type Mapping, type Reading } from '../model.ts';

export interface Payload {
  centre: string;
  person: string;
  import: string;
}

/** Rows of one transaction when applying: readers and other writers get in between, and a crash loses one piece of work. */
const chunk = 50_000;

/** A statement over a hundred thousand rows, or a wait for another file, takes longer than a person's request may; and 32 MB let a chunk be sorted without a file on disk. */
const unhurried = (tx: Tx) => sql`select set_config('statement_timeout', '600000', true), set_config('work_mem', '32MB', true)`.execute(tx);

/** Who a job acts as: the person who asked, with the rights that person has now. */
export const keeper = ({ centre, person }: Payload): Actor => ({ ...visitor, audience: 'import', centreId: centre, personId: person, roles: ['register'] });

export const work = <T>(tools: JobTools, actor: Actor, run: (tx: Tx) => Promise<T>) => inTransaction(tools.db, actor, tools.clock.now(), false, run);

export const mark = (tx: Tx, id: string, set: Record<string, unknown>) => tx.updateTable('company_import').set(set).where('id', '=', id).execute();

/** Ends an import for good or ill. Its file goes first: a crash in between leaves no file behind that nobody knows of. */
async function end(tools: JobTools, payload: Payload, set: Record<string, unknown>): Promise<void> {
  const actor = keeper(payload);
  const found = await work(tools, actor, (tx) => tx.selectFrom('company_import').select('file').where('id', '=', payload.import).executeTakeFirst());
  if (found?.file) await tools.files.remove(found.file);
  await work(tools, actor, (tx) => mark(tx, payload.import, { ...set, file: null, fetching: false, finished_at: tools.clock.now().toISOString() }));
}
export const fail = (tools: JobTools, payload: Payload, error: string) => end(tools, payload, { state: 'failed', error });

/** Reads the import and the person's right to it again; null when it went elsewhere meanwhile. */
export async function claim(tools: JobTools, payload: Payload, states: string[]) {
  const claimed = await work(tools, keeper(payload), async (tx) => {
    const found = await tx.selectFrom('company_import').selectAll().where('centre_id', '=', payload.centre).where('id', '=', payload.import).forUpdate().executeTakeFirst();
    if (found === undefined || !states.includes(found.state)) return null;
    const held = await tx
      .selectFrom('membership')
      .select('id')
      .where('centre_id', '=', payload.centre)
      .where('person_id', '=', payload.person)
      .where('role', '=', 'register')
      .where(sql<boolean>`during @> (ctx.now() at time zone (select tz from vn.centre c where c.id = membership.centre_id))::date`)
      .executeTakeFirst();
    return { found, held: held !== undefined };
  });
  if (claimed === null) return null;
  if (claimed.held) return claimed.found;
  await fail(tools, payload, 'role_ended');
  return null;
}

// ---- Reading --------------------------------------------------------------------------------------------------------------------------------

const stagedColumns = `import_id, no, kind, raw, refusal, outcome, doubtful, new_id, cvr, p_number, name, address, postcode, town, municipality, phone, email, form_code, form, status, status_text,
  started, ended, scheme, industry_code, industry_text, size_from, size_to, size_period, size_as_of, public_sector, protected, contact_name, contact_role, contact_phone, contact_email, past`;

function line(id: string, no: number, reading: Reading, raw: string, newRow: string): string {
  if ('refusal' in reading)
    return copyLine([id, no, 'company', raw.toWellFormed().replaceAll('\u0000', '\ufffd'), reading.refusal, 'refused', false, newRow, reading.cvr, ...Array.from({ length: 28 }, () => null)]);
  const { kind, facts: f, past, doubtful } = reading.row;
  return copyLine([
    id,
    no,
    kind,
    raw,
    null,
    // What the register does not know yet is new: comparing writes only the rows where that is not so.
    'new',
    doubtful,
    newRow,
    f.cvr,
    f.pNumber,
    f.name,
    f.address,
    f.postcode,
    f.town,
    f.municipality,
    f.phone,
    f.email,
    f.formCode,
    f.form,
    f.status,
    f.statusText,
    f.started,
    f.ended,
    f.scheme,
    f.industryCode,
    f.industryText,
    f.sizeFrom,
    f.sizeTo,
    f.sizePeriod,
    f.sizeAsOf,
    f.publicSector,
    f.protected,
    f.contactName,
    f.contactRole,
    f.contactPhone,
    f.contactEmail,
    past.length === 0 ? null : JSON.stringify(past),
  ]);
}

type Format = 'json' | 'cvrapi' | 'csv' | 'xlsx';
interface Source {
  format: Format;
  headings: string[];
  samples: string[][];
  sheets: string[];
  sheet: string | null;
  mapping: Mapping;
  rows: AsyncIterable<{ reading: Reading; raw: string }>;
}

interface Told {
  mapping: Mapping | null;
  scheme: 'DB07' | 'DB25' | null;
  sheet: string | null;
}

const noTable = { headings: [], samples: [], sheets: [], sheet: null, mapping: [] };

async function openSource(tools: JobTools, file: string, { mapping: given, scheme, sheet }: Told): Promise<Source> {
  const again: Again = (from, to) => tools.files.read(file, from, to);
  const today = tools.clock.now().toISOString().slice(0, 10);
  const kind = await readableKind(again);
  if (kind === 'json') {
    const records = jsonRecords(again);
    const first = await records.next();
    // What the first record is, the whole file is: what a file says of its companies must be the same for all of them.
    const flat = !first.done && isFlat(first.value);
    const rows = async function* () {
      for (let next = first; !next.done; next = await records.next())
        for (const reading of flat ? fromFlat(next.value, scheme, today) : [fromCvrHit(next.value)]) yield { reading, raw: 'refusal' in reading ? JSON.stringify(next.value).slice(0, 2000) : '' };
    };
    return { ...noTable, format: flat ? 'cvrapi' : 'json', rows: rows() };
  }
  const table = await openTable(again, kind, sheet);
  const mapping = given ?? guessMapping(table.headings);
  const rows = async function* () {
    for await (const cells of table.rows) {
      const reading = fromColumns(cells, mapping, scheme, today);
      yield { reading, raw: 'refusal' in reading ? JSON.stringify(cells) : '' };
    }
  };
  return { ...table, mapping, rows: rows() };
}

/** What a cancelled import sent and what was read of it are not kept. */
async function threwAway(tools: JobTools, payload: Payload): Promise<boolean> {
  const cancelled = await work(tools, keeper(payload), async (tx) => {
    const found = await tx.selectFrom('company_import').select('state').where('centre_id', '=', payload.centre).where('id', '=', payload.import).executeTakeFirst();
    if (found?.state !== 'cancelled') return false;
    await tx.deleteFrom('import_row').where('import_id', '=', payload.import).execute();
    return true;
  });
  if (cancelled) await end(tools, payload, {});
  return cancelled;
}

/**
 * A table's row is kept as it came where it is refused. The few that only the comparison refuses are read a second time:
 * keeping every row for them would double what goes into the staging table.
 */
async function keepRefused(tx: Tx, id: string, open: Again, format: 'csv' | 'xlsx', sheet: string | null): Promise<void> {
  const refused = async (after: number) =>
    (await sql<{ no: number }>`select no from vn.import_row where import_id = ${id} and outcome = 'refused' and raw = '' and no > ${after} order by no limit 100`.execute(tx)).rows.map(({ no }) => no);
  let wanted = await refused(0);
  let kept: string[] = [];
  let no = 0;
  if (wanted.length === 0) return;
  const table = await openTable(open, format === 'xlsx' ? 'sheet' : 'table', sheet);
  for await (const cells of table.rows) {
    no += 1;
    if (no === wanted[kept.length] && kept.push(JSON.stringify(cells)) === wanted.length) {
      await sql`update vn.import_row r set raw = f.raw from unnest(${wanted}::int[], ${kept}::text[]) f (no, raw) where r.import_id = ${id} and r.no = f.no`.execute(tx);
      wanted = await refused(no);
      kept = [];
      if (wanted.length === 0) return;
    }
  }
}

export const readFile: JobKind<Payload> = {
  name: 'companies.read-file',
  retries: 2,
  async run(tools, payload) {
    if (await threwAway(tools, payload)) return;
    const found = await claim(tools, payload, ['received', 'reading']);
    if (found === null || found.file === null) return;
    const actor = keeper(payload);
    const id = payload.import;
    const { file } = found;
    await work(tools, actor, async (tx) => {
      await tx.deleteFrom('import_row').where('import_id', '=', id).execute();
      await mark(tx, id, { state: 'reading', rows_read: 0, rows_done: 0, rows_total: 0, error: null });
    });
    try {
      const given = found.mapping === null ? null : (found.mapping.map((field) => (field === '' ? null : field)) as Mapping);
      const source = await openSource(tools, file, { mapping: given, scheme: found.scheme as 'DB07' | 'DB25' | null, sheet: found.sheet });
      let no = 0;
      const isErased = await work(tools, actor, (tx) => erasedHere(tx, tools.keyedHash));
      let erased = 0;
      const lines = async function* () {
        for await (const { reading, raw } of source.rows) {
          no += 1;
          // The company is taken, whoever was erased there is not.
          const back = 'row' in reading && isErased({ email: reading.row.facts.contactEmail ?? null, phone: reading.row.facts.contactPhone ?? null });
          if (back) {
            erased += 1;
            Object.assign(reading.row.facts, { contactName: null, contactRole: null, contactPhone: null, contactEmail: null });
            if (source.samples[no - 1] !== undefined) source.samples[no - 1] = [];
          }
          yield line(id, no, reading, raw, newId(tools.clock.now()));
          // Progress stands in a transaction of its own: the copy's is not visible yet.
          if (no % 20_000 === 0) await work(tools, actor, (tx) => mark(tx, id, { rows_read: no }));
        }
      };
      await copyInto(tools.pool, actor, tools.clock.now(), `vn.import_row (${stagedColumns})`, lines());
      if (no === 0) throw new UnreadableFile('empty');
      await work(tools, actor, async (tx) => {
        await unhurried(tx);
        const said = saidBy(source.format, source.mapping);
        await compare(tx, id, found.kind as 'extract' | 'list', said, source.mapping);
        if (source.format === 'csv' || source.format === 'xlsx') await keepRefused(tx, id, (from, to) => tools.files.read(file, from, to), source.format, source.sheet);
        const counts = await sql<{ read: number; new: number; changed: number; same: number; refused: number; doubtful: number }>`
          select count(*)::int read, count(*) filter (where outcome = 'new')::int "new", count(*) filter (where outcome = 'changed')::int changed, count(*) filter (where outcome = 'same')::int same,
                 count(*) filter (where outcome = 'refused')::int refused, count(*) filter (where doubtful and outcome <> 'refused')::int doubtful from vn.import_row where import_id = ${id}`.execute(
          tx,
        );
        const row = counts.rows[0];
        // Whoever asked CVR for one company wants it written.
        const atOnce = found.wanted !== null && row !== undefined && row.read > row.refused;
        await mark(tx, id, {
          state: atOnce ? 'applying' : 'ready',
          format: source.format,
          headings: source.headings,
          samples: JSON.stringify(source.samples),
          sheets: source.sheets,
          sheet: source.sheet,
          mapping: source.mapping.map((field) => field ?? ''),
          rows_read: row?.read,
          rows_total: row?.read,
          rows_done: atOnce ? 0 : row?.read,
          rows_new: row?.new,
          rows_changed: row?.changed,
          rows_same: row?.same,
          rows_refused: row?.refused,
          rows_doubtful: row?.doubtful,
          contacts_erased: erased,
        });
        if (atOnce) await tools.jobs.enqueue(tx, actor, applyFile, payload);
      });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      await fail(tools, payload, error.code);
    }
  },
  gaveUp: (tools, payload) => fail(tools, payload, 'internal'),
};

// ---- Comparing ------------------------------------------------------------------------------------------------------------------------------

/** The columns of company and unit that a file says something about; what it does not say is never emptied. */
type Column =
  | 'name'
  | 'address'
  | 'postcode'
  | 'town'
  | 'municipality'
  | 'phone'
  | 'email'
  | 'form_code'
  | 'form'
  | 'status'
  | 'status_text'
  | 'started'
  | 'ended'
  | 'scheme'
  | 'industry_code'
  | 'industry_text'
  | 'size_from'
  | 'size_to'
  | 'size_period'
  | 'size_as_of'
  | 'public_sector'
  | 'protected';
const everyColumn: Column[] = [
  'name',
  'address',
  'postcode',
  'town',
  'municipality',
  'phone',
  'email',
  'form_code',
  'form',
  'status',
  'status_text',
  'started',
  'ended',
  'scheme',
  'industry_code',
  'industry_text',
  'size_from',
  'size_to',
  'size_period',
  'size_as_of',
  'public_sector',
  'protected',
];
const columnsOf: Partial<Record<ColumnField, Column[]>> = {
  name: ['name'],
  address: ['address'],
  postcode: ['postcode'],
  town: ['town'],
  municipality: ['municipality'],
  phone: ['phone'],
  email: ['email'],
  form: ['form'],
  status: ['status', 'status_text'],
  started: ['started'],
  industryCode: ['scheme', 'industry_code', 'industry_text'],
  size: ['size_from', 'size_to', 'size_period', 'size_as_of'],
  protected: ['protected'],
  publicSector: ['public_sector'],
};
const unitColumns: Column[] = ['name', 'address', 'postcode', 'town', 'municipality', 'phone', 'email', 'status', 'scheme', 'industry_code', 'industry_text', 'size_from', 'size_to', 'protected'];

/** cvrapi.dk knows no municipalities and no words of a status. */
const notInFlat: readonly Column[] = ['municipality', 'status_text', 'public_sector'];
const saidBy = (format: Format, mapping: Mapping): Column[] =>
  format === 'json' ? everyColumn : format === 'cvrapi' ? everyColumn.filter((column) => !notInFlat.includes(column)) : mapping.flatMap((field) => (field === null ? [] : (columnsOf[field] ?? [])));

/** The day a size is counted for is no change by itself: the next extract counts the same people for the next month. */
const compared = (said: Column[]) => said.filter((column) => column !== 'size_as_of' && column !== 'size_period');
const pairs = (columns: Column[], left: string, right: string) =>
  sql.join(
    columns.map((column) => sql`${sql.ref(`${left}.${column}`)} is distinct from ${sql.ref(`${right}.${column}`)}`),
    sql` or `,
  );

/** What a file would do to a company it found, and to a unit; a list changes no facts. */
function differences(kind: 'extract' | 'list', said: Column[]) {
  const differs = compared(said);
  const unitSaid = differs.filter((column) => unitColumns.includes(column));
  return {
    company: kind === 'list' || differs.length === 0 ? sql`false` : sql`(${pairs(differs, 'c', 'r')} or c.source = 'provisional' or c.vanished)`,
    unit: kind === 'list' || unitSaid.length === 0 ? sql`false` : sql`(${pairs(unitSaid, 'u', 'r')} or u.vanished)`,
  };
}

async function compare(tx: Tx, id: string, kind: 'extract' | 'list', said: Column[], mapping: Mapping): Promise<void> {
  await sql`update vn.import_row r set municipality = (select m.code from vn.municipality m where m.code = lpad(r.municipality, 4, '0') or lower(m.name) = lower(regexp_replace(r.municipality, '\\s+kommune$', '', 'i')) limit 1)
             where r.import_id = ${id} and r.municipality is not null and not exists (select from vn.municipality m where m.code = r.municipality)`.execute(tx);
  // A file that names no municipalities: what is new lies where its postcode mostly does, or it would belong to no centre. What is known keeps its own.
  if (kind === 'extract' && !said.includes('municipality') && said.includes('postcode'))
    await sql`update vn.import_row r set municipality = p.municipality from vn.postcode p where r.import_id = ${id} and r.municipality is null and p.code = r.postcode`.execute(tx);
  // A code without its title keeps the title that belongs to it: a column that is not mapped empties nothing.
  if (mapping.includes('industryCode') && !mapping.includes('industryText'))
    await sql`update vn.import_row r set industry_text = coalesce((select c.industry_text from vn.company c where c.cvr = r.cvr and c.scheme = r.scheme and c.industry_code = r.industry_code),
                (select i.title from vn.industry i where i.scheme = r.scheme and i.code = r.industry_code)) where r.import_id = ${id} and r.industry_code is not null`.execute(tx);
  // Twice in a file: the last one counts. A list may name a company once per person there.
  if (kind === 'extract') {
    await sql`update vn.import_row r set refusal = 'duplicate', outcome = 'refused' from (select cvr, max(no) last from vn.import_row where import_id = ${id} and kind = 'company' and refusal is null group by cvr having count(*) > 1) d
               where r.import_id = ${id} and r.kind = 'company' and r.refusal is null and r.cvr = d.cvr and r.no < d.last`.execute(tx);
    await sql`update vn.import_row r set refusal = 'duplicate', outcome = 'refused' from (select p_number, max(no) last from vn.import_row where import_id = ${id} and kind = 'unit' and refusal is null group by p_number having count(*) > 1) d
               where r.import_id = ${id} and r.kind = 'unit' and r.refusal is null and r.p_number = d.p_number and r.no < d.last`.execute(tx);
  }
  // A company must have a name, and a unit a company, in the file or in the register; few rows fail here, so they are sought and not all written.
  await sql`update vn.import_row r set refusal = 'name_missing', outcome = 'refused' where r.import_id = ${id} and r.refusal is null and r.kind = 'company' and r.name is null and not exists (select from vn.company c where c.cvr = r.cvr)`.execute(
    tx,
  );
  await sql`update vn.import_row r set refusal = 'unknown_company', outcome = 'refused' where r.import_id = ${id} and r.refusal is null and r.kind = 'unit' and not exists (select from vn.company c where c.cvr = r.cvr)
               and not exists (select from vn.import_row o where o.import_id = ${id} and o.kind = 'company' and o.refusal is null and o.cvr = r.cvr)`.execute(tx);
  const changed = differences(kind, said);
  // What a list adds is the relation; a company the centre has already is the same.
  const missing = kind === 'list' ? sql`not exists (select from vn.relation x where x.company_id = c.id and x.centre_id = ctx.centre())` : sql`false`;
  await sql`update vn.import_row r set company_id = c.id, outcome = case when ${changed.company} or ${missing} then 'changed' else 'same' end from vn.company c
             where r.import_id = ${id} and r.kind = 'company' and r.refusal is null and c.cvr = r.cvr`.execute(tx);
  await sql`update vn.import_row t set company_id = c.id, outcome = case when u.id is null and ${kind === 'extract'} then 'new' when ${changed.unit} then 'changed' else 'same' end
    from vn.import_row r left join vn.company c on c.cvr = r.cvr left join vn.unit u on u.p_number = r.p_number
   where t.import_id = ${id} and r.import_id = ${id} and t.no = r.no and r.kind = 'unit' and r.refusal is null and (c.id is not null or u.id is not null or ${kind === 'list'})`.execute(tx);
}

// ---- Applying -------------------------------------------------------------------------------------------------------------------------------

const names = (columns: readonly Column[]) => sql.join(columns.map((column) => sql.ref(column)));
const assigned = (columns: readonly Column[], alias: string) => sql.join(columns.map((column) => sql`${sql.ref(column)} = ${assignedValue(column, alias)}`));
/** A name and the flags cannot be emptied. */
const assignedValue = (column: Column, alias: string): RawBuilder<unknown> =>
  ['name', 'status', 'public_sector', 'protected'].includes(column) ? sql`coalesce(${sql.ref(`${alias}.${column}`)}, ${sql.ref(`t.${column}`)})` : sql`${sql.ref(`${alias}.${column}`)}`;
/** The fields that change, with the values they had. */
const before = (
  columns: readonly Column[],
) => sql`(select jsonb_object_agg(k.key, k.value) from jsonb_each(jsonb_build_object(${sql.join(columns.flatMap((column) => [sql.lit(column), sql.ref(`t.${column}`)]))})) k
  where k.value is distinct from jsonb_build_object(${sql.join(columns.flatMap((column) => [sql.lit(column), sql.ref(`r.${column}`)]))}) -> k.key)`;

/** What of a company is kept as its past, as it was (t) and as a file says it (r); what a file does not say is as it was. */
function pastFacts(said: readonly Column[]): [string, RawBuilder<string | null>, RawBuilder<string | null>][] {
  const is = (column: Column) => (said.includes(column) ? assignedValue(column, 'r') : sql.ref(`t.${column}`));
  const was = (column: Column) => sql.ref(`t.${column}`);
  const written: [string, (value: (column: Column) => RawBuilder<unknown>) => RawBuilder<string | null>][] = [
    ['name', (value) => sql`${value('name')}`],
    ['address', (value) => sql`nullif(concat_ws(', ', ${value('address')}, nullif(concat_ws(' ', ${value('postcode')}, ${value('town')}), '')), '')`],
    ['industry', (value) => sql`${value('scheme')} || ' ' || ${value('industry_code')} || coalesce(' ' || ${value('industry_text')}, '')`],
    ['size', (value) => sql`${value('size_from')} || coalesce('-' || ${value('size_to')}, '+')`],
    ['status', (value) => sql`${value('status_text')}`],
  ];
  return written.map(([fact, as]) => [fact, as(was), as(is)]);
}
const pastNeeds: Record<string, Column> = { name: 'name', address: 'address', industry: 'industry_code', size: 'size_from', status: 'status_text' };

/** What a file changes was so until today, unless the file's own periods say it, and better since when. */
async function notePast(tx: Tx, kind: 'company' | 'unit', id: string, said: readonly Column[], rows: RawBuilder<unknown>): Promise<void> {
  const facts = pastFacts(said).filter(([fact]) => said.includes(pastNeeds[fact] as Column));
  if (facts.length === 0) return;
  const [known, since] =
    kind === 'company'
      ? [sql`vn.company t on t.id = r.company_id`, sql`coalesce(t.changed_at, t.created_at)::date`]
      : [sql`vn.unit t on t.p_number = r.p_number join vn.company c on c.id = t.company_id`, sql`coalesce(t.changed_at, c.created_at)::date`];
  await sql`insert into vn.${sql.raw(kind)}_past (${sql.raw(kind)}_id, fact, valid, value, import_id)
    select t.id, f.fact, daterange(${since}, ctx.now()::date), f.was, ${id} from vn.import_row r join ${known}
      cross join lateral (values ${sql.join(facts.map(([fact, was, is]) => sql`(${fact}, ${was}, ${is})`))}) f (fact, was, "is")
     where ${rows} and r.kind = ${kind} and r.outcome = 'changed' and f.was is not null and f.was is distinct from f."is" and ${since} < ctx.now()::date
       and not exists (select from jsonb_to_recordset(r.past) p (fact text, value text) where p.fact = f.fact and p.value = f.was) on conflict do nothing`.execute(tx);
}

/** The periods that an extract itself tells. */
const tellPast = (tx: Tx, kind: 'company' | 'unit', id: string, rows: RawBuilder<unknown>) =>
  sql`insert into vn.${sql.raw(kind)}_past (${sql.raw(kind)}_id, fact, valid, value, import_id)
    select t.id, p.fact, daterange(p."from", p.until), p.value, ${id} from vn.import_row r join ${kind === 'company' ? sql`vn.company t on t.cvr = r.cvr` : sql`vn.unit t on t.p_number = r.p_number`}
      cross join lateral jsonb_to_recordset(r.past) p (fact text, "from" date, until date, value text)
     where ${rows} and r.kind = ${kind} and r.past is not null and r.outcome <> 'refused' and p."from" < p.until on conflict do nothing`.execute(tx);

/** One file at a time writes the register: two that overlap would wait for each other's rows, and the second could not see what the first has made. */
async function alone(tx: Tx): Promise<void> {
  await unhurried(tx);
  await sql`select pg_advisory_xact_lock(hashtext('vn.company'))`.execute(tx);
}

/** Since a file was compared another may have made the same companies, or undone them. */
async function freshen(tx: Tx, kind: 'extract' | 'list', said: Column[], piece: RawBuilder<unknown>): Promise<void> {
  const changed = differences(kind, said);
  await sql`update vn.import_row r set company_id = c.id, outcome = case when ${changed.company} then 'changed' else 'same' end from vn.company c where ${piece} and r.kind = 'company' and r.outcome = 'new' and c.cvr = r.cvr`.execute(
    tx,
  );
  await sql`update vn.import_row r set company_id = null, outcome = 'new' where ${piece} and r.kind = 'company' and r.outcome in ('changed', 'same') and r.name is not null and not exists (select from vn.company c where c.id = r.company_id)`.execute(
    tx,
  );
}

/** Most pieces of a first extract hold nothing that the register knows: one look spares them the ten statements for that. */
async function anyKnown(tx: Tx, piece: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ any: boolean }>`select exists (select from vn.import_row r where ${piece} and r.kind = 'company' and r.outcome in ('changed', 'same')) "any"`.execute(tx);
  return found.rows[0]?.any === true;
}

/** One piece of the file, in one transaction. */
async function applyPiece(tx: Tx, id: string, kind: 'extract' | 'list', said: Column[], after: number, asked: boolean): Promise<void> {
  const piece = sql`r.import_id = ${id} and r.no > ${after} and r.no <= ${after + chunk}`;
  await alone(tx);
  await freshen(tx, kind, said, piece);
  const insertable = [...new Set<Column>(['name', 'municipality', ...said])];
  if (kind === 'extract' && said.length > 0 && (await anyKnown(tx, piece))) {
    await notePast(tx, 'company', id, said, piece);
    await sql`insert into vn.import_change (import_id, kind, subject, before)
      select ${id}, 'company', t.id, coalesce(${before(said)}, '{}') || jsonb_build_object('source', t.source, 'vanished', t.vanished, 'import_id', t.import_id, 'changed_at', t.changed_at) from vn.import_row r join vn.company t on t.id = r.company_id
       where ${piece} and r.kind = 'company' and r.outcome = 'changed' on conflict do nothing`.execute(tx);
    await sql`update vn.company t set ${assigned(said, 'r')}, source = 'cvr', vanished = false, import_id = ${id}, changed_at = ctx.now() from vn.import_row r where ${piece} and r.kind = 'company' and r.outcome = 'changed' and t.id = r.company_id`.execute(
      tx,
    );
    // The same facts in a newer extract are newer all the same.
    if (said.includes('size_as_of')) {
      const newer = sql`${piece} and r.kind = 'company' and r.outcome = 'same' and t.id = r.company_id and t.size_as_of is distinct from r.size_as_of`;
      await sql`insert into vn.import_change (import_id, kind, subject, before)
        select ${id}, 'company', t.id, jsonb_build_object('size_as_of', t.size_as_of, 'size_period', t.size_period, 'import_id', t.import_id) from vn.import_row r, vn.company t where ${newer} on conflict do nothing`.execute(
        tx,
      );
      await sql`update vn.company t set size_as_of = r.size_as_of, size_period = r.size_period, import_id = ${id} from vn.import_row r where ${newer}`.execute(tx);
    }
  }
  await sql`insert into vn.company (id, cvr, ${names(insertable)}, source, created_at, import_id, made_by_import)
    select distinct on (r.cvr) r.new_id, r.cvr, ${sql.join(insertable.map((column) => (column === 'status' ? sql`coalesce(r.status, 'active')` : column === 'public_sector' || column === 'protected' ? sql`coalesce(${sql.ref(`r.${column}`)}, false)` : sql.ref(`r.${column}`))))},
           ${kind === 'extract' ? 'cvr' : 'provisional'}, ctx.now(), ${id}, ${id}
      from vn.import_row r where ${piece} and r.kind = 'company' and r.outcome = 'new' order by r.cvr, r.no desc on conflict (cvr) do nothing`.execute(tx);
  if (kind === 'extract') {
    await tellPast(tx, 'company', id, piece);
    await sql`insert into vn.industry (scheme, code, title) select distinct on (r.scheme, r.industry_code) r.scheme, r.industry_code, r.industry_text from vn.import_row r
       where ${piece} and r.outcome <> 'refused' and r.industry_text is not null and r.industry_code is not null order by r.scheme, r.industry_code, r.no desc on conflict (scheme, code) do update set title = excluded.title where vn.industry.title <> excluded.title`.execute(
      tx,
    );
  }
  await addToCentre(tx, id, kind === 'list' || asked, piece);
}

/** Whether company c lies where the centre is; one without an area is everywhere. */
const inArea = sql`(not exists (select from vn.centre_area a where a.centre_id = ctx.centre()) or exists (select from vn.centre_area a where a.centre_id = ctx.centre() and a.municipality = c.municipality))`;

/** Relations in the centre's area (`all`: of a list, and of the one company that was asked for), and the people a table names. */
async function addToCentre(tx: Tx, id: string, all: boolean, piece: RawBuilder<unknown>): Promise<void> {
  await sql`insert into vn.relation (centre_id, company_id, since, import_id, protected, ceased) select distinct ctx.centre(), c.id, ctx.now(), ${id}::uuid, c.protected, c.status = 'ceased' from vn.import_row r join vn.company c on c.cvr = r.cvr
     where ${piece} and r.kind = 'company' and r.outcome <> 'refused' and ${all ? sql`true` : inArea} on conflict do nothing`.execute(tx);
  await sql`insert into vn.contact (centre_id, id, company_id, name, role, title, phone, email, language, basis, source, review_on, created_at, import_id)
    select ctx.centre(), r.new_id, c.id, r.contact_name, case when r.contact_role ~* '^(ejer|indehaver|owner)' then 'owner' when r.contact_role ~* '(direktør|leder|chef|manager)' then 'leader' else 'other' end, left(coalesce(r.contact_role, ''), 100),
           r.contact_phone, r.contact_email, 'da', 'public_task', left(i.file_name, 200), (ctx.now() + interval '2 years')::date, ctx.now(), ${id}
      from vn.import_row r join vn.company_import i on i.id = r.import_id join vn.company c on c.cvr = r.cvr join vn.relation x on x.centre_id = ctx.centre() and x.company_id = c.id
     where ${piece} and r.contact_name is not null and r.outcome <> 'refused' order by r.no on conflict do nothing`.execute(tx);
}

/** Units follow their companies, so they come when all companies are there. */
async function applyUnits(tx: Tx, id: string, said: Column[]): Promise<void> {
  const columns = said.filter((column) => unitColumns.includes(column));
  const insertable = [...new Set<Column>(['name', 'municipality', ...columns])];
  const file = sql`r.import_id = ${id}`;
  if (columns.length > 0) {
    await notePast(tx, 'unit', id, columns, file);
    await sql`insert into vn.import_change (import_id, kind, subject, before) select ${id}, 'unit', t.id, coalesce(${before(columns)}, '{}') || jsonb_build_object('vanished', t.vanished, 'import_id', t.import_id, 'changed_at', t.changed_at) from vn.import_row r join vn.unit t on t.p_number = r.p_number
       where r.import_id = ${id} and r.kind = 'unit' and r.outcome = 'changed' on conflict do nothing`.execute(tx);
    await sql`update vn.unit t set ${assigned(columns, 'r')}, vanished = false, import_id = ${id}, changed_at = ctx.now() from vn.import_row r where r.import_id = ${id} and r.kind = 'unit' and r.outcome = 'changed' and t.p_number = r.p_number`.execute(
      tx,
    );
  }
  // A table may bear the P-number beside the company's: then the row is its unit too.
  await sql`insert into vn.unit (id, p_number, company_id, ${names(insertable)}, changed_at, import_id, made_by_import)
    select distinct on (r.p_number) ${sql`case when r.kind = 'unit' then r.new_id else gen_random_uuid() end`}, r.p_number, c.id,
           ${sql.join(insertable.map((column) => (column === 'name' ? sql`coalesce(r.name, c.name)` : column === 'status' ? sql`coalesce(r.status, 'active')` : column === 'protected' ? sql`coalesce(r.protected, false)` : sql.ref(`r.${column}`))))}, ctx.now(), ${id}, ${id}
      from vn.import_row r join vn.company c on c.cvr = r.cvr where r.import_id = ${id} and r.p_number is not null and r.outcome <> 'refused' and (r.kind = 'company' or r.outcome = 'new') order by r.p_number, r.kind desc, r.no desc on conflict (p_number) do nothing`.execute(
    tx,
  );
  await tellPast(tx, 'unit', id, file);
  await chooseHeads(tx, sql`select u.company_id from vn.unit u where u.import_id = ${id}`);
}

/** The head unit lies where the company does; failing that, the one with the lowest number. */
async function chooseHeads(tx: Tx, companies: RawBuilder<unknown>): Promise<void> {
  await sql`with touched as (select distinct t.company_id from (${companies}) t),
       head as (select distinct on (u.company_id) u.company_id, u.id from vn.unit u join touched x on x.company_id = u.company_id join vn.company c on c.id = u.company_id
                 order by u.company_id, (u.status = 'active') desc, (u.address is not distinct from c.address and u.postcode is not distinct from c.postcode) desc, u.p_number)
     update vn.unit u set head = (u.id = h.id) from head h where u.company_id = h.company_id and u.head <> (u.id = h.id)`.execute(tx);
}

/** Protection, and that a company has ceased, are one truth in the register; every centre's relations follow it, each written as that centre's own actor. */
async function spreadFacts(tx: Tx, payload: Payload): Promise<void> {
  await asEveryCentre(tx, payload, (centre) =>
    sql`update vn.relation x set protected = c.protected, ceased = c.status = 'ceased' from vn.company c, vn.import_change h
       where x.centre_id = ${centre} and c.id = x.company_id and h.import_id = ${payload.import} and h.kind = 'company' and h.subject = c.id and (x.protected <> c.protected or x.ceased <> (c.status = 'ceased'))`.execute(
      tx,
    ),
  );
}

/** What concerns every centre is done as each of them in turn: not even an import sees two centres at once. */
async function asEveryCentre(tx: Tx, payload: Payload, act: (centre: string) => Promise<unknown>): Promise<void> {
  const become = (centre: string) => sql`select set_config('app.centre', ${centre}, true)`.execute(tx);
  for (const { id } of await tx.selectFrom('centre').select('id').orderBy('id').execute()) {
    await become(id);
    await act(id);
  }
  await become(payload.centre);
}

export const applyFile: JobKind<Payload> = {
  name: 'companies.apply-file',
  retries: 3,
  async run(tools, payload) {
    const found = await claim(tools, payload, ['applying']);
    if (found === null) return;
    const actor = keeper(payload);
    const kind = found.kind as 'extract' | 'list';
    const mapping = (found.mapping ?? []).map((field) => (field === '' ? null : field)) as Mapping;
    const said = saidBy(found.format as Format, mapping);
    // Each piece moves the mark in its own transaction, so a crash goes on where it stopped.
    for (let after = found.rows_done; after < found.rows_total; after += chunk) {
      await work(tools, actor, async (tx) => {
        await applyPiece(tx, payload.import, kind, said, after, found.wanted !== null);
        await mark(tx, payload.import, { rows_done: Math.min(after + chunk, found.rows_total) });
      });
    }
    await work(tools, actor, async (tx) => {
      await alone(tx);
      if (kind === 'extract') await applyUnits(tx, payload.import, said);
      if (kind === 'extract' && found.complete) await markVanished(tx, payload.import);
      await spreadFacts(tx, payload);
    });
    await end(tools, payload, { state: 'done' });
  },
  gaveUp: (tools, payload) => fail(tools, payload, 'internal'),
};

/** A complete file holds all of the centre's area: of a company elsewhere it says nothing. One whose row was refused is in the file all the same; and a file of which nothing could be read says nothing about anybody. */
async function markVanished(tx: Tx, id: string): Promise<void> {
  const gone = sql`x.centre_id = ctx.centre() and x.company_id = c.id and c.source = 'cvr' and not c.vanished and ${inArea} and not exists (select from vn.import_row r where r.import_id = ${id} and r.cvr = c.cvr)
    and exists (select from vn.import_row r where r.import_id = ${id} and r.kind = 'company' and r.outcome <> 'refused')`;
  await sql`insert into vn.import_change (import_id, kind, subject, before)
    select ${id}, 'company', c.id, jsonb_build_object('vanished', false, 'import_id', c.import_id) from vn.company c, vn.relation x where ${gone} on conflict do nothing`.execute(tx);
  await sql`update vn.company c set vanished = true, import_id = ${id} from vn.relation x where ${gone}`.execute(tx);
}

// ---- Undoing --------------------------------------------------------------------------------------------------------------------------------

/** What an import may have changed, and by whom and when it was written before. */
const restorable = { company: [...everyColumn, 'source', 'vanished', 'import_id', 'changed_at'], unit: [...unitColumns, 'vanished', 'import_id', 'changed_at'] } as const;

/** Finds what was written or used since: it stays as it is, and is listed. */
async function keepUsed(tx: Tx, payload: Payload): Promise<void> {
  const id = payload.import;
  await sql`update vn.import_change h set kept = true from vn.company c where h.import_id = ${id} and h.kind = 'company' and c.id = h.subject and c.import_id is distinct from ${id}`.execute(tx);
  await sql`update vn.import_change h set kept = true from vn.unit u where h.import_id = ${id} and h.kind = 'unit' and u.id = h.subject and u.import_id is distinct from ${id}`.execute(tx);
  await sql`insert into vn.import_change (import_id, kind, subject, before, kept) select ${id}, 'unit', u.id, '{}', true from vn.unit u where u.made_by_import = ${id} and u.import_id is distinct from ${id} on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into vn.import_change (import_id, kind, subject, before, kept) select ${id}, 'company', c.id, '{}', true from vn.company c
     where c.made_by_import = ${id} and (c.import_id is distinct from ${id}
       or exists (select from vn.relation x where x.centre_id = ctx.centre() and x.company_id = c.id and x.exception is not null)
       or exists (select from vn.contact k where k.centre_id = ctx.centre() and k.company_id = c.id and (k.import_id is distinct from ${id} or k.version > 1))
       or exists (select from vn.timeline_entry e where e.centre_id = ctx.centre() and e.company_id = c.id)
       or exists (select from vn.unit u where u.company_id = c.id and (u.made_by_import is distinct from ${id} or u.import_id is distinct from ${id}))) on conflict do nothing`.execute(tx);
  await asEveryCentre(tx, payload, async (centre) => {
    if (centre === payload.centre) return;
    await sql`insert into vn.import_change (import_id, kind, subject, before, kept) select ${id}, 'company', c.id, '{}', true from vn.company c join vn.relation x on x.company_id = c.id
       where x.centre_id = ${centre} and c.made_by_import = ${id} on conflict do nothing`.execute(tx);
  });
}

async function restore(tx: Tx, id: string, kind: 'company' | 'unit'): Promise<number> {
  const columns = sql.join(restorable[kind].map((column) => sql`${sql.ref(column)} = (x.was).${sql.ref(column)}`));
  const table = sql.table(kind);
  const restored =
    await sql`update vn.${table} t set ${columns} from (select h.subject, jsonb_populate_record(s, h.before) was from vn.import_change h join vn.${table} s on s.id = h.subject where h.import_id = ${id} and h.kind = ${kind} and not h.kept) x where t.id = x.subject`.execute(
      tx,
    );
  return Number(restored.numAffectedRows ?? 0);
}

export const undoFile: JobKind<Payload> = {
  name: 'companies.undo-file',
  retries: 3,
  async run(tools, payload) {
    const found = await claim(tools, payload, ['undoing']);
    if (found === null) return;
    const id = payload.import;
    await work(tools, keeper(payload), async (tx) => {
      await alone(tx);
      await keepUsed(tx, payload);
      const left = (company: RawBuilder<unknown>) => sql`exists (select from vn.import_change h where h.import_id = ${id} and h.kind = 'company' and h.subject = ${company} and h.kept)`;
      const restored = (await restore(tx, id, 'company')) + (await restore(tx, id, 'unit'));
      await sql`delete from vn.company_past p where p.import_id = ${id} and not ${left(sql`p.company_id`)}`.execute(tx);
      const unitGoing = sql`u.made_by_import = ${id} and u.import_id = ${id} and not ${left(sql`u.company_id`)}`;
      await sql`delete from vn.unit_past p using vn.unit u where u.id = p.unit_id and (${unitGoing} or (p.import_id = ${id} and u.made_by_import is distinct from ${id}
         and not exists (select from vn.import_change h where h.import_id = ${id} and h.kind = 'unit' and h.subject = u.id and h.kept)))`.execute(tx);
      await sql`delete from vn.contact where import_id = ${id} and centre_id = ctx.centre() and version = 1`.execute(tx);
      const units = await sql<{ company_id: string }>`delete from vn.unit u where ${unitGoing} returning u.company_id`.execute(tx);
      // A relation goes again only while it is bare.
      await sql`delete from vn.relation x where x.centre_id = ctx.centre() and x.import_id = ${id} and x.exception is null and not ${left(sql`x.company_id`)}
         and not exists (select from vn.contact k where k.centre_id = x.centre_id and k.company_id = x.company_id) and not exists (select from vn.timeline_entry e where e.centre_id = x.centre_id and e.company_id = x.company_id)`.execute(
        tx,
      );
      await sql`insert into vn.import_change (import_id, kind, subject, before, kept) select ${id}, 'company', x.company_id, '{}', true from vn.relation x where x.centre_id = ctx.centre() and x.import_id = ${id} on conflict do nothing`.execute(
        tx,
      );
      const going = sql`c.made_by_import = ${id} and not ${left(sql`c.id`)}`;
      await sql`delete from vn.company_past p using vn.company c where p.company_id = c.id and ${going}`.execute(tx);
      const gone = await sql`delete from vn.company c where ${going}`.execute(tx);
      await chooseHeads(
        tx,
        sql`select unnest(${[...new Set(units.rows.map(({ company_id }) => company_id))]}::uuid[]) company_id union select u.company_id from vn.unit u join vn.import_change h on h.subject = u.id where h.import_id = ${id} and h.kind = 'unit'`,
      );
      await spreadFacts(tx, payload);
      const kept = await sql<{ count: number }>`select count(*)::int count from vn.import_change where import_id = ${id} and kept`.execute(tx);
      await mark(tx, id, {
        state: 'undone',
        rows_restored: restored + Number(gone.numAffectedRows ?? 0),
        rows_kept: kept.rows[0]?.count ?? 0,
        finished_at: tools.clock.now().toISOString(),
      });
    });
  },
  // Undoing is one transaction: what could not be undone is as it was.
  gaveUp: (tools, payload) => end(tools, payload, { state: 'done', error: 'internal' }),
};
