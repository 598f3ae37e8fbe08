export type { Instance } from '../rules.ts';
export { type Effort, type Progress, type Proposal, planPools } from './jobs.ts';
