import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.openHearing, commands.openHearing),
  route(contract.closeHearing, commands.closeHearing),
  route(contract.readAnswers, queries.answers),
  route(contract.remindSchools, commands.remindSchools),
  route(contract.listHearings, queries.hearings),
  route(contract.readHearing, queries.readHearingOf),
  route(contract.listHearingCompanies, queries.hearingCompanies),
  route(contract.downloadHearing, queries.hearingFile),
  route(contract.markCompanies, commands.markCompanies),
  route(contract.answerHearing, commands.answerHearing),
  route(contract.forwardHearing, commands.forwardHearing),
  route(contract.listForwards, queries.forwards),
  route(contract.endForward, commands.endForward),
  route(contract.openForward, queries.openForwarded),
  route(contract.listForwarded, queries.forwarded),
  route(contract.markForwarded, commands.markForwarded),
];
