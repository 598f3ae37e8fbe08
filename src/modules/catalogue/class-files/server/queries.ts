import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import type { ClassFile } from '../contract.ts';

type Rows = OutputOf<typeof contract.listClassFileRows>;
type Changes = Rows['items'][number]['changes'];

const selected = (context: Context) =>
  context.tx.selectFrom('class_file as f').selectAll('f').select(sql<string | null>`vn.person_name(f.person_id)`.as('person')).where('f.centre_id', '=', centreOf(context));

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number];

const shaped = (row: Selected): ClassFile =>
  ({
    id: row.id,
    schoolId: row.school_id,
    address: row.address,
    format: row.format,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    headings: row.headings,
    samples: row.samples,
    mapping: (row.mapping ?? []).map((field) => (field === '' ? null : field)),
    course: row.course_code === null ? null : { kind: row.course_kind, code: row.course_code },
    defaultSchool: row.default_school,
    asOf: row.as_of ?? row.created_at,
    complete: row.complete,
    institutions: row.institutions,
    state: row.state,
    error: row.error,
    progress: { done: row.rows_done, total: row.rows_read },
    rows: {
      read: row.rows_read,
      new: row.rows_new,
      changed: row.rows_changed,
      same: row.rows_same,
      refused: row.rows_refused,
      doubtful: row.rows_doubtful,
      vanished: row.rows_vanished,
      restored: row.rows_restored,
      kept: row.rows_kept,
    },
    person: row.person,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }) as unknown as ClassFile;

export async function fileById(context: Context, id: string): Promise<ClassFile> {
  const row = await selected(context).where('f.id', '=', id).executeTakeFirst();
  if (row === undefined) throw problem('not_found');
  return shaped(row);
}

export const readClassFile = (context: Context, { params }: InputOf<typeof contract.readClassFile>) => fileById(context, params.file);

const badCursor = () => problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });

