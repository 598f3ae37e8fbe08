import { sql } from 'kysely';
import { callApart, type Line } from '../../../../platform/apart.ts';
import { inTransaction } from '../../../../platform/db/transaction.ts';
import { contextIn, coordinatorOf } from '../../../../platform/jobs/as-coordinator.ts';
import type { JobKind } from '../../../../platform/jobs/jobs.ts';
import { type Effort, type Instance, type Opportunity, oneMoreOpens, type Progress, type Proposal, planPools, runsAnyway } from '../../pooling/server/public.ts';
import { type KeptProgress, type KeptProposal, keptPlan, readQuestion } from './queries.ts';

interface Payload {
  centre: string;
  person: string;
  plan: string;
}

/** How often it is looked whether somebody called the plan off, and how far it is written down, in milliseconds. */
const lookEvery = 400;

type Errand = [instance: Instance, seats: readonly string[], effort: Pick<Effort, 'seed' | 'seconds'>];
/** Works a plan out; called through `callApart`. */
export async function workOutApart(...[instance, seats, effort, { signal, tell }]: [...Errand, Line<KeptProgress>]): Promise<KeptProposal> {
  const progress = ({ phase, done, of, participants }: Progress) => tell({ phase, done, of, participants });
  const found = await planPools(instance, { ...effort, signal, progress });
  const opens = await oneMoreOpens(instance, { running: found.classes, placed: found.placed }, { seed: effort.seed, signal });
  return { ...found, ...apart(instance, new Set(seats), found), opens };
}

/** Those who have seats already apart from those who ask for one. */
function apart(instance: Instance, seats: ReadonlySet<string>, { classes, placed, unserved }: Proposal): Pick<KeptProposal, 'placed' | 'unserved' | 'moves' | 'saved' | 'stranded' | 'km'> {
  const opportunities = new Map(instance.opportunities.map((each) => [each.id, each]));
  const homeOf = new Map(instance.needs.map(({ id, enrolled }) => [id, opportunities.get(enrolled ?? '')]));
  const lost = (opportunity: Opportunity | undefined) => opportunity !== undefined && opportunity.existing !== null && !runsAnyway(instance, opportunity);
  const asked = placed.filter(({ need }) => !seats.has(need));
  const mine = placed.filter(({ need }) => seats.has(need));
  const moves = mine.filter(({ moved }) => moved !== null);
  const others = classes.reduce((sum, { opportunity }) => sum + (lost(opportunities.get(opportunity)) ? (opportunities.get(opportunity)?.existing?.taken ?? 0) : 0), 0);
  return {
    placed: asked,
    unserved: unserved.filter(({ need }) => !seats.has(need)),
    stranded: unserved.filter(({ need }) => seats.has(need)),
    moves,
    // Who stays goes where they would have gone anyway.
    km: [...asked, ...moves].reduce((sum, { heads, km }) => sum + heads * km, 0),
    saved: others + mine.reduce((sum, { need, heads }) => sum + (lost(homeOf.get(need)) ? heads : 0), 0),
  };
}

/** Works a plan out: the question is read in one transaction, answered outside any, and the answer kept in another. Meanwhile it tells how far it is, and hears whether to stop. */
export const workOutPlan: JobKind<Payload> = {
  name: 'idea-bank.work-out-plan',
  retries: 1,
  async run(room, payload) {
    const actor = await coordinatorOf(room, payload);
    if (actor === null) return;
    const { centre, plan } = payload;
    const now = room.clock.now();
    const asked = await inTransaction(room.db, actor, now, false, async (tx) => {
      const context = contextIn(room, actor, now, tx);
      const kept = await keptPlan(context, plan);
      if (kept.state !== 'waiting') return null;
      const question = await readQuestion(context, kept.by_hand, kept.about);
      await sql`update vn.pool_plan set question = ${JSON.stringify(question)}::jsonb where centre_id = ${centre} and id = ${plan}`.execute(tx);
      return { ...question, seconds: kept.seconds, stop: kept.stop };
    });
    if (asked === null) return;
    const control = new AbortController();
    if (asked.stop) control.abort();
    let progress: KeptProgress | null = null;
    let looking: Promise<void> = Promise.resolve();
    const look = async () => {
      const stop = await inTransaction(room.db, actor, room.clock.now(), false, async (tx) => {
        const kept = await sql<{ stop: boolean }>`
          update vn.pool_plan set progress = ${progress === null ? null : JSON.stringify(progress)}::jsonb where centre_id = ${centre} and id = ${plan} returning stop`.execute(tx);
        return kept.rows[0]?.stop ?? true;
      });
      if (stop) control.abort();
    };
    // One look after the other; what fails is tried again with the next.
    const every = setInterval(() => {
      looking = looking.then(look).catch(() => undefined);
    }, lookEvery);
    let found: KeptProposal;
    try {
      // A plan has its own limit of time; the process is ended only if it forgets it.
      const limit = (2 * asked.seconds + 60) * 1000;
      found = await callApart<Errand, KeptProposal, KeptProgress>(import.meta.url, workOutApart.name, [asked.instance, asked.seats, { seed: 1, seconds: asked.seconds }], limit, {
        signal: control.signal,
        told: (far) => {
          progress = far;
        },
      });
    } finally {
      clearInterval(every);
      await looking;
    }
    await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
      sql`update vn.pool_plan set state = 'done', proposal = ${JSON.stringify(found)}::jsonb, done_at = ctx.now(), version = version + 1 where centre_id = ${centre} and id = ${plan} and state = 'waiting'`.execute(
        tx,
      ),
    );
  },
  async gaveUp(room, payload) {
    const actor = await coordinatorOf(room, payload);
    if (actor === null) return;
    await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
      sql`update vn.pool_plan set state = 'failed', done_at = ctx.now(), version = version + 1 where centre_id = ${payload.centre} and id = ${payload.plan} and state = 'waiting'`.execute(tx),
    );
  },
};
