import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { inviteMail } from '../words.ts';

/** Mails a person of the centre a link that signs in; it holds for a week and works once. */
export async function sendInvitation(context: Context, person: { id: string; name: string; email: string; language: Language }): Promise<void> {
  const link = randomBytes(32).toString('base64url');
  await sql`select vn.invite_link(${context.newId()}, ${person.id}, ${createHash('sha256').update(link).digest()})`.execute(context.tx);
  const centre = await context.tx.selectFrom('centre').select('name').where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  const mail = inLanguage(inviteMail, person.language);
  await context.post({ to: person.email, subject: mail.subject(centre.name), text: mail.text(person.name, centre.name, context.address(`/sign-in#${link}`)) });
}
