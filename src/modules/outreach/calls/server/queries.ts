import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { isWorkingDay } from '../../../../platform/holidays.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { noRoomLeft } from '../../meetings/server/public.ts';
import { introductionsOnCard } from '../../suppliers/server/public.ts';
import type * as contract from '../contract.ts';
import { type Calling, consequences, emptyReasons, type Outcome, type QueueCounts } from '../rules.ts';

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The centre's settings for calling, defaults included. */
export async function callingOf(context: Context): Promise<Calling> {
  const found = await sql<{ call_from: string; call_to: string; attempts: number; attempt_hours: number; not_now_months: number; not_interested_months: number }>`
    select call_from, call_to, attempts, attempt_hours, not_now_months, not_interested_months from vn.outreach_settings()`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('there are always settings');
  return {
    zone: context.actor.zone,
    from: minutes(row.call_from),
    to: minutes(row.call_to),
    attempts: row.attempts,
    attemptHours: row.attempt_hours,
    notNowMonths: row.not_now_months,
    notInterestedMonths: row.not_interested_months,
    isWorkingDay,
  };
}

interface QueueRow {
  state: QueueCounts['state'];
  name: string;
  goal: string;
  total: number;
  ready: number;
  later: number;
  later_at: string | null;
  promised: number;
  promised_at: string | null;
  leased: number;
  leased_until: string | null;
  resting: number;
  resting_until: string | null;
  without_phone: number;
  unanswered: number | null;
  calls_today: number;
}

/** How a queue stands. */
export async function queueOf(context: Context, campaign: string, calling: Calling): Promise<contract.Queue> {
  const found = await sql<QueueRow>`select * from vn.queue_state(${campaign}, ${context.actor.organisationId})`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw problem('not_found');
  const counts: QueueCounts = {
    state: row.state,
    ready: row.ready,
    later: row.later,
    laterAt: row.later_at,
    promised: row.promised,
    promisedAt: row.promised_at,
    leased: row.leased,
    leasedUntil: row.leased_until,
    resting: row.resting,
    restingUntil: row.resting_until,
    withoutPhone: row.without_phone,
    unanswered: row.unanswered,
    full: row.state === 'open' && (await noRoomLeft(context)),
  };
  return {
    campaign: { id: campaign as contract.Queue['campaign']['id'], name: row.name, goal: row.goal },
    state: row.state,
    ready: row.state === 'open' ? row.ready : 0,
    total: row.total,
    callsToday: row.calls_today,
    reasons: emptyReasons(counts, context.now, calling),
  };
}

export const readQueue = async (context: Context, { params }: InputOf<typeof contract.readQueue>): Promise<contract.Queue> => queueOf(context, params.campaign, await callingOf(context));

export async function callCampaigns(context: Context): Promise<contract.Queue[]> {
  const calling = await callingOf(context);
  const found = await sql<{ id: string }>`select id from vn.calling_campaigns(${context.actor.organisationId})`.execute(context.tx);
  const queues: contract.Queue[] = [];
  for (const { id } of found.rows) queues.push(await queueOf(context, id, calling));
  return queues;
}

interface CardRow {
  item: string;
  lease_no: number;
  lease_until: string;
  claimed_at: string;
  attempts: number;
  company: string | null;
  name: string;
  town: string | null;
  phone: string | null;
  industry: string | null;
  size_from: number | null;
  size_to: number | null;
  facts: Record<string, unknown>;
  campaign: string;
  campaign_name: string;
  goal: string;
  why: string;
  scripts: Record<string, string>;
  earlier: { day: string; outcome: Outcome }[];
}

/** The card of a company that the asker holds; null when it is not held. */
export async function cardOf(context: Context, item: string, calling: Calling): Promise<contract.Card | null> {
  const found = await sql<CardRow>`select * from vn.call_card(${item})`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) return null;
  return {
    item: row.item as contract.Card['item'],
    leaseNo: row.lease_no,
    leaseUntil: row.lease_until,
    claimedAt: row.claimed_at,
    campaign: { id: row.campaign as contract.Card['campaign']['id'], name: row.campaign_name, goal: row.goal, why: row.why },
    company: row.company as contract.Card['company'],
    name: row.name,
    town: row.town,
    phone: row.phone,
    industry: row.industry,
    size: row.size_from === null ? null : { from: row.size_from, to: row.size_to },
    facts: row.facts,
    introductions: await introductionsOnCard(context, item),
    scripts: row.scripts,
    attempts: row.attempts,
    earlier: row.earlier,
    consequences: consequences(context.now, row.attempts, calling),
  };
}

