import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { mayGive, placeFits } from '../../people/server/public.ts';
import * as contract from '../contract.ts';

/** Makes a key and answers it this once. */
export async function makeKey(context: Context, { body }: InputOf<typeof contract.makeKey>): Promise<OutputOf<typeof contract.makeKey>> {
  const { machine } = body;
  const { roles, schoolId } = context.actor;
  // The database asks the same (vn.may_give_key); here it gets its words.
  const gives = machine === null || roles.includes('administrator') || (roles.includes('manager') && mayGive({ roles: ['manager'], schoolId }, machine.role, machine.schoolId));
  if (!gives) throw refuse(contract.makeKey, 'key_not_yours_to_give');
  if (machine !== null && !placeFits(machine.role, machine.schoolId, machine.organisationId)) throw refuse(contract.makeKey, 'place_does_not_fit_key');
  const key = `vejnet_${randomBytes(32).toString('base64url')}`;
  const id = context.newId();
  const expires = new Date(context.now.getTime() + body.days * 24 * 3600_000).toISOString();
  const hash = createHash('sha256').update(key).digest();
  const made = await sql<{ result: string }>`
    select vn.make_key(${id}, ${context.actor.sessionId}, ${machine === null ? null : context.newId()}, ${body.name}, ${key.slice(0, 12)}, ${hash},
      ${machine?.role ?? null}, ${machine?.schoolId ?? null}, ${machine?.organisationId ?? null}, ${body.writes}, ${expires}) result`.execute(context.tx);
  const result = made.rows[0]?.result;
  if (result === 'too_many') throw refuse(contract.makeKey, 'too_many_keys');
  if (result !== 'done') throw refuse(contract.makeKey, 'place_does_not_fit_key');
  await context.audit('key.made', id, { name: body.name, writes: body.writes, days: body.days, role: machine?.role ?? null });
  return { id: id as OutputOf<typeof contract.makeKey>['id'], key, expiresAt: expires };
}

export async function endKey(context: Context, { params }: InputOf<typeof contract.endKey>): Promise<null> {
  const ended = await sql<{ name: string | null }>`select vn.end_key(${params.key}) name`.execute(context.tx);
  const name = ended.rows[0]?.name ?? null;
  if (name === null) throw problem('not_found');
  await context.audit('key.ended', params.key, { name });
  return null;
}
