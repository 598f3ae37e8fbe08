export { provision } from './queries.ts';
