import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { cancelByLink, moveByLink, ringByLink } from './commands.ts';
import { openedMeeting, times } from './queries.ts';

export const routes = [
  route(contract.openMeetingLink, openedMeeting),
  route(contract.listTimesToMoveTo, times),
  route(contract.moveByLink, moveByLink),
  route(contract.cancelByLink, cancelByLink),
  route(contract.ringByLink, ringByLink),
];
