import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { oldSecretHours, webhooksAtMost } from '../rules.ts';
import { closed, deliverWebhook, opened } from './jobs.ts';
import { ownWebhook } from './queries.ts';

const refusals = { address: 'webhook_address', inside: 'webhook_inside', insecure: 'webhook_insecure' } as const;

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Makes a webhook under the hat worn now and answers its secret this once. */
export async function makeWebhook(context: Context, { body }: InputOf<typeof contract.makeWebhook>): Promise<OutputOf<typeof contract.makeWebhook>> {
  const { tx, actor, now } = context;
  const [centre_id, person_id] = [centreOf(context), personOf(context)];
  // As with a password: what happens around a company is not sent where anybody on the way can read it.
  const refusal = context.refusal(body.url, true);
  if (refusal !== null) throw refuse(contract.makeWebhook, refusals[refusal as keyof typeof refusals] ?? 'webhook_address');
  // One after the other: nobody gets to eleven by hurrying.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhook ${centre_id} ${person_id}`}, 0))`.execute(tx);
  const { n } = await tx
    .selectFrom('webhook')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('centre_id', '=', centre_id)
    .where('person_id', '=', person_id)
    .executeTakeFirstOrThrow();
  if (Number(n) >= webhooksAtMost) throw refuse(contract.makeWebhook, 'too_many_webhooks');
  const id = context.newId();
  const secret = newSecret();
  const url = new URL(body.url);
  await tx
    .insertInto('webhook')
    .values({
      centre_id,
      id,
      person_id,
      school_id: actor.schoolId,
      as_coordinator: actor.asCoordinator,
      name: body.name,
      host: url.host,
      sealed: closed(context.keyedHash, centre_id, id, { url: url.href, secret }),
      kinds: body.kinds === null ? null : [...new Set(body.kinds)].sort(),
      made_at: now.toISOString(),
    })
    .execute();
  await context.audit('webhook.made', id, { name: body.name, host: url.host, kinds: body.kinds?.length ?? null });
  return { id: id as OutputOf<typeof contract.makeWebhook>['id'], secret };
}

export async function switchWebhook(context: Context, { params, body }: InputOf<typeof contract.switchWebhook>): Promise<null> {
  const { off } = await ownWebhook(context, params.webhook);
  if (off !== body.on) return null;
  await context.tx
    .updateTable('webhook')
    .set(body.on ? { off_at: null, off_because: null, failing_since: null, told_at: null } : { off_at: context.now.toISOString(), off_because: 'owner' })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.webhook)
    .execute();
  await context.audit(body.on ? 'webhook.on' : 'webhook.off', params.webhook);
  return null;
}

export async function removeWebhook(context: Context, { params }: InputOf<typeof contract.removeWebhook>): Promise<null> {
  const removed = await context.tx.deleteFrom('webhook').where('centre_id', '=', centreOf(context)).where('id', '=', params.webhook).returning('name').executeTakeFirst();
  if (removed === undefined) throw problem('not_found');
  await context.audit('webhook.removed', params.webhook, { name: removed.name });
  return null;
}

/** The secret of before stays beside the new one, to sign for a day; the one before that is gone. */
export async function renewWebhookSecret(context: Context, { params }: InputOf<typeof contract.renewWebhookSecret>): Promise<OutputOf<typeof contract.renewWebhookSecret>> {
  const { tx, now } = context;
  const centre = centreOf(context);
  // One after the other, so that what is answered is what signs.
  const row = await tx.selectFrom('webhook').select('sealed').where('centre_id', '=', centre).where('id', '=', params.webhook).forUpdate().executeTakeFirst();
  if (row === undefined) throw problem('not_found');
  const kept = opened(context.keyedHash, centre, params.webhook, row.sealed);
  if (kept === null) throw refuse(contract.renewWebhookSecret, 'webhook_sealed');
  const secret = newSecret();
  const oldUntil = new Date(now.getTime() + oldSecretHours * 3600_000).toISOString();
  await tx
    .updateTable('webhook')
    .set({ sealed: closed(context.keyedHash, centre, params.webhook, { url: kept.url, secret, old: kept.secret }), old_secret_until: oldUntil })
    .where('centre_id', '=', centre)
    .where('id', '=', params.webhook)
    .execute();
  await context.audit('webhook.renewed', params.webhook);
  return { secret, oldUntil };
}

type Sending = typeof contract.testWebhook | typeof contract.replayDelivery | typeof contract.replayWebhook;
async function liveWebhook(context: Context, endpoint: Sending, id: string): Promise<void> {
  if ((await ownWebhook(context, id)).off) throw refuse(endpoint, 'webhook_off');
}

export async function testWebhook(context: Context, { params }: InputOf<typeof contract.testWebhook>): Promise<OutputOf<typeof contract.testWebhook>> {
  await liveWebhook(context, contract.testWebhook, params.webhook);
  const id = context.newId();
  const now = context.now.toISOString();
  await context.tx
    .insertInto('webhook_delivery')
    .values({ centre_id: centreOf(context), id, webhook_id: params.webhook, person_id: personOf(context), due_at: now, made_at: now })
    .execute();
  await context.enqueue(deliverWebhook, { centre: centreOf(context), webhook: params.webhook });
  return { delivery: id as OutputOf<typeof contract.testWebhook>['delivery'] };
}

/** What is sent again begins anew: it has all its tries. */
async function again(context: Context, webhook: string, { delivery, since }: { delivery?: string; since?: string }): Promise<number> {
  const changed = await sql`
    update vn.webhook_delivery d set state = 'waiting', tries = 0, due_at = ctx.now(), status = null, fault = null
     where d.centre_id = ${centreOf(context)} and d.webhook_id = ${webhook} and (${delivery ?? null}::uuid is null or d.id = ${delivery ?? null}::uuid)
       and (${since ?? null}::date is null or d.made_at >= (${since ?? null}::date::timestamp at time zone ${context.actor.zone}))`.execute(context.tx);
  await context.enqueue(deliverWebhook, { centre: centreOf(context), webhook });
  return Number(changed.numAffectedRows ?? 0);
}

export async function replayDelivery(context: Context, { params }: InputOf<typeof contract.replayDelivery>): Promise<OutputOf<typeof contract.replayDelivery>> {
  await liveWebhook(context, contract.replayDelivery, params.webhook);
  const events = await again(context, params.webhook, { delivery: params.delivery });
  if (events === 0) throw problem('not_found');
  return { events };
}

export async function replayWebhook(context: Context, { params, body }: InputOf<typeof contract.replayWebhook>): Promise<OutputOf<typeof contract.replayWebhook>> {
  await liveWebhook(context, contract.replayWebhook, params.webhook);
  const events = await again(context, params.webhook, { since: body.since });
  await context.audit('webhook.replayed', params.webhook, { since: body.since, events });
  return { events };
}
