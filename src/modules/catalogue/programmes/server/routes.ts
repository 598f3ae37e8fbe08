import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addProgramme, writeProgramme } from './commands.ts';
import { listProgrammes } from './queries.ts';

export const routes = [route(contract.listProgrammes, listProgrammes), route(contract.addProgramme, addProgramme), route(contract.writeProgramme, writeProgramme)];
