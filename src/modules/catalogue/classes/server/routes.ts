import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addClass, writeClass } from './commands.ts';
import { classes, theClass } from './queries.ts';

export const routes = [route(contract.listClasses, classes), route(contract.readClass, theClass), route(contract.addClass, addClass), route(contract.writeClass, writeClass)];
