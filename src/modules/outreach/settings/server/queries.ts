import { sql } from 'kysely';
import type { Context } from '../../../../platform/http/context.ts';
import type { OutreachSettings } from '../contract.ts';

interface Row {
  attempts: number;
  attempt_hours: number;
  lease_minutes: number;
  call_from: string;
  call_to: string;
  callback_grace_minutes: number;
  not_now_months: number;
  not_interested_months: number;
  meeting_minutes: number;
  share_weeks: number;
  share_lead: number;
  small_cell: number;
  reminder_days: number;
  silence_days: number;
  version: number;
}

export async function outreachSettings(context: Context): Promise<OutreachSettings> {
  const found = await sql<Row>`select * from vn.outreach_settings()`.execute(context.tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('a centre always has settings');
  return {
    attempts: row.attempts,
    attemptHours: row.attempt_hours,
    leaseMinutes: row.lease_minutes,
    callFrom: row.call_from.slice(0, 5),
    callTo: row.call_to.slice(0, 5),
    callbackGraceMinutes: row.callback_grace_minutes,
    notNowMonths: row.not_now_months,
    notInterestedMonths: row.not_interested_months,
    meetingMinutes: row.meeting_minutes,
    shareWeeks: row.share_weeks,
    shareLead: row.share_lead,
    smallCell: row.small_cell,
    reminderDays: row.reminder_days,
    silenceDays: row.silence_days,
    version: row.version,
    can: { edit: context.actor.roles.includes('coordinator') },
  };
}
