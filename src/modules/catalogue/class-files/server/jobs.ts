import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { copyInto, copyLine } from '../../../../platform/db/copy.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/ids.ts';
import type { JobKind, JobTools } from '../../../../platform/jobs/jobs.ts';
import { OutsideError } from '../../../../platform/outside.ts';
import { type Again, jsonRecords, kindOf, UnreadableFile } from '../../../../platform/reading.ts';
import { openTable, readableKind } from '../../../../platform/table-file.ts';
import { type ClassRow, cardsIn, fromCard, fromColumns, guessMapping, institutionKey, type Mapping, type Reader, type Reading, type Refusal } from '../model.ts';
import { classFilesWords } from '../words.ts';

/** Ids of whoever asked; a school: as its manager, none: as the coordinator. */
interface Payload {
  centre: string;
  person: string;
  file: string;
  school: string | null;
}

/** Rows of one transaction when applying: others get in between, and a crash loses one piece of work. */
const chunk = 5_000;
/** No centre has so many classes. */
const mostRows = 100_000;
const daysKept = 30;

/** Acts as the person who asked, with the rights that person has now: the row policies bind it. */
const sender = ({ centre, person, school }: Payload): Actor => ({
  ...visitor,
  audience: 'import',
  centreId: centre,
  personId: person,
  schoolId: school,
  roles: [school === null ? 'coordinator' : 'manager'],
});
const work = <T>(tools: JobTools, payload: Payload, run: (tx: Tx) => Promise<T>) => inTransaction(tools.db, sender(payload), tools.clock.now(), false, run);
/**
 * Thousands of rows against thousands, just written and known to no statistics: row by row (which the planner takes to be best for a table it believes to be
 * empty) twenty thousand took minutes.
 */
const bySets = (tx: Tx) => sql`select set_config('statement_timeout', '600000', true), set_config('enable_nestloop', 'off', true)`.execute(tx);
const mark = (tx: Tx, { centre, file }: Payload, set: Record<string, unknown>) => tx.updateTable('class_file').set(set).where('centre_id', '=', centre).where('id', '=', file).execute();

/** Ends a file for good or ill. What lies on the disk goes first: a crash in between leaves nothing behind that nobody knows of. */
async function end(tools: JobTools, payload: Payload, set: Record<string, unknown>): Promise<void> {
  const found = await work(tools, payload, (tx) => tx.selectFrom('class_file').select('file').where('centre_id', '=', payload.centre).where('id', '=', payload.file).executeTakeFirst());
  if (found?.file) await tools.files.remove(found.file);
  await work(tools, payload, (tx) => mark(tx, payload, { ...set, file: null, finished_at: tools.clock.now().toISOString() }));
}
const fail = (tools: JobTools, payload: Payload, error: string) => end(tools, payload, { state: 'failed', error });

/** Reads the file's row and the person's right to it again; null when it went elsewhere meanwhile. */
async function claim(tools: JobTools, payload: Payload, states: string[]) {
  const claimed = await work(tools, payload, async (tx) => {
    const found = await tx.selectFrom('class_file').selectAll().where('centre_id', '=', payload.centre).where('id', '=', payload.file).forUpdate().executeTakeFirst();
    if (found === undefined || !states.includes(found.state) || (payload.school !== null && found.school_id !== payload.school)) return null;
    const held = await tx
      .selectFrom('membership')
      .select('id')
      .where('centre_id', '=', payload.centre)
      .where('person_id', '=', payload.person)
      .where('role', '=', payload.school === null ? 'coordinator' : 'manager')
      .where(
        sql<boolean>`(${payload.school}::uuid is null or school_id = ${payload.school}::uuid) and during @> (ctx.now() at time zone (select tz from vn.centre c where c.id = membership.centre_id))::date`,
      )
      .executeTakeFirst();
    return { found, held: held !== undefined };
  });
  if (claimed === null) return null;
  if (claimed.held) return claimed.found;
  await fail(tools, payload, 'role_ended');
  return null;
}
type Found = NonNullable<Awaited<ReturnType<typeof claim>>>;

