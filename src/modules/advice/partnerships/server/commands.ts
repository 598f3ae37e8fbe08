import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { ownAgreements, partnershipById, writes } from './queries.ts';

type Page = contract.PartnershipPage;
type Right = Exclude<keyof Page['can'], 'hand'>;

/** The schools for which somebody is a consultant today; null: is none here. */
async function schoolsOf(context: Context, person: string): Promise<string[] | null> {
  const found = await sql<{ school_id: string | null }>`
    select m.school_id from vn.membership m where m.centre_id = ${centreOf(context)} and m.person_id = ${person} and m.role = 'consultant' and m.during @> ${context.today}::date`.execute(context.tx);
  return found.rows.length === 0 ? null : found.rows.flatMap(({ school_id }) => school_id ?? []);
}

export async function addPartnership(context: Context, { body }: InputOf<typeof contract.addPartnership>): Promise<Page> {
  const centre = centreOf(context);
  const { actor, tx } = context;
  const coordinates = actor.roles.includes('coordinator');
  const company = await tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.company).executeTakeFirst();
  if (company === undefined) throw refuse(contract.addPartnership, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const here = await sql<{ id: string }>`select s.id from vn.school s where s.centre_id = ${centre} and vn.school_here(s.id, ${context.today}::date)`.execute(tx);
  const known = new Set(here.rows.map(({ id }) => id));
  const strange = body.schools.findIndex((each) => !known.has(each));
  if (strange >= 0) throw problem('invalid', { fields: [{ path: `schools.${strange}`, code: 'unknown' }] });
  const me = personOf(context);
  const owner = body.owner ?? me;
  const theirs = await schoolsOf(context, owner);
  if (owner !== me && (theirs === null || !coordinates)) throw refuse(contract.addPartnership, 'partnership_owner_unknown', { fields: [{ path: 'owner', code: 'partnership_owner_unknown' }] });
  const own = owner !== me ? (theirs ?? []) : actor.schoolId === null ? [] : [actor.schoolId];
  const id = context.newId();
  const at = context.now.toISOString();
  await tx
    .insertInto('partnership')
    .values({ centre_id: centre, id, company_id: body.company, owner_id: owner, schools: [...new Set<string>([...own, ...body.schools])], made_by: me, made_at: at })
    .execute();
  await write(context, id, 1, { companyExpects: ['', '', '', ''], centreExpects: ['', '', '', '', ''], companyRole: '', centreRole: '', companyDuties: '', centreDuties: '', ...body });
  await context.audit('partnership.begun', id);
  return partnershipById(context, id);
}

type Writing = InputOf<typeof contract.writePartnership>['body'];
const columns = ({ companyExpects, centreExpects, companyRole, centreRole, companyDuties, centreDuties, validFrom, validTo, reviewOn }: Writing) => ({
  company_expects: companyExpects,
  centre_expects: centreExpects,
  company_role: companyRole,
  centre_role: centreRole,
  company_duties: companyDuties,
  centre_duties: centreDuties,
  valid_from: validFrom,
  valid_to: validTo,
  review_on: reviewOn,
});
const write = (context: Context, id: string, no: number, text: Writing) =>
  context.tx
    .insertInto('partnership_text')
    .values({ centre_id: centreOf(context), partnership_id: id, no, ...columns(text), written_by: personOf(context), written_at: context.now.toISOString() })
    .execute();

/** The agreement as it was seen, its newest text held until the end of the transaction, by somebody who may do this now. */
async function held<E extends Endpoint>(context: Context, endpoint: E, id: string, right: Right): Promise<Page> {
  const centre = centreOf(context);
  await sql`select from vn.partnership_text t where t.centre_id = ${centre} and t.partnership_id = ${id} order by t.no for update`.execute(context.tx);
  const now = await partnershipById(context, id);
  if (!writes(context, now)) throw refuse(endpoint, 'partnership_not_yours' as ErrorOf<E>);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (!now.can[right]) throw refuse(endpoint, 'partnership_step' as ErrorOf<E>);
  return now;
}

const noOf = (page: Page, state?: contract.PartnershipText['state']) => page.texts.find((each) => state === undefined || each.state === state)?.no ?? 0;
const update = (context: Context, id: string, no: number) =>
  context.tx
    .updateTable('partnership_text')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('centre_id', '=', centreOf(context))
    .where('partnership_id', '=', id)
    .where('no', '=', no);

export async function writePartnership(context: Context, { params, body }: InputOf<typeof contract.writePartnership>): Promise<Page> {
  const now = await held(context, contract.writePartnership, params.partnership, 'write');
  await update(context, now.id, noOf(now))
    .set({ ...columns(body), written_by: personOf(context), written_at: context.now.toISOString() })
    .execute();
  await context.audit('partnership.written', now.id);
  return partnershipById(context, now.id);
}

export async function offerPartnership(context: Context, { params }: InputOf<typeof contract.offerPartnership>): Promise<Page> {
  const now = await held(context, contract.offerPartnership, params.partnership, 'offer');
  const missing = now.texts[0]?.missing ?? [];
  if (missing.length > 0) throw refuse(contract.offerPartnership, 'partnership_not_filled', { fields: missing.map((path) => ({ path, code: 'required' })) });
  await update(context, now.id, noOf(now)).set({ state: 'awaiting' }).execute();
  await context.audit('partnership.offered', now.id);
  return partnershipById(context, now.id);
}

