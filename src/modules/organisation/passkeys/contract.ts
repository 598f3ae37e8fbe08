import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const passkey = z.object({ id: idOf('passkey'), name: z.string(), madeAt: instant, usedAt: instant.nullable() });
export type Passkey = z.output<typeof passkey>;
const example = { id: '01990000-0000-7000-8000-000000000081', name: 'Chrome, Windows', madeAt: '2026-11-17T07:20:00.000Z', usedAt: null };
const name = z.string().trim().min(1).max(60);
/** What WebAuthn's browser half takes and gives; the platform reads it, nobody else. */
const options = z.object({ options: z.record(z.string(), z.unknown()) });
const answer = z.looseObject({ id: z.string().min(1).max(2000), response: z.record(z.string(), z.unknown()) });
const exampleOptions = { options: { challenge: 'b3VyIGNoYWxsZW5nZQ', rpId: 'vejnet.example.dk', userVerification: 'required' } };
const exampleAnswer = { id: 'AAAAAAAAAAAAAAAAAAAAAA', response: { clientDataJSON: 'e30' } };
const limits = [{ count: 60, seconds: 600, by: 'address' }] as const;

export const listPasskeys = endpoint({
  name: 'listPasskeys',
  method: 'GET',
  path: '/api/passkeys',
  summary: 'One’s own passkeys, and when each was last used',
  access: 'signed-in',
  status: 200,
  output: z.array(passkey),
  example: { output: [example] },
});

export const preparePasskey = endpoint({
  name: 'preparePasskey',
  method: 'POST',
  path: '/api/passkeys/challenge',
  summary: 'Begin to add a passkey',
  description:
    'Answers WebAuthn’s creation options. The challenge holds for five minutes, for this session, once. Asks for a sign-in by mail or passkey, or a new code, within ten minutes (decision 22).',
  access: 'signed-in',
  bySession: true,
  status: 200,
  output: options,
  errors: { confirm_first: 403 },
  limits,
  example: { output: exampleOptions },
});

export const addPasskey = endpoint({
  name: 'addPasskey',
  method: 'POST',
  path: '/api/passkeys',
  summary: 'Add the passkey that the browser made',
  description: 'With the person verified on the device, at the public address of this installation. The person gets a mail. Without a name it bears the browser’s. Twenty at most.',
  access: 'signed-in',
  bySession: true,
  body: z.strictObject({ name: name.optional(), answer }),
  status: 201,
  output: passkey,
  errors: { passkey_refused: 403, confirm_first: 403, passkey_known: 409, passkeys_enough: 409 },
  limits,
  example: { body: { name: 'Min telefon', answer: exampleAnswer }, output: { ...example, name: 'Min telefon' } },
});

export const renamePasskey = endpoint({
  name: 'renamePasskey',
  method: 'PATCH',
  path: '/api/passkeys/{passkey}',
  summary: 'Give one of one’s passkeys another name',
  access: 'signed-in',
  bySession: true,
  params: z.strictObject({ passkey: idOf('passkey') }),
  body: z.strictObject({ name }),
  status: 204,
  output: z.null(),
  example: { params: { passkey: example.id }, body: { name: 'Min telefon' } },
});

export const removePasskey = endpoint({
  name: 'removePasskey',
  method: 'DELETE',
  path: '/api/passkeys/{passkey}',
  summary: 'Remove one of one’s passkeys',
  description: 'At any time: whoever lost a device must not have to wait. The person gets a mail. Sessions that it opened go on; end them in the list of sessions.',
  access: 'signed-in',
  bySession: true,
  params: z.strictObject({ passkey: idOf('passkey') }),
  status: 204,
  output: z.null(),
  example: { params: { passkey: example.id } },
});

export const preparePasskeySignIn = endpoint({
  name: 'preparePasskeySignIn',
  method: 'POST',
  path: '/api/sign-in/passkey',
  summary: 'Begin to sign in with a passkey',
  description: 'Answers WebAuthn’s request options, the same to everybody: no address is asked for.',
  access: 'anyone',
  status: 200,
  output: options,
  limits,
  example: { output: exampleOptions },
});

export const signInWithPasskey = endpoint({
  name: 'signInWithPasskey',
  method: 'POST',
  path: '/api/session/passkey',
  summary: 'Sign in with a passkey',
  description: 'Sets the session cookie. An unknown passkey, a wrong signature, a used challenge and a counter that went back are refused alike.',
  access: 'anyone',
  body: z.strictObject({ answer }),
  status: 200,
  output: z.object({ signedIn: z.literal(true) }),
  errors: { passkey_refused: 403, way_closed: 403 },
  limits,
  example: { body: { answer: exampleAnswer }, output: { signedIn: true } },
});
