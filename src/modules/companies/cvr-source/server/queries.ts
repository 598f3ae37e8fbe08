import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { CvrSource } from '../contract.ts';

const usual: CvrSource['sizes'] = ['micro', 'small', 'unknown'];

export async function cvrSource(context: Context): Promise<CvrSource> {
  const centre = centreOf(context);
  const area = await context.tx
    .selectFrom('centre_area as a')
    .innerJoin('municipality as m', 'm.code', 'a.municipality')
    .select('m.name')
    .where('a.centre_id', '=', centre)
    .orderBy('m.name')
    .execute();
  const plan = await context.tx.selectFrom('cvr_update').selectAll().where('centre_id', '=', centre).executeTakeFirst();
  const underWay = await context.tx
    .selectFrom('company_import')
    .select('id')
    .where('centre_id', '=', centre)
    .where('origin', '=', 'cvr')
    .where('wanted', 'is', null)
    .where('state', 'in', ['received', 'reading', 'ready', 'applying'])
    .executeTakeFirst();
  return {
    on: context.cvr,
    area: area.map(({ name }) => name),
    every: (plan?.every ?? 'never') as CvrSource['every'],
    sizes: (plan?.sizes ?? usual) as CvrSource['sizes'],
    nextOn: plan?.next_on ?? null,
    underWay: (underWay?.id ?? null) as CvrSource['underWay'],
    version: plan?.version ?? 0,
  };
}
