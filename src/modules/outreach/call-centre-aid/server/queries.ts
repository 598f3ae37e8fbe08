import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Aid, readCallCentreAid } from '../contract.ts';
import { type AidAnswer, suggest } from '../rules.ts';

/** @throws not_found where the centre has no such campaign */
export async function aidOf(context: Context, campaign: string): Promise<Aid> {
  const centre = centreOf(context);
  const found = await context.tx.selectFrom('campaign').select('ended_at').where('centre_id', '=', centre).where('id', '=', campaign).executeTakeFirst();
  if (found === undefined) throw problem('not_found');
  const row = await context.tx
    .selectFrom('call_centre_answers as a')
    .selectAll()
    .select(sql<string | null>`vn.person_name(a.answered_by)`.as('person'))
    .where('a.centre_id', '=', centre)
    .where('a.campaign_id', '=', campaign)
    .executeTakeFirst();
  const facts = await sql<{ companies: number; small: number; spoken: number }>`
    select count(*)::int companies, count(*) filter (where c.size_to < 50)::int small,
           count(*) filter (where c.size_to < 50 and exists (select from vn.timeline_entry e where e.centre_id = r.centre_id and e.company_id = r.company_id and split_part(e.kind, '.', 1) in ('call', 'meeting', 'visit')))::int spoken
      from vn.relation r join vn.company c on c.id = r.company_id where r.centre_id = ${centre} and c.status <> 'ceased' and not c.vanished`.execute(context.tx);
  const answers =
    row === undefined
      ? null
      : {
          manySmall: row.many_small as AidAnswer,
          weakContacts: row.weak_contacts as AidAnswer,
          broadOverview: row.broad_overview as AidAnswer,
          littleExperience: row.little_experience as AidAnswer,
        };
  const { companies = 0, small = 0, spoken = 0 } = facts.rows[0] ?? {};
  return {
    answers,
    suggestion: answers === null ? null : suggest(answers),
    answeredBy: row?.person ?? null,
    answeredAt: row?.answered_at ?? null,
    facts: { companies, small, spokenWith: spoken },
    version: row?.version ?? 0,
    can: { answer: found.ended_at === null },
  };
}

export const readAid = (context: Context, { params }: InputOf<typeof readCallCentreAid>): Promise<Aid> => aidOf(context, params.campaign);
