import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addTrainingAgreement, settleTrainingAgreement, writeTrainingAgreement, writeTrainingAgreementGoal } from './commands.ts';
import { downloadTrainingAgreements, listTrainingAgreements, printTrainingAgreement, readOwnTrainingAgreements, readTrainingAgreement, readTrainingAgreementFigures } from './queries.ts';

export const routes = [
  route(contract.listTrainingAgreements, listTrainingAgreements),
  route(contract.downloadTrainingAgreements, downloadTrainingAgreements),
  route(contract.readTrainingAgreement, readTrainingAgreement),
  route(contract.printTrainingAgreement, printTrainingAgreement),
  route(contract.addTrainingAgreement, addTrainingAgreement),
  route(contract.writeTrainingAgreement, writeTrainingAgreement),
  route(contract.settleTrainingAgreement, settleTrainingAgreement),
  route(contract.readTrainingAgreementFigures, readTrainingAgreementFigures),
  route(contract.writeTrainingAgreementGoal, writeTrainingAgreementGoal),
  route(contract.readOwnTrainingAgreements, readOwnTrainingAgreements),
];
