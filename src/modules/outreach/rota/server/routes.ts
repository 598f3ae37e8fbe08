import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { rotas } from './queries.ts';

export const routes = [
  route(contract.listRotas, rotas),
  route(contract.addRota, commands.addRota),
  route(contract.writeRota, commands.writeRota),
  route(contract.closeRota, commands.closeRota),
  route(contract.giveTurn, commands.giveTurn),
];
