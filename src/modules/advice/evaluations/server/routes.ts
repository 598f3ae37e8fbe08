import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { announceEvaluation, callOffEvaluation } from './commands.ts';
import { evaluation, evaluationFile, evaluations } from './queries.ts';

export const routes = [
  route(contract.listEvaluations, evaluations),
  route(contract.readEvaluation, evaluation),
  route(contract.downloadEvaluation, evaluationFile),
  route(contract.announceEvaluation, announceEvaluation),
  route(contract.callOffEvaluation, callOffEvaluation),
];
