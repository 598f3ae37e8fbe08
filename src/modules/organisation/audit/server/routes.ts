import { route } from '../../../../platform/http/mount.ts';
import { listAudit } from '../contract.ts';
import { audit } from './queries.ts';

export const routes = [route(listAudit, audit)];
