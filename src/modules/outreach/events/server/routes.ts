import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listEvents, queries.events),
  route(contract.readEvent, queries.readEvent),
  route(contract.addEvent, commands.addEvent),
  route(contract.writeEvent, commands.writeEvent),
  route(contract.cancelEvent, commands.cancelEvent),
  route(contract.addParticipant, commands.addParticipant),
  route(contract.answerForParticipant, commands.answerForParticipant),
  route(contract.markAttendance, commands.markAttendance),
  route(contract.nameParticipantCompany, commands.nameParticipantCompany),
  route(contract.followUpEvent, commands.followUpEvent),
  route(contract.listOpenEvents, queries.openEvents),
  route(contract.readOpenEvent, queries.openEvent),
  route(contract.signUpForEvent, commands.signUpForEvent),
  route(contract.openEventPlace, queries.eventPlace),
  route(contract.answerEventPlace, commands.answerEventPlace),
];
