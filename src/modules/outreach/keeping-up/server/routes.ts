import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { keepUpOf, keepUps, leadTimes } from './queries.ts';

export const routes = [
  route(contract.readKeepUp, (context, { params }) => keepUpOf(context, params.company)),
  route(contract.writeKeepUp, commands.writeKeepUp),
  route(contract.keepUpDone, commands.keepUpDone),
  route(contract.endKeepUp, commands.endKeepUp),
  route(contract.noteFirstUse, commands.noteFirstUse),
  route(contract.listKeepUps, keepUps),
  route(contract.readLeadTimes, leadTimes),
];
