import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { consultantMeeting, consultantMeetings, meetingSeries } from './queries.ts';

export const routes = [
  route(contract.listMeetingSeries, meetingSeries),
  route(contract.addMeetingSeries, commands.addMeetingSeries),
  route(contract.writeMeetingSeries, commands.writeMeetingSeries),
  route(contract.endMeetingSeries, commands.endMeetingSeries),
  route(contract.listConsultantMeetings, consultantMeetings),
  route(contract.readConsultantMeeting, consultantMeeting),
  route(contract.addConsultantMeeting, commands.addConsultantMeeting),
  route(contract.writeConsultantMeeting, commands.writeConsultantMeeting),
  route(contract.cancelConsultantMeeting, commands.cancelConsultantMeeting),
  route(contract.addAgendaItem, commands.addAgendaItem),
  route(contract.removeAgendaItem, commands.removeAgendaItem),
  route(contract.beginConsultantMeeting, commands.beginConsultantMeeting),
  route(contract.discussReport, commands.discussReport),
  route(contract.setPresence, commands.setPresence),
  route(contract.addMinute, commands.addMinute),
  route(contract.writeMinute, commands.writeMinute),
  route(contract.removeMinute, commands.removeMinute),
  route(contract.closeConsultantMeeting, commands.closeConsultantMeeting),
];
