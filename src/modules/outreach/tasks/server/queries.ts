import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listTasks, TaskShown } from '../contract.ts';

type Listed = OutputOf<typeof listTasks>[number];
interface Row {
  id: string;
  what: string;
  owner_id: string | null;
  owner: string | null;
  school: string | null;
  due: string;
  done_at: string | null;
  made_by: string;
  version: number;
  company_id: string;
  company: string;
  report_id: string | null;
}
interface Which {
  id?: string;
  reports?: readonly string[];
  company?: string;
  mine?: boolean;
}

/** Tasks by their day, those not done first. */
export async function tasksBy(context: Context, { id, reports, company, mine = false }: Which): Promise<Listed[]> {
  const { actor, today } = context;
  const found = await sql<Row>`
    select t.id, t.what, t.owner_id, vn.person_name(t.owner_id) owner, t.due::text, t.done_at, t.made_by, t.version, t.company_id, k.name company, t.report_id,
        (select s.name from vn.membership m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
          where m.centre_id = t.centre_id and m.person_id = t.owner_id and m.role = 'consultant' and m.during @> ${today}::date order by s.name limit 1) school
      from vn.task t join vn.company k on k.id = t.company_id
     where t.centre_id = ${centreOf(context)}
       and ${id === undefined ? sql`true` : sql`t.id = ${id}`} and ${reports === undefined ? sql`true` : sql`t.report_id = any (${sql.val(reports)}::uuid[])`}
       and ${company === undefined ? sql`true` : sql`t.company_id = ${company}`} and ${mine ? sql`t.owner_id = ${actor.personId} and t.done_at is null` : sql`true`}
     order by t.done_at is not null, t.due, t.id limit 500`.execute(context.tx);
  const coordinates = actor.roles.includes('coordinator');
  const consults = actor.roles.includes('consultant');
  return found.rows.map((row) => ({
    id: row.id as Listed['id'],
    what: row.what,
    owner: row.owner_id === null ? null : { id: row.owner_id as NonNullable<TaskShown['owner']>['id'], name: row.owner ?? '', school: row.school },
    due: row.due,
    doneAt: row.done_at,
    version: row.version,
    can: { finish: coordinates || (consults && (row.owner_id === actor.personId || row.made_by === actor.personId)) },
    company: { id: row.company_id as Listed['company']['id'], name: row.company },
    report: row.report_id,
  }));
}

export const tasks = (context: Context, { query }: InputOf<typeof listTasks>): Promise<OutputOf<typeof listTasks>> =>
  tasksBy(context, { mine: query.whose === 'mine', ...(query.company === undefined ? {} : { company: query.company }) });

export async function taskById(context: Context, id: string): Promise<Listed> {
  const [task] = await tasksBy(context, { id });
  if (task === undefined) throw problem('not_found');
  return task;
}
