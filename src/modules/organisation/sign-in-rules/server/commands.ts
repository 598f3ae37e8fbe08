import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { signInRules } from './queries.ts';

export async function writeSignInRules(context: Context, { body }: InputOf<typeof contract.writeSignInRules>): Promise<OutputOf<typeof contract.writeSignInRules>> {
  const ways = contract.ways.filter((way) => body.ways.includes(way));
  if (!ways.includes('mail') && !ways.includes('provider')) throw refuse(contract.writeSignInRules, 'no_way_left');
  const written = await sql<{ result: 'done' | 'changed' | 'no_way' | 'locks_out'; ended: number }>`
    select * from vn.write_sign_in_rules(${body.lifeMinutes}, ${body.idleMinutes}, ${ways}::text[], ${context.version}, ${context.actor.sessionId})`.execute(context.tx);
  const { result, ended } = written.rows[0] ?? { result: 'changed', ended: 0 };
  if (result === 'changed') throw problem('version_conflict', { current: await signInRules(context) });
  if (result !== 'done') throw refuse(contract.writeSignInRules, result === 'no_way' ? 'no_way_left' : 'would_lock_out');
  await context.audit('sign_in_rules.written', centreOf(context), { lifeMinutes: body.lifeMinutes, idleMinutes: body.idleMinutes, ways, ended });
  return { ...(await signInRules(context)), ended };
}
