import { createHash, randomBytes, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { askHouse } from '../../../../platform/jobs/house.ts';
import { newToken } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { codeMail } from '../words.ts';
import { newSessionToken, startSession } from './public.ts';
import { clockAt, session } from './queries.ts';

const demonstration = contract.signInAsDemonstrationPerson;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

export async function signInAsDemonstrationPerson(context: Context, { body }: InputOf<typeof demonstration>): Promise<OutputOf<typeof demonstration>> {
  const found = await sql<{ person_id: string }>`select person_id from vn.demonstration_people() where key = ${body.person}`.execute(context.tx);
  const person = found.rows[0]?.person_id;
  if (person === undefined || (await startSession(context, person, 'demonstration')) !== 'started') throw refuse(demonstration, 'unknown_person');
  return { person: body.person };
}

export async function signOut(context: Context): Promise<OutputOf<typeof contract.signOut>> {
  const found = await sql<{ label_da: string; label_en: string; client_id: string; leave_at: string }>`select * from vn.also_at(${context.actor.sessionId})`.execute(context.tx);
  await sql`select vn.end_session(${context.actor.sessionId}, 'signed_out')`.execute(context.tx);
  context.setSession(null);
  const [row] = found.rows;
  if (row === undefined) return { alsoAt: null };
  // As OpenID Connect RP-Initiated Logout 1.0 has it, without an ID token: none is kept.
  const address = new URL(row.leave_at);
  address.searchParams.set('client_id', row.client_id);
  address.searchParams.set('post_logout_redirect_uri', context.address('/sign-in'));
  return { alsoAt: { label: { da: row.label_da, en: row.label_en }, address: address.href } };
}

/** A code is short, so its hash is made with a key that the database does not have, and tied to the address and to the browser that asked; the rate limit does the rest. */
const codeHash = ({ keyedHash }: Context, email: string, browser: string | null, code: string) => keyedHash(`sign-in code ${email.toLowerCase()} ${browser} ${code}`);

export async function requestSignIn(context: Context, { body }: InputOf<typeof contract.requestSignIn>): Promise<OutputOf<typeof contract.requestSignIn>> {
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const link = randomBytes(32).toString('base64url');
  const browser = newToken();
  context.setBrowser(browser);
  const found = await sql<{ name: string; language: Language; open: boolean }>`
    select name, language, open from vn.request_sign_in(${context.newId()}, ${body.email}, ${codeHash(context, body.email, browser, code)}, ${hashOf(link)})`.execute(context.tx);
  const person = found.rows[0];
  if (person !== undefined) {
    const mail = inLanguage(codeMail, person.language);
    await context.post(
      person.open
        ? { to: body.email, subject: mail.subject(code), text: mail.text(person.name, code, context.address(`/sign-in#${link}`)) }
        : { to: body.email, subject: mail.closedSubject, text: mail.closedText(person.name, context.address('/sign-in')) },
    );
  }
  return { minutes: 10 };
}

/** What a browser asked by ends with the code. */
function forgetBrowser({ browser, setBrowser }: Context): void {
  if (browser !== null) setBrowser(null);
}

export async function redeemSignIn(context: Context, { body }: InputOf<typeof contract.redeemSignIn>): Promise<OutputOf<typeof contract.redeemSignIn>> {
  const byLink = 'link' in body;
  const found = byLink
    ? await sql<{ person: string | null; way: 'mail' | 'invitation' | 'operator' }>`select person, way from vn.redeem_link(${hashOf(body.link)})`.execute(context.tx)
    : await sql<{ person: string | null; way: 'mail' }>`select vn.redeem_code(${body.email}, ${codeHash(context, body.email, context.browser, body.code)}) person, 'mail' way`.execute(context.tx);
  const { person, way } = found.rows[0] ?? { person: null, way: 'mail' };
  const started = person === null ? 'nothing' : await startSession(context, person, way);
  if (started === 'closed') throw refuse(contract.redeemSignIn, 'way_closed');
  if (started !== 'started') throw refuse(contract.redeemSignIn, byLink ? 'link_used_up' : 'code_wrong');
  forgetBrowser(context);
  return { signedIn: true };
}

/** The code is the one that a mail to oneself brought; it does not open another session. */
export async function confirmMyself(context: Context, { body }: InputOf<typeof contract.confirmMyself>): Promise<null> {
  const me = await sql<{ email: string }>`select email from vn.myself()`.execute(context.tx);
  if (me.rows[0]?.email.toLowerCase() !== body.email.toLowerCase()) throw refuse(contract.confirmMyself, 'code_wrong');
  const found = await sql<{ person: string | null }>`select vn.redeem_code(${body.email}, ${codeHash(context, body.email, context.browser, body.code)}) person`.execute(context.tx);
  if (found.rows[0]?.person !== context.actor.personId) throw refuse(contract.confirmMyself, 'code_wrong');
  await sql`select vn.confirm_session(${context.actor.sessionId})`.execute(context.tx);
  forgetBrowser(context);
  return null;
}

export async function endSession(context: Context, { params }: InputOf<typeof contract.endSession>): Promise<null> {
  const ended = await sql<{ ok: boolean }>`select vn.end_session(${params.session}, 'revoked') ok`.execute(context.tx);
  if (ended.rows[0]?.ok !== true) throw problem('not_found');
  if (params.session === context.actor.sessionId) context.setSession(null);
  return null;
}

export async function endOtherSessions(context: Context): Promise<OutputOf<typeof contract.endOtherSessions>> {
  const ended = await sql<{ ended: number }>`select vn.end_other_sessions(${context.actor.sessionId}) ended`.execute(context.tx);
  return { ended: ended.rows[0]?.ended ?? 0 };
}

export async function wearHat(context: Context, { body }: InputOf<typeof contract.wearHat>): Promise<OutputOf<typeof contract.wearHat>> {
  const { token, hash } = newSessionToken();
  const worn = await sql<{ ok: boolean }>`select vn.wear_hat(${context.actor.sessionId}, ${hash}, ${body.schoolId}, ${body.organisationId}, ${body.asCoordinator}) ok`.execute(context.tx);
  if (worn.rows[0]?.ok !== true) throw refuse(contract.wearHat, 'hat_not_yours');
  context.setSession(token);
  await context.audit('hat.worn', context.actor.personId, { school: body.schoolId, organisation: body.organisationId, asCoordinator: body.asCoordinator });
  const { hats } = await session(context);
  const hat = hats.find((each) => each.schoolId === body.schoolId && each.organisationId === body.organisationId && each.asCoordinator === body.asCoordinator);
  if (hat === undefined) throw new Error('a hat that was just put on is one of the hats');
  return hat;
}

export async function chooseLanguage(context: Context, { body }: InputOf<typeof contract.chooseLanguage>): Promise<null> {
  await sql`select vn.choose_language(${body.language})`.execute(context.tx);
  return null;
}

export async function moveDemonstrationClock(context: Context, { body }: InputOf<typeof contract.moveDemonstrationClock>): Promise<OutputOf<typeof contract.moveDemonstrationClock>> {
  const { zone } = context.actor;
  // PostgreSQL knows which instant a local time is, also on the two days a year when clocks change.
  const found = await sql<{ at: string }>`
    select (${body.day}::date + coalesce(${body.time ?? null}::time, (ctx.now() at time zone ${zone})::time)) at time zone ${zone} at`.execute(context.tx);
  const instant = new Date(found.rows[0]?.at ?? Number.NaN);
  if (!(await context.moveClock(instant))) throw refuse(contract.moveDemonstrationClock, 'no_demonstration');
  await askHouse(context);
  return clockAt(context, instant);
}
