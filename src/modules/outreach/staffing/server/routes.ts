import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { giveMeeting } from './commands.ts';
import { candidates, teamWeek } from './queries.ts';

export const routes = [route(contract.listCandidates, candidates), route(contract.giveMeeting, giveMeeting), route(contract.readTeamWeek, teamWeek)];
