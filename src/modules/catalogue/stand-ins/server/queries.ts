import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { classById } from '../../classes/server/public.ts';
import type * as contract from '../contract.ts';

export async function standIns(context: Context, { params }: InputOf<typeof contract.listStandIns>): Promise<contract.StandIn[]> {
  await classById(context, params.class);
  // Whoever is away, or taken on one of the days, is left out; a loan to the class's own school takes nobody away from it.
  const found = await sql<contract.StandIn>`
    with k as (select l.id, l.school_id, l.course_id, c.field, vn.class_days(l.id) days from vn.class l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id where l.centre_id = ${centreOf(context)} and l.id = ${params.class})
    select jsonb_build_object('id', t.id, 'name', t.name) teacher, jsonb_build_object('id', s.id, 'name', s.name) school, w.way, w.course
      from k join vn.teacher t on t.centre_id = ${centreOf(context)} and not t.retired join vn.school s on s.centre_id = t.centre_id and s.id = t.school_id
      cross join lateral (select case when t.school_id = k.school_id then 'own'
        when exists (select from vn.teacher_use u where u.centre_id = t.centre_id and u.teacher_id = t.id and u.loan_id is not null and u.school_id = k.school_id and k.days <@ u.days) then 'lent'
        when t.lendable @> range_merge(k.days) then 'ask' end way,
        exists (select from vn.teacher_course x where x.centre_id = t.centre_id and x.teacher_id = t.id and x.course_id = k.course_id) course) w
     where w.way is not null and (w.course or k.field = any (t.fields))
       and not exists (select from vn.class_teacher x where x.centre_id = t.centre_id and x.class_id = k.id and x.teacher_id = t.id)
       and not exists (select from vn.teacher_absence a where a.centre_id = t.centre_id and a.teacher_id = t.id and k.days && a.during)
       and not exists (select from vn.teacher_use u where u.centre_id = t.centre_id and u.teacher_id = t.id and u.days && k.days and not u.clash and not (u.loan_id is not null and u.school_id = k.school_id))
     order by array_position(array['own', 'lent', 'ask'], w.way), w.course desc, t.name collate "da-x-icu", t.id limit 50`.execute(context.tx);
  return found.rows;
}
