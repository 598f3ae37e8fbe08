import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listPeople, queries.people),
  route(contract.readPerson, queries.readPersonById),
  route(contract.invitePerson, commands.invitePerson),
  route(contract.giveRole, commands.giveRole),
  route(contract.endRole, commands.endRole),
  route(contract.letLeave, commands.letLeave),
  route(contract.endSessionsOf, commands.endSessionsOf),
  route(contract.readOwnAbilities, queries.ownAbilities),
  route(contract.writeOwnAbilities, commands.writeOwnAbilities),
  route(contract.forgetOwnAbilities, commands.forgetOwnAbilities),
];
