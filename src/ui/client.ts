import { v4 } from 'uuid';
import type { Endpoint, OutputOf, SentTo } from '../kit/endpoint.ts';
import type { ProblemBody } from '../kit/problem.ts';

/** The server refused, or could not be reached (`unreachable`). */
export class Refusal extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.code);
    this.problem = problem;
  }
}

export const unreachable: ProblemBody = { type: 'urn:vejnet:problem:unreachable', status: 0, code: 'unreachable' };

interface Sent {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export function address(path: string, { params, query }: Sent): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(String(params?.[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined && each !== null && each !== '') search.append(name, String(each));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

export async function problemIn(response: Response): Promise<ProblemBody> {
  try {
    return (await response.json()) as ProblemBody;
  } catch {
    return { type: 'urn:vejnet:problem:internal', status: response.status, code: response.status === 503 ? 'unavailable' : 'internal' };
  }
}

export interface CallOptions {
  /** The version that the edit saw. */
  version?: number;
  /** One key per intention: a repeated press or a lost answer does not do it twice. */
  key?: string;
  signal?: AbortSignal;
}

/**
 * Calls an endpoint of the contract.
 * @throws Refusal with the server's problem, or with `unreachable` when there is no answer
 */
export async function call<E extends Endpoint>(endpoint: E, sent: SentTo<E>, options: CallOptions = {}): Promise<OutputOf<E>> {
  const parts = sent as Sent;
  const headers: Record<string, string> = {};
  if (parts.body !== undefined) headers['content-type'] = 'application/json';
  if (endpoint.method === 'POST') headers['idempotency-key'] = options.key ?? v4();
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  let response: Response;
  try {
    response = await fetch(address(endpoint.path, parts), { method: endpoint.method, headers, body: parts.body === undefined ? null : JSON.stringify(parts.body), signal: options.signal ?? null });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refusal(unreachable);
  }
  if (!response.ok) throw new Refusal(await problemIn(response));
  return (response.status === 204 ? null : await response.json()) as OutputOf<E>;
}

/**
 * Asks for a file whose address must not hold what is sent, and hands it to the browser to keep.
 * @throws Refusal as `call` does
 */
export async function fetchFile<E extends Endpoint>(endpoint: E, sent: SentTo<E>): Promise<void> {
  const parts = sent as Sent;
  const response = await fetch(address(endpoint.path, parts), {
    method: endpoint.method,
    headers: { 'content-type': 'application/json', 'idempotency-key': v4() },
    body: JSON.stringify(parts.body),
  }).catch(() => {
    throw new Refusal(unreachable);
  });
  if (!response.ok) throw new Refusal(await problemIn(response));
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name === undefined ? 'file' : decodeURIComponent(name);
  link.click();
  URL.revokeObjectURL(link.href);
}
