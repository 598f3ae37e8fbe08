import { sql } from 'kysely';
import { localTime } from '../../../../kit/calendar-day.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import { centreOf } from '../../../../platform/http/context.ts';
import { contextIn } from '../../../../platform/jobs/as-coordinator.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobRoom } from '../../../../platform/jobs/jobs.ts';
import { blankOf, type ClockRule, clockRules, columnsOf, goneWord, type keepReasons, ofTheGate, type PersonalTable, register, useOf } from '../model.ts';
import { type Identity, patternOf } from '../rules.ts';
import { byKeys, dueOf, keyOf, named, patternIn, theirs } from './queries.ts';

/** Rows of one transaction: whoever wants to write to them waits no longer than these take. */
const piece = 200;
/** Looking for a name in all texts of a centre may take a while and locks nothing. */
const unhurried = (tx: Tx) => sql`select set_config('statement_timeout', '600000', true)`.execute(tx);

const acting = async ({ db, clock }: JobRoom, centre: string, person: string | null): Promise<Actor | null> => {
  const found = await inTransaction(db, visitor, clock.now(), true, (tx) => tx.selectFrom('centre').select('tz').where('id', '=', centre).executeTakeFirst());
  return found === undefined ? null : { ...visitor, audience: 'protection', centreId: centre, zone: found.tz, personId: person, roles: ['data_protection'] };
};

type Keys = { key: object }[];

/** Takes a table's rows of the person, or the words about them, out. First which ones, reading; then a piece at a time, by key. */
async function eraseFrom(room: JobRoom, actor: Actor, table: PersonalTable, it: Identity): Promise<number> {
  const reading = <T>(work: (tx: Tx) => Promise<T>) =>
    inTransaction(room.db, actor, room.clock.now(), true, async (tx) => {
      await unhurried(tx);
      return work(tx);
    });
  const writing = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(room.db, actor, room.clock.now(), false, work);
  const of = sql.raw(`vn."${table.table}" t`);
  const keysWhere = (where: ReturnType<typeof theirs>) =>
    reading(async (tx) => (await sql<{ key: object }>`select ${keyOf(table.key)} "key" from ${of} where t.centre_id = ctx.centre() and ${where}`.execute(tx)).rows);
  const inPieces = async (keys: Keys, work: (tx: Tx, some: object[]) => Promise<unknown>) => {
    for (let at = 0; at < keys.length; at += piece)
      await writing((tx) =>
        work(
          tx,
          keys.slice(at, at + piece).map(({ key }) => key),
        ),
      );
  };
  const pattern = patternIn(table, it);
  // Words before rows: a row that lost its name is still found by what is written in it.
  const texts = columnsOf(table, 'text', 'json');
  const says = pattern === null || texts.length === 0 ? [] : await keysWhere(table.erase === 'delete' ? sql`false` : sql`(${named(table, it)} or ${theirs(table, it)})`);
  const own = await keysWhere(theirs(table, it));
  if (pattern !== null)
    await inPieces(says, async (tx, some) => {
      const set = texts.map((column) => {
        const isJson = useOf(table.columns[column] ?? 'text') === 'json';
        const replaced = sql`regexp_replace(t.${sql.raw(`"${column}"`)}::text, ${pattern}, ${goneWord}, 'gi')`;
        return sql`${sql.raw(`"${column}"`)} = ${isJson ? sql`${replaced}::jsonb` : sql`left(${replaced}, greatest(length(t.${sql.raw(`"${column}"`)}), 200))`}`;
      });
      // A file in a row whose words named somebody is the mail they came from.
      const files = columnsOf(table, 'file').map((column) => sql`${sql.raw(`"${column}"`)} = null`);
      await sql`update ${of} set ${sql.join([...set, ...files])} where ${byKeys(table.table, table.key, some)}`.execute(tx);
      if (table.table === 'visit_report') await sql`select vn.erase_from_search(${some.map((key) => (key as { id: string }).id)}::uuid[], ${pattern}, ${goneWord})`.execute(tx);
    });
  if (table.erase === 'delete') await inPieces(own, (tx, some) => sql`delete from ${of} where ${byKeys(table.table, table.key, some)}`.execute(tx));
  else {
    const set = Object.entries(table.columns)
      .filter(([name, column]) => ['name', 'email', 'phone', 'own', 'contact'].includes(useOf(column)) && !table.key.includes(name))
      .map(([name, column]) => sql`${sql.raw(`"${name}"`)} = ${sql.raw(blankOf(column))}`);
    if (set.length > 0) await inPieces(own, (tx, some) => sql`update ${of} set ${sql.join(set)} where ${byKeys(table.table, table.key, some)}`.execute(tx));
  }
  return new Set([...says, ...own].map(({ key }) => JSON.stringify(key))).size;
}

