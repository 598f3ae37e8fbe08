import { route } from '../../../../platform/http/mount.ts';
import { listNeeds } from '../contract.ts';
import { needsOf } from './queries.ts';

export const routes = [route(listNeeds, needsOf)];
