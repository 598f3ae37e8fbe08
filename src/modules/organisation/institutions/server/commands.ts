import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import type { Asking } from '../../../../platform/http/mount.ts';
import { asActor } from '../../../../platform/jobs/house.ts';
import { beginAt, type Checks, checkProvider, finishAt, OpenIdError, type OpenIdFault, type Provider as Talking } from '../../../../platform/openid.ts';
import { seal, unseal } from '../../../../platform/sealed.ts';
import { newToken, tokenHash } from '../../../../platform/secret-address.ts';
import { confirmed, startSession } from '../../sign-in/server/public.ts';
import * as contract from '../contract.ts';
import { readClaims, readText, strongEnough, wantedClaims } from '../rules.ts';
import { loginMail } from '../words.ts';
import { providerById, redirectOf } from './queries.ts';

interface Row {
  centre_id: string;
  id: string;
  issuer: string;
  client_id: string;
  sealed: Buffer;
  label_da: string;
  label_en: string;
  scope: string;
  idp_values: string;
  subject_claim: string;
  email_claim: string | null;
  company_claim: string | null;
  company_numbers: string[];
  strength_claim: string;
  strengths: string[];
}

const sealedFor = (provider: string) => `secret at provider ${provider}`;
const mappingOf = (row: Row) => ({ subjectClaim: row.subject_claim, emailClaim: row.email_claim, companyClaim: row.company_claim });

type Written = InputOf<typeof contract.addSignInProvider>['body'] | InputOf<typeof contract.writeSignInProvider>['body'];

/** @throws Problem where the issuer is an address that this server never asks */
function columnsOf(context: Context, endpoint: typeof contract.addSignInProvider | typeof contract.writeSignInProvider, body: Written) {
  const refusal = context.refusal(body.issuer, true);
  if (refusal !== null) throw refuse(endpoint, refusal === 'inside' ? 'provider_inside' : refusal === 'insecure' ? 'provider_insecure' : 'provider_address');
  return {
    kind: body.kind,
    label_da: body.label.da,
    label_en: body.label.en,
    issuer: body.issuer,
    client_id: body.clientId,
    scope: body.scope,
    idp_values: body.idpValues,
    subject_claim: body.subjectClaim,
    email_claim: body.emailClaim,
    company_claim: body.companyClaim,
    company_numbers: body.companyNumbers,
    strength_claim: body.strengthClaim,
    strengths: body.strengths,
  };
}

export async function addSignInProvider(context: Context, { body }: InputOf<typeof contract.addSignInProvider>): Promise<contract.Provider> {
  const id = context.newId();
  const sealed = seal(context.keyedHash, body.secret, sealedFor(id));
  await context.tx
    .insertInto('sign_in_provider')
    .values({ centre_id: centreOf(context), id, sealed, ...columnsOf(context, contract.addSignInProvider, body) })
    .execute();
  await context.audit('provider.added', id, { name: body.label.da });
  return providerById(context, id);
}

export async function writeSignInProvider(context: Context, { params, body }: InputOf<typeof contract.writeSignInProvider>): Promise<contract.Provider> {
  const seen = await providerById(context, params.provider);
  const written = await context.tx
    .updateTable('sign_in_provider')
    .set({
      ...columnsOf(context, contract.writeSignInProvider, body),
      ...(body.secret === null ? {} : { sealed: seal(context.keyedHash, body.secret, sealedFor(params.provider)) }),
      version: context.version + 1,
    })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.provider)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw violates(error, 'provider_last_way') ? refuse(contract.writeSignInProvider, 'last_way') : error;
    });
  if (written === undefined) throw problem('version_conflict', { current: seen });
  const before = [seen.strengthClaim, ...seen.strengths].join(' ');
  const now = [body.strengthClaim, ...body.strengths].join(' ');
  await context.audit('provider.written', params.provider, { name: body.label.da, ...(before === now ? {} : { strengthBefore: before, strength: now }) });
  return providerById(context, params.provider);
}

export async function switchSignInProvider(context: Context, { params, body }: InputOf<typeof contract.switchSignInProvider>): Promise<contract.Provider> {
  const seen = await providerById(context, params.provider);
  const switched = await sql<{ result: 'done' | 'changed' | 'last_way' | 'second_person' }>`select vn.switch_provider(${params.provider}, ${body.on}, ${context.version}) result`.execute(context.tx);
  if (switched.rows[0]?.result === 'last_way') throw refuse(contract.switchSignInProvider, 'last_way');
  if (switched.rows[0]?.result === 'second_person') throw refuse(contract.switchSignInProvider, 'second_person');
  if (switched.rows[0]?.result !== 'done') throw problem('version_conflict', { current: seen });
  await context.audit(body.on ? 'provider.on' : 'provider.off', params.provider, { name: seen.label.da });
  return providerById(context, params.provider);
}

