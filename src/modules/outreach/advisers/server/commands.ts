import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { advisersWords } from '../words.ts';
import { adviserById, hashOf, pageOf } from './queries.ts';

const validDays = 365;
/** Hand-overs of one adviser within a day. */
const mostADay = 30;

/** A new secret, with what is kept of it. */
function newLink({ now }: Context) {
  const token = randomBytes(32).toString('base64url');
  return { token, kept: { token_hash: hashOf(token), linked_at: now.toISOString(), expires_at: new Date(now.getTime() + validDays * 86_400_000).toISOString() } };
}

async function mailLink(context: Context, to: { name: string; email: string; language: Language }, token: string): Promise<void> {
  const [centre] = (await sql<{ name: string }>`select name from vn.centre where id = ${centreOf(context)}`.execute(context.tx)).rows;
  const w = inLanguage(advisersWords, to.language).letter;
  const name = centre?.name ?? '';
  await context.post({
    to: to.email,
    subject: w.subject(name).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(to.name), w.yours(name), w.open(context.address(`/adviser#${token}`)), w.secret, w.regards(name)].join('\n\n'),
  });
}

export async function addAdviser(context: Context, { body }: InputOf<typeof contract.addAdviser>): Promise<contract.Adviser> {
  const id = context.newId();
  const { token, kept } = newLink(context);
  const { organisation, name, email, language } = body;
  const at = context.now.toISOString();
  await context.tx
    .insertInto('adviser')
    .values({ centre_id: centreOf(context), id, organisation, name, email, language, consented_at: at, made_by: personOf(context), made_at: at, ...kept })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'adviser_once') ? refuse(contract.addAdviser, 'adviser_exists', { fields: [{ path: 'email', code: 'adviser_exists' }] }) : error;
    });
  await mailLink(context, body, token);
  await context.audit('adviser.added', id);
  return adviserById(context, id);
}

export async function renewAdviserLink(context: Context, { params }: InputOf<typeof contract.renewAdviserLink>): Promise<contract.Adviser> {
  const now = await adviserById(context, params.adviser);
  const { token, kept } = newLink(context);
  await context.tx.updateTable('adviser').set(kept).where('centre_id', '=', centreOf(context)).where('id', '=', params.adviser).where('ended_at', 'is', null).execute();
  await mailLink(context, now, token);
  await context.audit('adviser.linked', params.adviser);
  return adviserById(context, params.adviser);
}

export async function endAdviser(context: Context, { params }: InputOf<typeof contract.endAdviser>): Promise<null> {
  const ended = await context.tx
    .updateTable('adviser')
    .set({ ended_at: context.now.toISOString(), email: null })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.adviser)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) throw problem('not_found');
  await context.audit('adviser.ended', params.adviser);
  return null;
}

export async function handOver(context: Context, { body }: InputOf<typeof contract.handOver>): Promise<contract.AdviserPageShown> {
  const { token, cvr, companyName, town, personName, phone, email, said, promised } = body;
  // What an adviser named by its number only is called by it: whether the centre knows the company is not told.
  const name = companyName === '' ? `CVR ${cvr}` : companyName;
  const taken = await sql<{ result: string }>`
    select vn.hand_over(${hashOf(token)}, ${context.newId()}, ${name}, ${cvr}, ${town}, ${personName}, ${phone}, ${email}, ${said}, ${promised}, ${mostADay}) result`.execute(context.tx);
  const result = taken.rows[0]?.result;
  if (result === 'too_many') throw refuse(contract.handOver, 'handovers_too_many');
  if (result !== 'taken') throw problem('not_found');
  return pageOf(context, token);
}
