import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { amountOf, rateOn, stateOn } from '../rules.ts';

type Row = Omit<contract.Funding, 'rates'> & { rates: Omit<contract.Rate, 'state'>[] };

async function read(context: Context, { id, day, retired }: { id?: string; day: string; retired: boolean }): Promise<contract.Funding[]> {
  const found = await sql<Row>`
    select f.id, f.kind, f.name, f.course_kinds "courseKinds", f.industries, f.agreement, f.text, f.link, f.retired, f.version,
           coalesce((select json_agg(json_build_object('id', r.id, 'amount', r.amount, 'unit', r.unit, 'from', lower(r.during), 'until', upper(r.during) - 1, 'source', r.source, 'version', r.version)
             order by lower(r.during) desc nulls last, r.id desc) from vn.funding_rate r where r.centre_id = f.centre_id and r.funding_id = f.id), '[]') rates
      from vn.funding f where f.centre_id = ${centreOf(context)} and (${retired} or not f.retired) and ${id === undefined ? sql`true` : sql`f.id = ${id}`}
     order by array_position('{veu,svu,fund,other,fee}', f.kind), f.name collate "da-x-icu", f.id limit 200`.execute(context.tx);
  return found.rows.map((row) => ({ ...row, rates: row.rates.map((rate) => ({ ...rate, state: stateOn(rate, day) })) }));
}

export const listFunding = (context: Context, { query }: InputOf<typeof contract.listFunding>): Promise<contract.Funding[]> =>
  read(context, { day: query.day ?? context.today, retired: query.retired === 'true' });

export async function fundingById(context: Context, id: string): Promise<contract.Funding> {
  const [found] = await read(context, { id, day: context.today, retired: true });
  if (found === undefined) throw problem('not_found');
  return found;
}

export async function readFundingHint(context: Context, { query }: InputOf<typeof contract.readFundingHint>): Promise<contract.FundingHint> {
  const all = await read(context, { day: query.day, retired: false });
  const line = (path: 'allowance' | 'fee'): contract.FundingHint['fee'] => {
    if (query[path] === undefined) return null;
    const found = all.find(({ id, kind }) => id === query[path] && (kind === 'fee') === (path === 'fee'));
    if (found === undefined) throw refuse(contract.readFundingHint, 'funding_unknown', { fields: [{ path, code: 'funding_unknown' }] });
    const rate = rateOn(found.rates, query.day);
    return { funding: found.id, name: found.name, rate, amount: rate === null ? null : amountOf(rate, query) };
  };
  const [allowance, fee] = [line('allowance'), line('fee')];
  return { allowance, fee, remains: allowance?.amount == null || fee?.amount == null ? null : fee.amount - allowance.amount };
}
