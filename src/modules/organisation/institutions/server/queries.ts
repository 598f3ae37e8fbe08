import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listJoinedLogins, listOpenProviders, Provider } from '../contract.ts';

/** Where the provider sends people back: an address for each provider, so that the answer of one can never pass for another's. */
export const redirectOf = ({ address }: Pick<Context, 'address'>, provider: string): string => address(`/sign-in/back/${provider}`);

const columns = [
  'id',
  'issuer',
  'client_id',
  'label_da',
  'label_en',
  'kind',
  'scope',
  'idp_values',
  'subject_claim',
  'email_claim',
  'company_claim',
  'company_numbers',
  'strength_claim',
  'strengths',
  'enabled',
  'written_by',
  'version',
] as const;

export async function signInProviders(context: Context): Promise<Provider[]> {
  const other = (await sql<{ other: boolean }>`select vn.other_administrator() other`.execute(context.tx)).rows[0]?.other === true;
  const rows = await context.tx.selectFrom('sign_in_provider').select(columns).where('centre_id', '=', centreOf(context)).orderBy('label_da').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id as Provider['id'],
    kind: row.kind as Provider['kind'],
    label: { da: row.label_da, en: row.label_en },
    issuer: row.issuer,
    clientId: row.client_id,
    scope: row.scope,
    idpValues: row.idp_values,
    subjectClaim: row.subject_claim,
    emailClaim: row.email_claim,
    companyClaim: row.company_claim,
    companyNumbers: row.company_numbers,
    strengthClaim: row.strength_claim,
    strengths: row.strengths,
    enabled: row.enabled,
    waitsForOther: other && !row.enabled && row.written_by === context.actor.personId,
    redirect: redirectOf(context, row.id),
    version: row.version,
  }));
}

export async function providerById(context: Context, id: string): Promise<Provider> {
  const found = (await signInProviders(context)).find((each) => each.id === id);
  if (found === undefined) throw problem('not_found');
  return found;
}

export async function openProviders({ tx }: Context): Promise<OutputOf<typeof listOpenProviders>> {
  const found = await sql<{ id: string; centre: string; label_da: string; label_en: string }>`select * from vn.open_providers()`.execute(tx);
  return found.rows.map((row) => ({ id: row.id as Provider['id'], centre: row.centre, label: { da: row.label_da, en: row.label_en } }));
}

export async function joinedLogins({ tx }: Context): Promise<OutputOf<typeof listJoinedLogins>> {
  const found = await sql<{ provider_id: string; label_da: string; label_en: string; linked_at: string | null; used_at: string | null }>`select * from vn.my_identities()`.execute(tx);
  return found.rows.map((row) => ({ id: row.provider_id as Provider['id'], label: { da: row.label_da, en: row.label_en }, joinedAt: row.linked_at, usedAt: row.used_at }));
}
