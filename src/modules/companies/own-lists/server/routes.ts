import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.sendOwnList, commands.sendOwnList),
  route(contract.readOwnList, queries.ownList),
  route(contract.forgetOwnList, commands.forgetOwnList),
  route(contract.downloadOwnRefused, queries.refusedFile),
];
