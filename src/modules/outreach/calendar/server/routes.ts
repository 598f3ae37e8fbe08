import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { freeBusy, readWorkTimeOf } from './queries.ts';

export const routes = [
  route(contract.readWorkTime, readWorkTimeOf),
  route(contract.writeWorkTime, commands.writeWorkTime),
  route(contract.sendCalendarFile, commands.sendCalendarFile),
  route(contract.removeCalendarFile, commands.removeCalendarFile),
  route(contract.readFreeBusy, freeBusy),
  route(contract.addAbsence, commands.addAbsence),
  route(contract.removeAbsence, commands.removeAbsence),
];
