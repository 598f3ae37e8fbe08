import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listCompanies, queries.companies),
  route(contract.readCompany, queries.readCompanyPage),
  route(contract.addCompany, commands.addCompany),
  route(contract.recordException, commands.recordException),
  route(contract.listMunicipalities, queries.municipalities),
];
