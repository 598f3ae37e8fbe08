import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import type { Brief } from '../contract.ts';
import * as contract from '../contract.ts';
import { after, mayHaveEnded } from '../rules.ts';
import * as meetings from './public.ts';
import { briefOf, choiceOf, slotInputs, slotOf } from './queries.ts';

export const holdSlot = (context: Context, { params, body }: InputOf<typeof contract.holdSlot>): Promise<OutputOf<typeof contract.holdSlot>> => meetings.hold(context, params.company, body);

export const bookMeeting = (context: Context, { params, body }: InputOf<typeof contract.bookMeeting>): Promise<OutputOf<typeof contract.bookMeeting>> => meetings.book(context, params.company, body);

type Editing = typeof contract.moveMeeting | typeof contract.joinMeeting | typeof contract.cancelMeeting | typeof contract.endMeeting;

/** The meeting as it is now, for whoever may change it, in the version that was seen. */
async function seen(context: Context, endpoint: Editing, meeting: string, step: 'move' | 'cancel' | 'done' | 'no_show'): Promise<Brief> {
  const now = await meetings.meetingFor(context, endpoint, meeting);
  if (after(now.state, step) === null) throw refuse(endpoint, 'meeting_over');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}

/** After a write that found the meeting changed meanwhile. */
const lost = async (context: Context, meeting: string) => problem('version_conflict', { current: await briefOf(context, meeting) });

export async function moveMeeting(context: Context, { params, body }: InputOf<typeof contract.moveMeeting>): Promise<Brief> {
  const now = await seen(context, contract.moveMeeting, params.meeting, 'move');
  const inputs = await slotInputs(context, now.company.id, params.meeting);
  const lead = now.staff.find(({ learns }) => !learns)?.id ?? '';
  const choice = body.choice ?? choiceOf(lead, new Date(body.start ?? ''));
  const { slot } = slotOf(context, inputs, now.company.id, now.contact.language, choice);
  if (slot === null) throw refuse(contract.moveMeeting, 'slot_taken');
  const moved = await sql<{ ok: boolean }>`select vn.move_meeting(${params.meeting}, ${context.newId()}, ${context.version}, ${slot.start.toISOString()}, ${slot.end.toISOString()}) ok`
    .execute(context.tx)
    .catch((error: unknown) => {
      throw meetings.refusedBooking(error);
    });
  if (moved.rows[0]?.ok !== true) throw await lost(context, params.meeting);
  await meetings.sendLetters(context, params.meeting, 'moved');
  await context.audit('meeting.moved', params.meeting);
  return briefOf(context, params.meeting);
}

export async function joinMeeting(context: Context, { params, body }: InputOf<typeof contract.joinMeeting>): Promise<Brief> {
  await seen(context, contract.joinMeeting, params.meeting, 'move');
  const joined = await sql<{ ok: boolean }>`select vn.join_meeting(${params.meeting}, ${context.version}, ${body.person}) ok`.execute(context.tx).catch((error: unknown) => {
    const { code } = error as { code?: unknown };
    if (code === 'VN014' || violates(error, 'no_double_booking')) throw refuse(contract.joinMeeting, 'companion_busy');
    throw meetings.refusedBooking(error);
  });
  if (joined.rows[0]?.ok !== true) throw await lost(context, params.meeting);
  await meetings.sendLetters(context, params.meeting, 'booked');
  await context.audit('meeting.joined', params.meeting, { person: body.person });
  return briefOf(context, params.meeting);
}

async function end(context: Context, meeting: string, state: 'cancelled' | 'done' | 'no_show', because: string | null): Promise<Brief> {
  const ended = await sql<{ ok: boolean }>`select vn.end_meeting(${meeting}, ${context.newId()}, ${context.version}, ${state}, ${because}) ok`.execute(context.tx);
  if (ended.rows[0]?.ok !== true) throw await lost(context, meeting);
  await context.audit(`meeting.${state}`, meeting);
  return briefOf(context, meeting);
}

export async function cancelMeeting(context: Context, { params, body }: InputOf<typeof contract.cancelMeeting>): Promise<Brief> {
  await seen(context, contract.cancelMeeting, params.meeting, 'cancel');
  const cancelled = await end(context, params.meeting, 'cancelled', body.because);
  await meetings.sendLetters(context, params.meeting, 'cancelled');
  return cancelled;
}

export async function endMeeting(context: Context, { params, body }: InputOf<typeof contract.endMeeting>): Promise<Brief> {
  const now = await seen(context, contract.endMeeting, params.meeting, body.how);
  if (!mayHaveEnded(now.start, context.now)) throw refuse(contract.endMeeting, 'meeting_ahead');
  return end(context, params.meeting, body.how, null);
}
