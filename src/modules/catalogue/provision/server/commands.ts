import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { linesOf, provision } from './queries.ts';

type Line = contract.ProvisionLine;

/** What stands, for whoever may change it. */
async function standing(
  context: Context,
  endpoint: typeof contract.writeProvision | typeof contract.removeProvision,
  { school, field }: InputOf<typeof contract.writeProvision>['params'],
): Promise<Line | undefined> {
  const known = (await provision(context)).schools.find(({ id }) => id === school);
  if (known === undefined) throw problem('not_found');
  if (!known.can.write) throw refuse(endpoint as typeof contract.writeProvision, 'provision_not_yours');
  const [now] = await linesOf(context, { school, field });
  if ((now?.version ?? 0) !== context.version) throw problem('version_conflict', now === undefined ? {} : { current: now });
  return now;
}

export async function writeProvision(context: Context, { params, body }: InputOf<typeof contract.writeProvision>): Promise<Line> {
  const before = await standing(context, contract.writeProvision, params);
  const facts = { ...body, version: context.version + 1 };
  const written =
    before === undefined
      ? await context.tx
          .insertInto('provision')
          .values({ centre_id: centreOf(context), school_id: params.school, field: params.field, ...facts })
          .onConflict((clash) => clash.doNothing())
          .returning('field')
          .executeTakeFirst()
      : await context.tx
          .updateTable('provision')
          .set(facts)
          .where('centre_id', '=', centreOf(context))
          .where('school_id', '=', params.school)
          .where('field', '=', params.field)
          .where('version', '=', context.version)
          .returning('field')
          .executeTakeFirst();
  const [now] = await linesOf(context, params);
  if (written === undefined || now === undefined) throw problem('version_conflict', now === undefined ? {} : { current: now });
  await context.audit('provision.written', params.school, { field: params.field });
  return now;
}

export async function removeProvision(context: Context, { params }: InputOf<typeof contract.removeProvision>): Promise<null> {
  if ((await standing(context, contract.removeProvision, params)) === undefined) throw problem('not_found');
  await context.tx
    .deleteFrom('provision')
    .where('centre_id', '=', centreOf(context))
    .where('school_id', '=', params.school)
    .where('field', '=', params.field)
    .where('version', '=', context.version)
    .execute();
  await context.audit('provision.removed', params.school, { field: params.field });
  return null;
}
