import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { KeyedHash } from './keyed-hash.ts';
import { seal, unseal } from './sealed.ts';

const under =
  (key: Buffer): KeyedHash =>
  (text) =>
    createHmac('sha256', key).update(text).digest();
const key = under(randomBytes(32));

describe('what is sealed', () => {
  test('opens again, and says nothing until then', () => {
    const sealed = seal(key, 'æble-øl-123', 'anna');
    expect(sealed.toString('latin1')).not.toContain('123');
    expect(unseal(key, sealed, 'anna')).toBe('æble-øl-123');
    expect(seal(key, 'æble-øl-123', 'anna').equals(sealed), 'the same twice is not seen to be the same').toBe(false);
  });

  test('stays shut under another key, for somebody else, when a bit was changed, and when it is cut off', () => {
    const sealed = seal(key, 'æble-øl-123', 'anna');
    expect(unseal(under(randomBytes(32)), sealed, 'anna')).toBeNull();
    expect(unseal(key, sealed, 'bo')).toBeNull();
    for (const at of [0, 14, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(key, changed, 'anna')).toBeNull();
    }
    for (const length of [0, 5, 20, sealed.length - 1]) expect(unseal(key, sealed.subarray(0, length), 'anna')).toBeNull();
  });
});
