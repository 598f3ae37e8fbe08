import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { writeEntry } from '../../timeline/server/public.ts';
import * as contract from '../contract.ts';
import { readCvr } from '../rules.ts';
import { companyById, companyPage } from './queries.ts';

export async function addCompany(context: Context, { body }: InputOf<typeof contract.addCompany>): Promise<OutputOf<typeof contract.addCompany>> {
  const cvr = readCvr(body.cvr);
  const written = await sql<{ company_id: string; added: boolean }>`
    select * from vn.add_company(${context.newId()}, ${cvr}, ${body.name}, ${body.address}, ${body.postcode}, ${body.town}, ${body.phone})`.execute(context.tx);
  const row = written.rows[0];
  if (row === undefined) throw new Error('add_company answers one row');
  if (!row.added) throw refuse(contract.addCompany, 'company_known', { about: { company: row.company_id } });
  await context.audit('company.added', row.company_id, { cvr });
  await writeEntry(context, { company: row.company_id, kind: 'company.added' });
  const company = await companyById(context, row.company_id);
  if (company === undefined) throw new Error('a company that was just added is seen');
  return company;
}

export async function recordException(context: Context, { params, body }: InputOf<typeof contract.recordException>): Promise<OutputOf<typeof contract.recordException>> {
  const now = await companyPage(context, params.company);
  if (!now.protected) throw refuse(contract.recordException, 'not_protected');
  await context.tx
    .updateTable('relation')
    .set({ exception: body.kind, exception_note: body.note, exception_by: personOf(context), exception_at: context.now.toISOString() })
    .where('centre_id', '=', centreOf(context))
    .where('company_id', '=', params.company)
    .execute();
  await context.audit('exception.recorded', params.company, { kind: body.kind });
  await writeEntry(context, { company: params.company, kind: 'exception.recorded', data: { kind: body.kind, note: body.note } });
  return companyPage(context, params.company);
}
