import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { deviations, deviationsFile } from './queries.ts';

export const routes = [route(contract.readDeviations, deviations), route(contract.downloadDeviations, deviationsFile)];
