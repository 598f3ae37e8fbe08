import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';

const owners = ['consultant', 'manager', 'coordinator'] as const;
const kind = z
  .string()
  .regex(/^[a-z_]+\.[a-z_]+$/)
  .max(60);

const webhook = z.object({
  id: idOf('webhook'),
  name: z.string(),
  /** All that is shown of where it goes. */
  host: z.string(),
  /** Null: every kind of event. */
  kinds: z.array(z.string()).nullable(),
  /** School whose eyes it has; null is the centre. */
  place: z.string().nullable(),
  asCoordinator: z.boolean(),
  madeAt: instant,
  /** `paused`: its owner has no role under that hat today. `failing`: the last event did not get through. */
  state: z.enum(['on', 'failing', 'paused', 'off']),
  offBecause: z.enum(['owner', 'failing', 'gone', 'left']).nullable(),
  offAt: instant.nullable(),
  failingSince: instant.nullable(),
  /** The secret was renewed, and until then the one before signs too. */
  oldSecretUntil: instant.nullable(),
  /** Events of the last thirty days. */
  counts: z.object({ waiting: z.number().int(), delivered: z.number().int(), givenUp: z.number().int() }),
});
export type Webhook = z.infer<typeof webhook>;

const delivery = z.object({
  /** Also the webhook-id that the receiver sees, every time. */
  id: idOf('delivery'),
  /** Null: one may not read the event under this hat. */
  event: z.string().nullable(),
  company: idOf('company').nullable(),
  madeAt: instant,
  /** `withheld`: the owner could not read it when it was due, so it was not sent. */
  state: z.enum(['waiting', 'delivered', 'given_up', 'withheld']),
  tries: z.number().int(),
  triedAt: instant.nullable(),
  nextAt: instant.nullable(),
  /** HTTP status of the last answer. */
  status: z.number().int().nullable(),
  /** Why there was no answer. */
  fault: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;

const example = {
  id: '01990000-0000-7000-8000-000000000061',
  name: 'Skolens CRM',
  host: 'crm.skole.example',
  kinds: ['meeting.booked', 'visit.reported'],
  place: 'Limvig Tekniske Skole',
  asCoordinator: false,
  madeAt: '2026-11-17T08:00:00.000Z',
  state: 'on',
  offBecause: null,
  offAt: null,
  failingSince: null,
  oldSecretUntil: null,
  counts: { waiting: 0, delivered: 14, givenUp: 0 },
};
const one = z.strictObject({ webhook: idOf('webhook') });

export const listWebhooks = endpoint({
  name: 'listWebhooks',
  method: 'GET',
  path: '/api/webhooks',
  summary: 'One’s own webhooks',
  description: 'The newest first, those that are switched off too. Row X.2.',
  access: owners,
  status: 200,
  output: z.object({ webhooks: z.array(webhook) }),
  example: { output: { webhooks: [example] } },
});

export const makeWebhook = endpoint({
  name: 'makeWebhook',
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Have another system told of what happens around companies',
  description:
    'Every new entry of a company’s timeline that one may read – at the moment it is sent, under the hat worn now – is sent by POST as `{"id", "event", "at", "centre", "company": {"id", "cvr"}, "subject"}`: ids and a word, never a name; whoever wants more asks the API with a key. Signed as Standard Webhooks say: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, which is `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` with the secret’s bytes (base64 after `whsec_`). A receiver refuses a wrong signature and a timestamp more than five minutes away, and does nothing twice for one webhook-id: an event comes at least once, in no promised order. It answers 2xx within 10 seconds, with less than 64 kB; redirects are not followed. Otherwise it is tried again after 1, 5 and 30 minutes, 2, 8 and 24 hours, and given up. 410, or five days without success, switches the webhook off. Ten per person. The address is https on the usual port. The secret is answered this once. Row X.2.',
  access: owners,
  bySession: true,
  answersSecret: true,
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    url: z.string().trim().min(1).max(2000),
    /** Null: every kind, those of later versions too. */
    kinds: z.array(kind).min(1).max(100).nullable(),
  }),
  status: 201,
  output: z.object({ id: idOf('webhook'), secret: z.string() }),
  errors: { too_many_webhooks: 409, webhook_address: 422, webhook_inside: 422, webhook_insecure: 422 },
  example: {
    body: { name: example.name, url: 'https://crm.skole.example/vejnet', kinds: example.kinds },
    output: { id: example.id, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=' },
  },
});

export const switchWebhook = endpoint({
  name: 'switchWebhook',
  method: 'PUT',
  path: '/api/webhooks/{webhook}',
  summary: 'Switch a webhook on or off',
  description: 'What happens while it is off is not told afterwards; what waited when it was switched off is sent when it is on again, for thirty days. Row X.2.',
  access: owners,
  bySession: true,
  params: one,
  body: z.strictObject({ on: z.boolean() }),
  status: 204,
  output: z.null(),
  example: { params: { webhook: example.id }, body: { on: false } },
});

export const removeWebhook = endpoint({
  name: 'removeWebhook',
  method: 'DELETE',
  path: '/api/webhooks/{webhook}',
  summary: 'Remove a webhook and the list of what it sent',
  access: owners,
  bySession: true,
  params: one,
  status: 204,
  output: z.null(),
  example: { params: { webhook: example.id } },
});

export const renewWebhookSecret = endpoint({
  name: 'renewWebhookSecret',
  method: 'POST',
  path: '/api/webhooks/{webhook}/secret',
  summary: 'A new secret for a webhook whose secret leaked, or is old',
  description:
    'Answered this once. For 24 hours the secret before it signs beside it: `webhook-signature` holds both, the new one first, with a space between (Standard Webhooks), so a receiver takes the new one when it is ready. Renewed again, the one before that signs no more: twice ends a leaked secret at once. Address and list stay. Row X.2.',
  access: owners,
  bySession: true,
  answersSecret: true,
  params: one,
  status: 201,
  output: z.object({ secret: z.string(), oldUntil: instant }),
  errors: { webhook_sealed: 409 },
  example: { params: { webhook: example.id }, output: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=', oldUntil: '2026-11-18T08:00:00.000Z' } },
});

export const testWebhook = endpoint({
  name: 'testWebhook',
  method: 'POST',
  path: '/api/webhooks/{webhook}/test',
  summary: 'Send a test event',
  description: 'It is called `webhook.test` and is about no company. Row X.2.',
  access: owners,
  limits: [{ count: 60, seconds: 600, by: 'address' }],
  params: one,
  status: 202,
  output: z.object({ delivery: idOf('delivery') }),
  errors: { webhook_off: 409 },
  example: { params: { webhook: example.id }, output: { delivery: '01990000-0000-7000-8000-000000000062' } },
});

export const listDeliveries = endpoint({
  name: 'listDeliveries',
  method: 'GET',
  path: '/api/webhooks/{webhook}/deliveries',
  summary: 'What a webhook sent and did not get through with',
  description: 'Of the last thirty days, the newest first. Row X.2.',
  access: owners,
  params: one,
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(delivery),
  example: {
    params: { webhook: example.id },
    query: { limit: 20 },
    output: {
      items: [
        {
          id: '01990000-0000-7000-8000-000000000062',
          event: 'meeting.booked',
          company: '01990000-0000-7000-8000-000000000101',
          madeAt: '2026-11-17T08:10:00.000Z',
          state: 'waiting',
          tries: 1,
          triedAt: '2026-11-17T08:11:00.000Z',
          nextAt: '2026-11-17T08:12:00.000Z',
          status: 503,
          fault: null,
        },
      ],
      next: null,
    },
  },
});

export const replayDelivery = endpoint({
  name: 'replayDelivery',
  method: 'POST',
  path: '/api/webhooks/{webhook}/deliveries/{delivery}/replay',
  summary: 'Send one event again',
  description: 'With the same webhook-id, and only if one may read it today. Row X.2.',
  access: owners,
  limits: [{ count: 120, seconds: 600, by: 'address' }],
  params: z.strictObject({ webhook: idOf('webhook'), delivery: idOf('delivery') }),
  status: 202,
  output: z.object({ events: z.number().int() }),
  errors: { webhook_off: 409 },
  example: { params: { webhook: example.id, delivery: '01990000-0000-7000-8000-000000000062' }, output: { events: 1 } },
});

export const replayWebhook = endpoint({
  name: 'replayWebhook',
  method: 'POST',
  path: '/api/webhooks/{webhook}/replay',
  summary: 'Send everything again since a day',
  description: 'All of the list since the beginning of that day in the centre’s zone, with the same webhook-ids; at most thirty days back. Row X.2.',
  access: owners,
  limits: [{ count: 30, seconds: 600, by: 'address' }],
  params: one,
  body: z.strictObject({ since: calendarDay }),
  status: 202,
  output: z.object({ events: z.number().int() }),
  errors: { webhook_off: 409 },
  example: { params: { webhook: example.id }, body: { since: '2026-11-16' }, output: { events: 14 } },
});
