import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listProvision, ProvisionLine } from '../contract.ts';

type Answer = OutputOf<typeof listProvision>;

/** @param one only this school's outline of this field */
export async function linesOf(context: Context, one?: { school: string; field: string }): Promise<ProvisionLine[]> {
  const found = await sql<ProvisionLine>`
    select school_id school, field, industries, municipalities, version from vn.provision where centre_id = ${centreOf(context)}
      and ${one === undefined ? sql`true` : sql`school_id = ${one.school} and field = ${one.field}`} order by school_id, field`.execute(context.tx);
  return found.rows;
}

export async function provision(context: Context): Promise<Answer> {
  const { actor } = context;
  const schools = await sql<{ id: Answer['schools'][number]['id']; name: string }>`select id, name from vn.school where centre_id = ${centreOf(context)} order by name collate "da-x-icu"`.execute(
    context.tx,
  );
  return {
    schools: schools.rows.map((school) => ({ ...school, can: { write: actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school.id) } })),
    lines: await linesOf(context),
  };
}
