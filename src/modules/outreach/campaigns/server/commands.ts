import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import type { Campaign } from '../contract.ts';
import * as contract from '../contract.ts';
import { campaignById, drawn } from './queries.ts';

type Plan = InputOf<typeof contract.addCampaign>['body'];
type Planning = typeof contract.addCampaign | typeof contract.writeCampaign;

const columnsOf = ({ criteria, scripts: _scripts, pickedBy, ...plan }: Plan) => ({ ...plan, picked_by: pickedBy, criteria: JSON.stringify(criteria) });

async function writeScripts(context: Context, campaign: string, { scripts }: Plan): Promise<void> {
  const centre = centreOf(context);
  await context.tx.deleteFrom('campaign_script').where('centre_id', '=', centre).where('campaign_id', '=', campaign).execute();
  if (scripts.length === 0) return;
  await context.tx
    .insertInto('campaign_script')
    .values(scripts.map((script) => ({ centre_id: centre, campaign_id: campaign, ...script })))
    .execute();
}

/** A plan as the database takes it, or the endpoint's own refusal. */
async function planned<T>(endpoint: Planning, { starts, ends }: Plan, write: () => Promise<T>): Promise<T> {
  if (ends < starts) throw refuse(endpoint as typeof contract.addCampaign, 'days_reversed', { fields: [{ path: 'ends', code: 'days_reversed' }] });
  try {
    return await write();
  } catch (error) {
    if (violates(error, 'campaign_name')) throw refuse(endpoint as typeof contract.addCampaign, 'name_taken', { fields: [{ path: 'name', code: 'name_taken' }] });
    throw error;
  }
}

export async function addCampaign(context: Context, { body }: InputOf<typeof contract.addCampaign>): Promise<Campaign> {
  const id = context.newId();
  await planned(contract.addCampaign, body, () =>
    context.tx
      .insertInto('campaign')
      .values({
        centre_id: centreOf(context),
        id,
        ...columnsOf(body),
        seed: Number.parseInt(context.newId().slice(-7), 16), // any number will do, as long as it is kept
        created_at: context.now.toISOString(),
        created_by: personOf(context),
      })
      .execute(),
  );
  await writeScripts(context, id, body);
  await context.audit('campaign.planned', id, { name: body.name });
  return campaignById(context, id);
}

export async function writeCampaign(context: Context, { params, body }: InputOf<typeof contract.writeCampaign>): Promise<Campaign> {
  const before = await campaignById(context, params.campaign);
  // Schools that were asked to name companies are not told that nobody will ring them.
  if (!before.can.edit || (before.nominateUntil !== null && body.pickedBy !== 'schools')) throw refuse(contract.writeCampaign, 'campaign_state');
  const written = await planned(contract.writeCampaign, body, () =>
    context.tx
      .updateTable('campaign')
      .set({ ...columnsOf(body), version: sql<number>`version + 1` })
      .where('centre_id', '=', centreOf(context))
      .where('id', '=', params.campaign)
      .where('version', '=', context.version)
      .where('frozen_at', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  );
  if (written === undefined) throw problem('version_conflict', { current: await campaignById(context, params.campaign) });
  await writeScripts(context, params.campaign, body);
  await context.audit('campaign.written', params.campaign, { name: body.name });
  return campaignById(context, params.campaign);
}

/** Moves a campaign on from where it must be; whoever comes second finds it elsewhere. */
async function advance<E extends Endpoint>(context: Context, endpoint: E, id: string, from: RawBuilder<boolean>, set: Record<string, unknown>): Promise<Campaign> {
  await campaignById(context, id);
  const moved = await context.tx
    .updateTable('campaign')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', id)
    .where(from)
    .returning('id')
    .executeTakeFirst();
  if (moved === undefined) throw refuse(endpoint, 'campaign_state' as ErrorOf<E>);
  return campaignById(context, id);
}

export async function freezeList(context: Context, { params }: InputOf<typeof contract.freezeList>): Promise<Campaign> {
  const centre = centreOf(context);
  const before = await campaignById(context, params.campaign);
  if (before.state === 'draft' && !before.can.freeze) throw refuse(contract.freezeList, 'nominations_open');
  await advance(context, contract.freezeList, params.campaign, sql`frozen_at is null and ended_at is null`, { frozen_at: context.now.toISOString() });
  const plan = await context.tx
    .selectFrom('campaign')
    .select(['id', 'picked_by', 'criteria', 'draw', 'seed'])
    .where('centre_id', '=', centre)
    .where('id', '=', params.campaign)
    .executeTakeFirstOrThrow();
  await sql`insert into vn.target (centre_id, campaign_id, company_id, unit_id, facts)
    select ${centre}, ${params.campaign}::uuid, d.company_id, d.unit_id, d.facts from (${drawn(centre, plan as unknown as Parameters<typeof drawn>[1])}) d`.execute(context.tx);
  const frozen = await campaignById(context, params.campaign);
  if (frozen.targets === 0) throw refuse(contract.freezeList, 'list_empty');
  await context.audit('list.frozen', params.campaign, { companies: frozen.targets });
  return frozen;
}

export async function discardList(context: Context, { params }: InputOf<typeof contract.discardList>): Promise<Campaign> {
  const campaign = await advance(context, contract.discardList, params.campaign, sql`frozen_at is not null and hearing_opened_at is null and ended_at is null`, { frozen_at: null });
  await context.tx.deleteFrom('target').where('centre_id', '=', centreOf(context)).where('campaign_id', '=', params.campaign).execute();
  await context.audit('list.discarded', params.campaign);
  return { ...campaign, targets: null };
}

export async function pauseCampaign(context: Context, { params }: InputOf<typeof contract.pauseCampaign>): Promise<Campaign> {
  const campaign = await advance(context, contract.pauseCampaign, params.campaign, sql`heard and not paused`, { paused: true });
  await context.audit('campaign.paused', params.campaign);
  return campaign;
}

export async function resumeCampaign(context: Context, { params }: InputOf<typeof contract.resumeCampaign>): Promise<Campaign> {
  const campaign = await advance(context, contract.resumeCampaign, params.campaign, sql`heard and paused`, { paused: false });
  await context.audit('campaign.resumed', params.campaign);
  return campaign;
}

export async function endCampaign(context: Context, { params }: InputOf<typeof contract.endCampaign>): Promise<Campaign> {
  const campaign = await advance(context, contract.endCampaign, params.campaign, sql`ended_at is null`, { ended_at: context.now.toISOString() });
  await context.audit('campaign.ended', params.campaign);
  return campaign;
}
