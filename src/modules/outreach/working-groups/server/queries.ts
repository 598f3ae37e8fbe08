import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';

type Group = contract.WorkingGroup;
interface Row {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  purpose: string;
  criteria: Group['criteria'];
  lead_id: string;
  lead: string | null;
  lead_here: boolean;
  made_at: string;
  ended_at: string | null;
  outcome: string | null;
  open_tasks: number;
  version: number;
  members: { id: string; name: string | null; school: string | null; since: string; here: boolean }[];
}

async function read(context: Context, where: ReturnType<typeof sql<boolean>>): Promise<Group[]> {
  const { actor } = context;
  const found = await sql<Row>`
    select g.id, g.company_id, k.name company, k.town, g.purpose, g.criteria, g.lead_id, vn.person_name(g.lead_id) lead, vn.consults(g.lead_id) lead_here, g.made_at, g.ended_at, g.outcome, g.version,
        (select count(*)::int from vn.task t where t.centre_id = g.centre_id and t.working_group_id = g.id and t.done_at is null) open_tasks,
        (select json_agg(json_build_object('id', m.person_id, 'name', vn.person_name(m.person_id), 'school', s.name, 'since', m.since, 'here', vn.consults(m.person_id))
             order by m.person_id <> g.lead_id, vn.person_name(m.person_id) collate "da-x-icu", m.person_id)
           from vn.working_group_member m left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id where m.centre_id = g.centre_id and m.group_id = g.id) members
      from vn.working_group g join vn.company k on k.id = g.company_id where g.centre_id = ${centreOf(context)} and ${where}
     order by g.ended_at is not null, g.made_at desc, g.id limit 200`.execute(context.tx);
  const coordinates = actor.roles.includes('coordinator');
  const consults = actor.roles.includes('consultant');
  return found.rows.map((row) => {
    const works = row.ended_at === null;
    const leads = row.lead_id === actor.personId;
    const belongs = consults && row.members.some(({ id }) => id === actor.personId);
    return {
      id: row.id as Group['id'],
      company: { id: row.company_id as Group['company']['id'], name: row.company, town: row.town },
      purpose: row.purpose,
      criteria: row.criteria,
      lead: { id: row.lead_id as Group['lead']['id'], name: row.lead ?? '' },
      members: row.members.map(({ id, name, ...rest }) => ({ ...rest, id: id as Group['lead']['id'], name: name ?? '' })),
      startedAt: row.made_at,
      endedAt: row.ended_at,
      outcome: row.outcome,
      openTasks: row.open_tasks,
      version: row.version,
      can: { edit: works && (coordinates || belongs), handOver: works && (coordinates || (belongs && (leads || !row.lead_here))), end: works && (coordinates || (consults && leads)) },
    };
  });
}

export const workingGroups = (context: Context, { query }: InputOf<typeof contract.listWorkingGroups>): Promise<OutputOf<typeof contract.listWorkingGroups>> => {
  const within = (having: ReturnType<typeof sql>) => sql<boolean>`exists (select from vn.working_group_member m where m.centre_id = g.centre_id and m.group_id = g.id and ${having})`;
  const those = {
    mine: within(sql`m.person_id = ${context.actor.personId}`),
    gone: sql<boolean>`g.ended_at is null and ${within(sql`not vn.consults(m.person_id)`)}`,
    all: sql<boolean>`true`,
  }[query.whose];
  return read(context, query.company === undefined ? those : sql<boolean>`${those} and g.company_id = ${query.company}`);
};

/** @throws not_found */
export async function groupById(context: Context, id: string): Promise<Group> {
  const [group] = await read(context, sql<boolean>`g.id = ${id}`);
  if (group === undefined) throw problem('not_found');
  return group;
}

export const workingGroup = (context: Context, { params }: InputOf<typeof contract.readWorkingGroup>): Promise<Group> => groupById(context, params.group);
