import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { giveMeeting, suggestStaffing } from './commands.ts';
import { candidates, readPlan, teamWeek } from './queries.ts';

export const routes = [
  route(contract.listCandidates, candidates),
  route(contract.giveMeeting, giveMeeting),
  route(contract.readTeamWeek, teamWeek),
  route(contract.suggestStaffing, suggestStaffing),
  route(contract.readStaffingPlan, readPlan),
];