// ---- Fetching -------------------------------------------------------------------------------------------------------------------------------

const mostPages = 30;
const largestAnswer = 20 * 1_048_576;
const longestAnswer = 10_000;

const againOf =
  (text: string): Again =>
  (from = 0, to = Number.POSITIVE_INFINITY) => {
    const bytes = Buffer.from(text).subarray(from, to === Number.POSITIVE_INFINITY ? undefined : to + 1);
    return Readable.from(
      (function* () {
        for (let at = 0; at < bytes.length; at += 262_144) yield bytes.subarray(at, at + 262_144);
      })(),
    );
  };

/** The cards of one answer. */
async function cardsOf(text: string): Promise<unknown[]> {
  const open = againOf(text);
  const kind = await kindOf(open);
  if (kind !== 'json') throw new UnreadableFile(kind === 'page' ? 'answer_page' : 'answer_not_json');
  const cards: unknown[] = [];
  for await (const record of jsonRecords(open, 'holdCardDtos')) {
    cards.push(...cardsIn(record));
    if (cards.length > mostRows) throw new UnreadableFile('too_many_rows');
  }
  return cards;
}

/**
 * All cards of an address. Where it counts pages, they are asked for until one brings nothing new, whether the count means "page 3" or "three pages".
 * Too many pages are an error and no shorter answer: a part that passes for the whole would make the rest look vanished.
 */
async function fetchCards(tools: JobTools, address: string): Promise<unknown[]> {
  const url = new URL(address);
  const counts = url.searchParams.has('pageCount');
  const seen = new Map<string, unknown>();
  let bytes = largestAnswer;
  for (let page = 1; ; page += 1) {
    if (page > mostPages) throw new UnreadableFile('too_many_pages');
    if (counts) url.searchParams.set('pageCount', String(page));
    const told = await tools.outside.ask(url.href, { headers: { accept: 'application/json' }, bytes, milliseconds: longestAnswer });
    // Whoever was asked in secret does not answer in the open.
    if (url.protocol === 'https:' && !told.url.startsWith('https:')) throw new OutsideError('insecure');
    if (told.status < 200 || told.status > 299) throw new UnreadableFile('answer_status');
    bytes -= Buffer.byteLength(told.text);
    if (bytes <= 0) throw new OutsideError('too_large');
    const before = seen.size;
    for (const card of await cardsOf(told.text)) {
      const number = typeof card === 'object' && card !== null && 'kviknummer' in card ? String(card.kviknummer) : JSON.stringify(card);
      seen.set(number, card);
    }
    if (!counts || seen.size === before) return [...seen.values()];
  }
}

/** Keeps what an address answered as a file like any other. */
async function fetchFile(tools: JobTools, payload: Payload, address: string): Promise<string> {
  const cards = await fetchCards(tools, address);
  const file = newId(tools.clock.now());
  const { bytes } = await tools.files.keep(file, Readable.from([JSON.stringify({ holdCardDtos: cards })]));
  await work(tools, payload, (tx) => mark(tx, payload, { file, bytes }));
  return file;
}

// ---- Reading --------------------------------------------------------------------------------------------------------------------------------

const stagedColumns = 'file_id, no, raw, refusal, doubts, outcome, new_id, number, institution, school_id, course_kind, course_code, days, taken, cancelled, facts';

interface Source {
  format: 'json' | 'csv' | 'xlsx';
  headings: string[];
  samples: string[][];
  mapping: Mapping;
  rows: AsyncIterable<{ reading: Reading; raw: string }> | Iterable<{ reading: Reading; raw: string }>;
}

