export interface Row {
  id: string;
  /** Test files as the row names them; one without a folder stands beside the one before it. */
  files: string[];
  state: string;
}

/** The rows of docs/requirements.md: id, what, where, guarded by, state. */
export function rowsOf(document: string): Row[] {
  return document.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== 7 || !/^[0-9A-Z]+\.\d+$/.test(cells[1] ?? '')) return [];
    let folder = '';
    const files = [...(cells[4] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
      const file = name.includes('/') ? name : `${folder}${name}`;
      folder = file.slice(0, file.lastIndexOf('/') + 1);
      return file;
    });
    return [{ id: cells[1] ?? '', files, state: cells[5] ?? '' }];
  });
}

/** The ids that the names of a file's tests begin with or contain; the name stands right after `test(`, `it(`, `describe(` or their tables. */
export function idsIn(source: string): Set<string> {
  const names = [...source.matchAll(/(?:^|\s|\.)(?:test|it|describe)(?:\.(?:each|for|skipIf)\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g)].map(([, , name = '']) => name);
  return new Set(names.flatMap((name) => name.match(/(?<![\w.])[0-9A-Z]{1,2}\.\d{1,2}(?![\w.])/g) ?? []));
}

/** What a row promises and its tests do not bear out. */
export function unguarded(row: Row, read: (file: string) => string | null): string[] {
  if (row.state === 'open') return [];
  if (row.files.length === 0) return [`${row.id} names no test`];
  const missing = row.files.filter((file) => read(file) === null).map((file) => `${row.id}: ${file} is not there`);
  return missing.length > 0 || row.files.some((file) => idsIn(read(file) ?? '').has(row.id)) ? missing : [`${row.id}: no test bears its id`];
}
