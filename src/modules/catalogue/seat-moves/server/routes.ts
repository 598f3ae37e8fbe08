import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { answerSeatMove, askSeatMove, withdrawSeatMove } from './commands.ts';
import { seatMoves } from './queries.ts';

export const routes = [
  route(contract.listSeatMoves, seatMoves),
  route(contract.askSeatMove, askSeatMove),
  route(contract.answerSeatMove, answerSeatMove),
  route(contract.withdrawSeatMove, withdrawSeatMove),
];
