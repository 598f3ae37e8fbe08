import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { placeOwnRelation, placeRelation } from './commands.ts';
import { ownRelation, relation } from './queries.ts';

export const routes = [
  route(contract.readRelation, relation),
  route(contract.placeRelation, placeRelation),
  route(contract.readOwnRelation, ownRelation),
  route(contract.placeOwnRelation, placeOwnRelation),
];
