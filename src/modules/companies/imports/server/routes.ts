import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.importCompanies, commands.importCompanies),
  route(contract.listImports, queries.imports),
  route(contract.readImport, queries.readImportById),
  route(contract.listImportRows, queries.importRows),
  route(contract.downloadRefused, queries.refusedFile),
  route(contract.mapColumns, commands.mapColumns),
  route(contract.applyImport, commands.applyImport),
  route(contract.cancelImport, commands.cancelImport),
  route(contract.undoImport, commands.undoImport),
  route(contract.listKept, queries.kept),
];
