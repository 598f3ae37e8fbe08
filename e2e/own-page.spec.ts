import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('4.18 a leader adds employees and a kind of days on the company’s own page, books and undoes; X.5 names who takes the seats; 4.19 a colleague asks the pool and the board says yes; 4.26 initials of a job rotation', async ({
  page,
  signInAs,
  visit,
  looksRight,
}, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string, on: Pick<typeof page, 'getByRole'> = page) => on.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const secret = async (to: string, shape: RegExp) => (await mailsSent(page)).map((mail) => (mail.to === to ? shape.exec(mail.text)?.[0] : undefined)).find((found) => found !== undefined) ?? '';
  const team = da ? 'Lakering' : 'Maling';
  const kind = da ? 'Seniordage' : 'Ekstra dage';

  await visit(`/${await secret('gitte@havnenstrae.example', /company#[\w-]{43}/)}`);
  const training = page.getByRole('region', { name: word('Uddannelsesdage', 'Training days') });
  await expect(training.getByText('Ret til uddannelse')).toBeVisible();
  await looksRight();
  await button('Tilføj medarbejdere', 'Add employees').click();
  await label('Hold eller afdeling', 'Team or department').fill(team);
  await label('Navne, ét på hver linje', 'Names, one on each line').fill(`${team} Et\n${team} To`);
  await button('Gem', 'Save').click();
  await expect(training.getByText(word(`${team}: 2 medarbejdere`, `${team}: 2 employees`))).toBeVisible();
  await button('Tilføj en slags dage', 'Add a kind of days').click();
  await label('Hvad hedder dagene?', 'What are the days called?').fill(kind);
  await looksRight();
  await button('Gem', 'Save').click();
  await expect(training.getByRole('alert')).toContainText(word('Udfyld alle felter.', 'Fill in every field.'));
  await label('Dage til hver medarbejder', 'Days for each employee').fill(da ? '2,5' : '2.5');
  await button('Gem', 'Save').click();
  await expect(training.getByText(kind, { exact: true })).toBeVisible();
  await button(`Skriv brugte dage: ${kind}`, `Write used days: ${kind}`).click();
  await page.getByRole('checkbox', { name: new RegExp(`^${team} Et`) }).check();
  await label('Hvor mange dage til hver?', 'How many days each?').fill('3');
  await label('Hvad blev de brugt til?', 'What were they used for?').fill('Messe');
  await looksRight();
  await button('Gem', 'Save').click();
  await expect(training.getByRole('alert')).toContainText(word('ikke så mange dage tilbage', 'does not have so many days left'));
  await label('Hvor mange dage til hver?', 'How many days each?').fill('2');
  await button('Gem', 'Save').click();
  await expect(training.getByRole('status')).toHaveText(word('Dagene er skrevet.', 'The days are written.'));
  const mine = training.locator('.kind', { has: page.getByRole('heading', { name: kind }) });
  await mine.getByText(word('Hvad der er skrevet', 'What has been written')).click();
  await mine.getByRole('button', { name: new RegExp(`^${word('Fortryd', 'Undo')} ${team} Et`) }).click();
  await expect(training.getByRole('status')).toHaveText(word('Det er fortrudt. Dagene er givet tilbage.', 'It is undone. The days are given back.'));

  await page.getByRole('button', { name: new RegExp(`^${word('Skriv navne', 'Write names')}: Gaffeltruck`) }).click();
  await looksRight();
  await button('Gem navnene', 'Save the names').click();
  await expect(page.getByText(word('Navnene er gemt.', 'The names are saved.'))).toBeVisible();
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: new RegExp(`^${word('Hent deltagerbeviser', 'Get certificates of attendance')} \\(PDF\\): Gaffeltruck`) }).click();
  expect((await file).suggestedFilename()).toMatch(/\.pdf$/);

  await page.getByRole('button', { name: new RegExp(`^${word('Skriv initialer', 'Write initials')}: CNC`) }).click();
  await label('På kursus', 'On the course').fill('ED, GR');
  await looksRight();
  await button('Gem', 'Save').click();
  await expect(page.getByText(word('Initialerne er gemt.', 'The initials are saved.'))).toBeVisible();

  const form = await page.getByRole('link', { name: word('Her søger kollegerne', 'Here colleagues ask') }).getAttribute('href');
  const wish = da ? 'Førstehjælp' : 'Svensk';
  await visit(`/${(form ?? '').replace(/^.*\//, '')}`);
  await label('Hvad hedder du?', 'What is your name?').fill('Erik Nord');
  await label('Hvad vil du lære?', 'What do you want to learn?').fill(wish);
  await button('Send', 'Send').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await looksRight();
  await label('Hvad koster det? Skriv kroner.', 'What does it cost? Write kroner.').fill('900');
  await button('Send', 'Send').click();
  await expect(page.getByRole('heading', { level: 1, name: word('Tak', 'Thank you') })).toBeFocused();

  await visit(`/${await secret('bodil@havnenstrae.example', /pool-board#[a-z2-7]{32}/)}`);
  const asked = page.getByRole('listitem').filter({ hasText: wish });
  await expect(asked).toBeVisible();
  await looksRight();
  await asked.getByLabel(word('Skriv kort, hvorfor', 'Write briefly why')).fill('Det kan vi bruge');
  await asked.getByRole('button', { name: word(`Ja til ${wish}`, `Yes to ${wish}`) }).click();
  await expect(page.getByRole('status')).toHaveText(word('Dit svar er gemt.', 'Your answer is saved.'));

  await signInAs('Anna');
  await visit('/rotations');
  await expect(page.getByText('Jobcenter Tværby')).toBeVisible();
  await button('Skriv en aftale', 'Write an agreement').click();
  await button('Tilføj en periode', 'Add a period').click();
  await button('Gem aftalen', 'Save the agreement').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page
    .getByRole('link', { name: /Havnens Træindustri/ })
    .first()
    .click();
  await expect(
    page
      .getByRole('region', { name: word('Uddannelsesdage', 'Training days') })
      .getByRole('table')
      .first(),
  ).toBeVisible();
  await expect(page.getByText('Erik Nord')).toHaveCount(0);
  await looksRight();
});