async function openSource(tools: JobTools, file: string, given: Mapping | null, reader: Reader): Promise<Source> {
  const open: Again = (from, to) => tools.files.read(file, from, to);
  const kind = await readableKind(open);
  if (kind === 'json') {
    const rows = async function* () {
      for await (const record of jsonRecords(open, 'holdCardDtos')) for (const card of cardsIn(record)) yield { reading: fromCard(card, reader), raw: JSON.stringify(card).slice(0, 2000) };
    };
    return { format: 'json', headings: [], samples: [], mapping: [], rows: rows() };
  }
  const table = await openTable(open, kind);
  const mapping = given ?? guessMapping(table.headings);
  const rows = async function* () {
    for await (const cells of table.rows) yield { reading: fromColumns(cells, mapping, reader), raw: JSON.stringify(shownRaw(cells)) };
  };
  return { ...table, mapping, rows: rows() };
}

/** A row as it came, for whoever gets it back refused; a cell that holds a book is cut. */
const shownRaw = (cells: readonly string[]) => cells.slice(0, 200).map((text) => text.slice(0, 4000));

/** Which school an institution is: as somebody said, else the one of that name. */
async function schoolsByName(tx: Tx, centre: string, today: string): Promise<Map<string, string>> {
  const schools = await tx.selectFrom('school').select(['id', 'name']).where('centre_id', '=', centre).where(sql<boolean>`(left_on is null or left_on >= ${today})`).execute();
  const said = await tx.selectFrom('institution_school').select(['key', 'school_id']).where('centre_id', '=', centre).execute();
  return new Map([
    ...schools.map(({ id, name }) => [institutionKey(name), id] as const),
    ...said.filter(({ school_id }) => schools.some(({ id }) => id === school_id)).map(({ key, school_id }) => [key, school_id] as const),
  ]);
}

interface Placed {
  school: string | null;
  refusal: Refusal | null;
}

/** Whose class a row is. Other schools' rows in a school's own file are left out, and so are those of nobody here. */
function placeOf(row: Pick<ClassRow, 'institution'>, found: Found, schools: ReadonlyMap<string, string>): Placed {
  const school = row.institution === null ? found.default_school : (schools.get(institutionKey(row.institution)) ?? null);
  if (school === null) return { school, refusal: row.institution === null ? 'school_missing' : 'school_unknown' };
  return { school, refusal: found.school_id !== null && school !== found.school_id ? 'other_school' : null };
}

function line(file: string, no: number, reading: Reading, raw: string, id: string, place: Placed): string {
  const kept = raw.toWellFormed().replaceAll('\u0000', '\ufffd').replaceAll('\\u0000', '\ufffd');
  const refusal = 'refusal' in reading ? reading.refusal : place.refusal;
  if ('refusal' in reading) return copyLine([file, no, kept, refusal, '{}', 'refused', id, reading.number, reading.institution, place.school, null, null, null, null, null, '{}']);
  const { number, institution, course, days, taken, cancelled, facts, doubts } = reading.row;
  return copyLine([
    file,
    no,
    kept,
    refusal,
    `{${doubts.join(',')}}`,
    refusal === null ? 'new' : 'refused',
    id,
    number,
    institution,
    place.school,
    course?.kind,
    course?.code,
    days,
    taken,
    cancelled,
    JSON.stringify(facts),
  ]);
}

/** What a cancelled file was and what was read of it are not kept. */
async function threwAway(tools: JobTools, payload: Payload): Promise<boolean> {
  const cancelled = await work(tools, payload, async (tx) => {
    const found = await tx.selectFrom('class_file').select('state').where('centre_id', '=', payload.centre).where('id', '=', payload.file).executeTakeFirst();
    if (found?.state !== 'cancelled') return false;
    await tx.deleteFrom('class_file_row').where('file_id', '=', payload.file).execute();
    return true;
  });
  if (cancelled) await end(tools, payload, {});
  return cancelled;
}

