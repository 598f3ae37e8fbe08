import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { openPoolForm, ownPool, poolBoard, poolTotals } from './queries.ts';

export const routes = [
  route(contract.readOwnPool, ownPool),
  route(contract.startOwnPool, commands.startOwnPool),
  route(contract.addToOwnPool, commands.addToOwnPool),
  route(contract.replacePoolMember, commands.replacePoolMember),
  route(contract.closeOwnPool, commands.closeOwnPool),
  route(contract.openPoolForm, openPoolForm),
  route(contract.askPool, commands.askPool),
  route(contract.openPoolBoard, poolBoard),
  route(contract.voteOnRequest, commands.voteOnRequest),
  route(contract.readPoolTotals, poolTotals),
];
