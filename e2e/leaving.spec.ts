import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('a company takes another time by the link in its invitation, the coordinator sees the deviation, closes a company, and writes and takes back a school’s last day', async ({
  page,
  signInAs,
  visit,
  looksRight,
}, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const button = (danish: string, english: string) => page.getByRole('button', { name: da ? danish : english });
  const heading = (danish: string, english: string) => page.getByRole('heading', { name: da ? danish : english });
  const wide = da; // each journey takes what the other leaves alone

  await visit('/mailbox');
  // Not the first visit of Anna’s day: other journeys begin with it.
  const invitation = (await mailsSent(page)).find(({ to, text }) => to === (wide ? 'karsten@firma.example' : 'susanne@toft.example') && text.includes('/meeting#'));
  const token = /\/meeting#([a-z2-7]{32})/.exec(invitation?.text ?? '')?.[1] ?? '';
  expect(token).toHaveLength(32);
  await visit(`/meeting#${token}`);
  await expect(heading('Passer tiden ikke?', 'Does the time not suit you?')).toBeVisible();
  const before = await page.getByRole('heading', { level: 1 }).innerText();
  await looksRight();
  await button('Bed om at blive ringet op', 'Ask to be rung').click();
  await looksRight();
  await button('Tilbage', 'Back').click();
  await button('Vælg en anden tid', 'Choose another time').click();
  await expect(heading('Hvilken tid passer bedre?', 'Which time suits you better?')).toBeFocused();
  await button('Ugen efter', 'The week after').click();
  await expect(page.locator('.hours button').first()).toBeVisible();
  await looksRight();
  await page.locator('.hours button').last().click();
  await looksRight();
  await button('Ja, flyt mødet', 'Yes, move the meeting').click();
  await expect(page.getByText(da ? 'Mødet er flyttet. Alle får en ny indbydelse.' : 'The meeting was moved. Everybody gets a new invitation.')).toBeVisible();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe(before);
  await looksRight();

  await signInAs('Camilla');
  await visit('/assignment-deviations');
  await expect(heading('Afvigelserne', 'The deviations')).toBeVisible();
  await expect(page.getByText(da ? 'Sygdom' : 'Illness').first()).toBeVisible();
  await looksRight();

  await visit('/closed-companies');
  await looksRight();
  if (wide) {
    await page.getByRole('link', { name: 'Bjergager Transport' }).click();
    await button('Bekræft, at det er lukket', 'Confirm that it is closed').click();
    await looksRight();
    await button('Ja, det er lukket', 'Yes, it is closed').click();
    await expect(page.getByText('Venter stadig: 1 opgave.')).toBeVisible();
    await looksRight();
  } else {
    await visit('/schools');
    await page.getByRole('link', { name: 'SOSU Nordfjord' }).click();
    await button('Skolen forlader centret', 'The school leaves the centre').click();
    await page.getByLabel('Last day in the centre').fill('31/12/2027');
    await looksRight();
    await button('Se, hvad der sker', 'See what happens').click();
    await expect(page.getByRole('dialog')).toContainText('What the school has done stays, with its name.');
    await looksRight();
    await button('Skriv den sidste dag', 'Write the last day').click();
    await expect(page.getByText('Last day is 31 Dec 2027')).toBeVisible();
    await looksRight();
    await button('Skolen bliver alligevel', 'The school stays after all').click();
    await expect(page.getByText('The school stays in the centre.')).toBeVisible();
  }
});
