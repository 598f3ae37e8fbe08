import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listCorners, queries.corners),
  route(contract.readCorner, queries.readCorner),
  route(contract.addCorner, commands.addCorner),
  route(contract.writeCorner, commands.writeCorner),
  route(contract.endCorner, commands.endCorner),
  route(contract.renewCornerAddress, commands.renewCornerAddress),
  route(contract.giveCornerDay, commands.giveCornerDay),
  route(contract.cancelCornerDay, commands.cancelCornerDay),
  route(contract.countCornerDay, commands.countCornerDay),
  route(contract.openCorner, queries.openCorner),
  route(contract.takeSeat, commands.takeSeat),
  route(contract.readSeat, queries.readSeat),
  route(contract.leaveSeat, commands.leaveSeat),
];
