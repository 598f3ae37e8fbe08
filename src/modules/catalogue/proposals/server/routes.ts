import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addProposal, stepProposal } from './commands.ts';
import { listProposals } from './queries.ts';

export const routes = [route(contract.listProposals, listProposals), route(contract.addProposal, addProposal), route(contract.stepProposal, stepProposal)];
