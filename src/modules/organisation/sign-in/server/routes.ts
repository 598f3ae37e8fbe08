import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.readSession, queries.session),
  route(contract.requestSignIn, commands.requestSignIn),
  route(contract.redeemSignIn, commands.redeemSignIn),
  route(contract.confirmMyself, commands.confirmMyself),
  route(contract.signOut, commands.signOut),
  route(contract.listSessions, queries.sessions),
  route(contract.endSession, commands.endSession),
  route(contract.endOtherSessions, commands.endOtherSessions),
  route(contract.wearHat, commands.wearHat),
  route(contract.chooseLanguage, commands.chooseLanguage),
];

/** Mounted by a demonstration only. */
export const demonstrationRoutes = [
  route(contract.listDemonstrationPeople, queries.demonstrationPeople),
  route(contract.signInAsDemonstrationPerson, commands.signInAsDemonstrationPerson),
  route(contract.listDemonstrationMails, queries.demonstrationMails),
  route(contract.readDemonstrationClock, queries.demonstrationClock),
  route(contract.moveDemonstrationClock, commands.moveDemonstrationClock),
];
