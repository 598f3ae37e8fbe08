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

test('2.22 the phone page asks for less than 130 kB of JavaScript, gzip, and fetches nothing later', () => {
  const phone = firstPage('phone');
  expect(phone.length).toBeGreaterThan(1);
  expect(gzipped(phone)).toBeLessThan(130_000);
  const named = new Set(phone.map(({ fileName }) => fileName));
  // What is asked for later would not be there without coverage.
  expect(phone.flatMap(({ dynamicImports }) => dynamicImports).filter((name) => !named.has(name))).toEqual([]);
  expect(phone.filter(({ code }) => /mantine-core|mantine-Button|tanstack/i.test(code)).map(({ fileName }) => fileName)).toEqual([]);
});

test('2.22 the worker keeps all that the phone page is made of, and knows no address of the API', () => {
  const worker = chunks.get('phone-worker.js')?.code ?? '';
  for (const { fileName } of firstPage('phone')) expect(worker).toContain(`/${fileName}`);
  const page = built.output.find((each) => each.fileName === 'phone.html');
  const named = page?.type === 'asset' ? [...String(page.source).matchAll(/\/assets\/[^"]+/g)].map(([name]) => name) : [];
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !worker.includes(name))).toEqual([]);
  expect(worker).not.toContain('__PHONE');
  expect(worker).not.toContain('/api');
});
