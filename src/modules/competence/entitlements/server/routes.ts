import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { ownTraining, trainingTotals } from './queries.ts';

export const routes = [
  route(contract.readOwnTraining, ownTraining),
  route(contract.addOwnEmployees, commands.addOwnEmployees),
  route(contract.writeOwnEmployee, commands.writeOwnEmployee),
  route(contract.removeOwnEmployee, commands.removeOwnEmployee),
  route(contract.writeOwnRight, commands.writeOwnRight),
  route(contract.removeOwnRight, commands.removeOwnRight),
  route(contract.renewOwnRight, commands.renewOwnRight),
  route(contract.bookOwnDays, commands.bookOwnDays),
  route(contract.undoOwnDays, commands.undoOwnDays),
  route(contract.listTrainingTotals, trainingTotals),
];
