import { sql } from 'kysely';
import type { Context } from '../../../../platform/http/context.ts';
import type { Passkey } from '../contract.ts';

export interface KeptPasskey {
  id: string;
  name: string;
  made_at: string;
  used_at: string | null;
  credential_id: Buffer;
  transports: string[];
}
export const ownPasskeys = async ({ tx }: Context): Promise<KeptPasskey[]> => (await sql<KeptPasskey>`select * from vn.my_passkeys()`.execute(tx)).rows;

export const shown = ({ id, name, made_at, used_at }: Omit<KeptPasskey, 'credential_id' | 'transports'>): Passkey => ({ id: id as Passkey['id'], name, madeAt: made_at, usedAt: used_at });

export const passkeys = async (context: Context): Promise<Passkey[]> => (await ownPasskeys(context)).map(shown);
