import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.readIntakeAddress, queries.ownAddress),
  route(contract.renewIntakeAddress, commands.renewIntakeAddress),
  route(contract.endIntakeAddress, commands.endIntakeAddress),
  route(contract.receiveMail, commands.receiveMail, commands.withKey),
  route(contract.readIntakeMail, queries.intakeMail),
  route(contract.downloadIntakeMail, queries.originalMail),
];
