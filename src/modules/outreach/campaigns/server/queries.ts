import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { ofIndustry, ofSize } from '../../../companies/register/server/public.ts';
import type { Campaign, Criteria, countTargets, downloadTargets, listCampaigns, listIndustries, listTargets, readCampaign } from '../contract.ts';
import { compareList } from '../contract.ts';
import { startsOf } from '../model.ts';
import { mayDo, stateOf, suggestedRoutes } from '../rules.ts';

interface Row {
  id: string;
  name: string;
  goal: string;
  why: string;
  aim: 'breadth' | 'trade';
  routes: Campaign['routes'];
  starts: string;
  ends: string;
  criteria: Criteria;
  draw: number | null;
  seed: number;
  frozen_at: string | null;
  hearing_opened_at: string | null;
  hearing_deadline: string | null;
  hearing_closed_at: string | null;
  ended_at: string | null;
  paused: boolean;
  version: number;
  created_at: string;
  scripts: Campaign['scripts'];
  targets: number;
  unanswered: number;
  picked_by: 'criteria' | 'schools';
  nominate_until: string | null;
  unfilled: number;
}

const columns = sql`k.id, k.name, k.goal, k.why, k.aim, k.routes, k.starts, k.ends, k.criteria, k.draw, k.seed, k.frozen_at, k.hearing_opened_at, k.hearing_deadline, k.hearing_closed_at,
  k.ended_at, k.paused, k.version, k.created_at, k.picked_by, k.nominate_until,
  (select count(*)::int from vn.nomination_quota q where q.centre_id = k.centre_id and q.campaign_id = k.id and q.used < q.quota) unfilled,
  coalesce((select jsonb_agg(jsonb_build_object('language', s.language, 'text', s.text) order by s.language) from vn.campaign_script s where s.centre_id = k.centre_id and s.campaign_id = k.id), '[]') scripts,
  (select count(*)::int from vn.target t where t.centre_id = k.centre_id and t.campaign_id = k.id) targets,
  (select count(*)::int from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id and h.answered_at is null) unanswered`;

function shaped(context: Context, row: Row): Campaign {
  const times = {
    frozenAt: row.frozen_at,
    hearingOpenedAt: row.hearing_opened_at,
    hearingDeadline: row.hearing_deadline,
    hearingClosedAt: row.hearing_closed_at,
    endedAt: row.ended_at,
    paused: row.paused,
    naming: row.picked_by === 'schools' && (row.nominate_until === null || (row.unfilled > 0 && new Date(row.nominate_until) > context.now)),
  };
  const coordinator = context.actor.roles.includes('coordinator');
  // Whether a school has answered is its own and the coordinator's: others see none of it here.
  const can = mayDo(times, coordinator ? row.unanswered : 1, context.now.toISOString());
  return {
    id: row.id as Campaign['id'],
    name: row.name,
    goal: row.goal,
    why: row.why,
    aim: row.aim,
    routes: row.routes,
    starts: row.starts,
    ends: row.ends,
    pickedBy: row.picked_by,
    nominateUntil: row.nominate_until,
    criteria: row.criteria,
    draw: row.draw,
    scripts: row.scripts,
    state: stateOf(times),
    frozenAt: row.frozen_at,
    hearingDeadline: row.hearing_deadline,
    hearingClosedAt: row.hearing_closed_at,
    endedAt: row.ended_at,
    targets: row.frozen_at === null ? null : row.targets,
    suggestedRoutes: suggestedRoutes(row.aim),
    version: row.version,
    can: coordinator ? can : { edit: false, freeze: false, thaw: false, openHearing: false, closeHearing: false, pause: false, resume: false, end: false },
  };
}

