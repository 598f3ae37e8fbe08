import { createHash, timingSafeEqual } from 'node:crypto';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { Knock } from '../../../../platform/http/mount.ts';
import { headOf, mailLimits } from '../../../../platform/mail/read-mail.ts';
import { newToken, reportAddress, tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { keepMail } from './jobs.ts';

/** @throws Problem not_your_address for anybody else's */
function own(context: Context, endpoint: typeof contract.renewIntakeAddress | typeof contract.endIntakeAddress, person: string) {
  if (person !== personOf(context)) throw refuse(endpoint, 'not_your_address');
  return { centre_id: centreOf(context), person_id: person };
}

export async function renewIntakeAddress(context: Context, { params }: InputOf<typeof contract.renewIntakeAddress>): Promise<OutputOf<typeof contract.renewIntakeAddress>> {
  const of = own(context, contract.renewIntakeAddress, params.person);
  if (context.intake === null) throw refuse(contract.renewIntakeAddress, 'intake_closed');
  const token = newToken();
  const facts = { token_hash: tokenHash(token), made_at: context.now.toISOString() };
  await context.tx
    .insertInto('intake_address')
    .values({ ...of, ...facts })
    .onConflict((clash) => clash.columns(['centre_id', 'person_id']).doUpdateSet(facts))
    .execute();
  await context.audit('intake_address.renewed', of.person_id);
  return { address: reportAddress(context.intake, token) };
}

export async function endIntakeAddress(context: Context, { params }: InputOf<typeof contract.endIntakeAddress>): Promise<null> {
  const of = own(context, contract.endIntakeAddress, params.person);
  await context.tx.deleteFrom('intake_address').where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).execute();
  await context.audit('intake_address.ended', of.person_id);
  return null;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Whoever has no key is told that nothing is here, before a byte of the mail is read. */
export function withKey({ intake, query, authorization }: Knock): void {
  const given = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? (typeof query.key === 'string' ? query.key : '');
  // Compared as hashes, which are of one length, in a time that says nothing.
  if (!timingSafeEqual(sha256(given), sha256(intake?.key ?? '')) || !intake?.key) throw refuse(contract.receiveMail, 'no_intake');
}

export async function receiveMail(context: Context, { query }: InputOf<typeof contract.receiveMail>): Promise<OutputOf<typeof contract.receiveMail>> {
  const { content } = context;
  if (content === null || content.length === 0) throw refuse(contract.receiveMail, 'empty_mail');
  const cut = content.length > mailLimits.bytes;
  return { kept: await keepMail(context, { content: cut ? headOf(content) : content, cut, place: null, envelope: query.to ?? null }) };
}
