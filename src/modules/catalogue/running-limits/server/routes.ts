import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { writeLimits } from './commands.ts';
import { readLimits } from './queries.ts';

export const routes = [route(contract.readRunningLimits, readLimits), route(contract.writeRunningLimits, writeLimits)];
