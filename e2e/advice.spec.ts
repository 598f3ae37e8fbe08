import { expect, inDanish, test } from './visitor.ts';

test('3.01 a consultant refers a need to another school, its manager takes it on and finishes it, and the school that referred is credited', async ({ page, signInAs, visit, looksRight }, {
  project,
}) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: da ? danish : english });
  const label = (danish: string, english: string) => page.getByLabel(da ? danish : english, { exact: true });
  const heading = (danish: string, english: string) => page.getByRole('heading', { name: da ? danish : english });
  // Each run has its own company: the other one refers too.
  const company = da ? 'Toftlund Maskinteknik' : 'Dalsgaard Bageri';
  const need = da ? 'Robotsvejsning til to' : 'Certifikat til pladelager';

  await signInAs('Anna');
  await visit(`/companies?search=${encodeURIComponent(company)}`);
  await page.getByRole('link', { name: company }).first().click();
  await heading('Henvis til en anden skole', 'Refer to another school').scrollIntoViewIfNeeded();
  await button('Henvis et behov', 'Refer a need').click();
  await button('Send henvisning', 'Send referral').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  const which = label('Hvilket behov', 'Which need');
  if ((await which.count()) > 0) await which.selectOption('new');
  await label('Hvad har de brug for', 'What do they need').fill(need);
  await label('Hvad handler det om', 'What is it about').selectOption('certificates');
  const school = label('Til hvilken skole', 'To which school');
  await expect(school.getByRole('option', { name: /AMU Nordfjord – / })).toBeAttached();
  await school.selectOption({ label: da ? 'Tværby Tekniske Skole – Udbyder det' : 'Tværby Tekniske Skole – Offers this' });
  await label('Hvad skal skolen vide', 'What should the school know').fill('Ring til værkføreren efter frokost.');
  await page.getByRole('checkbox', { name: da ? /Firmaet har sagt ja/ : /The company said yes/ }).check();
  await button('Send henvisning', 'Send referral').click();
  await expect(page.getByText(da ? 'Henvisningen er sendt. Skolen har fået besked.' : 'The referral is sent. The school has been told.')).toBeVisible();
  await looksRight();

  await signInAs('Emil');
  await expect(heading('Henvisninger, der venter på jer', 'Referrals that wait for you')).toBeVisible();
  await visit('/referrals?way=in');
  await page.getByRole('link', { name: company }).first().click();
  await expect(page.getByText('Ring til værkføreren efter frokost.')).toBeVisible();
  await looksRight();
  await button('Tag imod', 'Accept').click();
  await looksRight();
  await button('Tag imod henvisningen', 'Accept the referral').click();
  await expect(page.getByText(da ? /^Henvisningen er jeres/ : /^The referral is yours/)).toBeVisible();
  await button('Vi er i gang', 'We have begun').click();
  await expect(page.getByText(da ? /^Gemt/ : /^Saved/)).toBeVisible();
  await button('Skriv, hvordan det gik', 'Say how it went').click();
  await label('Hvad blev det til', 'What came of it').selectOption('course');
  await label('Lidt om det', 'A little about it').fill('To på hold i januar.');
  await looksRight();
  await button('Afslut henvisningen', 'Finish the referral').click();
  await expect(page.getByText('To på hold i januar.').first()).toBeVisible();
  await looksRight();

  // Another school's manager finds nothing of it; the school that referred reads the outcome and is credited.
  await signInAs('Anna');
  await visit('/referrals?way=out');
  await page.getByRole('link', { name: company }).first().click();
  await expect(page.getByText('To på hold i januar.').first()).toBeVisible();
  await visit('/referrals/credits');
  await expect(page.getByText('Fjordegnens Erhvervsskole → Tværby Tekniske Skole')).toBeVisible();
  await looksRight();
});

