import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { CompanyImport } from '../contract.ts';
import * as contract from '../contract.ts';
import { applyFile, readFile, undoFile } from './jobs.ts';
import { importById } from './queries.ts';

const payload = (context: Context, id: string) => ({ centre: centreOf(context), person: personOf(context), import: id });

/** What nobody has applied for a month is thrown away: a list of people is not kept for want of a click. */
async function throwOldAway(context: Context): Promise<void> {
  const old = await context.tx
    .updateTable('company_import')
    .set({ state: 'cancelled', finished_at: context.now.toISOString() })
    .where('centre_id', '=', centreOf(context))
    .where('state', '=', 'ready')
    .where('created_at', '<', new Date(context.now.getTime() - 30 * 86_400_000).toISOString())
    .returning('id')
    .execute();
  for (const { id } of old) await context.enqueue(readFile, payload(context, id));
}

export async function importCompanies(context: Context, { query }: InputOf<typeof contract.importCompanies>): Promise<CompanyImport> {
  const { upload } = context;
  if (upload === null || upload.bytes === 0) throw refuse(contract.importCompanies, 'file_empty');
  const id = context.newId();
  await context.tx
    .insertInto('company_import')
    .values({
      centre_id: centreOf(context),
      id,
      kind: query.kind,
      file_name: query.fileName,
      bytes: upload.bytes,
      file: upload.file,
      scheme: query.scheme ?? null,
      complete: query.complete === 'true',
      person_id: personOf(context),
      created_at: context.now.toISOString(),
    })
    .execute();
  await context.audit('import.received', id, { file: query.fileName, kind: query.kind });
  await throwOldAway(context);
  await context.enqueue(readFile, payload(context, id));
  return importById(context, id);
}

/** An import that failed while it was being applied has written some of its rows: those are undone, not thrown away. */
const written = sql<boolean>`(state = 'done' or (state = 'failed' and rows_done > 0))`;
const unwritten = sql<boolean>`(state in ('received', 'ready') or (state = 'reading' and fetching) or (state = 'failed' and rows_done = 0))`;

/** Moves an import on from a state that `from` allows; whoever comes second finds it elsewhere. */
async function advance<E extends Endpoint>(context: Context, endpoint: E, id: string, from: RawBuilder<boolean>, set: Record<string, unknown>): Promise<void> {
  await importById(context, id);
  const moved = await context.tx.updateTable('company_import').set(set).where('centre_id', '=', centreOf(context)).where('id', '=', id).where(from).returning('id').executeTakeFirst();
  if (moved === undefined) throw refuse(endpoint, 'import_state' as ErrorOf<E>);
}

export async function mapColumns(context: Context, { params, body }: InputOf<typeof contract.mapColumns>): Promise<CompanyImport> {
  const found = await importById(context, params.import);
  if (body.sheet !== null && !found.sheets.includes(body.sheet)) throw refuse(contract.mapColumns, 'sheet_unknown');
  const anew = body.sheet !== null && body.sheet !== found.sheet;
  if (!anew && found.format !== 'cvrapi' && !body.mapping.includes('cvr')) throw refuse(contract.mapColumns, 'mapping_needs_cvr');
  const mapping = anew ? null : body.mapping.map((field) => field ?? '');
  const set = { mapping, sheet: body.sheet ?? found.sheet, scheme: body.scheme, state: 'received', error: null };
  await advance(context, contract.mapColumns, params.import, sql`state = 'ready'`, set);
  await context.enqueue(readFile, payload(context, params.import));
  return importById(context, params.import);
}

export async function applyImport(context: Context, { params }: InputOf<typeof contract.applyImport>): Promise<CompanyImport> {
  await advance(context, contract.applyImport, params.import, sql`state = 'ready'`, { state: 'applying', rows_done: 0 });
  await context.audit('import.applied', params.import);
  await context.enqueue(applyFile, payload(context, params.import));
  return importById(context, params.import);
}

export async function cancelImport(context: Context, { params }: InputOf<typeof contract.cancelImport>): Promise<CompanyImport> {
  await advance(context, contract.cancelImport, params.import, unwritten, { state: 'cancelled', fetching: false, finished_at: context.now.toISOString() });
  await context.audit('import.cancelled', params.import);
  await context.enqueue(readFile, payload(context, params.import)); // throws the file away
  return importById(context, params.import);
}

export async function undoImport(context: Context, { params }: InputOf<typeof contract.undoImport>): Promise<CompanyImport> {
  await advance(context, contract.undoImport, params.import, written, { state: 'undoing', rows_done: 0 });
  await context.audit('import.undone', params.import);
  await context.enqueue(undoFile, payload(context, params.import));
  return importById(context, params.import);
}
