import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

/*
 * Takes what Vejnet sends (row X.2): node docs/examples/webhook-receiver.ts, with WEBHOOK_SECRET=whsec_… and PORT.
 * Behind it a proxy speaks https. Three things keep forgeries out: the signature over the very bytes that came, a timestamp of the last five minutes,
 * and a memory of webhook-ids, because an event comes at least once.
 */
export interface VejnetEvent {
  id: string;
  event: string;
  at: string;
  centre: string;
  company: { id: string; cvr: string | null } | null;
  subject: string | null;
}

const fiveMinutes = 300;

/** The event, or null: forged, changed on the way, or sent again by somebody who listened. `now` in seconds. */
export function verified(secret: string, headers: http.IncomingHttpHeaders, body: string, now: number): VejnetEvent | null {
  const [id, timestamp, signatures] = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(now - Number(timestamp)) > fiveMinutes) return null;
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
  const fits = signatures.split(' ').some((each) => {
    const [version, value = ''] = each.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return fits ? (JSON.parse(body) as VejnetEvent) : null;
}

/** Answers at once and works afterwards: who takes longer than ten seconds gets the event again. `seen` belongs in a database. */
export function receiver(secret: string, work: (event: VejnetEvent) => void, seen: Set<string>, seconds: () => number): http.Server {
  return http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = verified(secret, request.headers, Buffer.concat(chunks).toString('utf8'), seconds());
    if (event === null) return void response.writeHead(401).end();
    response.writeHead(204).end();
    if (seen.has(event.id)) return;
    seen.add(event.id);
    work(event);
  });
}

if (import.meta.main) {
  const secret = process.env.WEBHOOK_SECRET;
  if (secret === undefined) throw new Error('WEBHOOK_SECRET is the secret that was shown when the webhook was made');
  receiver(
    secret,
    (event) => console.log(event),
    new Set(),
    () => Date.now() / 1000,
  ).listen(Number(process.env.PORT ?? 8080));
}
