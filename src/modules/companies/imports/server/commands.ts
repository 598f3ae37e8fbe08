import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { CompanyImport } from '../contract.ts';
import * as contract from '../contract.ts';
import { applyFile, readFile, undoFile } from './jobs.ts';
import { importById } from './queries.ts';

const payload = (context: Context, id: string) => ({ centre: centreOf(context), person: personOf(context), import: id });

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
  await context.enqueue(readFile, payload(context, id));
  return importById(context, id);
}

/** Moves an import on from one of the states `from`; whoever comes second finds it elsewhere. */
async function advance<E extends Endpoint>(context: Context, endpoint: E, id: string, from: CompanyImport['state'][], set: Record<string, unknown>): Promise<void> {
  await importById(context, id);
  const moved = await context.tx.updateTable('company_import').set(set).where('centre_id', '=', centreOf(context)).where('id', '=', id).where('state', 'in', from).returning('id').executeTakeFirst();
  if (moved === undefined) throw refuse(endpoint, 'import_state' as ErrorOf<E>);
}

export async function mapColumns(context: Context, { params, body }: InputOf<typeof contract.mapColumns>): Promise<CompanyImport> {
  if (!body.mapping.includes('cvr')) throw refuse(contract.mapColumns, 'mapping_needs_cvr');
  const set = { mapping: body.mapping.map((field) => field ?? ''), scheme: body.scheme, state: 'received', error: null };
  await advance(context, contract.mapColumns, params.import, ['ready', 'failed'], set);
  await context.enqueue(readFile, payload(context, params.import));
  return importById(context, params.import);
}

export async function applyImport(context: Context, { params }: InputOf<typeof contract.applyImport>): Promise<CompanyImport> {
  await advance(context, contract.applyImport, params.import, ['ready'], { state: 'applying', rows_done: 0 });
  await context.audit('import.applied', params.import);
  await context.enqueue(applyFile, payload(context, params.import));
  return importById(context, params.import);
}

export async function cancelImport(context: Context, { params }: InputOf<typeof contract.cancelImport>): Promise<CompanyImport> {
  await advance(context, contract.cancelImport, params.import, ['received', 'ready', 'failed'], { state: 'cancelled', finished_at: context.now.toISOString() });
  await context.audit('import.cancelled', params.import);
  return importById(context, params.import);
}

export async function undoImport(context: Context, { params }: InputOf<typeof contract.undoImport>): Promise<CompanyImport> {
  await advance(context, contract.undoImport, params.import, ['done'], { state: 'undoing', rows_done: 0 });
  await context.audit('import.undone', params.import);
  await context.enqueue(undoFile, payload(context, params.import));
  return importById(context, params.import);
}
