import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { contactDuties, contacts, lateDuties } from './queries.ts';

export const routes = [
  route(contract.listContacts, contacts),
  route(contract.addContact, commands.addContact),
  route(contract.writeContact, commands.writeContact),
  route(contract.removeContact, commands.removeContact),
  route(contract.objectContact, commands.objectContact),
  route(contract.liftContactObjection, commands.liftContactObjection),
  route(contract.listContactDuties, contactDuties),
  route(contract.countContactDuties, lateDuties),
  route(contract.tellContacts, commands.tellContacts),
  route(contract.reviewContacts, commands.reviewContacts),
];
