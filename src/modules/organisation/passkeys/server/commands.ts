import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, personOf } from '../../../../platform/http/context.ts';
import type { Asking } from '../../../../platform/http/mount.ts';
import { asActor } from '../../../../platform/jobs/house.ts';
import { challengeIn, houseAt, optionsToAdd, optionsToUse, readAdded, readUsed } from '../../../../platform/passkeys.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { confirmed, startSession } from '../../sign-in/server/public.ts';
import * as contract from '../contract.ts';
import { passkeyMail } from '../words.ts';
import { ownPasskeys, shown } from './queries.ts';

type Purpose = 'add_passkey' | 'use_passkey';
const here = (context: Context) => houseAt(context.address('/'));

/** Only the hash of a challenge is kept, with what it is for and whose it is. */
const begin = ({ tx, actor }: Context, challenge: string, purpose: Purpose) =>
  sql`select vn.begin_attempt(${tokenHash(challenge)}, ${purpose}, ${actor.sessionId}, null, null, null, null)`.execute(tx);

/** Uses a challenge up for good, in a transaction of its own: an answer that fails later does not bring it back. Null: none of ours, too old, used, or another person’s. */
async function take(asking: Asking, answer: unknown, purpose: Purpose): Promise<string | null> {
  const challenge = challengeIn(answer);
  if (challenge === null) return null;
  const taken = await asActor(asking, asking.actor, ({ tx }) => sql<{ session_id: string | null }>`select session_id from vn.take_attempt(${tokenHash(challenge)}, ${[purpose]}::text[])`.execute(tx));
  const [row] = taken.rows;
  return row === undefined || (purpose === 'add_passkey' && row.session_id !== asking.actor.sessionId) ? null : challenge;
}
export const takeToAdd = (asking: Asking, { body }: InputOf<typeof contract.addPasskey>) => take(asking, body.answer, 'add_passkey');
export const takeToUse = (asking: Asking, { body }: InputOf<typeof contract.signInWithPasskey>) => take(asking, body.answer, 'use_passkey');

const myself = async ({ tx }: Context) => {
  const [me] = (await sql<{ id: string; name: string; email: string; language: Language }>`select * from vn.myself()`.execute(tx)).rows;
  if (me === undefined) throw problem('unauthenticated');
  return me;
};

/** Whoever comes to a machine that somebody left open cannot change the ways in without the owner hearing of it. */
async function tell(context: Context, what: 'added' | 'removed', passkey: string): Promise<void> {
  const { name, email, language } = await myself(context);
  const mail = inLanguage(passkeyMail, language);
  await context.post({ to: email, subject: mail.subject[what], text: mail.text[what](name, passkey, context.address('/me')) });
}

export async function preparePasskey(context: Context): Promise<OutputOf<typeof contract.preparePasskey>> {
  if (!(await confirmed(context))) throw refuse(contract.preparePasskey, 'confirm_first');
  const known = await ownPasskeys(context);
  const options = await optionsToAdd(
    here(context),
    await myself(context),
    known.map(({ credential_id, transports }) => ({ credentialId: credential_id, transports })),
  );
  await begin(context, options.challenge, 'add_passkey');
  return { options };
}

export async function addPasskey(context: Context, { body }: InputOf<typeof contract.addPasskey>, challenge: string | null): Promise<OutputOf<typeof contract.addPasskey>> {
  const made = challenge === null ? null : await readAdded(here(context), body.answer, challenge);
  if (made === null) throw refuse(contract.addPasskey, 'passkey_refused');
  const [id, name] = [context.newId(), body.name ?? (context.device === '' ? 'Passkey' : context.device)];
  const added = await sql<{ result: 'added' | 'stale' | 'enough' | 'known' }>`
    select vn.add_passkey(${id}, ${context.actor.sessionId}, ${made.credentialId}, ${made.publicKey}, ${made.counter}, ${made.transports}::text[], ${name}) result`.execute(context.tx);
  const { result } = added.rows[0] ?? { result: 'stale' };
  if (result !== 'added') throw refuse(contract.addPasskey, ({ stale: 'confirm_first', enough: 'passkeys_enough', known: 'passkey_known' } as const)[result]);
  await context.audit('passkey.added', personOf(context));
  await tell(context, 'added', name);
  return shown({ id, name, made_at: context.now.toISOString(), used_at: null });
}

export async function renamePasskey(context: Context, { params, body }: InputOf<typeof contract.renamePasskey>): Promise<null> {
  const named = await sql<{ ok: boolean }>`select vn.rename_passkey(${params.passkey}, ${body.name}) ok`.execute(context.tx);
  if (named.rows[0]?.ok !== true) throw problem('not_found');
  return null;
}

export async function removePasskey(context: Context, { params }: InputOf<typeof contract.removePasskey>): Promise<null> {
  const removed = await sql<{ name: string | null }>`select vn.remove_passkey(${params.passkey}) name`.execute(context.tx);
  const name = removed.rows[0]?.name ?? null;
  if (name === null) throw problem('not_found');
  await context.audit('passkey.removed', personOf(context));
  await tell(context, 'removed', name);
  return null;
}

export async function preparePasskeySignIn(context: Context): Promise<OutputOf<typeof contract.preparePasskeySignIn>> {
  const options = await optionsToUse(here(context));
  await begin(context, options.challenge, 'use_passkey');
  return { options };
}

export async function signInWithPasskey(context: Context, { body }: InputOf<typeof contract.signInWithPasskey>, challenge: string | null): Promise<OutputOf<typeof contract.signInWithPasskey>> {
  const refused = refuse(contract.signInWithPasskey, 'passkey_refused');
  if (challenge === null) throw refused;
  const credentialId = Buffer.from(body.answer.id, 'base64url');
  const found = await sql<{ id: string; person_id: string; public_key: Buffer; counter: string; transports: string[] }>`select * from vn.find_passkey(${credentialId})`.execute(context.tx);
  const [kept] = found.rows;
  if (kept === undefined) throw refused;
  const counter = await readUsed(here(context), body.answer, challenge, { credentialId, publicKey: kept.public_key, counter: Number(kept.counter), transports: kept.transports });
  if (counter === null) throw refused;
  const { userHandle } = body.answer.response;
  if (typeof userHandle === 'string' && Buffer.from(userHandle, 'base64url').toString('hex') !== kept.person_id.replaceAll('-', '')) throw refused;
  const used = await sql<{ ok: boolean }>`select vn.use_passkey(${kept.id}, ${counter}) ok`.execute(context.tx);
  if (used.rows[0]?.ok !== true) throw refused;
  const started = await startSession(context, kept.person_id, 'passkey');
  if (started !== 'started') throw refuse(contract.signInWithPasskey, started === 'closed' ? 'way_closed' : 'passkey_refused');
  return { signedIn: true };
}
