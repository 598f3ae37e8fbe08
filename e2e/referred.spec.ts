import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('2.29 a consultant writes down whom a large company sends us to, says which company a line means, and what happened; withdrawn, the name is gone', async ({ page, signInAs, visit, looksRight }, {
  project,
}) => {
  const da = inDanish(project.name);
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: da ? danish : english });
  const label = (danish: string, english: string) => page.getByLabel(da ? danish : english, { exact: true });
  const giver = da ? 'Hedelund Transport' : 'Toftlund Transport';
  // Companies that no other journey touches.
  const named = da ? 'Fuglsang Planteskole' : 'Ærtebjerg Planteskole';
  const town = da ? 'Nordhavn' : 'Limvig';

  await signInAs('Camilla');
  await visit('/suppliers');
  await expect(page.getByRole('link', { name: 'Lyngbjerg Maskinteknik' })).toBeVisible();
  await looksRight();
  await button('Skriv en liste ind', 'Write down a list').click();
  await label('Hvem har givet os listen?', 'Who gave us the list?').fill(giver);
  await button(new RegExp(`^${giver}`), new RegExp(`^${giver}`)).click();
  await expect(label('Det må vi sige', 'What we may say')).toHaveValue(`${giver} sagde, at vi skulle besøge jer.`);
  await button('Gem listen', 'Save the list').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByText(da ? 'Der er holdt pladser til dem' : 'Seats are held for them').click();
  await label('Hvor mange pladser?', 'How many seats?').fill('3');
  await label('På hvilket kursus?', 'On which course?').fill('Kran');
  await label('Holdt til og med', 'Held until').fill(da ? '29.1.2027' : '29/1/2027');
  await label('Firmaerne', 'The companies').fill(`${named}; ${town}\nFindes Ikke; Ringby\n${named}; ${town}`);
  await looksRight();
  await button('Gem listen', 'Save the list').click();
  await expect(page.getByRole('heading', { level: 1, name: giver })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Tæller ikke med (1)' : 'Do not count (1)' })).toBeVisible();
  await looksRight();
  await button(new RegExp(`^Ja, det er ${named}`), new RegExp(`^Yes, it is ${named}`)).click();
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Skal kontaktes (1)' : 'To be contacted (1)' })).toBeVisible();
  await page.getByRole('button', { name: da ? `Skriv, hvad der skete: ${named}` : `Write what happened: ${named}` }).click();
  const wants = label('Hvor mange af pladserne vil de have?', 'How many of the seats do they want?');
  await wants.fill('4');
  await button('Gem', 'Save').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await wants.fill('2');
  await button('Gem', 'Save').click();
  await expect(page.getByText(da ? '2 af 3 pladser på »Kran« er taget.' : '2 of 3 seats on “Kran” are taken.')).toBeVisible();
  await page.getByRole('link', { name: named }).click();
  await expect(page.getByText(`${giver} sagde, at vi skulle besøge jer.`)).toBeVisible();
  await looksRight();
  await page.getByRole('link', { name: da ? 'Se listen' : 'See the list' }).click();
  await button('Træk listen tilbage', 'Withdraw the list').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: da ? 'Træk listen tilbage' : 'Withdraw the list' })
    .click();
  await expect(page.getByText(da ? /^Trukket tilbage .* Navnet bliver ikke brugt mere\.$/ : /^Withdrawn .* The name is no longer used\.$/)).toBeVisible();
  await expect(page.getByText('sagde, at vi skulle besøge jer')).toHaveCount(0);
  await looksRight();
});

test('2.30 an adviser is signed up, hands a company over behind the link, and sees who took it up', async ({ page, browser, signInAs, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const email = da ? 'lars@kommunen.example' : 'ida@kommunen.example';
  const company = da ? 'Ringby Rør' : 'Ringby Tag';
  await signInAs('Camilla');
  await visit('/advisers');
  await expect(page.getByText('Mette Lund')).toBeVisible();
  await looksRight();
  const button = (danish: string, english: string, on = page) => on.getByRole('button', { name: da ? danish : english, exact: true });
  const label = (danish: string, english: string, on = page) => on.getByLabel(da ? danish : english, { exact: true });
  await button('Skriv en rådgiver op', 'Sign an adviser up').click();
  await button('Skriv op, og send linket', 'Sign up and send the link').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Hvor arbejder rådgiveren?', 'Where does the adviser work?').fill('Ringby Kommune');
  await label('Navn', 'Name').fill(da ? 'Lars Lund' : 'Ida Lund');
  await label('E-mail', 'E-mail').fill(email);
  await page.getByRole('checkbox').check();
  await button('Skriv op, og send linket', 'Sign up and send the link').click();
  await expect(page.getByText(email)).toBeVisible();

  const mails = await mailsSent(page);
  const address = /\/adviser#[\w-]{43}/.exec(mails.find(({ to }) => to === email)?.text ?? '')?.[0] ?? '';
  const context = await browser.newContext({ locale: da ? 'da-DK' : 'en-GB' });
  const phone = await context.newPage();
  await phone.goto(`${process.env.VEJNET_E2E}${address}`);
  await button('Giv firmaet videre', 'Hand the company over', phone).click();
  await expect(phone.getByRole('alert')).toContainText(da ? 'Skriv CVR-nummer, eller navn og by.' : 'Write the CVR number, or name and town.');
  await label('Firmaets navn', 'Name of the company', phone).fill(company);
  await label('By', 'Town', phone).fill('Ringby');
  await label('Navn', 'Name', phone).fill('Bo Rør');
  await label('Telefon', 'Telephone', phone).fill('00 12 34 56');
  await label('Hvad gælder det?', 'What is it about?', phone).fill('De vil gerne vide, hvad der findes.');
  await phone.getByRole('checkbox').check();
  await button('Giv firmaet videre', 'Hand the company over', phone).click();
  await expect(phone.getByRole('status')).toContainText(da ? 'Tak. Firmaet er givet videre.' : 'Thank you. The company is handed over.');
  await expect(phone.getByText(`${company}, Ringby`)).toBeVisible();
  await visit(address);
  await expect(page.getByText(`${company}, Ringby`)).toBeVisible();
  await looksRight();
  await context.close();

  await visit('/enquiries');
  await expect(page.getByRole('heading', { level: 2, name: company })).toBeVisible();
  await looksRight();
});
