import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { OutreachSettings } from '../contract.ts';
import * as contract from '../contract.ts';
import { outreachSettings } from './queries.ts';

export async function writeOutreachSettings(context: Context, { body }: InputOf<typeof contract.writeOutreachSettings>): Promise<OutreachSettings> {
  if (body.callTo <= body.callFrom) throw refuse(contract.writeOutreachSettings, 'hours_reversed', { fields: [{ path: 'callTo', code: 'hours_reversed' }] });
  const row = {
    attempts: body.attempts,
    attempt_hours: body.attemptHours,
    lease_minutes: body.leaseMinutes,
    call_from: body.callFrom,
    call_to: body.callTo,
    callback_grace_minutes: body.callbackGraceMinutes,
    not_now_months: body.notNowMonths,
    not_interested_months: body.notInterestedMonths,
    meeting_minutes: body.meetingMinutes,
    share_weeks: body.shareWeeks,
    share_lead: body.shareLead,
    small_cell: body.smallCell,
    reminder_days: body.reminderDays,
    silence_days: body.silenceDays,
  };
  const written =
    context.version === 0
      ? await context.tx
          .insertInto('outreach_setting')
          .values({ centre_id: centreOf(context), ...row })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await context.tx
          .updateTable('outreach_setting')
          .set({ ...row, version: sql<number>`version + 1` })
          .where('centre_id', '=', centreOf(context))
          .where('version', '=', context.version)
          .returning('version')
          .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await outreachSettings(context) });
  await context.audit('outreach_settings.written', centreOf(context), { version: written.version });
  return outreachSettings(context);
}
