// What CVR answers becomes an import like any file.
export { claim, fail, keeper, mark, type Payload, readFile, work } from './jobs.ts';
export { importById } from './queries.ts';