/** What nobody has applied for a month is thrown away, and rows that were read are not kept longer: names of people stand in them. */
async function throwOldAway(tools: JobTools, payload: Payload): Promise<void> {
  const before = new Date(tools.clock.now().getTime() - daysKept * 86_400_000).toISOString();
  const old = await work(tools, payload, async (tx) => {
    await sql`delete from vn.class_file_row r using vn.class_file f where f.centre_id = ${payload.centre} and f.created_at < ${before} and f.state not in ('received', 'reading', 'applying') and r.file_id = f.id`.execute(
      tx,
    );
    return tx.updateTable('class_file').set({ state: 'cancelled' }).where('centre_id', '=', payload.centre).where('state', '=', 'ready').where('created_at', '<', before).returning('id').execute();
  });
  for (const { id } of old) await end(tools, { ...payload, file: id }, {});
}

const today = (tools: JobTools) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' }).format(tools.clock.now());

async function readInto(tools: JobTools, payload: Payload, found: Found): Promise<void> {
  const file = found.file ?? (await fetchFile(tools, payload, found.address ?? ''));
  const { schools, forms } = await work(tools, payload, async (tx) => {
    await tx.deleteFrom('class_file_row').where('file_id', '=', payload.file).execute();
    await mark(tx, payload, { state: 'reading', rows_read: 0, rows_done: 0, error: null });
    const own = await tx.selectFrom('delivery_form').select(['code', 'name_da', 'name_en']).where('centre_id', '=', payload.centre).where('retired', '=', false).execute();
    return {
      schools: await schoolsByName(tx, payload.centre, today(tools)),
      forms: own.flatMap(({ code, name_da, name_en }) => [code, name_da, name_en].map((name) => [name.toLowerCase(), code] as const)),
    };
  });
  const course = found.course_code === null ? null : ({ kind: found.course_kind, code: found.course_code } as Reader['course']);
  const given = found.mapping === null || found.mapping.length === 0 ? null : (found.mapping.map((field) => (field === '' ? null : field)) as Mapping);
  const source = await openSource(tools, file, given, { course, forms: new Map(forms) });
  let no = 0;
  const lines = async function* () {
    for await (const { reading, raw } of source.rows) {
      no += 1;
      if (no > mostRows) throw new UnreadableFile('too_many_rows');
      const place =
        'row' in reading ? placeOf(reading.row, found, schools) : { school: reading.institution === null ? null : (schools.get(institutionKey(reading.institution)) ?? null), refusal: null };
      yield line(payload.file, no, reading, raw, newId(tools.clock.now()), place);
      // Progress stands in a transaction of its own: the copy's is not visible yet.
      if (no % 5_000 === 0) await work(tools, payload, (tx) => mark(tx, payload, { rows_read: no }));
    }
  };
  await copyInto(tools.pool, sender(payload), tools.clock.now(), `vn.class_file_row (${stagedColumns})`, lines());
  if (no === 0) throw new UnreadableFile('empty');
  await work(tools, payload, async (tx) => {
    await bySets(tx);
    await sql`update vn.class_file_row r set refusal = 'duplicate', outcome = 'refused'
      from (select number, max(no) last from vn.class_file_row where file_id = ${payload.file} and refusal is null group by number having count(*) > 1) d
     where r.file_id = ${payload.file} and r.refusal is null and r.number = d.number and r.no < d.last`.execute(tx);
    await compare(tx, payload.file, asOf(found), sql`true`);
    const counts = await sql<Record<'new' | 'changed' | 'same' | 'refused' | 'doubtful', number>>`
      select count(*) filter (where outcome = 'new')::int "new", count(*) filter (where outcome = 'changed')::int changed, count(*) filter (where outcome = 'same')::int same,
             count(*) filter (where outcome = 'refused')::int refused, count(*) filter (where doubts || compared <> '{}' and outcome <> 'refused')::int doubtful from vn.class_file_row where file_id = ${payload.file}`.execute(
      tx,
    );
    const institutions = await sql<{ name: string; rows: number }>`
      select institution "name", count(*)::int "rows" from vn.class_file_row where file_id = ${payload.file} and institution is not null group by 1 order by 2 desc, 1 limit 100`.execute(tx);
    const row = counts.rows[0];
    await mark(tx, payload, {
      state: 'ready',
      format: source.format,
      headings: source.headings,
      samples: JSON.stringify(source.samples),
      mapping: source.mapping.map((field) => field ?? ''),
      institutions: JSON.stringify(institutions.rows.map(({ name, rows }) => ({ name, rows, school: schools.get(institutionKey(name)) ?? null }))),
      rows_read: no,
      rows_new: row?.new,
      rows_changed: row?.changed,
      rows_same: row?.same,
      rows_refused: row?.refused,
      rows_doubtful: row?.doubtful,
    });
    await sql`update vn.class_file set rows_vanished = (select count(*) from vn.class_file_vanished(${payload.file}, ${today(tools)})) where centre_id = ${payload.centre} and id = ${payload.file}`.execute(
      tx,
    );
  });
}

