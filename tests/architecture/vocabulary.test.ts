import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outsideVocabulary } from './vocabulary.ts';

const root = path.resolve(import.meta.dirname, '../..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((each) => each.isFile())
  .map((each) => path.relative(root, path.join(each.parentPath, each.name)).split(path.sep).join('/'));

test('every file of the product has a name of the closed vocabulary', () => {
  expect(files).toContain('src/modules/companies/register/contract.ts');
  expect(outsideVocabulary(files)).toEqual([]);
});

test('every module says what it is in a README.md', () => {
  const modules = new Set(files.filter((each) => each.startsWith('src/modules/')).map((each) => each.split('/')[2]));
  for (const module of modules) expect(files).toContain(`src/modules/${module}/README.md`);
});

test.each([
  'src/lib/thing.ts',
  'src/index.ts',
  'src/kit/utils.ts',
  'src/platform/helpers/dates.ts',
  'src/ui/hooks/use-thing.ts',
  'src/ui/types.ts',
  'src/app/common/thing.ts',
  'src/modules/sales/register/contract.ts',
  'src/modules/companies/contract.ts',
  'src/modules/companies/index.ts',
  'src/modules/companies/register/service.ts',
  'src/modules/companies/register/dates.ts',
  'src/modules/companies/register/server/repository.ts',
  'src/modules/companies/register/server/deep/queries.ts',
  'src/modules/companies/register/web/client.ts',
  'src/modules/companies/register/web/CompaniesPage.tsx',
  'src/modules/companies/register/web/parts/table.tsx',
  'src/modules/companies/register/README.md',
  'src/modules/companies/Register/contract.ts',
])('%s is reported', (planted) => expect(outsideVocabulary([...files, planted]).map((line) => line.split(':')[0])).toContain(planted));

test.each([
  'src/kit/money.ts',
  'src/modules/companies/README.md',
  'src/modules/outreach/follow-up/contract.ts',
  'src/modules/outreach/follow-up/rules.test.ts',
  'src/modules/outreach/follow-up/server/jobs.ts',
  'src/modules/outreach/follow-up/server/public.ts',
  'src/modules/outreach/follow-up/web/today.page.tsx',
  'src/modules/outreach/follow-up/web/today.module.css',
])('%s is fine', (planted) => expect(outsideVocabulary([planted])).toEqual([]));
