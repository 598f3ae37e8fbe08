import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { importById } from '../../imports/server/public.ts';
import type { CvrSource } from '../contract.ts';
import * as contract from '../contract.ts';
import { nextUpdate } from '../model.ts';
import { fetchFromCvr } from './jobs.ts';
import { cvrSource } from './queries.ts';

export async function writeCvrUpdate(context: Context, { body }: InputOf<typeof contract.writeCvrUpdate>): Promise<CvrSource> {
  const row = { every: body.every, sizes: body.sizes, person_id: personOf(context), next_on: body.every === 'never' ? null : nextUpdate(context.today, body.every) };
  const written =
    context.version === 0
      ? await context.tx
          .insertInto('cvr_update')
          .values({ centre_id: centreOf(context), ...row })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await context.tx
          .updateTable('cvr_update')
          .set({ ...row, version: sql<number>`version + 1` })
          .where('centre_id', '=', centreOf(context))
          .where('version', '=', context.version)
          .returning('version')
          .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await cvrSource(context) });
  await context.audit('cvr_update.written', centreOf(context), { every: body.every });
  return cvrSource(context);
}

/** Null where one like it is under way. */
async function begin(context: Context, wanted: string | null, sizes: readonly string[]): Promise<string | null> {
  const id = context.newId();
  const begun = await context.tx
    .insertInto('company_import')
    .values({
      centre_id: centreOf(context),
      id,
      kind: 'extract',
      origin: 'cvr',
      wanted,
      fetching: true,
      state: 'reading',
      sizes: [...sizes],
      file_name: `CVR ${wanted ?? context.today}`,
      bytes: 0,
      file: context.newId(),
      person_id: personOf(context),
      created_at: context.now.toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (begun === undefined) return null;
  await context.audit('import.fetched', id, wanted === null ? {} : { cvr: wanted });
  await context.enqueue(fetchFromCvr, { centre: centreOf(context), person: personOf(context), import: id });
  return id;
}

export async function fetchArea(context: Context): Promise<OutputOf<typeof contract.fetchArea>> {
  const { on, area, sizes } = await cvrSource(context);
  if (!on) throw refuse(contract.fetchArea, 'cvr_off');
  if (area.length === 0) throw refuse(contract.fetchArea, 'area_missing');
  const id = await begin(context, null, sizes);
  if (id === null) throw refuse(contract.fetchArea, 'update_under_way');
  return importById(context, id);
}

export async function fetchCompany(context: Context, { body }: InputOf<typeof contract.fetchCompany>): Promise<OutputOf<typeof contract.fetchCompany>> {
  if (!context.cvr) throw refuse(contract.fetchCompany, 'cvr_off');
  const id = await begin(context, body.cvr, []);
  if (id === null) throw new Error('only updates of an area meet each other');
  return importById(context, id);
}
