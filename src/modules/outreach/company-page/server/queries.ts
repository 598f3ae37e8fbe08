import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';

type Invited = OutputOf<typeof contract.listCompanyPages>[number];

export async function pages(context: Context, { params }: InputOf<typeof contract.listCompanyPages>): Promise<Invited[]> {
  const found = await sql<{ contact_id: string; name: string; email: string | null; made_at: string; expires_at: string; no_mail: boolean }>`
    select p.contact_id, t.name, t.email, p.made_at, p.expires_at, p.no_mail_at is not null no_mail
      from vn.company_page p join vn.contact t on t.centre_id = p.centre_id and t.id = p.contact_id
     where p.centre_id = ${centreOf(context)} and p.company_id = ${params.company} and p.ended_at is null and p.expires_at > ${context.now.toISOString()} order by t.name collate "da-x-icu", p.id`.execute(
    context.tx,
  );
  return found.rows.map((row) => ({ contact: { id: row.contact_id as Invited['contact']['id'], name: row.name, email: row.email }, madeAt: row.made_at, until: row.expires_at, noMail: row.no_mail }));
}

/** @throws page_gone for an address that opens nothing (any more) */
export async function openedPage({ tx }: Context, { body }: InputOf<typeof contract.openCompanyPage>): Promise<contract.CompanyPageShown> {
  const found = await sql<{ page: contract.CompanyPageShown | null }>`select vn.open_company_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.openCompanyPage, 'page_gone');
  // JSON of the database writes moments with its own zone.
  const moment = (at: string) => new Date(at).toISOString();
  return {
    ...page,
    askedAt: page.askedAt === null ? null : moment(page.askedAt),
    noMailAt: page.noMailAt === null ? null : moment(page.noMailAt),
    until: moment(page.until),
    meetings: page.meetings.map((each) => ({ ...each, start: moment(each.start), end: moment(each.end) })),
    told: page.told.map((each) => ({ ...each, at: moment(each.at) })),
  };
}
