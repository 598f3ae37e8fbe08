import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { markSession, moveSession } from './commands.ts';
import { teacherBrief } from './queries.ts';

export const routes = [route(contract.readTeacherBrief, teacherBrief), route(contract.markSession, markSession), route(contract.moveSession, moveSession)];
