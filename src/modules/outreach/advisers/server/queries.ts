import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';

/** Only hashes of secrets are kept. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

async function read(context: Context, where: RawBuilder<boolean>): Promise<contract.Adviser[]> {
  const { actor, now } = context;
  const found = await sql<{ id: string; organisation: string; name: string; email: string; language: Language; linked_at: string; expires_at: string }>`
    select a.id, a.organisation, a.name, a.email, a.language, a.linked_at, a.expires_at from vn.adviser a
     where a.centre_id = ${centreOf(context)} and a.ended_at is null and ${where} order by a.organisation collate "da-x-icu", a.name collate "da-x-icu", a.id limit 500`.execute(context.tx);
  const edit = actor.roles.includes('consultant') || actor.roles.includes('coordinator');
  return found.rows.map(({ id, linked_at, expires_at, ...row }) => ({
    id: id as contract.Adviser['id'],
    ...row,
    linkedAt: linked_at,
    until: expires_at,
    expired: new Date(expires_at) <= now,
    can: { edit },
  }));
}

export const advisers = (context: Context): Promise<contract.Adviser[]> => read(context, sql<boolean>`true`);

/** @throws not_found, also for one whose link was taken back */
export async function adviserById(context: Context, id: string): Promise<contract.Adviser> {
  const [found] = await read(context, sql<boolean>`a.id = ${id}`);
  if (found === undefined) throw problem('not_found');
  return found;
}

/** @throws not_found for an address that opens nothing (any more) */
export async function pageOf({ tx }: Context, token: string): Promise<contract.AdviserPageShown> {
  const found = await sql<{ page: contract.AdviserPageShown | null }>`select vn.open_adviser_page(${hashOf(token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw problem('not_found');
  // JSON of the database writes moments with its own zone.
  const moment = (at: string) => new Date(at).toISOString();
  return { ...page, until: moment(page.until), handovers: page.handovers.map((each) => ({ ...each, at: moment(each.at) })) };
}

export const openedPage = (context: Context, { body }: InputOf<typeof contract.openAdviserPage>): Promise<contract.AdviserPageShown> => pageOf(context, body.token);
