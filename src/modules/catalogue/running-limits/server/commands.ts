import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { limitsOf, speaksFor } from './queries.ts';

export async function writeLimits(context: Context, { params, body }: InputOf<typeof contract.writeRunningLimits>): Promise<contract.RunningLimits> {
  await limitsOf(context, params.school);
  if (!speaksFor(context, params.school)) throw refuse(contract.writeRunningLimits, 'limits_not_yours');
  const rooms = Object.fromEntries(body.rooms.map((each) => [each.town, each.rooms]));
  const teachers = Object.fromEntries(body.teachers.map((each) => [each.field, each.teachers]));
  const [school, said] = [params.school, [JSON.stringify(rooms), JSON.stringify(teachers)] as const];
  const changed =
    context.version === 0
      ? await sql`
    insert into vn.running_limit (centre_id, school_id, rooms, teachers) values (${centreOf(context)}, ${school}, ${said[0]}::jsonb, ${said[1]}::jsonb) on conflict do nothing returning version`.execute(
          context.tx,
        )
      : await sql`
    update vn.running_limit set rooms = ${said[0]}::jsonb, teachers = ${said[1]}::jsonb, version = version + 1
     where centre_id = ${centreOf(context)} and school_id = ${school} and version = ${context.version} returning version`.execute(context.tx);
  if (changed.rows.length === 0) throw problem('version_conflict', { current: await limitsOf(context, school) });
  await context.audit('school.running_limits_written', school, body);
  return limitsOf(context, school);
}
