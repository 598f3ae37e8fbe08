import { expect, inDanish, test } from './visitor.ts';

test('2.28 a consultant sets up a guidance corner, an employee takes a time without a name and gives it back, another school sees nothing', async ({ page, browser, signInAs, visit, looksRight }, {
  project,
}) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const button = (danish: string | RegExp, english: string | RegExp, on = page) => on.getByRole('button', { name: da ? danish : english });
  const label = (danish: string, english: string) => page.getByLabel(da ? danish : english, { exact: true });
  // Times at which nobody books visits: what other journeys count on stays as it is.
  const day = da ? '26.11.2026' : '27/11/2026';
  const company = da ? 'Solhøj Kølehuse' : 'Kildebæk Rengøring';

  await signInAs('Anna');
  await visit('/corners');
  await expect(page.getByRole('link', { name: 'Toftlund Bageri' })).toBeVisible();
  await looksRight();
  await button('Opret et hjørne', 'Set up a corner').click();
  await button('Opret hjørnet', 'Set up the corner').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByRole('combobox', { name: da ? 'Firma' : 'Company' }).fill(company);
  await page.getByRole('option', { name: new RegExp(company) }).click();
  await label('Sted i firmaet', 'Place in the company').fill('Kantinen');
  await label('Hvor tit', 'How often').selectOption('single');
  await label('Dage', 'Days').fill(day);
  await label('Fra klokken', 'From').fill('17.00');
  await label('Til klokken', 'To').fill('18.00');
  await label('Booking', 'Booking').selectOption('20');
  await button('Opret hjørnet', 'Set up the corner').click();
  await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
  await button('Lav adressen', 'Make the address').click();
  const address = await page.getByRole('textbox', { name: da ? 'Adresse' : 'Address' }).inputValue();
  await looksRight();

  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(address.replace(/#.*/, ''));
  await phone.getByLabel(da ? 'Kode' : 'Code').fill('x');
  await button('Videre', 'Continue', phone).click();
  await expect(phone.getByRole('alert')).toBeVisible();
  await phone.getByLabel(da ? 'Kode' : 'Code').fill(address.replace(/.*#/, '').toLowerCase());
  await button('Videre', 'Continue', phone).click();
  await button(/^Torsdag 26\. november/, /^Friday 27 November/, phone).click();
  await button(/17\.20/, /17:20/, phone).click();
  await button('Ja, tag tiden', 'Yes, take the time', phone).click();
  await expect(phone.getByRole('heading', { level: 1, name: da ? 'Tiden er din' : 'The time is yours' })).toBeFocused();
  const code = await phone.locator('.seat-code').innerText();

  await page.reload();
  await expect(page.getByText(da ? '1 af 3' : '1 of 3')).toBeVisible();
  await button('Aflys torsdag 26. november', 'Cancel Friday 27 November').click();
  await label('Hvorfor?', 'Why?').fill('Kantinen bliver malet.');
  await looksRight();
  await button('Aflys dagen', 'Cancel the day').click();
  await expect(page.getByText('Kantinen bliver malet.')).toBeVisible();
  await looksRight();

  await button('Færdig', 'Done', phone).click();
  await phone.getByLabel(da ? 'Skriv din kode' : 'Write your code').fill(code);
  await button('Se min tid', 'See my time', phone).click();
  await expect(phone.getByText(da ? 'Dagen er aflyst: Kantinen bliver malet.' : 'The day is cancelled: Kantinen bliver malet.')).toBeVisible();
  await button('Aflys min tid', 'Cancel my time', phone).click();
  await expect(phone.getByRole('status')).toHaveText(da ? 'Din tid er aflyst. En anden kan tage den nu.' : 'Your time is cancelled. Somebody else can take it now.');
  await phone.goto(address.replace('/corner#', '/corner-poster#'));
  await expect(phone.getByText(address.replace(/.*#/, ''))).toBeVisible();
  await context.close();
  await visit(address.replace(/^https?:\/\/[^/]+/, ''));
  await expect(page.getByText(`${company}, Kantinen`)).toBeVisible();
  await looksRight();
  await visit(address.replace(/^https?:\/\/[^/]+/, '').replace('/corner#', '/corner-poster#'));
  await expect(page.getByText(`${company}, Kantinen`)).toBeVisible();
  await looksRight();

  await signInAs('Emil');
  await visit('/corners');
  await expect(page.getByRole('heading', { name: da ? 'Ingen vejledningshjørner endnu' : 'No guidance corners yet' })).toBeVisible();
  await looksRight();
});