export const readClassFile: JobKind<Payload> = {
  name: 'catalogue.read-class-file',
  retries: 2,
  async run(tools, payload) {
    await throwOldAway(tools, payload);
    if (await threwAway(tools, payload)) return;
    const found = await claim(tools, payload, ['received', 'reading']);
    if (found === null || (found.file === null && found.address === null)) return;
    try {
      await readInto(tools, payload, found);
    } catch (error) {
      if (error instanceof UnreadableFile) await fail(tools, payload, error.code);
      else if (error instanceof OutsideError) await fail(tools, payload, `outside_${error.fault}`);
      else throw error;
    }
  },
  gaveUp: (tools, payload) => fail(tools, payload, 'internal'),
};

// ---- Comparing ------------------------------------------------------------------------------------------------------------------------------

const asOf = ({ as_of, created_at }: Found): string => as_of ?? created_at;

/**
 * What rows would do, set by set, so that twenty thousand are seconds. Done when the file is read and once more, under locks, before each piece is written:
 * somebody may have written the same classes in between.
 */
async function compare(tx: Tx, file: string, counted: string, piece: RawBuilder<boolean>): Promise<void> {
  const here = sql`r.file_id = ${file} and ${piece} and r.refusal is null`;
  await sql`update vn.class_file_row r set outcome = 'new', changes = '{}', compared = '{}', class_id = null, course_id = null where ${here}`.execute(tx);
  await sql`update vn.class_file_row r set course_id = c.id from vn.course c where ${here} and c.centre_id = ctx.centre() and c.kind = r.course_kind and c.code = r.course_code`.execute(tx);
  await sql`update vn.class_file_row r set class_id = k.id from vn.class k where ${here} and k.centre_id = ctx.centre() and k.no = r.number`.execute(tx);
  await sql`update vn.class_file_row r set outcome = 'refused', refusal = case
        when k.school_id is distinct from r.school_id then 'other_school' when (x.was).ends < (x.was).starts then 'end_before_start' else 'minimum_above_maximum' end
      from vn.class k cross join lateral (select jsonb_populate_record(k, w.facts) was from vn.class_file_row w where w.file_id = ${file} and w.number = k.no and w.refusal is null) x
     where ${here} and k.centre_id = ctx.centre() and k.id = r.class_id and (k.school_id is distinct from r.school_id or (x.was).ends < (x.was).starts or (x.was).minimum > (x.was).maximum)`.execute(
    tx,
  );
  // What a new class needs beside its number.
  await sql`update vn.class_file_row r set outcome = 'refused', refusal = x.why from (
      select r.no, case when not r.facts ? 'starts' then 'start_missing' when not r.facts ? 'ends' then 'end_missing' when not r.facts ? 'maximum' then 'maximum_missing' when r.course_code is null then 'course_missing' end why
        from vn.class_file_row r where ${here} and r.class_id is null) x
     where ${here} and r.no = x.no and x.why is not null`.execute(tx);
  await sql`update vn.class_file_row r set compared = x.doubts, changes = x.changes, outcome = case when x.changes = '{}' then 'same' else 'changed' end from (
      select r.no,
             array_remove(array[case when not r.cancelled and k.state = 'cancelled' then 'still_cancelled' end, case when r.cancelled and k.state = 'confirmed' then 'was_confirmed' end,
                                case when r.taken <> k.taken_elsewhere and ${counted}::timestamptz < k.taken_as_of then 'older_count' end,
                                case when r.taken > coalesce((r.facts ->> 'maximum')::int, k.maximum) then 'overfull' end], null) doubts,
             coalesce((select jsonb_object_agg(f.key, jsonb_build_array(was.j -> f.key, f.value)) from jsonb_each(
                 r.facts
                 || case when r.taken is not null and (k.taken_as_of is null or ${counted}::timestamptz >= k.taken_as_of) then jsonb_build_object('taken_elsewhere', r.taken) else '{}' end
                 || case when r.cancelled then jsonb_build_object('state', 'cancelled') else '{}' end
                 || case when r.course_code is not null then jsonb_build_object('course_id', r.course_id) else '{}' end) f
               where was.j -> f.key is distinct from f.value), '{}') changes
        from vn.class_file_row r join vn.class k on k.centre_id = ctx.centre() and k.id = r.class_id cross join lateral (select to_jsonb(k) j offset 0) was where ${here}) x
     where ${here} and r.no = x.no`.execute(tx);
  await sql`update vn.class_file_row r set compared = array['overfull'] where ${here} and r.class_id is null and r.taken > (r.facts ->> 'maximum')::int`.execute(tx);
}

