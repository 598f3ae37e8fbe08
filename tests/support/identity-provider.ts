import { createPrivateKey, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Called } from 'oidc-provider';

type Claims = Record<string, unknown>;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => token.split('.').map((each) => JSON.parse(/^ey/.test(each) ? Buffer.from(each, 'base64url').toString() : 'null') as Claims);

function newKey(): JsonWebKey {
  return { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}

/** Everything that the provider keeps, and its one client with whichever addresses were given so far. */
function storeWith(client: () => object) {
  return class {
    static readonly kept = new Map<string, Claims>();
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
    async upsert(id: string, payload: Claims) {
      storeOf(this).set(`${this.name} ${id}`, payload);
    }
    async find(id: string) {
      return this.name === 'Client' ? client() : storeOf(this).get(`${this.name} ${id}`);
    }
    async findByUid(uid: string) {
      return [...storeOf(this).values()].find((each) => each.uid === uid);
    }
    async consume(id: string) {
      Object.assign(storeOf(this).get(`${this.name} ${id}`) ?? {}, { consumed: 1 });
    }
    async destroy(id: string) {
      storeOf(this).delete(`${this.name} ${id}`);
    }
    async revokeByGrantId() {}
  };
}
const storeOf = (store: object) => (store.constructor as unknown as { kept: Map<string, Claims> }).kept;

export interface IdentityProvider {
  issuer: string;
  /** For the list of servers inside that may be asked. */
  host: string;
  secret: string;
  /** Addresses that people may be sent back to. */
  redirects: string[];
  /** Addresses that people may be sent to once they signed out. */
  afterLeaving: string[];
  /** Who signs in next, and what is told of them. */
  who: Claims & { sub: string };
  /** How strongly whoever signs in next does so; null: it is not said. */
  acr: string | null;
  /** What was asked for at the last visit. */
  asked: URLSearchParams;
  /** Changes an ID token on its way; null leaves it alone. */
  tamper: ((token: string) => string) | null;
  /** Signs a token again with the provider's own key, with other claims. */
  resigned(token: string, claims: Claims): string;
  /** A token that says it needs no signature. */
  unsigned(token: string): string;
  /** The key changes, as it does now and then. */
  rotate(): void;
  /** Answers every request with this status; null works again. */
  broken: number | null;
  /** Where somebody who goes to the address and signs in there is sent back to. */
  visit(address: string): Promise<URL>;
  /** Where whoever came last and signs out there is sent to. */
  leave(address: string): Promise<URL>;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider (npm oidc-provider) on a free port, at which whoever comes is signed in as `who`. */
export async function identityProvider(): Promise<IdentityProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = http.createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  let key = newKey();

  let jar = new Map<string, string>();
  /** Like a browser that keeps cookies and follows nothing by itself. */
  async function go(at: URL, body: URLSearchParams | null = null) {
    const answer = await fetch(at, { method: body === null ? 'GET' : 'POST', body, redirect: 'manual', headers: { cookie: [...jar].map((each) => each.join('=')).join('; ') } });
    for (const cookie of answer.headers.getSetCookie()) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';')));
    const next = answer.headers.get('location');
    return { text: await answer.text(), status: answer.status, next: next === null ? null : new URL(next, at) };
  }

  const it: IdentityProvider = {
    issuer,
    host: `localhost:${port}`,
    secret: 'the secret of vejnet at this provider',
    redirects: [],
    afterLeaving: [],
    who: { sub: 'nobody' },
    acr: null,
    asked: new URLSearchParams(),
    tamper: null,
    broken: null,
    resigned(token, claims) {
      const [, said = {}] = partsOf(token);
      const text = `${part({ alg: 'ES256', typ: 'JWT', kid: key.kid })}.${part({ ...said, ...claims })}`;
      return `${text}.${sign('sha256', Buffer.from(text), { key: createPrivateKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    unsigned: (token) => `${part({ alg: 'none' })}.${token.split('.')[1]}.`,
    rotate() {
      key = newKey();
      open();
    },
    async visit(address) {
      jar = new Map<string, string>();
      it.asked = new URL(address).searchParams;
      let at = new URL(address);
      for (let hops = 0; hops < 8; hops += 1) {
        const { next, status, text } = await go(at);
        if (next === null) throw new Error(`${status} ${text}`);
        at = next;
        if (it.redirects.some((redirect) => at.href.startsWith(redirect))) return at;
      }
      throw new Error('sent round and round');
    },
    async leave(address) {
      const asked = await go(new URL(address));
      const [, xsrf = ''] = /name="xsrf" value="(\w+)"/.exec(asked.text) ?? [];
      const [, action = ''] = /action="([^"]+)"/.exec(asked.text) ?? [];
      if (xsrf === '') throw new Error(`${asked.status} ${asked.text}`);
      const { next, status, text } = await go(new URL(action), new URLSearchParams({ xsrf, logout: 'yes' }));
      if (next === null) throw new Error(`${status} ${text}`);
      return next;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  function open() {
    const provider = new Provider(issuer, {
      adapter: storeWith(() => ({
        client_id: 'vejnet',
        client_secret: it.secret,
        redirect_uris: it.redirects,
        post_logout_redirect_uris: it.afterLeaving,
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      })),
      jwks: { keys: [key] },
      cookies: { keys: ['a key for cookies of a test'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      scopes: ['openid', 'email', 'nemlogin'],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        nemlogin: ['nemlogin.persistent_professional_id', 'nemlogin.cvr', 'nemlogin.email', 'nemlogin.cpr', 'loa'],
      },
      extraParams: ['idp_values'],
      acrValues: ['weak', 'strong', 'stronger'],
      interactions: { url: () => '/interaction' },
      ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
      findAccount: async (_context: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ ...it.who, sub }) }),
      loadExistingGrant: async ({ oidc }: Called) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid email nemlogin');
        await grant.save();
        return grant;
      },
    });
    const callback = provider.callback();
    handle = (request, response) => {
      if (it.broken !== null) return void response.writeHead(it.broken).end();
      if (request.url?.startsWith('/interaction')) return void provider.interactionFinished(request, response, { login: { accountId: it.who.sub, ...(it.acr === null ? {} : { acr: it.acr }) } });
      const { tamper } = it;
      if (tamper !== null && request.url?.startsWith('/token')) {
        const end = response.end.bind(response) as (text: string) => ServerResponse;
        response.end = ((text: string | Buffer) => {
          const said = JSON.parse(String(text)) as Claims;
          const changed = JSON.stringify({ ...said, id_token: tamper(String(said.id_token)) });
          response.setHeader('content-length', Buffer.byteLength(changed));
          return end(changed);
        }) as typeof response.end;
      }
      callback(request, response);
    };
  }
  open();
  return it;
}
