import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.findPersons, queries.findPersons),
  route(contract.lookAtPerson, queries.lookAtPerson),
  route(contract.readPersonData, queries.readPersonData),
  route(contract.makePersonFile, queries.makePersonFile),
  route(contract.erasePerson, commands.erasePerson),
  route(contract.listErasures, queries.listErasures),
  route(contract.readErasure, queries.erasure),
  route(contract.readRetention, queries.retention),
  route(contract.writeRetention, commands.writeRetention),
  route(contract.listDue, queries.listDue),
  route(contract.listAccess, queries.listAccess),
  route(contract.readRecord, queries.record),
  route(contract.readText, queries.readText),
];
