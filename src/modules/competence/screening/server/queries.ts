import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import { percentOf, results } from '../rules.ts';

type Kept = (number | null)[];
type Row = Omit<contract.Screening, 'reading' | 'maths'> & { reading: Kept; maths: Kept | null };

/** The row policies show a school its own. */
async function rows(context: Context, id: string | null): Promise<contract.Screening[]> {
  const found = await sql<Row>`
    select s.id, json_build_object('id', s.school_id, 'name', o.name) school, case when c.id is not null then json_build_object('id', c.id, 'title', k.title) end class, s.name, s.day::text, s.people, s.leaders, s.reading, s.maths, s.threshold
      from vn.screening s join vn.school o on o.centre_id = s.centre_id and o.id = s.school_id left join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id left join vn.course k on k.centre_id = c.centre_id and k.id = c.course_id
     where s.centre_id = ${centreOf(context)} and (${id}::uuid is null or s.id = ${id}::uuid) order by s.day desc, s.id desc limit 500`.execute(context.tx);
  const shown = (kept: Kept, people: number) => results.map((result, at) => ({ result, count: kept[at] ?? null, percent: kept[at] == null ? null : percentOf(kept[at], people) }));
  return found.rows.map((row) => ({ ...row, reading: shown(row.reading, row.people), maths: row.maths === null ? null : shown(row.maths, row.people) }));
}

export const listScreenings = (context: Context): Promise<contract.Screening[]> => rows(context, null);
export async function screeningById(context: Context, id: string): Promise<contract.Screening> {
  const [found] = await rows(context, id);
  if (found === undefined) throw new Error('a screening that was just written is there');
  return found;
}

interface Sum {
  groups: number;
  people: number;
  counts: number[];
}

export async function readScreeningTotals(context: Context): Promise<OutputOf<typeof contract.readScreeningTotals>> {
  const total = async (subject: 'reading' | 'maths'): Promise<contract.ScreeningTotal> => {
    const kept = sql.ref(`s.${subject}`);
    const found = await sql<Sum>`
      with groups as (select s.people, ${kept} counts from vn.screening s where s.centre_id = ${centreOf(context)} and ${kept} is not null),
           parts as (select counts from groups union all select q.counts from vn.screening_quarter q where q.centre_id = ${centreOf(context)} and q.subject = ${subject})
      select (select count(*)::int from groups) groups, (select coalesce(sum(people), 0)::int from groups) people,
             array[(select coalesce(sum(counts[1]), 0)::int from parts), (select coalesce(sum(counts[2]), 0)::int from parts), (select coalesce(sum(counts[3]), 0)::int from parts)] counts`.execute(
      context.tx,
    );
    const { groups, people, counts } = found.rows[0] as Sum;
    return { groups, people, counts: results.map((result, at) => ({ result, atLeast: counts[at] ?? 0 })), hidden: people - counts.reduce((sum, count) => sum + count, 0) };
  };
  return { reading: await total('reading'), maths: await total('maths') };
}
