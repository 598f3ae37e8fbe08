import type { Endpoint, OutputOf, SentTo } from '../kit/endpoint.ts';
import { address, problemIn, Refusal, unreachable } from './client.ts';

/**
 * Sends a file as the body of an upload endpoint. The key says which intention it is, and bears the file's own marks: another file is another intention.
 * @throws Refusal with the server's problem, or with `unreachable` when there is no answer
 */
export async function upload<E extends Endpoint>(endpoint: E, sent: SentTo<E>, file: File, key: string): Promise<OutputOf<E>> {
  let response: Response;
  try {
    response = await fetch(address(endpoint.path, sent), {
      method: endpoint.method,
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': `${key}-${file.size}-${file.lastModified}` },
      body: file,
    });
  } catch {
    throw new Refusal(unreachable);
  }
  if (!response.ok) throw new Refusal(await problemIn(response));
  return (await response.json()) as OutputOf<E>;
}
