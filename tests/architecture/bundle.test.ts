import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
vi.stubEnv('NODE_ENV', 'production'); // the tests' own value would bundle React for development
const builtIn = async (mode: string) =>
  ((await build({ mode, root: path.join(root, 'src/app/web'), configFile: path.join(root, 'vite.config.ts'), logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput).output;
const phone = await builtIn('phone');
const chunks = new Map([...(await builtIn('production')), ...phone].filter((each) => each.type === 'chunk').map((chunk) => [chunk.fileName, chunk]));

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

const gzipped = (part: Rolldown.OutputChunk[]) => part.reduce((sum, { code }) => sum + gzipSync(code).length, 0);

test('the shapes of the contract stay on the server: no page carries zod', () => {
  expect(chunks.size).toBeGreaterThan(20);
  expect([...chunks.values()].filter(({ code }) => code.includes('ZodError')).map(({ fileName }) => fileName)).toEqual([]);
});

test('the first page after sign-in asks for less than 160 kB of JavaScript, gzip', () => {
  const first = firstPage('index');
  expect(first.length).toBeGreaterThan(1);
  expect(gzipped(first)).toBeLessThan(160_000);
});

test('2.22 the phone page is one script of less than 130 kB, gzip, without the component library', () => {
  const first = phone.filter((each) => each.type === 'chunk');
  expect(first.length).toBe(1);
  expect(gzipped(first)).toBeLessThan(130_000);
  expect(first[0]?.dynamicImports.filter((name) => name !== first[0]?.fileName)).toEqual([]);
  expect(first[0]?.code).not.toMatch(/mantine-Button|__TSR_|QueryClient/);
});

test('2.22 the worker keeps all that the phone page is made of, and knows no address of the API', () => {
  const source = (name: string) => {
    const found = phone.find(({ fileName }) => fileName === name);
    return found?.type === 'asset' ? String(found.source) : '';
  };
  const worker = source('phone-worker.js');
  const named = [...source('phone.html').matchAll(/\/assets\/[^"]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !worker.includes(name))).toEqual([]);
  expect(worker).toMatch(/ibm-plex-sans-latin-wght/);
  expect(worker).not.toMatch(/__PHONE|cyrillic|\/api/);
});
