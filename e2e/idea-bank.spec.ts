import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('a company says what it needs, the coordinator gets classes proposed for all, changes one by hand, accepts, and the company sees its seats', async ({ page, signInAs, visit, looksRight }, {
  project,
}) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const button = (danish: string, english: string) => page.getByRole('button', { name: da ? danish : english, exact: true });
  const heading = (danish: string, english: string) => page.getByRole('heading', { name: da ? danish : english });

  await visit('/mailbox');
  const link = (await mailsSent(page)).map(({ to, text }) => (to === 'frida@vaerkstedet.example' ? /\/company#[\w-]{43}/.exec(text)?.[0] : undefined)).find((found) => found !== undefined);
  expect(link).toBeDefined();
  await visit(link ?? '');
  await expect(heading('Det, I har brug for', 'What you need')).toBeVisible();
  await looksRight();
  // Each language has a need of its own: both visitors share one demonstration.
  const what = da ? 'Førstehjælp til værkstedet' : 'First aid for the workshop';
  await button('Skriv, hvad I har brug for', 'Say what you need').click();
  await page.getByLabel(da ? 'Hvad har I brug for?' : 'What do you need?').fill(what);
  await page.getByLabel(da ? 'Senest' : 'Latest').fill('2027-02-28');
  await button('Send', 'Send').click();
  await expect(page.getByRole('alert')).toContainText(da ? 'Det er ikke sendt endnu.' : 'It is not sent yet.');
  await looksRight();
  await page.getByLabel(da ? 'Hvor mange?' : 'How many?').fill('3');
  await button('Send', 'Send').click();
  await expect(page.getByText(what)).toBeVisible();
  await expect(page.getByText(da ? 'Vi siger, hvor mange andre der er, når de er mindst 5.' : 'We say how many others there are once they are at least 5.').first()).toBeVisible();
  await looksRight();

  await signInAs('Camilla');
  await visit('/needs');
  await expect(page.getByRole('link', { name: what })).toBeVisible();
  await looksRight();
  await visit('/idea-bank');
  await page.getByLabel(da ? 'Hvor længe må der regnes?' : 'How long may it take?').selectOption('10');
  await button('Foreslå hold', 'Propose classes').click();
  await expect(page.getByText(da ? 'Intet er lovet nogen endnu.' : 'Nothing is promised to anybody yet.').first()).toBeVisible();
  await expect(heading('Hvor godt er forslaget?', 'How good is the proposal?')).toBeVisible({ timeout: 60_000 });
  await looksRight();
  await expect(heading('Kom ikke med', 'Left out')).toBeVisible();
  await page
    .getByRole('button', { name: new RegExp(`^${da ? 'Åbn' : 'Open'}: `) })
    .first()
    .click();
  await looksRight();
  await button('Holdet skal ikke køre', 'The class shall not run').click();
  await expect(button(da ? 'Fortryd alle' : '', 'Undo all')).toBeVisible();
  await looksRight();
  await button('Fortryd alle', 'Undo all').click();
  await button('Vis som tabel', 'Show as a table').click();
  await looksRight();
  if (!da) return;
  // One of the two accepts: what is placed is gone from the other’s pool.
  await page.getByRole('button', { name: /^Opret de \d+ hold$/ }).click();
  await looksRight();
  await button('Ja, opret', 'Yes, make them').click();
  await expect(page.getByText(/hold er oprettet, og pladserne er holdt\./)).toBeVisible();
  await looksRight();
  await visit(link ?? '');
  await page.reload();
  await expect(page.getByText('I har plads på et hold.')).toBeVisible();
  await expect(page.getByText('Holdet er planlagt. I hører, når det er sikkert.')).toBeVisible();
  await looksRight();
});
