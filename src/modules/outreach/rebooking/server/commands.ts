import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { chosenToMoveTo } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { tellRebooked } from './jobs.ts';
import { linked, movingOf } from './queries.ts';

export async function moveByLink(context: Context, { body }: InputOf<typeof contract.moveByLink>): Promise<contract.LinkedMeeting> {
  const before = await linked(context, contract.moveByLink, body.token);
  if (before.shown.version !== body.version) throw refuse(contract.moveByLink, 'meeting_changed');
  const moving = await movingOf(context, body.token, before);
  const slot = moving === null ? null : chosenToMoveTo(moving, body.choice);
  if (slot === null) {
    // What was free around the meeting is no longer, where the meeting itself moved in the meantime.
    const now = await linked(context, contract.moveByLink, body.token);
    throw refuse(contract.moveByLink, now.shown.version === body.version ? 'time_taken' : 'meeting_changed');
  }
  const moved = await sql<{ result: string }>`
    select vn.move_by_link(${tokenHash(body.token)}, ${context.newId()}, ${context.newId()}, ${body.version}, ${slot.start}, ${slot.end}, ${slot.consultant}, ${slot.mode}, ${JSON.stringify(slot.told)}::jsonb) result`
    .execute(context.tx)
    .catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      // The week is full, somebody has the hour, or nobody is there that day: for the company it is one and the same.
      throw code === 'VN001' || code === 'VN013' || violates(error, 'no_double_booking') ? refuse(contract.moveByLink, 'time_taken') : error;
    });
  const result = moved.rows[0]?.result;
  if (result === 'gone') throw refuse(contract.moveByLink, 'meeting_link_gone');
  if (result === 'changed') throw refuse(contract.moveByLink, 'meeting_changed');
  const { centre, meeting, lead } = before.keys;
  const { start, end } = before.shown;
  await context.enqueue(tellRebooked, { centre, meeting, what: 'moved', was: { lead, start, end } });
  return (await linked(context, contract.moveByLink, body.token)).shown;
}

export async function cancelByLink(context: Context, { body }: InputOf<typeof contract.cancelByLink>): Promise<null> {
  const { keys } = await linked(context, contract.cancelByLink, body.token);
  const cancelled = await sql<{ result: string }>`select vn.cancel_by_link(${tokenHash(body.token)}, ${context.newId()}, ${body.version}) result`.execute(context.tx);
  const result = cancelled.rows[0]?.result;
  if (result === 'gone') throw refuse(contract.cancelByLink, 'meeting_link_gone');
  if (result === 'changed') throw refuse(contract.cancelByLink, 'meeting_changed');
  await context.enqueue(tellRebooked, { centre: keys.centre, meeting: keys.meeting, what: 'cancelled', was: null });
  return null;
}

export async function ringByLink(context: Context, { body }: InputOf<typeof contract.ringByLink>): Promise<contract.LinkedMeeting> {
  const { keys } = await linked(context, contract.ringByLink, body.token);
  const asked = await sql<{ result: string }>`select vn.ask_by_link(${tokenHash(body.token)}, ${body.said}) result`.execute(context.tx);
  if (asked.rows[0]?.result === 'gone') throw refuse(contract.ringByLink, 'meeting_link_gone');
  if (asked.rows[0]?.result === 'done') await context.enqueue(tellRebooked, { centre: keys.centre, meeting: keys.meeting, what: 'ring', was: null });
  return (await linked(context, contract.ringByLink, body.token)).shown;
}
