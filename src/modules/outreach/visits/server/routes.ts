import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listDrafts, queries.drafts),
  route(contract.readDraft, queries.draftById),
  route(contract.writeDraft, commands.writeDraft),
  route(contract.removeDraft, commands.removeDraft),
  route(contract.sendReport, commands.sendReport),
  route(contract.listReports, queries.reports),
  route(contract.readReport, queries.report),
  route(contract.correctReport, commands.correctReport),
  route(contract.writeReportNote, commands.writeReportNote),
  route(contract.addVisitFile, commands.addVisitFile),
  route(contract.removeVisitFile, commands.removeVisitFile),
  route(contract.readVisitFile, queries.visitFile),
  route(contract.readVisitForm, queries.visitForm),
  route(contract.listOwedReports, queries.owedReports),
  route(contract.readEffort, queries.effort),
  route(contract.readBarriers, queries.barriers),
];
