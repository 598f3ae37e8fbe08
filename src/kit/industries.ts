/** The sections of the industry nomenclature (NACE), wide enough to say what a consultant knows or a school teaches. */
export const sections = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S'] as const;
export type Section = (typeof sections)[number];

/** First and last division of each; the two schemes agree at this height but for trade in cars (45). */
const divisions: readonly [number, number, Section][] = [
  [1, 3, 'A'],
  [5, 9, 'B'],
  [10, 33, 'C'],
  [35, 35, 'D'],
  [36, 39, 'E'],
  [41, 43, 'F'],
  [45, 47, 'G'],
  [49, 53, 'H'],
  [55, 56, 'I'],
  [58, 63, 'J'],
  [64, 66, 'K'],
  [68, 68, 'L'],
  [69, 75, 'M'],
  [77, 82, 'N'],
  [84, 84, 'O'],
  [85, 85, 'P'],
  [86, 88, 'Q'],
  [90, 93, 'R'],
  [94, 96, 'S'],
];

/** @param division the first two digits of an industry code */
export const sectionOf = (division: string | null): Section | null => divisions.find(([from, to]) => division !== null && Number(division) >= from && Number(division) <= to)?.[2] ?? null;
