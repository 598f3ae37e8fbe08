import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { confirmClosed, mergeCompany } from './commands.ts';
import { closed, closing } from './queries.ts';

export const routes = [route(contract.readClosing, closing), route(contract.listClosed, closed), route(contract.confirmClosed, confirmClosed), route(contract.mergeCompany, mergeCompany)];
