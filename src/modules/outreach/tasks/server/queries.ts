import { type RawBuilder, sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';

type Listed = contract.TaskListed;
interface Row {
  id: string;
  what: string;
  state: Listed['state'];
  owner_id: string | null;
  owner: string | null;
  school: string | null;
  by_company: boolean;
  due: string;
  declined_reason: string | null;
  need_id: string | null;
  done_at: string | null;
  version: number;
  company_id: string;
  company: string;
  report_id: string | null;
  working_group_id: string | null;
  consultant_meeting_id: string | null;
  rights: string[];
}
interface Which {
  id?: string;
  reports?: readonly string[];
  company?: string | undefined;
  group?: string | undefined;
  meeting?: string;
  whose?: 'mine' | 'unowned' | 'late' | 'all';
}

/** Tasks by their day, those not done first. */
export async function tasksBy(context: Context, { id, reports, company, group, meeting, whose = 'all' }: Which): Promise<Listed[]> {
  const { actor, today } = context;
  const those = {
    mine: sql`t.owner_id = ${actor.personId} and t.done_at is null`,
    unowned: sql`t.owner_id is null and not t.by_company and t.done_at is null`,
    late: sql`t.due < ${today}::date and t.done_at is null`,
    all: sql`true`,
  }[whose];
  const only = (value: unknown, where: RawBuilder<unknown>) => (value === undefined ? sql`true` : where);
  const found = await sql<Row>`
    select t.id, t.what, t.state, t.owner_id, vn.person_name(t.owner_id) owner, t.by_company, t.due::text, t.declined_reason, t.need_id, t.done_at, t.version, t.company_id, k.name company, t.report_id,
        t.working_group_id, t.consultant_meeting_id, vn.task_rights(t) rights,
        (select s.name from vn.membership m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
          where m.centre_id = t.centre_id and m.person_id = t.owner_id and m.role = 'consultant' and m.during @> ${today}::date order by s.name limit 1) school
      from vn.task t join vn.company k on k.id = t.company_id
     where t.centre_id = ${centreOf(context)} and ${those}
       and ${only(id, sql`t.id = ${id}`)} and ${only(reports, sql`t.report_id = any (${sql.val(reports)}::uuid[])`)}
       and ${only(company, sql`t.company_id = ${company}`)} and ${only(group, sql`t.working_group_id = ${group}`)} and ${only(meeting, sql`t.consultant_meeting_id = ${meeting}`)}
     order by t.done_at is not null, t.due, t.id limit 500`.execute(context.tx);
  return found.rows.map((row) => ({
    id: row.id as Listed['id'],
    what: row.what,
    state: row.state,
    owner: row.owner_id === null ? null : { id: row.owner_id as NonNullable<Listed['owner']>['id'], name: row.owner ?? '', school: row.school },
    byCompany: row.by_company,
    due: row.due,
    reason: row.declined_reason,
    need: row.need_id as Listed['need'],
    doneAt: row.done_at,
    version: row.version,
    can: { finish: row.rights.includes('finish'), answer: row.rights.includes('answer'), take: row.rights.includes('take'), give: row.rights.includes('give') },
    company: { id: row.company_id as Listed['company']['id'], name: row.company },
    report: row.report_id,
    group: row.working_group_id as Listed['group'],
    meeting: row.consultant_meeting_id as Listed['meeting'],
  }));
}

export const tasks = (context: Context, { query }: InputOf<typeof contract.listTasks>): Promise<OutputOf<typeof contract.listTasks>> => tasksBy(context, query);

export async function taskById(context: Context, id: string): Promise<Listed> {
  const [task] = await tasksBy(context, { id });
  if (task === undefined) throw problem('not_found');
  return task;
}

export async function task(context: Context, { params }: InputOf<typeof contract.readTask>): Promise<OutputOf<typeof contract.readTask>> {
  const it = await taskById(context, params.task);
  const story = await sql<OutputOf<typeof contract.readTask>['story'][number]>`
    select at, vn.person_name(person_id) "by", kind, vn.person_name(owner_id) owner, due::text, reason from vn.task_event
     where centre_id = ${centreOf(context)} and task_id = ${params.task} order by no`.execute(context.tx);
  return { ...it, story: story.rows };
}
