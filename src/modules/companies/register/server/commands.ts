import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { addCompany as contract } from '../contract.ts';
import { readCvr } from '../rules.ts';
import { companyById } from './queries.ts';

export async function addCompany(context: Context, { body }: InputOf<typeof contract>): Promise<OutputOf<typeof contract>> {
  const cvr = readCvr(body.cvr);
  const written = await sql<{ company_id: string; added: boolean }>`
    select * from vn.add_company(${context.newId()}, ${cvr}, ${body.name}, ${body.address}, ${body.postcode}, ${body.town}, ${body.phone})`.execute(context.tx);
  const row = written.rows[0];
  if (row === undefined) throw new Error('add_company answers one row');
  if (!row.added) throw refuse(contract, 'company_known', { about: { company: row.company_id } });
  await context.audit('company.added', row.company_id, { cvr });
  const company = await companyById(context, row.company_id);
  if (company === undefined) throw new Error('a company that was just added is seen');
  return company;
}
