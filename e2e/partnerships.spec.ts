import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('4.09 a consultant writes a partnership agreement with a company, which writes its part and signs without a password; 4.10 both place their relation; 2.21 the consultant rates herself in private', async ({
  page,
  signInAs,
  visit,
  looksRight,
}, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const day = (danish: string, english: string) => (da ? danish : english);
  // Each language has an agreement of its own, known by its role: both visitors share one demonstration.
  const mark = word('Frida på dansk', 'Frida in English');

  await visit('/mailbox');
  const link = (await mailsSent(page)).map(({ to, text }) => (to === 'frida@vaerkstedet.example' ? /\/company#[\w-]{43}/.exec(text)?.[0] : undefined)).find((found) => found !== undefined);
  expect(link).toBeDefined();

  await signInAs('Anna');
  await visit('/partnerships');
  await looksRight();
  await page.getByRole('link', { name: 'Møllebæk Autoværksted ApS' }).first().click();
  await page.waitForURL(/\/partnerships\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { level: 1, name: 'Møllebæk Autoværksted ApS' })).toBeVisible(); // the list is gone, which has two of these links once the other language began its own
  await page.getByRole('link', { name: 'Møllebæk Autoværksted ApS' }).click();
  await page.getByRole('link', { name: word('Begynd en partnerskabsaftale', 'Begin a partnership agreement') }).click();
  await button('Begynd en partnerskabsaftale', 'Begin a partnership agreement').click();
  await label('Gælder til og med', 'Valid to, that day included').fill(day('1.1.2026', '01/01/2026'));
  await label('Ses igennem den', 'Review on').fill(day('1.6.2027', '01/06/2027'));
  await button('Begynd en partnerskabsaftale', 'Begin a partnership agreement').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Gælder til og med', 'Valid to, that day included').fill(day('30.11.2028', '30/11/2028'));
  await button('Begynd en partnerskabsaftale', 'Begin a partnership agreement').click();
  await expect(page.getByText(word('Udkastet er begyndt. Firmaet ser det på sin egen side.', 'The draft is begun. The company sees it on its own page.'))).toBeVisible();
  await looksRight();
  const address = new URL(page.url()).pathname;
  await button('Skriv i udkastet', 'Write in the draft').click();
  await looksRight();
  const areas = page.locator('textarea:visible');
  const count = await areas.count();
  expect(count).toBe(13);
  // The company's four are its own to write.
  for (let at = 4; at < count; at += 1) await areas.nth(at).fill(`${mark} ${at}`);
  await button('Gem udkastet', 'Save the draft').click();
  await expect(page.getByText(word('Der mangler svar på 4 felter.', '4 fields are not answered.'))).toBeVisible();
  await expect(button('Læg frem til underskrift', 'Put up for signing')).toBeHidden();

  // Whoever opens the link is at the company, and not signed in here.
  await visit(link ?? '');
  const draft = page.getByRole('listitem').filter({ hasText: `${mark} 6` });
  await draft.getByRole('button', { name: word('Skriv det, I venter jer', 'Write what you expect') }).click();
  await looksRight();
  const own = draft.locator('textarea');
  for (let at = 0; at < 4; at += 1) await own.nth(at).fill(`${mark}, vi venter os ${at}`);
  await draft.getByRole('button', { name: word('Gem', 'Save'), exact: true }).click();
  await expect(page.getByText(word('Det er gemt.', 'It is saved.'), { exact: true })).toBeVisible();
  await looksRight();

  await signInAs('Anna');
  await visit(address);
  await button('Læg frem til underskrift', 'Put up for signing').click();
  await expect(page.getByText(word('Teksten er låst og venter på underskrifter.', 'The text is locked and awaits signatures.'))).toBeVisible();
  await button('Skriv under for centret', 'Sign for the centre').click();
  await looksRight();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('Skriv under for centret', 'Sign for the centre') })
    .click();
  await expect(page.getByText(word('Du har skrevet under for centret.', 'You have signed for the centre.'))).toBeVisible();
  await looksRight();
  await button('Sæt jeres krydser', 'Set your marks').click();
  await page.getByRole('button', { name: word('Gem krydserne', 'Save the marks') }).click();
  await expect(page.getByText(word('Sæt mindst ét kryds.', 'Set at least one mark.'))).toBeVisible();
  await looksRight();
  const row = (left: string, right: string) => page.getByRole('group', { name: `${left} – ${right}` });
  const [left, right] = da ? ['Holder kortene tæt', 'Siger tingene åbent'] : ['Keep their cards close', 'Say things openly'];
  await row(left, right)
    .getByRole('radio', { name: word('Helt som partnere', 'Quite like partners') })
    .check();
  await button('Gem krydserne', 'Save the marks').click();
  await expect(page.getByText(word('1 af 17 rækker', '1 of 17 rows'))).toBeVisible();
  await looksRight();

  await visit(link ?? '');
  const waiting = page.getByRole('listitem').filter({ hasText: `${mark} 6` });
  await waiting.getByRole('button', { name: word('Skriv under', 'Sign'), exact: true }).click();
  await expect(page.getByText(word('Skriv dit navn, og sæt kryds.', 'Write your name and tick the box.'))).toBeVisible();
  await looksRight();
  await waiting.getByLabel(word('Dit fulde navn', 'Your full name')).fill('Frida Møller');
  await waiting.getByLabel(word('Jeg skriver under for firmaet på det, der står her.', 'I sign for the company what stands here.')).check();
  await waiting.getByRole('button', { name: word('Skriv under', 'Sign'), exact: true }).click();
  await expect(page.getByText(word('Tak. I har skrevet under.', 'Thank you. You have signed.'))).toBeVisible();
  await looksRight();

  await signInAs('Anna');
  await visit(address);
  await expect(page.getByText(/Frida Møller, /)).toBeVisible();
  await expect(button('Lav en ny version', 'Make a new version')).toBeVisible();
  await looksRight();

  await visit('/consultants');
  await page.getByRole('main').getByRole('link', { name: 'Anna Holm' }).click();
  await button('Ret din vurdering', 'Change your rating').click();
  await page.getByLabel(word('Hvad vil du lære, og hvordan?', 'What do you want to learn, and how?')).first().fill('Besøge to skoler');
  // The other visitor may have written a day here.
  await page.getByLabel(word('Hvornår?', 'When?')).first().fill('');
  await button('Gem', 'Save').click();
  await expect(page.getByRole('alert')).toContainText(word('Skriv en dag, eller slet planen.', 'Write a day, or delete the plan.'));
  await looksRight();
  // Both visitors are Anna: only one of them saves, so that neither meets the other's version.
  if (!da) return;
  await page.getByLabel('Hvornår?').first().fill('1.2.2027');
  await button('Gem', 'Save').click();
  await expect(page.getByText('Din vurdering er gemt.')).toBeVisible();
  await looksRight();
});
