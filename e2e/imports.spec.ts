import { readFileSync } from 'node:fs';
import { expect, inDanish, test } from './visitor.ts';

interface Name {
  navn: string;
  periode: { gyldigFra: string; gyldigTil: string | null };
}
interface Hit {
  _source: { Vrvirksomhed?: { cvrNummer: number; navne: Name[]; penheder?: unknown } };
}

/**
 * The demonstration's sample with two things of this project's own: a company that nobody else sends, and one that got a new name.
 * Both projects write into one register, so everything else in the sample may be new or known already.
 */
function sampleWith(own: { cvr: number; name: string; renames: number }): { file: Buffer; renamed: string } {
  const sample = JSON.parse(readFileSync('demo/sample-cvr.json', 'utf8')) as { hits: { hits: Hit[] } };
  const [first] = sample.hits.hits;
  const changed = sample.hits.hits[own.renames]?._source.Vrvirksomhed;
  if (first?._source.Vrvirksomhed === undefined || changed === undefined) throw new Error('the sample begins with companies');
  const made = structuredClone(first);
  Object.assign(made._source.Vrvirksomhed ?? {}, { cvrNummer: own.cvr, penheder: [], navne: [{ navn: own.name, periode: { gyldigFra: '2019-02-01', gyldigTil: null } }] });
  sample.hits.hits.push(made);
  const renamed = `${changed.navne.at(-1)?.navn} & Søn`;
  for (const name of changed.navne) name.periode = { gyldigFra: '1999-01-01', gyldigTil: '2026-10-31' };
  changed.navne.push({ navn: renamed, periode: { gyldigFra: '2026-11-01', gyldigTil: null } });
  return { file: Buffer.from(JSON.stringify(sample)), renamed };
}

test('a register keeper reads an extract, sees what it would do, writes it, and undoes it', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  const own = da ? { cvr: 88_000_013, name: 'Østermarkens Bådværft', renames: 20 } : { cvr: 88_000_021, name: 'Åløkkens Orgelbyggeri', renames: 21 };
  const { file, renamed } = sampleWith(own);
  await signInAs('Camilla');
  if (!da) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: da ? 'Indlæsning' : 'Imports' }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Indlæsning' : 'Imports' })).toBeVisible();
  await looksRight();

  await page.getByRole('button', { name: da ? 'Læs filen' : 'Read the file' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.locator('input[type=file]').setInputFiles({ name: `${info.project.name}.json`, mimeType: 'application/json', buffer: file });
  await page.getByRole('button', { name: da ? 'Læs filen' : 'Read the file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${info.project.name}.json` })).toBeVisible();
  await looksRight();

  const apply = page.getByRole('button', { name: da ? /^Skriv [\d.]+ rækker? i registret$/ : /^Write [\d,]+ rows? into the register$/ });
  await expect(apply).toBeVisible({ timeout: 30_000 });
  const outcome = (name: RegExp) => page.getByRole('radio', { name }).press('Space');
  const rows = page.getByRole('region', { name: da ? 'Rækkerne' : 'The rows' });
  await expect(page.getByRole('radio', { name: da ? 'Alle 643' : 'All 643' })).toBeChecked();
  await outcome(da ? /^Afviste 2$/ : /^Refused 2$/);
  await expect(rows.getByText(da ? /kontrolcifferet passer ikke/ : /check digit is wrong/)).toBeVisible();
  await expect(page.getByRole('link', { name: da ? 'Hent de 2 rækker' : 'Download the 2 rows' })).toBeVisible();
  await looksRight();
  await outcome(da ? /^Ændrede [1-9]/ : /^Changed [1-9]/);
  await expect(rows.getByText(renamed)).toBeVisible();
  await outcome(da ? /^Uændrede [1-9]/ : /^Unchanged [1-9]/);
  await expect(page).toHaveURL(/outcome=same/);
  await outcome(da ? /^Nye [1-9]/ : /^New [1-9]/);
  await expect(page).toHaveURL(/outcome=new/);
  await looksRight();

  await apply.click();
  const undo = page.getByRole('button', { name: da ? 'Fortryd indlæsningen' : 'Undo the import' });
  await expect(undo).toBeVisible({ timeout: 30_000 });
  await looksRight();
  const here = new URL(page.url()).pathname;

  const search = () => visit(`/companies?search=${encodeURIComponent(own.name)}`);
  await search();
  await page.getByRole('link', { name: own.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: own.name })).toBeVisible();
  await looksRight();

  await visit(here);
  await undo.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: da ? 'Sæt det tilbage' : 'Put it back' })
    .click();
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Det, der blev stående' : 'What was left alone' })).toBeVisible({ timeout: 30_000 });
  await looksRight();
  await search();
  await expect(page.getByText(da ? 'Ingen virksomheder passer' : 'No companies match')).toBeVisible();
});
