import * as client from 'openid-client';
import { type Outside, OutsideError } from './outside.ts';

/** silent: the provider could not be reached or was at fault · cancelled: it was broken off there · weak: it cannot let in as strongly as was asked · untrue: its answer is not to be believed. Never holds anything that the provider said. */
export type OpenIdFault = 'silent' | 'cancelled' | 'weak' | 'untrue';
export class OpenIdError extends Error {
  readonly fault: OpenIdFault;
  constructor(fault: OpenIdFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface Provider {
  issuer: string;
  clientId: string;
  /** Null where only its papers are asked for. */
  secret: string | null;
}
/** What a sign-in at a provider is checked with when it comes back. */
export interface Checks {
  state: string;
  nonce: string;
  verifier: string;
}

const limits = { bytes: 262_144, milliseconds: 8000, follow: false } as const;

/** Asks through the one way out of the house; each sign-in reads the provider's papers and keys anew, so that keys may change at any time. */
async function talkingTo<T>(outside: Outside, provider: Provider, work: (configuration: client.Configuration) => Promise<T>): Promise<T> {
  let silent = false;
  const ask: client.CustomFetch = async (url, { method, headers, body }) => {
    try {
      const text = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : undefined;
      const told = await outside.ask(url, { ...limits, method, headers: Object.fromEntries(new Headers(headers)), ...(text === undefined ? {} : { body: text }) });
      silent ||= told.status >= 500;
      return new Response([204, 304].includes(told.status) ? null : told.text, { status: told.status, headers: { 'content-type': told.headers['content-type'] ?? '' } });
    } catch (error) {
      silent ||= error instanceof OutsideError;
      throw error;
    }
  };
  try {
    const issuer = new URL(provider.issuer);
    // Only a server that the operator listed may be asked over plain http.
    const plain = issuer.protocol === 'http:' && outside.refusal(issuer.href, true) === null;
    const execute = [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])];
    const found = await client.discovery(issuer, provider.clientId, undefined, provider.secret === null ? client.None() : client.ClientSecretBasic(provider.secret), {
      execute,
      [client.customFetch]: ask,
    });
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported;
    if (provider.secret === null || methods === undefined || methods.includes('client_secret_basic')) return await work(found);
    const posting = new client.Configuration(found.serverMetadata(), provider.clientId, undefined, client.ClientSecretPost(provider.secret));
    posting[client.customFetch] = ask;
    for (const each of execute) each(posting);
    return await work(posting);
  } catch (error) {
    if (silent) throw new OpenIdError('silent');
    if (!(error instanceof client.AuthorizationResponseError)) throw new OpenIdError('untrue');
    throw new OpenIdError(error.error === 'unmet_authentication_requirements' ? 'weak' : 'cancelled');
  }
}

/**
 * Where the browser goes to sign in (code flow with PKCE, state and nonce), and what its return is checked with.
 * @throws OpenIdError
 */
export const beginAt = (outside: Outside, provider: Provider, { redirect, scope, extra }: { redirect: string; scope: string; extra: Record<string, string> }): Promise<Checks & { address: string }> =>
  talkingTo(outside, provider, async (configuration) => {
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const address = client.buildAuthorizationUrl(configuration, {
      ...extra,
      redirect_uri: redirect,
      scope,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, state, nonce, verifier };
  });

/** An address of its papers that the browser may be sent to; null for any other. */
function pageOf(address: string | undefined, issuer: string): string | null {
  const url = URL.parse(address ?? '');
  return url !== null && address !== undefined && address.length <= 1000 && ['https:', new URL(issuer).protocol].includes(url.protocol) ? address : null;
}

/**
 * What the provider says of who signed in: the claims asked for and no other, from the signed ID token, or else from its user information; and one that counts only where it is signed. `leaveAt`: where one signs out there, if it says so.
 * @throws OpenIdError
 */
export const finishAt = (
  outside: Outside,
  provider: Provider,
  returned: URL,
  { state, nonce, verifier }: Checks,
  wanted: readonly string[],
  onlySigned: string,
): Promise<{ claims: Record<string, unknown>; signed: unknown; leaveAt: string | null }> =>
  talkingTo(outside, provider, async (configuration) => {
    const tokens = await client.authorizationCodeGrant(configuration, returned, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
    const claims: Record<string, unknown> = tokens.claims() ?? {};
    const missing = wanted.some((name) => claims[name] === undefined) && configuration.serverMetadata().userinfo_endpoint !== undefined;
    const more: Record<string, unknown> = missing ? await client.fetchUserInfo(configuration, tokens.access_token, String(claims.sub)) : {};
    return {
      claims: Object.fromEntries(wanted.map((name) => [name, claims[name] ?? more[name]])),
      signed: claims[onlySigned],
      leaveAt: pageOf(configuration.serverMetadata().end_session_endpoint, provider.issuer),
    };
  });

/** Whether the provider answers and is who it should be. */
export const checkProvider = (outside: Outside, provider: Provider): Promise<null> => talkingTo(outside, provider, async () => null);
