import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { teamById } from './queries.ts';

type Team = OutputOf<typeof contract.addTeam>;
type Facts = InputOf<typeof contract.addTeam>['body'];

async function writeMembers<E extends Endpoint>(context: Context, endpoint: E, team: string, members: Facts['members']): Promise<void> {
  await context.tx.deleteFrom('team_member').where('centre_id', '=', centreOf(context)).where('team_id', '=', team).execute();
  if (members.length === 0) return;
  const ids = members.map(({ personId }) => personId);
  const known = await sql<{ count: number }>`select count(*) count from vn.people() p where p.id = any(${ids}::uuid[])`.execute(context.tx);
  if (known.rows[0]?.count !== ids.length) throw refuse(endpoint, 'not_of_the_centre' as ErrorOf<E>);
  await context.tx
    .insertInto('team_member')
    .values(members.map(({ personId, task }) => ({ centre_id: centreOf(context), team_id: team, person_id: personId, task })))
    .execute();
}

/** Two teams of one name would be mixed up in speech. */
async function named<E extends Endpoint, T>(endpoint: E, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violates(error, 'team_name')) throw refuse(endpoint, 'team_name_taken' as ErrorOf<E>);
    throw error;
  }
}

export async function addTeam(context: Context, { body }: InputOf<typeof contract.addTeam>): Promise<Team> {
  const id = context.newId();
  await named(contract.addTeam, () =>
    context.tx
      .insertInto('team')
      .values({ centre_id: centreOf(context), id, name: body.name, market: body.market })
      .execute(),
  );
  await writeMembers(context, contract.addTeam, id, body.members);
  await context.audit('team.formed', id, { name: body.name });
  return teamById(context, id);
}

export async function writeTeam(context: Context, { params, body }: InputOf<typeof contract.writeTeam>): Promise<Team> {
  await teamById(context, params.team);
  const written = await named(contract.writeTeam, () =>
    context.tx
      .updateTable('team')
      .set({ name: body.name, market: body.market, version: context.version + 1 })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.team)
      .where('version', '=', context.version)
      .returning('version')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: await teamById(context, params.team) });
  await writeMembers(context, contract.writeTeam, params.team, body.members);
  await context.audit('team.written', params.team);
  return teamById(context, params.team);
}

export async function dissolveTeam(context: Context, { params }: InputOf<typeof contract.dissolveTeam>): Promise<null> {
  const team = await teamById(context, params.team);
  await context.tx.deleteFrom('team').where('centre_id', '=', centreOf(context)).where('id', '=', params.team).execute();
  await context.audit('team.dissolved', params.team, { name: team.name });
  return null;
}
