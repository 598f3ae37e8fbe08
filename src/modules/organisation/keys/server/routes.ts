import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { keys } from './queries.ts';

export const routes = [route(contract.listKeys, keys), route(contract.makeKey, commands.makeKey), route(contract.endKey, commands.endKey)];
