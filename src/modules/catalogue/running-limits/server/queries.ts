import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { taughtFields } from '../../provision/contract.ts';
import type * as contract from '../contract.ts';

/** Whether somebody leads that school, or wears the coordinator's hat. */
export const speaksFor = ({ actor }: Pick<Context, 'actor'>, school: string): boolean => actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school);

/** @throws not_found */
export async function limitsOf(context: Context, school: string): Promise<contract.RunningLimits> {
  const found = await sql<{ rooms: Record<string, number> | null; teachers: Record<string, number> | null; version: number | null; towns: string[] }>`
    select l.rooms, l.teachers, l.version, array(select distinct t from (select s.town t union all select c.town from vn.class c where c.centre_id = s.centre_id and c.school_id = s.id) towns where t <> '' order by t) towns
      from vn.school s left join vn.running_limit l on l.centre_id = s.centre_id and l.school_id = s.id where s.centre_id = ${centreOf(context)} and s.id = ${school}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  const rooms = new Map(Object.entries(row.rooms ?? {}));
  const teachers = new Map(Object.entries(row.teachers ?? {}));
  const towns = [...new Set([...row.towns, ...rooms.keys()])].sort((a, b) => a.localeCompare(b, 'da'));
  return {
    rooms: towns.map((town) => ({ town, rooms: rooms.get(town) ?? null })),
    teachers: taughtFields.map((field) => ({ field, teachers: teachers.get(field) ?? null })),
    version: row.version ?? 0,
    can: { edit: speaksFor(context, school) },
  };
}

export const readLimits = (context: Context, { params }: InputOf<typeof contract.readRunningLimits>): Promise<contract.RunningLimits> => limitsOf(context, params.school);
