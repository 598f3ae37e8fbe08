import { sql } from 'kysely';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { NeedShown, NeedWritten } from '../contract.ts';

/**
 * Writes the needs that a report says, in its transaction: new ones are added, those with an id are corrected, and others of the report that are no longer
 * said are taken away.
 * @param source the report they stand in, or what else says them where they are not `reported`
 * @returns their ids in the order given
 * @throws invalid for an id that is none of this report's
 */
export async function writeNeeds(context: Context, company: string, source: string, needs: readonly NeedWritten[], reported = true): Promise<string[]> {
  const centre = centreOf(context);
  const before = await context.tx.selectFrom('need').select('id').where('centre_id', '=', centre).where('source_id', '=', source).execute();
  const stray = needs.findIndex(({ id }) => id !== null && !before.some((each) => each.id === id));
  if (stray !== -1) throw problem('invalid', { fields: [{ path: `needs.${stray}.id`, code: 'unknown' }] });
  const ids = needs.map(({ id }) => id ?? context.newId());
  const gone = before.filter(({ id }) => !ids.includes(id as NeedShown['id'])).map(({ id }) => id);
  if (gone.length > 0) await context.tx.deleteFrom('need').where('centre_id', '=', centre).where('id', 'in', gone).execute();
  for (const [place, { what, term, fit, field, people }] of needs.entries())
    await context.tx
      .insertInto('need')
      .values({
        centre_id: centre,
        id: ids[place] ?? '',
        company_id: company,
        what,
        term,
        fit,
        field,
        people,
        source_id: source,
        reported,
        place,
        noted_by: personOf(context),
        noted_at: context.now.toISOString(),
      })
      .onConflict((clash) => clash.columns(['centre_id', 'id']).doUpdateSet({ what, term, fit, field, people, place }))
      .execute();
  return ids;
}

/** The needs that these reports say, in their order. */
export async function needsFrom(context: Context, sources: readonly string[]): Promise<Map<string, NeedShown[]>> {
  const found = await sql<NeedShown & { source: string }>`
    select source_id source, id, what, term, fit, field, people from vn.need where centre_id = ${centreOf(context)} and source_id = any (${sql.val(sources)}::uuid[]) order by source_id, place`.execute(
    context.tx,
  );
  const needs = new Map<string, NeedShown[]>();
  for (const { source, ...need } of found.rows) needs.set(source, [...(needs.get(source) ?? []), need]);
  return needs;
}

/**
 * Says which schools a report or a referral points the company to, for which need; what it said before is forgotten (rows 3.01, 3.02). Nobody reads the rows:
 * they are counted for an evaluation that was announced.
 * @param day of the visit or the referral
 */
export async function pointTo(context: Context, company: string, source: string, day: string, pointed: readonly { need: string; school: string }[]): Promise<void> {
  await sql`select vn.point(${source}, ${day}::date, ${company}, ${sql.val(pointed.map(({ need }) => need))}::uuid[], ${sql.val(pointed.map(({ school }) => school))}::uuid[])`.execute(context.tx);
}
