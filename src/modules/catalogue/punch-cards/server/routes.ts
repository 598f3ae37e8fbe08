import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { answerPunchCard, drawPunchCard, giveBackUnits, moveUnits, sellPunchCard } from './commands.ts';
import { downloadPunchCard, downloadSettlements, listPunchCards, printOwnPunchCard, printPunchCard, printSettlements, readOwnPunchCards, readPunchCard, readSettlements } from './queries.ts';

export const routes = [
  route(contract.listPunchCards, listPunchCards),
  route(contract.readPunchCard, readPunchCard),
  route(contract.sellPunchCard, sellPunchCard),
  route(contract.answerPunchCard, answerPunchCard),
  route(contract.drawPunchCard, drawPunchCard),
  route(contract.giveBackUnits, giveBackUnits),
  route(contract.moveUnits, moveUnits),
  route(contract.downloadPunchCard, downloadPunchCard),
  route(contract.printPunchCard, printPunchCard),
  route(contract.readOwnPunchCards, readOwnPunchCards),
  route(contract.printOwnPunchCard, printOwnPunchCard),
  route(contract.readSettlements, readSettlements),
  route(contract.downloadSettlements, downloadSettlements),
  route(contract.printSettlements, printSettlements),
];
