import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { workingGroup, workingGroups } from './queries.ts';

export const routes = [
  route(contract.listWorkingGroups, workingGroups),
  route(contract.readWorkingGroup, workingGroup),
  route(contract.startWorkingGroup, commands.startWorkingGroup),
  route(contract.writeWorkingGroup, commands.writeWorkingGroup),
  route(contract.endWorkingGroup, commands.endWorkingGroup),
];
