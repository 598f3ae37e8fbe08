import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { sectionOf } from '../../../../kit/industries.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { provision } from '../../../catalogue/provision/server/public.ts';
import type { readOverlap } from '../contract.ts';
import { cellsOfField, type Market, pairsOf } from '../model.ts';

export async function overlap(context: Context, { query }: InputOf<typeof readOverlap>): Promise<OutputOf<typeof readOverlap>> {
  const { schools, lines } = await provision(context);
  const found = await sql<{ division: string; municipality: string; companies: number }>`
    select left(k.industry_code, 2) division, k.municipality, count(*)::int companies from vn.relation r join vn.company k on k.id = r.company_id
     where r.centre_id = ${centreOf(context)} and k.status <> 'ceased' and k.industry_code is not null and k.municipality is not null group by 1, 2`.execute(context.tx);
  const markets = new Map<string, Market>();
  for (const { division, municipality, companies } of found.rows) {
    const section = sectionOf(division);
    if (section === null) continue;
    const key = `${section} ${municipality}`;
    markets.set(key, { section, municipality, companies: companies + (markets.get(key)?.companies ?? 0) });
  }
  const market = [...markets.values()].sort((one, other) => (one.section + one.municipality < other.section + other.municipality ? -1 : 1));
  const ids = schools.map(({ id }) => id);
  return {
    schools: schools.map(({ id, name }) => ({ id, name })),
    municipalities: [...new Set(market.map(({ municipality }) => municipality))].sort(),
    cells: cellsOfField(ids, lines, market, query.field),
    pairs: pairsOf(ids, lines, market),
  };
}
