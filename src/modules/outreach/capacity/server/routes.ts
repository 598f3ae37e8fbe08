import { route } from '../../../../platform/http/mount.ts';
import { writeCapacity as contract, readCapacity, readOpenWeeks } from '../contract.ts';
import { writeCapacity } from './commands.ts';
import { capacity, openWeeksAhead } from './queries.ts';

export const routes = [route(readCapacity, capacity), route(contract, writeCapacity), route(readOpenWeeks, openWeeksAhead)];
