export type { Instance } from '../rules.ts';
export { type Effort, oneMoreOpens, type Progress, type Proposal, planPools } from './jobs.ts';
