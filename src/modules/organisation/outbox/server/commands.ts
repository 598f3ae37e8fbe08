import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { sendMail } from '../../../../platform/mail/mail.ts';
import * as contract from '../contract.ts';

export async function resendMail(context: Context, { params }: InputOf<typeof contract.resendMail>): Promise<OutputOf<typeof contract.resendMail>> {
  const asked = await sql<{ result: string; sent_to: string | null }>`select * from vn.resend_mail(${params.mail})`.execute(context.tx);
  const { result, sent_to: to } = asked.rows[0] ?? {};
  if (result === 'unknown') throw problem('not_found');
  if (result === 'withheld') throw refuse(contract.resendMail, 'mail_withheld');
  if (result !== 'done' || !to) throw refuse(contract.resendMail, 'mail_not_failed');
  await context.enqueue(sendMail, { mail: params.mail });
  await context.audit('mail.resent', params.mail);
  return { state: 'waiting', to };
}
