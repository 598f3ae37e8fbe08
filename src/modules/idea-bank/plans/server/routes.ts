import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { acceptPoolPlan, proposeClasses, stopPoolPlan } from './commands.ts';
import { comparePlans, plans, readPlan } from './queries.ts';

export const routes = [
  route(contract.proposeClasses, proposeClasses),
  route(contract.listPoolPlans, plans),
  route(contract.readPoolPlan, readPlan),
  route(contract.stopPoolPlan, stopPoolPlan),
  route(contract.comparePoolPlans, comparePlans),
  route(contract.acceptPoolPlan, acceptPoolPlan),
];
