import { route } from '../../../../platform/http/mount.ts';
import { bookFromCall as contract, listDeskSlots } from '../contract.ts';
import { bookFromCall } from './commands.ts';
import { deskSlots } from './queries.ts';

export const routes = [route(listDeskSlots, deskSlots), route(contract, bookFromCall)];
