export { ableSchools, covers } from '../rules.ts';
export { provision } from './queries.ts';
