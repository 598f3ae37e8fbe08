import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.sendClassFile, commands.sendClassFile),
  route(contract.fetchClasses, commands.fetchClasses),
  route(contract.fetchClassesAgain, commands.fetchClassesAgain),
  route(contract.listClassFiles, queries.classFiles),
  route(contract.readClassFile, queries.readClassFile),
  route(contract.listClassFileRows, queries.classFileRows),
  route(contract.listVanishedClasses, queries.vanishedClasses),
  route(contract.downloadRefusedClasses, queries.refusedFile),
  route(contract.readClassFileAgain, commands.readClassFileAgain),
  route(contract.applyClassFile, commands.applyClassFile),
  route(contract.cancelClassFile, commands.cancelClassFile),
  route(contract.undoClassFile, commands.undoClassFile),
  route(contract.listKeptClasses, queries.keptClasses),
  route(contract.listClassChanges, queries.classChanges),
];