export async function classFiles(context: Context, { query }: InputOf<typeof contract.listClassFiles>): Promise<OutputOf<typeof contract.listClassFiles>> {
  let rows = selected(context)
    .orderBy('f.created_at', 'desc')
    .orderBy('f.id', 'desc')
    .limit(query.limit + 1);
  if (query.cursor !== undefined) {
    const after = fromCursor(query.cursor, z.tuple([instant, z.guid()]));
    if (after === null) throw badCursor();
    rows = rows.where(sql<boolean>`(f.created_at, f.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  const page = pageFrom(await rows.execute(), query.limit, (last) => [last.created_at, last.id]);
  return { items: page.items.map(shaped), next: page.next };
}

interface StagedRow {
  no: number;
  outcome: Rows['items'][number]['outcome'];
  refusal: Rows['items'][number]['refusal'];
  doubts: Rows['items'][number]['doubts'];
  number: string | null;
  institution: string | null;
  school_id: string | null;
  course_code: string | null;
  title: string | null;
  starts: string | null;
  changes: Record<string, [unknown, unknown]>;
  course_before: string | null;
  class_id: string | null;
  raw: string;
}

const staged = async (context: Context, id: string, outcome: string | null, after: number, limit: number): Promise<StagedRow[]> =>
  (await sql<StagedRow>`select * from vn.class_file_rows(${id}, ${outcome}, ${after}, ${limit})`.execute(context.tx)).rows;

const courseNamed = (changes: StagedRow['changes'], before: string | null, after: string | null): Changes =>
  Object.entries(changes).map(([field, [was, is]]) => (field === 'course_id' ? { field: 'course', before, after } : ({ field, before: was, after: is } as Changes[number])));

export async function classFileRows(context: Context, { params, query }: InputOf<typeof contract.listClassFileRows>): Promise<Rows> {
  await fileById(context, params.file);
  const after = query.cursor === undefined ? [0] : fromCursor(query.cursor, z.tuple([z.number().int()]));
  if (after === null) throw badCursor();
  const page = pageFrom(await staged(context, params.file, query.outcome ?? null, after[0] ?? 0, query.limit + 1), query.limit, (last) => [last.no]);
  return {
    items: page.items.map(
      (row) =>
        ({
          no: row.no,
          outcome: row.outcome,
          refusal: row.refusal,
          doubts: row.doubts,
          number: row.number,
          institution: row.institution,
          schoolId: row.school_id,
          title: row.title,
          starts: row.starts,
          courseCode: row.course_code,
          classId: row.class_id,
          changes: courseNamed(row.changes, row.course_before, row.course_code),
        }) as Rows['items'][number],
    ),
    next: page.next,
  };
}

interface Named {
  class_id: string | null;
  number: string | null;
  title: string;
  school_id: string | null;
  starts: string | null;
}
const shownClass = (row: Named) => ({ classId: row.class_id, number: row.number, title: row.title, schoolId: row.school_id, starts: row.starts }) as OutputOf<typeof contract.listKeptClasses>[number];

export async function vanishedClasses(context: Context, { params }: InputOf<typeof contract.listVanishedClasses>): Promise<OutputOf<typeof contract.listVanishedClasses>> {
  await fileById(context, params.file);
  const found = await sql<Named>`select class_id, number, title, school_id, starts from vn.class_file_vanished(${params.file}, ${context.today}) limit 1000`.execute(context.tx);
  return found.rows.map(shownClass);
}

async function* refusedLines(context: Context, found: ClassFile): AsyncGenerator<string> {
  yield csvStart + csvLines([['row', 'reason', ...(found.format === 'json' ? ['source'] : found.headings)]]);
  for (let after = 0; ; ) {
    const rows = await staged(context, found.id, 'refused', after, 2000);
    if (rows.length === 0) return;
    yield csvLines(rows.map((row) => [row.no, row.refusal, ...(found.format === 'json' ? [row.raw] : (JSON.parse(row.raw) as string[]))]));
    after = rows.at(-1)?.no ?? after;
  }
}

export async function refusedFile(context: Context, { params }: InputOf<typeof contract.downloadRefusedClasses>): Promise<string> {
  const found = await fileById(context, params.file);
  context.nameDownload(`${found.fileName.replace(/\.[a-z0-9]+$/i, '')}-${found.rows.refused}-refused.csv`);
  return refusedLines(context, found) as unknown as string; // a download's output is the text of the file, piece by piece
}

export async function keptClasses(context: Context, { params }: InputOf<typeof contract.listKeptClasses>): Promise<OutputOf<typeof contract.listKeptClasses>> {
  await fileById(context, params.file);
  const found = await sql<Named>`
    select h.class_id, k.no number, coalesce(k.title, h.after ->> 'title', '') title, k.school_id, k.starts from vn.class_change h left join vn.class k on k.centre_id = h.centre_id and k.id = h.class_id
     where h.centre_id = ${centreOf(context)} and h.file_id = ${params.file} and h.kept order by k.starts, k.no, h.class_id limit 1000`.execute(context.tx);
  return found.rows.map(shownClass);
}

/** Columns that say how something was written, not what it is. */
const unsaid = new Set(['file_id', 'cancelled_because', 'taken_as_of']);

export async function classChanges(context: Context, { query }: InputOf<typeof contract.listClassChanges>): Promise<OutputOf<typeof contract.listClassChanges>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([z.string().max(40), z.guid(), z.guid()]));
  if (query.cursor !== undefined && (after === null || Number.isNaN(Date.parse(after[0])))) throw badCursor();
  const rows = await sql<
    Named & { class_id: string; file_id: string; at: string; before: Record<string, unknown>; after: Record<string, unknown>; course_before: string | null; course_after: string | null }
  >`
    select h.class_id, h.file_id, h.at, h.before, h.after, k.no number, k.title, k.school_id, k.starts,
           (select coalesce(c.code, c.title) from vn.course c where c.centre_id = h.centre_id and c.id::text = h.before ->> 'course_id') course_before,
           (select coalesce(c.code, c.title) from vn.course c where c.centre_id = h.centre_id and c.id::text = h.after ->> 'course_id') course_after
      from vn.class_change h join vn.class k on k.centre_id = h.centre_id and k.id = h.class_id
     where h.centre_id = ${centreOf(context)} and h.before is not null and h.undone_at is null and (${query.class ?? null}::uuid is null or h.class_id = ${query.class ?? null}::uuid)
       and (${after === null} or (h.at, h.class_id, h.file_id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid, ${after?.[2] ?? null}::uuid))
     order by h.at desc, h.class_id desc, h.file_id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(rows.rows, query.limit, (last) => [last.at, last.class_id, last.file_id]);
  return {
    items: page.items.map((row) => ({
      ...(shownClass(row) as OutputOf<typeof contract.listClassChanges>['items'][number]),
      fileId: row.file_id as OutputOf<typeof contract.listClassChanges>['items'][number]['fileId'],
      at: row.at,
      changes: courseNamed(
        Object.fromEntries(Object.keys(row.after).flatMap((field) => (unsaid.has(field) ? [] : [[field, [row.before[field] ?? null, row.after[field] ?? null]]]))),
        row.course_before,
        row.course_after,
      ),
    })),
    next: page.next,
  };
}
