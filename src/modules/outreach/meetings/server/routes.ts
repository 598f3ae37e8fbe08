import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listSlots, queries.slots),
  route(contract.holdSlot, commands.holdSlot),
  route(contract.bookMeeting, commands.bookMeeting),
  route(contract.listMeetings, queries.meetings),
  route(contract.readMeeting, queries.readBrief),
  route(contract.moveMeeting, commands.moveMeeting),
  route(contract.joinMeeting, commands.joinMeeting),
  route(contract.cancelMeeting, commands.cancelMeeting),
  route(contract.endMeeting, commands.endMeeting),
  route(contract.readAssignmentRule, queries.assignmentRule),
  route(contract.listAssignments, queries.assignments),
  route(contract.readShares, queries.shares),
];
