import { sql } from 'kysely';
import type { Context } from '../../../../platform/http/context.ts';

/** What a caller may say of a company that he or she holds in the queue: who sends us, in which words (row 2.29). Nothing of one that is not held. */
export async function introductionsOnCard({ tx }: Context, item: string): Promise<{ from: string; text: string }[]> {
  const found = await sql<{ said: { from: string; text: string }[] }>`select vn.card_introductions(${item}) said`.execute(tx);
  return found.rows[0]?.said ?? [];
}
