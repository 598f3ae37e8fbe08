import { route, routeAfter } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listSignInProviders, queries.signInProviders),
  route(contract.addSignInProvider, commands.addSignInProvider),
  route(contract.writeSignInProvider, commands.writeSignInProvider),
  route(contract.switchSignInProvider, commands.switchSignInProvider),
  route(contract.removeSignInProvider, commands.removeSignInProvider),
  routeAfter(contract.checkSignInProvider, commands.askProvider, commands.checkSignInProvider),
  route(contract.listOpenProviders, queries.openProviders),
  routeAfter(contract.beginAtProvider, commands.prepareAtProvider, commands.beginAtProvider),
  routeAfter(contract.finishAtProvider, commands.readAnswer, commands.finishAtProvider),
  route(contract.listJoinedLogins, queries.joinedLogins),
  route(contract.leaveLogin, commands.leaveLogin),
];
