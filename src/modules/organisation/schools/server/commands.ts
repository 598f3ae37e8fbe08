import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import type { School } from '../contract.ts';
import * as contract from '../contract.ts';
import { schoolById } from './queries.ts';

export async function addSchool(context: Context, { body }: InputOf<typeof contract.addSchool>): Promise<School> {
  const id = context.newId();
  try {
    await context.tx
      .insertInto('school')
      .values({ centre_id: centreOf(context), id, ...body })
      .execute();
  } catch (error) {
    if (violates(error, 'school_name')) throw refuse(contract.addSchool, 'school_name_taken');
    throw error;
  }
  await context.audit('school.added', id, { name: body.name });
  return schoolById(context, id);
}

export async function writeSchool(context: Context, { params, body }: InputOf<typeof contract.writeSchool>): Promise<School> {
  const now = await schoolById(context, params.school);
  if (!now.can.edit) throw refuse(contract.writeSchool, 'not_your_school');
  const centre = centreOf(context);
  let written: { version: number } | undefined;
  try {
    written = await context.tx
      .updateTable('school')
      .set({
        name: body.name,
        kind: body.kind,
        town: body.town,
        ...(body.postcode === undefined ? {} : { postcode: body.postcode }),
        core_competences: body.coreCompetences,
        version: context.version + 1,
      })
      .where('centre_id', '=', centre)
      .where('id', '=', params.school)
      .where('version', '=', context.version)
      .returning('version')
      .executeTakeFirst();
  } catch (error) {
    if (violates(error, 'school_name')) throw refuse(contract.writeSchool, 'school_name_taken');
    throw error;
  }
  if (written === undefined) throw problem('version_conflict', { current: await schoolById(context, params.school) });
  await context.tx.deleteFrom('school_capability').where('centre_id', '=', centre).where('school_id', '=', params.school).execute();
  if (body.capabilities.length > 0) {
    await context.tx
      .insertInto('school_capability')
      .values(body.capabilities.map(({ kind, level, contact }) => ({ centre_id: centre, school_id: params.school, kind, level, contact })))
      .execute();
  }
  await context.audit('school.written', params.school);
  return schoolById(context, params.school);
}

export async function writeLastDay(context: Context, { params, body }: InputOf<typeof contract.writeLastDay>): Promise<School> {
  const written = await sql<{ result: string }>`select vn.school_leaves(${params.school}, ${body.lastDay}::date, ${context.version}) result`.execute(context.tx);
  const result = written.rows[0]?.result;
  if (result === 'not_found') throw problem('not_found');
  if (result === 'changed') throw problem('version_conflict', { current: await schoolById(context, params.school) });
  if (result === 'over') throw refuse(contract.writeLastDay, 'school_has_left');
  if (result === 'past') throw refuse(contract.writeLastDay, 'last_day_past', { fields: [{ path: 'lastDay', code: 'last_day_past' }] });
  await context.audit(body.lastDay === null ? 'school.stays' : 'school.leaves', params.school, { lastDay: body.lastDay });
  return schoolById(context, params.school);
}