// ---- Applying -------------------------------------------------------------------------------------------------------------------------------

/** The columns of a class that a file may write, and those that say how they were written. */
const columns = [
  'course_id',
  'title',
  'place',
  'street',
  'postcode',
  'town',
  'starts',
  'ends',
  'part',
  'delivery',
  'deadline',
  'minimum',
  'maximum',
  'taken_elsewhere',
  'taken_as_of',
  'guaranteed',
  'state',
  'cancelled_because',
  'open',
  'price',
  'supplement',
  'supplement_for',
  'text',
  'contact_name',
  'contact_phone',
  'contact_email',
  'file_id',
] as const;
const names = sql.join(columns.map((column) => sql.ref(column)));

/** One file at a time writes the classes of a centre: two that bring the same new class would stumble over each other. */
async function alone(tx: Tx): Promise<void> {
  await bySets(tx);
  await sql`select pg_advisory_xact_lock(hashtext('vn.class ' || ctx.centre()))`.execute(tx);
}

async function applyPiece(tx: Tx, file: string, counted: string, after: number): Promise<void> {
  const piece = sql<boolean>`r.no > ${after} and r.no <= ${after + chunk}`;
  const here = sql`r.file_id = ${file} and ${piece}`;
  const because = classFilesWords.da.cancelledBecause;
  await alone(tx);
  // What is compared now stays so until it is written.
  await sql`select from vn.class k where k.centre_id = ctx.centre() and k.no in (select r.number from vn.class_file_row r where ${here} and r.refusal is null) order by k.id for update`.execute(tx);
  await compare(tx, file, counted, piece);
  // A course that nobody knows yet comes in unseen, with the title of its last class: somebody looks at it and says its field.
  const courses = await sql`insert into vn.course (centre_id, id, kind, code, title, field, industries, awards, days, unseen, made_by_file)
    select distinct on (r.course_kind, r.course_code) ctx.centre(), gen_random_uuid(), r.course_kind, r.course_code, coalesce(nullif(r.facts ->> 'title', ''), r.course_code),
           case when r.course_kind in ('fvu', 'obu', 'avu') then 'basic_skills' else 'training' end, '{}'::text[], 'competence', r.days, true, ${file}
      from vn.class_file_row r where ${here} and r.outcome in ('new', 'changed') and r.course_code is not null and r.course_id is null order by r.course_kind, r.course_code, r.no desc on conflict do nothing`.execute(
    tx,
  );
  if (courses.numAffectedRows) await compare(tx, file, counted, piece);
  await sql`insert into vn.course_school (centre_id, course_id, school_id, made_by_file) select distinct ctx.centre(), r.course_id, r.school_id, ${file}::uuid from vn.class_file_row r
     where ${here} and r.outcome <> 'refused' and r.course_id is not null on conflict do nothing`.execute(tx);
  await sql`insert into vn.class_change (centre_id, class_id, file_id, at, before, after)
    select ctx.centre(), k.id, ${file}, ctx.now(),
           (select jsonb_object_agg(c.key, c.value -> 0) from jsonb_each(r.changes) c) || jsonb_build_object('file_id', k.file_id, 'taken_as_of', k.taken_as_of, 'cancelled_because', k.cancelled_because),
           (select jsonb_object_agg(c.key, c.value -> 1) from jsonb_each(r.changes) c) || jsonb_build_object('file_id', ${file}::uuid)
             || case when r.changes ? 'taken_elsewhere' then jsonb_build_object('taken_as_of', ${counted}::timestamptz) else '{}' end
             || case when r.changes ? 'state' then jsonb_build_object('cancelled_because', ${because}::text) else '{}' end
      from vn.class_file_row r join vn.class k on k.centre_id = ctx.centre() and k.id = r.class_id where ${here} and r.outcome = 'changed' on conflict do nothing`.execute(tx);
  await sql`update vn.class t set (${names}) = (select ${names} from jsonb_populate_record(t, h.after)), version = t.version + 1 from vn.class_file_row r, vn.class_change h
     where ${here} and r.outcome = 'changed' and h.centre_id = ctx.centre() and h.file_id = ${file} and h.class_id = r.class_id and t.centre_id = ctx.centre() and t.id = r.class_id`.execute(tx);
  // The same count from a newer file is newer all the same.
  await sql`update vn.class t set taken_as_of = ${counted} from vn.class_file_row r where ${here} and r.outcome <> 'refused' and r.taken is not null and t.centre_id = ctx.centre() and t.id = r.class_id and (t.taken_as_of is null or t.taken_as_of < ${counted}::timestamptz)`.execute(
    tx,
  );
  await sql`insert into vn.class (centre_id, id, no, school_id, ${names})
    select ctx.centre(), r.new_id, r.number, r.school_id, ${sql.join(columns.map((column) => sql`(x.was).${sql.ref(column)}`))}
      from vn.class_file_row r cross join lateral (select jsonb_populate_record(null::vn.class,
             '{"title":"","place":"","street":"","town":"","part":"day","delivery":"whole_days","minimum":0,"taken_elsewhere":0,"guaranteed":false,"state":"tentative","open":true,"supplement_for":"","text":"","contact_name":"","contact_phone":"","contact_email":""}'::jsonb
             || r.facts || jsonb_build_object('course_id', r.course_id, 'file_id', ${file}::uuid)
             || case when r.taken is not null then jsonb_build_object('taken_elsewhere', r.taken, 'taken_as_of', ${counted}::timestamptz) else '{}' end
             || case when r.cancelled then jsonb_build_object('state', 'cancelled', 'cancelled_because', ${because}::text) else '{}' end) was) x
     where ${here} and r.outcome = 'new'`.execute(tx);
  await sql`insert into vn.class_change (centre_id, class_id, file_id, at, after) select ctx.centre(), r.new_id, ${file}, ctx.now(), jsonb_build_object('title', coalesce(r.facts ->> 'title', '')) from vn.class_file_row r
     where ${here} and r.outcome = 'new' on conflict do nothing`.execute(tx);
  await sql`update vn.class_file_row r set class_id = r.new_id where ${here} and r.outcome = 'new'`.execute(tx);
}

