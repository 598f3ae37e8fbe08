import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { classById } from '../../classes/server/public.ts';
import * as contract from '../contract.ts';

/** A class for whoever works for its school, or wears the coordinator's hat. @throws not_found, class_not_yours */
export async function ownClass(context: Context, id: string) {
  const it = await classById(context, id);
  const { actor } = context;
  if (!actor.roles.includes('coordinator') && actor.schoolId !== it.school.id) throw refuse(contract.readTeacherBrief, 'class_not_yours');
  return it;
}

export async function briefOf(context: Context, id: string): Promise<contract.Brief> {
  const it = await ownClass(context, id);
  const { actor, tx } = context;
  const centre = centreOf(context);
  const about = await sql<{ goal: string }>`select c.goal from vn.course c where c.centre_id = ${centre} and c.id = ${it.course.id}`.execute(tx);
  const said = await sql<{ no: number; begun: boolean; present: number | null }>`
    select s.no::int, lower(s.during) <= ${context.now.toISOString()}::timestamptz begun, a.heads::int present from vn.class_session s
      left join vn.class_attendance a on a.centre_id = s.centre_id and a.class_id = s.class_id and a.starts = lower(s.during) where s.centre_id = ${centre} and s.class_id = ${id}`.execute(tx);
  const bySession = new Map(said.rows.map((row) => [row.no, row]));
  const groups = await sql<contract.Brief['groups'][number]>`
    select k.name company, sum(t.heads)::int heads, string_agg(nullif(t.needs, ''), E'\n' order by t.no) needs from vn.seat t join vn.company k on k.id = t.company_id
     where t.centre_id = ${centre} and t.class_id = ${id} and t.state = 'taken' group by k.id, k.name order by k.name collate "da-x-icu", k.id`.execute(tx);
  const part = (
    range: 'was' | 'became',
  ) => sql`jsonb_build_object('day', to_char(lower(${sql.ref(`m.${range}`)}) at time zone ${actor.zone}, 'YYYY-MM-DD'), 'starts', to_char(lower(${sql.ref(`m.${range}`)}) at time zone ${actor.zone}, 'HH24:MI'),
    'ends', to_char(upper(${sql.ref(`m.${range}`)}) at time zone ${actor.zone}, 'HH24:MI'))`;
  const moves = await sql<contract.Brief['moves'][number]>`
    select m.moved_at at, ${part('was')} was, ${part('became')} became, m.because from vn.session_move m where m.centre_id = ${centre} and m.class_id = ${id} order by m.moved_at, m.id`.execute(tx);
  const open = it.state !== 'cancelled';
  return {
    title: it.title,
    school: it.school.name,
    place: [it.place.name, it.place.street, [it.place.postcode ?? '', it.place.town].join(' ').trim()].filter((each) => each !== '').join(', '),
    goal: about.rows[0]?.goal ?? '',
    starts: it.starts,
    ends: it.ends,
    state: it.state,
    sessions: it.sessions.map((each) => ({ ...each, begun: bySession.get(each.no)?.begun ?? false, present: bySession.get(each.no)?.present ?? null })),
    groups: groups.rows.map((row) => ({ ...row, needs: row.needs ?? '' })),
    elsewhere: it.takenElsewhere,
    moves: moves.rows,
    version: it.version,
    can: { mark: open, move: open && (actor.roles.includes('coordinator') || actor.roles.includes('manager')) },
  };
}
export const teacherBrief = (context: Context, { params }: InputOf<typeof contract.readTeacherBrief>): Promise<contract.Brief> => briefOf(context, params.class);
