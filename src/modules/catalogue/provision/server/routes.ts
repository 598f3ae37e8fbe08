import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { removeProvision, writeProvision } from './commands.ts';
import { provision } from './queries.ts';

export const routes = [route(contract.listProvision, provision), route(contract.writeProvision, writeProvision), route(contract.removeProvision, removeProvision)];