export async function campaigns(context: Context, { query }: InputOf<typeof listCampaigns>): Promise<OutputOf<typeof listCampaigns>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const found = await sql<Row>`
    select ${columns} from vn.campaign k
     where k.centre_id = ${centreOf(context)} and (k.ended_at is not null) = ${query.over === 'true'}
       and (${after?.[0] ?? null}::timestamptz is null or (k.created_at, k.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by k.created_at desc, k.id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.created_at, last.id]);
  return { items: page.items.map((row) => shaped(context, row)), next: page.next };
}

async function rowOf(context: Context, id: string): Promise<Row> {
  const found = await sql<Row>`select ${columns} from vn.campaign k where k.centre_id = ${centreOf(context)} and k.id = ${id}`.execute(context.tx);
  if (found.rows[0] === undefined) throw problem('not_found');
  return found.rows[0];
}

/** A campaign of the centre that the actor may see; else not_found. */
export const campaignById = async (context: Context, id: string): Promise<Campaign> => shaped(context, await rowOf(context, id));

export const readCampaignById = (context: Context, { params }: InputOf<typeof readCampaign>) => campaignById(context, params.campaign);

/** Companies (alias c, relation r) that match, and the one unit (alias u) through which each is approached: the head unit in the area first, never a protected one. */
function matching(centre: string, criteria: Criteria): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`r.centre_id = ${centre}`, sql`c.status <> 'ceased'`, sql`not c.vanished`];
  const industries = criteria.industries.flatMap((each) => startsOf(each) ?? []);
  if (industries.length > 0)
    parts.push(
      sql`(${sql.join(
        industries.map(({ scheme, starts }) => ofIndustry(scheme, starts)),
        sql` or `,
      )})`,
    );
  if (criteria.sizes.length > 0) parts.push(sql`(${sql.join(criteria.sizes.map(ofSize), sql` or `)})`);
  if (criteria.sector !== null) parts.push(sql`c.public_sector = ${criteria.sector === 'public'}`);
  if (criteria.municipalities.length > 0) parts.push(sql`coalesce(u.municipality, c.municipality) = any(${criteria.municipalities}::text[])`);
  if (criteria.neverContacted) parts.push(sql`not exists (${contacts(centre)})`);
  // A company that has units, all of them closed or protected, has nobody who may be approached.
  parts.push(sql`(u.id is not null or not exists (select from vn.unit x where x.company_id = c.id))`);
  return sql`
    from vn.relation r join vn.company c on c.id = r.company_id
    left join lateral (
      select x.id, x.municipality, x.phone from vn.unit x
       where x.company_id = c.id and x.status <> 'ceased' and not x.vanished and not x.protected
       order by x.municipality = any(${criteria.municipalities}::text[]) desc nulls last,
                exists (select from vn.centre_area a where a.centre_id = ${centre} and a.municipality = x.municipality) desc, x.head desc, x.p_number limit 1) u on true
   where ${sql.join(parts, sql` and `)}`;
}

/** What the centre has said to the company or heard from it through Vejnet; a strike is no contact. */
const contacts = (centre: string) => sql`select from vn.timeline_entry e where e.centre_id = ${centre} and e.company_id = c.id and split_part(e.kind, '.', 1) in ('call', 'meeting', 'visit')`;

interface Picking {
  id: string;
  picked_by: 'criteria' | 'schools';
  criteria: Criteria;
  draw: number | null;
  seed: number;
}

const everything: Criteria = { industries: [], sizes: [], municipalities: [], sector: null, neverContacted: false };

/** The draw: the same criteria and seed over the same register give the same companies. Where schools name them, it is what was named. */
export const drawn = (centre: string, campaign: Picking): RawBuilder<unknown> =>
  campaign.picked_by === 'criteria'
    ? picked(centre, campaign.criteria, campaign, sql``)
    : picked(
        centre,
        everything,
        { draw: null, seed: campaign.seed },
        sql` and exists (select from vn.nomination w where w.centre_id = r.centre_id and w.campaign_id = ${campaign.id} and w.company_id = r.company_id)`,
      );

const picked = (centre: string, criteria: Criteria, lot: { draw: number | null; seed: number }, also: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select c.id company_id, u.id unit_id,
        jsonb_build_object('industry', case when c.scheme is not null then jsonb_build_object('scheme', c.scheme, 'code', c.industry_code, 'text', c.industry_text) end,
          'size', case when c.size_from is not null then jsonb_build_object('from', c.size_from, 'to', c.size_to) end,
          'municipality', (select m.name from vn.municipality m where m.code = coalesce(u.municipality, c.municipality)),
          'publicSector', c.public_sector, 'neverContacted', not exists (${contacts(centre)})) facts
      ${matching(centre, criteria)} and r.callable${also}
      ${lot.draw === null ? sql`` : sql`order by md5(${String(lot.seed)}::text || c.id::text) limit ${lot.draw}`}`;

const most = 10_000;
export async function targetCounts(context: Context, { body }: InputOf<typeof countTargets>): Promise<OutputOf<typeof countTargets>> {
  const among = matching(centreOf(context), body);
  const count = async (also: RawBuilder<unknown>) => {
    const found = await sql<{ n: number }>`select count(*)::int n from (select 1 ${among} and ${also} limit ${most + 1}) x`.execute(context.tx);
    const n = found.rows[0]?.n ?? 0;
    return { count: Math.min(n, most), more: n > most };
  };
  return {
    matching: await count(sql`r.callable`),
    left: { protected: await count(sql`r.protected and r.exception is null`), quarantined: await count(sql`r.quarantined`) },
    withoutPhone: await count(sql`r.callable and c.phone is null and u.phone is null`),
  };
}

interface TargetRow {
  company_id: string;
  cvr: string;
  name: string;
  address: string | null;
  town: string | null;
  phone: string | null;
  facts: OutputOf<typeof listTargets>['items'][number]['reason'];
  available: boolean | null;
  struck_by: OutputOf<typeof listTargets>['items'][number]['struckBy'];
}

