import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyedHash } from './keyed-hash.ts';

/** Hashes under the installation's key are of company numbers, never of this sentence, so this is a key of its own. */
const keyFor = (keyedHash: KeyedHash) => keyedHash('the key that passwords are sealed with');

/**
 * Seals what must be read again and not be found in a copy of the database: AES-256-GCM under a key derived from the installation's (VEJNET_KEY).
 * @param about what it belongs to; it opens for nothing else
 */
export function seal(keyedHash: KeyedHash, text: string, about: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(keyedHash), nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The text, or null where it was sealed under another key, for something else, or was changed since. */
export function unseal(keyedHash: KeyedHash, sealed: Buffer, about: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(keyedHash), sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(about));
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
