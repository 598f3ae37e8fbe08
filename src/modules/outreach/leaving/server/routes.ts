import { route } from '../../../../platform/http/mount.ts';
import { readLeftBehind } from '../contract.ts';
import { leftBehind } from './queries.ts';

export const routes = [route(readLeftBehind, leftBehind)];
