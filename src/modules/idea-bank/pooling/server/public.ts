export { type Instance, type Opportunity, runsAnyway } from '../rules.ts';
export { type Effort, oneMoreOpens, type Progress, type Proposal, planPools } from './jobs.ts';