test('3.07 an evaluation is announced with purpose, criteria and time; its figures are made later and nobody can be read out of them', async ({ page, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: da ? danish : english });
  const label = (danish: string, english: string) => page.getByLabel(da ? danish : english, { exact: true });
  await signInAs('Camilla');
  await visit('/impartial');
  await button('Varsl en evaluering', 'Announce an evaluation').click();
  await button('Varsl evalueringen', 'Announce the evaluation').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Formål', 'Purpose').fill(da ? 'At se på foråret.' : 'At se på sommeren.');
  await label('Kriterier', 'Criteria').fill('Egen skole holdt op mod behovene.');
  await label('Periodens første dag', 'First day of the period').fill(da ? '1.1.2027' : '01/05/2027');
  await label('Periodens sidste dag', 'Last day of the period').fill(da ? '30.4.2027' : '31/08/2027');
  await label('Hvornår tallene laves', 'When the figures are made').fill(da ? '15.5.2027' : '15/09/2027');
  await looksRight();
  await button('Varsl evalueringen', 'Announce the evaluation').click();
  await expect(page.getByText(da ? /^Evalueringen er varslet/ : /^The evaluation is announced/)).toBeVisible();
  await page.getByRole('link', { name: da ? /^1\. jan\. 2027/ : /^1 May 2027/ }).click();
  await expect(page.getByText(da ? /Tallene bliver lavet .*2027|Tallene bliver lavet/ : /The figures will be made/)).toBeVisible();
  await looksRight();

  await visit('/impartial');
  await page.getByRole('link', { name: da ? /^1\. apr\. 2026/ : /^1 Apr 2026/ }).click();
  await expect(page.getByRole('heading', { name: da ? 'Hvor rådgivningen peger hen' : 'Where advice points' })).toBeVisible();
  await expect(page.getByText(da ? 'Alle skoler under ét' : 'All schools together')).toBeVisible();
  await looksRight();

  await signInAs('Dorte');
  await visit('/impartial');
  await page.getByRole('link', { name: da ? /^1\. apr\. 2026/ : /^1 Apr 2026/ }).click();
  await expect(page.getByRole('heading', { name: da ? 'Hvor rådgivningen peger hen' : 'Where advice points' })).toBeVisible();
  // One row, the own school’s.
  await expect(page.getByText(da ? 'Ansat i centret' : 'Employed by the centre')).toHaveCount(0);
  await looksRight();
});

test('3.08 a manager says who does a measure by when, tells what pulls the other way, and what the school offers', async ({ page, signInAs, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: da ? danish : english });
  const label = (danish: string | RegExp, english: string | RegExp) => page.getByLabel(da ? danish : english);
  await signInAs(da ? 'Dorte' : 'Emil');
  await visit('/measures');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await looksRight();
  const school = da ? 'Fjordegnens Erhvervsskole' : 'Tværby Tekniske Skole';
  await page.getByRole('button', { name: `${da ? 'Skriv: Ledelsen bakker op' : 'Write: Ties are named'}, ${school}` }).click();
  await label('Hvem gør det', 'Who does it').selectOption({ label: da ? 'Dorte Friis' : 'Emil Bak' });
  await label('Inden hvornår', 'By when').fill(da ? '1.2.2027' : '01/02/2027');
  await looksRight();
  await button('Gem tiltag', 'Save measure').click();
  await expect(page.getByText(da ? /^Tiltaget er gemt./ : /^The measure is saved./)).toBeVisible();
  await button('Fortæl om en binding', 'Tell of a tie').click();
  await page.getByRole('textbox', { name: da ? 'Hvad trækker' : 'What pulls' }).fill('Truckholdet skal fyldes hver måned.');
  await button('Gem binding', 'Save tie').click();
  await expect(page.getByText('Truckholdet skal fyldes hver måned.')).toBeVisible();
  await looksRight();
  await visit('/provision');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('button', { name: da ? /: Ledelse$/ : /: Management$/ }).click();
  await page
    .getByText(da ? 'Industri' : 'Manufacturing', { exact: true })
    .first()
    .click();
  await looksRight();
  await button('Gem udbud', 'Save').click();
  await expect(page.getByText(da ? /^Udbuddet er gemt./ : /^What is offered is saved./)).toBeVisible();
  await visit('/overlap?field=management');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await looksRight();
});
