import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { Aid } from '../contract.ts';
import * as contract from '../contract.ts';
import { aidOf } from './queries.ts';

export async function answerCallCentreAid(context: Context, { params, body }: InputOf<typeof contract.answerCallCentreAid>): Promise<Aid> {
  const before = await aidOf(context, params.campaign);
  if (!before.can.answer) throw refuse(contract.answerCallCentreAid, 'campaign_state');
  const row = {
    many_small: body.manySmall,
    weak_contacts: body.weakContacts,
    broad_overview: body.broadOverview,
    little_experience: body.littleExperience,
    answered_at: context.now.toISOString(),
    answered_by: personOf(context),
  };
  const written =
    context.version === 0
      ? await context.tx
          .insertInto('call_centre_answers')
          .values({ centre_id: centreOf(context), campaign_id: params.campaign, ...row })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await context.tx
          .updateTable('call_centre_answers')
          .set({ ...row, version: sql<number>`version + 1` })
          .where('centre_id', '=', centreOf(context))
          .where('campaign_id', '=', params.campaign)
          .where('version', '=', context.version)
          .returning('version')
          .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await aidOf(context, params.campaign) });
  await context.audit('call_centre_aid.answered', params.campaign, { version: written.version });
  return aidOf(context, params.campaign);
}
