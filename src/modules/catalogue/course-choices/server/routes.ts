import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { findCourses } from './queries.ts';

export const routes = [route(contract.findCourses, findCourses)];
