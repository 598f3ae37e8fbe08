import { expect, inDanish, test } from './visitor.ts';

test('4.06 a manager sells a punch card, a consultant draws from it and gives units back; 4.12 a school writes down the screening of a whole group', async ({ page, signInAs, visit, looksRight }, {
  project,
}) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const name = da ? 'Klippekort på prøve' : 'Punch card on trial';

  await signInAs('Dorte');
  await visit('/punch-cards');
  await button('Sælg et klippekort', 'Sell a punch card').click();
  await page.getByRole('combobox', { name: word('Firma', 'Company'), exact: true }).fill('Bjergager Træ');
  await page
    .getByRole('option', { name: /Bjergager Træindustri/ })
    .first()
    .click();
  await label('Navn', 'Name').fill(name);
  await label('Antal klip', 'Units').fill('4');
  await label('Pris for hele kortet uden moms, i kroner', 'Price of the whole card without VAT, in kroner').fill(word('4.000', '4,000'));
  await expect(page.getByText(word('Med moms: 5.000 kr. Et klip: 1.000 kr. uden moms.', 'With VAT: 5,000 kr. A unit: 1,000 kr. without VAT.'))).toBeVisible();
  await label('Gælder til og med', 'Valid to, that day included').fill(da ? '1.1.2026' : '01/01/2026');
  await button('Sælg et klippekort', 'Sell a punch card').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Gælder til og med', 'Valid to, that day included').fill(da ? '1.6.2028' : '01/06/2028');
  await button('Sælg et klippekort', 'Sell a punch card').click();
  await expect(page.getByText(word('Klippekortet er solgt.', 'The punch card is sold.'))).toBeVisible();
  await looksRight();

  await signInAs('Anna');
  await visit('/punch-cards');
  const row = page.getByRole(da ? 'row' : 'listitem').filter({ hasText: name });
  await row.getByRole('link', { name: 'Bjergager Træindustri' }).click();
  await button('Brug klip', 'Use units').click();
  await label('Hvor mange klip', 'How many units').fill('5');
  await label('Hvad bruges de til?', 'What are they for?').fill('Oplæring på lageret');
  await button('Træk fra kortet', 'Draw from the card').click();
  await expect(page.getByRole('alert')).toContainText(word('Der er ikke så mange klip tilbage på kortet.', 'There are not so many units left on the card.'));
  await looksRight();
  await label('Hvor mange klip', 'How many units').fill('3');
  await button('Træk fra kortet', 'Draw from the card').click();
  await expect(page.getByText(word('1 af 4 klip tilbage', '1 of 4 units left'))).toBeVisible();
  await button('Giv tilbage: Oplæring på lageret', 'Give back: Oplæring på lageret').click();
  await label('Hvorfor?', 'Why?').fill('Besøget blev aflyst');
  await button('Giv klippene tilbage', 'Give the units back').click();
  await expect(page.getByText(word('4 af 4 klip tilbage', '4 of 4 units left'))).toBeVisible();
  await looksRight();

  await visit('/screenings');
  await button('Skriv en screening ned', 'Write down a screening').click();
  await label('Hvilket hold', 'Which group').fill(word('Prøveholdet', 'The trial group'));
  await label('Hvor mange er på holdet?', 'How many are in the group?').fill('20');
  await label('Hvor mange af dem tog testen?', 'How many of them took the test?').fill('4');
  await label('Læsning: meget dårligt', 'Reading: very badly').fill('5');
  await label('Læsning: dårligt', 'Reading: badly').fill('5');
  await label('Læsning: godt', 'Reading: well').fill('10');
  await button('Gem tallene', 'Save the figures').click();
  await expect(page.getByRole('alert')).toContainText(word('Testen skal gives til hele holdet', 'The test must be given to the whole group'));
  await looksRight();
  await label('Hvor mange af dem tog testen?', 'How many of them took the test?').fill('20');
  await button('Gem tallene', 'Save the figures').click();
  const group = page.getByRole(da ? 'row' : 'listitem').filter({ hasText: word('Prøveholdet', 'The trial group') });
  await expect(group.getByText(word('Meget dårligt: 25 % (5)', 'Very badly: 25% (5)'))).toBeVisible();
  await looksRight();
});
