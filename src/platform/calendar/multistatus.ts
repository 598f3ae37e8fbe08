import { davRequest } from 'tsdav';

/** Texts may come as numbers, as truth values or wrapped: the library guesses. */
export function textIn(value: unknown): string | null {
  if (typeof value === 'object' && value !== null && '_cdata' in value) return textIn(value._cdata);
  return value === undefined || value === null || typeof value === 'object' || String(value) === '' ? null : String(value);
}

/**
 * The entries in a CalDAV server's answer (RFC 4791, multistatus), each as a calendar file of its own; null where it is no such answer. Takes long where
 * somebody wants it to (a million tags), so it is called beside the server only.
 */
export async function entriesIn(xml: string): Promise<string[] | null> {
  const answer = async () => new Response(xml, { status: 207, headers: { 'content-type': 'application/xml' } });
  const found = await davRequest({ url: 'http://localhost/', init: { method: 'REPORT', body: {}, headers: {} }, fetch: answer });
  if (!found.every(({ raw }) => typeof raw === 'object' && raw !== null && 'multistatus' in raw)) return null;
  return found.flatMap(({ props }) => textIn(props?.calendarData) ?? []);
}
