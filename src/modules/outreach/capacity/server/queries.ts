import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { mondayOf } from '../../../../kit/week.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { openWeeks } from '../../meetings/server/public.ts';
import type { readCapacity, readOpenWeeks } from '../contract.ts';
import { mayAgree } from '../rules.ts';

type Row = OutputOf<typeof readCapacity>['rows'][number];
type Who = Pick<Row, 'scope' | 'id' | 'name' | 'schoolId'>;

/** Whose figures the person asking sees, in the order of the page: the centre, schools and consultants by name. */
export async function scopes(context: Context): Promise<Who[]> {
  const { actor, tx, today } = context;
  const centre = centreOf(context);
  const coordinator = actor.roles.includes('coordinator');
  const own = actor.roles.includes('manager') ? actor.schoolId : null;
  const found = await sql<{ scope: Row['scope']; id: string; name: string; school_id: string | null }>`
    select 'centre' "scope", c.id, c.name, null::uuid school_id, 0 place from vn.centre c where c.id = ${centre} and ${coordinator}
    union all
    select 'school', s.id, s.name, s.id, 1 from vn.school s where s.centre_id = ${centre} and vn.school_here(s.id, ${today}::date) and (${coordinator} or s.id = ${own}::uuid)
    union all
    select 'consultant', x.person_id, vn.person_name(x.person_id), x.school_id, 2 from (
      select distinct on (m.person_id) m.person_id, m.school_id from vn.membership m
       where m.centre_id = ${centre} and m.role = 'consultant' and m.during @> ${today}::date order by m.person_id, m.school_id nulls last) x
     where ${coordinator} or x.school_id = ${own}::uuid or x.person_id = ${actor.personId}::uuid
    order by place, 3`.execute(tx);
  return found.rows.map(({ scope, id, name, school_id }) => ({ scope, id, name, schoolId: school_id }));
}

export async function capacity(context: Context, { query }: InputOf<typeof readCapacity>): Promise<OutputOf<typeof readCapacity>> {
  const first = query.from ?? mondayOf(context.today);
  const weeks = Array.from({ length: query.count }, (_, at) => shiftDay(first, 7 * at));
  const cells = await context.tx.selectFrom('capacity').select(['scope', 'scope_id', 'week', 'agreed', 'used']).where('centre_id', '=', centreOf(context)).where('week', 'in', weeks).execute();
  const byKey = new Map(cells.map((cell) => [`${cell.scope} ${cell.scope_id} ${cell.week}`, cell]));
  return {
    weeks,
    rows: (await scopes(context)).map((who) => ({
      ...who,
      weeks: weeks.map((week) => {
        const cell = byKey.get(`${who.scope} ${who.id} ${week}`);
        return { week, agreed: cell?.agreed ?? null, used: cell?.used ?? 0 };
      }),
      can: { edit: mayAgree(context.actor, who) },
    })),
  };
}

export const openWeeksAhead = (context: Context): Promise<OutputOf<typeof readOpenWeeks>> => openWeeks(context, 7);
