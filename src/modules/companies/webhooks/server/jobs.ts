import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Actor, inTransaction, visitor } from '../../../../platform/db/transaction.ts';
import { type Context, centreOf, working } from '../../../../platform/http/context.ts';
import { asActor, type Chore, house } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobRoom } from '../../../../platform/jobs/jobs.ts';
import type { KeyedHash } from '../../../../platform/keyed-hash.ts';
import { OutsideError } from '../../../../platform/outside.ts';
import { seal, unseal } from '../../../../platform/sealed.ts';
import { failsTooLong, keptDays, nextTry } from '../rules.ts';
import { webhooksWords } from '../words.ts';

interface Sealed {
  url: string;
  secret: string;
  /** The secret before a renewal. */
  old?: string;
}
/** What address and secret belong to: they open for no other webhook. */
const sealedFor = (centre: string, webhook: string): string => `webhook ${centre} ${webhook}`;
export const closed = (keyedHash: KeyedHash, centre: string, webhook: string, what: Sealed): Buffer => seal(keyedHash, JSON.stringify(what), sealedFor(centre, webhook));
/** Null where it was sealed under another key of the installation. */
export function opened(keyedHash: KeyedHash, centre: string, webhook: string, sealed: Buffer): Sealed | null {
  const text = unseal(keyedHash, sealed, sealedFor(centre, webhook));
  return text === null ? null : (JSON.parse(text) as Sealed);
}

/** Events that one turn sends at most, so that a slow receiver keeps nobody waiting for long. */
const perTurn = 20;
/** After so long a turn takes no further event: a few slow receivers would keep all places, and nobody else would be told. */
const turnMilliseconds = 20_000;
/** Longer than a turn of slow answers takes; a server that died in it gives the webhook back then. */
const turnSeconds = 300;
const limits = { bytes: 64_000, milliseconds: 10_000, follow: false } as const;

interface Due {
  id: string;
  test: boolean;
  seen: boolean;
  tries: number;
  sealed: Buffer;
  old_signs: boolean;
  made_at: string;
  kind: string | null;
  at: string | null;
  company_id: string | null;
  cvr: string | null;
  subject: string | null;
}
type Went = { status: number; fault: null } | { status: null; fault: string };

/** What is due next, with the event as its owner may read it at this moment. */
async function nextDue({ tx, actor }: Pick<Context, 'tx' | 'actor'>, webhook: string): Promise<Due | undefined> {
  const found = await sql<Due>`
    select d.id, d.entry_id is null test, e.id is not null seen, d.tries, w.sealed, coalesce(w.old_secret_until > ctx.now(), false) old_signs, d.made_at, e.kind, e.at, e.company_id, c.cvr, e.subject
      from vn.webhook_delivery d
      join vn.webhook w on w.centre_id = d.centre_id and w.id = d.webhook_id and w.off_at is null
      left join vn.timeline_entry e on e.centre_id = d.centre_id and e.id = d.entry_id
      left join vn.company c on c.id = e.company_id
     where d.centre_id = ${actor.centreId} and d.webhook_id = ${webhook} and d.state = 'waiting' and d.due_at <= ctx.now()
     order by d.due_at, d.id limit 1`.execute(tx);
  return found.rows[0];
}

/** The body: ids and a word, so that nothing about a person is ever at the receiver because it was sent. */
const bodyOf = (centre: string, due: Due): string =>
  JSON.stringify({
    id: due.id,
    event: due.test ? 'webhook.test' : due.kind,
    at: due.at ?? due.made_at,
    centre,
    company: due.company_id === null ? null : { id: due.company_id, cvr: due.cvr },
    subject: due.subject,
  });

/** Signed as https://www.standardwebhooks.com says, with the time of this try: an old one that is sent again by somebody else is seen to be old. */
async function send(room: JobRoom, centre: string, webhook: string, due: Due): Promise<Went> {
  const what = opened(room.keyedHash, centre, webhook, due.sealed);
  if (what === null) return { status: null, fault: 'sealed' };
  const { url, secret, old } = what;
  const refusal = room.outside.refusal(url, true);
  if (refusal !== null) return { status: null, fault: refusal };
  const body = bodyOf(centre, due);
  const timestamp = String(Math.floor(room.clock.now().getTime() / 1000));
  const signed = (by: string) =>
    `v1,${createHmac('sha256', Buffer.from(by.slice('whsec_'.length), 'base64'))
      .update(`${due.id}.${timestamp}.${body}`)
      .digest('base64')}`;
  const signature = old !== undefined && due.old_signs ? `${signed(secret)} ${signed(old)}` : signed(secret);
  try {
    const { status } = await room.outside.ask(url, {
      ...limits,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'webhook-id': due.id, 'webhook-timestamp': timestamp, 'webhook-signature': signature },
      body,
    });
    return { status, fault: null };
  } catch (error) {
    if (error instanceof OutsideError) return { status: null, fault: error.fault };
    throw error;
  }
}

const gotThrough = ({ status }: Went) => status !== null && status >= 200 && status < 300;

async function tell(context: Pick<Context, 'tx' | 'post' | 'address'>, name: string, what: 'givenUp' | 'off'): Promise<void> {
  const me = (await sql<{ name: string; email: string; language: Language }>`select name, email, language from vn.myself()`.execute(context.tx)).rows[0];
  if (me === undefined) return;
  const w = inLanguage(webhooksWords, me.language).letter;
  await context.post({ to: me.email, subject: w.subject(name), text: [w.hello(me.name), w[what](name), w.mend(context.address('/webhooks'))].join('\n\n') });
}

