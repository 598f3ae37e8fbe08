import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addService, writeService } from './commands.ts';
import { listServices } from './queries.ts';

export const routes = [route(contract.listServices, listServices), route(contract.addService, addService), route(contract.writeService, writeService)];
