import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { brokenCalendars, feed, readOwn } from './queries.ts';

export const routes = [
  route(contract.readCalendars, readOwn),
  route(contract.linkCalendar, commands.linkCalendar),
  route(contract.chooseCalendars, commands.chooseCalendars),
  route(contract.readCalendarNow, commands.readCalendarNow),
  route(contract.removeCalendar, commands.removeCalendar),
  route(contract.renewCalendarFeed, commands.renewCalendarFeed),
  route(contract.endCalendarFeed, commands.endCalendarFeed),
  route(contract.readCalendarFeed, feed),
  route(contract.listBrokenCalendars, brokenCalendars),
];
