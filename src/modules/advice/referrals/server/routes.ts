import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { credits, oneReferral, referrals } from './queries.ts';

export const routes = [
  route(contract.listReferrals, referrals),
  route(contract.readCredits, credits),
  route(contract.readReferral, oneReferral),
  route(contract.sendReferral, commands.sendReferral),
  route(contract.answerReferral, commands.answerReferral),
  route(contract.startReferral, commands.startReferral),
  route(contract.endReferral, commands.endReferral),
  route(contract.withdrawReferral, commands.withdrawReferral),
];
