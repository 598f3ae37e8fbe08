import { expect, inDanish, test } from './visitor.ts';

test('2.41 an event is planned, a company signs up by its address, and another one is signed up by hand', async ({ page, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const title = da ? 'Fremtiden på gulvet' : 'The future on the floor';
  const company = da ? 'Solhøj Kølehuse' : 'Kildebæk Rengøring';

  await signInAs('Anna');
  await visit('/events');
  await expect(page.getByRole('link', { name: 'Kunstig intelligens på værkstedet' })).toBeVisible();
  await button('Planlæg et arrangement', 'Plan an event').click();
  await button('Planlæg arrangementet', 'Plan the event').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Slags', 'Kind').selectOption('future_workshop');
  await label('Navn', 'Name').fill(title);
  await label('Sted', 'Place').fill('Kantinen');
  await label('Dag', 'Day').fill(da ? '10.12.2026' : '11/12/2026');
  await label('Pladser (kan udelades)', 'Seats (optional)').fill('2');
  await button('Planlæg arrangementet', 'Plan the event').click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const here = page.url();
  const link = await label('Adresse til tilmelding', 'Address for signing up').inputValue();
  await looksRight();

  await visit('/open-events');
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await looksRight();
  await visit(link.replace(/^https?:\/\/[^/]+/, ''));
  await button('Tilmeld', 'Sign up').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await label('Firma', 'Company').fill('Værkstedet');
  await label('Dit navn', 'Your name').fill('Lis Havn');
  await label('E-mail', 'E-mail').fill(`lis-${project.name}@firma.example`);
  await label('Hvor mange kommer I?', 'How many of you come?').fill('2');
  await looksRight();
  await button('Tilmeld', 'Sign up').click();
  await expect(page.getByRole('heading', { level: 1, name: word('Tak for din tilmelding', 'Thank you for signing up') })).toBeFocused();
  await looksRight();

  await page.goto(here);
  await expect(page.getByText('Lis Havn')).toBeVisible();
  await button('Tilføj et firma', 'Add a company').click();
  await label('Hvordan?', 'How?').selectOption('sign_up');
  await page.getByRole('combobox', { name: word('Firma', 'Company') }).fill(company);
  await page.getByRole('option', { name: new RegExp(company) }).click();
  await looksRight();
  await button('Tilføj', 'Add').click();
  await expect(page.getByText(word('Venter på plads', 'Waiting for a seat'))).toBeVisible();
  await page.getByRole('button', { name: word('Meld fra: Værkstedet', 'Sign off: Værkstedet') }).click();
  await expect(page.getByText(word('Venter på plads', 'Waiting for a seat'))).toHaveCount(0);
  await looksRight();
});