export async function removeSignInProvider(context: Context, { params }: InputOf<typeof contract.removeSignInProvider>): Promise<null> {
  const seen = await providerById(context, params.provider);
  const removed = await sql<{ result: 'done' | 'changed' | 'last_way' }>`select vn.remove_provider(${params.provider}) result`.execute(context.tx);
  if (removed.rows[0]?.result === 'last_way') throw refuse(contract.removeSignInProvider, 'last_way');
  if (removed.rows[0]?.result !== 'done') throw problem('not_found');
  await context.audit('provider.removed', params.provider, { name: seen.label.da });
  return null;
}

const faultOf = (error: unknown): OpenIdFault => {
  if (error instanceof OpenIdError) return error.fault;
  throw error;
};

/** Its papers are public: no secret goes along. */
export async function askProvider(asking: Asking, { params }: InputOf<typeof contract.checkSignInProvider>): Promise<OpenIdFault | null> {
  const { issuer, clientId } = await asActor(asking, asking.actor, (context) => providerById(context, params.provider));
  return checkProvider(asking.outside, { issuer, clientId, secret: null }).catch(faultOf);
}
export const checkSignInProvider = async (_context: Context, _input: unknown, fault: OpenIdFault | null): Promise<OutputOf<typeof contract.checkSignInProvider>> => ({
  works: fault === null,
  fault: fault === null ? null : fault === 'silent' ? 'silent' : 'untrue',
});

/** A provider that is switched on. @throws Problem not_found for any other */
async function openProvider(context: Context, id: string): Promise<{ row: Row; talking: Talking }> {
  const found = await sql<Row>`select * from vn.find_provider(${id})`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  // Sealed under another key: there is nothing to talk with, as if the provider did not know us.
  const secret = unseal(context.keyedHash, row.sealed, sealedFor(row.id)) ?? '';
  return { row, talking: { issuer: row.issuer, clientId: row.client_id, secret } };
}

export async function prepareAtProvider(asking: Asking, { params, body }: InputOf<typeof contract.beginAtProvider>): Promise<{ row: Row; begun: Checks & { address: string } }> {
  if (body.join && asking.actor.sessionId === null) throw problem('unauthenticated');
  const { row, talking, redirect } = await asActor(asking, asking.actor, async (context) => {
    const found = await openProvider(context, params.provider);
    if (body.join && found.row.centre_id !== context.actor.centreId) throw problem('not_found');
    if (body.join && !(await confirmed(context))) throw refuse(contract.beginAtProvider, 'confirm_first');
    return { ...found, redirect: redirectOf(context, found.row.id) };
  });
  const extra: Record<string, string> = { ...(row.idp_values === '' ? {} : { idp_values: row.idp_values }), ...(row.strengths.length === 0 ? {} : { acr_values: row.strengths.join(' ') }) };
  const begun = await beginAt(asking.outside, talking, { redirect, scope: row.scope, extra }).catch((error: unknown) => {
    throw refuse(contract.beginAtProvider, faultOf(error) === 'silent' ? 'provider_silent' : 'provider_untrue');
  });
  return { row, begun };
}

export async function beginAtProvider(context: Context, { body }: InputOf<typeof contract.beginAtProvider>, { row, begun }: Awaited<ReturnType<typeof prepareAtProvider>>) {
  const { address, state, nonce, verifier } = begun;
  const browser = newToken();
  const sealed = seal(context.keyedHash, JSON.stringify({ nonce, verifier }), `sign-in ${state}`);
  await sql`select vn.begin_attempt(${tokenHash(state)}, ${body.join ? 'link' : 'provider'}, ${body.join ? context.actor.sessionId : null}, ${row.centre_id}, ${row.id}, ${tokenHash(browser)}, ${sealed})`.execute(
    context.tx,
  );
  context.setBrowser(browser);
  return { address };
}

interface Answer {
  row: Row;
  join: boolean;
  subjectHash: Buffer;
  verifiedEmail: string | null;
  strength: string | null;
  leaveAt: string | null;
}

