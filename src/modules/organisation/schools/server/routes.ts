import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addSchool, writeLastDay, writeSchool } from './commands.ts';
import { readSchoolById, schools } from './queries.ts';

export const routes = [
  route(contract.listSchools, schools),
  route(contract.readSchool, readSchoolById),
  route(contract.addSchool, addSchool),
  route(contract.writeSchool, writeSchool),
  route(contract.writeLastDay, writeLastDay),
];
