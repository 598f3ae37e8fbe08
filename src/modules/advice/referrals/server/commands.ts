import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { pointTo, writeNeeds } from '../../../companies/needs/server/public.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { isOpen } from '../rules.ts';
import { tellOwner, tellReceivers, tellSender, tellWithdrawn } from './jobs.ts';
import { referral, referralById } from './queries.ts';

type Told = Awaited<ReturnType<typeof referral>>;

export async function sendReferral(context: Context, { body }: InputOf<typeof contract.sendReferral>): Promise<contract.Referral> {
  const centre = centreOf(context);
  // Whoever wears the coordinator's hat refers for the centre.
  const from = context.actor.roles.includes('coordinator') ? null : context.actor.schoolId;
  if (body.school === from) throw refuse(contract.sendReferral, 'referral_own_school', { fields: [{ path: 'school', code: 'referral_own_school' }] });
  const asked = await sql<{ company: boolean; school: boolean; need: boolean }>`
    select exists (select from vn.relation r where r.centre_id = ${centre} and r.company_id = ${body.company}) company, exists (select from vn.school s where s.centre_id = ${centre} and s.id = ${body.school}) school,
      ${body.need}::uuid is null or exists (select from vn.need n where n.centre_id = ${centre} and n.id = ${body.need}::uuid and n.company_id = ${body.company}) need`.execute(context.tx);
  const [fits] = asked.rows;
  for (const field of ['company', 'school'] as const) if (fits?.[field] !== true) throw problem('invalid', { fields: [{ path: field, code: 'unknown' }] });
  if (fits?.need !== true) throw refuse(contract.sendReferral, 'need_not_theirs', { fields: [{ path: 'need', code: 'need_not_theirs' }] });
  const id = context.newId();
  const [written] = body.newNeed === null ? [] : await writeNeeds(context, body.company, id, [{ id: null, fit: null, people: null, ...body.newNeed }], false);
  const need = body.need ?? written ?? '';
  const at = context.now.toISOString();
  await context.tx
    .insertInto('referral')
    .values({
      centre_id: centre,
      id,
      company_id: body.company,
      need_id: need,
      from_school: from,
      from_person: personOf(context),
      to_school: body.school,
      about: body.about,
      state: 'sent',
      sent_at: at,
      moved_at: at,
    })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'referral_once') ? refuse(contract.sendReferral, 'referral_stands') : error;
    });
  await pointTo(context, body.company, id, context.today, [{ need, school: body.school }]);
  if (from !== null) await writeEntry(context, { company: body.company, kind: 'referral.sent', subject: id, school: from });
  await context.audit('referral.sent', id);
  const sent = await referralById(context, id);
  await tellReceivers(context, sent);
  return sent;
}

type Step = { state: contract.Referral['state'] } & Partial<{ owner_id: string | null; reason: string; outcome: string; outcome_note: string }>;

/** Takes one step of a referral that may be taken now, by whoever may take it. */
async function step<E extends Endpoint>(context: Context, endpoint: E, id: string, right: keyof contract.Referral['can'], to: Step): Promise<Told> {
  const now = await referralById(context, id);
  if (!now.can[right]) {
    const mine = now.to.id === context.actor.schoolId ? right !== 'withdraw' : right === 'withdraw';
    throw refuse(endpoint, (mine && !(isOpen(now.state) && right === 'withdraw') ? 'referral_not_so_far' : 'referral_not_yours') as ErrorOf<E>);
  }
  const moved = await context.tx
    .updateTable('referral')
    .set({ ...to, moved_at: context.now.toISOString(), reminded_at: null, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', id)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (moved === undefined) throw problem('version_conflict', { current: now });
  await context.audit(`referral.${to.state}`, id);
  return referral(context, id);
}

export async function answerReferral(context: Context, { params, body }: InputOf<typeof contract.answerReferral>): Promise<Told> {
  const owner = body.owner ?? personOf(context);
  if (body.accept && body.owner !== null) {
    const [found] = (await sql<{ ok: boolean }>`select vn.works_for(${owner}, ${context.actor.schoolId}::uuid) ok`.execute(context.tx)).rows;
    if (found?.ok !== true) throw refuse(contract.answerReferral, 'owner_elsewhere', { fields: [{ path: 'owner', code: 'owner_elsewhere' }] });
  }
  const now = await step(context, contract.answerReferral, params.referral, 'answer', body.accept ? { state: 'accepted', owner_id: owner } : { state: 'declined', reason: body.reason });
  // Each of the two schools has its own part in its own story of the company; no third one learns of it.
  if (body.accept) await writeEntry(context, { company: now.company.id, kind: 'referral.accepted', subject: now.id, school: now.to.id });
  await tellSender(context, now);
  await tellOwner(context, now);
  return now;
}

export async function startReferral(context: Context, { params }: InputOf<typeof contract.startReferral>): Promise<Told> {
  const now = await step(context, contract.startReferral, params.referral, 'start', { state: 'started' });
  await tellSender(context, now);
  return now;
}

export async function endReferral(context: Context, { params, body }: InputOf<typeof contract.endReferral>): Promise<Told> {
  const now = await step(context, contract.endReferral, params.referral, 'end', { state: 'ended', outcome: body.outcome, outcome_note: body.note });
  await writeEntry(context, { company: now.company.id, kind: 'referral.ended', subject: now.id, school: now.to.id });
  await tellSender(context, now);
  return now;
}

export async function withdrawReferral(context: Context, { params, body }: InputOf<typeof contract.withdrawReferral>): Promise<Told> {
  const before = await referralById(context, params.referral);
  const now = await step(context, contract.withdrawReferral, params.referral, 'withdraw', { state: 'withdrawn', reason: body.reason, owner_id: null });
  // What was taken back pointed nowhere after all.
  await pointTo(context, now.company.id, now.id, context.today, []);
  await tellWithdrawn(context, now, before.owner?.id ?? null);
  return now;
}
