import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { task, tasks } from './queries.ts';

export const routes = [
  route(contract.listTasks, tasks),
  route(contract.readTask, task),
  route(contract.addTask, commands.addTask),
  route(contract.wordTask, commands.wordTask),
  route(contract.giveTask, commands.giveTask),
  route(contract.answerTask, commands.answerTask),
  route(contract.finishTask, commands.finishTask),
];
