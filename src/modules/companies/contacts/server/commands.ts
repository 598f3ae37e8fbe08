import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { writeEntry } from '../../timeline/server/public.ts';
import * as contract from '../contract.ts';
import { contactLetters, contactsWords } from '../words.ts';
import { contactById, contactsOf } from './queries.ts';

type Contact = OutputOf<typeof contract.addContact>;
type Facts = InputOf<typeof contract.addContact>['body'];

const row = ({ reviewOn, ...facts }: Facts) => ({ ...facts, review_on: reviewOn });

/** The same name and address at the same company is the same person. */
async function once<E extends Endpoint, T>(endpoint: E, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violates(error, 'contact_once')) throw refuse(endpoint, 'contact_known' as ErrorOf<E>);
    throw error;
  }
}

export async function addContact(context: Context, { params, body }: InputOf<typeof contract.addContact>): Promise<Contact> {
  await contactsOf(context, params.company);
  const id = context.newId();
  await once(contract.addContact, () =>
    context.tx
      .insertInto('contact')
      .values({ centre_id: centreOf(context), id, company_id: params.company, ...row(body), created_at: context.now.toISOString() })
      .execute(),
  );
  await context.audit('contact.added', id, { company: params.company });
  await writeEntry(context, { company: params.company, kind: 'contact.added', subject: id, data: { role: body.role } });
  return contactById(context, params.company, id);
}

export async function writeContact(context: Context, { params, body }: InputOf<typeof contract.writeContact>): Promise<Contact> {
  const now = await contactById(context, params.company, params.contact);
  const written = await once(contract.writeContact, () =>
    context.tx
      .updateTable('contact')
      .set({ ...row(body), version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.contact)
      .where('version', '=', context.version)
      .returning('version')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: now });
  await context.audit('contact.written', params.contact, { company: params.company });
  return contactById(context, params.company, params.contact);
}

export async function removeContact(context: Context, { params }: InputOf<typeof contract.removeContact>): Promise<null> {
  await contactById(context, params.company, params.contact);
  await context.tx.deleteFrom('contact').where('centre_id', '=', centreOf(context)).where('id', '=', params.contact).execute();
  await context.audit('contact.removed', params.contact, { company: params.company });
  return null;
}

/** Who looks after data protection sees no company; whose contact it is, is asked here. */
async function ofCompany(context: Context, { company, contact }: { company: string; contact: string }): Promise<void> {
  const found = await context.tx.selectFrom('contact').select('id').where('centre_id', '=', centreOf(context)).where('company_id', '=', company).where('id', '=', contact).executeTakeFirst();
  if (found === undefined) throw problem('not_found');
}

export async function objectContact(context: Context, { params, body }: InputOf<typeof contract.objectContact>): Promise<null> {
  await ofCompany(context, params);
  const done = await sql<{ result: string }>`select vn.object_contact(${context.newId()}, ${params.contact}, ${body.reason}) result`.execute(context.tx);
  if (done.rows[0]?.result === 'known') throw refuse(contract.objectContact, 'objected');
  await context.audit('contact.objected', params.contact, { company: params.company });
  return null;
}

export async function liftContactObjection(context: Context, { params, body }: InputOf<typeof contract.liftContactObjection>): Promise<null> {
  await ofCompany(context, params);
  const done = await sql<{ result: string }>`select vn.lift_contact_objection(${params.contact}, ${body.because}) result`.execute(context.tx);
  if (done.rows[0]?.result !== 'done') throw refuse(contract.liftContactObjection, 'not_objected');
  await context.audit('contact.objection_lifted', params.contact, { company: params.company });
  return null;
}

export async function tellContacts(context: Context, { body }: InputOf<typeof contract.tellContacts>): Promise<OutputOf<typeof contract.tellContacts>> {
  const { tx } = context;
  const mailable =
    body.how === 'mail' ? sql`k.email is not null and not exists (select from vn.contact_objection o where o.centre_id = k.centre_id and o.contact_id = k.id and o.lifted_at is null)` : sql`true`;
  // Whoever is told is written down first: what two send at once, one of them sends.
  const told = await sql<{ id: string }>`
    insert into vn.contact_notice (centre_id, contact_id, how, told_at, told_by)
      select k.centre_id, k.id, ${body.how}, ${context.now.toISOString()}, ${personOf(context)} from vn.contact k where k.centre_id = ${centreOf(context)} and k.id = any (${body.contacts}::uuid[]) and ${mailable} order by k.id
      on conflict do nothing returning contact_id id`.execute(tx);
  const ids = told.rows.map(({ id }) => id);
  if (body.how === 'mail' && ids.length > 0) {
    const people = await sql<{ name: string; email: string; language: string; company: string; source: string; basis: keyof typeof contactsWords.da.bases; review_on: string; centre: string }>`
      select k.name, k.email, k.language, c.name company, k.source, k.basis, k.review_on::text, z.name centre from vn.contact k join vn.company c on c.id = k.company_id join vn.centre z on z.id = k.centre_id
        where k.centre_id = ${centreOf(context)} and k.id = any (${ids}::uuid[]) order by k.id`.execute(tx);
    for (const it of people.rows) {
      const language: Language = it.language === 'da' ? 'da' : 'en';
      const w = inLanguage(contactLetters, language);
      const day = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${it.review_on}T12:00:00Z`));
      await context.post({
        to: it.email,
        subject: w.subject(it.centre).slice(0, 250),
        text: [
          w.hello(it.name),
          w.who(it.centre, it.company),
          w.facts(it.source, inLanguage(contactsWords, language).bases[it.basis].toLowerCase(), day),
          w.rights,
          w.nothing,
          w.regards(it.centre),
        ].join('\n\n'),
      });
    }
  }
  await context.audit('contact.told', null, { how: body.how, count: ids.length });
  const without =
    body.how === 'mail'
      ? await sql<{ count: number }>`select count(*)::int "count" from vn.contact k where k.centre_id = ${centreOf(context)} and k.id = any (${body.contacts}::uuid[]) and not (${mailable})`.execute(
          tx,
        )
      : null;
  return { told: ids.length, withoutAddress: without?.rows[0]?.count ?? 0 };
}

export async function reviewContacts(context: Context, { body }: InputOf<typeof contract.reviewContacts>): Promise<OutputOf<typeof contract.reviewContacts>> {
  if (body.reviewOn <= context.today) throw refuse(contract.reviewContacts, 'review_past', { fields: [{ path: 'reviewOn', code: 'review_past' }] });
  const written = await context.tx
    .updateTable('contact')
    .set({ review_on: body.reviewOn, version: sql<number>`version + 1` })
    .where('centre_id', '=', centreOf(context))
    .where('id', 'in', body.contacts)
    .returning('id')
    .execute();
  await context.audit('contact.reviewed', null, { count: written.length, to: body.reviewOn });
  return { reviewed: written.length };
}
