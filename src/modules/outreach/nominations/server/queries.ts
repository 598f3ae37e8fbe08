import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { ownMatches } from '../../../companies/own-lists/server/public.ts';
import { schoolsOfToday } from '../../../organisation/schools/server/public.ts';
import type { listOwnCandidates, Nominations, Quotas, Round, readNominations, readQuotas } from '../contract.ts';

export async function quotas(context: Context, { params }: InputOf<typeof readQuotas>): Promise<Quotas> {
  const centre = centreOf(context);
  const campaign = await context.tx
    .selectFrom('campaign')
    .select(['call_hours', 'calls_per_hour', 'nominate_until', 'picked_by', 'frozen_at', 'ended_at'])
    .where('centre_id', '=', centre)
    .where('id', '=', params.campaign)
    .executeTakeFirst();
  if (campaign === undefined) throw problem('not_found');
  const held = await context.tx.selectFrom('nomination_quota').select(['school_id', 'quota', 'used']).where('centre_id', '=', centre).where('campaign_id', '=', params.campaign).execute();
  const schools = await schoolsOfToday(context);
  return {
    hours: campaign.call_hours,
    perHour: campaign.calls_per_hour,
    total: campaign.call_hours === null || campaign.calls_per_hour === null ? null : campaign.call_hours * campaign.calls_per_hour,
    deadline: campaign.nominate_until,
    schools: schools
      .toSorted((one, other) => one.name.localeCompare(other.name, 'da'))
      .map(({ id, name }) => {
        const quota = held.find(({ school_id }) => school_id === id);
        return { schoolId: id as Quotas['schools'][number]['schoolId'], school: name, quota: quota?.quota ?? 0, used: quota?.used ?? 0 };
      }),
    can: { write: campaign.picked_by === 'schools' && campaign.frozen_at === null && campaign.ended_at === null },
  };
}

interface RoundRow {
  campaign_id: string;
  name: string;
  goal: string;
  why: string;
  deadline: string;
  quota: number;
  used: number;
  listed: boolean;
  closed_at: string | null;
}

const shaped = ({ now }: Context, row: RoundRow): Round => ({
  campaign: row.campaign_id as Round['campaign'],
  name: row.name,
  goal: row.goal,
  why: row.why,
  deadline: row.deadline,
  quota: row.quota,
  used: row.used,
  state: row.closed_at !== null ? 'heard' : row.listed || new Date(row.deadline) <= now ? 'closed' : 'open',
});

export const rounds = async (context: Context): Promise<Round[]> => (await sql<RoundRow>`select * from vn.nomination_rounds()`.execute(context.tx)).rows.map((row) => shaped(context, row));

/** A campaign that the own school may name for; else not_found. */
export async function roundOf(context: Context, campaign: string): Promise<Round> {
  const found = await sql<RoundRow>`select * from vn.nomination_rounds() r where r.campaign_id = ${campaign}`.execute(context.tx);
  if (found.rows[0] === undefined) throw problem('not_found');
  return shaped(context, found.rows[0]);
}

export async function nominations(context: Context, { params }: InputOf<typeof readNominations>): Promise<Nominations> {
  const round = await roundOf(context, params.campaign);
  const found = await sql<{ company_id: string; cvr: string; name: string; town: string | null; no: number; person: string | null; available: boolean | null }>`
    select * from vn.own_nominations(${params.campaign})`.execute(context.tx);
  return { ...round, companies: found.rows.map(({ company_id, ...row }) => ({ company: company_id as Nominations['companies'][number]['company'], ...row })) };
}

export async function ownCandidates(context: Context, { params }: InputOf<typeof listOwnCandidates>): Promise<OutputOf<typeof listOwnCandidates>> {
  await roundOf(context, params.campaign);
  const { schoolId } = context.actor;
  const centre = centreOf(context);
  const listed = sql`select c.id company_id, c.cvr, c.name, c.postcode from vn.own_company w join vn.company c on c.cvr = w.cvr join vn.relation r on r.centre_id = w.centre_id and r.company_id = c.id
    where w.centre_id = ${centre} and w.school_id = ${schoolId} and w.refusal is null`;
  const found = await sql<{ id: string; cvr: string; name: string; town: string | null; note: string | null; available: boolean }>`
    select c.id, c.cvr, c.name, c.town, o.note, vn.available(c.id) available from (${ownMatches(centre, schoolId, listed)}) o join vn.company c on c.id = o.company_id
     where not exists (select from vn.own_nominations(${params.campaign}) n where n.company_id = c.id) order by c.name collate "da-x-icu", c.id limit 200`.execute(context.tx);
  return found.rows.map(({ id, ...row }) => ({ company: id as OutputOf<typeof listOwnCandidates>[number]['company'], ...row }));
}
