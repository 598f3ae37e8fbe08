import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { markParticipants, nameParticipants } from './commands.ts';
import { listParticipants, ownCourses, printCertificates, printOwnCertificates } from './queries.ts';

export const routes = [
  route(contract.readOwnCourses, ownCourses),
  route(contract.nameParticipants, nameParticipants),
  route(contract.printOwnCertificates, printOwnCertificates),
  route(contract.listParticipants, listParticipants),
  route(contract.markParticipants, markParticipants),
  route(contract.printCertificates, printCertificates),
];
