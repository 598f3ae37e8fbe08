import dns from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Why an address outside the house was not read. Never holds anything that the other side said. */
export type OutsideFault =
  | 'address' // no http(s) address, or one with a user and password in it
  | 'inside' // a machine or port that nobody may make this server ask
  | 'insecure' // a password over plain http
  | 'unreachable'
  | 'certificate'
  | 'slow'
  | 'too_large'
  | 'redirects'
  | 'unreadable'; // no HTTP, or packed in a way that was not asked for

export class OutsideError extends Error {
  readonly fault: OutsideFault;
  constructor(fault: OutsideFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** False hands a redirect back instead of following it. */
  follow?: boolean;
  /** Unpacked bytes of the answer at most. */
  bytes: number;
  /** For everything together: names, redirects, and the last byte. */
  milliseconds: number;
}

export interface Told {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Where the answer came from, after redirects. */
  url: string;
}

/** The one way by which this server asks another that a person named. */
export interface Outside {
  /** @throws OutsideError and nothing else */
  ask(url: string, ask: Ask): Promise<Told>;
  /** Whether the address could be asked at all, and with a password; no name is looked up yet. */
  refusal(url: string, withPassword?: boolean): OutsideFault | null;
}

const redirectsAtMost = 3;

/** Addresses in nobody's public internet: own machine, private and shared networks, link-local, test networks, multicast, reserved. */
const innerV4 = new net.BlockList();
for (const [start, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  innerV4.addSubnet(start, bits, 'ipv4');
/** Of IPv6 only 2000::/3 is public, so loopback, local, mapped and translated addresses fall out by themselves; within it, what carries an IPv4 address or is for examples. */
const publicV6 = new net.BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');
const innerV6 = new net.BlockList();
for (const [start, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  innerV6.addSubnet(start, bits, 'ipv6');

/** Whether an IP address belongs to the public internet. */
export function isPublic(address: string): boolean {
  if (net.isIPv4(address)) return !innerV4.check(address, 'ipv4');
  return net.isIPv6(address) && publicV6.check(address, 'ipv6') && !innerV6.check(address, 'ipv6');
}

/** Looks a name up. A name that the operator listed may stand in the machine's own files; all others are asked of the name servers, so that slow ones hold up no file work. */
async function lookUp(host: string, listed: boolean): Promise<string[]> {
  if (listed) return (await dns.lookup(host, { all: true })).map(({ address }) => address);
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '');
const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80');

/** What the platform's own errors mean; an answer's content is never part of one. */
function faultOf(error: unknown, signal: AbortSignal): OutsideFault {
  if (error instanceof OutsideError) return error.fault;
  if (signal.aborted) return 'slow';
  const code = String((error as { code?: unknown }).code ?? '');
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return 'certificate';
  return /^(HPE_|Z_|ERR_HTTP)/.test(code) ? 'unreadable' : 'unreachable';
}

/** At most so many unpacked bytes, as text; the rest is never taken from the line. */
async function textOf(answer: http.IncomingMessage, bytes: number): Promise<string> {
  const packing = (answer.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (packing !== 'identity' && packing !== 'gzip') throw new OutsideError('unreadable');
  if (Number(answer.headers['content-length'] ?? 0) > bytes) throw new OutsideError('too_large');
  const gunzip = packing === 'gzip' ? createGunzip() : null;
  if (gunzip !== null) {
    answer.on('error', (error) => gunzip.destroy(error));
    answer.pipe(gunzip);
  }
  const body: Readable = gunzip ?? answer;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytes) throw new OutsideError('too_large');
    chunks.push(chunk);
  }
  if (!answer.complete) throw new OutsideError('unreachable');
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * Asks servers that people name, and none inside the house: http(s) on the usual ports, every hop resolved once, checked, and connected to exactly the address
 * that was checked.
 * @param listed `host:port` of own servers that may be asked although they stand inside, or on another port (VEJNET_INSIDE_HOSTS)
 * @param resolve stands in for name servers in tests
 */
export function openOutside(listed: readonly string[], resolve: typeof lookUp = lookUp): Outside {
  const known = new Set(listed.map((each) => each.toLowerCase()));
  const isListed = (url: URL) => known.has(`${url.hostname}:${portOf(url)}`);

  function refused(url: URL | null, withPassword: boolean): OutsideFault | null {
    if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return 'address';
    // No name is longer, and one with letters of its own language grows where it is asked for.
    if (url.hostname.length > 253) return 'address';
    if (isListed(url)) return null;
    if (!['80', '443'].includes(portOf(url))) return 'inside';
    const host = bare(url.hostname);
    if (net.isIP(host) !== 0 && !isPublic(host)) return 'inside';
    return withPassword && url.protocol === 'http:' ? 'insecure' : null;
  }

  async function addressesOf(url: URL): Promise<string[]> {
    const host = bare(url.hostname);
    if (net.isIP(host) !== 0) return [host];
    const found = await resolve(host, isListed(url)).catch(() => []);
    if (found.length === 0) throw new OutsideError('unreachable');
    const allowed = isListed(url) ? found : found.filter(isPublic);
    if (allowed.length === 0) throw new OutsideError('inside');
    return allowed;
  }

  async function hop(url: URL, { method = 'GET', headers = {}, body }: Ask, signal: AbortSignal): Promise<http.IncomingMessage> {
    const refusal = refused(
      url,
      Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'),
    );
    if (refusal !== null) throw new OutsideError(refusal);
    const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new OutsideError('slow')), { once: true }));
    const addresses = (await Promise.race([addressesOf(url), aborted])).map((address) => ({ address, family: net.isIP(address) }));
    return new Promise((resolveAnswer, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(
        url,
        {
          method,
          headers: { 'user-agent': 'Vejnet', 'accept-encoding': 'gzip', ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
          agent: false,
          signal,
          // The address that was checked, not a second answer of the name server.
          lookup: (_host, options, found) => {
            if (options.all) found(null, addresses);
            else found(null, addresses[0]?.address ?? '', addresses[0]?.family);
          },
        },
        resolveAnswer,
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  return {
    refusal: (url, withPassword = false) => refused(URL.parse(url), withPassword),
    async ask(address, asked) {
      const signal = AbortSignal.timeout(asked.milliseconds);
      let answer: http.IncomingMessage | null = null;
      try {
        let url = URL.parse(address);
        let ask = asked;
        for (let redirects = 0; ; redirects += 1) {
          if (url === null) throw new OutsideError('address');
          answer = await hop(url, ask, signal);
          const { statusCode: status = 0, headers } = answer;
          const next = [301, 302, 303, 307, 308].includes(status) && ask.follow !== false ? headers.location : undefined;
          if (next === undefined) {
            const text = await textOf(answer, ask.bytes);
            return { status, text, url: url.href, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])) };
          }
          if (redirects === redirectsAtMost) throw new OutsideError('redirects');
          answer.destroy();
          const to: URL | null = URL.parse(next, url);
          // A password is for the server it was given for.
          const kept = Object.entries(ask.headers ?? {}).filter(([name]) => to?.origin === url?.origin || name.toLowerCase() !== 'authorization');
          const { body, ...rest } = ask;
          ask = { ...rest, headers: Object.fromEntries(kept), ...(status === 303 ? { method: 'GET' } : body === undefined ? {} : { body }) };
          url = to;
        }
      } catch (error) {
        throw new OutsideError(faultOf(error, signal));
      } finally {
        answer?.destroy();
      }
    },
  };
}

/** A server that the operator named in the settings, and an account there. */
export interface Account {
  /** Asks in JSON. Redirects are not followed: a password is for the server it was given for. @throws OutsideError */
  post(path: string, body: object): Promise<Told>;
}

/**
 * @param url with user and password in it, and a path that every question begins with
 * @param limits of one question: unpacked bytes of its answer, and milliseconds for everything
 */
export function openAccount(url: URL, limits: Pick<Ask, 'bytes' | 'milliseconds'> = { bytes: 64 * 1_048_576, milliseconds: 30_000 }): Account {
  const outside = openOutside([`${url.hostname}:${portOf(url)}`]);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
  const base = `${url.origin}${url.pathname.replace(/\/$/, '')}`;
  return {
    post: (path, body) =>
      outside.ask(`${base}${path}`, {
        method: 'POST',
        headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(body),
        follow: false,
        ...limits,
      }),
  };
}
