import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { openedPage, pages } from './queries.ts';

export const routes = [
  route(contract.listCompanyPages, pages),
  route(contract.inviteToPage, commands.inviteToPage),
  route(contract.endCompanyPage, commands.endCompanyPage),
  route(contract.openCompanyPage, openedPage),
  route(contract.askFromPage, commands.askFromPage),
  route(contract.mailFromPage, commands.mailFromPage),
];
