import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.readCentre, queries.centre),
  route(contract.writeCentre, commands.writeCentre),
  route(contract.readAccessibility, queries.accessibility),
  route(contract.listProcessors, queries.processors),
  route(contract.addProcessor, commands.addProcessor),
  route(contract.fileAgreement, commands.fileAgreement),
  route(contract.endAgreement, commands.endAgreement),
];
