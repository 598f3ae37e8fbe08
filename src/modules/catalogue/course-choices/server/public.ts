export { coursesById } from './queries.ts';
