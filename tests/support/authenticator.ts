import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** Just enough CBOR (RFC 8949) for attestation objects and COSE keys: whole numbers, bytes, texts, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, count: number) =>
    count < 24 ? Buffer.from([(major << 5) | count]) : count < 256 ? Buffer.from([(major << 5) | 24, count]) : Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, each]) => [cbor(key), cbor(each)])]);
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What an answer says that an honest authenticator at the right address would not. */
export interface Lie {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  verified?: boolean;
  counter?: number;
  userHandle?: string;
  key?: KeyObject;
}

/** A device with one discoverable passkey, in software. */
export function authenticator({ counts = true }: { counts?: boolean } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let uses = 0;
  let user = '';
  const clientData = (type: string, options: Record<string, unknown>, lie: Lie) =>
    part({ type: lie.type ?? type, challenge: lie.challenge ?? options.challenge, origin: lie.origin ?? 'http://localhost:3000', crossOrigin: false });
  const authData = (flags: number, lie: Lie, rest: Buffer = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lie.counter ?? (counts ? uses : 0));
    return Buffer.concat([sha256(lie.rpId ?? 'localhost'), Buffer.from([flags | 1 | (lie.verified === false ? 0 : 4)]), counter, rest]);
  };
  return {
    id: id.toString('base64url'),
    /** Makes the passkey that `options` ask for. */
    create(options: Record<string, unknown>, lie: Lie = {}) {
      user = (options.user as { id: string }).id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const cose = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      );
      const length = Buffer.from([0, id.length]);
      const data = authData(0x40, lie, Buffer.concat([Buffer.alloc(16), length, id, cose]));
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      ).toString('base64url');
      return {
        id: this.id,
        rawId: this.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: clientData('webauthn.create', options, lie), attestationObject, transports: ['internal'] },
      };
    },
    /** Signs in with it. */
    get(options: Record<string, unknown>, lie: Lie = {}) {
      uses += 1;
      const clientDataJSON = clientData('webauthn.get', options, lie);
      const data = authData(0, lie);
      const signature = sign('sha256', Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]), lie.key ?? privateKey);
      return {
        id: this.id,
        rawId: this.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData: data.toString('base64url'), signature: signature.toString('base64url'), userHandle: lie.userHandle ?? user },
      };
    },
  };
}
export type Authenticator = ReturnType<typeof authenticator>;
