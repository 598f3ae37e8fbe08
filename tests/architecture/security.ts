export interface Point {
  /** 6.2.1; a line about several (6.2.1–12) gives each. */
  ids: string[];
  how: string;
  /** What the last column says: a test that guards it, or why there is none. */
  guards: { file: string; name: string }[];
  reason: string | null;
}

export const reasons = ['does not apply', 'by design', 'operator', 'partly', 'not done'];

function idsOf(cell: string): string[] {
  const [, head = '', from = '', to] = /^(\d+\.\d+)\.(\d+)(?:–(\d+))?$/.exec(cell) ?? [];
  if (head === '') return [];
  return Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_each, index) => `${head}.${Number(from) + index}`);
}

/** The lines of docs/security.md: point, what it asks for, how it is met, guarded by. */
export const pointsOf = (document: string): Point[] =>
  document.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const ids = idsOf(cells[1] ?? '');
    if (cells.length !== 6 || ids.length === 0) return [];
    const last = cells[4] ?? '';
    const guards = [...last.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }));
    return [{ ids, how: cells[3] ?? '', guards, reason: reasons.includes(last) ? last : null }];
  });

/** What a line promises and nothing bears out. */
export function unborne({ ids, how, guards, reason }: Point, read: (file: string) => string | null): string[] {
  const id = ids.join(', ');
  if (how.length < 5) return [`${id}: does not say how it is met`];
  if (guards.length === 0) return reason === null ? [`${id}: names no test and no reason`] : [];
  return guards.flatMap(({ file, name }) => {
    const source = read(file);
    if (source === null) return [`${id}: ${file} is not there`];
    // A test's name stands in a string; an apostrophe may be escaped there.
    return source.replaceAll("\\'", "'").includes(name) ? [] : [`${id}: ${file} has no test “${name}”`];
  });
}

/** Points of levels 1 and 2 in OWASP ASVS 5.0.0, chapter by chapter: section and how many. */
const upTo: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4, '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5 },
  ...{ '14.1': 2, '14.2': 4, '14.3': 3, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
};
export const everyPoint = Object.entries(upTo).flatMap(([section, count]) => Array.from({ length: count }, (_each, index) => `${section}.${index + 1}`));
