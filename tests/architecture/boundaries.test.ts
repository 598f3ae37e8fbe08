import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.cjs'));
const ruleNames = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? '');

async function examine(baseDir: string, rooms: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(rooms, { ...options, baseDir });
  if (typeof output === 'string') throw new Error(output);
  return output;
}
const violations = ({ summary }: ICruiseResult) => summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);

describe('who may import whom', () => {
  test('the product keeps every rule, and all of it was looked at', async () => {
    const found = await examine(root, ['src', 'demo', 'scripts']);
    const seen = found.modules.map((each) => each.source);
    // With a compiler it does not know, dependency-cruiser sees nothing and passes everything.
    for (const file of [
      'src/kit/endpoint.ts',
      'src/platform/http/mount.ts',
      'src/modules/companies/register/server/commands.ts',
      'src/modules/organisation/sign-in/contract.ts',
      'src/app/server.ts',
      'src/ui/client.ts',
      'demo/build.ts',
    ])
      expect(seen).toContain(file);
    expect(seen.some((file) => file.endsWith('.page.tsx'))).toBe(true);
    const mount = found.modules.find((each) => each.source === 'src/platform/http/mount.ts');
    expect(
      mount?.dependencies.map((each) => each.resolved),
      'imports of types count',
    ).toEqual(expect.arrayContaining(['src/kit/endpoint.ts', 'src/platform/db/transaction.ts']));
    expect(violations(found)).toEqual([]);
  });
});

/** The smallest lawful product: a file of every kind that another may point at. */
const lawful: Record<string, string> = {
  'src/kit/page.ts': '',
  'src/platform/http/mount.ts': '',
  'src/platform/db/connect.ts': '',
  'src/ui/table.tsx': '',
  'src/app/server.ts': `import '../../scripts/build.ts';`,
  'src/app/routes.ts': '',
  'scripts/build.ts': '',
  'tests/support/app.ts': '',
  ...Object.fromEntries(
    ['organisation/schools', 'companies/register', 'companies/timeline', 'catalogue/courses', 'outreach/calls', 'advice/needs', 'strategy/plans', 'insight/reports'].flatMap((place) =>
      ['contract.ts', 'rules.ts', 'words.ts', 'server/queries.ts', 'server/commands.ts', 'server/routes.ts', 'server/public.ts', 'web/public.tsx', 'web/list.page.tsx'].map((file) => [
        `src/modules/${place}/${file}`,
        '',
      ]),
    ),
  ),
};
const register = 'src/modules/companies/register';

