import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Company, listCompanies } from '../contract.ts';

const columns = ['company.id', 'cvr', 'name', 'address', 'postcode', 'town', 'phone', 'source'] as const;
/** The order people read: æ, ø and å last, aa with å. */
const byName = sql<string>`company.name collate "da-x-icu"`;

export async function companies(context: Context, { query }: InputOf<typeof listCompanies>): Promise<OutputOf<typeof listCompanies>> {
  let rows = context.tx
    .selectFrom('relation')
    .innerJoin('company', 'company.id', 'relation.company_id')
    .select(columns)
    .where('relation.centre_id', '=', centreOf(context))
    .orderBy(byName)
    .orderBy('company.id')
    .limit(query.limit + 1);
  if (query.cursor !== undefined) {
    const after = fromCursor(query.cursor, z.tuple([z.string(), z.guid()]));
    if (after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
    rows = rows.where(sql<boolean>`(${byName}, company.id) > (${after[0]} collate "da-x-icu", ${after[1]}::uuid)`);
  }
  return pageFrom((await rows.execute()) as Company[], query.limit, (last) => [last.name, last.id]);
}

/** A company of the centre; undefined when the centre has no relation to it. */
export async function companyById(context: Context, id: string): Promise<Company | undefined> {
  return (await context.tx
    .selectFrom('relation')
    .innerJoin('company', 'company.id', 'relation.company_id')
    .select(columns)
    .where('relation.centre_id', '=', centreOf(context))
    .where('company.id', '=', id)
    .executeTakeFirst()) as Company | undefined;
}
