import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addCompany } from './commands.ts';
import { companies } from './queries.ts';

export const routes = [route(contract.listCompanies, companies), route(contract.addCompany, addCompany)];
