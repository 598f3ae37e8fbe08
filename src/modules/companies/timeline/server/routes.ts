import { route } from '../../../../platform/http/mount.ts';
import { readTimeline } from '../contract.ts';
import { timeline } from './queries.ts';

export const routes = [route(readTimeline, timeline)];
