import { type RawBuilder, sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { workingDaysAfter } from '../../../../platform/calendar/office-hours.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { isLate, isOpen, rightsOver } from '../rules.ts';

type Referral = contract.Referral;
interface Row {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  need_id: string;
  what: string;
  field: Referral['need']['field'];
  from_school: string | null;
  from_name: string | null;
  to_school: string;
  to_name: string;
  from_person: string;
  sender: string | null;
  owner_id: string | null;
  owner: string | null;
  about: string;
  state: Referral['state'];
  reason: string | null;
  outcome: Referral['outcome'];
  outcome_note: string;
  sent_at: string;
  moved_at: string;
  moved_on: string;
  version: number;
}

const inOrder = ['sent', 'accepted', 'started'];

/** Row policies leave what the own school gave or got; the coordinator sees all. */
async function read(context: Context, where: RawBuilder<unknown>): Promise<Referral[]> {
  const { actor, today } = context;
  const found = await sql<Row>`
    select r.id, r.company_id, k.name company, k.town, r.need_id, n.what, n.field, r.from_school, f.name from_name, r.to_school, t.name to_name, r.from_person, vn.person_name(r.from_person) sender, r.owner_id,
        vn.person_name(r.owner_id) owner, r.about, r.state, r.reason, r.outcome, r.outcome_note, r.sent_at, r.moved_at, (r.moved_at at time zone ${actor.zone})::date::text moved_on, r.version
      from vn.referral r join vn.company k on k.id = r.company_id join vn.need n on n.centre_id = r.centre_id and n.id = r.need_id
      left join vn.school f on f.centre_id = r.centre_id and f.id = r.from_school join vn.school t on t.centre_id = r.centre_id and t.id = r.to_school
     where r.centre_id = ${centreOf(context)} and ${where} order by r.state = any (${sql.val(inOrder)}::text[]) desc, r.moved_at desc, r.id limit 500`.execute(context.tx);
  const rows = found.rows.map((row): Referral => {
    const days = (Date.parse(today) - Date.parse(row.moved_on)) / 86_400_000;
    return {
      id: row.id as Referral['id'],
      company: { id: row.company_id as Referral['company']['id'], name: row.company, town: row.town },
      need: { id: row.need_id as Referral['need']['id'], what: row.what, field: row.field },
      from: row.from_school === null ? null : { id: row.from_school as Referral['to']['id'], name: row.from_name ?? '' },
      to: { id: row.to_school as Referral['to']['id'], name: row.to_name },
      sentBy: { id: row.from_person as Referral['sentBy']['id'], name: row.sender ?? '' },
      owner: row.owner_id === null ? null : { id: row.owner_id as Referral['sentBy']['id'], name: row.owner ?? '' },
      about: row.about,
      state: row.state,
      reason: row.reason,
      outcome: row.outcome,
      outcomeNote: row.outcome_note,
      sentAt: row.sent_at,
      movedAt: row.moved_at,
      late: isOpen(row.state) && isLate(row.state, { days, workingDays: days > 60 ? days : workingDaysAfter(row.moved_on, today) }),
      version: row.version,
      can: rightsOver(actor, { state: row.state, from: row.from_school, to: row.to_school }),
    };
  });
  return [...rows.filter(({ late }) => late), ...rows.filter(({ late }) => !late)];
}

export const referrals = (context: Context, { query }: InputOf<typeof contract.listReferrals>): Promise<Referral[]> => {
  const { schoolId } = context.actor;
  const way = { in: sql`r.to_school = ${schoolId}`, out: sql`r.from_school is not distinct from ${schoolId}::uuid`, both: sql`true` }[query.way];
  const open = sql`r.state = any (${sql.val(inOrder)}::text[])`;
  const state = { open, over: sql`not ${open}`, all: sql`true` }[query.state];
  return read(context, sql`${way} and ${state} and ${query.company === undefined ? sql`true` : sql`r.company_id = ${query.company}`}`);
};

/** @throws not_found, also for one between two other schools */
export async function referralById(context: Context, id: string): Promise<Referral> {
  const [found] = await read(context, sql`r.id = ${id}`);
  if (found === undefined) throw problem('not_found');
  return found;
}

export async function referral(context: Context, id: string): Promise<OutputOf<typeof contract.readReferral>> {
  const it = await referralById(context, id);
  const story = await sql<OutputOf<typeof contract.readReferral>['story'][number]>`
    select at, coalesce(vn.person_name(person_id), '') "by", state, vn.person_name(owner_id) owner, note from vn.referral_event where centre_id = ${centreOf(context)} and referral_id = ${id} order by no`.execute(
    context.tx,
  );
  return { ...it, story: story.rows };
}
export const oneReferral = (context: Context, { params }: InputOf<typeof contract.readReferral>) => referral(context, params.referral);

export async function credits(context: Context, { query }: InputOf<typeof contract.readCredits>): Promise<OutputOf<typeof contract.readCredits>> {
  const to = query.to ?? context.today;
  const earliest = shiftDay(to, -3 * 366);
  const from = [query.from ?? shiftDay(to, -365), earliest].sort()[1] ?? earliest;
  if (from > to) throw refuse(contract.readCredits, 'period_backwards', { fields: [{ path: 'to', code: 'period_backwards' }] });
  type Pair = OutputOf<typeof contract.readCredits>['pairs'][number];
  const found = await sql<{ from_school: string | null; from_name: string | null; to_school: string; to_name: string } & Omit<Pair, 'from' | 'to'>>`
    select r.from_school, f.name from_name, r.to_school, t.name to_name, count(*)::int sent, count(*) filter (where r.state in ('accepted', 'started', 'ended'))::int accepted,
        count(*) filter (where r.state = 'declined')::int declined, count(*) filter (where r.state in ('started', 'ended'))::int started,
        count(*) filter (where r.outcome in ('agreement', 'course'))::int agreements, count(*) filter (where r.state = 'ended')::int ended
      from vn.referral r left join vn.school f on f.centre_id = r.centre_id and f.id = r.from_school join vn.school t on t.centre_id = r.centre_id and t.id = r.to_school
     where r.centre_id = ${centreOf(context)} and r.state <> 'withdrawn' and (r.sent_at at time zone ${context.actor.zone})::date between ${from}::date and ${to}::date
     group by 1, 2, 3, 4 order by f.name collate "da-x-icu" nulls last, t.name collate "da-x-icu"`.execute(context.tx);
  return {
    from,
    to,
    pairs: found.rows.map(({ from_school, from_name, to_school, to_name, ...counts }) => ({
      from: from_school === null ? null : { id: from_school as Referral['to']['id'], name: from_name ?? '' },
      to: { id: to_school as Referral['to']['id'], name: to_name },
      ...counts,
    })),
  };
}
