import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { analyse } from 'scslre';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { demonstrationRoutes, routes } from '../../src/app/routes.ts';

const root = path.resolve(import.meta.dirname, '../..');
interface Pattern {
  where: string;
  source: string;
  flags: string;
}

/** Every regular expression that stands in the product's source, found by the compiler's own reader. Those made of text are listed below. */
function patternsIn(file: string): { literals: Pattern[]; made: string[] } {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found: { literals: Pattern[]; made: string[] } = { literals: [], made: [] };
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.literals.push({ where: file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') found.made.push(file);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));
  return found;
}

/** Every pattern that the contract itself checks with, ours and the schema library's. */
function patternsOfContract(): Pattern[] {
  const found = new Map<string, Pattern>();
  const walk = (schema: unknown, where: string): void => {
    if (schema === null || typeof schema !== 'object') return;
    const { pattern } = schema as { pattern?: unknown };
    if (typeof pattern === 'string') found.set(pattern, { where, source: pattern, flags: '' });
    for (const inner of Object.values(schema)) walk(inner, where);
  };
  for (const { endpoint } of [...routes, ...demonstrationRoutes])
    for (const shape of [endpoint.params, endpoint.query, endpoint.body]) if (shape !== undefined) walk(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }), endpoint.name);
  return [...found.values()];
}

const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file));
const read = files.map(patternsIn);
const all = [...new Map([...read.flatMap(({ literals }) => literals), ...patternsOfContract()].map((each) => [`/${each.source}/${each.flags}`, each])).entries()];

/** Slow on long texts, and never given one. */
const bounded: Record<string, string> = {
  '/multistatus[^<>]*>\\s*$/i': 'sees the last 300 letters of an answer',
};
/** Each makes one of words of the source, not of what anybody sends. */
const made = ['src/kit/code.ts', 'src/platform/reading.ts'];

const time = (pattern: RegExp, text: string): number => {
  pattern.lastIndex = 0;
  const began = performance.now();
  if (pattern.global) text.replaceAll(pattern, '');
  else pattern.test(text);
  return performance.now() - began;
};
const least = (pattern: RegExp, text: string) => Math.min(...[1, 2, 3].map(() => time(pattern, text)));

/** Texts that begin as the pattern wants, go on with a piece of it again and again, and end in what it does not want. */
function attacks({ source, flags }: Pattern): { start: string; pump: string }[] {
  const plain = source.replaceAll(/\(\?<?[=!]/g, '(?:'); // what looks around is made of the same letters
  let samples: string[];
  try {
    samples = fc.sample(fc.stringMatching(new RegExp(plain, flags.replaceAll(/[gy]/g, ''))), { numRuns: 4, seed: 7 });
  } catch {
    samples = [];
  }
  const found = [' ', '\t', '0', 'a', 'A', '.', '-', '"', '<', '(', 'a.', ' \n', '0 '].map((pump) => ({ start: '', pump }));
  for (const sample of [...new Set(samples.map((each) => each.slice(0, 18)))]) {
    found.push({ start: '', pump: sample });
    for (let from = 0; from < sample.length; from += 1)
      for (const size of [1, 2, 4]) if (from + size <= sample.length) found.push({ start: sample.slice(0, from), pump: sample.slice(from, from + size) });
    for (let size = 2; size < sample.length; size += 1) found.push({ start: '', pump: sample.slice(0, size) });
  }
  return [...new Map(found.filter(({ pump }) => pump !== '').map((each) => [`${each.start} ${each.pump}`, each])).values()];
}
const attack = ({ start, pump }: { start: string; pump: string }, length: number) => `${start}${pump.repeat(Math.ceil(length / pump.length))}\u0001\n`;

/** Whether twice the text takes far more than twice the time, for one of the attacks. Only what is noticeable at all is measured twice. */
function grows(pattern: Pattern): string | null {
  const compiled = new RegExp(pattern.source, pattern.flags);
  for (const each of attacks(pattern)) {
    if (time(compiled, attack(each, 8_000)) < 4) continue;
    const once = least(compiled, attack(each, 8_000));
    const twice = least(compiled, attack(each, 16_000));
    if (once >= 4 && twice / once > 3) return `${JSON.stringify(each)}: ${once.toFixed(1)} ms, twice as long ${twice.toFixed(1)} ms`;
  }
  return null;
}

describe('no pattern takes more than its share of time (ReDoS)', () => {
  test('every pattern of source and contract is looked at, and none is made of what somebody sends', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(all.map(([text]) => text)).toContain('/^[\\w-]{43}$/');
    expect(read.flatMap((each) => each.made).sort()).toEqual([...made].sort());
    for (const text of Object.keys(bounded)) expect(all.map(([each]) => each)).toContain(text);
  });

  test('by its structure none is more than linear: no two parts of one, and no two places to begin, share a text', () => {
    const found = all.flatMap(([text, { where, source, flags }]) =>
      text in bounded ? [] : analyse({ source, flags }).reports.map(({ type, exponential }) => `${where} ${text}: ${type}${exponential ? ', exponential' : ''}`),
    );
    expect([...new Set(found)]).toEqual([]);
  });

  test('by the clock none is more than linear: twice the text of an attack takes no more than thrice the time', () => {
    const found = all.flatMap(([text, pattern]) => {
      const slow = text in bounded ? null : grows(pattern);
      return slow === null ? [] : [`${pattern.where} ${text} ${slow}`];
    });
    expect(found).toEqual([]);
  });

  test.each([
    ['/(a+)+$/', '(a+)+$'],
    ['/\\s+$/', '\\s+$'],
    ['/<b\\s[^>]*>/', '<b\\s[^>]*>'],
  ])('a slow pattern is caught: %s', (_text, source) => {
    const pattern = { where: '', source, flags: '' };
    const caught = analyse({ source, flags: '' }).reports.some(({ exponential }) => exponential) || grows(pattern) !== null;
    expect(caught).toBe(true);
  });
});
