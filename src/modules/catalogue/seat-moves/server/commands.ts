import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { seatById } from '../../seats/server/public.ts';
import * as contract from '../contract.ts';
import { askMove, tellSchoolsOfMoves } from './public.ts';
import { moveById } from './queries.ts';

export async function askSeatMove(context: Context, { params, body }: InputOf<typeof contract.askSeatMove>): Promise<contract.SeatMove> {
  await seatById(context, params.seat);
  const { result, id } = await askMove(context, params.seat, body.to);
  if (result === 'gone') throw refuse(contract.askSeatMove, 'move_gone');
  if (result === 'full') throw refuse(contract.askSeatMove, 'move_full');
  if (result === 'asked') await tellSchoolsOfMoves(context, [id]);
  return moveById(context, id);
}

export async function answerSeatMove(context: Context, { params, body }: InputOf<typeof contract.answerSeatMove>): Promise<contract.SeatMove> {
  const now = await moveById(context, params.move);
  if (now.from.school.id !== context.actor.schoolId && now.to.school.id !== context.actor.schoolId) throw refuse(contract.answerSeatMove, 'move_not_yours');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  const done = await sql<{ result: 'done' | 'asked' | 'declined' | 'changed' | 'full' | 'gone' }>`
    select vn.answer_seat_move(${params.move}, ${context.version}, ${body.agree}, ${body.because}, ${context.newId()}) result`.execute(context.tx);
  const result = done.rows[0]?.result ?? 'gone';
  if (result === 'changed') throw problem('version_conflict', { current: await moveById(context, params.move) });
  // What lapsed by being too late is written down, not rolled back: the answer is then the move as it stands.
  if (result === 'gone' && (await moveById(context, params.move)).state !== 'lapsed') throw refuse(contract.answerSeatMove, 'move_gone');
  await context.audit('class.seat_move_answered', params.move, { agree: body.agree, result });
  return moveById(context, params.move);
}

export async function withdrawSeatMove(context: Context, { params }: InputOf<typeof contract.withdrawSeatMove>): Promise<null> {
  await moveById(context, params.move);
  const done = await sql<{ done: boolean }>`select vn.withdraw_seat_move(${params.move}) done`.execute(context.tx);
  if (done.rows[0]?.done !== true) throw refuse(contract.withdrawSeatMove, 'move_gone');
  await context.audit('class.seat_move_withdrawn', params.move);
  return null;
}
