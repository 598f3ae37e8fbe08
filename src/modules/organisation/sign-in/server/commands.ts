import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { signInAsDemonstrationPerson as demonstration } from '../contract.ts';

/** Opens a session and hands its token to the browser; only the token's hash is kept. False when the person is nothing anywhere today. */
async function startSession(context: Context, person: string): Promise<boolean> {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest();
  const started = await sql<{ ok: boolean }>`select vn.start_session(${context.newId()}, ${hash}, ${person}, ${context.device}, ${context.now.toISOString()}) ok`.execute(context.tx);
  if (started.rows[0]?.ok !== true) return false;
  context.setSession(token);
  return true;
}

export async function signInAsDemonstrationPerson(context: Context, { body }: InputOf<typeof demonstration>): Promise<OutputOf<typeof demonstration>> {
  const found = await sql<{ person_id: string }>`select person_id from vn.demonstration_people() where key = ${body.person}`.execute(context.tx);
  const person = found.rows[0]?.person_id;
  if (person === undefined || !(await startSession(context, person))) throw refuse(demonstration, 'unknown_person');
  return { person: body.person };
}

export async function signOut(context: Context): Promise<null> {
  await sql`select vn.end_session(${context.actor.sessionId}, 'signed_out')`.execute(context.tx);
  context.setSession(null);
  return null;
}
