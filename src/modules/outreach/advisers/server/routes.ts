import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { advisers, openedPage } from './queries.ts';

export const routes = [
  route(contract.listAdvisers, advisers),
  route(contract.addAdviser, commands.addAdviser),
  route(contract.renewAdviserLink, commands.renewAdviserLink),
  route(contract.endAdviser, commands.endAdviser),
  route(contract.openAdviserPage, openedPage),
  route(contract.handOver, commands.handOver),
];
