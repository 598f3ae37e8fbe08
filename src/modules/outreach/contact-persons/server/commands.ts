import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { handedOver, tellOfChange } from './public.ts';
import { followedOf } from './queries.ts';

/** What the database answered, as the endpoint's problems. */
async function refused<E extends Endpoint>(context: Context, endpoint: E, company: string, result: string | undefined): Promise<void> {
  if (result === 'not_yours') throw refuse(endpoint, 'not_contact_person' as ErrorOf<E>);
  if (result === 'no_consultant') throw refuse(endpoint, 'not_consulting' as ErrorOf<E>, { fields: [{ path: 'person', code: 'not_consulting' }] });
  if (result === 'changed') throw problem('version_conflict', { current: await followedOf(context, company) });
  if (result === 'not_found') throw problem('not_found');
}

export async function giveCompany(context: Context, { params, body }: InputOf<typeof contract.giveCompany>): Promise<contract.Followed> {
  const centre = centreOf(context);
  await followedOf(context, params.company);
  const found = await sql<{ result: string }>`select vn.give_company(${params.company}, ${body.person}, ${body.note}, ${context.version}) result`.execute(context.tx);
  const result = found.rows[0]?.result;
  if (result === 'gone_on') throw refuse(contract.giveCompany, 'company_gone_on');
  await refused(context, contract.giveCompany, params.company, result);
  if (result === 'given') {
    await handedOver(context, params.company, body.person);
    const contacts = await context.tx
      .selectFrom('contact')
      .select(['id', 'name', 'email', 'language'])
      .where('centre_id', '=', centre)
      .where('company_id', '=', params.company)
      .where('id', 'in', body.tell.length === 0 ? ['00000000-0000-0000-0000-000000000000'] : body.tell)
      .execute();
    const at = body.tell.findIndex((id) => !contacts.some((each) => each.id === id && each.email !== null));
    if (at !== -1) throw refuse(contract.giveCompany, 'contact_without_mail', { fields: [{ path: `tell.${at}`, code: 'contact_without_mail' }] });
    const people = await sql<{ name: string; email: string; phone: string | null; centre: string }>`
      select p.name, p.email, p.phone, c.name centre from vn.people() p, vn.centre c where p.id = ${body.person} and c.id = ${centre}`.execute(context.tx);
    const [person] = people.rows;
    const now = await followedOf(context, params.company);
    if (person !== undefined)
      await tellOfChange(
        context,
        contacts.map(({ name, email, language }) => ({ name, email: email ?? '', language: (language === 'da' ? 'da' : 'en') as Language })),
        { company: now.company.name, person: { ...person, school: now.person?.school ?? null }, centre: person.centre },
      );
    if (contacts.length > 0) await sql`select vn.company_heard(${params.company})`.execute(context.tx);
  }
  return followedOf(context, params.company);
}

export async function setDeputy(context: Context, { params, body }: InputOf<typeof contract.setDeputy>): Promise<contract.Followed> {
  if (body.until !== null && body.until < context.today) throw problem('invalid', { fields: [{ path: 'until', code: 'past' }] });
  const found = await sql<{ result: string }>`select vn.set_deputy(${params.company}, ${body.person}, ${body.until}::date, ${context.version}) result`.execute(context.tx);
  await refused(context, contract.setDeputy, params.company, found.rows[0]?.result);
  await context.audit('contact_person.deputy', params.company, { person: body.person, until: body.until });
  return followedOf(context, params.company);
}

export async function letCompanyBe(context: Context, { params }: InputOf<typeof contract.letCompanyBe>): Promise<contract.Followed> {
  const found = await sql<{ result: string }>`select vn.let_company_be(${params.company}, ${context.version}) result`.execute(context.tx);
  await refused(context, contract.letCompanyBe, params.company, found.rows[0]?.result);
  await writeEntry(context, { company: params.company, kind: 'contact_person.ended' });
  await context.audit('contact_person.ended', params.company);
  return followedOf(context, params.company);
}

export async function tellCompany(context: Context, { params, body }: InputOf<typeof contract.tellCompany>): Promise<contract.Followed> {
  const now = await followedOf(context, params.company);
  if (!now.can.tell) throw refuse(contract.tellCompany, 'company_not_followed');
  await context.tx
    .insertInto('company_told')
    .values({ centre_id: centreOf(context), id: context.newId(), company_id: params.company, at: context.now.toISOString(), person_id: personOf(context), how: body.how, text: body.text })
    .execute();
  await sql`select vn.company_heard(${params.company})`.execute(context.tx);
  await writeEntry(context, { company: params.company, kind: 'company.told' });
  return followedOf(context, params.company);
}
