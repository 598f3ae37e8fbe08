import { route } from '../../../../platform/http/mount.ts';
import { readProgress } from '../contract.ts';
import { progress } from './queries.ts';

export const routes = [route(readProgress, progress)];
