import { expect, inDanish, test } from './visitor.ts';

test('a consultant adds a company and finds it in the list', async ({ page, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  await signInAs('Anna');
  await looksRight();
  if (!da) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: da ? 'Virksomheder' : 'Companies' }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Virksomheder' : 'Companies' })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /Bjergager/ })).toBeVisible();
  await looksRight();

  await page.getByRole('link', { name: da ? 'Tilføj virksomhed' : 'Add company' }).click();
  await page.getByLabel(da ? 'CVR-nummer' : 'CVR number').fill('12345678');
  await page.getByRole('button', { name: da ? 'Tilføj virksomheden' : 'Add the company' }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await looksRight();
  await summary.getByRole('link', { name: da ? /CVR-nummer, der findes/ : /CVR number that exists/ }).click();
  const cvr = page.getByLabel(da ? 'CVR-nummer' : 'CVR number');
  await expect(cvr).toBeFocused();
  await cvr.fill(da ? 'DK 13 74 81 36' : '12 34 56 74');
  await page.getByLabel(da ? 'Navn' : 'Name').fill(da ? 'Ålekær Smedje' : 'Zachariassens Zinkværk');
  await page.getByRole('button', { name: da ? 'Tilføj virksomheden' : 'Add the company' }).click();
  await expect(page.getByRole('rowheader', { name: da ? /Ålekær Smedje/ : /Zachariassens Zinkværk/ })).toBeVisible();
});
