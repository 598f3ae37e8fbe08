import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addAgreement, settleAgreement, writeAgreement, writeAgreementGoal } from './commands.ts';
import { downloadAgreements, listAgreements, printAgreement, readAgreement, readAgreementFigures, readOwnAgreements } from './queries.ts';

export const routes = [
  route(contract.listAgreements, listAgreements),
  route(contract.downloadAgreements, downloadAgreements),
  route(contract.readAgreement, readAgreement),
  route(contract.printAgreement, printAgreement),
  route(contract.addAgreement, addAgreement),
  route(contract.writeAgreement, writeAgreement),
  route(contract.settleAgreement, settleAgreement),
  route(contract.readAgreementFigures, readAgreementFigures),
  route(contract.writeAgreementGoal, writeAgreementGoal),
  route(contract.readOwnAgreements, readOwnAgreements),
];
