import { route } from '../../../../platform/http/mount.ts';
import { readOverlap } from '../contract.ts';
import { overlap } from './queries.ts';

export const routes = [route(readOverlap, overlap)];
