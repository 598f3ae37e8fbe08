import { expect, inDanish, test } from './visitor.ts';

test('2.14 a consultant makes a form, a colleague ticks on the phone, the steward types in paper; nobody sees how it goes', async ({ page, browser, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string, on = page) => on.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const company = da ? 'Solhøj Kølehuse' : 'Kildebæk Rengøring';

  await signInAs('Anna');
  await visit('/wish-forms');
  await page.getByRole('link', { name: 'Bjergager Træindustri' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bjergager Træindustri' })).toBeVisible();
  await visit('/wish-forms');
  await button('Lav et skema', 'Make a form').click();
  await button('Lav skemaet', 'Make the form').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByRole('combobox', { name: word('Firma', 'Company') }).fill(company);
  await page.getByRole('option', { name: new RegExp(company) }).click();
  await label('Skabelon', 'Template').selectOption('reading_and_maths');
  await label('Firmaets egne emner (kan udelades)', 'The company’s own topics (optional)').fill('Gøre rent uden gift');
  await label('Sidste dag', 'Last day').fill(da ? '30.11.2026' : '30/11/2026');
  await label('Tillidsrepræsentantens navn', 'The shop steward’s name').fill('Tove Lind');
  await button('Lav skemaet', 'Make the form').click();
  await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
  const private_ = await page.getByRole('textbox', { name: word('Tillidsrepræsentantens eget link', 'The shop steward’s own link') }).inputValue();
  const link = await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
  await expect(page.getByText(word('Ingen kan se, hvad der er svaret', 'Nobody can see what was answered'))).toBeVisible();
  await looksRight();

  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(link.replace(/#.*/, ''));
  await phone.getByLabel(word('Kode', 'Code')).fill(link.replace(/.*#/, '').toLowerCase());
  await button('Videre', 'Continue', phone).click();
  await phone.getByLabel(word('Læse bedre', 'Read better')).check();
  await phone.getByLabel('Gøre rent uden gift').check();
  await button('Send mit svar', 'Send my answer', phone).click();
  await expect(phone.getByRole('heading', { level: 1, name: word('Tak for dit svar', 'Thank you for your answer') })).toBeFocused();
  await context.close();

  await visit(link.replace(/^https?:\/\/[^/]+/, ''));
  await expect(page.getByText(company)).toBeVisible();
  await looksRight();
  await visit(link.replace(/^https?:\/\/[^/]+/, '').replace('/wishes#', '/wish-paper#'));
  await expect(page.getByText('Gøre rent uden gift')).toBeVisible();
  await looksRight();
  await visit(private_.replace(/^https?:\/\/[^/]+/, ''));
  await page.getByLabel(word('Regne bedre', 'Do maths better')).check();
  await button('Gem, og tag det næste', 'Save, and take the next').click();
  await expect(page.getByRole('status')).toHaveText(word('1 papirskema er tastet ind.', '1 paper form is typed in.'));
  await expect(page.getByLabel(word('Regne bedre', 'Do maths better'))).not.toBeChecked();
  await looksRight();
  await button('Fortryd det sidste', 'Undo the last one').click();
  await expect(page.getByRole('status')).toHaveText(word('Det sidste papirskema er taget ud igen.', 'The last paper form was taken out again.'));
});
