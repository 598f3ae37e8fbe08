import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { followed, followedOf, returnedAddresses } from './queries.ts';

export const routes = [
  route(contract.readContactPerson, (context, { params }) => followedOf(context, params.company)),
  route(contract.giveCompany, commands.giveCompany),
  route(contract.setDeputy, commands.setDeputy),
  route(contract.letCompanyBe, commands.letCompanyBe),
  route(contract.tellCompany, commands.tellCompany),
  route(contract.listFollowed, followed),
  route(contract.listReturnedAddresses, returnedAddresses),
];
