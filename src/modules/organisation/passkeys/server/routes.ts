import { route, routeAfter } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listPasskeys, queries.passkeys),
  route(contract.preparePasskey, commands.preparePasskey),
  routeAfter(contract.addPasskey, commands.takeToAdd, commands.addPasskey),
  route(contract.renamePasskey, commands.renamePasskey),
  route(contract.removePasskey, commands.removePasskey),
  route(contract.preparePasskeySignIn, commands.preparePasskeySignIn),
  routeAfter(contract.signInWithPasskey, commands.takeToUse, commands.signInWithPasskey),
];
