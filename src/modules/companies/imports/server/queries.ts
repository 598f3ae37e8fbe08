import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import type { CompanyImport } from '../contract.ts';

type Rows = OutputOf<typeof contract.listImportRows>;

const selected = (context: Context) =>
  context.tx.selectFrom('company_import as i').selectAll('i').select(sql<string | null>`vn.person_name(i.person_id)`.as('person')).where('i.centre_id', '=', centreOf(context));

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number];

const shaped = (row: Selected): CompanyImport =>
  ({
    id: row.id,
    kind: row.kind,
    format: row.format,
    origin: row.origin,
    wanted: row.wanted,
    fetching: row.fetching,
    waitsUntil: row.fetching ? row.fetch_next : null,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    scheme: row.scheme,
    complete: row.complete,
    headings: row.headings,
    samples: row.samples,
    sheets: row.sheets,
    sheet: row.sheet,
    mapping: (row.mapping ?? []).map((field) => (field === '' ? null : field)),
    state: row.state,
    error: row.error,
    progress: { done: row.rows_done, total: row.rows_total },
    rows: {
      read: row.rows_read,
      new: row.rows_new,
      changed: row.rows_changed,
      same: row.rows_same,
      refused: row.rows_refused,
      doubtful: row.rows_doubtful,
      restored: row.rows_restored,
      kept: row.rows_kept,
      erased: row.contacts_erased,
    },
    person: row.person,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }) as unknown as CompanyImport;

export async function importById(context: Context, id: string): Promise<CompanyImport> {
  const row = await selected(context).where('i.id', '=', id).executeTakeFirst();
  if (row === undefined) throw problem('not_found');
  return shaped(row);
}

export const readImportById = (context: Context, { params }: InputOf<typeof contract.readImport>) => importById(context, params.import);

const badCursor = () => problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });

export async function imports(context: Context, { query }: InputOf<typeof contract.listImports>): Promise<OutputOf<typeof contract.listImports>> {
  let rows = selected(context)
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(query.limit + 1);
  if (query.cursor !== undefined) {
    const after = fromCursor(query.cursor, z.tuple([instant, z.guid()]));
    if (after === null) throw badCursor();
    rows = rows.where(sql<boolean>`(i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  const page = pageFrom(await rows.execute(), query.limit, (last) => [last.created_at, last.id]);
  return { items: page.items.map(shaped), next: page.next };
}

interface StagedRow {
  no: number;
  kind: 'company' | 'unit';
  outcome: Rows['items'][number]['outcome'];
  refusal: string | null;
  doubtful: boolean;
  cvr: string | null;
  p_number: string | null;
  name: string | null;
  raw: string | null;
  company_id: string | null;
}

async function staged(context: Context, id: string, outcome: string | null, after: number, limit: number): Promise<StagedRow[]> {
  return (await sql<StagedRow>`select * from vn.import_rows(${id}, ${outcome}, ${after}, ${limit})`.execute(context.tx)).rows;
}

export async function importRows(context: Context, { params, query }: InputOf<typeof contract.listImportRows>): Promise<Rows> {
  await importById(context, params.import);
  const after = query.cursor === undefined ? [0] : fromCursor(query.cursor, z.tuple([z.number().int()]));
  if (after === null) throw badCursor();
  const page = pageFrom(await staged(context, params.import, query.outcome ?? null, after[0] ?? 0, query.limit + 1), query.limit, (last) => [last.no]);
  return {
    items: page.items.map((row) => ({
      no: row.no,
      kind: row.kind,
      outcome: row.outcome,
      refusal: row.refusal,
      doubtful: row.doubtful,
      cvr: row.cvr,
      pNumber: row.p_number,
      name: row.name,
      companyId: row.company_id as Rows['items'][number]['companyId'],
    })),
    next: page.next,
  };
}

/** A hit that only the comparison refused was not kept whole: what names it is. */
const sourceOf = (row: StagedRow) => row.raw || JSON.stringify({ cvrNummer: row.cvr, ...(row.p_number === null ? {} : { pNummer: row.p_number }), navn: row.name });

const isJson = ({ format }: CompanyImport) => format === 'json' || format === 'cvrapi';

async function* refusedLines(context: Context, found: CompanyImport): AsyncGenerator<string> {
  yield csvStart + csvLines([['row', 'reason', ...(isJson(found) ? ['source'] : found.headings)]]);
  for (let after = 0; ; ) {
    const rows = await staged(context, found.id, 'refused', after, 2000);
    if (rows.length === 0) return;
    yield csvLines(rows.map((row) => [row.no, row.refusal, ...(isJson(found) ? [sourceOf(row)] : (JSON.parse(row.raw ?? '[]') as string[]))]));
    after = rows.at(-1)?.no ?? after;
  }
}

export async function refusedFile(context: Context, { params }: InputOf<typeof contract.downloadRefused>): Promise<string> {
  const found = await importById(context, params.import);
  context.nameDownload(`${found.fileName.replace(/\.[a-z0-9]+$/i, '')}-${found.rows.refused}-refused.csv`);
  return refusedLines(context, found) as unknown as string; // a download's output is the text of the file, piece by piece
}

export async function kept(context: Context, { params }: InputOf<typeof contract.listKept>): Promise<OutputOf<typeof contract.listKept>> {
  await importById(context, params.import);
  const found = await sql<{ kind: 'company' | 'unit'; subject: string; name: string | null }>`select * from vn.import_kept(${params.import})`.execute(context.tx);
  return found.rows.map((row) => ({ kind: row.kind, id: row.subject, name: row.name }));
}
