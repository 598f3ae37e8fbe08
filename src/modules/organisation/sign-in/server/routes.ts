import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [route(contract.readSession, queries.session), route(contract.signOut, commands.signOut)];

/** Mounted by a demonstration only. */
export const demonstrationRoutes = [route(contract.listDemonstrationPeople, queries.demonstrationPeople), route(contract.signInAsDemonstrationPerson, commands.signInAsDemonstrationPerson)];
