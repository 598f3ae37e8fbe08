import type { Endpoint, SentTo } from '../kit/endpoint.ts';
import { address, problemIn, Refusal, unreachable } from './client.ts';

/**
 * Fetches the file of a download endpoint whose secret travels in the body, which no link can do, and hands it to the browser to keep.
 * @throws Refusal with the server's problem, or with `unreachable` when there is no answer
 */
export async function download<E extends Endpoint>(endpoint: E, sent: SentTo<E>, name: string): Promise<void> {
  const parts = sent as { params?: Record<string, unknown>; body?: unknown };
  let response: Response;
  try {
    response = await fetch(address(endpoint.path, parts), { method: endpoint.method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(parts.body) });
  } catch {
    throw new Refusal(unreachable);
  }
  if (!response.ok) throw new Refusal(await problemIn(response));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by then; the next turn may let it go.
  setTimeout(() => URL.revokeObjectURL(url));
}
