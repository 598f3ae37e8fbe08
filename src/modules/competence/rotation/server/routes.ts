import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { ownRotations, rotations } from './queries.ts';

export const routes = [
  route(contract.listRotations, rotations),
  route(contract.addRotation, commands.addRotation),
  route(contract.writeRotation, commands.writeRotation),
  route(contract.setRotationState, commands.setRotationState),
  route(contract.readOwnRotations, ownRotations),
  route(contract.nameOwnRotation, commands.nameOwnRotation),
];