interface ErasurePayload {
  centre: string;
  person: string;
  erasure: string;
}

/** Contacts last: what else is theirs is found by them. */
const inOrder = [...register.filter(({ table }) => table !== 'contact'), ...register.filter(({ table }) => table === 'contact')];

export const carryOutErasure: JobKind<ErasurePayload> = {
  name: 'data-protection.erase',
  retries: 3,
  async run(room, { centre, person, erasure }) {
    const actor = await acting(room, centre, person);
    if (actor === null) return;
    const begun = await inTransaction(room.db, actor, room.clock.now(), true, (tx) =>
      tx.selectFrom('erasure').select(['identity', 'state']).where('centre_id', '=', centre).where('id', '=', erasure).where('state', '=', 'running').executeTakeFirst(),
    );
    if (begun === undefined) return;
    const it = begun.identity as unknown as Identity;
    const counts: Record<string, number> = {};
    const kept: Record<string, (typeof keepReasons)[number]> = {};
    const count = (kind: string, rows: number) => {
      if (rows > 0) counts[kind] = (counts[kind] ?? 0) + rows;
    };
    for (const table of inOrder) {
      if (table.erase !== 'keep') {
        count(table.kind, await eraseFrom(room, actor, table, it));
        continue;
      }
      const found = await inTransaction(room.db, actor, room.clock.now(), true, (tx) =>
        sql<{ any: boolean }>`select exists (select from ${sql.raw(`vn."${table.table}" t`)} where t.centre_id = ctx.centre() and ${theirs(table, it)}) "any"`.execute(tx),
      );
      if (found.rows[0]?.any && table.keep !== undefined) kept[table.kind] = table.keep;
    }
    const pattern = patternOf(it, true);
    const mails = await inTransaction(room.db, actor, room.clock.now(), true, async (tx) => {
      await unhurried(tx);
      return (await sql<{ id: string }>`select id from vn.mails_about(${it.emails}::text[], ${pattern})`.execute(tx)).rows.map(({ id }) => id);
    });
    for (let at = 0; at < mails.length; at += piece)
      await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
        sql`select vn.erase_from_mails(${mails.slice(at, at + piece)}::uuid[], ${it.emails}::text[], ${pattern}, ${goneWord})`.execute(tx),
      );
    count('mails', mails.length);
    await inTransaction(room.db, actor, room.clock.now(), false, async (tx) => {
      if (pattern !== null) {
        const rows = await sql<{ count: number }>`select vn.erase_from_imports(${it.emails}::text[], ${pattern}, ${goneWord}) "count"`.execute(tx);
        count('imports', rows.rows[0]?.count ?? 0);
        await sql`select vn.erase_from_answers(${pattern})`.execute(tx);
      }
      if (it.person !== null) {
        const answer = await sql<{ answer: string }>`select vn.erase_staff(${it.person}, true) answer`.execute(tx);
        if (answer.rows[0]?.answer === 'done') count('staff', 1);
        else kept.staff = answer.rows[0]?.answer === 'still_here' ? 'still_here' : 'other_centre';
      }
      const hashes = [...it.emails.map((email) => `erased email ${email}`), ...it.phones.map((phone) => `erased phone ${phone}`)].map(room.keyedHash);
      for (const hash of hashes) await sql`insert into vn.erased (centre_id, hash, erasure_id) values (ctx.centre(), ${hash}, ${erasure}) on conflict do nothing`.execute(tx);
      await sql`update vn.erasure set state = 'done', identity = null, counts = ${JSON.stringify(counts)}::jsonb, kept = ${JSON.stringify(kept)}::jsonb, done_at = ctx.now() where centre_id = ctx.centre() and id = ${erasure}`.execute(
        tx,
      );
      await contextIn(room, actor, room.clock.now(), tx).audit('person.erased', erasure, { rows: Object.values(counts).reduce((sum, rows) => sum + rows, 0) });
    });
  },
  /** Who it was stays known so that somebody can ask again; the list says that it failed. */
  async gaveUp(room, { centre, person, erasure }) {
    const actor = await acting(room, centre, person);
    if (actor === null) return;
    await inTransaction(room.db, actor, room.clock.now(), false, (tx) =>
      sql`update vn.erasure set state = 'failed', identity = null, done_at = ctx.now() where centre_id = ctx.centre() and id = ${erasure} and state = 'running'`.execute(tx),
    );
  },
};

