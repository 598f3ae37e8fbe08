import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { needById, ownNeeds } from './queries.ts';

type Facts = InputOf<typeof contract.writePooledNeed>['body'];
type Sheet = contract.PooledNeedSheet;

const columns = ({ course, field, what, heads, earliest, latest, weekdays, parts, km, fit, urgency, meet }: Facts) => ({
  course_id: course,
  field,
  what,
  heads,
  earliest,
  latest,
  weekdays: weekdays.toSorted(),
  parts,
  km,
  fit,
  urgency,
  meet,
});

/** The facts with the field of the course, where one is named: needs of one course are about the same. */
async function settled<F extends Facts>(context: Context, facts: F): Promise<F> {
  const { course } = facts;
  if (course === null) return facts;
  const known = await context.tx.selectFrom('course').select('field').where('centre_id', '=', centreOf(context)).where('id', '=', course).where('retired', '=', false).executeTakeFirst();
  if (known === undefined) throw refuse(contract.addPooledNeed, 'course_unknown', { fields: [{ path: 'course', code: 'course_unknown' }] });
  return { ...facts, field: known.field as F['field'] };
}

export async function addPooledNeed(context: Context, { body }: InputOf<typeof contract.addPooledNeed>): Promise<Sheet> {
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.company).executeTakeFirst();
  if (known === undefined) throw refuse(contract.addPooledNeed, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const facts = await settled(context, body);
  const id = context.newId();
  await context.tx
    .insertInto('pooled_need')
    .values({ centre_id: centre, id, company_id: body.company, ...columns(facts), person_id: personOf(context), made_at: context.now.toISOString() })
    .execute();
  await context.audit('pooled_need.added', id);
  return needById(context, id);
}

/** An open need as the writer saw it, held until the end of the transaction. */
async function open(context: Context, endpoint: typeof contract.writePooledNeed | typeof contract.withdrawPooledNeed, id: string): Promise<Sheet> {
  await sql`select from vn.pooled_need where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const now = await needById(context, id);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (now.state !== 'open') throw refuse(endpoint as typeof contract.withdrawPooledNeed, 'need_not_open');
  return now;
}

export async function writePooledNeed(context: Context, { params, body }: InputOf<typeof contract.writePooledNeed>): Promise<Sheet> {
  await open(context, contract.writePooledNeed, params.need);
  const facts = await settled(context, body);
  await context.tx
    .updateTable('pooled_need')
    .set({ ...columns(facts), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.need)
    .execute();
  await context.audit('pooled_need.written', params.need);
  return needById(context, params.need);
}

export async function withdrawPooledNeed(context: Context, { params }: InputOf<typeof contract.withdrawPooledNeed>): Promise<Sheet> {
  await open(context, contract.withdrawPooledNeed, params.need);
  await context.tx
    .updateTable('pooled_need')
    .set({ state: 'withdrawn', version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.need)
    .execute();
  await context.audit('pooled_need.withdrawn', params.need);
  return needById(context, params.need);
}

export async function writeOwnNeed(context: Context, { body }: InputOf<typeof contract.writeOwnNeed>): Promise<contract.OwnNeeds> {
  const { token, need, ...facts } = body;
  const written = await sql<{ result: string }>`
    select vn.write_need_on_page(${tokenHash(token)}, ${need?.id ?? context.newId()}, ${need?.version ?? 0}, ${JSON.stringify(columns(facts))}::jsonb) result`.execute(context.tx);
  switch (written.rows[0]?.result) {
    case 'gone':
      throw refuse(contract.writeOwnNeed, 'page_gone');
    case 'changed':
      throw refuse(contract.writeOwnNeed, 'need_changed');
    case 'too_many':
      throw refuse(contract.writeOwnNeed, 'too_many_needs');
    case 'unknown':
      throw refuse(contract.writeOwnNeed, 'need_unknown');
    case 'course':
      throw refuse(contract.writeOwnNeed, 'course_unknown', { fields: [{ path: 'course', code: 'course_unknown' }] });
    default:
      return ownNeeds(context, { body });
  }
}

export async function withdrawOwnNeed(context: Context, { body }: InputOf<typeof contract.withdrawOwnNeed>): Promise<contract.OwnNeeds> {
  const done = await sql<{ result: string }>`select vn.withdraw_need_on_page(${tokenHash(body.token)}, ${body.need}) result`.execute(context.tx);
  if (done.rows[0]?.result === 'gone') throw refuse(contract.withdrawOwnNeed, 'page_gone');
  if (done.rows[0]?.result === 'unknown') throw refuse(contract.withdrawOwnNeed, 'need_unknown');
  return ownNeeds(context, { body });
}