/** What was begun is used up first, in a transaction of its own; then the provider is asked. Only the browser that began, and for joining the session that began, may finish. */
export async function readAnswer(asking: Asking, { params, body }: InputOf<typeof contract.finishAtProvider>): Promise<Answer> {
  const over = refuse(contract.finishAtProvider, 'attempt_over');
  const state = new URLSearchParams(body.answer).getAll('state');
  const [only] = state;
  if (state.length !== 1 || only === undefined) throw over;
  const { taken, found } = await asActor(asking, asking.actor, async (context) => {
    const rows = await sql<{
      purpose: 'provider' | 'link';
      session_id: string | null;
      provider_id: string;
      browser_hash: Buffer;
      sealed: Buffer;
    }>`select * from vn.take_attempt(${tokenHash(only)}, '{provider,link}')`.execute(context.tx);
    const row = rows.rows[0];
    // Thrown only after this transaction: what was taken stays taken.
    return { taken: row, found: row === undefined ? null : await openProvider(context, row.provider_id).catch(() => null) };
  });
  if (taken === undefined || found === null || taken.provider_id !== params.provider) throw over;
  if (asking.browser === null || !tokenHash(asking.browser).equals(taken.browser_hash)) throw over;
  const join = taken.purpose === 'link';
  // The page that says so begins the same again.
  const tooWeak = refuse(contract.finishAtProvider, 'login_too_weak', { about: { join } });
  if (join && taken.session_id !== asking.actor.sessionId) throw over;
  const opened = unseal(asking.keyedHash, taken.sealed, `sign-in ${only}`);
  if (opened === null) throw over;
  const { nonce, verifier } = JSON.parse(opened) as { nonce: string; verifier: string };
  const { row, talking } = found;
  const returned = new URL(redirectOf({ address: (path) => new URL(path, asking.url).href }, row.id));
  returned.search = body.answer;
  const { claims, signed, leaveAt } = await finishAt(asking.outside, talking, returned, { state: only, nonce, verifier }, wantedClaims(mappingOf(row)), row.strength_claim).catch((error: unknown) => {
    const fault = faultOf(error);
    throw fault === 'weak' ? tooWeak : refuse(contract.finishAtProvider, ({ silent: 'provider_silent', cancelled: 'provider_cancelled', untrue: 'provider_untrue' } as const)[fault]);
  });
  const who = readClaims(claims, mappingOf(row));
  if (who === null) throw refuse(contract.finishAtProvider, 'provider_untrue');
  const strength = readText(signed);
  if (!strongEnough(strength, row.strengths)) throw tooWeak;
  if (row.company_numbers.length > 0 && (who.company === null || !row.company_numbers.includes(who.company))) throw refuse(contract.finishAtProvider, 'other_company');
  return { row, join, strength, leaveAt, verifiedEmail: who.verifiedEmail, subjectHash: asking.keyedHash(`login ${row.id} ${row.issuer} ${row.subject_claim} ${who.subject}`) };
}

const myself = async ({ tx }: Context) => (await sql<{ name: string; email: string; language: Language }>`select name, email, language from vn.myself()`.execute(tx)).rows[0];

async function tell(context: Context, person: { name: string; email: string; language: Language } | undefined, what: 'joined' | 'left', row: { label_da: string; label_en: string }): Promise<void> {
  if (person === undefined) return;
  const mail = inLanguage(loginMail, person.language);
  await context.post({ to: person.email, subject: mail.subject[what], text: mail.text[what](person.name, person.language === 'da' ? row.label_da : row.label_en, context.address('/me')) });
}

export async function finishAtProvider(context: Context, _input: unknown, { row, join, subjectHash, verifiedEmail, strength, leaveAt }: Answer): Promise<OutputOf<typeof contract.finishAtProvider>> {
  context.setBrowser(null);
  if (join) {
    const linked = await sql<{ result: 'linked' | 'stale' | 'taken' }>`select vn.link_identity(${context.newId()}, ${context.actor.sessionId}, ${row.id}, ${subjectHash}) result`.execute(context.tx);
    const { result } = linked.rows[0] ?? { result: 'stale' };
    if (result !== 'linked') throw refuse(contract.finishAtProvider, result === 'taken' ? 'login_taken' : 'confirm_first');
    await context.audit('login.joined', personOf(context), { name: row.label_da });
    await tell(context, await myself(context), 'joined', row);
    return { done: 'joined' };
  }
  const found = await sql<{ person_id: string; joined: boolean; name: string; email: string; language: Language }>`
    select * from vn.person_behind(${context.newId()}, ${row.centre_id}, ${row.id}, ${subjectHash}, ${verifiedEmail})`.execute(context.tx);
  const [person] = found.rows;
  if (person === undefined) throw refuse(contract.finishAtProvider, 'not_invited');
  const started = await startSession(context, person.person_id, 'provider', { centre: row.centre_id, id: row.id, strength, leaveAt });
  if (started !== 'started') throw refuse(contract.finishAtProvider, started === 'closed' ? 'way_closed' : 'not_invited');
  if (person.joined) await tell(context, person, 'joined', row);
  return { done: 'signed_in' };
}

export async function leaveLogin(context: Context, { params }: InputOf<typeof contract.leaveLogin>): Promise<null> {
  const mine = await sql<{ label_da: string; label_en: string }>`select label_da, label_en from vn.my_identities() where provider_id = ${params.provider} and linked_at is not null`.execute(
    context.tx,
  );
  const [row] = mine.rows;
  if (row === undefined) throw problem('not_found');
  await sql`select vn.unlink_identity(${params.provider})`.execute(context.tx);
  await context.audit('login.left', personOf(context), { name: row.label_da });
  await tell(context, await myself(context), 'left', row);
  return null;
}
