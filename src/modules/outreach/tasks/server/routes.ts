import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { finishTask } from './commands.ts';
import { tasks } from './queries.ts';

export const routes = [route(contract.listTasks, tasks), route(contract.finishTask, finishTask)];
