import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.readQuotas, queries.quotas),
  route(contract.writeQuotas, commands.writeQuotas),
  route(contract.listRounds, queries.rounds),
  route(contract.readNominations, queries.nominations),
  route(contract.nominateCompanies, commands.nominateCompanies),
  route(contract.withdrawNomination, commands.withdrawNomination),
  route(contract.listOwnCandidates, queries.ownCandidates),
];
