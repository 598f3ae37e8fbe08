import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [route(contract.readSignInRules, queries.signInRules), route(contract.writeSignInRules, commands.writeSignInRules)];
