import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** Whose passkeys these are: this installation, by its public address. */
export interface House {
  origin: string;
  /** The host alone. */
  id: string;
}
export const houseAt = (address: string): House => ({ origin: new URL(address).origin, id: new URL(address).hostname });

/** A passkey as it is kept. */
interface Kept {
  credentialId: Buffer;
  transports: string[];
}
type Transports = NonNullable<Parameters<typeof generateRegistrationOptions>[0]['excludeCredentials']>[number]['transports'];
type Bytes = Uint8Array<ArrayBuffer>;
const milliseconds = 300_000;
/** EdDSA, ES256 and RS256 (COSE): what every device speaks. Newer ones when Node no longer calls them an experiment. */
const algorithms = [-8, -7, -257];

/** What the browser needs to make a passkey: discoverable, with the person verified on the device, and none where there is one already. */
export const optionsToAdd = async (house: House, person: { id: string; email: string; name: string }, known: readonly Kept[]) => ({
  ...(await generateRegistrationOptions({
    rpName: 'Vejnet',
    rpID: house.id,
    userName: person.email,
    userDisplayName: person.name,
    userID: Buffer.from(person.id.replaceAll('-', ''), 'hex') as Bytes,
    timeout: milliseconds,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), transports: transports as Transports & string[] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })),
});

/** What the browser needs to sign in with whichever passkey it has. */
export const optionsToUse = async (house: House) => ({ ...(await generateAuthenticationOptions({ rpID: house.id, userVerification: 'required', timeout: milliseconds })) });

/** The challenge that an answer is about; null where there is none to be read. */
export function challengeIn(answer: unknown): string | null {
  try {
    const { clientDataJSON } = (answer as { response: { clientDataJSON: string } }).response;
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown };
    return typeof challenge === 'string' && challenge !== '' ? challenge : null;
  } catch {
    return null;
  }
}

/** The new passkey, or null where anything about the answer is not as it must be. */
export async function readAdded(house: House, answer: unknown, challenge: string): Promise<{ credentialId: Buffer; publicKey: Buffer; counter: number; transports: string[] } | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: house.origin,
      expectedRPID: house.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified) return null;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { credentialId: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), counter, transports: transports.filter((each) => /^[a-z-]{1,20}$/.test(each)).slice(0, 8) };
  } catch {
    return null;
  }
}

/** The authenticator's new counter, or null where the answer is not this passkey's, not for us, of another challenge, or its counter went back. */
export async function readUsed(house: House, answer: unknown, challenge: string, kept: Kept & { publicKey: Buffer; counter: number }): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: house.origin,
      expectedRPID: house.id,
      requireUserVerification: true,
      credential: { id: kept.credentialId.toString('base64url'), publicKey: Uint8Array.from(kept.publicKey), counter: kept.counter },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}