/** What was written stands where the comparison before writing found it, which may be other than what the preview showed. */
const counted = (tx: Tx, payload: Payload) =>
  sql`update vn.class_file f set rows_new = c.fresh, rows_changed = c.changed, rows_same = c.same, rows_refused = c.refused from (
      select count(*) filter (where outcome = 'new') fresh, count(*) filter (where outcome = 'changed') changed, count(*) filter (where outcome = 'same') same, count(*) filter (where outcome = 'refused') refused
        from vn.class_file_row where file_id = ${payload.file}) c where f.centre_id = ${payload.centre} and f.id = ${payload.file}`.execute(tx);

export const applyClassFile: JobKind<Payload> = {
  name: 'catalogue.apply-class-file',
  retries: 3,
  async run(tools, payload) {
    const found = await claim(tools, payload, ['applying']);
    if (found === null) return;
    // Each piece moves the mark in its own transaction, so a crash goes on where it stopped.
    for (let after = found.rows_done; after < found.rows_read; after += chunk)
      await work(tools, payload, async (tx) => {
        await applyPiece(tx, payload.file, asOf(found), after);
        await mark(tx, payload, { rows_done: Math.min(after + chunk, found.rows_read) });
      });
    await work(tools, payload, (tx) => counted(tx, payload));
    await end(tools, payload, { state: 'done' });
  },
  gaveUp: (tools, payload) => fail(tools, payload, 'internal'),
};

