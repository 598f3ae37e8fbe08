import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listProgrammes as contract, Programme } from '../contract.ts';

type Row = Omit<Programme, 'retiredCourses' | 'can'>;

async function read(context: Context, { id, retired }: { id?: string; retired: boolean }): Promise<Programme[]> {
  const { actor } = context;
  const found = await sql<Row>`
    select p.id, p.kind, p.title, p.text, p.days::float8 days, p.weeks, p.retired, p.version,
           case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end school,
           (select json_agg(json_build_object('course', json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired), 'days', i.days::float8, 'gap', i.gap) order by i.no)
              from vn.programme_item i join vn.course c on c.centre_id = i.centre_id and c.id = i.course_id where i.centre_id = p.centre_id and i.programme_id = p.id) items,
           coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name) order by k.name collate "da-x-icu")
              from vn.programme_school s join vn.school k on k.centre_id = s.centre_id and k.id = s.school_id where s.centre_id = p.centre_id and s.programme_id = p.id), '[]') schools
      from vn.programme p left join vn.school o on o.centre_id = p.centre_id and o.id = p.school_id
     where p.centre_id = ${centreOf(context)} and (${retired} or not p.retired) and ${id === undefined ? sql`true` : sql`p.id = ${id}`} order by p.title collate "da-x-icu", p.id limit 500`.execute(
    context.tx,
  );
  return found.rows.map((row) => ({
    ...row,
    retiredCourses: row.items.filter(({ course }) => course.retired).length,
    can: { edit: actor.roles.includes('coordinator') || (actor.roles.includes('manager') && row.school !== null && actor.schoolId === row.school.id) },
  }));
}

export const listProgrammes = (context: Context, { query }: InputOf<typeof contract>): Promise<Programme[]> => read(context, { retired: query.retired === 'true' });

export async function programmeById(context: Context, id: string): Promise<Programme> {
  const [found] = await read(context, { id, retired: true });
  if (found === undefined) throw problem('not_found');
  return found;
}