/** What a try brought. Nothing is written where it was sent anew or removed meanwhile. */
async function keep(context: Pick<Context, 'tx' | 'actor' | 'now' | 'post' | 'address'>, webhook: string, due: Due, went: Went): Promise<void> {
  const { tx, actor, now } = context;
  const centre = actor.centreId ?? '';
  const through = gotThrough(went);
  const tries = due.tries + 1;
  const next = through ? null : nextTry(tries, now);
  const kept = await tx
    .updateTable('webhook_delivery')
    .set({ state: through ? 'delivered' : next === null ? 'given_up' : 'waiting', tries, tried_at: now.toISOString(), ...(next === null ? {} : { due_at: next.toISOString() }), ...went })
    .where('centre_id', '=', centre)
    .where('id', '=', due.id)
    .where('state', '=', 'waiting')
    .where('tries', '=', due.tries)
    .returning('id')
    .executeTakeFirst();
  const own = await tx.selectFrom('webhook').select(['name', 'failing_since', 'told_at', 'off_at']).where('centre_id', '=', centre).where('id', '=', webhook).forUpdate().executeTakeFirst();
  if (kept === undefined || own === undefined) return;
  const write = (set: Partial<Record<'failing_since' | 'told_at' | 'off_at', string | null>> & { off_because?: 'failing' | 'gone' }) =>
    tx.updateTable('webhook').set(set).where('centre_id', '=', centre).where('id', '=', webhook).execute();
  if (through) {
    if (own.failing_since !== null) await write({ failing_since: null, told_at: null });
    return;
  }
  const since = own.failing_since ?? now.toISOString();
  const because = went.status === 410 ? 'gone' : failsTooLong(new Date(since), now) ? 'failing' : null;
  if (because !== null && own.off_at === null) {
    await write({ failing_since: since, told_at: now.toISOString(), off_at: now.toISOString(), off_because: because });
    await tell(context, own.name, 'off');
  } else if (next === null && own.told_at === null) {
    await write({ failing_since: since, told_at: now.toISOString() });
    await tell(context, own.name, 'givenUp');
  } else await write({ failing_since: since });
}

/** Sends one event. No transaction is open while the receiver answers. */
async function deliverNext(room: JobRoom, owner: Actor, webhook: string): Promise<'went' | 'failed' | 'nothing'> {
  const due = await inTransaction(room.db, owner, room.clock.now(), false, async (tx) => {
    const found = await nextDue({ tx, actor: owner }, webhook);
    // Its owner could read it once and can no more.
    if (found !== undefined && !found.test && !found.seen)
      await tx
        .updateTable('webhook_delivery')
        .set({ state: 'withheld' })
        .where('centre_id', '=', owner.centreId ?? '')
        .where('id', '=', found.id)
        .execute();
    return found;
  });
  if (due === undefined) return 'nothing';
  if (!due.test && !due.seen) return 'went';
  const went = await send(room, owner.centreId ?? '', webhook, due);
  const now = room.clock.now();
  await inTransaction(room.db, owner, now, false, (tx) => keep(working(room, owner, now, tx), webhook, due, went));
  return gotThrough(went) ? 'went' : 'failed';
}

/** A webhook's turn: what is due goes out one after the other until one fails, so that a receiver that is down is asked once and not a hundred times. */
export const deliverWebhook: JobKind<{ centre: string; webhook: string }> = {
  name: 'webhooks.deliver',
  retries: 0,
  atOnce: 4,
  async run(room, { centre, webhook }) {
    const here = await inTransaction(room.db, visitor, room.clock.now(), true, (tx) => tx.selectFrom('centre').select('tz').where('id', '=', centre).executeTakeFirst());
    if (here === undefined) return;
    const taken = await asActor(room, house(centre, here.tz), ({ tx }) =>
      sql<{ person_id: string; school_id: string | null; as_coordinator: boolean; roles: Actor['roles'] }>`select * from vn.take_webhook(${webhook}, ${turnSeconds})`.execute(tx),
    );
    const [turn] = taken.rows;
    if (turn === undefined) return;
    const owner: Actor = {
      ...visitor,
      audience: 'staff',
      centreId: centre,
      zone: here.tz,
      personId: turn.person_id,
      schoolId: turn.school_id,
      asCoordinator: turn.as_coordinator,
      roles: turn.roles,
    };
    let last: Awaited<ReturnType<typeof deliverNext>> = 'went';
    const began = performance.now();
    try {
      for (let sent = 0; sent < perTurn && last === 'went' && performance.now() - began < turnMilliseconds; sent += 1) last = await deliverNext(room, owner, webhook);
    } finally {
      await asActor(room, owner, async ({ tx, enqueue }) => {
        await tx.updateTable('webhook').set({ busy_until: null }).where('centre_id', '=', centre).where('id', '=', webhook).execute();
        if (last === 'went') await enqueue(deliverWebhook, { centre, webhook });
      });
    }
  },
};

export const chores: readonly Chore[] = [
  {
    name: 'webhooks',
    async run(context) {
      const due = await sql<{ id: string }>`select id from vn.due_webhooks(${keptDays}) id`.execute(context.tx);
      for (const { id } of due.rows) await context.enqueue(deliverWebhook, { centre: centreOf(context), webhook: id });
    },
  },
];
