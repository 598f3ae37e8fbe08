import { sql } from 'kysely';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobTools } from '../../../../platform/jobs/jobs.ts';
import { undoSeconds } from '../rules.ts';

/** The house in one centre: what it does there, it does under that centre's policies. */
const houseOf = (centreId: string, zone: string): Actor => ({ ...visitor, audience: 'staff', centreId, zone, asCoordinator: true, roles: ['coordinator'] });

/**
 * What all centres are to know of one call's objection: first what `there` does and finds where it was told, then every centre asks again.
 * @param there writes in the call's own centre, once; answers whether the company is on the list of all afterwards, and null where there is nothing to carry
 */
async function carry({ db, clock, keyedHash }: JobTools, { centre, call }: { centre: string; call: string }, there: (tx: Tx, told: Told, hash: Buffer) => Promise<boolean | null>): Promise<void> {
  const centres = await inTransaction(db, visitor, clock.now(), true, (tx) => tx.selectFrom('centre').select(['id', 'tz']).orderBy('id').execute());
  const here = centres.find(({ id }) => id === centre);
  if (here === undefined) return;
  const found = await inTransaction(db, houseOf(here.id, here.tz), clock.now(), false, async (tx) => {
    const row = await tx
      .selectFrom('call as c')
      .innerJoin('company as k', 'k.id', 'c.company_id')
      .select(['c.company_id', 'c.objection', 'c.spread_at', 'c.undone_at', 'c.lifted_at', 'k.cvr'])
      .where('c.centre_id', '=', centre)
      .where('c.id', '=', call)
      .executeTakeFirst();
    const listed = row === undefined ? null : await there(tx, row, keyedHash(row.cvr));
    return row === undefined || listed === null ? null : { company: [row.company_id], objecting: listed ? [row.company_id] : [] };
  });
  if (found === null) return;
  for (const { id, tz } of centres)
    await inTransaction(db, houseOf(id, tz), clock.now(), false, (tx) => sql`select vn.ask_objections(${sql.val(found.company)}::uuid[], ${sql.val(found.objecting)}::uuid[])`.execute(tx));
}
interface Told {
  objection: boolean;
  spread_at: unknown;
  undone_at: unknown;
  lifted_at: unknown;
}

/** "Never call us" is carried to every centre as a keyed hash of the company number, once nobody can undo it any more. */
export const spreadObjection: JobKind<{ centre: string; call: string }> = {
  name: 'calls.spread-objection',
  retries: 5,
  run: (tools, payload) =>
    carry(tools, payload, async (tx, told, hash) => {
      if (!told.objection || told.undone_at !== null || told.lifted_at !== null) return null;
      if (told.spread_at === null) {
        await sql`select vn.mark_spread(${payload.call})`.execute(tx);
        await sql`select vn.suppress(${hash})`.execute(tx);
      }
      return true;
    }),
};

/** An objection that was lifted is carried back: from the list of all, and from every centre that was not told itself. */
export const carryLifted: JobKind<{ centre: string; call: string }> = {
  name: 'calls.carry-lifted',
  retries: 5,
  run: (tools, payload) =>
    carry(tools, payload, async (tx, told, hash) => {
      if (told.lifted_at === null) return null;
      if (told.spread_at !== null) {
        await sql`select vn.mark_carried(${payload.call})`.execute(tx);
        await sql`select vn.unsuppress(${hash})`.execute(tx);
      }
      return (await sql`select from vn.suppressed(${sql.val([hash])}::bytea[])`.execute(tx)).rows.length > 0;
    }),
};

const atOnce = 5000;

/** Companies that came into a centre later are held against the objections of all. */
export const askObjections: JobKind<{ centre: string }> = {
  name: 'calls.ask-objections',
  retries: 5,
  async run({ db, clock, keyedHash }, { centre }) {
    const found = await inTransaction(db, visitor, clock.now(), true, (tx) => tx.selectFrom('centre').select(['id', 'tz']).where('id', '=', centre).executeTakeFirst());
    if (found === undefined) return;
    for (let left = true; left; ) {
      left = await inTransaction(db, houseOf(found.id, found.tz), clock.now(), false, async (tx) => {
        const rows = await tx
          .selectFrom('relation as r')
          .innerJoin('company as k', 'k.id', 'r.company_id')
          .select(['r.company_id', 'k.cvr'])
          .where('r.centre_id', '=', centre)
          .where('r.objection_asked', '=', false)
          .orderBy('r.company_id')
          .limit(atOnce)
          .execute();
        if (rows.length === 0) return false;
        const hashes = new Map(rows.map((row) => [keyedHash(row.cvr).toString('hex'), row.company_id]));
        const known = await sql<{ hash: Buffer }>`select hash from vn.suppressed(${sql.val([...hashes.keys()].map((hash) => Buffer.from(hash, 'hex')))}::bytea[]) hash`.execute(tx);
        const objecting = known.rows.map(({ hash }) => hashes.get(hash.toString('hex')));
        await sql`select vn.ask_objections(${sql.val(rows.map((row) => row.company_id))}::uuid[], ${sql.val(objecting)}::uuid[])`.execute(tx);
        return rows.length === atOnce;
      });
    }
  },
};

/** Fills the queues with what may be called again, and sends the work about objections on its way. */
async function tend(context: Context): Promise<void> {
  const centre = centreOf(context);
  await sql`select vn.fill_queues()`.execute(context.tx);
  const final = new Date(context.now.getTime() - 2 * undoSeconds * 1000).toISOString();
  const objections = await context.tx
    .selectFrom('call')
    .select('id')
    .where('centre_id', '=', centre)
    .where('objection', '=', true)
    .where('spread_at', 'is', null)
    .where('undone_at', 'is', null)
    .where('lifted_at', 'is', null)
    .where('at', '<=', final)
    .orderBy('at')
    .limit(100)
    .execute();
  for (const { id } of objections) await context.enqueue(spreadObjection, { centre, call: id });
  const lifted = await context.tx
    .selectFrom('call')
    .select('id')
    .where('centre_id', '=', centre)
    .where('lifted_at', 'is not', null)
    .where('spread_at', 'is not', null)
    .orderBy('at')
    .limit(100)
    .execute();
  for (const { id } of lifted) await context.enqueue(carryLifted, { centre, call: id });
  const unasked = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('objection_asked', '=', false).limit(1).executeTakeFirst();
  if (unasked !== undefined) await context.enqueue(askObjections, { centre });
}

export const chores: readonly Chore[] = [{ name: 'calls.tend', run: tend }];
