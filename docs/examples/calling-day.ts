/**
 * A whole calling day, done by a call centre's own system with an API key (row X.2): it takes company after company, rings, says how each call ended, books the visit
 * where one is wanted, and stops when nobody is left to ring.
 *
 *   VEJNET_KEY=vejnet_… node docs/examples/calling-day.ts http://localhost:3000 calls.json
 *
 * calls.json is what this call centre's telephones know, by number: [{"phone":"00123456","outcome":"not_now","note":"Ring til foråret"}, …]. Whoever is not in it did not
 * answer. Nothing here is special to Vejnet's own code: it is HTTP and JSON, and any language will do.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

export interface Rung {
  phone: string;
  outcome: 'wants_contact' | 'not_now' | 'not_interested' | 'no_answer' | 'wrong_number' | 'coordinator_needed';
  note?: string;
  /** Who spoke; with wants_contact, whom the visit is with. */
  person?: { name: string; role: string; email?: string; language?: string };
}
interface Card {
  item: string;
  leaseNo: number;
  name: string;
  phone: string;
}

/** One request. Waits where the server asks to (429, 503), and sends the same key again when the line breaks, so that nothing is done twice. */
async function ask<T>(address: string, key: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const once = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(new URL(path, address), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(method === 'POST' ? { 'idempotency-key': once } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      if (attempt === 5) throw error;
      return null;
    });
    if (answer !== null && answer.status !== 429 && answer.status !== 503) return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
    if (attempt === 5) throw new Error(`${method} ${path} was answered ${answer?.status} five times`);
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer?.headers.get('retry-after') ?? 1)));
  }
}

/** Works off every campaign that the key may call in. Returns how many calls ended how; `booked` counts the visits. */
export async function callingDay(address: string, key: string, rung: readonly Rung[]): Promise<Record<string, number>> {
  const sum: Record<string, number> = {};
  const count = (what: string) => {
    sum[what] = (sum[what] ?? 0) + 1;
  };
  const calls = new Map(rung.map((each) => [each.phone, each]));
  const campaigns = await ask<{ campaign: { id: string } }[]>(address, key, 'GET', '/api/calls/campaigns');
  if (campaigns.status !== 200) throw new Error(`the key may not call: ${JSON.stringify(campaigns.body)}`);
  for (const { campaign } of campaigns.body) {
    for (;;) {
      const { card } = (await ask<{ card: Card | null }>(address, key, 'POST', `/api/calls/campaigns/${campaign.id}/next`)).body;
      if (card === null) break;
      const call = calls.get(card.phone) ?? { phone: card.phone, outcome: 'no_answer' as const };
      if (call.outcome === 'wants_contact' && call.person !== undefined && (await book(address, key, card, call))) count('booked');
      else await ask(address, key, 'POST', `/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: call.outcome, note: call.note ?? null, person: call.person ?? null });
      count(call.outcome);
    }
  }
  return sum;
}

/** The first time that is free. False: none is, and the call is recorded without a visit. */
async function book(address: string, key: string, card: Card, { note, person }: Rung): Promise<boolean> {
  const slots = await ask<{ days: { slots: { choice: string }[] }[] }>(address, key, 'GET', `/api/calls/items/${card.item}/slots?leaseNo=${card.leaseNo}`);
  for (const { choice } of slots.status === 200 ? slots.body.days.flatMap((day) => day.slots) : []) {
    const made = await ask(address, key, 'POST', `/api/calls/items/${card.item}/meeting`, { leaseNo: card.leaseNo, choice, note: note ?? 'Vil gerne have besøg.', person });
    if (made.status === 201) return true;
    // slot_taken, capacity_full: somebody else was quicker; the next one then.
    if (made.status !== 409) return false;
  }
  return false;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [address = 'http://localhost:3000', file] = process.argv.slice(2);
  const rung = file === undefined ? [] : (JSON.parse(await readFile(file, 'utf8')) as Rung[]);
  console.log(await callingDay(address, process.env.VEJNET_KEY ?? '', rung));
}
