import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { incentives, measures } from './queries.ts';

export const routes = [
  route(contract.listMeasures, measures),
  route(contract.writeMeasure, commands.writeMeasure),
  route(contract.listIncentives, incentives),
  route(contract.addIncentive, commands.addIncentive),
  route(contract.writeIncentive, commands.writeIncentive),
  route(contract.removeIncentive, commands.removeIncentive),
];