export async function reopenPartnership(context: Context, { params }: InputOf<typeof contract.reopenPartnership>): Promise<Page> {
  const now = await held(context, contract.reopenPartnership, params.partnership, 'reopen');
  await update(context, now.id, noOf(now)).set({ state: 'draft' }).execute();
  await context.audit('partnership.reopened', now.id);
  return partnershipById(context, now.id);
}

export async function signPartnership(context: Context, { params }: InputOf<typeof contract.signPartnership>): Promise<Page> {
  const now = await held(context, contract.signPartnership, params.partnership, 'sign');
  // Whether that was the second signature is the database's to say.
  await update(context, now.id, noOf(now))
    .set({ centre_signer: personOf(context), centre_signed_at: context.now.toISOString() })
    .execute();
  await context.audit('partnership.signed', now.id);
  return partnershipById(context, now.id);
}

export async function renewPartnership(context: Context, { params }: InputOf<typeof contract.renewPartnership>): Promise<Page> {
  const now = await held(context, contract.renewPartnership, params.partnership, 'renew');
  const [newest] = now.texts;
  if (newest === undefined) throw problem('not_found');
  try {
    await write(context, now.id, newest.no + 1, newest);
  } catch (error) {
    if (violates(error, 'partnership_text_open') || violates(error, 'partnership_text_pkey')) throw refuse(contract.renewPartnership, 'partnership_step');
    throw error;
  }
  await context.audit('partnership.renewing', now.id);
  return partnershipById(context, now.id);
}

export async function discardPartnershipText(context: Context, { params }: InputOf<typeof contract.discardPartnershipText>): Promise<Page> {
  const now = await held(context, contract.discardPartnershipText, params.partnership, 'discard');
  await context.tx.deleteFrom('partnership_text').where('centre_id', '=', centreOf(context)).where('partnership_id', '=', now.id).where('no', '=', noOf(now)).execute();
  await context.audit('partnership.discarded', now.id);
  return partnershipById(context, now.id);
}

export async function reviewPartnership(context: Context, { params, body }: InputOf<typeof contract.reviewPartnership>): Promise<Page> {
  const now = await held(context, contract.reviewPartnership, params.partnership, 'review');
  if (body.next !== null && (body.next <= context.today || body.next < now.validFrom || body.next > now.validTo))
    throw refuse(contract.reviewPartnership, 'review_outside_term', { fields: [{ path: 'next', code: 'review_outside_term' }] });
  await update(context, now.id, noOf(now, 'signed')).set({ next_review: body.next }).execute();
  await context.audit('partnership.reviewed', now.id);
  return partnershipById(context, now.id);
}

export async function endPartnership(context: Context, { params, body }: InputOf<typeof contract.endPartnership>): Promise<Page> {
  const now = await held(context, contract.endPartnership, params.partnership, 'end');
  for (const { no, state } of now.texts)
    if (state === 'draft' || state === 'awaiting' || state === 'signed') await update(context, now.id, no).set({ state: 'ended', ended_on: context.today, ended_because: body.because }).execute();
  await context.audit('partnership.ended', now.id);
  return partnershipById(context, now.id);
}

export async function handPartnership(context: Context, { params, body }: InputOf<typeof contract.handPartnership>): Promise<Page> {
  const now = await partnershipById(context, params.partnership);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  const theirs = await schoolsOf(context, body.owner);
  if (theirs === null) throw refuse(contract.handPartnership, 'partnership_owner_unknown', { fields: [{ path: 'owner', code: 'partnership_owner_unknown' }] });
  await context.tx
    .updateTable('partnership')
    .set({ owner_id: body.owner, schools: [...new Set<string>([...now.schools.map(({ id }) => id), ...theirs])] })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.partnership)
    .execute();
  await context.audit('partnership.handed', params.partnership, { owner: body.owner });
  return partnershipById(context, params.partnership);
}

type Result = 'done' | 'gone' | 'unknown' | 'changed' | 'step' | 'signed';
const answers = { gone: 'page_gone', unknown: 'partnership_unknown', changed: 'partnership_changed', step: 'partnership_step', signed: 'partnership_signed' } as const;
function insist(result: Result | undefined): void {
  if (result !== undefined && result !== 'done') throw refuse(contract.signOwnAgreement, answers[result]);
}

export async function writeOwnExpectations(context: Context, { body }: InputOf<typeof contract.writeOwnExpectations>): Promise<contract.OwnAgreements> {
  const written = await sql<{ result: Result }>`
    select vn.write_expectations_on_page(${tokenHash(body.token)}, ${body.partnership}, ${body.no}, ${body.version}, ${sql.val(body.companyExpects)}::text[]) result`.execute(context.tx);
  insist(written.rows[0]?.result);
  return ownAgreements(context, { body });
}

export async function signOwnAgreement(context: Context, { body }: InputOf<typeof contract.signOwnAgreement>): Promise<contract.OwnAgreements> {
  const signed = await sql<{ result: Result }>`
    select vn.sign_partnership_on_page(${tokenHash(body.token)}, ${body.partnership}, ${body.no}, ${body.version}, ${body.name}) result`.execute(context.tx);
  insist(signed.rows[0]?.result);
  return ownAgreements(context, { body });
}
