import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
vi.stubEnv('NODE_ENV', 'production'); // the tests' own value would bundle React for development
const built = (await build({ root: path.join(root, 'src/app/web'), configFile: path.join(root, 'vite.config.ts'), logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput;
const chunks = new Map(built.output.filter((each) => each.type === 'chunk').map((chunk) => [chunk.fileName, chunk]));

/** Everything that is fetched before the page is there: the entry and what it imports at once. */
function firstPage(entry: string): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const add = (chunk: Rolldown.OutputChunk | undefined) => {
    if (chunk === undefined || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) add(chunks.get(name));
  };
  for (const chunk of chunks.values()) if (chunk.isEntry && chunk.name === entry) add(chunk);
  return [...found];
}

test('the shapes of the contract stay on the server: no page carries zod', () => {
  expect(chunks.size).toBeGreaterThan(20);
  expect([...chunks.values()].filter(({ code }) => code.includes('ZodError')).map(({ fileName }) => fileName)).toEqual([]);
});

test('the first page after sign-in asks for less than 160 kB of JavaScript, gzip', () => {
  const first = firstPage('index');
  expect(first.length).toBeGreaterThan(1);
  expect(first.reduce((sum, { code }) => sum + gzipSync(code).length, 0)).toBeLessThan(160_000);
});
