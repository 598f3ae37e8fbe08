import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listCampaigns, queries.campaigns),
  route(contract.readCampaign, queries.readCampaignById),
  route(contract.addCampaign, commands.addCampaign),
  route(contract.writeCampaign, commands.writeCampaign),
  route(contract.countTargets, queries.targetCounts),
  route(contract.freezeList, commands.freezeList),
  route(contract.discardList, commands.discardList),
  route(contract.listTargets, queries.targetList),
  route(contract.downloadTargets, queries.targetFile),
  route(contract.compareList, queries.difference),
  route(contract.pauseCampaign, commands.pauseCampaign),
  route(contract.resumeCampaign, commands.resumeCampaign),
  route(contract.endCampaign, commands.endCampaign),
  route(contract.listIndustries, queries.industries),
];