const struckBy = sql`select 1 from vn.hearing_mark m where m.centre_id = t.centre_id and m.campaign_id = t.campaign_id and m.company_id = t.company_id and m.struck`;
const targets = (centre: string, campaign: string, also: RawBuilder<unknown>, limit: number | null) => sql<TargetRow>`
  select t.company_id, c.cvr, c.name, coalesce(u.address, c.address) address, coalesce(u.town, c.town) town, coalesce(u.phone, c.phone) phone, t.facts, t.available,
         coalesce((select jsonb_agg(jsonb_build_object('schoolId', s.id, 'school', s.name, 'reason', m.reason) order by s.name collate "da-x-icu")
                     from vn.hearing_mark m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
                    where m.centre_id = t.centre_id and m.campaign_id = t.campaign_id and m.company_id = t.company_id and m.struck), '[]') struck_by
    from vn.target t join vn.company c on c.id = t.company_id left join vn.unit u on u.id = t.unit_id
   where t.centre_id = ${centre} and t.campaign_id = ${campaign} and ${also}
   order by c.name collate "da-x-icu", c.id ${limit === null ? sql`` : sql`limit ${limit}`}`;

export async function targetList(context: Context, { params, query }: InputOf<typeof listTargets>): Promise<OutputOf<typeof listTargets>> {
  await rowOf(context, params.campaign);
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([z.string(), z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const shown = { all: sql`true`, struck: sql`exists (${struckBy})`, available: sql`t.available` }[query.show];
  const beyond = after === null ? shown : sql`${shown} and (c.name collate "da-x-icu", c.id) > (${after[0]} collate "da-x-icu", ${after[1]}::uuid)`;
  const found = await targets(centreOf(context), params.campaign, beyond, query.limit + 1).execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.name, last.company_id]);
  return {
    items: page.items.map((row) => ({
      company: row.company_id as OutputOf<typeof listTargets>['items'][number]['company'],
      cvr: row.cvr,
      name: row.name,
      town: row.town,
      phone: row.phone,
      reason: row.facts,
      available: row.available,
      struckBy: row.struck_by,
    })),
    next: page.next,
  };
}

export async function targetFile(context: Context, { params }: InputOf<typeof downloadTargets>) {
  const { name, targets: count } = await rowOf(context, params.campaign);
  context.nameDownload(`${name} - ${count}.csv`);
  const { rows } = await targets(centreOf(context), params.campaign, sql`true`, null).execute(context.tx);
  async function* lines() {
    yield csvStart;
    yield csvLines([['cvr', 'navn', 'adresse', 'by', 'telefon', 'branche', 'kommune', 'ledig', 'streget af']]);
    for (const row of rows)
      yield csvLines([
        [
          row.cvr,
          row.name,
          row.address,
          row.town,
          row.phone,
          row.facts.industry?.text ?? null,
          row.facts.municipality,
          row.available === null ? null : row.available ? 'ja' : 'nej',
          row.struck_by.map(({ school }) => school).join(', '),
        ],
      ]);
  }
  return lines() as unknown as string; // streamed: the mount sends what an endpoint with `download` yields
}

export async function difference(context: Context, { params }: InputOf<typeof compareList>): Promise<OutputOf<typeof compareList>> {
  const campaign = await rowOf(context, params.campaign);
  if (campaign.frozen_at === null) throw refuse(compareList, 'campaign_state');
  const centre = centreOf(context);
  type Side = { company_id: string; name: string; town: string | null; now: boolean; then: boolean; total: number };
  const found = await sql<Side & { same: number }>`
    with today as materialized (${drawn(centre, campaign)}),
         beside as (select coalesce(d.company_id, t.company_id) company_id, d.company_id is not null now, t.company_id is not null "then"
                    from today d full join (select x.company_id from vn.target x where x.centre_id = ${centre} and x.campaign_id = ${campaign.id}) t on t.company_id = d.company_id),
         apart as (select b.*, c.name, c.town, count(*) over (partition by b.now)::int total, row_number() over (partition by b.now order by c.name collate "da-x-icu", c.id) no
                     from beside b join vn.company c on c.id = b.company_id where b.now <> b."then")
    select a.company_id, a.name, a.town, a.now, a."then", a.total, 0 same from apart a where a.no <= 200
    union all select null, null, null, true, true, 0, (select count(*)::int from beside b where b.now and b."then")`.execute(context.tx);
  const named = (now: boolean) =>
    found.rows
      .filter((row) => row.company_id !== null && row.now === now)
      .map((row) => ({ company: row.company_id as OutputOf<typeof compareList>['come'][number]['company'], name: row.name, town: row.town }));
  const total = (now: boolean) => found.rows.find((row) => row.company_id !== null && row.now === now)?.total ?? 0;
  return { same: found.rows.find((row) => row.company_id === null)?.same ?? 0, comeCount: total(true), goneCount: total(false), come: named(true), gone: named(false) };
}

export async function industries({ tx }: Context, { query }: InputOf<typeof listIndustries>): Promise<OutputOf<typeof listIndustries>> {
  const word = query.search ?? '';
  const digits = word.replaceAll(/[.\s]/g, '');
  const found = await sql<{ scheme: 'DB07' | 'DB25'; code: string; title: string }>`
    select i.scheme, i.code, i.title from vn.industry i where i.scheme = ${query.scheme}
       and (${word} = '' or (${/^\d+$/.test(digits)} and i.code like ${`${digits}%`}) or i.title ilike ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}) order by i.code limit 200`.execute(tx);
  return found.rows;
}
