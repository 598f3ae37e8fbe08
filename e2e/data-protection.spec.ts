import { readFileSync } from 'node:fs';
import { expect, inDanish, test } from './visitor.ts';

test('karen answers a request for access and one for erasure, pauses a clock, and sees to it that contacts are told', async ({ page, signInAs, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const name = da ? 'Torben Prøvesen' : 'Theo Trialsen';

  await signInAs('Anna');
  const api = page.request;
  const origin = { origin: String(process.env.VEJNET_E2E) };
  const [company] = (await (await api.get(`${process.env.VEJNET_E2E}/api/companies?search=Egelund&limit=1`)).json()).items as { id: string }[];
  const facts = {
    name,
    role: 'leader',
    title: 'Formand',
    phone: '00 55 66 77',
    email: `${da ? 'torben' : 'theo'}@egelund.example`,
    language: 'da',
    basis: 'public_task',
    source: 'Hjemmesiden',
    reviewOn: '2028-11-17',
  };
  expect((await api.post(`${process.env.VEJNET_E2E}/api/companies/${company?.id}/contacts`, { data: facts, headers: origin })).status()).toBe(201);
  expect((await api.get(`${process.env.VEJNET_E2E}/api/companies/${company?.id}/contacts`)).status()).toBe(200);

  await signInAs('Karen');
  await visit('/data-protection/contacts');
  await expect(page.getByRole('checkbox', { name: /Else Bjergager/ })).toBeVisible();
  await looksRight();

  await visit('/data-protection');
  const search = page.getByLabel(word('Navn, e-mail eller telefon', 'Name, e-mail or phone'), { exact: true });
  await search.fill('xy');
  await button('Søg i alt', 'Search everything').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await search.fill(name);
  await button('Søg i alt', 'Search everything').click();
  await expect(page.getByRole('heading', { level: 2, name: word('Én linje passer', 'One row matches') })).toBeVisible();
  await looksRight();
  await button('Vælg alle', 'Pick all').click();
  await button('Se, hvad der er gemt', 'See what is kept').click();
  await expect(page.getByRole('heading', { level: 2, name: word(`Gemt om ${name}`, `Kept about ${name}`) })).toBeVisible();
  await looksRight();

  const [file] = await Promise.all([page.waitForEvent('download'), button('Lav personmappen', 'Make the person file').click()]);
  expect(file.suggestedFilename()).toBe(word('personmappe.html', 'person-file.html'));
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('Hjemmesiden');
  expect(text).toContain('Anna Holm');
  await expect(page.getByText(word('Personmappen er lavet.', 'The person file is made.'))).toBeVisible();

  await button('Slet personen', 'Erase the person').click();
  await looksRight();
  await button('Slet for altid', 'Erase for good').click();
  await expect(page.getByText(word('Personen er slettet.', 'The person is erased.'))).toBeVisible();
  await search.fill(name);
  await button('Søg i alt', 'Search everything').click();
  await expect(page.getByText(word('Ingen med det navn, den mailadresse eller det nummer.', 'Nobody has that name, e-mail address or number.'))).toBeVisible();
  await looksRight();

  await visit('/data-protection/access');
  await expect(page.getByText(word('Lavede en personmappe', 'Made a person file')).first()).toBeVisible();
  await looksRight();

  await visit('/data-protection/clocks');
  await button('Ret tiden for Noter om opkald', 'Change the time of Notes on calls').click();
  await page.getByLabel(word('Måneder', 'Months'), { exact: true }).fill('1');
  await button('Gem tiden', 'Save the time').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByLabel(word('Måneder', 'Months'), { exact: true }).fill(da ? '18' : '20');
  await button('Gem tiden', 'Save the time').click();
  await expect(page.getByText(word('Tiden for Noter om opkald er gemt.', 'The time of Notes on calls is saved.'))).toBeVisible();
  await looksRight();

  await visit('/data-protection/texts');
  await expect(page.getByText(word('Aftalen med Ringbro slutter', 'The agreement with Ringbro ends on'))).toBeVisible();
  await looksRight();
});
