import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { standIns } from './queries.ts';

export const routes = [route(contract.listStandIns, standIns)];
