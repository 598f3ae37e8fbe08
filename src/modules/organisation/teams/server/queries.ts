import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listTeams } from '../contract.ts';

type Team = OutputOf<typeof listTeams>[number];

export async function teams(context: Context): Promise<Team[]> {
  const rows = await context.tx.selectFrom('team').selectAll().where('centre_id', '=', centreOf(context)).orderBy(sql`name collate "da-x-icu"`).execute();
  const members = await sql<{ team_id: string; person_id: string; name: string; task: string }>`
    select m.team_id, m.person_id, p.name, m.task from vn.team_member m join vn.people() p on p.id = m.person_id where m.centre_id = ${centreOf(context)} order by p.name collate "da-x-icu", p.id`.execute(
    context.tx,
  );
  const { roles } = context.actor;
  return rows.map((row) => ({
    id: row.id as Team['id'],
    name: row.name,
    market: row.market,
    members: members.rows.filter(({ team_id }) => team_id === row.id).map(({ person_id, name, task }) => ({ personId: person_id as Team['members'][number]['personId'], name, task })),
    version: row.version,
    can: { edit: roles.includes('coordinator') || roles.includes('administrator') },
  }));
}

export async function teamById(context: Context, id: string): Promise<Team> {
  const found = (await teams(context)).find((each) => each.id === id);
  if (found === undefined) throw problem('not_found');
  return found;
}
