import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listContacts } from '../contract.ts';

type Contact = OutputOf<typeof listContacts>[number];

export async function contactsOf(context: Context, company: string, only?: string): Promise<Contact[]> {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const rows = await context.tx
    .selectFrom('contact')
    .selectAll()
    .where('centre_id', '=', centreOf(context))
    .where('company_id', '=', company)
    .$if(only !== undefined, (rows) => rows.where('id', '=', only as string))
    .orderBy(sql`name collate "da-x-icu"`)
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(
    (row) =>
      ({
        id: row.id,
        name: row.name,
        role: row.role,
        title: row.title,
        phone: row.phone,
        email: row.email,
        language: row.language,
        basis: row.basis,
        source: row.source,
        reviewOn: row.review_on,
        reviewDue: row.review_on <= context.today,
        version: row.version,
      }) as Contact,
  );
}

export async function contactById(context: Context, company: string, id: string): Promise<Contact> {
  const [found] = await contactsOf(context, company, id);
  if (found === undefined) throw problem('not_found');
  return found;
}

export const contacts = (context: Context, { params }: InputOf<typeof listContacts>) => contactsOf(context, params.company);
