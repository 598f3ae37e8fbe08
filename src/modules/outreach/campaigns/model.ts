/** The divisions of each section of the industry nomenclature: NACE Rev. 2 for DB07, NACE Rev. 2.1 for DB25 (Eurostat). Letters mean different things in the two. */
const divisions: Record<'DB07' | 'DB25', Record<string, readonly [number, number]>> = {
  DB07: {
    A: [1, 3],
    B: [5, 9],
    C: [10, 33],
    D: [35, 35],
    E: [36, 39],
    F: [41, 43],
    G: [45, 47],
    H: [49, 53],
    I: [55, 56],
    J: [58, 63],
    K: [64, 66],
    L: [68, 68],
    M: [69, 75],
    N: [77, 82],
    O: [84, 84],
    P: [85, 85],
    Q: [86, 88],
    R: [90, 93],
    S: [94, 96],
    T: [97, 98],
    U: [99, 99],
  },
  DB25: {
    A: [1, 3],
    B: [5, 9],
    C: [10, 33],
    D: [35, 35],
    E: [36, 39],
    F: [41, 43],
    G: [46, 47],
    H: [49, 53],
    I: [55, 56],
    J: [58, 60],
    K: [61, 63],
    L: [64, 66],
    M: [68, 68],
    N: [69, 75],
    O: [77, 82],
    P: [84, 84],
    Q: [85, 85],
    R: [86, 88],
    S: [90, 93],
    T: [94, 96],
    U: [97, 98],
    V: [99, 99],
  },
};
export type Scheme = keyof typeof divisions;
export const sectionsOf = (scheme: Scheme): string[] => Object.keys(divisions[scheme]);

/** An industry at any level: a section ("DB25:C") or the first digits of a code ("DB25:2511"). */
export const industryShape = /^(DB07|DB25):([A-V]|\d{1,6})$/;

/** The scheme and the beginnings of codes that an industry at any level stands for; null when there is no such section. */
export function startsOf(industry: string): { scheme: Scheme; starts: string[] } | null {
  const [, scheme, level] = industryShape.exec(industry) ?? [];
  if (scheme === undefined || level === undefined) return null;
  if (/^\d/.test(level)) return { scheme: scheme as Scheme, starts: [level] };
  const range = divisions[scheme as Scheme][level];
  if (range === undefined) return null;
  return { scheme: scheme as Scheme, starts: Array.from({ length: range[1] - range[0] + 1 }, (_, at) => String(range[0] + at).padStart(2, '0')) };
}