interface CallRow {
  id: string;
  company_id: string;
  company_name: string;
  campaign_id: string | null;
  campaign_name: string | null;
  person: string | null;
  at: string;
  day: string;
  direction: 'in' | 'out';
  route: contract.Call['route'];
  outcome: Outcome;
  reason: contract.Call['reason'];
  note: string | null;
  undone_at: string | null;
  needs: boolean;
  queue_item_id: string | null;
  decision: 'requeued' | 'closed' | null;
  decision_note: string | null;
  corrections: contract.Call['corrections'];
  objection: boolean;
  lifted_at: string | null;
  lifted_by: string | null;
  lifted_because: string | null;
}

const columns = sql`
  c.id, c.company_id, k.name company_name, c.campaign_id, g.name campaign_name, vn.person_name(c.person_id) person, c.at, c.day, c.direction, c.route, c.outcome, c.reason, c.note, c.undone_at, c.needs,
  c.queue_item_id, c.decision, c.decision_note, c.objection, c.lifted_at, case when c.lifted_by is not null then vn.person_name(c.lifted_by) end lifted_by, c.lifted_because,
  coalesce((select json_agg(json_build_object('was', x.was, 'became', x.became, 'reason', x.reason, 'at', to_char(x.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', vn.person_name(x.person_id)) order by x.at, x.id)
    from vn.call_correction x where x.centre_id = c.centre_id and x.call_id = c.id), '[]') corrections`;
const joined = sql`vn.call c join vn.company k on k.id = c.company_id left join vn.campaign g on g.centre_id = c.centre_id and g.id = c.campaign_id`;

function shaped(context: Context, row: CallRow): contract.Call {
  const coordinates = context.actor.roles.includes('coordinator');
  const undecided = coordinates && row.needs && row.decision === null && row.undone_at === null;
  return {
    id: row.id as contract.Call['id'],
    company: { id: row.company_id as contract.Call['company']['id'], name: row.company_name },
    campaign: row.campaign_id === null ? null : { id: row.campaign_id as contract.Card['campaign']['id'], name: row.campaign_name ?? '' },
    person: row.person,
    at: row.at,
    day: row.day,
    direction: row.direction,
    route: row.route,
    outcome: row.outcome,
    reason: row.reason,
    note: row.note,
    undone: row.undone_at !== null,
    corrections: row.corrections,
    decision: row.decision === null ? null : { kind: row.decision, note: row.decision_note },
    objection: !row.objection || row.undone_at !== null ? null : { lifted: row.lifted_at === null ? null : { at: row.lifted_at, by: row.lifted_by, reason: row.lifted_because ?? '' } },
    can: {
      correct: coordinates && row.undone_at === null,
      decide: undecided,
      requeue: undecided && row.queue_item_id !== null,
      lift: coordinates && row.objection && row.undone_at === null && row.lifted_at === null,
    },
  };
}

/** Calls by newest first; the row policies leave a consultant the own ones. */
export async function calls(context: Context, { query }: InputOf<typeof contract.listCalls>): Promise<OutputOf<typeof contract.listCalls>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const where = [sql`c.centre_id = ${centreOf(context)}`];
  if (query.campaign !== undefined) where.push(sql`c.campaign_id = ${query.campaign}`);
  if (query.outcome !== undefined) where.push(sql`c.outcome = ${query.outcome}`);
  if (query.from !== undefined) where.push(sql`c.day >= ${query.from}::date`);
  if (query.to !== undefined) where.push(sql`c.day <= ${query.to}::date`);
  if (query.open !== undefined) where.push(sql`c.needs and c.decided_at is null and c.undone_at is null`);
  if (after !== null) where.push(sql`(c.at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const found = await sql<CallRow>`select ${columns} from ${joined} where ${sql.join(where, sql` and `)} order by c.at desc, c.id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.at, last.id]);
  return { items: page.items.map((row) => shaped(context, row)), next: page.next };
}

export async function callById(context: Context, id: string): Promise<contract.Call> {
  const found = await sql<CallRow>`select ${columns} from ${joined} where c.centre_id = ${centreOf(context)} and c.id = ${id}`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw problem('not_found');
  return shaped(context, row);
}
