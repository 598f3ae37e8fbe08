import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { companyPageWords } from '../words.ts';
import { pages } from './queries.ts';

const validDays = 365;

export async function inviteToPage(context: Context, { params, body }: InputOf<typeof contract.inviteToPage>): Promise<OutputOf<typeof contract.inviteToPage>> {
  const centre = centreOf(context);
  const found = await sql<{ active: boolean; company: string; centre: string; name: string | null; email: string | null; language: string | null; contact: string | null }>`
    select r.active and not r.ceased active, k.name company, c.name centre, t.id contact, t.name, t.email, t.language
      from vn.relation r join vn.company k on k.id = r.company_id join vn.centre c on c.id = r.centre_id
      left join vn.contact t on t.centre_id = r.centre_id and t.company_id = r.company_id and t.id = ${body.contact}
     where r.centre_id = ${centre} and r.company_id = ${params.company}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined || row.contact === null) throw problem('not_found');
  if (!row.active) throw refuse(contract.inviteToPage, 'company_not_followed');
  if (row.email === null) throw refuse(contract.inviteToPage, 'contact_without_mail', { fields: [{ path: 'contact', code: 'contact_without_mail' }] });
  const refusals = await context.tx
    .selectFrom('company_page')
    .select('id')
    .where('centre_id', '=', centre)
    .where('contact_id', '=', body.contact)
    .where('no_mail_at', 'is not', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (refusals !== undefined) throw refuse(contract.inviteToPage, 'wants_no_mail');
  await context.tx
    .updateTable('company_page')
    .set({ ended_at: context.now.toISOString() })
    .where('centre_id', '=', centre)
    .where('contact_id', '=', body.contact)
    .where('ended_at', 'is', null)
    .execute();
  const token = randomBytes(32).toString('base64url');
  await context.tx
    .insertInto('company_page')
    .values({
      centre_id: centre,
      id: context.newId(),
      company_id: params.company,
      contact_id: body.contact,
      token_hash: tokenHash(token),
      made_by: personOf(context),
      made_at: context.now.toISOString(),
      expires_at: new Date(context.now.getTime() + validDays * 86_400_000).toISOString(),
    })
    .execute();
  const w = inLanguage(companyPageWords, (row.language === 'da' ? 'da' : 'en') as Language).letter;
  await context.post({
    to: row.email,
    subject: w.subject(row.centre).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(row.name ?? ''), w.yours(row.company, row.centre), w.open(context.address(`/company#${token}`)), w.secret, w.regards(row.centre)].join('\n\n'),
  });
  await context.audit('company_page.invited', params.company, { contact: body.contact });
  const page = (await pages(context, { params, query: undefined, body: undefined })).find(({ contact }) => contact.id === body.contact);
  if (page === undefined) throw new Error('a page that was made is there');
  return page;
}

export async function endCompanyPage(context: Context, { params }: InputOf<typeof contract.endCompanyPage>): Promise<null> {
  const gone = await context.tx
    .updateTable('company_page')
    .set({ ended_at: context.now.toISOString() })
    .where('centre_id', '=', centreOf(context))
    .where('company_id', '=', params.company)
    .where('contact_id', '=', params.contact)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) throw problem('not_found');
  await context.audit('company_page.ended', params.company, { contact: params.contact });
  return null;
}

export async function askFromPage(context: Context, { body }: InputOf<typeof contract.askFromPage>): Promise<null> {
  const said = [inLanguage(companyPageWords, 'da').callMe, body.said].filter((part) => part !== '').join('\n');
  const asked = await sql<{ ok: boolean }>`select vn.ask_from_page(${tokenHash(body.token)}, ${context.newId()}, ${said}) ok`.execute(context.tx);
  if (asked.rows[0]?.ok !== true) throw refuse(contract.askFromPage, 'page_gone');
  return null;
}

export async function mailFromPage(context: Context, { body }: InputOf<typeof contract.mailFromPage>): Promise<null> {
  const kept = await sql<{ ok: boolean }>`select vn.mail_from_page(${tokenHash(body.token)}, ${body.mail}) ok`.execute(context.tx);
  if (kept.rows[0]?.ok !== true) throw refuse(contract.mailFromPage, 'page_gone');
  return null;
}
