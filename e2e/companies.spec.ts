import { expect, inDanish, test } from './visitor.ts';

test('a consultant adds a company, finds it in the list, and writes down a person there', async ({ page, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  const name = da ? 'Ålekær Smedje' : 'Zachariassens Zinkværk';
  await signInAs('Anna');
  await looksRight();
  if (!da) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: da ? 'Virksomheder' : 'Companies', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Virksomheder' : 'Companies' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Bjergager/ }).first()).toBeVisible();
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
  await page.getByLabel(da ? 'Navn' : 'Name').fill(name);
  await page.getByRole('button', { name: da ? 'Tilføj virksomheden' : 'Add the company' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(da ? 'Venter på CVR' : 'Awaiting CVR')).toBeVisible();
  await expect(page.getByText(da ? 'Intet er aftalt endnu' : 'Nothing is agreed yet')).toBeVisible();
  await looksRight();

  const panel = page.getByRole('region', { name: da ? 'Hos firmaet' : 'At the company' });
  await panel.getByRole('button', { name: da ? 'Tilføj en kontakt' : 'Add a contact' }).click();
  await panel.getByRole('button', { name: da ? 'Tilføj kontakten' : 'Add the contact' }).click();
  await expect(panel.getByRole('alert')).toBeFocused();
  await looksRight();
  await panel.getByLabel(da ? 'Navn' : 'Name', { exact: true }).fill('Ulla Ærtebjerg');
  await panel.getByLabel(da ? 'Telefon' : 'Phone').fill('00 98 76 54');
  await panel.getByLabel(da ? 'Hvorfra' : 'Where from').fill('Opkald');
  await panel.getByRole('button', { name: da ? 'Tilføj kontakten' : 'Add the contact' }).click();
  await expect(panel.getByRole('link', { name: '00 98 76 54' })).toHaveAttribute('href', 'tel:00987654');
  await expect(page.getByRole('region', { name: da ? 'Historien' : 'The story' }).getByText(da ? 'Ny kontakt' : 'New contact')).toBeVisible();
  await panel.getByRole('button', { name: da ? 'Ret Ulla Ærtebjerg' : 'Change Ulla Ærtebjerg' }).click();
  await panel.getByLabel(da ? 'Rolle' : 'Role').selectOption('leader');
  await panel.getByRole('button', { name: da ? 'Gem kontakten' : 'Save the contact' }).click();
  await expect(panel.getByText(da ? 'Ulla Ærtebjerg, leder' : 'Ulla Ærtebjerg, leader')).toBeVisible();
  await panel.getByRole('button', { name: da ? 'Fjern Ulla Ærtebjerg' : 'Remove Ulla Ærtebjerg' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: da ? 'Fjern for altid' : 'Remove for good' })
    .click();
  await expect(panel.getByText(da ? 'Vi kender ingen hos firmaet endnu.' : 'We know nobody at the company yet.')).toBeVisible();
  await looksRight();
});

test('the filters stand in the URL and as chips, and the last company needs no search', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  // Advertising protection is a filter for the coordinator alone.
  await signInAs('Camilla');
  await visit('/companies');
  const links = page.getByRole('main').getByRole('link', { name: /^[A-ZÆØÅ].* / });
  await expect.poll(() => links.count()).toBeGreaterThan(45);
  await page.getByRole('button', { name: da ? 'Vis flere' : 'Show more' }).press('Enter');
  await expect.poll(() => links.count()).toBeGreaterThan(95);

  await page.getByRole('searchbox', { name: da ? /^Navn, CVR/ : /^Name, CVR/ }).fill('bageri');
  await expect(page).toHaveURL(/search=bageri/);
  await page.getByRole('button', { name: da ? 'Flere filtre' : 'More filters' }).click();
  await looksRight();
  await page.getByRole('combobox', { name: da ? 'Reklamebeskyttelse' : 'Advertising protection' }).selectOption('true');
  await expect(page).toHaveURL(/protected=true/);
  await expect(page.getByText(da ? 'Ingen virksomheder passer' : 'No companies match')).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: da ? 'Fjern filtret Reklamebeskyttet' : 'Remove the filter Advertising protection' }).click();
  await expect(links.filter({ hasText: /Bageri/ }).first()).toBeVisible();
  await page.getByRole('button', { name: da ? 'Ryd alle' : 'Clear all' }).click();
  await expect(page).toHaveURL(/\/companies$/);
});

test('a protected company may not be called until the coordinator has written the reason', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  // Each project takes its own company, so that neither finds the other's reason.
  const search = da ? 'Højvang Malerfirma' : 'Bjergager Malerfirma';
  await signInAs('Camilla');
  await visit(`/companies?protected=true&search=${encodeURIComponent(search)}`);
  await page.getByRole('link', { name: search }).click();
  await expect(page.getByText(da ? 'Firmaet må ikke ringes op' : 'This company may not be called')).toBeVisible();
  await expect(page.locator('a[href^="tel:"]')).toHaveCount(0);
  await looksRight();
  await page.getByRole('button', { name: da ? 'Skriv grunden' : 'Record the reason' }).click();
  await page.getByLabel(da ? 'Hvordan ved I det?' : 'How do you know?').fill('Preben ringede selv den 12. november.');
  await looksRight();
  await page.getByRole('button', { name: da ? 'Gem grunden' : 'Save the reason' }).click();
  await expect(page.getByText(da ? 'Firmaet må ringes op' : 'This company may be called')).toBeVisible();
  await expect(page.getByRole('link', { name: da ? /^Ring / : /^Call / })).toHaveAttribute('href', /^tel:\d+$/);
  await expect(page.getByRole('region', { name: da ? 'Historien' : 'The story' }).getByText(/Preben ringede selv/)).toBeVisible();
  await looksRight();
});

test('the palette finds a company by its number', async ({ page, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  await signInAs('Anna');
  await page.getByRole('button', { name: da ? /Find alt/ : /Find anything/ }).click();
  await page.getByPlaceholder(da ? 'Find alt' : 'Find anything').fill('99 00 00 15');
  await page.getByRole('button', { name: /Bjergager Smede & Montage ApS/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bjergager Smede & Montage ApS' })).toBeVisible();
  await looksRight();
});
