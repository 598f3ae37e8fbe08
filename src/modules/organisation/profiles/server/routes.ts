import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { writeProfile } from './commands.ts';
import { profiles, readProfileOf } from './queries.ts';

export const routes = [route(contract.listProfiles, profiles), route(contract.readProfile, readProfileOf), route(contract.writeProfile, writeProfile)];
