import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { LeftBehind, readLeftBehind } from '../contract.ts';

export async function leftBehind({ tx }: Context, { params, query }: InputOf<typeof readLeftBehind>): Promise<LeftBehind> {
  const found = await sql<{ figures: LeftBehind | null }>`select vn.left_behind(${params.school}, ${query.lastDay}::date) figures`.execute(tx);
  const figures = found.rows[0]?.figures ?? null;
  if (figures === null) throw problem('not_found');
  return figures;
}
