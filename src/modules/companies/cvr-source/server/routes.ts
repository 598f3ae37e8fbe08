import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.readCvrSource, queries.cvrSource),
  route(contract.writeCvrUpdate, commands.writeCvrUpdate),
  route(contract.fetchArea, commands.fetchArea),
  route(contract.fetchCompany, commands.fetchCompany),
];
