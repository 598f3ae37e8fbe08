import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addScreening } from './commands.ts';
import { listScreenings, readScreeningTotals } from './queries.ts';

export const routes = [route(contract.listScreenings, listScreenings), route(contract.addScreening, addScreening), route(contract.readScreeningTotals, readScreeningTotals)];
