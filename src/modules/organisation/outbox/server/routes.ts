import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { resendMail } from './commands.ts';
import { outbox } from './queries.ts';

export const routes = [route(contract.listOutbox, outbox), route(contract.resendMail, resendMail)];
