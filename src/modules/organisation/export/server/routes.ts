import { routeAfter } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { noteExport } from './commands.ts';
import { exported } from './queries.ts';

export const routes = [routeAfter(contract.exportData, noteExport, exported)];
