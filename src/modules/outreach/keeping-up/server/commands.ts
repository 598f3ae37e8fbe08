import { addMonths } from '../../../../kit/calendar-day.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { keepUpOf } from './queries.ts';

/** @throws version_conflict where the plan is another one by now */
function sameVersion(context: Context, now: contract.KeepUp): void {
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
}

export async function writeKeepUp(context: Context, { params, body }: InputOf<typeof contract.writeKeepUp>): Promise<contract.KeepUp> {
  const now = await keepUpOf(context, params.company);
  if (now.first === null) throw refuse(contract.writeKeepUp, 'company_not_met');
  if (body.nextOn < context.today) throw problem('invalid', { fields: [{ path: 'nextOn', code: 'past' }] });
  sameVersion(context, now);
  const written = { person_id: personOf(context), every_months: body.everyMonths, next_on: body.nextOn, why: body.why, version: context.version + 1 };
  const kept = await context.tx
    .insertInto('keep_up')
    .values({ centre_id: centreOf(context), company_id: params.company, ...written })
    .onConflict((clash) => clash.columns(['centre_id', 'company_id']).doUpdateSet(written).where('keep_up.version', '=', context.version))
    .returning('version')
    .executeTakeFirst();
  if (kept === undefined) throw problem('version_conflict', { current: await keepUpOf(context, params.company) });
  await context.audit('keep_up.written', params.company);
  return keepUpOf(context, params.company);
}

export async function keepUpDone(context: Context, { params }: InputOf<typeof contract.keepUpDone>): Promise<contract.KeepUp> {
  const now = await keepUpOf(context, params.company);
  if (now.plan === null) throw problem('not_found');
  sameVersion(context, now);
  await context.tx
    .updateTable('keep_up')
    .set({ next_on: addMonths(context.today, now.plan.everyMonths), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('company_id', '=', params.company)
    .where('version', '=', context.version)
    .execute();
  return keepUpOf(context, params.company);
}

export async function endKeepUp(context: Context, { params }: InputOf<typeof contract.endKeepUp>): Promise<contract.KeepUp> {
  const now = await keepUpOf(context, params.company);
  if (now.plan === null) throw problem('not_found');
  sameVersion(context, now);
  await context.tx.deleteFrom('keep_up').where('centre_id', '=', centreOf(context)).where('company_id', '=', params.company).where('version', '=', context.version).execute();
  await context.audit('keep_up.ended', params.company);
  return keepUpOf(context, params.company);
}

export async function noteFirstUse(context: Context, { params, body }: InputOf<typeof contract.noteFirstUse>): Promise<contract.KeepUp> {
  const now = await keepUpOf(context, params.company);
  if (now.first === null) throw refuse(contract.noteFirstUse, 'company_not_met');
  const key = { centre_id: centreOf(context), company_id: params.company };
  if (body.use === null) await context.tx.deleteFrom('first_use').where('centre_id', '=', key.centre_id).where('company_id', '=', key.company_id).execute();
  else {
    if (body.use.day > context.today) throw problem('invalid', { fields: [{ path: 'use.day', code: 'ahead' }] });
    const written = { on_day: body.use.day, what: body.use.what, noted_by: personOf(context), noted_at: context.now.toISOString() };
    await context.tx
      .insertInto('first_use')
      .values({ ...key, ...written })
      .onConflict((clash) => clash.columns(['centre_id', 'company_id']).doUpdateSet(written))
      .execute();
  }
  await context.audit('first_use.noted', params.company);
  return keepUpOf(context, params.company);
}