/** Rule, the file that breaks it, and what it imports. */
const planted: [string, string, string][] = [
  ['kit-is-pure', 'src/kit/bad.ts', 'uuid'],
  ['kit-is-pure', 'src/kit/bad.ts', 'node:fs'],
  ['kit-is-pure', 'src/kit/bad.ts', '../platform/http/mount.ts'],
  ['platform-knows-no-module', 'src/platform/bad.ts', '../modules/companies/register/contract.ts'],
  ['platform-knows-no-module', 'src/platform/bad.ts', '../ui/table.tsx'],
  ['platform-knows-no-module', 'src/platform/bad.ts', 'react'],
  ['ui-knows-no-module', 'src/ui/bad.tsx', '../modules/companies/register/contract.ts'],
  ['ui-knows-no-module', 'src/ui/bad.tsx', '../platform/http/mount.ts'],
  ['ui-knows-no-module', 'src/ui/bad.tsx', 'kysely'],
  ['pure-files-stay-pure', `${register}/rules.ts`, './server/queries.ts'],
  ['pure-files-stay-pure', `${register}/contract.ts`, '../../../platform/http/mount.ts'],
  ['pure-files-stay-pure', `${register}/model.ts`, 'kysely'],
  ['pure-files-stay-pure', `${register}/words.ts`, '../../organisation/schools/words.ts'],
  ['pure-files-stay-pure', `${register}/rules.ts`, 'node:crypto'],
  ['data-files-stay-at-home', `${register}/server/queries.ts`, '../../../organisation/schools/server/queries.ts'],
  ['data-files-stay-at-home', `${register}/server/commands.ts`, '../../timeline/server/commands.ts'],
  ['data-files-stay-at-home', `${register}/server/jobs.ts`, '../../timeline/rules.ts'],
  ['data-files-stay-at-home', `${register}/server/public.ts`, '../../../../platform/db/connect.ts'],
  ['data-files-stay-at-home', `${register}/server/commands.ts`, 'uuid'],
  ['data-files-stay-at-home', `${register}/server/commands.ts`, 'pg'],
  ['routes-only-connect', `${register}/server/routes.ts`, '../rules.ts'],
  ['routes-only-connect', `${register}/server/routes.ts`, '../../timeline/server/queries.ts'],
  ['routes-only-connect', `${register}/server/routes.ts`, 'kysely'],
  ['web-stays-in-the-browser', `${register}/web/bad.page.tsx`, '../server/queries.ts'],
  ['web-stays-in-the-browser', `${register}/web/bad.page.tsx`, '../../../../platform/http/mount.ts'],
  ['web-stays-in-the-browser', `${register}/web/bad.page.tsx`, 'fastify'],
  ['web-stays-in-the-browser', `${register}/web/bad.page.tsx`, '../../timeline/web/list.page.tsx'],
  ['organisation-is-the-lowest', 'src/modules/organisation/schools/server/queries.ts', '../../../companies/register/server/public.ts'],
  ['companies-above-organisation', `${register}/contract.ts`, '../../catalogue/courses/contract.ts'],
  ['catalogue-above-companies', 'src/modules/catalogue/courses/web/bad.page.tsx', '../../../outreach/calls/web/public.tsx'],
  ['peers-never-meet', 'src/modules/outreach/calls/contract.ts', '../../advice/needs/contract.ts'],
  ['peers-never-meet', 'src/modules/advice/needs/contract.ts', '../../insight/reports/contract.ts'],
  ['the-highest-never-meet', 'src/modules/strategy/plans/contract.ts', '../../insight/reports/contract.ts'],
  ['nobody-imports-app', `${register}/server/queries.ts`, '../../../../app/routes.ts'],
  ['app-pages-stay-in-the-browser', 'src/app/pages/today.page.tsx', '../../modules/companies/register/server/public.ts'],
  ['app-pages-stay-in-the-browser', 'src/app/web/main.tsx', 'kysely'],
  ['demo-builds-through-the-product', 'demo/bad.ts', `../${register}/server/queries.ts`],
  ['scripts-serve-the-server', 'src/app/routes.ts', '../../scripts/build.ts'],
  ['the-product-imports-no-tests', 'src/app/bad.ts', '../../tests/support/app.ts'],
  ['no-circles', 'src/kit/page.ts', './round.ts'],
  ['everything-resolves', 'src/app/bad.ts', './nowhere.ts'],
];

describe('planted violations', () => {
  const lawfulTree = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'vejnet-boundaries-')));
  afterAll(() => rmSync(lawfulTree, { recursive: true, force: true }));

  function plant(tree: string, files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
      writeFileSync(path.join(tree, name), text === '' ? 'export {};\n' : text);
    }
  }

  test('there is one for every rule', () => expect([...new Set(planted.map(([rule]) => rule))].sort()).toEqual([...ruleNames].sort()));

  test('each is reported by its rule, imports of types too, and lawful files are not', async () => {
    const base = path.join(lawfulTree, 'lawful');
    plant(base, {
      ...lawful,
      [`${register}/server/commands.ts`]: `import '../contract.ts';\nimport './queries.ts';\nimport 'kysely';\nimport 'node:crypto';\nimport '../../../organisation/schools/server/public.ts';\n`,
    });
    symlinkSync(path.join(root, 'node_modules'), path.join(base, 'node_modules'));
    expect(violations(await examine(base, ['src', 'scripts']))).toEqual([]);

    // Several violations share one tree where they do not share a file: each run of the tool costs.
    const trees: [string, string, string][][] = [];
    for (const one of planted) {
      const tree = trees.find((each) => each.every(([, file]) => file !== one[1]));
      if (tree === undefined) trees.push([one]);
      else tree.push(one);
    }
    for (const [number, tree] of trees.entries()) {
      const folder = path.join(lawfulTree, `bad-${number}`);
      cpSync(base, folder, { recursive: true, verbatimSymlinks: true });
      plant(folder, Object.fromEntries(tree.map(([, file, target], index) => [file, index % 2 ? `import '${target}';\n` : `import type { X } from '${target}';\nexport type Y = X;\n`])));
      if (tree.some(([rule]) => rule === 'no-circles')) plant(folder, { 'src/kit/round.ts': `import './page.ts';\n` });
      const found = violations(
        await examine(
          folder,
          ['src', 'scripts', 'demo'].filter((room) => room !== 'demo' || tree.some(([, file]) => file.startsWith('demo/'))),
        ),
      );
      for (const [rule, file, target] of tree)
        expect(
          found.some((line) => line.startsWith(`${rule}: ${file} -> `)),
          `${rule}: ${file} -> ${target}\n${found.join('\n')}`,
        ).toBe(true);
    }
  }, 120_000);
});
