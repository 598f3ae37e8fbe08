import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { answerCallCentreAid } from './commands.ts';
import { readAid } from './queries.ts';

export const routes = [route(contract.readCallCentreAid, readAid), route(contract.answerCallCentreAid, answerCallCentreAid)];
