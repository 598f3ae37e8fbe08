import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import type { KeyedHash } from '../../../../platform/keyed-hash.ts';
import { eightDigits } from '../rules.ts';

/**
 * Whom a file may not bring back to a centre: somebody who was erased there and has the same address or number.
 * @returns a question that costs nothing where nobody was erased
 */
export async function erasedHere(tx: Tx, keyedHash: KeyedHash): Promise<(person: { email: string | null; phone: string | null }) => boolean> {
  const found = await sql<{ hash: Buffer }>`select e.hash from vn.erased e where e.centre_id = ctx.centre()`.execute(tx);
  const hashes = new Set(found.rows.map(({ hash }) => hash.toString('hex')));
  if (hashes.size === 0) return () => false;
  const known = (text: string) => hashes.has(keyedHash(text).toString('hex'));
  return ({ email, phone }) => (email !== null && known(`erased email ${email.trim().toLowerCase()}`)) || (phone !== null && known(`erased phone ${eightDigits(phone)}`));
}
