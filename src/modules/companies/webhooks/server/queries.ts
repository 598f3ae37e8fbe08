import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Delivery, listDeliveries, listWebhooks, Webhook } from '../contract.ts';

interface Row {
  id: string;
  name: string;
  host: string;
  kinds: string[] | null;
  as_coordinator: boolean;
  place: string | null;
  made_at: string;
  off_because: Webhook['offBecause'];
  off_at: string | null;
  paused: boolean;
  failing_since: string | null;
  old_secret_until: string | null;
  waiting: number;
  delivered: number;
  given_up: number;
}

export async function webhooks({ tx }: Context): Promise<OutputOf<typeof listWebhooks>> {
  const found = await sql<Row>`select * from vn.my_webhooks()`.execute(tx);
  return {
    webhooks: found.rows.map((row) => ({
      id: row.id as Webhook['id'],
      name: row.name,
      host: row.host,
      kinds: row.kinds,
      place: row.place,
      asCoordinator: row.as_coordinator,
      madeAt: row.made_at,
      state: row.off_at !== null ? 'off' : row.paused ? 'paused' : row.failing_since !== null ? 'failing' : 'on',
      offBecause: row.off_because,
      offAt: row.off_at,
      failingSince: row.failing_since,
      oldSecretUntil: row.old_secret_until,
      counts: { waiting: row.waiting, delivered: row.delivered, givenUp: row.given_up },
    })),
  };
}

/** One's own webhook; anybody else's is not there. */
export async function ownWebhook(context: Context, id: string): Promise<{ off: boolean }> {
  const row = await context.tx.selectFrom('webhook').select('off_at').where('centre_id', '=', centreOf(context)).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw problem('not_found');
  return { off: row.off_at !== null };
}

export async function deliveries(context: Context, { params, query }: InputOf<typeof listDeliveries>): Promise<OutputOf<typeof listDeliveries>> {
  await ownWebhook(context, params.webhook);
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  // The event is read under the hat worn now: what may not be read is not named either.
  const found = await sql<{
    id: string;
    test: boolean;
    kind: string | null;
    company_id: string | null;
    made_at: string;
    state: Delivery['state'];
    tries: number;
    tried_at: string | null;
    due_at: string;
    status: number | null;
    fault: string | null;
  }>`
    select d.id, d.entry_id is null test, e.kind, e.company_id, d.made_at, d.state, d.tries, d.tried_at, d.due_at, d.status, d.fault
      from vn.webhook_delivery d
      left join vn.timeline_entry e on e.centre_id = d.centre_id and e.id = d.entry_id
     where d.centre_id = ${centreOf(context)} and d.webhook_id = ${params.webhook}
       and (${after?.[0] ?? null}::timestamptz is null or (d.made_at, d.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by d.made_at desc, d.id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.made_at, last.id]);
  return {
    items: page.items.map((row) => ({
      id: row.id as Delivery['id'],
      event: row.test ? 'webhook.test' : row.kind,
      company: row.company_id as Delivery['company'],
      madeAt: row.made_at,
      state: row.state,
      tries: row.tries,
      triedAt: row.tried_at,
      nextAt: row.state === 'waiting' ? row.due_at : null,
      status: row.status,
      fault: row.fault,
    })),
    next: page.next,
  };
}
