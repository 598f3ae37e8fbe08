import { relationRows } from './contract.ts';

type Scores = readonly (number | null)[];

/** How many rows are placed; a row that was left out is never taken for a middle one. */
export const placedOf = (scores: Scores): number => scores.filter((each) => each !== null).length;

/** Rows, by number, that the two sides see at least this far apart: worth talking about. Only where both have placed them. */
const apart = 2;
export const farApart = (one: Scores | undefined, other: Scores | undefined): number[] =>
  Array.from({ length: relationRows }, (_, row) => row).filter((row) => {
    const [mine, theirs] = [one?.[row] ?? null, other?.[row] ?? null];
    return mine !== null && theirs !== null && Math.abs(mine - theirs) >= apart;
  });
