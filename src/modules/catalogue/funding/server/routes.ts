import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { listFunding, readFundingHint } from './queries.ts';

export const routes = [
  route(contract.listFunding, listFunding),
  route(contract.readFundingHint, readFundingHint),
  route(contract.addFunding, commands.addFunding),
  route(contract.writeFunding, commands.writeFunding),
  route(contract.addFundingRate, commands.addFundingRate),
  route(contract.writeFundingRate, commands.writeFundingRate),
  route(contract.removeFundingRate, commands.removeFundingRate),
];
