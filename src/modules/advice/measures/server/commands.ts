import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { incentiveById, measures } from './queries.ts';

export async function writeMeasure(context: Context, { params, body }: InputOf<typeof contract.writeMeasure>): Promise<contract.Measure> {
  const { schools, measures: all, people } = await measures(context);
  const school = schools.find(({ id }) => id === params.school);
  if (school === undefined) throw problem('not_found');
  if (!school.can.write) throw refuse(contract.writeMeasure, 'measure_not_yours');
  if (!people.some(({ id, school: at }) => id === body.owner && (at === null || at === params.school)))
    throw refuse(contract.writeMeasure, 'measure_owner', { fields: [{ path: 'owner', code: 'measure_owner' }] });
  const now = all.find((each) => each.school === params.school && each.kind === params.kind);
  const facts = sql`owner_id = ${body.owner}, due = ${body.due}::date, done_on = ${body.doneOn}::date, note = ${body.note}, version = ${context.version + 1}`;
  const written = await sql`
    insert into vn.measure as m (centre_id, school_id, kind, owner_id, due, done_on, note, version)
      values (${centreOf(context)}, ${params.school}, ${params.kind}, ${body.owner}, ${body.due}::date, ${body.doneOn}::date, ${body.note}, 1)
      on conflict (centre_id, school_id, kind) do update set ${facts} where m.version = ${context.version} returning version`.execute(context.tx);
  // Whoever saw a version that is gone finds nothing to write over, whoever saw none finds one there.
  if (written.rows.length === 0 || (now?.version ?? 0) !== context.version) throw problem('version_conflict', { current: now });
  await context.audit('measure.written', params.school, { kind: params.kind });
  const after = (await measures(context)).measures.find((each) => each.school === params.school && each.kind === params.kind);
  if (after === undefined) throw new Error('a measure that was written is there');
  return after;
}

type Written = InputOf<typeof contract.addIncentive>['body'];
const forwards = (endpoint: typeof contract.addIncentive, { since, until }: Written) => {
  if (until !== null && until < since) throw refuse(endpoint, 'incentive_backwards', { fields: [{ path: 'until', code: 'incentive_backwards' }] });
};
const columns = ({ kind, what, since, until, openTo }: Written) => ({ kind, what, since, until, open_to: openTo });

export async function addIncentive(context: Context, { body }: InputOf<typeof contract.addIncentive>): Promise<contract.Incentive> {
  forwards(contract.addIncentive, body);
  const { schoolId } = context.actor;
  if (schoolId === null) throw problem('forbidden');
  const id = context.newId();
  await context.tx
    .insertInto('incentive')
    .values({ centre_id: centreOf(context), id, school_id: schoolId, written_by: personOf(context), ...columns(body) })
    .execute();
  await context.audit('incentive.added', id);
  return incentiveById(context, id);
}

/** @returns what stands, for whoever wrote it */
async function ownIncentive(context: Context, endpoint: typeof contract.writeIncentive, id: string): Promise<contract.Incentive> {
  const now = await incentiveById(context, id);
  if (!now.can.write) throw refuse(endpoint, 'incentive_not_yours');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}

export async function writeIncentive(context: Context, { params, body }: InputOf<typeof contract.writeIncentive>): Promise<contract.Incentive> {
  forwards(contract.writeIncentive as unknown as typeof contract.addIncentive, body);
  const now = await ownIncentive(context, contract.writeIncentive, params.incentive);
  const written = await context.tx
    .updateTable('incentive')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.incentive)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: now });
  await context.audit('incentive.written', params.incentive);
  return incentiveById(context, params.incentive);
}

export async function removeIncentive(context: Context, { params }: InputOf<typeof contract.removeIncentive>): Promise<null> {
  await ownIncentive(context, contract.removeIncentive as unknown as typeof contract.writeIncentive, params.incentive);
  await context.tx.deleteFrom('incentive').where('centre_id', '=', centreOf(context)).where('id', '=', params.incentive).where('version', '=', context.version).execute();
  await context.audit('incentive.removed', params.incentive);
  return null;
}
