import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { teams } from './queries.ts';

export const routes = [route(contract.listTeams, teams), route(contract.addTeam, commands.addTeam), route(contract.writeTeam, commands.writeTeam), route(contract.dissolveTeam, commands.dissolveTeam)];
