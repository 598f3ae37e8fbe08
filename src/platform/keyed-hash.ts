import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from './config.ts';

/** What must be recognised again but not kept: HMAC-SHA256 under a key that the database does not have. */
export type KeyedHash = (text: string) => Buffer;

const hashUnder =
  (key: Buffer): KeyedHash =>
  (text) =>
    createHmac('sha256', key).update(text).digest();

/**
 * The key from VEJNET_KEY (64 hexadecimal digits), else from the file `key` in the data folder, which is made once and readable by its owner alone.
 * @throws ConfigError when either is no key
 */
export async function openKeyedHash(folder: string, given: string | undefined): Promise<KeyedHash> {
  const file = path.join(folder, 'key');
  if (given === undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  }
  const text = (given ?? readFileSync(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new ConfigError(`${given === undefined ? file : 'VEJNET_KEY'} must be 64 hexadecimal digits.`);
  return hashUnder(Buffer.from(text, 'hex'));
}
