import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listNeeds } from '../contract.ts';

export async function needsOf(context: Context, { params }: InputOf<typeof listNeeds>): Promise<OutputOf<typeof listNeeds>> {
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const found = await sql<OutputOf<typeof listNeeds>[number]>`
    select id, what, term, fit, field, people, noted_at "notedAt", source_id source, reported from vn.need
     where centre_id = ${centre} and company_id = ${params.company} order by noted_at desc, place limit 200`.execute(context.tx);
  return found.rows;
}
