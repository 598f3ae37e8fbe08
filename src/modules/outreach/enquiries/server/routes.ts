import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { enquiries, openCentres } from './queries.ts';

export const routes = [
  route(contract.listOpenCentres, openCentres),
  route(contract.askCentre, commands.askCentre),
  route(contract.addEnquiry, commands.addEnquiry),
  route(contract.listEnquiries, enquiries),
  route(contract.passEnquiry, commands.passEnquiry),
  route(contract.answerEnquiry, commands.answerEnquiry),
  route(contract.nameCompany, commands.nameCompany),
  route(contract.noteEnquiryStep, commands.noteEnquiryStep),
];
