import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listCallCampaigns, queries.callCampaigns),
  route(contract.readQueue, queries.readQueue),
  route(contract.claimNext, commands.claimNext),
  route(contract.renewLease, commands.renewLease),
  route(contract.releaseLease, commands.releaseLease),
  route(contract.recordOutcome, commands.recordOutcome),
  route(contract.undoCall, commands.undoCall),
  route(contract.listCalls, queries.calls),
  route(contract.correctCall, commands.correctCall),
  route(contract.decideCall, commands.decideCall),
  route(contract.liftObjection, commands.liftObjection),
  route(contract.recordCall, commands.recordCall),
];