// ---- Clocks --------------------------------------------------------------------------------------------------------------------------------------

/** Once a night, a centre's clocks. May run twice: what is gone is not due. */
export const carryOutRetention: JobKind<{ centre: string; day: string }> = {
  name: 'data-protection.retention',
  retries: 3,
  async run(room, { centre, day }) {
    const actor = await acting(room, centre, null);
    if (actor === null) return;
    const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(room.db, actor, room.clock.now(), false, work);
    const settings = await within(
      async (tx) =>
        (
          await sql<{
            clock: string;
            months: number | null;
            paused: boolean;
          }>`select s.clock, s.months, coalesce(s.paused_until >= ${day}::date, false) paused from vn.retention_setting s where s.centre_id = ctx.centre()`.execute(tx)
        ).rows,
    );
    const monthsOf = (rule: ClockRule) => settings.find(({ clock }) => clock === rule.clock)?.months ?? rule.months;
    const going = clockRules.filter((rule) => rule.does !== 'own' || ofTheGate(rule)).filter((rule) => settings.find(({ clock }) => clock === rule.clock)?.paused !== true);
    // On most nights nothing is due: that is one question.
    const due = await within(async (tx) => {
      await unhurried(tx);
      await sql`select vn.erase_from_answers(null)`.execute(tx);
      const moment = sql`${room.clock.now().toISOString()}::timestamptz`;
      const asked = going.map((rule) => sql`select ${rule.clock}::text clock where exists (select from ${dueOf(rule, monthsOf(rule), moment)} d)`);
      return asked.length === 0 ? [] : (await sql<{ clock: string }>`${sql.join(asked, sql` union all `)}`.execute(tx)).rows.map(({ clock }) => clock);
    });
    for (const rule of going.filter(({ clock }) => due.includes(clock))) {
      const months = monthsOf(rule);
      const of = sql.raw(`vn."${rule.table}" t`);
      let gone = 0;
      for (let more = true; more; ) {
        const now = room.clock.now().toISOString();
        const count = await within(async (tx) => {
          await unhurried(tx);
          if (ofTheGate(rule)) {
            const done = await sql<{ count: number }>`select vn.forget_beside(${rule.clock}, ${now}::timestamptz - make_interval(months => ${months}), ${piece}) "count"`.execute(tx);
            return done.rows[0]?.count ?? 0;
          }
          if (rule.does === 'own') return 0; // the concern's own chore does it, at the same clock
          const keys = (await sql<{ key: object }>`select d.key from ${dueOf(rule, months, sql`${now}::timestamptz`)} d limit ${piece}`.execute(tx)).rows.map(({ key }) => key);
          if (keys.length === 0) return 0;
          const which = byKeys(rule.table, rule.key, keys);
          if (rule.does === 'delete') await sql`delete from ${of} where ${which}`.execute(tx);
          else await sql`update ${of} set ${sql.join(Object.entries(rule.does).map(([column, value]) => sql`${sql.raw(`"${column}"`)} = ${sql.raw(value)}`))} where ${which}`.execute(tx);
          return keys.length;
        });
        gone += count;
        more = count === piece;
      }
      if (gone > 0)
        await within((tx) =>
          sql`insert into vn.retention_run (centre_id, day, clock, gone) values (ctx.centre(), ${day}, ${rule.clock}, ${gone}) on conflict (centre_id, day, clock) do update set gone = retention_run.gone + excluded.gone`.execute(
            tx,
          ),
        );
    }
  },
};

/** The first minute after two in the morning on which nobody has done it yet. */
export const chores: readonly Chore[] = [
  {
    name: 'data-protection.retention',
    run: async (context) => {
      if (localTime(context.actor.zone, context.now).minute < 2 * 60) return;
      const begun = await sql<{ first: boolean }>`select vn.begin_retention(${context.today}::date) "first"`.execute(context.tx);
      if (begun.rows[0]?.first === true) await context.enqueue(carryOutRetention, { centre: centreOf(context), day: context.today });
    },
  },
];
