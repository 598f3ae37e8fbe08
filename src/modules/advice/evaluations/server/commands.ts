import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { noticeDays } from '../rules.ts';
import { tellAnnounced } from './jobs.ts';
import { evaluationById } from './queries.ts';

export async function announceEvaluation(context: Context, { body }: InputOf<typeof contract.announceEvaluation>): Promise<contract.Evaluation> {
  if (body.to < body.from) throw refuse(contract.announceEvaluation, 'evaluation_backwards', { fields: [{ path: 'to', code: 'evaluation_backwards' }] });
  if (body.usableOn < shiftDay(context.today, noticeDays) || body.usableOn <= body.to)
    throw refuse(contract.announceEvaluation, 'evaluation_too_soon', { fields: [{ path: 'usableOn', code: 'evaluation_too_soon' }] });
  const id = context.newId();
  await sql`
    insert into vn.evaluation (centre_id, id, purpose, criteria, during, announced_on, announced_by, usable_on)
      values (${centreOf(context)}, ${id}, ${body.purpose}, ${body.criteria}, daterange(${body.from}::date, ${body.to}::date, '[]'), ${context.today}::date, ${personOf(context)}, ${body.usableOn}::date)`
    .execute(context.tx)
    .catch((error: unknown) => {
      throw violates(error, 'evaluation_apart') ? refuse(contract.announceEvaluation, 'evaluation_overlaps', { fields: [{ path: 'from', code: 'evaluation_overlaps' }] }) : error;
    });
  await context.audit('evaluation.announced', id);
  const announced = await evaluationById(context, id);
  await tellAnnounced(context, announced);
  return announced;
}

export async function callOffEvaluation(context: Context, { params, body }: InputOf<typeof contract.callOffEvaluation>): Promise<contract.Evaluation> {
  const now = await evaluationById(context, params.evaluation);
  if (now.state !== 'announced') throw refuse(contract.callOffEvaluation, 'evaluation_over');
  const called = await context.tx
    .updateTable('evaluation')
    .set({ called_off_at: context.now.toISOString(), called_off_because: body.reason, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.evaluation)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (called === undefined) throw problem('version_conflict', { current: now });
  await context.audit('evaluation.called_off', params.evaluation);
  return evaluationById(context, params.evaluation);
}
