import { sql } from 'kysely';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { type SignInRules, ways } from '../contract.ts';

export async function signInRules(context: Context): Promise<SignInRules> {
  const found = await sql<{ life_minutes: number; idle_minutes: number; ways: string[]; version: number }>`
    select r.life_minutes, r.idle_minutes, r.ways, r.version from vn.rules_of(${centreOf(context)}) r`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw new Error('there are always rules');
  return {
    lifeMinutes: row.life_minutes as SignInRules['lifeMinutes'],
    idleMinutes: row.idle_minutes as SignInRules['idleMinutes'],
    ways: ways.filter((way) => row.ways.includes(way)),
    version: row.version,
    can: { edit: context.actor.roles.includes('administrator') },
  };
}
