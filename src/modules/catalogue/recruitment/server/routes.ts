import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addOwnRecruitment, addRecruitmentNeed, addRecruitmentRuns, stopRecruitmentNeed, writeRecruitmentNeed, writeRecruitmentPlan } from './commands.ts';
import { listRecruitmentNeeds, readOwnRecruitment, readRecruitmentNeed } from './queries.ts';

export const routes = [
  route(contract.listRecruitmentNeeds, listRecruitmentNeeds),
  route(contract.readRecruitmentNeed, readRecruitmentNeed),
  route(contract.addRecruitmentNeed, addRecruitmentNeed),
  route(contract.writeRecruitmentNeed, writeRecruitmentNeed),
  route(contract.writeRecruitmentPlan, writeRecruitmentPlan),
  route(contract.addRecruitmentRuns, addRecruitmentRuns),
  route(contract.stopRecruitmentNeed, stopRecruitmentNeed),
  route(contract.readOwnRecruitment, readOwnRecruitment),
  route(contract.addOwnRecruitment, addOwnRecruitment),
];
