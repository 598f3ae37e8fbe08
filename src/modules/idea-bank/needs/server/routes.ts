import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addPooledNeed, withdrawOwnNeed, withdrawPooledNeed, writeOwnNeed, writePooledNeed } from './commands.ts';
import { ownNeeds, pooledNeed, pooledNeeds } from './queries.ts';

export const routes = [
  route(contract.listPooledNeeds, pooledNeeds),
  route(contract.readPooledNeed, pooledNeed),
  route(contract.addPooledNeed, addPooledNeed),
  route(contract.writePooledNeed, writePooledNeed),
  route(contract.withdrawPooledNeed, withdrawPooledNeed),
  route(contract.readOwnNeeds, ownNeeds),
  route(contract.writeOwnNeed, writeOwnNeed),
  route(contract.withdrawOwnNeed, withdrawOwnNeed),
];
