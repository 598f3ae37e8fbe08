import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Way } from '../contract.ts';
import { inviteMail } from '../words.ts';

/** What opens a session, and what is kept of it. */
export function newSessionToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: createHash('sha256').update(token).digest() };
}

/**
 * Opens a session for a person who was recognised, and hands its token to the browser; the one it had before ends.
 * @param at the institution's login that somebody came by: the only centre that the session may be in, what the login said of its strength, and where one signs out there
 * @returns closed: no centre of the person lets in by this way · nothing: the person is nothing anywhere today
 */
export async function startSession(
  context: Context,
  person: string,
  way: Way,
  at: { centre: string; id: string; strength: string | null; leaveAt: string | null } | null = null,
): Promise<'started' | 'nothing' | 'closed'> {
  const { token, hash } = newSessionToken();
  if (context.actor.sessionId !== null) await sql`select vn.end_session(${context.actor.sessionId}, 'again')`.execute(context.tx);
  const started = await sql<{ result: 'started' | 'nothing' | 'closed' }>`
    select vn.start_session(${context.newId()}, ${hash}, ${person}, ${context.device}, ${way}, ${at?.centre ?? null}, ${at?.id ?? null}, ${at?.strength?.slice(0, 200) ?? null}, ${at?.leaveAt ?? null}) result`.execute(
    context.tx,
  );
  const { result } = started.rows[0] ?? { result: 'nothing' };
  if (result === 'started') context.setSession(token);
  return result;
}

/** Whether the person showed within ten minutes, by mail or passkey, that it is they who sit there: what changes the ways in asks for it. */
export async function confirmed({ tx, actor }: Context): Promise<boolean> {
  const found = await sql<{ ok: boolean }>`select vn.confirmed(${actor.sessionId}) ok`.execute(tx);
  return found.rows[0]?.ok === true;
}

/** Mails a person of the centre a link that signs in; it holds for a week and works once. */
export async function sendInvitation(context: Context, person: { id: string; name: string; email: string; language: Language }): Promise<void> {
  const link = randomBytes(32).toString('base64url');
  await sql`select vn.invite_link(${context.newId()}, ${person.id}, ${createHash('sha256').update(link).digest()})`.execute(context.tx);
  const centre = await context.tx.selectFrom('centre').select('name').where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  const mail = inLanguage(inviteMail, person.language);
  await context.post({ to: person.email, subject: mail.subject(centre.name), text: mail.text(person.name, centre.name, context.address(`/sign-in#${link}`)) });
}
