import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { ownAgreements, partnership, partnerships, printPartnership } from './queries.ts';

export const routes = [
  route(contract.listPartnerships, partnerships),
  route(contract.readPartnership, partnership),
  route(contract.addPartnership, commands.addPartnership),
  route(contract.writePartnership, commands.writePartnership),
  route(contract.offerPartnership, commands.offerPartnership),
  route(contract.reopenPartnership, commands.reopenPartnership),
  route(contract.signPartnership, commands.signPartnership),
  route(contract.renewPartnership, commands.renewPartnership),
  route(contract.discardPartnershipText, commands.discardPartnershipText),
  route(contract.reviewPartnership, commands.reviewPartnership),
  route(contract.endPartnership, commands.endPartnership),
  route(contract.handPartnership, commands.handPartnership),
  route(contract.printPartnership, printPartnership),
  route(contract.readOwnPartnerships, ownAgreements),
  route(contract.writeOwnExpectations, commands.writeOwnExpectations),
  route(contract.signOwnAgreement, commands.signOwnAgreement),
];
