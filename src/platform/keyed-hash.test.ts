import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openKeyedHash } from './keyed-hash.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'vejnet-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the key file is made once, for its owner alone, and hashes alike afterwards', async () => {
  const [first, second] = [await openKeyedHash(folder, undefined), await openKeyedHash(folder, undefined)];
  expect(first('12345674')).toEqual(second('12345674'));
  expect(first('12345674')).not.toEqual(first('12345675'));
  expect(statSync(path.join(folder, 'key')).mode & 0o777).toBe(0o600);
});

test('a key of one’s own is used instead, and must be one', async () => {
  const given = 'ab'.repeat(32);
  const hash = await openKeyedHash(folder, given);
  expect(hash('1')).toEqual((await openKeyedHash('/nowhere', given))('1'));
  await expect(openKeyedHash(folder, 'secret')).rejects.toThrow('VEJNET_KEY');
});
