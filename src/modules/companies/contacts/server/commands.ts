import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { writeEntry } from '../../timeline/server/public.ts';
import * as contract from '../contract.ts';
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
