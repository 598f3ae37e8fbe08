import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemWords } from '../../src/app/problem-words.ts';
import { demonstrationRoutes, routes } from '../../src/app/routes.ts';
import { platformProblems } from '../../src/kit/problem.ts';
import type { Words } from '../../src/kit/words.ts';
import { emptyWords, forbiddenWords } from './words.ts';

const root = path.resolve(import.meta.dirname, '../..');
const catalogues = await Promise.all(
  readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'words.ts' && name !== path.join('kit', 'words.ts'))
    .map(async (name) => [name, (await import(path.join(root, 'src', name))) as Record<string, Words<unknown>>] as const),
);

describe('words', () => {
  test('catalogues were found', () =>
    expect(catalogues.map(([name]) => name)).toEqual(expect.arrayContaining(['app/words.ts', 'modules/companies/register/words.ts', 'modules/organisation/sign-in/words.ts'])));

  test.each(catalogues)('%s says something in Danish and English everywhere', (_name, catalogue) => {
    expect(Object.keys(catalogue).length).toBeGreaterThan(0);
    for (const [name, both] of Object.entries(catalogue)) {
      expect(Object.keys(both).sort(), name).toEqual(['da', 'en']);
      expect(emptyWords(both)).toEqual([]);
    }
  });

  test.each(catalogues)('%s uses no word that the glossary banned', (_name, catalogue) => {
    for (const both of Object.values(catalogue)) expect(forbiddenWords(both)).toEqual([]);
  });

  test('every problem that any endpoint declares, and every one of the platform, has a sentence in both languages', () => {
    const codes = [...Object.keys(platformProblems), ...[...routes, ...demonstrationRoutes].flatMap(({ endpoint }) => Object.keys(endpoint.errors ?? {}))];
    expect(codes).toContain('company_known');
    for (const language of ['da', 'en'] as const) expect(codes.filter((code) => !problemWords[language][code]?.trim())).toEqual([]);
  });

  test('an empty word and a banned word are reported, in sentences with facts too', () => {
    expect(emptyWords({ da: { save: 'Gem', deep: { close: ' ' } }, en: { save: '', deep: { close: 'Close' } } })).toEqual(['da.deep.close', 'en.save']);
    expect(emptyWords({ da: {}, en: { save: 'Save' } })).toEqual(['da']);
    const planted = { da: { a: 'Nyt kunde-emne', b: 'Kundeemner', c: (name: string) => `Ny kunde: ${name}` }, en: { a: 'Sales pipeline', b: 'A good deal', c: (name: string) => `Customer ${name}` } };
    expect(forbiddenWords(planted)).toEqual(['da.a', 'da.b', 'da.c', 'en.a', 'en.b', 'en.c']);
    expect(forbiddenWords({ da: { a: 'ideal', b: 'kundskab' }, en: { a: 'ideally', b: 'dealt with', c: 'lead of a working group' } })).toEqual([]);
  });
});