// ---- Undoing --------------------------------------------------------------------------------------------------------------------------------

export const undoClassFile: JobKind<Payload> = {
  name: 'catalogue.undo-class-file',
  retries: 3,
  async run(tools, payload) {
    const found = await claim(tools, payload, ['undoing']);
    if (found === null) return;
    const { file } = payload;
    await work(tools, payload, async (tx) => {
      await alone(tx);
      const mine = sql`h.centre_id = ctx.centre() and h.file_id = ${file} and h.undone_at is null`;
      await sql`select from vn.class k where k.centre_id = ctx.centre() and k.file_id = ${file} order by k.id for update`.execute(tx);
      // What was written or used since stays as it is, and is listed.
      await sql`update vn.class_change h set kept = true from vn.class k where ${mine} and k.centre_id = h.centre_id and k.id = h.class_id and k.file_id is distinct from ${file}::uuid`.execute(tx);
      await sql`update vn.class_change h set kept = true where ${mine} and h.before is null and h.class_id in (
          select vn.used_among('vn.class', array(select h.class_id from vn.class_change h where ${mine} and h.before is null)))`.execute(tx);
      const restored = await sql`update vn.class t set (${names}) = (select ${names} from jsonb_populate_record(t, h.before)), version = t.version + 1 from vn.class_change h
         where ${mine} and not h.kept and h.before is not null and t.centre_id = ctx.centre() and t.id = h.class_id`.execute(tx);
      const gone = await sql`delete from vn.class k using vn.class_change h where ${mine} and not h.kept and h.before is null and k.centre_id = h.centre_id and k.id = h.class_id`.execute(tx);
      await sql`update vn.class_change h set undone_at = ctx.now() where ${mine} and not h.kept`.execute(tx);
      await sql`delete from vn.course_school s where s.centre_id = ctx.centre() and s.made_by_file = ${file} and s.contact_name = '' and s.contact_phone = '' and s.contact_email = ''
           and not exists (select from vn.class k where k.centre_id = s.centre_id and k.course_id = s.course_id and k.school_id = s.school_id)`.execute(tx);
      await sql`delete from vn.course c where c.centre_id = ctx.centre() and c.made_by_file = ${file} and c.unseen and c.version = 1
           and c.id not in (select vn.used_among('vn.course', array(select c.id from vn.course c where c.centre_id = ctx.centre() and c.made_by_file = ${file})))`.execute(tx);
      const kept = await sql<{ count: number }>`select count(*)::int count from vn.class_change h where h.centre_id = ctx.centre() and h.file_id = ${file} and h.kept`.execute(tx);
      await mark(tx, payload, {
        state: 'undone',
        rows_restored: Number(restored.numAffectedRows ?? 0) + Number(gone.numAffectedRows ?? 0),
        rows_kept: kept.rows[0]?.count ?? 0,
        finished_at: tools.clock.now().toISOString(),
      });
    });
  },
  // Undoing is one transaction: what could not be undone is as it was.
  gaveUp: (tools, payload) => end(tools, payload, { state: 'done', error: 'internal' }),
};
